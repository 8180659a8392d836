"""What every reader yields, and what all of them do with the same fields."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gen.citation.entry import MONTHS
from gen.facts.facts import Facts, arxiv_id, doi, find_arxiv_id
from gen.names import OTHERS
from gen.record import FIRST_YEAR, LAST_YEAR


@dataclass(slots=True)
class Entry:
    """One entry of a file, as facts."""

    line: int
    """1-based line where it starts."""
    key: str
    """Citation key, or empty."""
    facts: Facts
    left: list[str] = field(default_factory=list)
    """Fields that a record has no place for."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a file that can't be read as an entry."""

    line: int
    key: str
    why: str
    """In words, without a full stop."""


def year_month(text: str) -> tuple[int | None, int | None]:
    """Return year and month of a date in any of the usual forms: `2023`, `2023-05-01`, `2023/5//`, `May 2023`.

    A year is one that a record can have.
    """
    for found in re.finditer(r"(?<!\d)([0-9]{4})(?!\d)(?:[-/]([0-9]{1,2})(?!\d))?", text):
        if FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return int(found[1]), int(found[2]) if found[2] else month(text)
    return None, None


def month(text: str) -> int | None:
    """Return the month that a number or a name stands for, or None."""
    number = re.fullmatch(r"\s*([0-9]{1,2})\s*", text)
    if number:
        return int(number[1]) if 1 <= int(number[1]) <= 12 else None
    name = re.search(rf"\b({'|'.join(MONTHS)})", text.lower())
    return MONTHS.index(name[1]) + 1 if name else None


_ET_AL = re.compile(r"(?<![\s,])[\s,]*\bet\.? al\.?,?$", re.IGNORECASE)


def read_names(written: Iterable[str], read: Callable[[str], str]) -> list[str]:
    """Return authors as a record names them.

    Args:
        written: their names; after one may stand `et al.`, which is `others`.
        read: takes a name in the format's own way, and gives nothing for what is none.
    """
    found = []
    for name in written:
        alone, cut = _ET_AL.subn("", name)
        found += [read(alone), OTHERS] if cut else [read(name)]
    return [name for name in found if name]


def add_identifiers(facts: Facts, texts: Mapping[str, str]) -> None:
    """Find identifiers and links.

    Args:
        facts: what they are added to.
        texts: values by what they are: `doi`, `arxiv` (an id for certain), `url`, `pdf`, and anything else, in
            which an id counts only beside the word arXiv.
    """
    found = doi(texts.get("doi", ""))
    facts.arxiv = arxiv_id(texts.get("arxiv", "")) or (arxiv_id(found) if found else None) or ""
    facts.doi = found if found and not arxiv_id(found) else ""
    for name, text in texts.items():
        if name not in ("doi", "arxiv") and not facts.arxiv:
            facts.arxiv = find_arxiv_id(text) or ""
    for name in ("url", "pdf"):
        address = texts.get(name, "").strip()
        if not re.match(r"https?://", address) or re.match(r"https?://(?:www\.)?arxiv\.org/", address):
            continue
        if re.match(r"https?://(?:dx\.)?doi\.org/", address):
            facts.doi = facts.doi or doi(address) or ""
        else:
            place = "pdf" if name == "pdf" or address.lower().endswith(".pdf") else "paper"
            facts.links.setdefault(place, address)
