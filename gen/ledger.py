"""The ledger: every id that was ever published, in a file of the tree, so that none is lost unnoticed."""

from pathlib import Path

from gen.collection import Collection

LEDGER = "ids.txt"
"""One id a line, sorted; lines that begin with `#` are comments. A collection without the file keeps no ledger."""

HEADER = (
    "# Every id that a paper was ever published under. `python -m gen ids` enters new ones; none is ever taken out.\n"
)


def read_ledger(root: Path) -> dict[str, int] | None:
    """Return the line of each id, or None where no ledger is kept."""
    path = root / LEDGER
    if not path.exists():
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    stripped = ((line.strip(), number) for number, line in enumerate(lines, 1))
    return {line: number for line, number in stripped if line and not line.startswith("#")}


def promised(collection: Collection) -> set[str]:
    """Return every id by which a record is reached: its own and its former ones."""
    return {name for record in collection.records.values() for name in (record.id, *record.former_ids)}


def enter_ids(root: Path, collection: Collection) -> list[str]:
    """Enter the ids that the ledger lacks, start it where there is none, and return them."""
    known = read_ledger(root) or {}
    new = sorted(promised(collection) - known.keys())
    lines = "".join(f"{name}\n" for name in sorted({*known, *new}))
    (root / LEDGER).write_text(HEADER + lines, encoding="utf-8")
    return new
