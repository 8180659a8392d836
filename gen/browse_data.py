"""The whole collection as columns, for the table that the browser filters and sorts.

Every column is a list in the order of ids. What repeats (venues, topics, kinds, days, names) stands once in a
dictionary of its own; the column holds places in it. 20,000 papers are about 1.5 MB when sent compressed.
"""

import json
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from gen.collection import Collection
from gen.names import OTHERS, parse_name
from gen.record import Record
from gen.text.plain import plain

K = TypeVar("K", bound=Hashable)


class Dictionary(Generic[K]):
    """Values in the order of their first use."""

    def __init__(self) -> None:
        self.places: dict[K, int] = {}

    def place(self, value: K) -> int:
        """Return where a value stands."""
        return self.places.setdefault(value, len(self.places))


def browse_data(collection: Collection) -> str:
    """Return the collection as JSON."""
    records = list(collection.records.values())
    details = list(map(_details, records))
    names, venues, topics, kinds, days = (Dictionary[str]() for _ in range(5))
    columns = {
        "id": [record.id for record in records],
        "title": [plain(record.title) for record in records],
        "system": _sparse(record.system and plain(record.system) for record in records),
        "year": [record.year for record in records],
        "authors": [_authors(record, names) for record in records],
        "venue": [_optional(record.venue, venues) for record in records],
        "kind": [_optional(record.kind, kinds) for record in records],
        "topics": [[topics.place(slug) for slug in record.topics] for record in records],
        "added": [_optional(record.added.isoformat() if record.added else None, days) for record in records],
        **{name: _sparse(row[name] for row in details) for name in ("notice", "code", "arxiv", "doi")},
    }
    dictionaries = {
        "authors": list(names.places),
        "venue": [[key, collection.venues[key].short if key in collection.venues else key] for key in venues.places],
        "kind": [[kind, kind] for kind in kinds.places],
        "topics": [
            [slug, plain(collection.topics[slug].title) if slug in collection.topics else slug]
            for slug in topics.places
        ],
        "added": [[day, day] for day in days.places],
    }
    return _json({"rows": len(records), "dictionaries": dictionaries, "columns": columns})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def amended(content: bytes, edited: Iterable[Record]) -> str:
    """Return the columns with the details of some papers as they are now.

    Raises:
        ValueError, LookupError: the columns aren't those of a collection with these papers.
    """
    data = json.loads(content)
    columns = data["columns"]
    for record in edited:
        row = columns["id"].index(record.id)
        columns["title"][row] = plain(record.title)
        for name, value in _details(record).items():
            sparse = {int(key): known for key, known in columns[name].items() if int(key) != row}
            columns[name] = dict(sorted((sparse | ({row: value} if value else {})).items()))
    return _json(data)


def _details(record: Record) -> dict[str, str | None]:
    """Return what few papers have of that which an edit may change and leave the paper where it stands."""
    notice = record.notice.kind if record.notice else None
    return {"notice": notice, "code": record.links.code, "arxiv": record.arxiv, "doi": record.doi}


def _authors(record: Record, names: Dictionary[str]) -> list[int]:
    """Return the places of the authors' names; -1 last stands for others."""
    return [-1 if name == OTHERS else names.place(parse_name(name).full) for name in record.authors]


def _optional(value: str | None, dictionary: Dictionary[str]) -> int:
    return -1 if value is None else dictionary.place(value)


def _sparse(values: Iterable[str | None]) -> dict[int, str]:
    """Return what few papers have, by row."""
    return {row: value for row, value in enumerate(values) if value}
