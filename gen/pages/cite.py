"""The page of citation tools, the page of the pick list, and what the browser needs for both."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from gen.citation.lookup import amended as amended_pieces
from gen.citation.lookup import facts, pieces, pieces_of
from gen.collection import Collection
from gen.pages import head
from gen.pages.output import Batch, File, Output, Page, made_of
from gen.pieces import compact
from gen.record import Record


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


LOOKUP = "cite/lookup/0.json"
"""One piece of the index, which every index has."""


def _index(collection: Collection) -> Iterator[File]:
    for number, piece in enumerate(pieces(list(collection.records.values()))):
        yield _piece(number, piece)


def _piece(number: int, content: str) -> File:
    return File(f"cite/lookup/{number}.json", partial(str, content))


def amended(
    collection: Collection, edits: Iterable[tuple[Record, Record]], read: Callable[[str], bytes]
) -> list[File] | None:
    """Return the pieces that change where details were edited.

    Args:
        collection: with the papers as they are now.
        edits: each paper before and after.
        read: gives a file as it was.

    Returns:
        None if a check has to look at two papers that may now be one.
    """
    found = amended_pieces(len(collection.records), edits, lambda number: read(_piece(number, "").path))
    return None if found is None else [_piece(number, piece) for number, piece in found.items()]
