"""A small collection without findings, and what `gen` says when one thing in it is made wrong."""

from collections.abc import Mapping
from pathlib import Path

from gen.checking import check_collection
from gen.findings import as_text

RECORD = "papers/2023/doe2023towers.yaml"

LAYOUT = {"byte-order-mark", "duplicate-paper", "field-order", "line-end", "stray-space", "unquoted-text"}

GOOD: dict[str, str] = {
    RECORD: """\
title: "Towers: A Start"
authors: [Jane Doe, Ludwig van Beethoven]
year: 2023
venue: toyconf
links: {paper: https://example.org/towers}
system: Tower
kind: method
topics: [towers]
summary: Builds towers of wooden blocks and measures how long each of them stands.
annotation:
  problem: Nobody had measured how long towers stand after their builder has left the room, although that is their use.
  approach: >-
    One hundred towers are built at one block a minute and watched by a camera until the first block falls, then again
    at ten times that speed, by the same people on the same carpet with the same blocks.
  findings: Slow towers stand twice as long as fast ones on carpet; on stone floors every one stands, however built.
  caveats: One room, one carpet, and a builder who knew what was measured; the cat was not told to stay outside.
annotated: {by: editors, on: 2026-01-02, basis: abstract}
added: 2026-01-02
""",
    "topics/blocks.yaml": "title: Blocks\nscope: What stacks\nintroduction: Things on top of things.\n",
    "topics/towers.yaml": "title: Towers\narea: blocks\nscope: What is high\nintroduction: How high?\n",
    "venues.yaml": "toyconf: {short: ToyConf, name: Conference on Toys, type: conference, aliases: [TC]}\n",
    "people.yaml": "jane-doe: {name: Jane Doe, orcid: 0000-0002-1825-0097}\n",
}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def said(root: Path, changes: Mapping[str, str | bytes] | None = None) -> list[str]:
    """Return what is said of the good collection with some files changed or added, but for its layout.

    Layout and doubles have tests of their own, and the records of the others are short and alike.
    """
    findings = check_collection(write(root, {**GOOD, **(changes or {})}))[1]
    return [as_text(finding) for finding in findings if finding.check not in LAYOUT]


def record(*changes: tuple[str, str], add: str = "") -> dict[str, str | bytes]:
    """Return the good record with texts replaced and lines added at its end."""
    text = GOOD[RECORD]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return {RECORD: text + add}


def another(name: str, *changes: tuple[str, str], add: str = "") -> dict[str, str | bytes]:
    """Return a second record like the good one, under another id of the same year."""
    return {f"papers/2023/{name}.yaml": record(*changes, add=add)[RECORD]}
