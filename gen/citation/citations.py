"""Records' entries as text, in each format: made once, and joined to files."""

from collections.abc import Iterable

from pydantic_core import to_json

from gen.citation.bibtex import bibtex
from gen.citation.csl import csl_item
from gen.citation.entry import Dialect, entry
from gen.citation.formats import FORMATS, SUFFIXES
from gen.citation.ris import ris
from gen.collection import Collection
from gen.record import Record, Venue
from gen.store import Store

TABLE = "citations"
"""Table of entries by what they are made of."""


class Citations:
    """Records' entries as text, made once in each format: pages and many files show the same ones."""

    def __init__(self, collection: Collection) -> None:
        self.key = collection.facts_key
        """Gives what a record's entries are made of."""
        self._venue = collection.venue
        self._entries: dict[str, tuple[str, ...]] = {}

    def write_all(self, records: Iterable[Record], store: Store) -> None:
        """Write the entries of all these that the store doesn't know, on all cores; others are written when needed."""
        items = {self.key(record): (record, self._venue(record)) for record in records}
        with store.table(TABLE) as table:
            entries = table.every(items, _in_each_format)
        self._entries = {record.id: entries[key] for key, (record, _) in items.items()}

    def _entry(self, record: Record) -> tuple[str, ...]:
        found = self._entries.get(record.id)
        if found is None:
            found = self._entries[record.id] = _in_each_format((record, self._venue(record)))
        return found

    def one(self, record: Record, suffix: str = "bib") -> str:
        """Return a record's own file."""
        return self.file([record], suffix)

    def file(self, records: Iterable[Record], suffix: str) -> str:
        """Return several records as one file."""
        return self.encoded(records, suffix).decode()

    def encoded(self, records: Iterable[Record], suffix: str) -> bytes:
        """Return several records as one file in UTF-8.

        One letter beyond the first 65,536 makes Python keep a text in four bytes a letter, so the whole is never one.
        """
        style = FORMATS[suffix]
        at = SUFFIXES.index(suffix)
        entries = style.between.encode().join([self._entry(record)[at].encode() for record in records])
        return b"".join((style.start.encode(), entries, style.end.encode()))


def _in_each_format(item: tuple[Record, Venue | None]) -> tuple[str, ...]:
    record, venue = item
    return tuple(write(record, venue, suffix) for suffix in SUFFIXES)


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
            return to_json(csl_item(record, venue), indent=2).decode()
    raise ValueError(f"no format {suffix!r}")
