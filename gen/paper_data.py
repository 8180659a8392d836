"""The whole of a record as data: a line of `papers.jsonl`, its JSON Schema, and a row of `papers.csv`.

The models below are the format. Whoever changes them in a way that an old reader would stumble over raises
`VERSION`; new fields alone do not.
"""

import csv
import datetime
import io
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

from gen import addresses
from gen.citation.entry import address, listed
from gen.collection import Collection
from gen.names import OTHERS, parse_name
from gen.record import BASES, KINDS, RELATION_KINDS, RESULT_KINDS, VENUE_TYPES, Links, Model, Record
from gen.text.plain import plain

VERSION: Literal[1] = 1


class AuthorData(Model):
    """One author."""

    name: str
    """As it is read aloud: `Guy Van den Broeck`."""
    family: str
    """Family name with its particle, or the whole name of an organization."""
    given: str
    """Given names; empty for an organization and for a single name."""
    suffix: str
    """Such as `Jr`; mostly empty."""
    organization: bool
    """Whether this is an organization."""
    page: str
    """Address on the site, relative to its root."""


class VenueData(Model):
    """Where a paper appeared."""

    key: str
    """Key of the venue, as in its page's address."""
    short: str
    """Name as readers say it."""
    name: str
    """Full official name."""
    type: VENUE_TYPES
    """What sort of publication it is."""


class AnnotationData(Model):
    """The note on a paper, in four parts of Markdown."""

    problem: str
    """What was wrong or missing before."""
    approach: str
    """What the paper does about it."""
    findings: str
    """What was shown."""
    caveats: str
    """What stays open."""


class ResultData(Model):
    """One headline figure."""

    kind: RESULT_KINDS
    """What sort of gain the figure is about."""
    metric: str
    """What was measured."""
    value: str
    """The figure as reported."""
    versus: str | None
    """What it is measured against."""
    on: str | None
    """What it was measured on."""


class RelationData(Model):
    """How the paper stands to another one of the collection."""

    to: str
    """Id of the other paper."""
    kind: RELATION_KINDS
    """What this paper does to the other one."""
    why: str
    """One sentence of Markdown."""


class ProvenanceData(Model):
    """Who wrote the note."""

    by: str
    """A GitHub handle, or `editors`."""
    on: datetime.date
    """The day."""
    basis: BASES
    """What was read."""


class PaperData(Model):
    """One paper: a line of `papers.jsonl`. Text is Markdown or a line that may hold `$math$`, as said."""

    version: Literal[1] = Field(default=VERSION)
    """Version of this format."""
    id: str
    """Citation key, never changed once published."""
    former_ids: tuple[str, ...]
    """Keys that it was published under before."""
    page: str
    """Address of its page, relative to the site's root."""
    title: str
    """Title as published; `$...$` holds LaTeX math."""
    title_text: str
    """Title as plain text, formulas as one would type them."""
    also_titled: tuple[str, ...]
    """Other titles of the same work."""
    authors: tuple[AuthorData, ...]
    """Authors in order."""
    authors_complete: bool
    """Whether the list of authors is known in full."""
    year: int
    """Year of publication."""
    month: int | None
    """Month of publication, 1 to 12."""
    venue: VenueData | None
    """Where it appeared; null for a preprint."""
    volume: str | None
    """Volume of the journal or proceedings."""
    number: str | None
    """Issue number."""
    pages: str | None
    """Page range or article number."""
    doi: str | None
    """Digital object identifier without the resolver's address."""
    arxiv: str | None
    """arXiv identifier without version."""
    url: str | None
    """Where the paper is found: the publisher's page, else its DOI, else arXiv."""
    links: Links
    """Web addresses of the paper, its code and its data."""
    language: str
    """Language of the paper as a BCP 47 tag."""
    system: str | None
    """The name that the paper gives its work."""
    kind: KINDS | None
    """What sort of contribution it makes."""
    topics: tuple[str, ...]
    """Topics, the main one first."""
    areas: tuple[str, ...]
    """Areas that the topics belong to, in the order of the alphabet."""
    summary: str | None
    """One sentence of Markdown."""
    annotation: AnnotationData | None
    """The note; null while it is still to be written."""
    results: tuple[ResultData, ...]
    """Headline figures."""
    benchmarks: tuple[str, ...]
    """Data sets and benchmarks that it was measured on."""
    builds_on: tuple[str, ...]
    """Named systems and methods that it starts from."""
    relations: tuple[RelationData, ...]
    """How it stands to other papers of the collection."""
    annotated: ProvenanceData | None
    """Who wrote the note, when, from what."""
    added: datetime.date | None
    """The day it joined the collection."""


MODELS: dict[str, tuple[type[Model], str]] = {
    "paper": (PaperData, "A line of `papers.jsonl`"),
    "author": (AuthorData, "An item of `authors`"),
    "venue": (VenueData, "The object `venue`"),
    "links": (Links, "The object `links`"),
    "annotation": (AnnotationData, "The object `annotation`"),
    "result": (ResultData, "An item of `results`"),
    "relation": (RelationData, "An item of `relations`"),
    "annotated": (ProvenanceData, "The object `annotated`"),
}
"""Each part of the format with the anchor and heading that it has on the site."""

_COPIED: tuple[str, ...] = (
    "also_titled",
    "year",
    "month",
    "volume",
    "number",
    "pages",
    "doi",
    "arxiv",
    "links",
    "language",
)
_COPIED += ("system", "kind", "topics", "summary", "benchmarks", "builds_on", "added", "former_ids", "title")


def paper_data(record: Record, collection: Collection) -> PaperData:
    """Return a record as data. It needs no validation: it was made from what was validated."""
    venue = collection.venue(record)
    notes = record.model_dump(include={"annotation", "results", "relations", "annotated"})
    return PaperData.model_construct(
        id=record.id,
        page=addresses.record(record),
        title_text=plain(record.title),
        authors=tuple(_author(name, collection) for name in listed(record) if name != OTHERS),
        authors_complete=record.complete_authors,
        venue=VenueData.model_construct(key=record.venue, short=venue.short, name=venue.name, type=venue.type)
        if venue
        else None,
        url=address(record),
        areas=tuple(sorted(collection.areas_of(record))),
        annotation=_made(AnnotationData, notes["annotation"]),
        results=tuple(ResultData.model_construct(**item) for item in notes["results"]),
        relations=tuple(RelationData.model_construct(**item) for item in notes["relations"]),
        annotated=_made(ProvenanceData, notes["annotated"]),
        **{name: getattr(record, name) for name in _COPIED},
    )


def _made(model: type[Model], values: dict[str, Any] | None) -> Any:
    return model.model_construct(**values) if values else None


def _author(written: str, collection: Collection) -> AuthorData:
    name = parse_name(written)
    return AuthorData.model_construct(
        name=name.full,
        family=name.last,
        given=name.given,
        suffix=name.suffix,
        organization=name.corporate,
        page=addresses.written_person(collection, written),
    )


def jsonl(collection: Collection) -> bytes:
    """Return every record as one line of JSON, in the order of ids.

    In UTF-8, since it is large: one letter beyond the first 65,536 makes Python keep a text in four bytes a letter.
    """
    lines = io.BytesIO()
    for record in collection.records.values():
        lines.write(paper_data(record, collection).model_dump_json().encode())
        lines.write(b"\n")
    return lines.getvalue()


def schema(site_url: str) -> dict[str, Any]:
    """Return the JSON Schema of a line of `papers.jsonl`."""
    found = PaperData.model_json_schema(mode="serialization")
    named = {"$id": f"{site_url}{addresses.SCHEMA}"} if site_url else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **named, **found}


COLUMNS = (
    "id", "title", "authors", "year", "month", "venue", "venue_name", "volume", "number", "pages", "doi", "arxiv",
    "url", "code", "system", "kind", "topics", "summary", "annotated_by", "annotated_on", "added",
)  # fmt: skip


def table(collection: Collection) -> str:
    """Return all records as CSV (RFC 4180), lists with semicolons, the annotations left out."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in collection.records.values():
        writer.writerow([cell(value) for value in _row(record, collection)])
    return lines.getvalue()


def _row(record: Record, collection: Collection) -> Iterable[object]:
    venue = collection.venue(record)
    names = [name if name == OTHERS else parse_name(name).inverted for name in listed(record)]
    noted = record.annotated
    return (
        record.id, plain(record.title), "; ".join(names), record.year, record.month,
        venue and venue.short, venue and venue.name, record.volume, record.number, record.pages,
        record.doi, record.arxiv, address(record), record.links.code, record.system, record.kind,
        "; ".join(record.topics), record.summary, noted and noted.by, noted and noted.on, record.added,
    )  # fmt: skip


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
