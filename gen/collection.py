"""Gather: all records as one collection, with the indexes that pages and checks ask for.

Each index is built once, on first use, in one pass over the records.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeVar, overload

from gen import cuts
from gen.entities import Entity, benchmarks, entity_parts, systems
from gen.model import Sourced
from gen.names import Name, first_letter, parse_name, person_slug, slugify
from gen.reading import Reading
from gen.record import Person, ReadingPath, Record, Topic, Venue

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound=Sourced)

INVERSE = {
    "extends": "extended by",
    "uses": "used by",
    "compares": "compared in",
    "contrasts": "contrasted in",
    "evaluates": "evaluated in",
    "surveys": "surveyed in",
}
"""How the other end of a relation puts it."""


@dataclass(frozen=True, slots=True)
class Some(Sequence[Record]):
    """Some records in their order, each looked up when it is asked for."""

    ids: Sequence[str]
    records: Mapping[str, Record] = field(compare=False)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> "Some": ...
    def __getitem__(self, place: int | slice) -> "Record | Some":
        if isinstance(place, slice):
            return Some(self.ids[place], self.records)
        return self.records[self.ids[place]]

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, record: object) -> bool:
        return isinstance(record, Record) and record.id in self.ids


class Incoming(NamedTuple):
    """A relation seen from the paper that it points to."""

    record: Record
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote papers of the collection, under one address."""

    slug: str
    name: Name
    records: Sequence[Record]
    person: Person | None
    part: int = 0
    """In which part of their letter's people they stand (`gen.cuts`)."""

    @property
    def letter(self) -> str:
        """The letter under which they stand in the A to Z."""
        return first_letter(self.name.last)


@dataclass(frozen=True)
class Collection:
    """Everything that was read, by id, in the order of ids."""

    root: Path
    records: Mapping[str, Record]
    topics: Mapping[str, Topic]
    """Topics and areas alike; an area has no area of its own."""
    paths: Mapping[str, ReadingPath]
    venues: Mapping[str, Venue]
    people: Mapping[str, Person]
    broken: frozenset[str] = field(default_factory=frozenset)
    kept: Mapping[str, str] = field(default_factory=dict)
    """Under which key the store keeps each file that was read, by its path (`gen.reading`)."""

    @cached_property
    def areas(self) -> dict[str, Topic]:
        """Areas by slug, in the order of their titles."""
        return {slug: topic for slug, topic in _by_title(self.topics) if topic.area is None}

    @cached_property
    def topics_of_area(self) -> dict[str, list[Topic]]:
        """Topics of each area, in the order of their titles."""
        return _group((topic.area, topic) for _, topic in _by_title(self.topics) if topic.area)

    @cached_property
    def by_topic(self) -> Mapping[str, Sequence[Record]]:
        """Records of each topic, newest first."""
        return _group((topic, record) for record in self.newest for topic in record.topics)

    @cached_property
    def main_topics(self) -> Mapping[str, str]:
        """The slug of each record's main topic, by id; empty for one without a topic."""
        return {key: (record.topics or ("",))[0] for key, record in self.records.items()}

    @cached_property
    def place_in_topic(self) -> Mapping[tuple[str, str], int]:
        """Where each record stands in the list of each of its topics, by topic and id."""
        return {(slug, record.id): at for slug, records in self.by_topic.items() for at, record in enumerate(records)}

    @cached_property
    def by_area(self) -> Mapping[str, Sequence[Record]]:
        """Records of each area, each once, newest first."""
        return _group((area, record) for record in self.newest for area in sorted(self.areas_of(record)))

    @cached_property
    def newest(self) -> Sequence[Record]:
        """Records by year, newest first, then by id."""
        return sorted(self.records.values(), key=lambda record: (-record.year, record.id))

    @cached_property
    def latest(self) -> Sequence[Record]:
        """Records by the day of their addition, the latest first, then the newest; those without a day last."""
        return sorted(self.newest, key=lambda record: record.added or datetime.date.min, reverse=True)

    @cached_property
    def by_day(self) -> Mapping[datetime.date, Sequence[Record]]:
        """Records of each day of addition, the latest day first."""
        return _group((record.added, record) for record in self.latest if record.added)

    @cached_property
    def by_year(self) -> Mapping[int, Sequence[Record]]:
        """Records of each year, newest year first."""
        return _group((record.year, record) for record in self.newest)

    @cached_property
    def by_venue(self) -> Mapping[str, Sequence[Record]]:
        """Records of each venue, newest first."""
        return _group((record.venue, record) for record in self.newest if record.venue)

    @cached_property
    def by_system(self) -> Mapping[str, Sequence[Record]]:
        """Records by the name of what they introduce, in the order of names."""
        return _sorted(_group((record.system, record) for record in self.newest if record.system))

    @cached_property
    def by_benchmark(self) -> Mapping[str, Sequence[Record]]:
        """Records by the benchmarks they were measured on, in the order of names."""
        return _sorted(_group((name, record) for record in self.newest for name in record.benchmarks))

    @cached_property
    def by_foundation(self) -> Mapping[str, Sequence[Record]]:
        """Records by the systems they build on, in the order of names."""
        return _sorted(_group((name, record) for record in self.newest for name in record.builds_on))

    @cached_property
    def figures(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Headline figures by kind, newest paper first: the paper's id, and the figure's place among its own."""
        return _group(
            (result.kind, (record.id, place)) for record in self.newest for place, result in enumerate(record.results)
        )

    @cached_property
    def systems(self) -> list[Entity]:
        """What papers introduce or build on, as it stands in its list."""
        return systems(self.by_system, self.by_foundation)

    @cached_property
    def benchmarks(self) -> list[Entity]:
        """What papers were measured on, as it stands in its list."""
        return benchmarks(self.by_benchmark)

    @cached_property
    def entity_parts(self) -> Mapping[str, int]:
        """In which part of its list a system or benchmark stands, by the address it has in the first; else nothing."""
        return entity_parts(self.systems, self.benchmarks)

    @cached_property
    def incoming(self) -> Mapping[str, Sequence[Incoming]]:
        """Relations by the record that they point to."""
        return _group(
            (relation.to, Incoming(record, relation.kind, relation.why))
            for record in self.newest
            for relation in record.relations
        )

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How much of everything there is."""
        return {
            "papers": len(self.records),
            "topics": len(self.topics) - len(self.areas),
            "areas": len(self.areas),
            "authors": len(self.authors),
            "venues": len(self.by_venue),
            "relations": sum(len(record.relations) for record in self.records.values()),
            "results": sum(len(record.results) for record in self.records.values()),
            "paths": len(self.paths),
        }

    @cached_property
    def on_paths(self) -> dict[str, list[tuple[ReadingPath, int]]]:
        """Reading paths by record, each with the step's index."""
        return _group(
            (step.paper, (path, index)) for path in self.paths.values() for index, step in enumerate(path.steps)
        )

    @cached_property
    def authors(self) -> Mapping[str, Author]:
        """Everyone who wrote a paper, by slug, in the order of family names."""
        written = _group((self.person_slug(name), record) for record in self.newest for name in record.named_authors)
        spelled = {self.person_slug(name): name for record in reversed(self.newest) for name in record.named_authors}
        found = []
        for slug, records in written.items():
            person = self.people.get(slug)
            name = parse_name(person.name if person else spelled[slug])
            found.append(Author(slug, name, tuple({record.id: record for record in records}.values()), person))
        found.sort(key=lambda author: (slugify(author.name.last), slugify(author.name.full), author.slug))
        return {author.slug: author for _, people in groupby(found, attrgetter("letter")) for author in _placed(people)}

    @cached_property
    def by_letter(self) -> Mapping[str, Sequence[Author]]:
        """Authors by the letter of the A to Z under which they stand, in the order of family names."""
        return _group((author.letter, author) for author in self.authors.values())

    @cached_property
    def _variants(self) -> dict[str, str]:
        return {variant: slug for slug, person in self.people.items() for variant in (person.name, *person.variants)}

    def person_slug(self, written: str) -> str:
        """Return the slug of the person that a record names so."""
        slug = self._slugs.get(written)
        if slug is None:
            slug = self._slugs[written] = self._variants.get(written) or person_slug(written)
        return slug

    def person(self, written: str) -> Person | None:
        """Return what `people.yaml` says of the person that a record names so."""
        return self.people.get(self.person_slug(written))

    def orcid(self, written: str) -> str | None:
        """Return the ORCID of the person that a record names so."""
        person = self.person(written)
        return person.orcid if person else None

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {}

    def areas_of(self, record: Record) -> set[str]:
        """Return the slugs of the areas that a record's topics belong to."""
        topics = (self.topics.get(slug) for slug in record.topics)
        return {topic.area for topic in topics if topic and topic.area}

    def facts_key(self, record: Record) -> str:
        """Return what a paper's citations, and its lines in lists without summaries, are made of: id and digests."""
        known = self._facts_keys.get(record.id)
        if known is None:
            venue = self.venue(record)
            known = self._facts_keys[record.id] = f"{record.id} {record.facts_digest} {venue.digest if venue else ''}"
        return known

    @cached_property
    def _facts_keys(self) -> dict[str, str]:
        return {}

    def venue(self, record: Record) -> Venue | None:
        """Return the venue of a record, or None for a preprint."""
        return self.venues.get(record.venue) if record.venue else None


def gather(reading: Reading) -> Collection:
    """Make one collection of what was read. Of two records with one id the first is kept; a check reports it."""
    return Collection(
        root=reading.root,
        records=_unique(reading.records),
        topics=_unique(reading.topics),
        paths=_unique(reading.paths),
        venues=dict(sorted(reading.venues.items())),
        people=dict(sorted(reading.people.items())),
        broken=frozenset(reading.broken),
        kept=reading.kept,
    )


def _unique(items: Iterable[S]) -> dict[str, S]:
    found: dict[str, S] = {}
    for item in sorted(items, key=lambda item: (item.id, item.source.path)):
        found.setdefault(item.id, item)
    return found


def _placed(people: Iterable[Author]) -> Iterator[Author]:
    """Yield the people of a letter, each with the part of the list that they stand in."""
    listed = list(people)
    for author, number in zip(listed, cuts.numbers(cuts.cut([1] * len(listed), cuts.LINES)), strict=True):
        yield replace(author, part=number) if number else author


def _by_title(topics: Mapping[str, Topic]) -> list[tuple[str, Topic]]:
    return sorted(topics.items(), key=lambda item: (item[1].title.lower(), item[0]))


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _sorted(groups: dict[str, list[Record]]) -> dict[str, list[Record]]:
    return dict(sorted(groups.items(), key=lambda item: (item[0].lower(), item[0])))
