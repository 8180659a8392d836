"""The home page and the pages by title, year, venue, system and benchmark."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from gen import addresses, cuts
from gen.collection import Collection, Some
from gen.entities import BENCHMARKS, BUILT_ON, INTRODUCED, SYSTEMS, Entity, cut
from gen.names import first_letter
from gen.pages import people
from gen.pages.labels import Name
from gen.pages.news import feed_link
from gen.pages.output import Output, Page, facts, titles
from gen.pages.parts import Part, Parts, by_name, by_time, in_parts
from gen.record import ISSUERS, Record
from gen.site import Site
from gen.text.plain import plain

LATEST = 8
"""How many of the latest additions the home page shows."""


def home(collection: Collection, site: Site) -> Iterator[Page]:
    """Yield the home page."""

    def show() -> dict[str, object]:
        return {
            "areas": [
                (area, collection.topics_of_area.get(slug, []), len(collection.by_area.get(slug, [])))
                for slug, area in collection.areas.items()
            ],
            "latest": list(collection.latest[:LATEST]),
            "paths": list(collection.paths.values()),
            "counts": collection.counts,
        }

    yield Page(
        "",
        "home.md.j2",
        site.name,
        site.description,
        show,
        lambda: feed_link(site, "", collection.newest),
        layout="home",
    )


def pages(collection: Collection) -> Iterator[Output]:
    """Yield the indexes and the pages below them."""
    yield from title_pages(collection, titled(collection.records.values()))
    yield from _years(collection)
    yield from _venues(collection)
    yield from people.pages(collection)
    yield from entities(collection)


def entities(collection: Collection) -> Iterator[Page]:
    """Yield the lists of systems and of benchmarks."""
    yield from _entities(
        Page(
            SYSTEMS,
            "systems.md.j2",
            "Systems",
            "Every named system, method and data set that a paper of the collection introduces or builds on.",
        ),
        collection.systems,
    )
    yield from _entities(
        Page(
            BENCHMARKS,
            "benchmarks.md.j2",
            "Benchmarks",
            "Every benchmark and data set that papers of the collection were measured on.",
        ),
        collection.benchmarks,
    )


_SECTIONS = {INTRODUCED: "Introduced", BUILT_ON: "Built on"}


def _entities(page: Page, entities: Sequence[Entity]) -> Iterator[Page]:
    """Yield the pages of a list of systems or benchmarks."""

    def name(entity: Entity) -> Name:
        return Name(_SECTIONS.get(entity.section, ""), plain(entity.name))

    def show(part: Part[Entity]) -> dict[str, object]:
        sections: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in part.items:
            sections[entity.section].append(entity)
        return {"sections": sections}

    def of(part: Part[Entity]) -> object:
        return [(entity[:3], entity.more, titles(entity.shown)) for entity in part.items]

    yield from in_parts(page, Parts(page.address, entities, name, cut(entities)), show, of)


class Titled(NamedTuple):
    """A paper in the list of titles, which is in the order of these."""

    letter: str
    title: str
    """In lower case."""
    id: str


def titled(records: Iterable[Record]) -> list[Titled]:
    """Return the list of titles."""
    return sorted(Titled(_letter(record), plain(record.title).lower(), record.id) for record in records)


def title_pages(collection: Collection, listed: Sequence[Titled]) -> Iterator[Page]:
    """Yield the pages of all papers by title."""
    ordered = Some([item.id for item in listed], collection.records)
    parts = by_name("papers/", ordered, lambda record: Name("", plain(record.title)))
    starts = letter_starts(listed, [part.address for part in parts], parts.ranges)

    def show(part: Part[Record]) -> dict[str, object]:
        letters = {letter: list(records) for letter, records in groupby(part.items, _letter)}
        return {"letters": letters, "starts": starts}

    page = Page("papers/", "papers.md.j2", "All papers", "Every paper of the bibliography by title.")
    return in_parts(page, parts, show, lambda part: (titles(part.items), starts))


def letter_starts(listed: Sequence[Titled], pages: Iterable[str], ranges: Iterable[range]) -> dict[str, str]:
    """Return the address of the page on which the titles of each letter begin.

    Args:
        listed: the list of titles.
        pages: the addresses of its pages.
        ranges: which places of the list each of them shows.
    """
    starts: dict[str, str] = {}
    for page, places in zip(pages, ranges, strict=True):
        for place in places:
            starts.setdefault(listed[place].letter, page)
    return starts


def _letter(record: Record) -> str:
    return first_letter(plain(record.title))


def _years(collection: Collection) -> Iterator[Output]:
    years = {year: len(records) for year, records in collection.by_year.items()}
    yield Page("years/", "years.md.j2", "Years", "Papers by year of publication.", lambda: {"years": years})
    for year in collection.by_year:
        yield from year_pages(collection, year)


def year_pages(collection: Collection, year: int) -> Iterator[Page]:
    """Yield the pages of a year."""
    page = Page(addresses.year(year), "year.md.j2", f"Papers of {year}", f"Annotated papers published in {year}.")
    return _listed(collection, page, collection.by_year[year], {"year": year})


def _listed(
    collection: Collection, page: Page, records: Sequence[Record], shown: Mapping[str, object]
) -> Iterator[Page]:
    """Yield the pages of a list of papers without summaries; what else is shown stands on all of them."""
    return in_parts(
        page,
        by_time(page.address, records, cuts.PAPERS),
        lambda part: {**shown, "total": len(records), "records": part.items},
        lambda part: (shown, part.at or len(records), facts(collection, part.items)),
    )


def _venues(collection: Collection) -> Iterator[Output]:
    yield Page(
        "venues/",
        "venues.md.j2",
        "Venues",
        "Conferences, workshops and journals that the papers appeared in.",
        lambda: {
            "types": _by_type(collection),
            "counts": {key: len(records) for key, records in collection.by_venue.items()},
        },
    )
    for key in collection.venues:
        if key in collection.by_venue:
            yield from venue_pages(collection, key)


def venue_pages(collection: Collection, key: str) -> Iterator[Page]:
    """Yield the pages of a venue in which some paper appeared."""
    venue = collection.venues[key]
    said = f"Annotated papers published {'by' if venue.type in ISSUERS else 'in'} {venue.name}."
    page = Page(addresses.venue(key), "venue.md.j2", venue.short, said)
    return _listed(collection, page, collection.by_venue[key], {"venue": venue})


def _by_type(collection: Collection) -> dict[str, list[tuple[str, object]]]:
    groups: defaultdict[str, list[tuple[str, object]]] = defaultdict(list)
    for key in collection.venues:
        if key in collection.by_venue:
            groups[collection.venues[key].type].append((key, collection.venues[key]))
    order = ("conference", "journal", "workshop", "book", "publisher", "report", "thesis")
    return {kind: sorted(groups[kind], key=lambda item: item[1].short.lower()) for kind in order if groups[kind]}  # type: ignore[attr-defined]
