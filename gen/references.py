"""What `[@id]` in a text points to and shows."""

from collections.abc import Mapping

from gen import addresses
from gen.names import short_authors
from gen.record import Record
from gen.text.plain import plain
from gen.text.prose import Target


def reference(records: Mapping[str, Record], name: str) -> Target | None:
    """Return the page, the name of the paper's system or its authors and year, and the title; None for no record."""
    record = records.get(name)
    if record is None:
        return None
    authors, year, system = short_authors(record.authors), record.year, record.system
    label, within = (system, system) if system else (f"{authors} ({year})", f"{authors}, {year}")
    return Target(addresses.record(record), label, within, plain(record.title))
