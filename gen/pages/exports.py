"""Files that are taken away: the whole bibliography and each part of it, in each format, beside its page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from gen import addresses
from gen.citation.citations import Citations, write
from gen.collection import Collection
from gen.pages.output import File, Group
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


def lists_of(collection: Collection, record: Record) -> list[str]:
    """Return the addresses of the pages of `lists` that list a paper."""
    slugs = (*record.topics, *sorted(collection.areas_of(record)))
    found = ["", *(addresses.topic(slug) for slug in slugs if slug in collection.topics), addresses.year(record.year)]
    found += [addresses.venue(record.venue)] if record.venue and record.venue in collection.venues else []
    authors = (collection.authors[collection.person_slug(name)] for name in record.named_authors)
    found += [addresses.person(author) for author in authors if addresses.has_page(author)]
    found += [addresses.path(path) for path, _ in collection.on_paths.get(record.id, ())]
    return list(dict.fromkeys(found))


def by_id(records: Iterable[Record]) -> list[Record]:
    """Return records in the order of their ids, as they stand in a bibliography."""
    return sorted(records, key=lambda record: record.id)


def exports(
    page: str, records: Sequence[Record], site: Site, citations: Citations, former: Mapping[str, list[str]]
) -> Iterator[Group]:
    """Yield the files of a page's papers, under its former addresses too."""
    for name in (page, *former.get(page, ())):
        yield Group(name, site.formats_of(page), records, citations)


def amended(
    collection: Collection,
    site: Site,
    edits: Iterable[tuple[Record, Record]],
    former: Mapping[str, list[str]],
    read: Callable[[str], bytes],
) -> list[File] | None:
    """Return the files of lists with some papers' entries edited in their places.

    Args:
        collection: with the papers as they are now.
        site: says which formats there are.
        edits: each paper before and after; it stands in the same lists.
        former: the former addresses of pages, where the files stand too.
        read: gives a file as it was.

    Returns:
        None if a file doesn't hold an entry as it was, once; then all must be made anew.
    """
    contents: dict[str, bytes] = {}
    for before, after in edits:
        venue = collection.venue(after)
        for page in lists_of(collection, after):
            for form in site.formats_of(page):
                old, new = (write(paper, venue, form).encode() for paper in (before, after))
                for path in (addresses.export(name, form) for name in (page, *former.get(page, ()))):
                    content = contents.get(path) or read(path)
                    if content.count(old) != 1:
                        return None
                    contents[path] = content.replace(old, new)
    return [File(path, partial(bytes, content)) for path, content in contents.items()]
