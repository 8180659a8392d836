"""The search page and the pieces of its index."""

import hashlib
import json
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from gen.collection import Collection
from gen.pages.output import Batch, File, Output, Page, made_of
from gen.search import DOCS, STOPWORDS, facets, ordered, shown, term_pieces

FOLDER = "search/"


def pages(collection: Collection) -> Iterator[Output]:
    """Yield the page and the index."""
    description = "Search titles, names and annotations of all papers."
    papers = len(collection.records)
    script = Markup('<script type="module" src="../assets/js/search/page.js"></script>')
    yield Page("search/", "search.md.j2", "Search", description, lambda: {"records": papers}, lambda: str(script))
    yield Batch(partial(_index, collection), made_of(collection))


def _index(collection: Collection) -> Iterator[File]:
    """Yield every file of the index.

    The files that belong together stand in a folder named by their content: a browser that kept some of them
    from before an update never mixes them with others.
    """
    records = ordered(collection)
    pieces = term_pieces(collection)
    files: dict[str, object] = {f"terms/{number}.json": piece for number, piece in enumerate(pieces)}
    for number in range(0, len(records), DOCS):
        files[f"docs/{number // DOCS}.json"] = [shown(record, collection) for record in records[number : number + DOCS]]
    files["facets.json"] = facets(records, collection)
    digest = hashlib.sha256()
    for path, content in files.items():
        digest.update(f"{path}\n{_json(content)}\n".encode())
    folder = digest.hexdigest()[:12]
    for path, content in files.items():
        yield File(f"{FOLDER}{folder}/{path}", partial(_json, content))
    manifest = {
        "folder": folder,
        "records": len(records),
        "docs": DOCS,
        "stop": sorted(STOPWORDS),
        "starts": [next(iter(piece), "") for piece in pieces],
    }
    yield File(f"{FOLDER}index.json", partial(_json, manifest))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
