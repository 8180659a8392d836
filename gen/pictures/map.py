"""The map of the collection: papers placed by the likeness of their texts, colored by area, with names of topics."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gen.collection import Collection
from gen.likeness import Likeness
from gen.pictures.layout import Places, layout
from gen.record import Record, Topic
from gen.text.plain import plain

WIDTH, HEIGHT, MARGIN = 1000, 720, 20
SPACING = 12
"""Least distance of two papers."""
MOST = 3000
"""The map shows at most this many papers, the newest, so that its page stays light."""
AREA_SIZE, TOPIC_SIZE = 15, 10
"""Height of the letters of areas and topics."""
LEVELS = (1, 2, 4)
"""How much a map is enlarged when the names of each level are shown; letters are smaller by as much."""


@dataclass(frozen=True, slots=True)
class Point:
    """A paper on the map."""

    record: Record
    x: float
    y: float
    area: int
    """Position of the paper's main area among the areas; -1 without one."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of an area or topic on the map."""

    topic: Topic
    x: float
    y: float
    level: int
    """Enlargement from which on it is shown."""


@dataclass(frozen=True, slots=True)
class Beside:
    """An area and the areas whose papers are most like its own."""

    area: Topic
    papers: int
    others: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """The picture and its equivalent in words."""

    points: tuple[Point, ...]
    labels: tuple[Label, ...]
    areas: tuple[Beside, ...]
    left_out: int


def draw(collection: Collection, likeness: Likeness) -> Map:
    """Return the map of a collection."""
    shown = collection.newest[:MOST]
    names = {record.id for record in shown}
    inner = {key: neighbors for key, neighbors in likeness.items() if key in names}
    places = {
        key: (x + MARGIN, y + MARGIN)
        for key, (x, y) in layout(inner, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, SPACING).items()
    }
    number = {slug: index for index, slug in enumerate(collection.areas)}
    points = [
        Point(record, *places[record.id], number.get(main_area(collection, record), -1))
        for record in sorted(shown, key=lambda record: record.id)
    ]
    return Map(
        tuple(points),
        tuple(_labels(collection, shown, places)),
        tuple(_beside(collection, likeness)),
        len(collection.records) - len(shown),
    )


def main_area(collection: Collection, record: Record) -> str:
    """Return the slug of the area of a record's main topic, or nothing."""
    topic = collection.topics.get(record.topics[0]) if record.topics else None
    return (topic.area or topic.id) if topic else ""


def _labels(collection: Collection, shown: Iterable[Record], places: Places) -> Iterable[Label]:
    """Yield names where their papers stand, larger groups first, each on the first level where it has room."""
    groups: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for record in shown:
        if record.topics:
            groups[main_area(collection, record)].append(places[record.id])
            groups[record.topics[0]].append(places[record.id])
    known = [slug for slug in groups if slug in collection.topics]
    ranked = sorted(known, key=lambda slug: (collection.topics[slug].area is not None, -len(groups[slug]), slug))
    boxes: dict[int, list[tuple[float, float, float, float]]] = {level: [] for level in LEVELS}
    for slug in ranked:
        topic = collection.topics[slug]
        size = AREA_SIZE if topic.area is None else TOPIC_SIZE
        x, y = _middle(groups[slug])
        for level in LEVELS:
            half = len(plain(topic.title)) * size * 0.29 / level
            found = _room(boxes[level], min(max(x, half), WIDTH - half), y, half, size * 0.7 / level)
            if found:
                for later in LEVELS[LEVELS.index(level) :]:
                    scale = level / later
                    boxes[later].append((found[0], found[1], half * scale, size * 0.7 / later))
                yield Label(topic, round(found[0], 1), round(found[1], 1), level)
                break


def _room(
    boxes: Sequence[tuple[float, float, float, float]], x: float, y: float, half: float, rise: float
) -> tuple[float, float] | None:
    """Return the nearest height at which a name of the given half width and half height covers no other one."""
    for shift in (0, -1.2, 1.2, -2.4, 2.4, -3.6, 3.6):
        middle = y + shift * rise
        if rise < middle < HEIGHT - rise and not any(
            abs(x - other_x) < half + other_half and abs(middle - other_y) < rise + other_rise
            for other_x, other_y, other_half, other_rise in boxes
        ):
            return x, middle
    return None


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the point that the others are nearest to; of very many points some are looked at."""
    some = points[:: len(points) // 200 + 1]
    return min(some, key=lambda p: sum(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5 for q in some))


def _beside(collection: Collection, likeness: Likeness) -> Iterable[Beside]:
    """Yield each area with the three that hold most of its papers' neighbors, in words what the map shows."""
    area = {record.id: main_area(collection, record) for record in collection.records.values()}
    papers = Counter(area.values())
    near: Mapping[str, Counter[str]] = defaultdict(Counter)
    for key, neighbors in likeness.items():
        near[area[key]].update(area[neighbor.id] for neighbor in neighbors)
    for slug, topic in collection.areas.items():
        ranked = sorted(near[slug].items(), key=lambda item: (-item[1], item[0]))
        others = [other for other, _ in ranked if other != slug and other in collection.areas][:3]
        yield Beside(topic, papers[slug], tuple(collection.areas[other] for other in others))
