"""Records as RIS, the tagged format that reference managers exchange (Research Information Systems, 2011)."""

from gen.citation.entry import page_range, paper_url
from gen.names import OTHERS, parse_name
from gen.record import ISSUERS, Record, Venue
from gen.text.plain import plain

TYPES = {
    "conference": "CPAPER",
    "workshop": "CPAPER",
    "journal": "JOUR",
    "thesis": "THES",
    "book": "CHAP",
    "report": "RPRT",
    "publisher": "BOOK",
}
"""Reference types by the venue's; a preprint is `UNPB`, as Zotero and others write it."""

REST = "et al."
"""Stands for the authors that are not known."""


def ris(record: Record, venue: Venue | None) -> str:
    """Return one reference, its lines ended as the format asks for."""
    pages = page_range(record.pages) or ("", "")
    tags = [("TY", TYPES[venue.type] if venue else "UNPB"), ("ID", record.id)]
    tags += [("AU", _author(name)) for name in record.listed_authors]
    tags += [("TI", plain(record.title)), ("PY", str(record.cited_year))]
    tags += [("DA", f"{record.cited_year}/{record.month:02}//" if record.month else "")]
    if venue:
        part = venue.type not in ISSUERS
        tags += [("T2", venue.name), ("PB", venue.publisher or "")] if part else [("PB", venue.name)]
    number = "SN" if venue and venue.type == "report" else "IS"  # where reference managers look for a report's number
    tags += [("VL", record.volume or ""), (number, record.number or ""), ("SP", pages[0]), ("EP", pages[1])]
    tags += [("DO", record.doi or ""), ("AN", f"arXiv:{record.arxiv}" if record.arxiv else "")]
    tags += [("UR", paper_url(record) or ""), ("LA", record.language)]
    tags += [("N1", record.void.capitalize())]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _author(written: str) -> str:
    """Return `Family, Given, Suffix`, the form of the format.

    After an organization's name stands a comma, and the first of its own is doubled, or EndNote would take it apart.
    """
    if written == OTHERS:
        return REST
    name = parse_name(written)
    if name.corporate:
        return name.family.replace(",", ",,", 1) if "," in name.family else f"{name.family},"
    parts = (name.last, name.given, name.suffix) if name.suffix else (name.last, name.given)
    return ", ".join(parts).rstrip(", ")
