"""The formats that citations are taken away in, each by the suffix of its files."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gen.citation.bibtex import bibtex
from gen.citation.csl import csl_item
from gen.citation.entry import Dialect, entry
from gen.citation.ris import ris
from gen.collection import Collection
from gen.record import Record, Venue


@dataclass(frozen=True, slots=True)
class Format:
    """A format that whole lists of papers are written in."""

    suffix: str
    """What a file's address ends with, without the first dot."""
    name: str
    """As readers say it."""
    media_type: str
    start: str = ""
    between: str = ""
    end: str = ""


FORMATS = {
    item.suffix: item
    for item in (
        Format("bib", "BibTeX", "application/x-bibtex", between="\n"),
        Format("biblatex.bib", "biblatex", "application/x-bibtex", between="\n"),
        Format("ris", "RIS", "application/x-research-info-systems", between="\r\n"),
        Format("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "[\n", ",\n", "\n]\n"),
    )
}
"""All formats, in the order in which they are offered."""

CACHED = 2**15
"""How many entries are kept: every one of a middling collection, and little memory of a large one."""


class Citations:
    """Every record's entry as text, made once in each format: pages and many files show the same ones."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._entry = lru_cache(maxsize=CACHED)(self._make)

    def one(self, record: Record, suffix: str = "bib") -> str:
        """Return a record's own file."""
        return self.file([record], suffix)

    def file(self, records: Iterable[Record], suffix: str) -> str:
        """Return several records as one file."""
        style = FORMATS[suffix]
        return style.start + style.between.join(self._entry(record.id, suffix) for record in records) + style.end

    def _make(self, name: str, suffix: str) -> str:
        record = self.collection.records[name]
        return write(record, self.collection.venue(record), suffix)


def write(record: Record, venue: Venue | None, suffix: str) -> str:
    """Return one record's entry in a format, without what stands around the entries of a file."""
    match suffix:
        case "bib":
            return bibtex([entry(record, venue, Dialect.BIBTEX)])
        case "biblatex.bib":
            return bibtex([entry(record, venue, Dialect.BIBLATEX)])
        case "ris":
            return ris(record, venue)
        case "csl.json":
            return json.dumps(csl_item(record, venue), ensure_ascii=False, indent=2)
    raise ValueError(f"no format {suffix!r}")
