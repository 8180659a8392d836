"""Files that are taken away: the whole bibliography and each part of it, in each format, beside its page."""

from collections.abc import Iterable, Iterator, Mapping

from gen import addresses
from gen.citation.citations import Citations
from gen.citation.formats import SUFFIXES
from gen.collection import Collection
from gen.pages.output import Group, Output
from gen.record import Record
from gen.site import Site


def lists(collection: Collection) -> dict[str, list[Record]]:
    """Return the papers of every page that lists some for good, by the page's address, as a file has them.

    They stand in the order of their ids, except on a reading path, where the order is the point.
    """
    found: dict[str, Iterable[Record]] = {"": collection.records.values()}
    topics = {**collection.by_topic, **collection.by_area}
    found |= {addresses.topic(slug): records for slug, records in topics.items() if slug in collection.topics}
    found |= {addresses.year(year): records for year, records in collection.by_year.items()}
    found |= {addresses.venue(key): records for key, records in collection.by_venue.items() if key in collection.venues}
    found |= {
        addresses.person(author): author.records for author in collection.authors.values() if addresses.has_page(author)
    }
    ordered = {page: by_id(records) for page, records in found.items()}
    for path in collection.paths.values():
        steps = dict.fromkeys(step.paper for step in path.steps if step.paper in collection.records)
        ordered[addresses.path(path)] = [collection.records[name] for name in steps]
    return ordered


def by_id(records: Iterable[Record]) -> list[Record]:
    """Return records in the order of their ids, as they stand in a bibliography."""
    return sorted(records, key=lambda record: record.id)


def exports(
    collection: Collection,
    site: Site,
    citations: Citations,
    listed: Mapping[str, list[Record]],
    former: Mapping[str, list[str]],
) -> Iterator[Output]:
    """Yield the files of single papers and of every list, under their former addresses too."""
    for record in collection.records.values():
        page = addresses.record(record)
        for name in (page, *former.get(page, ())):
            yield Group(name, SUFFIXES, (record,), citations)
    for page, records in listed.items():
        for name in (page, *former.get(page, ())):
            yield Group(name, site.formats_of(page), records, citations)
