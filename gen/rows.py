"""Rows of numbers in flat arrays, and what sorted arrays are made of them with: no step is a loop over rows.

Several whole numbers are packed into one of 64 bits, the most significant first, and sorted together.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Numbers = NDArray[np.integer]
"""Whole numbers in as many bytes as they need."""


class Rows(NamedTuple):
    """Members of many rows, and what each of them weighs there, one row after the other."""

    member: Numbers
    weight: Numbers
    starts: Whole
    """Where each row begins; one more at the end."""

    @property
    def sizes(self) -> Whole:
        """How many members each row has."""
        return np.diff(self.starts)

    def row_of(self, places: Whole) -> Whole:
        """Return in which rows the members at some places stand."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def some(self, numbers: Numbers) -> "Rows":
        """Return some of the rows."""
        return self._at(self.starts[numbers], self.sizes[numbers])

    def replaced(self, numbers: Whole, rows: "Rows") -> "Rows":
        """Return these rows with others in the place of some of them."""
        begins, sizes = self.starts[:-1].copy(), self.sizes
        begins[numbers] = rows.starts[:-1] + len(self.member)
        sizes[numbers] = rows.sizes
        member, weight = np.concatenate([self.member, rows.member]), np.concatenate([self.weight, rows.weight])
        return Rows(member, weight, self.starts)._at(begins, sizes)

    def _at(self, begins: Whole, sizes: Whole) -> "Rows":
        places = ranges(begins, sizes)
        return Rows(self.member[places], self.weight[places], starts_of(sizes))


def apart(packed: Whole, bits: int) -> tuple[Whole, Whole]:
    """Return what stands above the last bits, and what stands in them."""
    return packed >> bits, packed & ((1 << bits) - 1)


def firsts(ordered: Whole) -> Whole:
    """Return where each run of equal numbers begins."""
    changed = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changed[1:])
    return np.flatnonzero(changed)


def ranks(ordered: Whole) -> Whole:
    """Return the place of each number in its run of equal ones, from 0."""
    starts = firsts(ordered)
    return np.arange(len(ordered)) - np.repeat(starts, np.diff(starts, append=len(ordered)))


def sums_of(numbers: Whole, starts: Whole) -> Whole:
    """Return the sum of each run; unlike `reduceat` alone, nothing for no runs."""
    return np.add.reduceat(numbers, starts) if len(starts) else numbers


def ranges(starts: Whole, sizes: Whole) -> Whole:
    """Return the numbers of all ranges, one range after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)


def starts_of(sizes: Whole) -> Whole:
    """Return where each range begins if they lie one after the other, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes)])
