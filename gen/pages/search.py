"""The search page and the pieces of its index."""

import json
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from gen.collection import Collection
from gen.pages.output import File, Output, Page
from gen.search import DOCS, facets, piece_name, shown, term_pieces

FOLDER = "search/"


def pages(collection: Collection) -> Iterator[Output]:
    """Yield the page and every piece."""
    description = "Search titles, names and annotations of all papers."
    script = Markup('<script type="module" src="../assets/js/search/page.js"></script>')
    yield Page(
        "search/",
        "search.md.j2",
        "Search",
        description,
        lambda: {"records": len(collection.records)},
        lambda: str(script),
    )
    pieces = term_pieces(collection)
    for prefix, piece in pieces.items():
        yield File(f"{FOLDER}terms/{piece_name(prefix)}.json", partial(_json, piece))
    records = list(collection.records.values())
    for number in range(0, len(records), DOCS):
        chunk = [shown(record, collection) for record in records[number : number + DOCS]]
        yield File(f"{FOLDER}docs/{number // DOCS}.json", partial(_json, chunk))
    yield File(f"{FOLDER}facets.json", lambda: _json(facets(records, collection)))
    manifest = {"records": len(records), "docs": DOCS, "pieces": {prefix: piece_name(prefix) for prefix in pieces}}
    yield File(f"{FOLDER}index.json", partial(_json, manifest))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
