"""Entries as the text of a bibliography file, written by bibtexparser."""

from collections.abc import Iterable

from bibtexparser import BibtexFormat, Library, writer  # type: ignore[attr-defined]
from bibtexparser.model import Entry as BibtexEntry
from bibtexparser.model import Field

from gen.citation.entry import BARE, Entry


def bibtex(entries: Iterable[Entry]) -> str:
    """Return the entries as one file, fields aligned, an empty line between two."""
    library = Library([_block(item) for item in entries])
    style = BibtexFormat()
    style.indent = "  "
    style.value_column = 17
    style.block_separator = "\n"
    style.trailing_comma = True
    return str(writer.write(library, style))


def _block(item: Entry) -> BibtexEntry:
    fields = [Field(name, value if name in BARE else f"{{{value}}}") for name, value in item.fields]
    return BibtexEntry(item.type, item.key, fields)
