"""Papers by year and area, and topics that occur together."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from gen.collection import Collection
from gen.record import Topic

YEARS = 16
"""How many columns of years there are; what is older stands together in the first."""
TOPICS = 100
"""The matrix holds at most this many topics, those with most papers."""


@dataclass(frozen=True, slots=True)
class Row:
    """An area's papers in each column; a paper of several areas counts in each."""

    area: Topic
    counts: tuple[int, ...]

    @property
    def peak(self) -> int:
        """The column with most papers, the last of several."""
        return max(range(len(self.counts)), key=lambda column: (self.counts[column], column), default=0)


@dataclass(frozen=True, slots=True)
class Years:
    """Papers by year and area."""

    columns: tuple[str, ...]
    older: bool
    """Whether the first column holds all papers up to its year."""
    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    """Papers of each column, each once."""

    @property
    def most(self) -> int:
        """The largest count of an area in a column, at least 1."""
        return max((count for row in self.rows for count in row.counts), default=0) or 1


def years(collection: Collection) -> Years:
    """Return how many papers of each area appeared in each year, the years in order."""
    found = sorted(collection.by_year)
    first = max(found[0], found[-1] - YEARS + 1) if found else 0
    span = range(first, found[-1] + 1) if found else range(0)
    counted: Counter[tuple[str, int]] = Counter()
    totals: Counter[int] = Counter()
    for record in collection.records.values():
        column = max(record.year, first)
        counted.update((area, column) for area in collection.areas_of(record))
        totals[column] += 1
    older = bool(found) and found[0] < first
    return Years(
        tuple(f"to {year}" if older and year == first else str(year) for year in span),
        older,
        tuple(Row(area, tuple(counted[slug, year] for year in span)) for slug, area in collection.areas.items()),
        tuple(totals[year] for year in span),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two topics that papers have both."""

    one: Topic
    other: Topic
    row: int
    column: int
    papers: int


@dataclass(frozen=True, slots=True)
class Together:
    """Topics in the order of their areas, and which of them occur together."""

    topics: tuple[Topic, ...]
    starts: tuple[int, ...]
    """Where in the order another area begins."""
    pairs: tuple[Pair, ...]
    """Each pair once, most papers first."""

    @property
    def most(self) -> int:
        """The number of papers of the first pair, at least 1."""
        return self.pairs[0].papers if self.pairs else 1


def together(collection: Collection) -> Together:
    """Return the topics that papers have in common."""
    counts = Counter(slug for record in collection.records.values() for slug in record.topics)
    kept = {slug for slug, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOPICS]}
    topics = [
        topic for area in collection.areas for topic in collection.topics_of_area.get(area, []) if topic.id in kept
    ]
    place = {topic.id: index for index, topic in enumerate(topics)}
    shared = Counter(
        pair
        for record in collection.records.values()
        for pair in combinations(sorted(place[slug] for slug in record.topics if slug in place), 2)
    )
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    starts = [index for index, topic in enumerate(topics) if index and topic.area != topics[index - 1].area]
    return Together(
        tuple(topics),
        tuple(starts),
        tuple(Pair(topics[one], topics[other], other, one, papers) for (one, other), papers in ranked),
    )
