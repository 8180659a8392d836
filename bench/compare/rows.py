"""Rows of the table: kept in a file as each is measured, so that an interrupted run goes on where it was."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bench.compare.measure import Cost


@dataclass(frozen=True, slots=True)
class Row:
    """What one contender took for one collection. A figure that was not measured is None."""

    records: int
    name: str
    clean_wall: float | None = None
    """Seconds of a build where nothing was built before: the least of all rounds."""
    clean_cpu: float | None = None
    """Processor seconds of that build."""
    again_wall: float | None = None
    """Seconds of a build after one record's summary changed."""
    again_cpu: float | None = None
    memory: int | None = None
    """Most bytes of all processes of a clean build together."""
    files: int | None = None
    bytes: int | None = None
    """Size of the site."""
    sent: int | None = None
    """Bytes that a browser is sent from opening the site to the first result of a search."""
    error: str = ""
    """What failed, if something did."""
    rounds: list[float] = field(default_factory=list)
    """Seconds of each round's clean build."""
    gains: list[float] = field(default_factory=list)
    """Of a build on one core: how many times as much all cores did of a plain loop, right before each round."""

    def after(self, clean: Cost) -> "Row":
        """Return the row with one more clean build in it."""
        row = replace(self, rounds=[*self.rounds, clean.wall], memory=max(self.memory or 0, clean.memory))
        return replace(row, clean_wall=clean.wall, clean_cpu=clean.cpu) if clean.wall == min(row.rounds) else row


def load(path: Path) -> dict[tuple[int, str], Row]:
    """Return the rows of a file by records and name; none where there is no file."""
    if not path.exists():
        return {}
    found = (Row(**values) for values in json.loads(path.read_text(encoding="utf-8"))["rows"])
    return {(row.records, row.name): row for row in found}


def save(path: Path, rows: Sequence[Row], about: dict[str, object]) -> None:
    """Write rows and what is to know about their run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {**about, "rows": [asdict(row) for row in rows]}
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)
