"""All reported figures: one page for each kind of gain, tables of one unit, grouped by topic."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args, overload

from gen import addresses, cuts
from gen.collection import Collection
from gen.figures import LABELS, Figure, figure
from gen.pages.head import assets
from gen.pages.output import Page
from gen.pages.parts import Part, Parts, in_parts, in_time
from gen.record import RESULT_KINDS, Record, Result, Topic
from gen.text.plain import plain

ABOUT: dict[str, str] = {
    "speed": "How much faster something runs, or how long it takes.",
    "memory": "How much memory is saved or needed while it runs.",
    "size": "How small a model, an index or what is trained becomes.",
    "quality": "How well the task is done: accuracy and its relatives.",
    "cost": "Computation, calls and money.",
    "data": "How much data is needed, given or made.",
    "energy": "Power and energy.",
    "scale": "How large it was built or tried.",
    "bound": "What is proved.",
}
"""What each kind of figure is about, in the order of the page."""

TOP = 3
"""How many figures of each kind the first page shows."""
LIMIT = 2000
"""Up to here a kind's figures stand on one page; beyond, on pages for each area."""


@dataclass(frozen=True, slots=True)
class Row:
    """One reported figure."""

    record: Record
    result: Result
    figure: Figure | None
    topic: Topic | None
    """The paper's main topic."""

    @property
    def of(self) -> tuple[object, ...]:
        """What shows of it; the figure follows from the result."""
        return self.record.id, self.record.facts_digest, self.result, self.topic


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one unit."""

    anchor: str
    heading: str
    comparable: bool
    """Whether their numbers can be put in order."""
    rows: list[Row]

    @property
    def groups(self) -> list[tuple[Topic | None, list[Row]]]:
        """The rows by topic, in the order of the topics' titles; the largest figure of each first."""
        topics: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            topics[row.topic.id if row.topic else ""].append(row)
        groups = [(rows[0].topic, by_size(rows)) for rows in topics.values()]
        return sorted(groups, key=lambda group: (group[0] is None, group[0].title.lower() if group[0] else ""))


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """Figures in their order, each looked up when it is asked for."""

    collection: Collection
    places: Sequence[tuple[str, int]]
    """The id of each figure's paper, and its place among that paper's."""

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Row | Rows":
        if isinstance(place, slice):
            return Rows(self.collection, self.places[place])
        name, at = self.places[place]
        record, topic = self.collection.records[name], self.collection.main_topics[name]
        result = record.results[at]
        return Row(record, result, figure(result.value, result.metric), self.collection.topics.get(topic))

    def __len__(self) -> int:
        return len(self.places)

    @property
    def papers(self) -> int:
        """How many papers they are of."""
        return len({name for name, _ in self.places})

    def by_area(self) -> dict[str, "Rows"]:
        """Return those of each area, by its slug; under an empty one those of papers without a topic."""
        known = self.collection
        areas: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for place in self.places:
            topic = known.topics.get(known.main_topics[place[0]])
            areas[(topic.area or topic.id) if topic else ""].append(place)
        return {slug: Rows(known, places) for slug, places in areas.items()}


def gather_rows(collection: Collection) -> dict[str, Rows]:
    """Return all figures by kind, in the order of kinds, newest paper first."""
    kinds = dict.fromkeys((*ABOUT, *get_args(RESULT_KINDS)))
    return {kind: Rows(collection, collection.figures[kind]) for kind in kinds if kind in collection.figures}


def by_size(rows: Iterable[Row]) -> list[Row]:
    """Return rows with the largest figure first; what is no number comes last."""
    return sorted(rows, key=lambda row: -row.figure.number if row.figure else 1)


def tables(kind: str, rows: Iterable[Row]) -> list[Table]:
    """Return the tables of a kind: figures of one unit stand together, unlike units apart."""
    units: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        units[row.figure.unit if row.figure else ""].append(row)
    # A score without a unit may be on any scale; a count of things is a count.
    found = [
        Table(unit, label, not (unit == "number" and kind in ("quality", "bound")), units[unit])
        for unit, label in LABELS.items()
        if unit in units
    ]
    if "" in units:
        found.append(Table("words", "In words and formulas", False, units[""]))
    return found


def pages(collection: Collection, asked: Container[str] = get_args(RESULT_KINDS)) -> Iterator[Page]:
    """Yield the page of kinds and the pages of each kind that is asked for."""
    kinds = gather_rows(collection)
    yield Page(
        "results/",
        "results.md.j2",
        "Results",
        "The headline figures that the papers of the collection report, by kind and topic.",
        lambda: {"kinds": [(kind, ABOUT[kind], len(rows), top(kind, rows)) for kind, rows in kinds.items()]},
        lambda: assets("../", "css/results.css"),
    )
    for kind, rows in kinds.items():
        if kind in asked:
            yield from _kind(collection, kind, rows)


class Share(NamedTuple):
    """The figures of an area, on a page of their own."""

    area: str
    """Its slug; empty for figures of papers without a topic."""
    title: str
    figures: int


def _kind(collection: Collection, kind: str, rows: Rows) -> Iterator[Page]:
    """Yield the page of a kind, and those of its areas where one page would be too large."""
    areas = rows.by_area() if len(rows) > LIMIT else {}
    titles = {slug: area.title for slug, area in collection.areas.items()} | {"": "No topic yet"}
    shares = [Share(slug, title, len(areas[slug])) for slug, title in titles.items() if slug in areas]
    yield from _pages(kind, None, rows, shares)
    for share in shares:
        yield from _pages(kind, share, areas[share.area], [])


def _pages(kind: str, share: Share | None, rows: Rows, shares: list[Share]) -> Iterator[Page]:
    """Yield the page of a kind, or those of an area's figures of that kind."""
    title = f"{kind.capitalize()} results" + (f": {share.title}" if share else "")
    page = Page(
        addresses.results(kind, share.area if share else None),
        "results_kind.md.j2",
        plain(title),
        f"Figures that papers report. {ABOUT[kind]}",
    )
    ranges = cuts.cut([1] * len(rows), cuts.LINES) if share else [range(min(len(rows), LIMIT))]
    listed = Parts(page.address, rows, lambda row: in_time(row.record), ranges)

    def show(part: Part[Row]) -> dict[str, object]:
        counted = rows[part.places.start : part.places.stop] if part.at else rows
        return {
            "kind": kind,
            "title": title,
            "about": ABOUT[kind],
            "count": len(counted),
            "shown": len(part.items),
            "shares": shares,
            "tables": tables(kind, part.items),
            "papers": counted.papers,
        }

    def head(base: str) -> str:
        return assets(base, "css/results.css", "js/results.js")

    return in_parts(page, listed, show, show, head)


def top(kind: str, rows: Sequence[Row]) -> list[Row]:
    """Return the largest figures of the first unit in which a kind has enough that can be compared."""
    enough = (table.rows for table in tables(kind, rows) if table.comparable and len(table.rows) >= TOP)
    return by_size(next(enough, rows))[:TOP]
