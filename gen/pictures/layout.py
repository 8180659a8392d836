"""Places for papers on a plane, so that those which are alike stand near each other.

The layout of UMAP (McInnes, Healy, Melville 2018): neighbors attract each other, a few papers drawn by lot repel. It
starts from the spectrum of the graph of neighbors. The lots come from a seeded generator, so the same papers get the
same places. Chosen by measurement (bench/likeness). The work grows with the number of neighbors.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gen.likeness import NEIGHBORS

Places = Mapping[str, tuple[float, float]]
"""Position of each paper, x to the right and y downward, in units of the picture."""
Near = Mapping[str, Sequence[str]]
"""Those that are near each, nearest first. A map depends on this alone, and not on how near they are."""
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_ROUNDS = 40
_FADING = 0.3
"""The neighbor of rank r counts r to the power of minus this: on average, that is its likeness beside the first's.

The likeness itself would move the whole map whenever a word of one text changes.
"""
_REPELLED = 4
"""How many papers drawn by lot repel each paper of a pair, in each round."""
_A, _B = 1.58, 0.9
"""The curve of UMAP for a least distance of 0.1: likeness in the plane is 1 / (1 + a d^2b)."""
_OUTER = 1.0
"""Percent of the papers on each side that may lie beyond the frame and are drawn in to its edge."""
_ASIDE = 40
"""How far from the middle of the groups about it a paper may lie, in units of the picture."""


def layout(near: Near, width: float, height: float) -> Places:
    """Return a place within the frame for each paper or whatever else is near others."""
    names = sorted(near)
    position = {name: index for index, name in enumerate(names)}
    plane = _plane([[position[other] for other in near[name] if other in position] for name in names])
    return dict(zip(names, _framed(plane, width, height), strict=True))


def near_groups(papers: Near, group: Mapping[str, str]) -> Near:
    """Return which groups are near each one: those in which many of its papers have neighbors, for their size."""
    size = Counter(group.values())
    met: dict[str, Counter[str]] = {name: Counter() for name in size}
    for key, others in papers.items():
        met[group[key]].update([group[other] for other in others])
    return {
        name: sorted(found.keys() - {name}, key=lambda other: (-found[other] / size[other] ** 0.5, other))[:NEIGHBORS]
        for name, found in met.items()
    }


def among(groups: Places, papers: Near, group: Mapping[str, str], width: float, height: float) -> Places:
    """Return a place within the frame for each of very many papers, given those of their groups.

    A paper lies in the middle of its own group, which counts half, and of those of its neighbors, a little aside, so
    that not all of a group are in one point.
    """
    places = {}
    of = {key: groups[name] for key, name in group.items()}
    for key, others in papers.items():
        own = of[key]
        around = [of[other] for other in others] or [own]
        lot = crc32(key.encode())
        angle, away = lot % 360 / 180 * math.pi, _ASIDE * (lot // 360 % 1000 / 1000) ** 0.5
        x = (own[0] + sum([x for x, _ in around]) / len(around)) / 2 + away * math.cos(angle)
        y = (own[1] + sum([y for _, y in around]) / len(around)) / 2 + away * math.sin(angle)
        places[key] = min(max(x, 0.0), width), min(max(y, 0.0), height)
    return places


def _plane(near: Sequence[Sequence[int]]) -> Floats:
    """Return a place on the plane for each of some things, given the numbers of those near each, nearest first."""
    if not near:
        return np.empty((0, 2))
    heads = np.array([head for head, others in enumerate(near) for _ in others], np.int64)
    tails = np.array([other for others in near for other in others], np.int64)
    ranks = np.array([rank for others in near for rank in range(len(others))], np.float64)
    weights = (1 + ranks) ** -_FADING
    return _spread(_spectral(heads, tails, weights, len(near)), heads, tails, weights)


def _framed(plane: Floats, width: float, height: float) -> list[tuple[float, float]]:
    """Return places drawn to a frame: half by rank, so that crowded parts get more room and empty ones less."""
    if not len(plane):
        return []
    low, high = np.percentile(plane, [_OUTER, 100 - _OUTER], axis=0)
    linear = np.clip((plane - low) / np.maximum(high - low, 1e-9), 0, 1)
    ranks = plane.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(plane) - 1, 1)
    return [(x, y) for x, y in ((linear + ranks) / 2 * (width, height)).tolist()]


def _spectral(heads: Whole, tails: Whole, weights: Floats, count: int) -> Floats:
    """Return the two slowest ways in which the graph of neighbors can be cut, by subspace iteration."""
    ends, others = np.concatenate([heads, tails]), np.concatenate([tails, heads])
    both = np.concatenate([weights, weights])
    degree = np.bincount(ends, both, count) + 1e-9
    step = both / np.sqrt(degree[ends] * degree[others])
    basis = np.random.default_rng(1).standard_normal((count, 3))
    basis[:, 0] = np.sqrt(degree)
    for _ in range(120):
        moved = np.stack([np.bincount(ends, step * column[others], count) for column in basis.T], axis=1)
        basis = _orthonormal((basis + moved) / 2)
    plane = basis[:, 1:] / np.sqrt(degree)[:, None]
    return np.asarray(10 * plane / np.maximum(np.abs(plane).max(axis=0), 1e-9))


def _orthonormal(basis: Floats) -> Floats:
    """Return the columns made orthonormal, in order (Gram and Schmidt)."""
    columns: list[Floats] = []
    for column in basis.T:
        rest = column - sum((done * (done @ column) for done in columns), np.zeros_like(column))
        columns.append(rest / max(float(np.linalg.norm(rest)), 1e-12))
    return np.stack(columns, axis=1)


def _spread(plane: Floats, heads: Whole, tails: Whole, weights: Floats) -> Floats:
    """Move papers by attraction and repulsion, in steps that become smaller."""
    lots = np.random.default_rng(2)
    x_and_y = plane.T + lots.standard_normal(plane.T.shape) / 20
    count, pairs = len(plane), len(heads)
    for turn in range(_ROUNDS):
        here = x_and_y.take(heads, axis=1)
        apart = here - x_and_y.take(tails, axis=1)
        square = np.maximum(apart[0] * apart[0] + apart[1] * apart[1], 1e-9)
        curve = square**_B
        drawn = np.clip(-2 * _A * _B * curve / (square * (1 + _A * curve)) * weights * apart, -4, 4)
        apart = here[:, None] - x_and_y.take(lots.integers(0, count, (_REPELLED, pairs)), axis=1)
        square = apart[0] * apart[0] + apart[1] * apart[1]
        driven = np.clip(2 * _B / ((0.001 + square) * (1 + _A * square**_B)) * apart, -4, 4).sum(axis=1) * weights
        step = 0.3 * (1 - turn / _ROUNDS)
        for axis in (0, 1):
            moves = np.bincount(heads, drawn[axis] + driven[axis], count) - np.bincount(tails, drawn[axis], count)
            x_and_y[axis] += step * moves
    return np.ascontiguousarray(x_and_y.T)


def apart(places: Places, width: float, height: float, spacing: float) -> Places:
    """Return each place moved to the nearest free one of a hexagonal grid, so that no two are nearer than `spacing`.

    The grid is made finer where there are more places than it has.
    """
    row = spacing * 0.866
    columns, rows = int(width / spacing), int(height / row) + 1
    if len(places) > columns * rows * 0.6:
        return apart(places, width, height, spacing * 0.8)
    taken: set[tuple[int, int]] = set()
    placed = {}
    for key, (x, y) in places.items():
        column, line = round(x / spacing), round(y / row)
        reach = 0
        free: list[tuple[float, int, int]] = []
        while not free:
            free = [
                ((_x(c, r, spacing) - x) ** 2 + (r * row - y) ** 2, c, r)
                for r in range(max(0, line - reach), min(rows, line + reach + 1))
                for c in range(max(0, column - reach), min(columns, column + reach + 1))
                if (c, r) not in taken
            ]
            reach += 1
        _, column, line = min(free)
        taken.add((column, line))
        placed[key] = round(_x(column, line, spacing), 1), round(line * row, 1)
    return placed


def _x(column: int, line: int, spacing: float) -> float:
    return (column + (line % 2) / 2) * spacing
