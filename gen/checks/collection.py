"""Checks of the collection as a whole: what points where, what stands twice, what nobody uses."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from gen.checks.record import finding
from gen.checks.registry import check
from gen.checks.suggest import did_you_mean
from gen.checks.texts import texts
from gen.collection import Author, Collection
from gen.document import Keys
from gen.findings import Finding
from gen.ledger import read_ledger
from gen.model import Sourced
from gen.names import RESERVED, is_slug, namesake, parse_name, person_slug
from gen.reading import Reading
from gen.record import Person, ReadingPath, Record, Topic, Venue, phrases
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
        return _now(self.collection.records)

    @cached_property
    def published(self) -> dict[str, int]:
        """The line of each id in the ledger."""
        return read_ledger(self.reading.root) or {}

    @cached_property
    def written_names(self) -> set[str]:
        """Every name as some record writes it."""
        return {name for record in self.reading.records for name in record.authors}

    def items(self) -> Iterator[Record | Topic | ReadingPath]:
        """Yield every record, topic and path that could be read."""
        yield from self.reading.records
        yield from self.reading.topics
        yield from self.reading.paths

    def no_record(self, item: Sourced, check_name: str, keys: Keys, name: str) -> Finding | None:
        """Return the finding that an id names no record, or None where it does."""
        if name in self.ids:
            return None
        known = [] if name in self.published else filter(is_slug, self.ids)  # one that is gone was no misspelling
        advice = _advice(name, self.former, known, "name a record of this collection")
        return finding(item, check_name, keys, f"there is no record {name!r}", advice)


def _advice(name: str, former: Mapping[str, str], known: Iterable[str], otherwise: str) -> str:
    """Return what to write for an id that isn't there: its present one, one like it, or something else."""
    return f"it is now {former[name]!r}" if name in former else did_you_mean(name, known, otherwise)


def _now(items: Mapping[str, Record | Topic]) -> dict[str, str]:
    """Return the present id for each former one."""
    return {former: name for name, item in items.items() for former in item.former_ids}


@check("collection")
def double_id(whole: Whole) -> Iterator[Finding]:
    """Two records, topics or paths have the same id, or a former id is in use; of venues and people likewise.

    An id is a promise to everyone who cites it or links to it. Rename the newer file.
    """
    owners: dict[tuple[str, str], Sourced] = {}
    for item in whole.items():
        kind = type(item).__name__
        keys: list[tuple[str, Keys]] = [(item.id, ())]
        keys += [(former, ("former_ids", index)) for index, former in enumerate(item.former_ids)]
        for name, place in keys:
            if place and name == item.id:
                yield finding(item, "double-id", place, f"the former id {name!r} is the present one", "delete it")
            other = owners.setdefault((kind, name), item)
            if other is not item:
                what = f"the id {name!r} is taken by {other.source.path}"
                yield finding(item, "double-id", place, what, "choose another id")
    yield from _double_keys(whole, "venues.yaml", whole.reading.venues)
    yield from _double_keys(whole, "people.yaml", whole.reading.people)


def _double_keys(whole: Whole, path: str, entries: Mapping[str, Venue | Person]) -> Iterator[Finding]:
    """Yield the former ids of a table's entries that are in use."""
    source = Source(path, whole.reading.root)
    owners = {key: key for key in entries}
    for key, entry in entries.items():
        authors = whole.collection.authors if isinstance(entry, Person) and entry.former_ids else {}
        for index, name in enumerate(entry.former_ids):
            found = _use(name, key, owners, authors)
            owners.setdefault(name, key)
            if found:
                yield Finding(path, *source.at((key, "former_ids", index)), "double-id", *found)


def _use(name: str, key: str, owners: Mapping[str, str], authors: Mapping[str, Author]) -> tuple[str, str] | None:
    """Return what a former id of an entry is already, and how to mend it, or None."""
    if name == key:
        return f"the former id {name!r} is the present one", "delete it"
    if name in RESERVED:
        return f"the id {name!r} is reserved for a page of the site", "delete it"
    if name in owners:
        return f"the id {name!r} is taken by {owners[name]!r}", "leave it with one of them"
    if name in authors:
        what = f"the id {name!r} is that of {authors[name].name.full!r}"
        return what, "add that spelling to 'variants' if they are one person, or delete the id"
    return None


@check("collection")
def unknown_topic(whole: Whole) -> Iterator[Finding]:
    """A record names a topic that has no file, or an area where a topic is meant.

    The list of topics is closed so that it stays useful; propose a new one by adding its file to `topics/`.
    """
    topics = whole.collection.topics
    former = _now(topics)
    for record in whole.reading.records:
        for index, slug in enumerate(record.topics):
            keys = ("topics", index)
            if slug in whole.collection.areas:
                within = ", ".join(topic.id for topic in whole.collection.topics_of_area.get(slug, []))
                what = f"{slug!r} is an area, not a topic"
                otherwise = f"name a topic, or add 'area: ...' to {whole.collection.areas[slug].source.path}"
                mend = f"use one of its topics: {within}" if within else otherwise
                yield finding(record, "unknown-topic", keys, what, mend)
            elif slug not in topics and slug not in whole.collection.broken:
                advice = "use a topic of topics/, or add its file there"
                advice = _advice(slug, former, filter(is_slug, topics), advice)
                yield finding(record, "unknown-topic", keys, f"there is no topic {slug!r}", advice)


@check("collection")
def unknown_area(whole: Whole) -> Iterator[Finding]:
    """A topic names an area that has no file, or that is a topic itself.

    There are two levels: areas, which have no `area`, and topics, which name theirs.
    """
    areas = whole.collection.areas
    for topic in whole.reading.topics:
        if topic.area and topic.area not in areas and topic.area not in whole.collection.broken:
            advice = f"the areas are {', '.join(areas)}"
            advice = _advice(topic.area, _now(areas), filter(is_slug, areas), advice)
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
        alias.lower(): key
        for key, venue in venues.items()
        for alias in (venue.short, venue.name, *venue.aliases, *venue.former_ids)
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

    Delete it, or give it its papers. Topics and venues are not reported while a name of one is unknown, which may be a
    misspelling of theirs.
    """
    collection = whole.collection
    if whole.reading.broken:
        return  # a record that can't be read may be the one that uses it
    if collection.by_venue.keys() <= collection.venues.keys():
        yield from _unused_keys(whole, "venues.yaml", collection.venues.keys() - collection.by_venue.keys())
    yield from _unused_keys(whole, "people.yaml", _idle(whole))
    yield from _unused_topics(whole)


def _unused_topics(whole: Whole) -> Iterator[Finding]:
    collection = whole.collection
    areas = {topic.area for topic in whole.reading.topics if topic.area}
    if not (areas <= collection.areas.keys() and collection.by_topic.keys() <= collection.topics.keys()):
        return
    for topic in whole.reading.topics:
        used = collection.topics_of_area.get(topic.id) if topic.area is None else collection.by_topic.get(topic.id)
        if not used and topic.id not in areas:
            what = f"no {'topic' if topic.area is None else 'record'} belongs to {topic.id!r}"
            yield finding(topic, "unused-entry", (), what, "delete the file, or give it some")


def _unused_keys(whole: Whole, path: str, keys: set[str]) -> Iterator[Finding]:
    source = Source(path, whole.reading.root)
    for key in sorted(keys):
        place = source.at((key,), key=True)
        yield Finding(path, *place, "unused-entry", f"no record uses {key!r}", "delete the entry")


def _idle(whole: Whole) -> set[str]:
    """Return the keys of people who wrote no paper."""
    names = whole.written_names
    collection = whole.collection
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


@check("collection")
def namesakes_taken(whole: Whole) -> Iterator[Finding]:
    """An entry of `people.yaml` for one of two people of one name that takes the papers of both.

    A spelling belongs to one person, so records have to write the two in two ways. Leave the usual one to the first,
    and give the entry of the second only what the records of their papers write: `wei-wang-2: {name: "Wang, Wei"}`.
    """
    source = Source("people.yaml", whole.reading.root)
    for key, person in whole.reading.people.items():
        own, usual = person_slug(person.name), parse_name(person.name).full
        spellings = (person.name, *person.variants)
        if key.startswith(f"{own}-") and usual in spellings and usual in whole.written_names:
            index = spellings.index(usual)
            place = source.at((key, "variants", index - 1) if index else (key, "name"))
            what = f"all papers by {usual!r} go to {key!r}"
            other = namesake(usual)
            mend = f"call the entry {own!r} if that is one person, else leave this spelling to the other"
            mend += f" and write this one as {other!r} here and in the records" if other else ""
            yield Finding(source.path, *place, "namesakes-taken", what, mend)


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
