"""What an edit reaches: the pages that show a paper's note, show its details, or name it.

A note shows in few places, and of details only the title shows in many. Which these are follows from the collection's
indexes, which neither of them changes, and from `Index`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from gen import addresses
from gen.citation.citations import Citations
from gen.collection import Collection, Some
from gen.likeness import Likeness, near_to
from gen.pages import coverage, indexes, news, people, pictures, record, results, topics
from gen.pages.exports import lists_of
from gen.pages.head import Heads
from gen.pages.moved import former_addresses
from gen.pages.output import Page
from gen.record import Record
from gen.site import Site
from gen.store import Store

TABLE = "reach"
"""Table of an `Index`, by the names of its fields."""


class Index(NamedTuple):
    """What of all papers decides where the details of one show, besides the indexes of the collection."""

    titles: list[tuple[str, str, str]]
    """The list of titles (`gen.pages.indexes.Titled`)."""
    former: dict[str, list[str]]
    """The former addresses of pages."""
    gaps: dict[str, list[str]]
    """The ids of the papers that the page of each gap lists."""
    citing: dict[str, list[str]]
    """The ids of the papers whose texts refer to one."""

    def by_id(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each paper, with its title in lower case."""
        return ((name, title) for _, title, name in self.titles)

    def amended(self, edits: Iterable[tuple[Record, Record]]) -> "Index":
        """Return the index after notes and details of some papers were edited, given each before and after."""
        edits = list(edits)
        citing = {name: list(papers) for name, papers in self.citing.items()}
        for before, after in edits:
            for name in {*before.cited, *after.cited}:
                papers = {*citing.pop(name, ()), after.id} - (set() if name in after.cited else {after.id})
                if papers:
                    citing[name] = sorted(papers)
        listed = retitled(map(indexes.Titled._make, self.titles), [after for _, after in edits])
        return self._replace(titles=_tuples(listed), citing=citing)


def index(collection: Collection) -> Index:
    """Return the index of a collection."""
    citing: dict[str, list[str]] = {}
    for paper in collection.records.values():
        for name in dict.fromkeys(paper.cited):
            citing.setdefault(name, []).append(paper.id)
    gaps = {slug: [paper.id for paper in papers] for slug, papers in coverage.lacking(collection).items()}
    return Index(_tuples(indexes.titled(collection.records.values())), former_addresses(collection), gaps, citing)


def _tuples(listed: Iterable[indexes.Titled]) -> list[tuple[str, str, str]]:
    """Return a list of titles as what is read in a fraction of the time."""
    return [(item.letter, item.title, item.id) for item in listed]


@dataclass(frozen=True, slots=True)
class Reach:
    """How to find what some edits reach."""

    collection: Collection
    """With the papers as they are now."""
    site: Site
    alike: Likeness
    """The neighbors of each paper."""
    store: Store
    """Knows where papers lie on the map."""
    edited: Sequence[Record]
    """Papers of which the note or details changed, and nothing else."""
    detailed: Sequence[Record]
    """Those among them of which details did."""
    moved: Sequence[Record]
    """Papers of whose neighbors others are named than before, or with other words."""
    index: Index | None
    """That of before; not needed where only notes were edited."""

    def pages(self) -> Iterator[Page]:
        """Yield every page that may be another one than before, once.

        What else a paper stands in (feeds, citations, the files of the whole, indexes for the browser) is no page.
        """
        noted = _once([*self.edited, *self._citing()])
        listed = {page for paper in noted for page in lists_of(self.collection, paper)}
        listed.update(map(addresses.topic, (*self.collection.by_topic, *self.collection.by_area)))
        listed.update(map(addresses.path, self.collection.paths))
        heads = Heads(self.collection, self.site, listed)
        seen: set[str] = set()
        for page in self._pages(noted):
            if page.address not in seen:
                seen.add(page.address)
                yield heads.page(page)

    def _citing(self) -> list[Record]:
        """Return the papers whose texts name one of which details changed."""
        named = self.index.citing if self.index else {}
        return [self.collection.records[name] for paper in self.detailed for name in named.get(paper.id, ())]

    def _pages(self, noted: Sequence[Record]) -> Iterator[Page]:
        collection, site = self.collection, self.site
        touched = _once([*self.detailed, *self._citing()])
        if self.moved or (touched and len(collection.records) <= pictures.MOST):
            yield pictures.map_page(collection, self.alike, self.store)  # first, since it takes longest
        sources = record.Sources(collection, site, Citations(collection), self.alike, {})
        naming = [collection.records[name] for paper in touched for name in _naming(collection, paper, self.alike)]
        for paper in _once([*noted, *self.moved, *naming]):
            yield record.Content(paper, sources).page()
        if any(paper in collection.latest[: indexes.LATEST] for paper in noted):
            yield from indexes.home(collection, site)
        if any(paper in collection.latest[: news.PAPERS] for paper in noted):
            yield news.page(collection, site)
        yield from self._topics(noted, touched)
        yield from _people(collection, noted)
        if touched and self.index:
            yield from self._lists(touched, self.index)

    def _topics(self, noted: Sequence[Record], touched: Sequence[Record]) -> Iterator[Page]:
        """Yield the pages of topics that list a paper, relate another one to it, or name it to start with."""
        collection, site = self.collection, self.site
        related = [item.record for paper in touched for item in collection.incoming.get(paper.id, ())]
        shown = _once([*noted, *related])
        for slug in dict.fromkeys(slug for paper in shown for slug in paper.topics):
            yield from _showing(topics.topic_pages(collection.topics[slug], collection, site), shown)
        names = {paper.id for paper in touched}
        for topic in collection.topics.values() if touched else ():
            if not names.isdisjoint((*topic.cited, *(start.paper for start in topic.start_here))):
                yield next(topics.topic_pages(topic, collection, site))

    def _lists(self, touched: Sequence[Record], index: Index) -> Iterator[Page]:
        """Yield the pages of lists without notes that show a paper."""
        collection, site = self.collection, self.site
        yield from _facts(collection, site, touched)
        names = {paper.id for paper in touched}
        for path in collection.paths.values():
            if not names.isdisjoint((*path.cited, *(step.paper for step in path.steps))):
                yield topics.path_page(path, collection, site)
        for gap in dict.fromkeys(gap for paper in touched for gap in coverage.gaps(collection, paper)):
            lacking = Some(index.gaps[gap.slug], collection.records)
            if not names.isdisjoint(lacking.ids[: coverage.ROWS]):
                yield coverage.gap_page(gap, lacking, len(collection.records), site)
        yield from _titles(collection, index, self.detailed)
        yield from _entries(collection, touched)
        if kinds := {result.kind for paper in touched for result in paper.results}:
            yield from self._that_named(results.pages(collection, kinds), touched)

    def _that_named(self, pages: Iterable[Page], papers: Sequence[Record]) -> Iterator[Page]:
        """Yield those pages that named one of some papers in the last build, or can't be read."""
        links = [addresses.record(paper) for paper in papers]
        for page in pages:
            try:
                text = (self.site.build_docs / page.path).read_text(encoding="utf-8")
            except OSError:
                text = ""
            if not text or any(link in text for link in links):
                yield page


def listing(collection: Collection, site: Site, paper: Record) -> Iterator[str]:
    """Yield the addresses of a paper's page and of those of lists that show it, perhaps twice.

    The sitemap gives them the last day of all papers of `gen.pages.exports.lists`, or of the part that they show.
    """
    yield addresses.record(paper)
    yield ""
    of_topics = (topics.topic_pages(collection.topics[slug], collection, site) for slug in paper.topics)
    paths = (topics.path_page(path, collection, site) for path, _ in collection.on_paths.get(paper.id, ()))
    shown = (_showing(chain(chain.from_iterable(of_topics), paths), [paper]), _facts(collection, site, [paper]))
    yield from (page.address for page in chain(*shown, _people(collection, [paper])))


def _facts(collection: Collection, site: Site, papers: Sequence[Record]) -> Iterator[Page]:
    """Yield the pages of areas, years and venues that list one of some papers."""
    for slug in dict.fromkeys(slug for paper in papers for slug in sorted(collection.areas_of(paper))):
        yield from _showing(topics.topic_pages(collection.topics[slug], collection, site), papers)
    for year in dict.fromkeys(paper.year for paper in papers):
        yield from _showing(indexes.year_pages(collection, year), papers)
    for venue in dict.fromkeys(paper.venue for paper in papers):
        if venue and venue in collection.venues:
            yield from _showing(indexes.venue_pages(collection, venue), papers)


def _entries(collection: Collection, touched: Sequence[Record]) -> Iterator[Page]:
    """Yield the pages of systems, benchmarks and people with an entry that names a paper."""
    if any(paper.system or paper.builds_on or paper.benchmarks for paper in touched):
        for page in indexes.entities(collection):
            if page.part is None or any(paper in one.records for one in page.part.items for paper in touched):
                yield page
    first = ((paper, collection.person_slug(name)) for paper in touched for name in paper.named_authors)
    slugs = {slug for paper, slug in first if collection.authors[slug].records[0].id == paper.id}
    for letter in dict.fromkeys(collection.authors[slug].letter for slug in sorted(slugs)):
        for page in people.letter_pages(letter, collection):
            if page.part is None or not slugs.isdisjoint(author.slug for author in page.part.items):
                yield page


def _naming(collection: Collection, paper: Record, alike: Likeness) -> Iterator[str]:
    """Yield the ids of the papers whose pages name another one: every one that may."""
    yield from (relation.to for relation in paper.relations if relation.to in collection.records)
    yield from (item.record.id for item in collection.incoming.get(paper.id, ()))
    for slug in paper.topics:
        if slug in collection.topics:
            at = collection.place_in_topic[slug, paper.id]
            yield from (other.id for other in collection.by_topic[slug][max(at - 1, 0) : at + 2])
    for path, at in collection.on_paths.get(paper.id, ()):
        yield from (step.paper for step in path.steps[max(at - 1, 0) : at + 2] if step.paper in collection.records)
    if paper.system:
        yield from (other.id for other in collection.by_system[paper.system])
    for name in paper.benchmarks:
        users = collection.by_benchmark[name]
        if paper in users[: record.NAMED + 1]:
            yield from (other.id for other in users)
    yield from near_to(alike, paper.id)


def _people(collection: Collection, noted: Sequence[Record]) -> Iterator[Page]:
    """Yield the pages of the authors of some papers."""
    slugs = dict.fromkeys(collection.person_slug(name) for paper in noted for name in paper.named_authors)
    for author in map(collection.authors.__getitem__, slugs):
        if addresses.has_page(author):
            yield from _showing(people.person(author, collection), noted)


def _showing(pages: Iterable[Page], papers: Sequence[Record]) -> Iterator[Page]:
    """Yield those pages of a list that show one of some papers."""
    return (page for page in pages if page.part is None or any(paper in page.part.items for paper in papers))


def _titles(collection: Collection, index: Index, detailed: Sequence[Record]) -> Iterator[Page]:
    """Yield the pages of the list of titles that changed."""
    before = [indexes.Titled(*item) for item in index.titles]
    after = retitled(before, detailed)
    names = {paper.id for paper in detailed}
    pages = list(indexes.title_pages(collection, after))
    ranges = [page.part.places if page.part else range(len(after)) for page in pages]
    # what parts are called, and on which one a letter begins, stands on all of them
    ends = [[listed[at].id for places in ranges for at in (places[0], places[-1])] for listed in (before, after)]
    starts = [indexes.letter_starts(listed, [page.address for page in pages], ranges) for listed in (before, after)]
    if ends[0] != ends[1] or starts[0] != starts[1] or names.intersection(ends[1]):
        yield from pages
        return
    for page, places in zip(pages, ranges, strict=True):
        old, new = ([item.id for item in listed[places.start : places.stop]] for listed in (before, after))
        if old != new or names.intersection(new):
            yield page


def retitled(listed: Iterable[indexes.Titled], detailed: Sequence[Record]) -> list[indexes.Titled]:
    """Return the list of titles after some papers were edited."""
    names = {paper.id for paper in detailed}
    return sorted([item for item in listed if item.id not in names] + indexes.titled(detailed))


def _once(papers: Iterable[Record]) -> list[Record]:
    return list({paper.id: paper for paper in papers}.values())
