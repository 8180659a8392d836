"""Entries as the text of a bibliography file, written by bibtexparser."""

from collections.abc import Iterable

from bibtexparser import BibtexFormat, Library, writer  # type: ignore[attr-defined]
from bibtexparser.model import Entry as BibtexEntry
from bibtexparser.model import Field

from gen.citation.entry import BARE, Dialect, Entry, entry
from gen.collection import Collection
from gen.record import Record


def bibtex(entries: Iterable[Entry]) -> str:
    """Return the entries as one file, fields aligned, an empty line between two."""
    library = Library([_block(item) for item in entries])
    style = BibtexFormat()
    style.indent = "  "
    style.value_column = 17
    style.block_separator = "\n"
    style.trailing_comma = True
    return str(writer.write(library, style))


class Citations:
    """Every record's entry as text, made once in each dialect: pages and many files show the same ones."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._texts: dict[tuple[str, Dialect], str] = {}

    def one(self, record: Record, dialect: Dialect) -> str:
        """Return a record's entry."""
        key = (record.id, dialect)
        if key not in self._texts:
            self._texts[key] = bibtex([entry(record, self.collection.venue(record), dialect)])
        return self._texts[key]

    def file(self, records: Iterable[Record], dialect: Dialect) -> str:
        """Return the entries of several records as one file."""
        return "\n".join(self.one(record, dialect) for record in records)


def _block(item: Entry) -> BibtexEntry:
    fields = [Field(name, value if name in BARE else f"{{{value}}}") for name, value in item.fields]
    return BibtexEntry(item.type, item.key, fields)
