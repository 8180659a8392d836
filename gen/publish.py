"""Publish: the finished site is one folder that takes the place of another in one step.

Two folders take turns: `site` is what readers see, `build/site` the one before it. The one before is brought up to
date, with hard links to what both have in common, and then the two are exchanged. Whatever happens on the way, `site`
is whole: the old one or the new one.
"""

import ctypes
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gen.by_hand import by_hand
from gen.folders import entries, remove, walk, write_file
from gen.generated_page import START, read_page
from gen.parallel import spread
from gen.shell import slots
from gen.site import Site
from gen.store import Store
from gen.theme import Theme, is_index

TABLE = "site"
"""Table of what the published site is made of: each file's token and inode."""


class Wanted(NamedTuple):
    """A file that the site is to have."""

    path: str
    token: str
    """Two files of one path and token have the same bytes."""
    source: str
    """The file that it is, or the Markdown file of a generated page."""
    page: str = ""
    """Path of that Markdown file below `build/docs`."""


def generated_files(site: Site, keys: Mapping[str, str], theme: Theme) -> Iterator[Wanted]:
    """Yield the files of the site that come from `build/docs`.

    Args:
        site: tells where the folders are.
        keys: what each file of `build/docs` was made of.
        theme: has the shells.
    """
    docs = str(site.build_docs)
    hand = {path for path, _ in by_hand(site)}
    for path, key in keys.items():
        if not path.endswith(".md"):
            yield Wanted(path, key, f"{docs}/{path}")
        elif path not in hand:
            yield Wanted(html_path(path), key + theme.of(path).digest, f"{docs}/{path}", path)


def theme_files(folder: Path, key: str, keys: Collection[str]) -> Iterator[Wanted]:
    """Yield the files of the site that MkDocs wrote, but for those that `build/docs` has too.

    Args:
        folder: where MkDocs wrote them.
        key: what they were made of.
        keys: the files of `build/docs`.
    """
    for path, _ in walk(folder):
        if path not in keys:
            yield Wanted(path, key, f"{folder}/{path}")


def html_path(path: str) -> str:
    """Return where the page of a Markdown file stands in the site."""
    return f"{path[:-3]}.html" if is_index(path) else f"{path[:-3]}/index.html"


class Linker:
    """Puts finished files into one folder."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._folders: set[str] = set()

    def link(self, source: str, path: str) -> None:
        """Put a finished file there; where it can't be linked, as to another disk, copy it."""
        self._make_folder(path)
        with suppress(OSError):  # most often nothing is there yet
            os.link(source, path)
            return
        with suppress(FileNotFoundError):
            os.unlink(path)
        try:
            os.link(source, path)
        except OSError:
            write_file(path, Path(source).read_bytes())

    def _make_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder in self._folders:
            return
        self._folders.add(folder)
        try:
            os.mkdir(folder)  # most often it is the page's own, in a folder that is there
        except OSError:
            os.makedirs(folder, exist_ok=True)


class Maker(Linker):
    """Makes files of the site in one folder, and links to them in another if there is to be one like it."""

    def __init__(self, site: Site, theme: Theme, target: Path, twin: Path | None = None) -> None:
        super().__init__(target)
        self.site = site
        self.theme = theme
        self._twin = Linker(twin) if twin else None

    def make(self, files: Iterable[Wanted]) -> dict[str, tuple[str, int]]:
        """Make files, in the place of those that are there; return the token and inode of each."""
        made = {}
        for item in files:
            path = f"{self.target}/{item.path}"
            if item.page:
                self.write_page(path, item)
            else:
                self.link(item.source, path)
            if self._twin:
                self._twin.link(path, f"{self._twin.target}/{item.path}")
            made[item.path] = (item.token, os.stat(path).st_ino)
        return made

    def write_page(self, path: str, item: Wanted) -> None:
        """Put a generated page into its shell."""
        with open(item.source, "rb", buffering=0) as file:
            source = file.read().decode()
        assert source.startswith(START), item.source
        address = item.path.removesuffix("index.html")
        canonical = self.site.url + address if self.site.url else ""
        filled = self.theme.of(item.page).fill(slots(read_page(source), canonical, self.site.description))
        self._make_folder(path)
        write_file(path, filled.encode("utf-8", "xmlcharrefreplace"))


def other_folder(site: Site) -> Path:
    """Return the folder that takes turns with the published one."""
    return site.root / "build" / "site"


def double(site: Site) -> None:
    """Make the other folder like the published one, unless it is there; whole, or not at all.

    The files come in the order in which they lie in their folders: in that of a set it takes three times as long.

    Raises:
        OSError: a file can't be linked or copied.
    """
    other = other_folder(site)
    recover(other, site.output)
    if other.exists():
        return
    linker = Linker(_unfinished(other))
    for path, entry in entries(site.output):
        linker.link(entry.path, f"{linker.target}/{path}")
    if linker.target.is_dir():  # the site has files
        linker.target.rename(other)


def publish(site: Site, store: Store, theme: Theme, files: Sequence[Wanted]) -> frozenset[str]:
    """Bring the other folder up to date and exchange it with the published one.

    Where there is neither of them, both are filled: files that were just made are linked in less time than later.

    Returns:
        The files that the two don't have alike; none if there was no site before.

    Raises:
        OSError: a file can't be written; the published folder is as it was.
        ChildError: a process that made files failed; likewise.
    """
    other = other_folder(site)
    recover(other, site.output)
    first = not site.output.exists()
    twin = _unfinished(other) if first and not other.exists() else None
    known: dict[str, tuple[str, int]] = store.load(TABLE)
    if known:  # else next to nothing of what is there will be wanted
        double(site)
    present = dict(walk(other))
    store.forget(TABLE)
    remove(other, present.keys() - {item.path for item in files})  # first: a folder may be wanted where a file stands
    maker = Maker(site, theme, other, twin)
    made: dict[str, tuple[str, int]] = {}
    missing: list[Wanted] = []
    links: list[Wanted] = []
    for item in files:
        old = known.get(item.path)
        if old is None or old[0] != item.token:
            missing.append(item)
        elif present.get(item.path) == old[1]:
            made[item.path] = old
        elif _inode(f"{site.output}/{item.path}") == old[1]:
            links.append(Wanted(item.path, item.token, f"{site.output}/{item.path}"))
        else:
            missing.append(item)
    for share in spread(maker.make, [*missing, *links]):
        made.update(share)
    store.save(TABLE, made)
    # By what stands there, and not by what the table said: somebody may have changed it, or a build been killed here.
    before = dict(walk(site.output))
    exchange(other, site.output)
    if twin and twin.is_dir():  # the site has files
        twin.rename(other)
    if first:
        return frozenset()
    differ = {path for path, (_, inode) in made.items() if before.get(path) != inode}
    return frozenset(differ | (before.keys() - made.keys()))


def publish_changed(
    site: Site, theme: Theme, files: Sequence[Wanted], gone: Set[str], behind: Set[str]
) -> dict[str, tuple[str, int]]:
    """Exchange the published folder with the other one, which gets a few files and whatever it is behind with.

    Args:
        site: tells where the folders are.
        theme: has the shells.
        files: what the site is to have instead of what it has there.
        gone: what it is to have no more.
        behind: where the other folder isn't like the published one, unless `double` has just made it.

    Returns:
        The token and inode of each of the files.

    Raises:
        OSError: a file can't be written; the published folder is as it was.
    """
    double(site)
    other = other_folder(site)
    maker = Maker(site, theme, other)
    missing = set(gone)
    for path in behind - gone - {item.path for item in files}:
        if os.path.lexists(f"{site.output}/{path}"):  # called for every file; a Path costs ten times as much
            maker.link(f"{site.output}/{path}", f"{other}/{path}")
        else:
            missing.add(path)
    remove(other, missing)
    made = maker.make(files)
    exchange(other, site.output)
    return made


def fill(site: Site, theme: Theme, files: Sequence[Wanted], target: Path) -> None:
    """Make all files in a folder that MkDocs has just emptied and written its own part to."""
    spread(partial(Maker(site, theme, target).make), files)


def _inode(path: str) -> int:
    try:
        return os.stat(path).st_ino
    except OSError:
        return 0


_EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux (renameat2(2), since 3.15)."""
_HERE = -100
"""`AT_FDCWD`: paths are relative to the working folder."""


def exchange(new: Path, old: Path) -> None:
    """Put a folder in the place of another and that one in its place: in one step where the system can.

    Raises:
        OSError: a folder can't be renamed; both are where they were.
    """
    if not old.exists():
        new.rename(old)
        return
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename and rename(_HERE, os.fsencode(new), _HERE, os.fsencode(old), _EXCHANGE) == 0:
        return
    aside = _aside(new)
    old.rename(aside)
    try:
        new.rename(old)
    except OSError:
        aside.rename(old)
        raise
    aside.rename(new)


def recover(other: Path, published: Path) -> None:
    """Finish an exchange of two steps that was cut short; remove a file in the folder's place, and half a folder."""
    aside = _aside(other)
    if other.is_file():
        other.unlink()
    if _unfinished(other).exists():
        shutil.rmtree(_unfinished(other))
    if not aside.exists():
        return
    if not published.exists():
        aside.rename(published)
    elif not other.exists():
        aside.rename(other)
    else:  # somebody else has published since
        shutil.rmtree(aside)


def _aside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.aside")


def _unfinished(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.new")
