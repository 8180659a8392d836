"""Records as CSL-JSON, the input of citation processors (schema `csl-data.json`, version 1.0.2)."""

from typing import Any

from gen.citation.entry import page_range, paper_url
from gen.names import OTHERS, parse_name
from gen.record import ISSUERS, Record, Venue
from gen.text.math import math_text
from gen.text.segments import split

TYPES = {
    "conference": "paper-conference",
    "workshop": "paper-conference",
    "journal": "article-journal",
    "thesis": "thesis",
    "book": "chapter",
    "report": "report",
    "publisher": "book",
}
"""Item types by the venue's; a preprint is an `article`."""
GENRES = {"thesis": "Doctoral dissertation", "report": "Technical report"}
"""What styles print behind the title of such a work."""


def csl_item(record: Record, venue: Venue | None) -> dict[str, Any]:
    """Return one item; formulas in its title are as one would type them, and keep their case."""
    pages = page_range(record.pages) or ()
    item = {
        "id": record.id,
        "type": TYPES[venue.type] if venue else "article",
        "title": _title(record.title),
        "author": _authors(record),
        "issued": {"date-parts": [[record.cited_year, record.month] if record.month else [record.cited_year]]},
        **_held_by(record, venue),
        "volume": record.volume,
        "number" if venue and venue.type in ISSUERS else "issue": record.number,
        "page": "-".join(filter(None, pages)),
        "DOI": record.doi,
        "URL": paper_url(record),
        "language": record.language,
        "status": record.void,
    }
    return {name: value for name, value in item.items() if value}


def _title(line: str) -> str:
    """Return a title as plain text, with the markup of CSL around formulas: MLA would write `O(n Log n)`."""
    marked = '<span class="nocase">{}</span>'
    return "".join(marked.format(math_text(part.text)) if part.math else part.text for part in split(line))


def _held_by(record: Record, venue: Venue | None) -> dict[str, str | None]:
    if venue is None:
        number = f"arXiv:{record.arxiv}" if record.arxiv else None
        return {"genre": "preprint", "publisher": "arXiv" if record.arxiv else None, "number": number}
    if venue.type in ISSUERS:
        return {"genre": GENRES.get(venue.type), "publisher": venue.publisher or venue.name}
    short: str | None = venue.short
    if venue.type == "journal":  # styles want `J. Mach. Learn. Res.`, and print the whole name rather than `JMLR`
        short = next((alias for alias in venue.aliases if "." in alias), None)
    return {
        "container-title": venue.name,
        "container-title-short": short if short != venue.name else None,
        "publisher": venue.publisher,
    }


def _authors(record: Record) -> list[dict[str, str]]:
    """Return the names; a list that is not known in full ends with the literal `others`, as Pandoc writes it."""
    return [{"literal": OTHERS} if name == OTHERS else _author(name) for name in record.listed_authors]


def _author(written: str) -> dict[str, str]:
    name = parse_name(written)
    if name.corporate:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}
