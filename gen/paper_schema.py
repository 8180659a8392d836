"""What a line of `papers.jsonl` holds: the format as models, from which its JSON Schema and its description are made.

Whoever changes them in a way that an old reader would stumble over raises `VERSION`; new fields alone do not.
The lines are made in gen/paper_data.py, without these models, which cost more than everything else about a line.
"""

import datetime
from typing import Any, Literal

from pydantic import Field

from gen import addresses
from gen.model import Model
from gen.paper_data import VERSION
from gen.record import BASES, KINDS, NOTICES, RELATION_KINDS, RESULT_KINDS, VENUE_TYPES, Links


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
    orcid: str | None
    """ORCID identifier, where it is known."""


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
    version: str | None
    """Which version of the paper on arXiv was read, such as `v2`."""


class NoticeData(Model):
    """What the paper's publisher or authors declared of it after it appeared."""

    kind: NOTICES
    """What became of the paper."""
    on: datetime.date | None
    """The day of the notice."""
    url: str | None
    """Where the notice stands."""
    why: str | None
    """One sentence of Markdown."""


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
    """Year in which the paper appeared."""
    published: int | None
    """Year of the volume or proceedings that it is cited from, where that is another one."""
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
    pdf: str | None
    """Where the paper itself is, where that is known."""
    links: Links
    """Web addresses of the paper, its code and its data."""
    language: str
    """Language of the paper as a BCP 47 tag."""
    notice: NoticeData | None
    """That it was retracted, withdrawn or corrected; null for most papers."""
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
    "notice": (NoticeData, "The object `notice`"),
    "annotation": (AnnotationData, "The object `annotation`"),
    "result": (ResultData, "An item of `results`"),
    "relation": (RelationData, "An item of `relations`"),
    "annotated": (ProvenanceData, "The object `annotated`"),
}
"""Each part of the format with the anchor and heading that it has on the site."""


def schema(site_url: str) -> dict[str, Any]:
    """Return the JSON Schema of a line of `papers.jsonl`."""
    found = PaperData.model_json_schema(mode="serialization")
    named = {"$id": f"{site_url}{addresses.SCHEMA}"} if site_url else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **named, **found}
