"""What is known of a paper before it is a record."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

_ARXIV_NEW = r"[0-9]{4}\.[0-9]{4,5}"
_ARXIV_OLD = r"[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}"
_ARXIV = re.compile(rf"(?<![\d.])({_ARXIV_NEW}|{_ARXIV_OLD})(?:v[0-9]+)?(?:\.pdf)?(?![\d.])")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>{}]+")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


@dataclass(slots=True)
class Facts:
    """Facts of one paper, from wherever they come; texts are plain lines (`$...$` is math)."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    """Names as a record writes them."""
    year: int | None = None
    month: int | None = None
    date: str = ""
    """The date as the source names it, to quote where no year can be read from it."""
    venue: str = ""
    """The venue as the source names it; matched to `venues.yaml` later."""
    venue_type: str = ""
    """One of the venue types of `gen.record`, where the source says it."""
    volume: str = ""
    number: str = ""
    pages: str = ""
    arxiv: str = ""
    doi: str = ""
    language: str = ""
    """As the source names it; made a tag later."""
    links: dict[str, str] = field(default_factory=dict)
    """Addresses by the field of `links`."""
    keywords: list[str] = field(default_factory=list)
    abstract: str = ""
    """Only to find topics by; never written into a record."""
    notes: list[str] = field(default_factory=list)
    """What a person should look at, in plain sentences without a full stop."""


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id without version that an address, a DOI or `arXiv:...` holds, or None."""
    text = re.sub(r"^\s*(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)", "", text, flags=re.I)
    text = _ARXIV_DOI.sub(r"\1", text)
    match = _ARXIV.fullmatch(text.strip())
    return match[1] if match else None


def find_arxiv_id(text: str) -> str | None:
    """Return the arXiv id that stands somewhere in a text beside the word arXiv, or None."""
    match = re.search(rf"arxiv(?:\.org/(?:abs|pdf|html)/|[\s.:/]+)({_ARXIV_NEW}|{_ARXIV_OLD})", text, re.IGNORECASE)
    return match[1] if match else None


def doi(text: str) -> str | None:
    """Return the DOI in a text or address, without the resolver, or None."""
    if text.lstrip().lower().startswith("http"):
        parts = [unquote(part) for part in re.split("[?#]", text, maxsplit=1)]
    else:
        parts = [re.sub("%2f", "/", text, flags=re.IGNORECASE)]
    match = next(filter(None, map(_DOI.search, parts)), None)
    return match[0].rstrip(".,;") if match else None
