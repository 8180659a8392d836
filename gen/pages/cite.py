"""The page of citation tools, the page of the pick list, and what the browser needs for both."""

from collections.abc import Iterator
from functools import partial

from gen.citation.lookup import facts, pieces, pieces_of
from gen.collection import Collection
from gen.pages import head
from gen.pages.output import Batch, File, Output, Page, made_of
from gen.pieces import compact


def assets(base: str, script: str) -> str:
    """Return the head elements of a page that has something to cite; `script` is one of `assets/js/cite/`."""
    return head.assets(base, "css/cite.css", f"js/cite/{script}.js")


def pages(collection: Collection) -> Iterator[Output]:
    """Yield both pages, the pieces of the index by which they find papers, and the names of venues."""
    number = pieces_of(len(collection.records))
    yield Batch(partial(_index, collection), lambda: ("lookup", list(map(facts, collection.records.values()))))
    names = [list(dict.fromkeys((v.name, v.short, *v.aliases))) for v in collection.venues.values()]
    yield File("cite/venues.json", partial(compact, names), made_of(names))
    yield Page(
        "cite/",
        "cite.md.j2",
        "Cite",
        "Get the BibTeX of just the papers that you cite, and check a .bib file against this bibliography.",
        lambda: {"pieces": number, "papers": len(collection.records)},
        lambda: assets("../", "tools"),
        "text",
    )
    yield Page(
        "picks/",
        "picks.md.j2",
        "Pick list",
        "The papers that you picked, to cite, download or share.",
        lambda: {"pieces": number},
        lambda: assets("../", "picks"),
        "text",
    )


def _index(collection: Collection) -> Iterator[File]:
    for number, piece in enumerate(pieces(list(collection.records.values()))):
        yield File(f"cite/lookup/{number}.json", partial(str, piece))
