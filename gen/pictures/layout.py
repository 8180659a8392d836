"""Places for papers on a plane, so that those which are alike stand near each other.

The layout of UMAP (McInnes, Healy, Melville 2018): neighbors attract each other, a few papers drawn by lot repel. It
starts from the spectrum of the graph of neighbors. The lots come from a seeded generator, so the same papers get the
same places. Chosen by measurement (bench/likeness). The work grows with the number of neighbors.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gen.likeness import Likeness

Places = Mapping[str, tuple[float, float]]
"""Position of each paper, x to the right and y downward, in units of the picture."""
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_ROUNDS = 100
_MOVES = 600_000
"""Moves of papers in all rounds together, about: where there are more, the map shows topics, and fewer rounds do."""
_LEAST = 20
_NEAREST = 5
"""Neighbors of each paper that count where there are so many."""
_REPELLED = 4
"""How many papers drawn by lot repel each paper of a pair, in each round."""
_A, _B = 1.58, 0.9
"""The curve of UMAP for a least distance of 0.1: likeness in the plane is 1 / (1 + a d^2b)."""
_OUTER = 1.0
"""Percent of the papers on each side that may lie beyond the frame and are drawn in to its edge."""


def layout(likeness: Likeness, width: float, height: float) -> Places:
    """Return a place for each paper within the frame.

    Half by rank, so that crowded parts get more room and empty ones less.
    """
    ids = sorted(likeness)
    if not ids:
        return {}
    rounds = max(_LEAST, min(_ROUNDS, _MOVES // (12 * len(ids))))
    heads, tails, weights = _edges(ids, likeness, None if rounds == _ROUNDS else _NEAREST)
    plane = _spread(_spectral(heads, tails, weights, len(ids)), heads, tails, weights, rounds)
    low, high = np.percentile(plane, [_OUTER, 100 - _OUTER], axis=0)
    linear = np.clip((plane - low) / np.maximum(high - low, 1e-9), 0, 1)
    ranks = plane.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(ids) - 1, 1)
    scaled = (linear + ranks) / 2 * (width, height)
    return dict(zip(ids, map(tuple, scaled.tolist()), strict=True))


def _edges(ids: Sequence[str], likeness: Likeness, most: int | None) -> tuple[Whole, Whole, Floats]:
    """Return pairs of neighbors as positions in `ids`, each weighed against the paper's nearest neighbor."""
    position = {key: index for index, key in enumerate(ids)}
    pairs = [
        (position[key], position[neighbor.id], neighbor.likeness / neighbors[0].likeness)
        for key, neighbors in likeness.items()
        for neighbor in neighbors[:most]
        if neighbor.id in position
    ]
    heads, tails, weights = zip(*pairs, strict=True) if pairs else ((), (), ())
    return np.array(heads, np.int64), np.array(tails, np.int64), np.array(weights, np.float64)


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


def _spread(plane: Floats, heads: Whole, tails: Whole, weights: Floats, rounds: int) -> Floats:
    """Move papers by attraction and repulsion, in steps that become smaller."""
    lots = np.random.default_rng(2)
    plane = plane + lots.standard_normal(plane.shape) / 20
    count = len(plane)
    for turn in range(rounds):
        apart = plane[heads] - plane[tails]
        square = np.maximum((apart * apart).sum(axis=1), 1e-9)
        pull = -2 * _A * _B * square ** (_B - 1) / (1 + _A * square**_B) * weights
        drawn = np.clip(pull[:, None] * apart, -4, 4)
        moves = [(heads, drawn), (tails, -drawn)]
        for _ in range(_REPELLED):
            apart = plane[heads] - plane[lots.integers(0, count, len(heads))]
            square = (apart * apart).sum(axis=1)
            push = 2 * _B / ((0.001 + square) * (1 + _A * square**_B))
            moves.append((heads, np.clip(push[:, None] * apart, -4, 4) * weights[:, None]))
        step = 0.3 * (1 - turn / rounds)
        for who, move in moves:
            plane[:, 0] += step * np.bincount(who, move[:, 0], count)
            plane[:, 1] += step * np.bincount(who, move[:, 1], count)
    return plane


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
