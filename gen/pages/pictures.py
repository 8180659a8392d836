"""The pages of pictures of the whole collection."""

from collections.abc import Iterator

from gen.collection import Collection
from gen.likeness import Likeness
from gen.pages.head import assets
from gen.pages.output import Output, Page

COLORS = 8
"""How many colors of areas the style sheet has; those after them take another shape."""
CELL = 11
"""Side of a square in the matrix of topics."""
_SHAPES = (
    "M{x} {y}m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
    "M{x} {y}m0 -5.6l5.6 5.6l-5.6 5.6l-5.6 -5.6z",
    "M{x} {y}m0 -5.4l5.2 9h-10.4z",
    "M{x} {y}m-4.2 -4.2h8.4v8.4h-8.4z",
)
"""Circle, diamond, triangle and square of about the same size, around a point."""


def mark(area: int, x: float, y: float) -> str:
    """Return the outline of the mark of a paper whose main area has that number; -1 is no area."""
    return _SHAPES[area // COLORS % len(_SHAPES) if area >= 0 else 0].format(x=x, y=y)


def mark_class(area: int) -> str:
    """Return the class that gives such a mark its color."""
    return f"gl-area-{area % COLORS}" if area >= 0 else "gl-area-none"


def pages(collection: Collection, likeness: Likeness) -> Iterator[Output]:
    """Yield the map and the page of the other pictures."""

    def show_map() -> dict[str, object]:
        # The layout needs numpy, which takes its time to load: only the process that draws the map does so.
        from gen.pictures import map as pictures

        drawn = pictures.draw(collection, likeness)
        size = {"width": pictures.WIDTH, "height": pictures.HEIGHT}
        return {"map": drawn, "mark": mark, "mark_class": mark_class, **size}

    def show_charts() -> dict[str, object]:
        from gen.pictures import charts

        together = charts.together(collection)
        side = CELL * len(together.topics)
        borders = "M0 0" + "".join(f"M0 {CELL * at}h{side}M{CELL * at} 0v{side}" for at in together.starts)
        return {"years": charts.years(collection), "together": together, "cell": CELL, "borders": borders}

    yield Page(
        "map/",
        "map.md.j2",
        "Map of the papers",
        "All papers of the bibliography on a plane, near to each other where their notes say alike things.",
        show_map,
        lambda: assets("../", "css/pictures.css", "js/map.js"),
    )
    yield Page(
        "pictures/",
        "pictures.md.j2",
        "Pictures",
        "Papers by year and area, and topics that occur together.",
        show_charts,
        lambda: assets("../", "css/pictures.css"),
    )
