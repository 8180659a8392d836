"""The ledger: every id that was ever published, in a file of the tree, so that none is lost unnoticed."""

from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from gen.collection import Collection
from gen.document import position_of
from gen.findings import Finding
from gen.folders import replace_file
from gen.record import Record
from gen.yaml_slips import MERGE, merge_mark

LEDGER = "ids.txt"
"""One id a line, sorted; lines that begin with `#` are comments, of the id below them or, above all ids, of the file. A
collection without it keeps no ledger."""

HEADER = (
    "# Every id that a paper was ever published under. `python -m gen ids` enters new ones; "
    "none that was published is ever taken out."
)
UNSETTLED = frozenset({"id-form", "id-matches-year", "double-id", "duplicate-paper"})
"""Checks whose findings mean that a record may yet have another id, or none."""


def read_ledger(root: Path) -> dict[str, int] | None:
    """Return the line of each id, or None where no ledger is kept."""
    path = root / LEDGER
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
    raw = (root / LEDGER).read_bytes() if (root / LEDGER).exists() else b""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        place = position_of(raw, error.start)
        return Finding(LEDGER, *place, "unreadable-file", "the file is not UTF-8 from here on", "save it as UTF-8")
    mark = merge_mark(text)
    return Finding(LEDGER, *mark, "unreadable-file", *MERGE) if mark else None


def promised(collection: Collection) -> set[str]:
    """Return every id by which a record is reached: its own and its former ones."""
    return _names(collection.records.values())


def _names(records: Iterable[Record]) -> set[str]:
    return {name for record in records for name in (record.id, *record.former_ids)}


def enter_ids(root: Path, collection: Collection, findings: Iterable[Finding] = ()) -> list[str]:
    """Enter the ids that the ledger lacks, start it where there is none, and return them.

    Args:
        root: folder of the bibliography.
        collection: the records.
        findings: what is wrong with them; an id that may have to change isn't entered yet.
    """
    unsettled = {finding.path for finding in findings if finding.check in UNSETTLED}
    settled = (record for record in collection.records.values() if record.source.path not in unsettled)
    return enter(root, _names(settled))


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
