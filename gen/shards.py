"""Parts of one build: for a collection that outgrows one machine, or the time that one may take.

Each part reads, checks and plans everything, renders and writes only its share of the files, and leaves an archive of
its share of the site. `merge` joins the archives of all parts to what one build would have made, byte for byte.
"""

import json
import re
import shutil
import tarfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gen.folders import write_file
from gen.publish import TABLE, Maker, exchange, generated_files, other_folder, recover, theme_files
from gen.site import Site
from gen.store import Store
from gen.theme import theme_key

if TYPE_CHECKING:
    from gen.build import Run

ABOUT = "part.json"
"""First member of an archive: which part it is, of how many, of what, and its files."""


class Shard(NamedTuple):
    """One part of a build."""

    part: int
    """1 to `of`."""
    of: int

    def has(self, path: str) -> bool:
        """Return whether a file of `build/docs` belongs to this part: by its path, so that all agree on it."""
        return zlib.crc32(path.encode("utf-8", "surrogatepass")) % self.of == self.part - 1

    @property
    def first(self) -> bool:
        """Whether this part also has what can't be shared out: MkDocs' own files, and the search index."""
        return self.part == 1


class MergeError(Exception):
    """Archives are not all the parts of one build."""


def parse(written: str) -> Shard:
    """Read `2/4`.

    Raises:
        ValueError: it is no part of a whole.
    """
    part, _, of = written.partition("/")
    if not (re.fullmatch("[0-9]+/[0-9]+", written) and 1 <= int(part) <= int(of)):
        raise ValueError(f"{written!r} is no part of a whole; write 2/4 for the second part of four")
    return Shard(int(part), int(of))


def archive(shard: Shard, run: "Run", mkdocs: Path) -> Path:
    """Make this part's files of the site and put them into an archive.

    Args:
        shard: which part this is.
        run: the build, which has rendered this part.
        mkdocs: folder of what MkDocs wrote.
    """
    site = run.site
    mine = {path: key for path, key in run.keys.items() if path in run.together or shard.has(path)}
    files = [*generated_files(site, mine, run.theme)]
    files += theme_files(mkdocs, "", run.planned | run.keys.keys()) if shard.first else []
    folder = site.root / "build" / f"part-{shard.part}-of-{shard.of}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    Maker(site, run.theme, folder).make(files)
    made_of = f"{run.inputs} {theme_key(site, (), strict=False)}"
    about = {"part": shard.part, "of": shard.of, "made_of": made_of, "files": len(files)}
    target = folder.with_suffix(".tar")
    with tarfile.open(target, "w") as tar:
        _add(tar, ABOUT, json.dumps(about).encode())
        for path in sorted(item.path for item in files):
            _add(tar, f"site/{path}", (folder / path).read_bytes())
    shutil.rmtree(folder)
    return target


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    """Add a file, without owner and time, so that the same part has the same bytes."""
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, BytesIO(data))


def merge(site: Site, archives: Sequence[Path]) -> int:
    """Join all parts of one build to the site; the old one stands until the new one is whole.

    Returns:
        How many files the site has.

    Raises:
        MergeError: the archives are not all the parts of one build.
    """
    abouts = [_about(path) for path in archives]
    _check(archives, abouts)
    other = other_folder(site)
    recover(other, site.output)
    Store(site.root / "build" / "cache").forget(TABLE)
    joined = other.with_name("joined")
    for folder in (other, joined):
        shutil.rmtree(folder, ignore_errors=True)
    files = 0
    for path, about in zip(archives, abouts, strict=True):
        files += _extract(path, joined, int(about["files"]))
    (joined / "site").rename(other)
    shutil.rmtree(joined)
    exchange(other, site.output)
    return files


def _about(path: Path) -> dict[str, int | str]:
    """Return what an archive says of itself."""
    try:
        with tarfile.open(path) as tar:
            first = tar.next()
            read = tar.extractfile(first) if first and first.name == ABOUT else None
            about: Any = json.load(read) if read else None
    except FileNotFoundError as error:
        raise MergeError(f"there is no {path}; give what `gen build --shard` left in build/") from error
    except (OSError, tarfile.TarError, ValueError, RecursionError) as error:
        why = str(error).partition("\n")[0].rstrip(":")  # tarfile goes on with a line for each way that it tried
        raise MergeError(f"{path} can't be read as a part of a build ({why}); make it anew") from error
    match about:
        case {"part": int(part), "of": int(of), "made_of": str(made_of), "files": int(files)} if 1 <= part <= of:
            return {"part": part, "of": of, "made_of": made_of, "files": files}
    raise MergeError(f"{path} is no part of a build; give what `gen build --shard` left in build/")


def _check(archives: Sequence[Path], abouts: Sequence[dict[str, int | str]]) -> None:
    """Raise an error unless these are all parts of one build, each once."""
    if len({about["of"] for about in abouts}) > 1:
        raise MergeError("these are parts of builds into different numbers of parts; give all parts of one build")
    if len({about["made_of"] for about in abouts}) > 1:
        raise MergeError("these parts were made of different records, settings or versions; build them anew")
    parts = [about["part"] for about in abouts]
    if twice := {part for part in parts if parts.count(part) > 1}:
        raise MergeError(f"part {min(map(int, twice))} is given twice")
    of = int(abouts[0]["of"])
    if missing := next((part for part in range(1, of + 1) if part not in parts), None):
        raise MergeError(f"part {missing} of {of} is missing; {len(archives)} given")


def _extract(path: Path, folder: Path, files: int) -> int:
    """Unpack an archive's part of the site, and return how many files that were.

    Not by `extractall`: its filter, which keeps what is unpacked within the folder, is there from Python 3.11.4 on.
    """
    folders: set[Path] = set()
    try:
        with tarfile.open(path) as tar:
            members = [member for member in tar if member.name.startswith("site/")]
            if len(members) != files:
                raise MergeError(f"{path} has {len(members)} files instead of {files}; make it anew")
            for member in members:
                read = tar.extractfile(member) if member.isreg() and ".." not in member.name.split("/") else None
                if read is None:
                    raise MergeError(f"{path} holds {member.name}, which is no file of a site; make it anew")
                target = folder / member.name
                if target.parent not in folders:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    folders.add(target.parent)
                write_file(str(target), read.read())
    except (OSError, tarfile.TarError) as error:
        raise MergeError(f"{path} can't be unpacked ({error}); make it anew") from error
    return len(members)
