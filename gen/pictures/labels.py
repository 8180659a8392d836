"""Where the names on the map stand: near what they name, over no other name, and over a mark only where they must."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = (0.5, 1, 2, 4, 8)
"""How much the map is enlarged when the names of each level are shown. On the screen letters keep their size."""
_LETTER = 0.56
"""Mean width of a letter, and the height of a line, in heights of the letters."""
_LINE = 1.15
_BREAK = 20
"""Names of more letters than this are set in two lines."""
_COVERED = 25
"""To cover a mark is as bad as to stand this much farther away."""
_SQUARE = np.stack(np.meshgrid(np.arange(-8, 9) / 8, np.arange(-8, 9) / 8)).reshape(2, -1)
"""Where a name may stand about a point, in units of its reach."""
_BESIDE = np.array([[0, 1, -1, 0], [1, 0, 0, -1]], np.float64)


@dataclass(frozen=True, slots=True)
class Name:
    """What is to be written at a point of the picture."""

    key: str
    text: str
    x: float
    y: float
    size: float
    """Height of the letters."""
    first: int
    """Position in `LEVELS` of the first level where it may be shown."""
    reach: float
    """How far from the point it may stand; 0 to stand right beside a mark that is there."""
    needed: bool = False
    """Whether it may cover marks."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name stands, the middle of its lines, and the position in `LEVELS` from which on it is shown."""

    key: str
    lines: tuple[str, ...]
    x: float
    y: float
    level: int


def place(names: Iterable[Name], marks: Sequence[tuple[float, float]], size: float, frame: Floats) -> Iterator[Placed]:
    """Yield the names that have room, each on the first level where it has.

    Args:
        names: the most important first.
        marks: the middles of the marks.
        size: height of a mark; it grows with the square root of the enlargement.
        frame: width and height of the picture.
    """
    points = np.array(marks, np.float64).reshape(-1, 2).T.copy()
    names = list(names)
    boxes = np.repeat([[np.inf], [np.inf], [0], [0], [1]], len(names), axis=1)
    for turn, name in enumerate(names):
        lines = _lines(name.text)
        half = np.array([[max(map(len, lines)) * _LETTER], [len(lines) * _LINE]]) * name.size / 2
        for number in range(name.first, len(LEVELS)):
            found = _room(name, half, number, points, size, boxes[:, :turn], frame)
            if found is not None:
                boxes[:, turn] = *found, *half[:, 0], LEVELS[number]
                yield Placed(name.key, lines, round(float(found[0]), 1), round(float(found[1]), 1), number)
                break


def _lines(text: str) -> tuple[str, ...]:
    """Return a name in one line, or in two of about the same length."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if len(text) <= _BREAK or not spaces:
        return (text,)
    middle = min(spaces, key=lambda at: abs(at - len(text) / 2))
    return text[:middle], text[middle + 1 :]


def _room(
    name: Name, half: Floats, number: int, points: Floats, size: float, boxes: Floats, frame: Floats
) -> Floats | None:
    """Return the best middle for a name on a level, None where every one covers a name, or a mark that it may not.

    Args:
        name: what is to be placed.
        half: half of its width and height, as large as they are in letters.
        number: the level's position in `LEVELS`.
        points: the middles of the marks.
        size: height of a mark.
        boxes: a column for each name so far: its middle, half of its width and height, and the first level where it
            is shown. One that was not placed lies nowhere.
        frame: width and height of the picture.
    """
    point, level = np.array([[name.x], [name.y]]), LEVELS[number]
    own = half / level
    mark = size / 2 / max(level, 1) ** 0.5
    offsets = _SQUARE * name.reach / max(level, 1) ** 0.5 if name.reach else _BESIDE * (own + mark * 1.2)
    middles = np.clip(point + offsets, own, np.maximum(frame[:, None] - own, own))
    both = np.maximum(boxes[4], level)  # where both are shown first they are largest
    free = ~_covers(middles, boxes[:2], (half + boxes[2:4]) / both).any(axis=1)
    # On the first level marks are covered anyway: the name is put where it covers few on the next one.
    covered = _covers(middles, points, mark + half / max(level, 1)).sum(axis=1)
    if not name.needed:
        free &= covered == 0
    if not free.any():
        return None
    away = np.abs(middles - point).sum(axis=0)
    return np.asarray(middles[:, np.argmin(np.where(free, covered * _COVERED + away, np.inf))])


def _covers(middles: Floats, others: Floats, reach: Floats) -> NDArray[np.bool_]:
    """Return for each middle whether a box about it covers each of the other boxes that are near.

    The first row of each array is along the width, the second along the height.

    Args:
        middles: where the box may lie.
        others: where the others lie.
        reach: half the width and height of the box and of each other one together; of all, if they are alike.
    """
    if middles.shape[1] > len(_BESIDE.T):  # many: it pays to look first which of the others are near at all
        low, high = middles.min(axis=1)[:, None], middles.max(axis=1)[:, None]
        inside = (others + reach > low) & (others - reach < high)
        near = np.flatnonzero(inside[0] & inside[1])
        others, reach = others[:, near], np.broadcast_to(reach, others.shape)[:, near]
    away = np.abs(middles[:, :, None] - others[:, None]) < reach[:, None]
    return np.asarray(away[0] & away[1], np.bool_)
