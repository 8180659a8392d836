"""The search page and the files of its index."""

import json
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from gen.collection import Collection
from gen.pages.output import Batch, File, Output, Page, made_of
from gen.pieces import Tree, digest
from gen.search import STOPWORDS, entries, facets
from gen.store import Store

FOLDER = "search/"
TERMS = 8_000
"""About how many characters a piece of postings has; a query loads one for each word."""
DOCS = 3_000
"""About how many characters a piece has of what results show: some eight records."""
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
    from gen.postings import DIGITS, postings  # here, since it needs numpy, which takes its time to load

    found = entries(collection, store)
    terms, docs = Tree(f"{FOLDER}terms/", TERMS), Tree(f"{FOLDER}docs/", DOCS)
    rows = postings({number: (one.terms, one.weights) for number, (_, one) in found.items()})
    yield from terms.files((term, f'"{row}"') for term, row in rows.items())
    yield from docs.files((number, one.shown) for number, (_, one) in found.items())
    filters = _json(facets(found, collection))
    yield File(f"{FOLDER}facets/{digest(filters)}.json", lambda: filters)
    manifest = {
        "records": len(found),
        "digits": DIGITS,
        "stop": sorted(STOPWORDS),
        "facets": digest(filters),
        "terms": terms.branches,
        "docs": docs.branches,
    }
    yield File(f"{FOLDER}index.json", partial(_json, manifest))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
