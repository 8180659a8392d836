"""What a record is cited as: its entry type and fields in one of two dialects.

BibTeX's types and fields are those of btxdoc (Patashnik 1988), with `eprint` and `archiveprefix` as arXiv
gives them; biblatex's are those of its manual, section 2.
"""

from dataclasses import dataclass
from enum import Enum

from gen.citation.capitals import protected_words
from gen.names import OTHERS, Name, parse_name
from gen.record import Record, Venue
from gen.text.latex import latex, latex_words


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


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BARE = frozenset({"month"})
"""Fields whose value is a macro, written without braces."""

_TYPES = {
    "conference": ("inproceedings", "booktitle"),
    "workshop": ("inproceedings", "booktitle"),
    "journal": ("article", "journal"),
    "thesis": ("phdthesis", "school"),
    "book": ("incollection", "booktitle"),
    "report": ("techreport", "institution"),
}
_BIBLATEX_TYPES = {"phdthesis": "thesis", "techreport": "report", "misc": "online"}
_BIBLATEX_FIELDS = {"journal": "journaltitle", "school": "institution"}
_LANGUAGES = {
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


def entry(record: Record, venue: Venue | None, dialect: Dialect) -> Entry:
    """Return the citation of a record; empty fields are left out, the rest keep a fixed order."""
    ascii_only = dialect is Dialect.BIBTEX
    kind, holder = _TYPES[venue.type] if venue else ("misc", "")
    fields = [("author", authors(record, dialect)), ("title", title(record.title, ascii_only=ascii_only))]
    if venue:
        fields.append((holder, latex(venue.name, ascii_only=ascii_only)))
    parts = {"volume": record.volume, "number": record.number, "pages": _pages(record.pages)}
    numbers = [(name, latex_words(value, ascii_only=ascii_only)) for name, value in parts.items() if value]
    if dialect is Dialect.BIBTEX:
        dates = [("year", str(record.year)), ("month", _MONTHS[record.month - 1] if record.month else "")]
        eprint = [("eprint", record.arxiv), ("archiveprefix", "arXiv" if record.arxiv else None)]
        rest = []
    else:
        fields = [(_BIBLATEX_FIELDS.get(name, name), value) for name, value in fields]
        thesis = [("type", "phdthesis")] if kind == "phdthesis" else []
        dates = [*thesis, ("date", f"{record.year}-{record.month:02}" if record.month else str(record.year))]
        eprint = [("eprint", record.arxiv), ("eprinttype", "arxiv" if record.arxiv else None)]
        rest = [("langid", _LANGUAGES.get(record.language, "")), ("ids", ", ".join(record.former_ids))]
        kind = _BIBLATEX_TYPES.get(kind, kind)
    fields += [*dates, *numbers]
    fields += [(name, value or "") for name, value in (*eprint, ("doi", record.doi), ("url", address(record)))]
    return Entry(kind, record.id, tuple((name, value) for name, value in (*fields, *rest) if value))


def address(record: Record) -> str | None:
    """Return where the paper is found: the publisher's page, else the DOI, else arXiv."""
    if record.links.paper:
        return record.links.paper
    if record.doi:
        return f"https://doi.org/{record.doi}"
    return f"https://arxiv.org/abs/{record.arxiv}" if record.arxiv else record.links.pdf


def authors(record: Record, dialect: Dialect) -> str:
    """Return the names as BibTeX reads them: `Family, Given and ... and others`.

    Where no author is known, BibTeX's styles complain about a missing field, so `Anonymous` stands there;
    biblatex does without.
    """
    names = [
        person(parse_name(name), ascii_only=dialect is Dialect.BIBTEX) for name in record.authors if name != OTHERS
    ]
    if not names:
        return "{Anonymous}" if dialect is Dialect.BIBTEX else ""
    return " and ".join(names if record.complete_authors else [*names, OTHERS])


def person(name: Name, *, ascii_only: bool) -> str:
    """Return one name for an author field; a corporate name is braced so that it is not taken apart."""

    def write(part: str) -> str:
        return latex_words(part, ascii_only=ascii_only)

    if name.corporate:
        return f"{{{write(name.family)}}}"
    last = write(name.last)
    if " and " in f" {name.full.lower()} " or "," in name.last:
        last = f"{{{last}}}"
    return ", ".join(part for part in (last, write(name.suffix), write(name.given)) if part)


def title(text: str, *, ascii_only: bool) -> str:
    """Return a title as LaTeX with the words that need their capitals between braces."""

    def words(segment: str) -> str:
        pieces = protected_words(segment)
        encoded = ((latex_words(piece, ascii_only=ascii_only), protect) for piece, protect in pieces)
        return "".join(f"{{{piece}}}" if protect else piece for piece, protect in encoded)

    return latex(text, ascii_only=ascii_only, words=words)


def _pages(pages: str | None) -> str | None:
    """Write a range with the two hyphens that make LaTeX's en dash."""
    return pages.replace("–", "-").replace("--", "-").replace("-", "--") if pages else None
