"""The whole plan, part by part."""

import datetime
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple
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
    people,
    pictures,
    record,
    results,
    search,
    topics,
)
from gen.pages.exports import exports, lists
from gen.pages.metadata import alternates, open_graph
from gen.pages.moved import former_addresses, redirects, redirects_to_entries
from gen.pages.output import Output, Page
from gen.record import Record
from gen.site import Site
from gen.store import Store
from gen.vendor import vendored


def plan(
    collection: Collection, site: Site, store: Store | None = None, find: Callable[[], Likeness] | None = None
) -> Iterator[Output]:
    """Yield every page and file of the site, lazily and in a fixed order.

    Args:
        collection: what the site shows.
        site: the settings.
        store: knows what earlier runs made.
        find: returns the neighbors of each paper, if somebody is finding them already.
    """
    store = store or Store(None)
    listed = lists(collection)  # first what takes one core, since somebody may be finding the neighbors on another one
    former = former_addresses(collection)
    heads = Heads(collection, site, listed)
    dates = {page: updated(records) for page, records in listed.items()}
    dates |= {addresses.record(item): updated([item]) for item in collection.records.values()}
    citations = Citations(collection)
    citations.write_all(collection.records.values(), store)
    alike = find() if find else likeness(collection.records.values(), store)
    places: list[machines.Place] = []
    for output in _outputs(collection, site, citations, alike, store):
        if isinstance(output, Page):
            places.append(machines.Place(output.address, _updated(output, dates)))
            yield from redirects(output, former.get(output.listed, ()), site)
        yield heads.on(output)
    yield from redirects_to_entries(collection, former, site)
    yield from exports(collection, site, citations, listed, former)
    yield from machines.machines(collection, site)
    places += [machines.Place(quote(address(path)), None) for path, _ in sorted(by_hand(site))]
    yield from machines.sitemap(places, site)


def _updated(page: Page, dates: Mapping[str, datetime.date | None]) -> datetime.date | None:
    """Return the last day on which something that a page lists was added or written, given the days of all lists."""
    day = dates.get(page.listed)
    return updated(page.part.items) if page.part and day else day


def _outputs(
    collection: Collection, site: Site, citations: Citations, alike: Likeness, store: Store
) -> Iterator[Output]:
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


def reached(
    collection: Collection,
    site: Site,
    alike: Likeness,
    store: Store,
    edited: Sequence[Record],
    moved: Sequence[Record],
) -> Iterator[Page]:
    """Yield every page that shows the note of one of some papers, or whose papers read like others than before.

    What else a note stands in (feeds, the files of the whole, the search index) is no page.

    Args:
        collection: with the notes as they are now.
        site: the settings.
        alike: the neighbors of each paper.
        store: knows where papers lie on the map.
        edited: papers of which the note changed and nothing else.
        moved: papers of whose neighbors others are named than before, or with other words.
    """
    topics_of = {slug: collection.topics[slug] for paper in edited for slug in paper.topics}
    slugs = dict.fromkeys(collection.person_slug(name) for paper in edited for name in paper.named_authors)
    authors = [author for slug in slugs if addresses.has_page(author := collection.authors[slug])]
    listed = {"", *map(addresses.topic, topics_of.values()), *map(addresses.person, authors)}
    heads = Heads(collection, site, listed)
    if moved:
        yield heads.page(pictures.map_page(collection, alike, store))  # first, since it takes longest
    sources = record.Sources(collection, site, Citations(collection), alike, {})
    for paper in {paper.id: paper for paper in (*edited, *moved)}.values():
        yield record.Content(paper, sources).page()
    if any(paper in collection.latest[: indexes.LATEST] for paper in edited):
        yield from map(heads.page, indexes.home(collection, site))
    if any(paper in collection.latest[: news.PAPERS] for paper in edited):
        yield heads.page(news.page(collection, site))
    lists = [topics.topic_pages(topic, collection, site) for topic in topics_of.values()]
    lists += [people.person(author, collection) for author in authors]
    for page in chain.from_iterable(lists):
        if page.part is None or any(paper in page.part.items for paper in edited):
            yield heads.page(page)


class Heads:
    """The heads of pages: those of lists are the same everywhere but for a few elements of their own."""

    def __init__(self, collection: Collection, site: Site, exported: Container[str]) -> None:
        """Take what heads are made of; `exported` has the addresses of pages whose papers stand in other forms too."""
        self._site = site
        self._exported = exported
        self._areas = {addresses.topic(topic): topic.area or topic.id for topic in collection.topics.values()}

    def on(self, output: Output) -> Output:
        """Return a page with its whole head; what is none, as it is."""
        return self.page(output) if isinstance(output, Page) else output

    def page(self, page: Page) -> Page:
        """Return a page with its whole head."""
        if page.layout == "record":
            return page
        headed = _Headed(page, self._site, self._areas.get(page.listed), exported=page.listed in self._exported)
        return replace(page, head=headed.head, of=headed.of)


class _Headed(NamedTuple):
    """A list page with its whole head: its own elements, the preview, and its papers in other forms."""

    page: Page
    site: Site
    area: str | None
    exported: bool

    def head(self) -> str:
        page, site = self.page, self.site
        parts = [page.head(), open_graph(site, page.address, page.title, page.description, self.area)]
        parts += [alternates(page.listed, page.base, site.formats_of(page.listed))] if self.exported else []
        return " ".join(part for part in parts if part)

    def of(self) -> object:
        return (self.page.of or self.page.show)(), self.area, self.exported
