"""The whole of a record as data: a line of `papers.jsonl`, as gen/paper_schema.py has it, and a row of `papers.csv`."""

import csv
import io
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, Literal

from pydantic_core import to_json

from gen import addresses
from gen.citation.entry import paper_url
from gen.collection import Collection
from gen.names import OTHERS, parse_name
from gen.pdf import pdf
from gen.record import Record
from gen.text.plain import plain

VERSION: Literal[1] = 1
"""Version of the format of a line."""


def paper_data(record: Record, collection: Collection, author: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return a record as data, in the order of the format's fields.

    Args:
        record: values that the format takes over as they are stand in it as they are.
        collection: knows the venue and the areas.
        author: makes the data of an author's name as written.
    """
    venue = collection.venue(record)
    return {
        "version": VERSION,
        "id": record.id,
        "former_ids": record.former_ids,
        "page": addresses.record(record),
        "title": record.title,
        "title_text": plain(record.title),
        "also_titled": record.also_titled,
        "authors": [author(name) for name in record.named_authors],
        "authors_complete": record.complete_authors,
        "year": record.year,
        "published": record.published,
        "month": record.month,
        "venue": {"key": record.venue, "short": venue.short, "name": venue.name, "type": venue.type} if venue else None,
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages,
        "doi": record.doi,
        "arxiv": record.arxiv,
        "url": paper_url(record),
        "pdf": pdf(record),
        "links": record.links,
        "language": record.language,
        "notice": record.notice,
        "system": record.system,
        "kind": record.kind,
        "topics": record.topics,
        "areas": sorted(collection.areas_of(record)),
        "summary": record.summary,
        "annotation": record.annotation,
        "results": record.results,
        "benchmarks": record.benchmarks,
        "builds_on": record.builds_on,
        "relations": record.relations,
        "annotated": record.annotated,
        "added": record.added,
    }


def _author(collection: Collection, written: str) -> dict[str, Any]:
    name = parse_name(written)
    return {
        "name": name.full,
        "family": name.last,
        "given": name.given,
        "suffix": name.suffix,
        "organization": name.corporate,
        "page": addresses.written_person(collection, written),
        "orcid": collection.orcid(written),
    }


def jsonl(collection: Collection) -> bytes:
    """Return every record as one line of JSON, in the order of ids.

    In UTF-8, since it is large: one letter beyond the first 65,536 makes Python keep a text in four bytes a letter.
    """
    author = lru_cache(maxsize=2**12)(partial(_author, collection))  # those of all would take much memory
    lines = io.BytesIO()
    for record in collection.records.values():
        lines.write(line(record, collection, author))
    return lines.getvalue()


def line(record: Record, collection: Collection, author: Callable[[str], dict[str, Any]] | None = None) -> bytes:
    """Return one record's line; `author` makes the data of a name, if somebody keeps them."""
    return to_json(paper_data(record, collection, author or partial(_author, collection))) + b"\n"


ROW_END = "\r\n"
COLUMNS = (
    "id", "title", "authors", "year", "month", "venue", "venue_name", "volume", "number", "pages", "doi", "arxiv",
    "url", "code", "system", "kind", "topics", "summary", "annotated_by", "annotated_on", "added",
    "notice",
)  # fmt: skip


def table(collection: Collection) -> str:
    """Return all records as CSV (RFC 4180), lists with semicolons, the annotations left out."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator=ROW_END)
    writer.writerow(COLUMNS)
    for record in collection.records.values():
        writer.writerow(map(cell, _cells(record, collection)))
    return lines.getvalue()


def row(record: Record, collection: Collection) -> bytes:
    """Return one record's row, with the end of the row before it."""
    text = io.StringIO()
    csv.writer(text, lineterminator=ROW_END).writerow(map(cell, _cells(record, collection)))
    return (ROW_END + text.getvalue()).encode()


def _cells(record: Record, collection: Collection) -> Iterable[object]:
    venue = collection.venue(record)
    names = [name if name == OTHERS else parse_name(name).inverted for name in record.listed_authors]
    noted = record.annotated
    return (
        record.id, plain(record.title), "; ".join(names), record.year, record.month,
        venue and venue.short, venue and venue.name, record.volume, record.number, record.pages,
        record.doi, record.arxiv, paper_url(record), record.links.code, plain(record.system or ""), record.kind,
        "; ".join(record.topics), record.summary, noted and noted.by, noted and noted.on, record.added,
        record.notice and record.notice.kind,
    )  # fmt: skip


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
