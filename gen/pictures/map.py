"""The map of the collection: papers placed by the likeness of their texts, colored by area, with names of topics.

Of not too many papers each one is a mark. Of more, the topics are, as disks with the number of their papers, over a
ground that is the darker the more papers lie there: the picture stays as small and as readable with any number.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gen.collection import Collection, Some
from gen.likeness import Likeness, near_papers
from gen.pictures.labels import Name, Placed, place
from gen.pictures.layout import Floats, Near, Places, among, apart, layout, near_groups
from gen.pictures.topic import name
from gen.record import Record, Topic
from gen.store import Store, Table
from gen.text.plain import plain

WIDTH, HEIGHT, MARGIN = 1000, 720, 20
SPACING, MARK = 12, 9
"""Least distance of two papers, and the size of their marks."""
TOPICS = 200
"""At most this many topics are shown so, those with most papers."""
CELL = 20
"""Distance of two places of the ground, where papers are counted for it."""
SHADES = 4
_DISKS = 0.16
"""The share of the picture that the disks of topics cover."""
_AREA, _TOPIC, _PAPER = 16, 11, 10
"""Height of the letters of areas, topics and papers."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A paper on the map."""

    record: Record
    x: float
    y: float
    name: Placed | None
    """Its name, where there is room for it."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A topic on the map."""

    topic: Topic
    papers: int
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Region:
    """An area and what the map shows of it."""

    number: int
    """Position among the areas, which gives the color; -1 for papers without a topic."""
    area: Topic | None
    papers: int
    beside: tuple[Topic, ...]
    """The areas that hold most of its papers' neighbors: what the map shows, in words."""
    topics: tuple[tuple[Topic, Sequence[Record]], ...]
    """Its topics with the papers whose main topic each is, in the order of the collection."""
    ground: tuple[tuple[int, str], ...]
    """How dark, 1 to `SHADES`, and the outline of what is to be so: dots, to be drawn with a broad round pen."""
    marks: tuple[Mark, ...]
    disks: tuple[Disk, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """The name of an area or topic on the map."""

    topic: Topic
    papers: int
    placed: Placed


@dataclass(frozen=True, slots=True)
class Map:
    """The picture."""

    regions: tuple[Region, ...]
    labels: tuple[Label, ...]
    papers: int
    gathered: bool
    """Whether topics are marks, instead of papers."""


TABLE = "map"
"""Table of where papers and names stand, as long as the same ones are near each other."""


def draw(collection: Collection, likeness: Likeness, store: Store, *, gathered: bool) -> Map:
    """Return the map of a collection; if it is gathered, topics are marks instead of papers."""
    with store.table(TABLE) as known:
        return _draw(collection, likeness, known, gathered=gathered)


def _draw(collection: Collection, likeness: Likeness, known: Table[Any], *, gathered: bool) -> Map:
    main = collection.main_topics
    near = near_papers(likeness)
    places = _places(collection, near, known, gathered=gathered)
    groups = _groups(collection, places)
    disks = tuple(_disks(collection, groups, known)) if gathered else ()
    shown = [] if gathered else [collection.records[key] for key in sorted(main)]
    wanted = _names(collection, groups, places, shown, disks)
    spots, frame = [places[record.id] for record in shown], np.array([WIDTH, HEIGHT], np.float64)
    placed = known.get(_digest(wanted, spots), lambda: tuple(place(wanted, spots, MARK, frame)))
    names = {name.key: name for name in placed}
    marks = {record.id: Mark(record, *places[record.id], names.get(f"paper {record.id}")) for record in shown}
    labels = [
        Label(topic, len(groups[slug]), names[slug]) for slug, topic in collection.topics.items() if slug in names
    ]
    regions = _regions(collection, near, places, marks, disks, gathered=gathered)
    return Map(tuple(regions), tuple(labels), len(main), gathered)


def _places(collection: Collection, near: Near, known: Table[Any], *, gathered: bool) -> Places:
    """Return where each paper lies on the picture."""
    width, height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    if gathered:
        topics = near_groups(near, collection.main_topics)
        found = known.get(_digest(sorted(topics.items())), lambda: layout(topics, width, height))
        found = among(found, near, collection.main_topics, width, height)
    else:
        found = known.get(
            _digest(sorted(near.items())), lambda: apart(layout(near, width, height), width, height, SPACING)
        )
    return {key: (round(x + MARGIN, 1), round(y + MARGIN, 1)) for key, (x, y) in found.items()}


def _digest(*of: object) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()


def area_of(collection: Collection, main: str) -> str:
    """Return the slug of the area of a main topic, or nothing."""
    topic = collection.topics.get(main)
    return (topic.area or topic.id) if topic else ""


def _regions(
    collection: Collection,
    near: Near,
    places: Places,
    marks: Mapping[str, Mark],
    disks: Sequence[Disk],
    *,
    gathered: bool,
) -> Iterator[Region]:
    """Yield the areas in their order, then the papers without one, if there are any."""
    main = collection.main_topics
    areas = {slug: area_of(collection, slug) for slug in set(main.values())}
    area = {key: areas[main[key]] for key in sorted(main)}
    met: Mapping[str, Counter[str]] = defaultdict(Counter)
    for key, others in near.items():
        met[area[key]].update([area[other] for other in others])
    members: defaultdict[str, list[str]] = defaultdict(list)
    for key, slug in area.items():
        members[slug].append(key)
    ground = _ground(places, area, gathered=gathered)
    slugs = [*collection.areas, *([""] if members[""] else [])]
    for number, slug in enumerate(slugs):
        ranked = sorted(met[slug].items(), key=lambda item: (-item[1], item[0]))
        beside = [other for other, _ in ranked if other != slug and other in collection.areas][:3]
        topics: defaultdict[str, list[str]] = defaultdict(list)
        for key in members[slug]:
            topics[main[key] if slug else ""].append(key)
        own = [topic for topic in collection.topics.values() if topic.id in topics] if slug else []
        yield Region(
            number if slug else -1,
            collection.areas.get(slug),
            len(members[slug]),
            tuple(collection.areas[other] for other in beside),
            tuple((topic, Some(topics[topic.id], collection.records)) for topic in own),
            tuple(sorted(ground.get(slug, {}).items())),
            tuple(marks[key] for key in members[slug] if key in marks),
            tuple(disk for disk in disks if (disk.topic.area or disk.topic.id) == slug),
        )


def _ground(places: Places, area: Mapping[str, str], *, gathered: bool) -> Mapping[str, Mapping[int, str]]:
    """Return the outline of each area's ground in each shade.

    One dot for each paper; or where there are many, one for each cell of a grid, for the area with most papers in it.
    """
    dots: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    if not gathered:
        for key, (x, y) in sorted(places.items()):
            dots[area[key]][1].append(f"M{x:g} {y:g}h0")
    else:
        cells: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        for key, (x, y) in places.items():
            cells[round(x / CELL), round(y / CELL)][area[key]] += 1
        fullest = max(sum(counts.values()) for counts in cells.values())
        for (column, line), counts in sorted(cells.items()):
            shade = int(SHADES * (sum(counts.values()) / fullest) ** 0.5 * 0.999) + 1
            most = min(counts, key=lambda slug: (-counts[slug], slug))
            dots[most][shade].append(f"M{column * CELL} {line * CELL}h0")
    return {slug: {shade: "".join(found) for shade, found in shades.items()} for slug, shades in dots.items()}


def _groups(collection: Collection, places: Places) -> Mapping[str, list[tuple[float, float]]]:
    """Return where the papers of each area and topic lie, by their main topic."""
    groups: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for key, main in collection.main_topics.items():
        area = area_of(collection, main)
        for slug in (main, area) if main != area else (main,):
            if slug in collection.topics:
                groups[slug].append(places[key])
    return groups


def _disks(
    collection: Collection, groups: Mapping[str, Sequence[tuple[float, float]]], known: Table[Any]
) -> Iterator[Disk]:
    """Yield the topics as disks where most of their papers lie, pushed apart until hardly any covers another."""
    inner = [slug for slug in groups if collection.topics[slug].area or not collection.topics_of_area.get(slug)]
    shown = sorted(inner, key=lambda slug: (-len(groups[slug]), slug))[:TOPICS]
    counts = np.array([len(groups[slug]) for slug in shown], np.float64)
    radii = np.sqrt(counts / max(counts.sum(), 1) * _DISKS * WIDTH * HEIGHT / np.pi)
    middles = [_middle(groups[slug]) for slug in shown]
    spots = known.get(_digest(radii.tolist(), middles), lambda: _parted(middles, radii))
    for slug, (x, y), radius in zip(shown, spots, radii.tolist(), strict=True):
        yield Disk(collection.topics[slug], len(groups[slug]), round(x, 1), round(y, 1), round(radius, 1))


def _parted(middles: Sequence[tuple[float, float]], radii: Floats) -> list[tuple[float, float]]:
    """Return places for disks that are to lie in some places, pushed apart."""
    spots = np.array(middles, np.float64).reshape(-1, 2)
    # Two in one place would have no direction to part in.
    spots += np.random.default_rng(3).standard_normal(spots.shape)
    wanted = radii[:, None] + radii + 4
    for _ in range(200):
        apart_by = spots[:, None] - spots
        distance = np.sqrt((apart_by**2).sum(axis=2)) + 1e-9
        push = np.maximum(wanted - distance, 0) / distance / 3
        np.fill_diagonal(push, 0)
        spots += (push[:, :, None] * apart_by).sum(axis=1)
        spots = np.clip(spots, (radii + MARGIN)[:, None], np.array([WIDTH, HEIGHT]) - (radii + MARGIN)[:, None])
    return [(x, y) for x, y in spots.tolist()]


def _names(
    collection: Collection,
    groups: Mapping[str, Sequence[tuple[float, float]]],
    places: Places,
    shown: Sequence[Record],
    disks: Sequence[Disk],
) -> list[Name]:
    """Return what is named: areas first, then topics, large ones before small ones, then papers.

    Where topics are disks only these are named.
    """
    spots = {disk.topic.id: (disk.x, disk.y) for disk in disks}
    spots = spots or {slug: _middle(points) for slug, points in groups.items()}
    ranked = sorted(spots, key=lambda slug: (collection.topics[slug].area is not None, -len(groups[slug]), slug))
    names = []
    for slug in ranked:
        title = plain(collection.topics[slug].title)
        if disks:
            names.append(Name(slug, title, *spots[slug], _TOPIC, first=0, reach=20))
        elif collection.topics[slug].area:
            names.append(Name(slug, title, *spots[slug], _TOPIC, first=1, reach=45))
        else:
            names.append(Name(slug, title, *spots[slug], _AREA, first=0, reach=70, needed=True))
    names += [
        Name(f"paper {record.id}", name(record), *places[record.id], _PAPER, first=3, reach=0) for record in shown
    ]
    return names


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the point that the others are nearest to; of very many points some are looked at."""
    some = np.array(points[:: len(points) // 200 + 1])
    ways = np.sqrt(((some[:, None] - some) ** 2).sum(axis=2)).sum(axis=1)
    x, y = some[int(ways.argmin())].tolist()
    return x, y
