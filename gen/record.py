"""The typed forms of everything a curator writes: one declaration per field, its docstring the manual.

The field reference of the site, the JSON Schema and the messages of the checks are made from these
declarations. All objects are frozen; `source` says where each came from and does not count in equality.
"""

from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, get_args
from zlib import crc32

from pydantic import Field, StringConstraints, model_validator

from gen.model import Model, Sourced, digest_of
from gen.names import OTHERS
from gen.values import DIGITS, Day, Line, Name, Orcid, Prose, Slug, Url

KINDS = Literal["method", "system", "benchmark", "dataset", "survey", "theory", "analysis", "resource"]
RESULT_KINDS = Literal["speed", "memory", "size", "quality", "cost", "data", "energy", "scale", "bound"]
RELATION_KINDS = Literal["extends", "uses", "compares", "contrasts", "evaluates", "surveys"]
VENUE_TYPES = Literal["conference", "workshop", "journal", "thesis", "book", "report", "publisher"]
ISSUERS = frozenset({"thesis", "report", "publisher"})
"""Types of venues that issue a work as such (a university, an institute, a publisher); of others it is a part."""
BASES = Literal["abstract", "full text"]
NOTICES = Literal["retracted", "withdrawn", "corrected"]

KINDS_LIST: tuple[str, ...] = get_args(KINDS)
FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Years of publication that a record can have."""
TODO = "TODO"
"""Stands in a draft where a person still has to write; read as if nothing stood there."""

ANNOTATION_PARTS = ("problem", "approach", "findings", "caveats")
NOTE: dict[str, Any] = {"summary": True, "annotation": True, "annotated": {"on", "version"}}
"""What of a record is what we wrote about the paper, and when; the rest is facts, also who wrote it from what."""
DETAILS = {
    "title", "also_titled", "published", "month", "volume", "number", "pages", "arxiv", "doi", "language", "links",
    "notice",
}  # fmt: skip
"""Facts that say more of a paper; the others decide in which lists it stands, and where."""


def _marked(value: Any) -> bool:
    """Whether a value is the mark `TODO`, or a list or mapping that holds it."""
    match value:
        case str():
            return value == TODO
        case list():
            return TODO in value
        case dict():
            return TODO in value.values()
    return False


PHRASE = 8
"""Words in a row that make a phrase."""


def phrases(text: str) -> Iterator[int]:
    """Return each phrase of a text, without regard to case, as a number of 64 bits.

    Python's hash of numbers is the same in every run, unlike that of texts.
    """
    written = " ".join(text.lower().split()).encode("utf-8", "surrogatepass")
    words = list(map(crc32, written.split(b" ")))
    return map(hash, zip(*(words[start:] for start in range(PHRASE)), strict=False))


class Annotation(Model):
    """The note on a paper, in four parts of Markdown."""

    problem: Prose
    """What was wrong or missing before."""
    approach: Prose
    """What the paper does about it; enough to tell it from its neighbors."""
    findings: Prose
    """What was shown, with its figures and against what."""
    caveats: Prose
    """What the source leaves open; when one would not use it."""


class Result(Model):
    """One headline figure of a paper."""

    kind: RESULT_KINDS
    """What sort of gain the figure is about."""
    metric: Line
    """What was measured, such as `decoding speedup`."""
    value: Line
    """The figure as reported, quoted, such as `"2.13x"`."""
    versus: Line | None = None
    """What it is measured against."""
    on: Line | None = None
    """The data set, task or model it was measured on."""


class Relation(Model):
    """How this paper stands to another one of the collection. The other's page shows the inverse."""

    to: Line
    """Id of the other record."""
    kind: RELATION_KINDS
    """What this paper does to the other one."""
    why: Prose
    """One sentence that says what connects or separates the two."""


class Provenance(Model):
    """Who wrote the note, when, and from what."""

    by: Line
    """A GitHub handle, or `editors` for the editors of this site."""
    on: Day
    """The day, as `2026-11-21`."""
    basis: BASES
    """What was read: `abstract` or `full text`."""
    version: Annotated[str, StringConstraints(pattern=r"^v[1-9][0-9]*$")] | None = None
    """Which version of the paper on arXiv was read, such as `v2`."""


class Links(Model):
    """Where to find the paper and what belongs to it."""

    paper: Url | None = None
    """The publisher's or author's page of the paper."""
    pdf: Url | None = None
    """The paper itself, free to read."""
    code: Url | None = None
    """The code of the paper."""
    data: Url | None = None
    """The data of the paper."""
    models: Url | None = None
    """Trained models of the paper."""
    project: Url | None = None
    """The project's own page."""
    video: Url | None = None
    """A talk or demonstration."""
    more: tuple[Url, ...] = ()
    """Further addresses of the paper's own."""


class Notice(Model):
    """What the paper's publisher or authors declared of it after it appeared."""

    kind: NOTICES
    """`retracted` by its publisher, `withdrawn` by its authors, or `corrected` by an erratum."""
    on: Day | None = None
    """The day of the notice, as `2026-11-21`."""
    url: Url | None = None
    """Where the notice stands."""
    why: Prose | None = None
    """One sentence that says what is wrong with the paper, or what was corrected."""


class Record(Sourced):
    """One paper: its facts, its annotation and its place among the others."""

    title: Line
    """The title as published; `$...$` holds math."""
    authors: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Names in order: `Given Family`, or `Family, Given` where that is ambiguous, `{Name}` for an
    organization; `others` last where the list is not known in full."""
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR), DIGITS]
    """Year in which the paper appeared, which its id and its folder have."""
    published: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR), DIGITS] | None = None
    """Year of the volume or proceedings that it is cited from, where that is another one."""
    month: Annotated[int, Field(ge=1, le=12), DIGITS] | None = None
    """Month of publication, 1 to 12, where known."""
    venue: Slug | None = None
    """Key in `venues.yaml`; left out for a preprint."""
    volume: Line | None = None
    """Volume of the journal or proceedings."""
    number: Line | None = None
    """Issue number."""
    pages: Line | None = None
    """Page range, such as `"204-230"`, or the article number."""
    arxiv: (
        Annotated[str, StringConstraints(pattern=r"^([0-9]{4}\.[0-9]{4,5}|[a-z-]+(\.[A-Z]{2})?/[0-9]{7})$")] | None
    ) = None
    """arXiv identifier without version, quoted: `"2310.15141"`."""
    doi: Annotated[str, StringConstraints(pattern=r"^10\.[0-9]{4,9}/[!#-\[\]_a-z~]+$")] | None = None
    """Digital object identifier without the resolver's address, quoted."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    """Language of the paper as a BCP 47 tag."""
    also_titled: tuple[Line, ...] = ()
    """Other titles of the same work, as listed or as later published; search finds them."""
    links: Links = Links()
    """Web addresses of the paper, its code and its data."""
    notice: Notice | None = None
    """That the paper was retracted, withdrawn or corrected; it keeps its record, so that who cites it is told."""
    system: Line | None = None
    """The name that the paper gives its work, if any."""
    kind: KINDS | None = None
    """What sort of contribution the paper makes."""
    topics: Annotated[tuple[Slug, ...], Field(max_length=4)] = ()
    """One to four topics, files of `topics/`, the main one first."""
    summary: Prose | None = None
    """One sentence that a newcomer understands: what it does and what that gains."""
    annotation: Annotation | None = None
    """The note, in four parts."""
    results: tuple[Result, ...] = ()
    """The headline figures, one by one; none if the source gives none."""
    benchmarks: tuple[Line, ...] = ()
    """Data sets and benchmarks that it was measured on."""
    builds_on: tuple[Line, ...] = ()
    """Named systems and methods that it starts from."""
    relations: tuple[Relation, ...] = ()
    """How it stands to other papers of the collection."""
    annotated: Provenance | None = None
    """Who wrote the note, when, from what."""
    added: Day | None = None
    """The day it joined the collection."""
    former_ids: tuple[Slug, ...] = ()
    """Ids it was published under before; they stay valid forever."""

    @model_validator(mode="before")
    @classmethod
    def _without_marks(cls, values: Any) -> Any:
        """Leave out what is marked as still to be written: such a part is absent, not wrong; authors are unknown."""
        if not isinstance(values, dict):
            return values
        unknown = {"authors": [OTHERS]} if _marked(values.get("authors")) else {}
        return {key: value for key, value in values.items() if not _marked(value)} | unknown

    @cached_property
    def place_digest(self) -> str:
        """A digest of what decides where a paper stands: all but its details and its note, and whether it has one."""
        noted = f"{self.summary is None} {self.annotation is None} "
        return digest_of(noted + self.model_dump_json(exclude={**NOTE, **dict.fromkeys(DETAILS, True)}))

    @cached_property
    def facts_digest(self) -> str:
        """A digest of everything that is written here but the note: of that, only whether there is one.

        Most of what shows a paper shows nothing of its note, such as a citation, or a list without summaries.
        """
        return digest_of(self.place_digest + self.model_dump_json(include=DETAILS))

    @cached_property
    def digest(self) -> str:
        """A digest of everything that is written here."""
        return digest_of(self.facts_digest + self.model_dump_json(include=NOTE))

    @cached_property
    def title_digest(self) -> str:
        """A digest of what a list of mere titles, with authors or years, shows of it."""
        return digest_of("\0".join((self.id, self.title, str(self.year), self.language, *self.authors)))

    def phrases(self) -> "array[int]":
        """Return every eight words in a row of the note, each once, as numbers: a check looks for those of many."""
        note = self.annotation
        texts = [self.summary or "", *(getattr(note, part) for part in ANNOTATION_PARTS if note)]
        return array("q", set().union(*map(phrases, texts)))

    @property
    def void(self) -> str:
        """`retracted` or `withdrawn`, which a citation says; empty for a paper that stands."""
        return self.notice.kind if self.notice and self.notice.kind != "corrected" else ""

    @property
    def provisional(self) -> bool:
        """Whether its authors are still to be written, after whom it will be named."""
        return self.authors == (OTHERS,) and TODO in (self.source.written(("authors",)) or ())

    @property
    def complete_authors(self) -> bool:
        """Whether the list of authors is known in full."""
        return self.authors[-1] != OTHERS

    @property
    def cited_year(self) -> int:
        """The year that citations give."""
        return self.published or self.year

    @property
    def named_authors(self) -> tuple[str, ...]:
        """The authors without `others`, which is nobody's name; none where none is known."""
        return tuple(name for name in self.authors if name != OTHERS)

    @property
    def listed_authors(self) -> tuple[str, ...]:
        """The authors as a citation lists them: `others` last where there are more; none where none is known."""
        return () if self.authors == (OTHERS,) else self.authors


class StartHere(Model):
    """A paper to begin with, in a topic."""

    paper: Line
    """Id of the record."""
    why: Prose
    """What makes it the right one at this point."""


class Topic(Sourced):
    """A topic, or an area that holds topics: one file of `topics/`, named by its slug."""

    title: Line
    """Name as shown."""
    keywords: tuple[Line, ...] = ()
    """Words and abbreviations by which readers look for its papers, besides the title's: `RAG`. Search knows them."""
    area: Slug | None = None
    """Slug of the area that the topic belongs to; left out in the file of an area."""
    scope: Line
    """One line that says what belongs here."""
    introduction: Prose
    """What the question is, the lines of attack, where papers disagree, what stays open."""
    start_here: tuple[StartHere, ...] = ()
    """Two to four papers to read first, in order."""
    former_ids: tuple[Slug, ...] = ()
    """Slugs it was published under before; they lead here for ever."""


class Step(Model):
    """One paper on a reading path."""

    paper: Line
    """Id of the record."""
    take: Prose
    """What to take from it before the next."""


class ReadingPath(Sourced):
    """An ordered route through the collection: one file of `paths/`, named by its slug."""

    title: Line
    """Name as shown."""
    reader: Line
    """Whom it is for."""
    goal: Line
    """What that reader can do at its end."""
    introduction: Prose
    """How the path runs and why in this order."""
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    """The papers, in order."""
    former_ids: tuple[Slug, ...] = ()
    """Slugs it was published under before; they lead here for ever."""


class Venue(Model):
    """Where papers appear: one entry of `venues.yaml`, under its key."""

    short: Line
    """Name as readers say it: `NeurIPS`."""
    name: Line
    """Full official name, as it stands in a bibliography."""
    type: VENUE_TYPES
    """What sort of publication it is; decides the entry type of the citation: a `book` holds chapters, a `publisher`
    issues whole books."""
    publisher: Line | None = None
    """Who publishes it. BibTeX's styles warn of a book that names none; a `publisher` is that itself."""
    aliases: tuple[Line, ...] = ()
    """Other names under which it is found in the wild. The first of a journal's that holds a period, as `J. Toys` does,
    is its abbreviated title in citations."""
    former_ids: tuple[Slug, ...] = ()
    """Keys it was published under before; they lead here for ever."""


class Person(Model):
    """Someone whose name needs help: one entry of `people.yaml`, under the slug of their address, which it keeps.

    Of two people of one name, the second has an entry with a key of its own, and a `name` in another spelling that only
    the records of their papers use: `wei-wang-2: {name: "Wang, Wei"}` beside the `Wei Wang` of the first one's.
    """

    name: Name
    """Name as shown, `Given Family` or `Family, Given`."""
    variants: tuple[Name, ...] = ()
    """Other spellings of the same person's name in records. An address that one would have leads here."""
    show_variants: Literal["yes", "no"] = "yes"
    """Whether the person's page names these spellings; `no` for somebody who has left a name behind."""
    orcid: Orcid | None = None
    """ORCID identifier."""
    script: Line | None = None
    """The name in its original script."""
    former_ids: tuple[Slug, ...] = ()
    """Slugs of former addresses; they lead here for ever."""
