"""The ledger: every id that was ever published, in a file of the tree, so that none is lost unnoticed."""

from collections.abc import Iterable
from pathlib import Path

from gen.collection import Collection
from gen.findings import Finding
from gen.record import Record

LEDGER = "ids.txt"
"""One id a line, sorted; lines that begin with `#` are comments. A collection without the file keeps no ledger."""

HEADER = (
    "# Every id that a paper was ever published under. `python -m gen ids` enters new ones; "
    "none that was published is ever taken out.\n"
)
UNSETTLED = frozenset({"id-form", "id-matches-year", "double-id", "duplicate-paper"})
"""Checks whose findings mean that a record may yet have another id, or none."""


def read_ledger(root: Path) -> dict[str, int] | None:
    """Return the line of each id, or None where no ledger is kept."""
    path = root / LEDGER
    if not path.exists():
        return None
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    stripped = ((line.strip(), number) for number, line in enumerate(lines, 1))
    return {line: number for line, number in stripped if line and not line.startswith("#")}


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
    known = read_ledger(root) or {}
    unsettled = {finding.path for finding in findings if finding.check in UNSETTLED}
    settled = (record for record in collection.records.values() if record.source.path not in unsettled)
    new = sorted(_names(settled) - known.keys())
    lines = "".join(f"{name}\n" for name in sorted({*known, *new}))
    (root / LEDGER).write_text(HEADER + lines, encoding="utf-8")
    return new
