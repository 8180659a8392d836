"""The search page and the files of its index."""

import json
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from gen import bm25
from gen.collection import Collection
from gen.pages.output import Batch, File, Output, Page, made_of
from gen.pieces import Amended, Change, Entries, Key, Read, Tree, compact, digest, lot
from gen.record import Record
from gen.search import STOPWORDS, entries, entry, facets, numbered, places, sorted_title
from gen.store import Store

FOLDER = "search/"
TERMS = 8_000
"""About how many characters a piece of postings has; a query loads one for each word."""
DOCS = 3_000
"""About how many characters a piece has of what results show: some eight records."""
MANIFEST = f"{FOLDER}index.json"
LENGTH = "length"
"""Table of how much all terms of all records count in the index, in quarters, under its own name."""
_NO_STORE = Store(None)


def pages(collection: Collection, store: Store = _NO_STORE) -> Iterator[Output]:
    """Yield the page and the index; the store keeps what the index takes of each record."""
    description = "Search titles, names and annotations of all papers."
    papers = len(collection.records)
    script = Markup('<script type="module" src="../assets/js/search/page.js"></script>')
    yield Page("search/", "search.md.j2", "Search", description, lambda: {"records": papers}, lambda: str(script))
    yield Batch(partial(_index, collection, store), made_of(collection))


def _index(collection: Collection, store: Store) -> Iterator[File]:
    """Yield every file of the index, the one that leads to all others last."""
    from gen.postings import postings  # here, since it needs numpy, which takes its time to load

    found = entries(collection, store)
    store.save(LENGTH, {LENGTH: sum(sum(one.weights) for _, one in found.values())})
    terms, docs = _trees()
    table = postings({number: (one.terms, one.weights) for number, (_, one) in found.items()})
    yield from terms.files((term, f'"{row}"') for term, row in table.items())
    yield from docs.files((number, one.shown) for number, (_, one) in found.items())
    filters = _facets(facets(found, collection))
    yield filters.file
    yield _manifest(len(found), filters.name, terms.branches, docs.branches)


class _Facets(NamedTuple):
    """The file of the facets."""

    name: str
    file: File


def _facets(table: object) -> _Facets:
    content = compact(table)
    name = digest(content)
    return _Facets(name, File(_facets_path(name), partial(str, content)))


def _facets_path(name: str) -> str:
    return f"{FOLDER}facets/{name}.json"


def _trees() -> tuple[Tree, Tree]:
    return Tree(f"{FOLDER}terms/", TERMS), Tree(f"{FOLDER}docs/", DOCS)


def _manifest(records: int, filters: str, terms: Entries, docs: Entries) -> File:
    stop = sorted(STOPWORDS)
    manifest = {
        "records": records,
        "digits": bm25.DIGITS,
        "stop": stop,
        "facets": filters,
        "terms": terms,
        "docs": docs,
    }
    return File(MANIFEST, partial(compact, manifest))


def amended(
    collection: Collection, edits: Iterable[tuple[Record, Record]], length: int, read: Read
) -> tuple[Amended, int] | None:
    """Return what edited notes and details change of the index's files: the same as if all were made anew.

    Args:
        collection: after the edits; of its records, only ids and some titles are looked at.
        edits: each record before and after; they stand in the same lists and have the same facets.
        length: how much all terms counted before, as the store has it in the table `LENGTH`.
        read: reads the index's files before.

    Returns:
        The files, the one that leads to all others last, and how much all terms count now; None if all must be made
        anew, since records are another length on average, or the files before aren't those of the records before.
    """
    try:
        return _amended(collection, list(edits), length, read)
    except (OSError, LookupError, TypeError, ValueError):  # a file is missing, or isn't what it should be
        return None


def _amended(
    collection: Collection, edits: list[tuple[Record, Record]], length: int, read: Read
) -> tuple[Amended, int] | None:
    known, records = json.loads(read(MANIFEST)), len(collection.records)
    terms, docs = _trees()
    usual, after = bm25.average(length, records), length
    shown: dict[Key, Change] = {}
    scores: defaultdict[Key, dict[int, tuple[str, str]]] = defaultdict(dict)
    for pair in edits:
        old, new = (entry(record, collection) for record in pair)
        after += sum(new.weights) - sum(old.weights)
        drawn = int(places(records) * lot(pair[1].id))
        number = next((int(key) for key, value in docs.since(known["docs"], drawn, read) if value == old.shown), None)
        if number is None:
            return None
        if old.shown != new.shown:
            shown[number] = partial(_now, new.shown)
        before, now = (bm25.scores((one.terms, one.weights), usual) for one in (old, new))
        for term in before.keys() | now.keys():
            if before.get(term) != now.get(term):
                scores[term][number] = before.get(term, ""), now.get(term, "")
    if known["records"] != records or bm25.average(after, records) != usual:
        return None
    changes = {term: partial(_row, digits) for term, digits in scores.items()}
    parts = [terms.amended(known["terms"], changes, read), docs.amended(known["docs"], shown, read)]
    filters = known["facets"]
    if names := {new.id for old, new in edits if old.title != new.title}:
        content = read(_facets_path(filters))
        if digest(content) != filters:
            return None
        table = _facets(_retitled(json.loads(content), collection, names))
        if table.name != filters:
            parts.append(Amended([table.file], [_facets_path(filters)]))
            filters = table.name
    manifest = _manifest(records, filters, terms.branches, docs.branches)
    files = [file for part in parts for file in part.files]
    return Amended([*files, manifest], [path for part in parts for path in part.gone]), after


def _retitled(table: dict[str, Any], collection: Collection, names: Set[str]) -> dict[str, Any]:
    """Return the table of facets with some papers at their present place in the order of titles."""
    known = {number: name for name, number in numbered(collection.records).items()}
    ids = [known[number] for number in table["numbers"]]

    def place(row: int) -> tuple[str, str]:
        return sorted_title(collection.records[ids[row]]), ids[row]

    order = [row for row in table["titles"] if ids[row] not in names]
    for row in (row for row, name in enumerate(ids) if name in names):
        insort(order, row, key=place)
    return {**table, "titles": order}


def _now(after: str, _: str | None) -> str:
    return after


def _row(scores: Mapping[int, tuple[str, str]], value: str | None) -> str | None:
    """Return a row with other scores, both as JSON.

    Raises:
        ValueError: the scores are not those before.
    """
    row = bm25.changed(value[1:-1] if value else "", scores)
    return f'"{row}"' if row else None
