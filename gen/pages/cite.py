"""The page of citation tools, the page of the pick list, and what the browser needs for both."""

from collections.abc import Iterator

from gen.citation.lookup import pieces
from gen.collection import Collection
from gen.pages import head
from gen.pages.output import File, Output, Page, made_of


def assets(base: str, script: str) -> str:
    """Return the head elements of a page that has something to cite; `script` is one of `assets/js/cite/`."""
    return head.assets(base, "css/cite.css", f"js/cite/{script}.js")


def pages(collection: Collection) -> Iterator[Output]:
    """Yield both pages and the pieces of the index by which they find papers."""
    index = pieces(list(collection.records.values()))
    for number, piece in enumerate(index):
        yield File(f"cite/lookup/{number}.json", lambda piece=piece: piece, made_of(number, collection))  # type: ignore[misc]
    yield Page(
        "cite/",
        "cite.md.j2",
        "Cite",
        "Get the BibTeX of just the papers that you cite, and check a .bib file against this bibliography.",
        lambda: {"pieces": len(index), "papers": len(collection.records)},
        lambda: assets("../", "tools"),
        "text",
    )
    yield Page(
        "picks/",
        "picks.md.j2",
        "Pick list",
        "The papers that you picked, to cite, download or share.",
        lambda: {"pieces": len(index)},
        lambda: assets("../", "picks"),
        "text",
    )
