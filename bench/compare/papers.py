"""The facts of a collection as the peers get them: plain values, with every list that a page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gen.checking import check_collection
from gen.citation.citations import Citations
from gen.collection import Collection
from gen.names import OTHERS, parse_name
from gen.pages.record import links, related
from gen.record import ANNOTATION_PARTS, Record
from gen.text.plain import plain


@dataclass(frozen=True, slots=True)
class Paper:
    """What a peer's page of a paper shows."""

    id: str
    title: str
    year: int
    venue: tuple[str, str] | None
    """Key and short name."""
    authors: list[tuple[str, str | None]]
    """Name and, of people with two papers or more, the slug of their page."""
    topics: list[tuple[str, str]]
    """Slug and title."""
    links: list[tuple[str, str]]
    summary: str
    parts: list[tuple[str, str]]
    """Heading and text of each part of the note."""
    results: list[list[str]]
    relations: list[tuple[str, str, str, str]]
    """Verb, id, title and reason."""
    bibtex: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of papers with a page of its own."""

    kind: str
    """`topics`, `years`, `venues` or `people`."""
    slug: str
    title: str
    papers: list[Paper] = field(default_factory=list)


def papers(root: Path) -> list[Paper]:
    """Read a collection."""
    collection, _ = check_collection(root, drafts=True)
    citations = Citations(collection)
    return [_paper(record, collection, citations) for record in collection.records.values()]


def _paper(record: Record, collection: Collection, citations: Citations) -> Paper:
    venue = collection.venue(record)
    people = [(name, collection.authors[collection.person_slug(name)]) for name in record.authors if name != OTHERS]
    note = record.annotation
    return Paper(
        record.id,
        plain(record.title),
        record.year,
        (record.venue, venue.short) if record.venue and venue else None,
        [(parse_name(name).full, one.slug if len(one.records) > 1 else None) for name, one in people],
        [(slug, collection.topics[slug].title) for slug in record.topics if slug in collection.topics],
        links(record),
        record.summary or "",
        [(part.capitalize(), getattr(note, part)) for part in ANNOTATION_PARTS] if note else [],
        [[one.metric, one.value, one.versus or "", one.on or ""] for one in record.results],
        [(one.verb, one.record.id, plain(one.record.title), one.why) for one in related(collection, record)],
        citations.one(record),
    )


def listings(all_papers: list[Paper]) -> Iterator[Listing]:
    """Yield every list: by topic, year, venue and person."""
    found: dict[tuple[str, str], Listing] = {}
    for paper in all_papers:
        places = [("topics", slug, title) for slug, title in paper.topics]
        places += [("years", str(paper.year), str(paper.year))]
        places += [("venues", *paper.venue)] if paper.venue else []
        places += [("people", slug, name) for name, slug in paper.authors if slug]
        for kind, slug, title in dict.fromkeys(places):
            found.setdefault((kind, slug), Listing(kind, slug, title)).papers.append(paper)
    yield from found.values()
