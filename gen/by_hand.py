"""The pages written by hand, and where they stand on the site."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from posixpath import join, normpath

from gen.folders import not_plain, walk
from gen.site import Site

_TARGET = re.compile(r"[^\s()<>\"'`#?]+\.\w+")
"""What a link may lead to, wherever it stands; much of it is none."""


def by_hand(site: Site) -> Iterator[tuple[str, Path]]:
    """Yield the pages written by hand, by their path below `docs/`."""
    for path, _ in walk(site.docs):
        source = site.docs / path
        if path.endswith(".md") and not not_plain(source):
            yield path, source


def address(path: str) -> str:
    """Return the address of a page by its path; like MkDocs, take `README.md` for its folder's page."""
    page = PurePosixPath(path)
    folder = page.parent if page.stem in ("index", "README") else page.with_suffix("")
    return "" if folder == PurePosixPath() else f"{folder}/"


def linked(site: Site, planned: Collection[str] = ()) -> list[str]:
    """Return what pages written by hand may link to of all that the generator wrote or planned to write.

    Args:
        site: tells where the folders are.
        planned: paths below `build/docs`, besides those that are there.
    """
    found = set()
    for path, source in by_hand(site):
        for target in _TARGET.findall(source.read_text(encoding="utf-8", errors="replace")):
            place = normpath(join(PurePosixPath(path).parent.as_posix(), target))
            if place in planned or (not place.startswith((".", "/")) and (site.build_docs / place).is_file()):
                found.add(place)
    return sorted(found)
