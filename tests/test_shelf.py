"""A collection from the store has what the collection had that was put there, and reads no record unasked."""

import pickle

import pytest

from gen.collection import Collection
from gen.feeds import shown_papers
from gen.record import Record
from gen.shelf import Made, Shelved, shelved, taken

INDEXES = (
    "by_topic", "by_area", "by_system", "by_benchmark", "by_day", "newest", "latest", "place_in_topic",
    "incoming", "main_topics", "counts", "entity_parts",
    "areas", "topics_of_area", "on_paths", "by_year", "by_venue", "by_foundation", "figures",
)  # fmt: skip


def shelf(collection: Collection, read: list[str]) -> Shelved:
    """Put a collection on the shelf and take it from there; what is read is entered in the list."""

    def one(name: str, record: Record) -> Record:
        read.append(name)
        return record

    index = pickle.loads(pickle.dumps(shelved(collection)))
    return taken(index, collection.root, Made(collection.records, one))


def plain(value: object) -> object:
    """Return a value with its mappings and sequences as dictionaries and lists."""
    if hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Record | str | int) or not hasattr(value, "__iter__"):
        return value
    return [plain(item) for item in value]


@pytest.mark.parametrize("index", INDEXES)
@pytest.mark.parametrize("name", ["toy", "real"])
def test_indexes_are_those_of_the_collection(request: pytest.FixtureRequest, name: str, index: str) -> None:
    collection: Collection = request.getfixturevalue(name)
    assert plain(getattr(shelf(collection, []), index)) == plain(getattr(collection, index))


def test_authors_and_feeds_are_those_of_the_collection(real: Collection) -> None:
    found = shelf(real, [])
    assert list(found.authors) == list(real.authors)
    for slug, author in real.authors.items():
        one = found.authors[slug]
        assert (one.slug, one.name, list(one.records), one.person, one.part) == (
            slug,
            author.name,
            list(author.records),
            author.person,
            author.part,
        )
    letters, kept = (
        {letter: [author.slug for author in people] for letter, people in collection.by_letter.items()}
        for collection in (real, found)
    )
    assert letters == kept
    assert plain(found.feeds) == plain(shown_papers(real))
    assert (found.topics, found.venues, found.people) == (real.topics, real.venues, real.people)


def test_only_records_that_are_asked_for_are_read(real: Collection) -> None:
    read: list[str] = []
    found = shelf(real, read)
    first = found.newest[0]
    assert read == [first.id]
    assert first in found.newest
    assert first in found.by_topic[first.topics[0]]
    assert len(found.records) == len(real.records)
    assert first.id in found.records
    assert found.counts["papers"] == len(real.records)
    assert read == [first.id]
    assert [record.id for record in found.newest[:2]] == [record.id for record in real.newest[:2]]
    assert len(read) == 2
