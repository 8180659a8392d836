"""The rows as a line, as tables, and as a picture: `python -m bench.compare.report` writes them anew."""

import json
import os
import platform
import re
import sys
from itertools import groupby
from pathlib import Path

from bench.compare.plot import plot
from bench.compare.rows import Row, load
from gen.site import PROJECT

START, END = "<!-- bench: written by make bench -->", "<!-- /bench -->"
HEAD = (
    "| Records | Built by | Clean build, s | of processor | One record changed, s | Memory, MB | Files | Site, MB "
    "| To first result, KB |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
)


def machine() -> str:
    """Return processor, cores, memory, system and Python of this machine."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*: (.*)$", info, re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    name = model[1].strip() if model else platform.machine()
    return f"{name}, {cores} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def line(row: Row) -> str:
    """Return a row of the table."""
    cells = [f"{row.records:,}", row.name, _seconds(row.clean_wall), _seconds(row.clean_cpu)]
    cells += [_seconds(row.again_wall), _scaled(row.memory, 1e6), f"{row.files:,}" if row.files else ""]
    cells += [_scaled(row.bytes, 1e6), _scaled(row.sent, 1e3)]
    return f"| {' | '.join(cells)} |"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _scaled(value: int | None, unit: float) -> str:
    return "" if value is None else f"{value / unit:,.0f}"


def table(rows: list[Row]) -> str:
    """Return all rows, and what failed below them."""
    failed = "".join(f"\n{row.name} at {row.records:,} records failed: {row.error}\n" for row in rows if row.error)
    return HEAD + "".join(f"{line(row)}\n" for row in rows) + failed


def ratios(rows: list[Row]) -> list[str]:
    """Return in sentences how ours stands to the others, to itself on one core, and to itself when smaller."""
    found = []
    for records, group in groupby(rows, lambda row: row.records):
        by_name = {row.name: row for row in group}
        ours = by_name.pop("Gloss", None)
        if not ours or not ours.clean_wall:
            continue
        one_core = by_name.pop("Gloss, one core", None)
        parts = [
            f"{ours.clean_wall / row.clean_wall:.2f} times that of {name}{_in_turn(ours, row)}"
            for name, row in by_name.items()
            if row.clean_wall
        ]
        if parts:
            found.append(f"At {records:,} records our clean build takes {', '.join(parts)}.")
        if one_core and one_core.clean_wall:
            longer = f"{one_core.clean_wall / ours.clean_wall:.2f} times as long{_in_turn(one_core, ours)}"
            found.append(f"On one core it takes {longer}{_could(one_core)}.")
    clean = {row.records: row.clean_wall for row in rows if row.name == "Gloss" and row.clean_wall}
    if len(clean) > 1:
        few, many = min(clean), max(clean)
        each = [clean[number] / number * 1000 for number in (few, many)]
        found.append(
            f"A record takes {each[0]:.1f} ms of a build of {few:,}, and {each[1]:.1f} ms of one of {many:,}: "
            f"{each[1] / each[0]:.2f} times as long."
        )
    return found


def _in_turn(one: Row, other: Row) -> str:
    """Return how one stands to another in each round, if there were several."""
    found = [f"{mine / theirs:.2f}" for mine, theirs in zip(one.rounds, other.rounds, strict=False)]
    return f" ({', '.join(found)} round by round)" if len(found) > 1 else ""


def _could(one_core: Row) -> str:
    """Return what the cores of the machine are good for, if that was measured."""
    found = ", ".join(f"{gain:.2f}" for gain in one_core.gains)
    return f"; of a plain loop all cores together did {found} times as much as one alone just before" if found else ""


def write(results: Path, readme: Path | None) -> None:
    """Write `compare.md` and `compare.svg` beside `compare.json`, and the table into a file with markers.

    Raises:
        ValueError: the file has no markers.
    """
    source = results / "compare.json"
    about = json.loads(source.read_text(encoding="utf-8"))
    rows = list(load(source).values())
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    counts = {len(row.rounds) for row in rows if not row.error}
    told = " or ".join(map(str, sorted(counts)))
    least = f"The least of {told} clean builds each, in turn. " if counts - {0, 1} else ""
    measured = f"{least}Measured on {about['date']}: {about['machine']}; {versions}. Other papers: {about['papers']}."
    body = "\n".join([table(rows), *(f"- {sentence}" for sentence in ratios(rows)), "", measured, ""])
    (results / "compare.md").write_text(f"# Build times\n\n{body}", encoding="utf-8")
    (results / "compare.svg").write_text(plot(rows), encoding="utf-8")
    if readme:
        text = readme.read_text(encoding="utf-8")
        if START not in text or END not in text:
            raise ValueError(f"{readme} has no line {START!r} with a line {END!r} below it")
        before, after = text.split(START)[0], text.split(END, 1)[1]
        readme.write_text(f"{before}{START}\n\n{body}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write(PROJECT / "bench" / "results", PROJECT / "README.md" if "--readme" in sys.argv else None)
