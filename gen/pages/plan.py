"""The whole plan, part by part."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from gen import addresses
from gen.by_hand import address, by_hand
from gen.citation.citations import Citations
from gen.collection import Collection
from gen.feeds import updated
from gen.likeness import Likeness, likeness
from gen.pages import (
    browse,
    cite,
    contribute,
    coverage,
    data,
    indexes,
    machines,
    manual,
    news,
    pictures,
    record,
    results,
    search,
    topics,
)
from gen.pages.exports import exports, lists
from gen.pages.head import Heads
from gen.pages.moved import former_addresses, redirects, redirects_to_entries
from gen.pages.output import Output, Page
from gen.record import Record
from gen.site import Site
from gen.store import Store
from gen.vendor import vendored


def plan(
    collection: Collection, site: Site, store: Store | None = None, alike: Likeness | None = None
) -> Iterator[Output]:
    """Yield every page and file of the site, lazily and in a fixed order.

    Args:
        collection: what the site shows.
        site: the settings.
        store: knows what earlier runs made.
        alike: the neighbors of each paper, if somebody finds them; nobody asks for one before a page is made.
    """
    store = store or Store(None)
    former = former_addresses(collection)
    listed: dict[str, Sequence[Record]] = {**lists(collection)}
    listed |= {addresses.record(item): (item,) for item in collection.records.values()}
    heads = Heads(collection, site, listed)
    dates = {page: updated(records) for page, records in listed.items()}
    citations = Citations(collection)
    if alike is None:
        alike = likeness(collection.records.values(), store)
    places: list[machines.Place] = []
    for output in _outputs(collection, site, citations, alike, store):
        if isinstance(output, Page):
            places.append(machines.Place(output.address, _updated(output, dates)))
            yield from redirects(output, former.get(output.listed, ()), site)
        yield heads.on(output)
        # Here, and not all of them together: most stand in one folder, where processes that make files wait in turn.
        if isinstance(output, Page) and output.address in listed:
            yield from exports(output.address, listed[output.address], site, citations, former)
    yield from redirects_to_entries(collection, former, site)
    yield from machines.machines(collection, site)
    places += [machines.Place(quote(address(path)), None) for path, _ in sorted(by_hand(site))]
    yield from machines.sitemap(places, site)
    # At last, since it takes all cores, and what is above only one: somebody may be finding the neighbors meanwhile.
    citations.write_all(collection.records.values(), store)


def _updated(page: Page, dates: Mapping[str, datetime.date | None]) -> datetime.date | None:
    """Return the last day on which something that a page lists was added or written, given the days of all lists."""
    day = dates.get(page.listed)
    return updated(page.part.items) if page.part and day else day


def _outputs(
    collection: Collection, site: Site, citations: Citations, alike: Likeness, store: Store
) -> Iterator[Output]:
    # What takes longest comes first, and last what takes least: then no process waits at the end for another one.
    yield from pictures.pages(collection, alike, store)
    yield from search.pages(collection, store)
    yield from cite.pages(collection)
    yield from data.pages(collection, site)
    yield from indexes.home(collection, site)
    yield from topics.pages(collection, site)
    yield from indexes.pages(collection)
    yield from browse.pages(collection)
    yield from results.pages(collection)
    yield from news.pages(collection, site)
    yield from coverage.pages(collection, site)
    yield from manual.pages()
    yield from contribute.pages(collection, site)
    yield from vendored()
    yield from record.pages(collection, site, citations, alike)
