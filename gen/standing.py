"""What the last finished build saw: by that the next one knows which files changed, without reading them all.

A file is taken for the same while its size, its times and its inode are, as git's index takes it; one that changed just
before it was looked at might change again without showing it, so it is looked into (git's "racy" entries).
"""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from gen.collection import Collection
from gen.folders import entries, is_beside
from gen.likeness import words_key
from gen.site import PROJECT
from gen.store import Store

TABLE = "standing"
"""Table of what a build saw of each of its files, and of the whole."""
SOURCES = (
    "papers", "topics", "paths", "docs", "templates",
    "venues.yaml", "people.yaml", "ids.txt", "CITATION.cff", "mkdocs.yml",
)  # fmt: skip
"""What a bibliography is made of, below its folder."""
_OWN = ("templates", "docs/assets")
"""What the generator adds of its own."""
_BROWSER = Path(sys.prefix) / "browser" / "node_modules" / ".package-lock.json"
"""What npm installed."""
_GRAIN = 20_000_000
"""Nanoseconds within which a file may change twice and show the same times: some systems count no finer."""
WHOLE = ""
"""Key of what is known of the whole; those of files are their paths."""

Stamp = tuple[int, int, int, int]
"""Size, times of the last change of content and of anything, inode."""


class Seen(NamedTuple):
    """A file as a build saw it."""

    stamp: Stamp
    key: str = ""
    """Of a record: under which key the store keeps it."""
    place: str = ""
    """Of a record: the digest of what decides where it stands; of what is none, nothing."""
    words: str = ""
    """What its neighbors were found by."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a build knew of the whole."""

    began: int
    """When it looked at its files, in nanoseconds since 1970."""
    made_of: str
    """Settings, templates and the theme's part."""
    pages: int
    """How many pages were made."""
    behind: frozenset[str]
    """Files in which the site differs from the one before it."""
    written: frozenset[int] = frozenset()
    """Phrases that one more note has than when all notes were compared."""


@dataclass(slots=True)
class Look:
    """All files of a bibliography at one time."""

    root: Path
    began: int = field(default_factory=time.time_ns)
    stamps: dict[str, Stamp] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look."""
        for name in SOURCES:
            self.stamps.update(_stamps(self.root / name, name))
        for name in _OWN if self.root.resolve() != PROJECT else ():
            self.stamps.update(_stamps(PROJECT / name, f"/{name}"))
        self.stamps.update(_stamps(_BROWSER, "/browser"))


def _stamps(place: Path, name: str) -> Iterator[tuple[str, Stamp]]:
    """Yield a file, or every file and link below a folder; nothing if there is none."""
    if place.is_file():
        yield name, _stamp(place.stat())  # of a link, what it leads to
    for path, entry in entries(place):
        if not is_beside(path):
            yield f"{name}/{path}", _stamp(entry.stat(follow_symlinks=False))


def _stamp(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def changed(seen: Mapping[str, Any], look: Look) -> list[str] | None:
    """Return the files that changed or may have; None if files came or went."""
    if look.stamps.keys() != seen.keys() - {WHOLE}:
        return None
    young = seen[WHOLE].began - _GRAIN
    return [path for path, stamp in look.stamps.items() if seen[path].stamp != stamp or max(stamp[1:3]) >= young]


def keep(store: Store, look: Look, collection: Collection, known: Whole) -> None:
    """Keep what a finished build saw of all files."""
    records = {record.source.path: record for record in collection.records.values()}
    seen: dict[str, Any] = {WHOLE: known}
    for path, stamp in look.stamps.items():
        record = records.get(path)
        key = collection.kept.get(path, "")
        seen[path] = Seen(stamp, key, record.place_digest, words_key(record)) if record else Seen(stamp)
    store.save(TABLE, seen)
