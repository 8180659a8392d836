"""Pages of single papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from gen import addresses
from gen.citation.citations import Citations
from gen.collection import INVERSE, Collection
from gen.likeness import Likeness
from gen.names import parse_name
from gen.pages.cite import assets
from gen.pages.metadata import about, record_head
from gen.pages.output import Output, Page, titles
from gen.pdf import pdf
from gen.record import ReadingPath, Record, Topic
from gen.references import reference
from gen.site import Site
from gen.text.plain import plain

ALIKE = 5
"""How many papers that read alike a paper's page names."""


FIRST_AUTHORS, MOST_AUTHORS = 12, 15
"""Of more authors than the second number, the first so many stand before the summary and the others are folded."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper that reads like another one."""

    record: Record
    words: tuple[str, ...]
    """What both texts say."""

    @property
    def of(self) -> tuple[str, str]:
        """What shows of it."""
        return self.record.title_digest, " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as the page of either end shows it."""

    verb: str
    """`extends` on the page that states it, `extended by` on the other."""
    record: Record
    why: str


def related(collection: Collection, record: Record) -> list[Related]:
    """Return a record's relations in both directions, its own first."""
    own = [
        Related(relation.kind, collection.records[relation.to], relation.why)
        for relation in record.relations
        if relation.to in collection.records
    ]
    others = [Related(INVERSE[item.kind], item.record, item.why) for item in collection.incoming.get(record.id, [])]
    return own + others


def alike(collection: Collection, likeness: Likeness, record: Record) -> list[Alike]:
    """Return the papers most like a record, without those that a relation to or from it names already."""
    named = {relation.to for relation in record.relations}
    named.update(item.record.id for item in collection.incoming.get(record.id, []))
    others = (other for other in likeness.get(record.id, ()) if other.id not in named)
    found = ((other.id, words) for other in others if (words := other.words))
    return [Alike(collection.records[name], words) for name, words in islice(found, ALIKE)]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Other papers that were measured on a benchmark of this one."""

    benchmark: str
    address: str
    others: tuple[Record, ...]
    """The newest of them."""
    more: int
    """How many there are besides."""

    @property
    def of(self) -> object:
        """What shows of it."""
        return [self.benchmark, self.address, str(self.more), *titles(self.others)]


NAMED = 5
"""Papers named for each benchmark; a popular one has too many to list them all on each of their pages."""


def elsewhere(collection: Collection, record: Record) -> list[Elsewhere]:
    """Return other papers by each benchmark that they share with this one."""
    found = []
    for name in record.benchmarks:
        users = collection.by_benchmark[name]
        if len(users) > 1:
            others = tuple(other for other in users[: NAMED + 1] if other is not record)[:NAMED]
            found.append(Elsewhere(name, addresses.benchmark(collection, name), others, len(users) - 1 - len(others)))
    return found


def links(record: Record) -> list[tuple[str, str]]:
    """Return what leads out of the site: label and address, the paper first, or where to look for it."""
    found = [("Paper", record.links.paper), ("PDF", pdf(record))]
    found += [("DOI", addresses.doi(record.doi) if record.doi else None)]
    found += [("arXiv", addresses.arxiv(record.arxiv) if record.arxiv else None)]
    found += [("Code", record.links.code), ("Data", record.links.data), ("Models", record.links.models)]
    found += [("Project", record.links.project), ("Video", record.links.video)]
    found += [("More", more) for more in record.links.more]
    if not any(address for _, address in found[:4]):
        found.insert(0, ("Look it up", f"https://scholar.google.com/scholar?{urlencode({'q': plain(record.title)})}"))
    return [(label, address) for label, address in found if address]


def pages(collection: Collection, site: Site, citations: Citations, likeness: Likeness) -> Iterator[Output]:
    """Yield each record's page."""
    sources = Sources(collection, site, citations, likeness, {})
    for record in collection.records.values():
        yield Content(record, sources).page()


class Sources(NamedTuple):
    """What the page of every record is made from."""

    collection: Collection
    site: Site
    citations: Citations
    likeness: Likeness
    shown: dict[str, Any]
    """What the last page shows: it is asked for twice running, to tell whether the page changed and to render it."""


class Content(NamedTuple):
    """What stands on a record's page. Its methods take much less memory than functions made for each page."""

    record: Record
    sources: Sources

    def page(self) -> Page:
        """Return the page."""
        return Page(
            addresses.record(self.record),
            "record.md.j2",
            plain(self.record.title),
            about(self.record, partial(reference, self.sources.collection.records)),
            self.show,
            self.head,
            "record",
            self.of,
        )

    def of(self) -> dict[str, object]:
        """Return what the page is made of: of other papers, in most places no more than title and year.

        Names with addresses are the record's own, so the addresses tell all.
        """
        shown = self._shown()
        named = ("authors", "more_authors", "builds_on", "benchmarks")
        led = {field: [address for _, address in shown[field]] for field in named}
        flat = {field: [text for item in shown[field] for text in item.of] for field in ("alike", "turns")}
        orcids = list(map(self.sources.collection.orcid, self.record.named_authors))
        return {**shown, **led, **flat, "orcids": orcids, "same_system": titles(shown["same_system"])}

    def _shown(self) -> dict[str, Any]:
        shown = self.sources.shown
        if shown.get("record") is not self.record:
            shown.update(self._gathered())
        return shown

    def _gathered(self) -> dict[str, Any]:
        record, (collection, _, _, likeness, _) = self
        authors = _authors(record, collection)
        first = FIRST_AUTHORS if len(authors) > MOST_AUTHORS else len(authors)
        return {
            "record": record,
            "venue": collection.venue(record),
            "authors": authors[:first],
            "more_authors": authors[first:],
            "topics": [collection.topics[slug] for slug in record.topics if slug in collection.topics],
            "relations": related(collection, record),
            "alike": alike(collection, likeness, record),
            "elsewhere": elsewhere(collection, record),
            "same_system": [
                other for other in collection.by_system.get(record.system or "", []) if other is not record
            ],
            "system": addresses.system(collection, record.system) if record.system else "",
            "builds_on": [(name, addresses.system(collection, name)) for name in record.builds_on],
            "benchmarks": [(name, addresses.benchmark(collection, name)) for name in record.benchmarks],
            "paths": _on_paths(record, collection),
            "turns": _turns(record, collection),
        }

    def show(self) -> dict[str, object]:
        """Return what the template shows."""
        record, (_, site, citations, *_) = self
        return {
            **self._shown(),
            "links": links(record),
            "bibtex": citations.one(record),
            "edit_url": site.edit_url(record.source.path),
            "issue_url": site.issue_url("correction", paper=record.id),
        }

    def head(self) -> str:
        """Return the page's own elements for the HTML head."""
        return record_head(self.record, self.sources.collection, self.sources.site) + assets("../../", "references")


@dataclass(frozen=True, slots=True)
class OnPath:
    """A reading path that a paper is on, with the papers before and after it there."""

    path: ReadingPath
    step: int
    before: Record | None
    after: Record | None

    @property
    def of(self) -> object:
        """What shows of it."""
        return self.path, self.step, titles(filter(None, (self.before, self.after))), self.before is None


@dataclass(frozen=True, slots=True)
class Turn:
    """The papers before and after one in the list of a topic."""

    topic: Topic
    before: Record | None
    after: Record | None

    @property
    def of(self) -> tuple[str, str, str]:
        """What shows of it, besides the topic's title."""
        before, after = (paper.title_digest if paper else "" for paper in (self.before, self.after))
        return self.topic.id, before, after


def _on_paths(record: Record, collection: Collection) -> list[OnPath]:
    found = []
    for path, index in collection.on_paths.get(record.id, []):
        papers = [collection.records.get(step.paper) for step in path.steps]
        before = papers[index - 1] if index else None
        found.append(OnPath(path, index + 1, before, papers[index + 1] if index + 1 < len(papers) else None))
    return found


def _turns(record: Record, collection: Collection) -> list[Turn]:
    """Return each topic of a record with the papers before and after it in the topic's list."""
    found = []
    for slug in record.topics:
        members = collection.by_topic.get(slug, [])
        if slug in collection.topics and len(members) > 1:
            at = collection.place_in_topic[slug, record.id]
            before = members[at - 1] if at else None
            found.append(Turn(collection.topics[slug], before, members[at + 1] if at + 1 < len(members) else None))
    return found


def _authors(record: Record, collection: Collection) -> list[tuple[str, str]]:
    """Return each author's name as written and the address of their page or entry."""
    return [(parse_name(name).full, addresses.written_person(collection, name)) for name in record.named_authors]
