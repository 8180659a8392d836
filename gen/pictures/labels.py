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
_SQUARE = np.stack(np.meshgrid(np.arange(-8, 9) / 8, np.arange(-8, 9) / 8), axis=-1).reshape(-1, 2)
"""Where a name may stand about a point, in units of its reach."""
_BESIDE = np.array([[0, 1], [1, 0], [-1, 0], [0, -1]], np.float64)


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
    points = np.array(marks, np.float64).reshape(-1, 2)
    names = list(names)
    boxes = [np.tile([np.inf, np.inf, 0, 0], (len(names), 1)) for _ in LEVELS]
    for turn, name in enumerate(names):
        lines = _lines(name.text)
        half = np.array([max(map(len, lines)) * _LETTER, len(lines) * _LINE]) * name.size / 2
        for number in range(name.first, len(LEVELS)):
            found = _room(name, half, number, points, size, boxes, frame)
            if found is not None:
                for later in range(number, len(LEVELS)):
                    boxes[later][turn] = np.concatenate([found, half / LEVELS[later]])
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
    name: Name, half: Floats, number: int, points: Floats, size: float, boxes: Sequence[Floats], frame: Floats
) -> Floats | None:
    """Return the best middle for a name on a level, None where every one covers a name, or a mark that it may not."""
    point, level = np.array([name.x, name.y]), LEVELS[number]
    own = half / level
    mark = size / 2 / max(level, 1) ** 0.5
    offsets = _SQUARE * name.reach / max(level, 1) ** 0.5 if name.reach else _BESIDE * (own + mark * 1.2)
    middles = np.clip(point + offsets, own, np.maximum(frame - own, own))
    free = np.ones(len(middles), np.bool_)
    for later, found in zip(LEVELS[number:], boxes[number:], strict=True):
        free &= ~_covers(middles, half / later, found[:, :2], found[:, 2:]).any(axis=1)
    # On the first level marks are covered anyway: the name is put where it covers few on the next one.
    covered = _covers(middles, half / max(level, 1), points, np.full_like(points, mark)).sum(axis=1)
    if not name.needed:
        free &= covered == 0
    if not free.any():
        return None
    away = np.abs(middles - point).sum(axis=1)
    return np.asarray(middles[np.argmin(np.where(free, covered * _COVERED + away, np.inf))])


def _covers(middles: Floats, half: Floats, others: Floats, halves: Floats) -> NDArray[np.bool_]:
    """Return for each middle whether a box about it covers each of those of the other boxes that are near."""
    low, high = middles.min(axis=0) - half, middles.max(axis=0) + half
    near = ((others + halves > low) & (others - halves < high)).all(axis=1)
    covers = (np.abs(middles[:, None] - others[near]) < half + halves[near]).all(axis=2)
    return np.asarray(covers, np.bool_)
