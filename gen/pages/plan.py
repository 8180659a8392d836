"""The whole plan, part by part."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from gen import addresses
from gen.citation.formats import FORMATS, Citations
from gen.collection import Collection
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
from gen.pages.metadata import alternates, open_graph
from gen.pages.output import Output, Page
from gen.site import Site
from gen.store import Store
from gen.vendor import vendored


def plan(collection: Collection, site: Site, store: Store | None = None) -> Iterator[Output]:
    """Yield every page and file of the site, lazily and in a fixed order; the store knows what earlier runs made."""
    store = store or Store(None)
    citations = Citations(collection, store)
    alike = likeness(collection.records.values(), store)  # here, so that the processes to come find numpy loaded
    listed = lists(collection)
    dates = {page: machines.updated(records) for page, records in listed.items()}
    dates |= {addresses.record(item): machines.updated([item]) for item in collection.records.values()}
    areas = {addresses.topic(topic): topic.area or topic.id for topic in collection.topics.values()}
    places: list[machines.Place] = []
    for output in _parts(collection, site, citations, alike, store):
        if isinstance(output, Page):
            places.append(machines.Place(output.address, dates.get(output.address)))
            if output.layout != "record":
                area = areas.get(output.address)
                headed = _Headed(output, site, area, exported=output.address in listed)
                yield replace(output, head=headed.head, of=headed.of)
                continue
        yield output
    yield from exports(collection, site, citations, listed)
    yield from machines.machines(collection, site)
    places += [machines.Place(page, None) for page in machines.by_hand(site)]
    yield from machines.sitemap(places, site)


def _parts(collection: Collection, site: Site, citations: Citations, alike: Likeness, store: Store) -> Iterator[Output]:
    # What takes longest comes first: then no process waits at the end for another one.
    yield from pictures.pages(collection, alike, store)
    yield from search.pages(collection, store)
    yield from cite.pages(collection)
    yield from data.pages(collection, site)
    yield from indexes.home(collection, site)
    yield from record.pages(collection, site, citations, alike)
    yield from topics.pages(collection, site)
    yield from indexes.pages(collection)
    yield from browse.pages(collection)
    yield from results.pages(collection)
    yield from news.pages(collection, site)
    yield from coverage.pages(collection, site)
    yield from manual.pages()
    yield from contribute.pages(collection, site)
    yield from vendored()


class _Headed(NamedTuple):
    """A list page with its whole head: its own elements, the preview, and its papers in other forms."""

    page: Page
    site: Site
    area: str | None
    exported: bool

    def head(self) -> str:
        page, site = self.page, self.site
        parts = [page.head(), open_graph(site, page.address, page.title, page.description, self.area)]
        written = filter(partial(site.writes, page.address), FORMATS)
        parts += [alternates(page.address, page.base, written)] if self.exported else []
        return " ".join(part for part in parts if part)

    def of(self) -> object:
        return (self.page.of or self.page.show)(), self.area, self.exported
