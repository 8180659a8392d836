"""The two small pictures of a topic: its papers along the years, and the relations among them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from gen.collection import Collection
from gen.names import short_authors
from gen.record import Record, Relation, Topic
from gen.text.plain import plain

STEP, LEAST, TALLEST = 13, 5, 480
"""Distance of two papers in a column of the timeline; it shrinks, down to the second number, as far as needed for the
timeline to be no higher than the third."""
LINE = 24
"""Distance of two lines of the relations."""
NAME = 26
"""Longest name of a paper in the relations, in letters."""
MOST = 40
"""The relations are drawn for at most this many papers, those with most of them."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper on the timeline."""

    record: Record
    x: float
    y: float
    first: bool
    """Whether the topic names it among the papers to start with."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Papers as dots, piled up in the column of their year."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    radius: float
    """Of each dot."""
    years: tuple[tuple[int, float], ...]
    """Each year of the span and the middle of its column."""


def timeline(topic: Topic, records: Sequence[Record]) -> Timeline:
    """Return the timeline of a topic's papers; tall piles are set in several dots a row."""
    span = range(min(r.year for r in records), max(r.year for r in records) + 1)
    wide = max(20.0, min(44.0, 340 / len(span)))
    tallest = max(Counter(record.year for record in records).values())
    step = next((step for step in range(STEP, LEAST, -1) if _height(tallest, wide, step) <= TALLEST), LEAST)
    across = _across(wide, step)
    start = {item.paper for item in topic.start_here}
    piles: dict[int, int] = dict.fromkeys(span, 0)
    spots = []
    for record in sorted(records, key=lambda record: (record.year, record.id)):
        line, place = divmod(piles[record.year], across)
        piles[record.year] += 1
        spots.append((record, (record.year - span.start + 0.5) * wide + (place - (across - 1) / 2) * step, line))
    height = _height(tallest, wide, step)
    dots = tuple(
        Dot(record, round(x, 1), height - (line + 0.5) * step, record.id in start) for record, x, line in spots
    )
    skip = 1 if wide >= 30 else 2
    years = tuple((year, round((year - span.start + 0.5) * wide, 1)) for year in span if (span[-1] - year) % skip == 0)
    return Timeline(round(wide * len(span)), height, dots, round(step * 5 / STEP, 1), years)


def _across(wide: float, step: int) -> int:
    """Return how many dots stand side by side in a column."""
    return max(1, int(wide / step) - 1)


def _height(pile: int, wide: float, step: int) -> int:
    """Return how high a timeline is whose largest pile has so many dots."""
    return ceil(pile / _across(wide, step)) * step + 4


@dataclass(frozen=True, slots=True)
class Node:
    """A paper in the picture of relations, on a line of its own."""

    record: Record
    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A relation, drawn beside the lines of its two papers."""

    record: Record
    other: Record
    relation: Relation
    start: int
    end: int
    reach: float


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations among a topic's papers, newest paper at the top."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    kinds: tuple[str, ...]
    """The kinds that occur, in the order of the alphabet."""
    height: int
    reach: int
    """How far the widest arc stands out from the names."""


def relations(collection: Collection, records: Sequence[Record]) -> Relations | None:
    """Return the picture of relations among the given papers, or None where there is none."""
    members = {record.id for record in records}
    inner = [(r, relation) for r in records for relation in r.relations if relation.to in members]
    degree = dict.fromkeys(members, 0)
    for record, relation in inner:
        degree[record.id] += 1
        degree[relation.to] += 1
    linked = sorted((r for r in records if degree[r.id]), key=lambda r: (-degree[r.id], r.id))[:MOST]
    if not linked:
        return None
    linked.sort(key=lambda record: (-record.year, record.id))
    line = {record.id: index * LINE + LINE // 2 for index, record in enumerate(linked)}
    arcs = tuple(
        Arc(record, collection.records[relation.to], relation, line[record.id], line[relation.to], reach)
        for record, relation in inner
        if record.id in line and relation.to in line
        for reach in [round(14 + abs(line[record.id] - line[relation.to]) * 0.42, 1)]
    )
    return Relations(
        tuple(Node(record, name(record), line[record.id]) for record in linked),
        arcs,
        tuple(sorted({arc.relation.kind for arc in arcs})),
        len(linked) * LINE,
        round(max(arc.reach for arc in arcs) * 0.75 + 12),
    )


def name(record: Record) -> str:
    """Return a short name of a paper: that of its system, or its authors."""
    written = plain(record.system) if record.system else short_authors(record.authors)
    return written if len(written) <= NAME else f"{written[: NAME - 1].rstrip()}…"
