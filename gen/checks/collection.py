"""Checks of the collection as a whole: what points where, what stands twice, what nobody uses."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from gen.checks.file import is_slug
from gen.checks.record import finding, texts
from gen.checks.registry import check
from gen.checks.suggest import did_you_mean
from gen.collection import Collection
from gen.document import Keys
from gen.findings import Finding
from gen.ledger import read_ledger
from gen.reading import Reading
from gen.record import Record, Sourced, phrases
from gen.source import Source
from gen.text.prose import prose_citations


class Whole:
    """The collection together with everything that was read, doubles included."""

    def __init__(self, reading: Reading, collection: Collection) -> None:
        self.reading = reading
        self.collection = collection
        self.ids = set(collection.records) | collection.broken

    @cached_property
    def former(self) -> dict[str, str]:
        """The id of the record that has each former id."""
        records = self.collection.records.values()
        return {former: record.id for record in records for former in record.former_ids}

    @cached_property
    def published(self) -> dict[str, int]:
        """The line of each id in the ledger."""
        return read_ledger(self.reading.root) or {}

    def items(self) -> Iterator[Sourced]:
        """Yield every record, topic and path that could be read."""
        yield from self.reading.records
        yield from self.reading.topics
        yield from self.reading.paths

    def no_record(self, item: Sourced, check_name: str, keys: Keys, name: str) -> Finding | None:
        """Return the finding that an id names no record, or None where it does."""
        if name in self.ids:
            return None
        advice = "name a record of this collection"
        if name in self.former:
            advice = f"it is now {self.former[name]!r}"
        elif name not in self.published:  # one that is gone was no misspelling
            advice = did_you_mean(name, filter(is_slug, self.ids), advice)
        return finding(item, check_name, keys, f"there is no record {name!r}", advice)


@check("collection")
def double_id(whole: Whole) -> Iterator[Finding]:
    """Two records, topics or paths have the same id, or a record's former id is in use.

    An id is a promise to everyone who cites it. Rename the newer file.
    """
    owners: dict[tuple[str, str], Sourced] = {}
    for item in whole.items():
        kind = type(item).__name__
        keys: list[tuple[str, Keys]] = [(item.id, ())]
        if isinstance(item, Record):
            keys += [(former, ("former_ids", index)) for index, former in enumerate(item.former_ids)]
        for name, place in keys:
            if place and name == item.id:
                yield finding(item, "double-id", place, f"the former id {name!r} is the present one", "delete it")
            other = owners.setdefault((kind, name), item)
            if other is not item:
                what = f"the id {name!r} is taken by {other.source.path}"
                yield finding(item, "double-id", place, what, "choose another id")


@check("collection")
def unknown_topic(whole: Whole) -> Iterator[Finding]:
    """A record names a topic that has no file, or an area where a topic is meant.

    The list of topics is closed so that it stays useful; propose a new one by adding its file to `topics/`.
    """
    topics = whole.collection.topics
    for record in whole.reading.records:
        for index, slug in enumerate(record.topics):
            keys = ("topics", index)
            if slug in whole.collection.areas:
                within = ", ".join(topic.id for topic in whole.collection.topics_of_area.get(slug, []))
                what = f"{slug!r} is an area, not a topic"
                yield finding(record, "unknown-topic", keys, what, f"use one of its topics: {within}")
            elif slug not in topics and slug not in whole.collection.broken:
                advice = did_you_mean(slug, filter(is_slug, topics), "use a topic of topics/, or add its file there")
                yield finding(record, "unknown-topic", keys, f"there is no topic {slug!r}", advice)


@check("collection")
def unknown_area(whole: Whole) -> Iterator[Finding]:
    """A topic names an area that has no file, or that is a topic itself.

    There are two levels: areas, which have no `area`, and topics, which name theirs.
    """
    areas = whole.collection.areas
    for topic in whole.reading.topics:
        if topic.area and topic.area not in areas and topic.area not in whole.collection.broken:
            advice = did_you_mean(topic.area, filter(is_slug, areas), f"the areas are {', '.join(areas)}")
            what = f"there is no area {topic.area!r}"
            if other := whole.collection.topics.get(topic.area):
                what = f"{topic.area!r} is a topic, since it names an area itself"
                advice = f"take `area` out of {other.source.path}"
            yield finding(topic, "unknown-area", ("area",), what, advice)


@check("collection")
def unknown_venue(whole: Whole) -> Iterator[Finding]:
    """A record names a venue that is not in `venues.yaml`.

    Use the key of the venue's entry, or add an entry there, such as
    `toyconf: {short: ToyConf, name: Conference on Toys, type: conference}`.
    """
    venues = whole.collection.venues
    broken = whole.reading.broken
    if "venues" in broken:
        return  # nothing is known of any venue
    aliases = {
        alias.lower(): key for key, venue in venues.items() for alias in (venue.short, venue.name, *venue.aliases)
    }
    for record in whole.reading.records:
        if record.venue and record.venue not in venues and record.venue not in broken:
            known = aliases.get(record.venue.lower())
            near = did_you_mean(record.venue, filter(is_slug, venues), "add an entry to venues.yaml")
            advice = f"write {known!r}" if known else near
            what = f"there is no venue {record.venue!r}"
            yield finding(record, "unknown-venue", ("venue",), what, advice)


@check("collection")
def broken_relation(whole: Whole) -> Iterator[Finding]:
    """A relation points to a record that is not there.

    Name the other record by its id: the name of its file, without `.yaml`.
    """
    for record in whole.reading.records:
        for index, relation in enumerate(record.relations):
            found = whole.no_record(record, "broken-relation", ("relations", index, "to"), relation.to)
            yield from _some(found)


@check("collection")
def broken_reference(whole: Whole) -> Iterator[Finding]:
    """A text, a `start_here` or a step of a path names a record that is not there.

    Name the record by its id: `[@sun2023spectr]`.
    """
    for item in whole.items():
        if whole.ids.issuperset(item.cited):
            continue  # so nearly all need not be parsed
        for keys, text, markdown in texts(item):
            for name in prose_citations(text) if markdown and "[@" in text else ():
                yield from _some(whole.no_record(item, "broken-reference", keys, name))
    for topic in whole.reading.topics:
        for index, start in enumerate(topic.start_here):
            yield from _some(whole.no_record(topic, "broken-reference", ("start_here", index, "paper"), start.paper))
    for path in whole.reading.paths:
        for index, step in enumerate(path.steps):
            yield from _some(whole.no_record(path, "broken-reference", ("steps", index, "paper"), step.paper))


def _some(found: Finding | None) -> Iterable[Finding]:
    return [found] if found else []


@check("collection")
def unused_entry(whole: Whole) -> Iterator[Finding]:
    """A topic, area, venue or person that no record uses.

    Delete it, or give it its papers.
    """
    collection = whole.collection
    if whole.reading.broken:
        return  # a record that can't be read may be the one that uses it
    areas = {topic.area for topic in whole.reading.topics}
    for topic in whole.reading.topics:
        used = collection.topics_of_area.get(topic.id) if topic.area is None else collection.by_topic.get(topic.id)
        if not used and topic.id not in areas:
            what = f"no {'topic' if topic.area is None else 'record'} belongs to {topic.id!r}"
            yield finding(topic, "unused-entry", (), what, "delete the file, or give it some")
    yield from _unused_keys(whole, "venues.yaml", set(collection.venues) - set(collection.by_venue))
    yield from _unused_keys(whole, "people.yaml", _idle(collection))


def _idle(collection: Collection) -> set[str]:
    """Return the keys of people who wrote no paper."""
    names = {name for record in collection.records.values() for name in record.authors}
    known = collection.people.items()
    idle = {key for key, person in known if names.isdisjoint((person.name, *person.variants))}
    return idle - set(map(collection.person_slug, names)) if idle else idle  # another spelling may have the same key


@check("collection")
def shared_name(whole: Whole) -> Iterator[Finding]:
    """One spelling of a name under two people of `people.yaml`.

    A record that writes it can mean only one of them. Leave it with the one whose papers spell it so, and write the
    other's papers with a name that tells them apart.
    """
    source = Source("people.yaml", whole.reading.root)
    first: dict[str, str] = {}
    for key, person in whole.reading.people.items():
        for index, name in enumerate((person.name, *person.variants)):
            owner = first.setdefault(name, key)
            if owner != key:
                place = source.at((key, "variants", index - 1) if index else (key, "name"))
                what = f"{name!r} is a spelling of {owner!r} too"
                yield Finding(source.path, *place, "shared-name", what, "leave it with one of them")


def _unused_keys(whole: Whole, path: str, keys: set[str]) -> Iterator[Finding]:
    source = Source(path, whole.reading.root)
    for key in sorted(keys):
        place = source.at((key,), key=True)
        yield Finding(path, *place, "unused-entry", f"no record uses {key!r}", "delete the entry")


SHARED = 4
"""Records that share a phrase and so were not written for their papers."""


@check("collection")
def boilerplate(whole: Whole) -> Iterator[Finding]:
    """Four or more annotations share a run of eight words.

    A sentence that fits four papers says nothing about any of them. Write what is particular to this one.
    """
    notes = whole.reading.phrases
    shared = frequent(notes)
    users: defaultdict[int, list[tuple[Record, Keys]]] = defaultdict(list)
    for record, note in zip(whole.reading.records, notes, strict=True) if shared else ():
        if shared.isdisjoint(note):
            continue
        for keys, text, _ in _annotations(record):
            for run in phrases(text):
                if run in shared:
                    users[run].append((record, keys))
    reported: set[frozenset[str]] = set()
    for places in users.values():
        group = frozenset(record.id for record, _ in places)
        if len(group) >= SHARED and group not in reported:
            reported.add(group)
            record, keys = places[0]
            what = f"a phrase of eight words here also stands in {', '.join(sorted(group - {record.id})[:3])}"
            yield finding(record, "boilerplate", keys, what, "write what is particular to this paper")


MANY = 2000
"""Notes from which on their phrases are counted by sorting them in numpy, which takes its time to load."""


def frequent(notes: "Sequence[array[int]]", least: int = SHARED) -> set[int]:
    """Return the phrases that are shared by at least so many notes, more than one; each has its own once."""
    if len(notes) < MANY:
        return {phrase for phrase, count in Counter(chain.from_iterable(notes)).items() if count >= least}
    import numpy as np

    found = np.frombuffer(bytearray().join(notes), np.int64)
    found.sort()
    first, last = found[: 1 - least], found[least - 1 :]
    return set(first[first == last].tolist())


def _annotations(record: Record) -> Iterator[tuple[Keys, str, bool]]:
    return (item for item in texts(record) if item[0][0] in ("annotation", "summary"))


@check("collection")
def entity_spelling(whole: Whole) -> Iterator[Finding]:
    """One benchmark, or one thing that papers build on, spelled in two ways, such as `MS MARCO` and `MS-MARCO`.

    The pages of benchmarks and systems hold together only if every record spells a name the same way. Use
    the spelling that most records use.
    """
    records = whole.reading.records
    counts = Counter(value for record in records for value in (*record.benchmarks, *record.builds_on))
    usual: dict[str, str] = {}
    for spelling in sorted(counts, key=lambda spelling: (counts[spelling], spelling)):
        usual[_bare(spelling)] = spelling
    if len(usual) == len(counts):
        return
    for record in records:
        for name in ("benchmarks", "builds_on"):
            for index, value in enumerate(getattr(record, name)):
                if value != (other := usual[_bare(value)]):
                    what = f"{value!r} is spelled {other!r} elsewhere"
                    yield finding(record, "entity-spelling", (name, index), what, f"write {other!r}")


def _bare(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum() or letter == "+")
