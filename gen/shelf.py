"""A collection of which only those records are read that somebody asks for: what few edited notes or details need.

Its indexes are those of the last whole build, as ids: an edited note changes none of them, nor does a title or a link.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from gen.collection import Author, Collection, Incoming, Some
from gen.feeds import shown_papers
from gen.names import Name
from gen.record import Record

K = TypeVar("K")
S = TypeVar("S")
V = TypeVar("V")

TABLE = "shelf"
"""Table of the indexes of a collection, as ids, and of what it has besides records."""


GROUPS = (
    "by_topic", "by_area", "by_year", "by_venue", "by_system", "by_benchmark", "by_foundation", "by_day",
)  # fmt: skip
"""Indexes that give the records of a key."""


def shelved(collection: Collection) -> dict[str, Any]:
    """Return the indexes of a collection as ids, and whatever isn't a record, for `Shelved`."""
    return {
        **{name: _ids(getattr(collection, name)) for name in GROUPS},
        "feeds": _ids(shown_papers(collection)),
        "newest": [record.id for record in collection.newest],
        "latest": [record.id for record in collection.latest],
        "figures": dict(collection.figures),
        "incoming": {
            to: [(item.record.id, item.kind, item.why) for item in items] for to, items in collection.incoming.items()
        },
        "authors": {
            slug: (_name(author.name), [record.id for record in author.records], author.part)
            for slug, author in collection.authors.items()
        },
        "by_letter": {letter: [author.slug for author in people] for letter, people in collection.by_letter.items()},
        "entity_parts": dict(collection.entity_parts),
        "main_topics": dict(collection.main_topics),
        "counts": dict(collection.counts),
        "others": {name: getattr(collection, name) for name in ("topics", "paths", "venues", "people")},
    }


_name = attrgetter("given", "particle", "family", "suffix", "corporate")
"""Gives what a name is made of: tuples are read in a fraction of the time that names are."""


def _ids(groups: Mapping[K, Sequence[Record]]) -> dict[K, list[str]]:
    return {name: [record.id for record in records] for name, records in groups.items()}


class Made(Mapping[K, V], Generic[K, S, V]):
    """Values made of what is stored for their keys, each when it is first asked for."""

    def __init__(self, stored: Mapping[K, S], make: Callable[[K, S], V]) -> None:
        self._stored = stored
        self._make = make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._made:
            self._made[key] = self._make(key, self._stored[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._stored

    def __iter__(self) -> Iterator[K]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def _stored(name: str) -> "cached_property[Mapping[Any, Sequence[Record]]]":
    """Return what gives a collection the records of each key of a stored index."""
    return cached_property(lambda collection: collection._groups(name))


@dataclass(frozen=True)
class Shelved(Collection):
    """A collection whose records and indexes stand in the store. What has no index here is built from all records."""

    index: Mapping[str, Any] = field(default_factory=dict)
    """What `shelved` returned."""

    def _groups(self, name: str) -> Mapping[Any, Sequence[Record]]:
        stored: Mapping[Any, Sequence[str]] = self.index[name]
        return Made(stored, lambda _, ids: Some(ids, self.records))

    by_topic = _stored("by_topic")
    by_area = _stored("by_area")
    by_year = _stored("by_year")
    by_venue = _stored("by_venue")
    by_system = _stored("by_system")
    by_benchmark = _stored("by_benchmark")
    by_foundation = _stored("by_foundation")
    by_day = _stored("by_day")

    @cached_property
    def newest(self) -> Sequence[Record]:  # noqa: D102 - as in the class above; likewise below
        return Some(self.index["newest"], self.records)

    @cached_property
    def latest(self) -> Sequence[Record]:  # noqa: D102
        return Some(self.index["latest"], self.records)

    @cached_property
    def figures(self) -> Mapping[str, Sequence[tuple[str, int]]]:  # noqa: D102
        figures: Mapping[str, Sequence[tuple[str, int]]] = self.index["figures"]
        return figures

    @cached_property
    def place_in_topic(self) -> Mapping[tuple[str, str], int]:  # noqa: D102
        by_topic = self.index["by_topic"].items()
        return {(slug, name): place for slug, names in by_topic for place, name in enumerate(names)}

    @cached_property
    def incoming(self) -> Mapping[str, Sequence[Incoming]]:  # noqa: D102
        stored: Mapping[str, list[tuple[str, str, str]]] = self.index["incoming"]
        return Made(stored, lambda _, items: [Incoming(self.records[name], kind, why) for name, kind, why in items])

    @cached_property
    def authors(self) -> Mapping[str, Author]:  # noqa: D102
        stored: Mapping[str, tuple[tuple[Any, ...], list[str], int]] = self.index["authors"]
        return Made(stored, self._author)

    @cached_property
    def by_letter(self) -> Mapping[str, Sequence[Author]]:  # noqa: D102
        stored: Mapping[str, list[str]] = self.index["by_letter"]
        return Made(stored, lambda _, slugs: [self.authors[slug] for slug in slugs])

    def _author(self, slug: str, stored: tuple[tuple[Any, ...], list[str], int]) -> Author:
        name, ids, part = stored
        return Author(slug, Name(*name), Some(ids, self.records), self.people.get(slug), part)

    @cached_property
    def entity_parts(self) -> Mapping[str, int]:  # noqa: D102
        numbers: Mapping[str, int] = self.index["entity_parts"]
        return numbers

    @cached_property
    def main_topics(self) -> Mapping[str, str]:  # noqa: D102
        main: Mapping[str, str] = self.index["main_topics"]
        return main

    @cached_property
    def counts(self) -> Mapping[str, int]:  # noqa: D102
        counts: Mapping[str, int] = self.index["counts"]
        return counts

    @cached_property
    def feeds(self) -> Mapping[str, Sequence[Record]]:
        """The papers of each feed, by the slug of its topic or area."""
        return self._groups("feeds")


def taken(index: Mapping[str, Any], root: Path, records: Mapping[str, Record]) -> Shelved:
    """Return the collection of indexes that `shelved` returned, and of records by id in the order of ids."""
    return Shelved(root=root, records=records, **index["others"], index=index)
