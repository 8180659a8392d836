"""What a record is cited as: its entry type and fields in one of two dialects.

BibTeX's types and fields are those of btxdoc (Patashnik 1988), with `eprint` and `archiveprefix` as arXiv
gives them; biblatex's are those of its manual, section 2.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from gen import addresses
from gen.citation.capitals import protected_words
from gen.names import OTHERS, Name, parse_name
from gen.record import Record, Venue
from gen.text.latex import curled, latex, latex_words


class Dialect(Enum):
    """The two ways to write a bibliography file."""

    BIBTEX = "bibtex"
    """ASCII with accents as LaTeX commands, `year` and `month`; for `bibtex`."""
    BIBLATEX = "biblatex"
    """UTF-8, `date`, `eprinttype`, `ids`; for `biber`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a bibliography file; field values are LaTeX, without outer braces."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's macros."""
BARE = frozenset({"month"})
"""Fields whose value is a macro, written without braces."""

_TYPES = {
    "conference": ("inproceedings", "booktitle"),
    "workshop": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "thesis": ("phdthesis", "school"),
    "book": ("incollection", "booktitle"),
    "report": ("techreport", "institution"),
    "publisher": ("book", "publisher"),
}
_IN_SERIES = ("inproceedings", "incollection", "book")
_BIBLATEX_TYPES = {"phdthesis": "thesis", "techreport": "report", "misc": "online", "incollection": "inbook"}
"""A part of a collection has editors in the data model, whom records don't name."""
_BIBLATEX_FIELDS = {"journal": "journaltitle", "school": "institution"}
_UNKNOWN = {
    "article": ("publisher",),
    "phdthesis": ("publisher", "volume", "number"),
    "techreport": ("publisher", "volume"),
    "misc": ("volume", "number", "pages"),
}
"""Fields that biblatex's data model doesn't have for what these become."""
LANGUAGES = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
    "nl": "dutch",
    "pl": "polish",
    "zh": "chinese",
    "ja": "japanese",
}
"""What biblatex calls the languages that it sets titles in (`langid`)."""


def entry(record: Record, venue: Venue | None, dialect: Dialect) -> Entry:
    """Return the citation of a record; empty fields are left out, the rest keep a fixed order."""
    ascii_only = dialect is Dialect.BIBTEX
    kind, holder = _TYPES[venue.type] if venue else ("misc", "")
    fields = [("author", authors(record, dialect)), ("title", title(record, ascii_only=ascii_only))]
    if venue:
        fields.append((holder, latex(venue.name, ascii_only=ascii_only)))
        if venue.type != "publisher":
            fields.append(("publisher", latex(venue.publisher or "", ascii_only=ascii_only)))
    parts = {"volume": record.volume, "number": record.number, "pages": pages(record.pages)}
    numbers = {name: latex_words(value, ascii_only=ascii_only) for name, value in parts.items() if value}
    fields += _bibtex(record, kind, numbers) if ascii_only else _biblatex(record, kind, numbers)
    if not ascii_only:
        unknown = _UNKNOWN.get(kind, ())
        fields = [(_BIBLATEX_FIELDS.get(name, name), value) for name, value in fields if name not in unknown]
        if kind != "misc" or paper_url(record):  # nothing is online without an address
            kind = _BIBLATEX_TYPES.get(kind, kind)
    return Entry(kind, record.id, tuple((name, value) for name, value in fields if value))


def _bibtex(record: Record, kind: str, numbers: dict[str, str]) -> list[tuple[str, str]]:
    """Return the fields after the holder's, in the form that BibTeX's styles take without a warning.

    They warn of what is missing, such as the publisher of a book whose venue names none.
    """
    fields = [("year", str(record.cited_year)), ("month", MONTHS[record.month - 1] if record.month else "")]
    note = [record.void]
    if "number" in numbers and (kind in _IN_SERIES or (kind == "article" and "volume" not in numbers)):
        # The standard styles know a number of a series alone and never beside a volume, of a journal beside one alone.
        note.append(f"number {numbers.pop('number')}")
    fields += [*numbers.items(), ("note", _note(note))]
    fields += [("eprint", record.arxiv or ""), ("archiveprefix", "arXiv" if record.arxiv else "")]
    return [*fields, ("doi", verbatim(record.doi)), ("url", verbatim(paper_url(record)))]


def _biblatex(record: Record, kind: str, numbers: dict[str, str]) -> list[tuple[str, str]]:
    """Return the fields after the holder's, as biblatex's data model has them."""
    outside = [name for name in numbers if name in _UNKNOWN.get(kind, ())]
    if not re.fullmatch("[0-9]+", numbers.get("volume", "0")) and "volume" not in outside:
        outside.append("volume")  # the data model knows whole numbers only, and biber leaves out any other volume
    note = [record.void, *(f"{name} {numbers.pop(name)}" for name in outside)]
    fields = [
        ("type", kind if kind in ("phdthesis", "techreport") else ""),
        ("date", f"{record.cited_year}-{record.month:02}" if record.month else str(record.cited_year)),
        *numbers.items(),
        ("note", _note(note)),
        ("eprint", record.arxiv or ""),
        ("eprinttype", "arxiv" if record.arxiv else ""),
        ("doi", verbatim(record.doi)),
        ("url", verbatim(paper_url(record))),
        ("langid", LANGUAGES.get(record.language.partition("-")[0], "")),
    ]
    return [*fields, ("ids", ", ".join(record.former_ids))]


def _note(parts: list[str]) -> str:
    note = ", ".join(filter(None, parts))
    return note[:1].upper() + note[1:]


def paper_url(record: Record) -> str | None:
    """Return where the paper is found: the publisher's page, else the DOI, else arXiv."""
    if record.links.paper:
        return record.links.paper
    if record.doi:
        return addresses.doi(record.doi)
    return addresses.arxiv(record.arxiv) if record.arxiv else record.links.pdf


def authors(record: Record, dialect: Dialect) -> str:
    """Return the names as BibTeX reads them: `Family, Given and ... and others`.

    Where no author is known, BibTeX's styles complain about a missing field, so `Anonymous` stands there;
    biblatex does without.
    """
    ascii_only = dialect is Dialect.BIBTEX
    # A name in ASCII is the same in both dialects, so it is written once for both.
    names = [_person(name, ascii_only or name.isascii()) for name in record.named_authors]
    if not names:
        return "{Anonymous}" if dialect is Dialect.BIBTEX else ""
    return " and ".join(names if record.complete_authors else [*names, OTHERS])


@lru_cache(maxsize=256)
def _person(written: str, ascii_only: bool) -> str:
    return person(parse_name(written), ascii_only=ascii_only)


def person(name: Name, *, ascii_only: bool) -> str:
    """Return one name for an author field; a corporate name is braced so that it is not taken apart."""

    def write(part: str) -> str:
        encoded = latex_words(part, ascii_only=ascii_only)
        # What BibTeX would read as the end of a part or of the name, or as no part; a pair of braces hides it.
        return f"{{{encoded}}}" if "," in part or _AND.search(part) or _SIGNS.fullmatch(part) else encoded

    if name.corporate:
        return f"{{{latex_words(name.family, ascii_only=ascii_only)}}}"
    if not name.given and not name.suffix and (" " in name.last or name.last == OTHERS):
        return f"{{{latex_words(name.last, ascii_only=ascii_only)}}}"
    family = write(name.family)
    if not name.particle and name.family[:1].islower():
        # BibTeX would take it for a particle and lose its hyphen, biblatex would print it twice.
        family = f"{{{family}}}"
    last = f"{write(name.particle)} {family}" if name.particle else family
    return ", ".join(part for part in (last, write(name.suffix), write(name.given)) if part)


_AND = re.compile(r"(^|\s)and(\s|$)", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")


def title(record: Record, *, ascii_only: bool) -> str:
    """Return a record's title as LaTeX with the words that need their capitals between braces."""
    same = record.title.isascii() and '"' not in record.title  # a straight quote becomes a curled one
    return _title(record.title, record.system or "", ascii_only or same)


@lru_cache(maxsize=16)  # most titles are the same in both dialects, one after the other
def _title(line: str, system: str, ascii_only: bool) -> str:
    first = curled(line)

    def words(segment: str) -> str:
        pieces = protected_words(segment, system, begins=first.startswith(segment))
        encoded = [(latex_words(piece, ascii_only=ascii_only), protect) for piece, protect in pieces]
        return "".join([f"{{{piece}}}" if protect else piece for piece, protect in encoded])

    return latex(line, ascii_only=ascii_only, words=words)


def page_range(written: str | None) -> tuple[str, str] | None:
    """Return the first and last page; the last is empty where there is one only, or an article number."""
    if not written:
        return None
    first, *rest = _RANGE.split(_whole(written))
    return first, "-".join(rest)


def pages(written: str | None) -> str | None:
    """Write a range with the two hyphens that make LaTeX's en dash."""
    return _RANGE.sub("--", _whole(written)) if written else None


def _whole(written: str) -> str:
    """Return pages with the digits that a range leaves out of its last one: `429-57` ends on 457."""
    cut = _SHORT.fullmatch(written)
    return f"{cut[1]}-{cut[1][: -len(cut[2])]}{cut[2]}" if cut and len(cut[2]) < len(cut[1]) else written


_SHORT = re.compile(r"([0-9]+)\s*(?:--|[-–—])\s*([0-9]+)")
_RANGE = re.compile(r"\s*(?:--|[-–—])\s*")


def verbatim(text: str | None) -> str:
    """Return an address or identifier with the few characters encoded that would unbalance an entry."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", text) if text else ""
