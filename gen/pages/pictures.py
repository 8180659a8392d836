"""The pages of pictures of the whole collection."""

from collections.abc import Iterator

from gen.collection import Collection
from gen.likeness import Likeness, near_papers
from gen.pages.head import assets
from gen.pages.output import Output, Page, facts
from gen.store import Store

COLORS = 8
"""How many colors of areas the style sheet has; those after them take another shape."""
MOST = 1500
"""More papers than this are shown on the map by their topics."""
CELL = 11
"""Side of a square in the matrix of topics."""
SHAPES = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
    "M0 -5.6L5.6 0L0 5.6L-5.6 0z",
    "M0 -5.2L5.2 3.8H-5.2z",
    "M-4.2 -4.2H4.2V4.2H-4.2z",
)
"""Outlines of marks: circle, diamond, triangle and square of about the same size."""


def mark(area: int) -> int:
    """Return which of the shapes the mark of a paper has whose main area has that number; -1 is no area."""
    return area // COLORS % len(SHAPES) if area >= 0 else 0


def mark_class(area: int) -> str:
    """Return the class that gives such a mark its color."""
    return f"gl-area-{area % COLORS}" if area >= 0 else "gl-area-none"


def pages(collection: Collection, likeness: Likeness, store: Store) -> Iterator[Output]:
    """Yield the map and the page of the other pictures."""
    yield map_page(collection, likeness, store)
    yield _charts(collection)


def map_page(collection: Collection, likeness: Likeness, store: Store) -> Page:
    """Return the page of the map."""
    gathered = len(collection.records) > MOST

    def show() -> dict[str, object]:
        # The layout needs numpy, which takes its time to load: only the process that draws the map does so.
        from gen.pictures import map as pictures
        from gen.pictures.topic import name

        drawn = pictures.draw(collection, likeness, store, gathered=gathered)
        size = {"width": pictures.WIDTH, "height": pictures.HEIGHT}
        return {"map": drawn, "shapes": SHAPES, "mark": mark, "mark_class": mark_class, "name": name, **size}

    def of() -> object:
        papers = collection.main_topics if gathered else facts(collection, collection.records.values())
        near = [" ".join((key, *others)) for key, others in near_papers(likeness).items()]
        return papers, list(collection.topics.values()), near

    return Page(
        "map/",
        "map.md.j2",
        "Map of the papers",
        "All papers of the bibliography on a plane, near to each other where their notes say alike things.",
        show,
        lambda: assets("../", "css/pictures.css", "js/map.js"),
        of=of,
    )


def _charts(collection: Collection) -> Page:
    def show() -> dict[str, object]:
        from gen.pictures import charts

        together = charts.together(collection)
        side = CELL * len(together.topics)
        borders = "M0 0" + "".join(f"M0 {CELL * at}h{side}M{CELL * at} 0v{side}" for at in together.starts)
        diagonal = "".join(f"M{CELL * at + 1} {CELL * at + 1}h9v9h-9z" for at in range(len(together.topics)))
        drawn = {"cell": CELL, "borders": borders, "diagonal": diagonal}
        return {"years": charts.years(collection), "together": together, **drawn}

    return Page(
        "pictures/",
        "pictures.md.j2",
        "Pictures",
        "Papers by year and area, and topics that occur together.",
        show,
        lambda: assets("../", "css/pictures.css"),
        of=lambda: (list(collection.topics.values()), [(r.year, *r.topics) for r in collection.records.values()]),
    )
