"""The ledger: every id that was ever published, in a file of the tree, so that none is lost unnoticed."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from gen.collection import Collection
from gen.document import Keys, position_of
from gen.findings import Finding
from gen.folders import not_plain, replace_file
from gen.source import Source
from gen.yaml_slips import MERGE, merge_mark

LEDGER = "ids.txt"
"""One id a line, sorted: a record's alone, any other behind its folder, as `topics/x`. Lines that begin with `#` are
comments, of the id below them or, above all ids, of the file. A collection without it keeps no ledger."""

HEADER = (
    "# Every id that was ever published, of papers, topics, paths and venues. `python -m gen ids` enters new ones; "
    "none that was published is ever taken out."
)
UNSETTLED = frozenset({"id-form", "id-matches-year", "entry-key", "double-id", "duplicate-paper"})
"""Checks whose findings mean that something may yet have another id, or none."""
KINDS = {"": "record", "topics": "topic", "paths": "path", "venues": "venue"}
"""What the ledger holds, by its folder."""


def read_ledger(root: Path) -> dict[str, int] | None:
    """Return the line of each id, or None where no ledger is kept."""
    path = root / LEDGER
    if not_plain(path):
        return {}
    if not path.exists():
        return None
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return {name: number for number, line in enumerate(lines, 1) if (name := _id(line))}


def _id(line: str) -> str:
    """Return the id on a line; nothing of a comment or an empty line."""
    stripped = line.strip()
    return "" if stripped.startswith("#") else stripped


def ledger_fault(root: Path) -> Finding | None:
    """Return what keeps the ledger from being read as it was written, or None."""
    if what := not_plain(root / LEDGER):
        return Finding(LEDGER, 1, 1, "unreadable-file", what, "put the file itself here")
    raw = (root / LEDGER).read_bytes() if (root / LEDGER).exists() else b""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        place = position_of(raw, error.start)
        return Finding(LEDGER, *place, "unreadable-file", "the file is not UTF-8 from here on", "save it as UTF-8")
    mark = merge_mark(text)
    return Finding(LEDGER, *mark, "unreadable-file", *MERGE) if mark else None


class Named(NamedTuple):
    """Something that the ledger holds, and where it stands."""

    source: Source
    keys: Keys
    own: str
    """Its id as the ledger has it: a record's alone, any other behind its folder."""
    former: list[str]
    provisional: bool = False
    """Whether its own id will be another one."""


def named(collection: Collection) -> Iterator[Named]:
    """Yield every record, topic, path and venue."""
    for record in collection.records.values():
        yield Named(record.source, (), record.id, list(record.former_ids), record.provisional)
    for items, folder in ((collection.topics, "topics/"), (collection.paths, "paths/")):
        for item in items.values():
            yield Named(item.source, (), folder + item.id, [folder + name for name in item.former_ids])
    source = Source("venues.yaml", collection.root)
    for key, venue in collection.venues.items():
        yield Named(source, (key,), venue_entry(key), list(map(venue_entry, venue.former_ids)))


def venue_entry(key: str) -> str:
    """Return a venue's key as the ledger has it."""
    return f"venues/{key}"


def promised(collection: Collection) -> set[str]:
    """Return every id by which something is reached, present and former ones, as the ledger has them."""
    return {name for item in named(collection) for name in (item.own, *item.former)}


def enter_ids(root: Path, collection: Collection, findings: Iterable[Finding] = ()) -> list[str]:
    """Enter the ids that the ledger lacks, start it where there is none, and return them.

    Args:
        root: folder of the bibliography.
        collection: what has ids.
        findings: what is wrong with it; an id that may have to change isn't entered yet.
    """
    unsettled = {finding.path for finding in findings if finding.check in UNSETTLED}
    settled = (item for item in named(collection) if not (item.provisional or item.source.path in unsettled))
    return enter(root, [name for item in settled for name in (item.own, *item.former)])


def enter(root: Path, names: Iterable[str]) -> list[str]:
    """Enter those of some ids that the ledger lacks, start it where there is none, and return them.

    A ledger that can't be read is left as it is; a check tells of it.

    Raises:
        OSError: it can't be written, and stays as it was.
    """
    path = root / LEDGER
    if ledger_fault(root):
        return []
    new = sorted({*names} - (read_ledger(root) or {}).keys())
    if new or not path.exists():
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        replace_file(path, _entered(text, new).encode())
    return new


def _entered(text: str, new: Iterable[str]) -> str:
    """Return the text of a ledger with ids entered where they belong in the order."""
    lines = text.splitlines()
    head = list(takewhile(lambda line: not _id(line), lines))
    comments: dict[str, list[str]] = {}
    above: list[str] = []
    for line in lines[len(head) :]:
        if name := _id(line):
            comments.setdefault(name, []).extend(above)
            above = []
        else:
            above.append(line)
    body = (row for name in sorted({*comments, *new}) for row in (*comments.get(name, ()), name))
    return "".join(f"{row}\n" for row in (*(head or [HEADER]), *body, *above))
