"""Postings: for each term the records that have it, with what BM25 makes of it there; all terms at once, in numpy.

`gen/bm25.py` says how a row is written and what stands in it.
"""

from array import array
from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gen.bm25 import DIGITS, Counted, average, scored
from gen.pieces import order

Whole = NDArray[np.int64]
Numbers = NDArray[np.int32]
Bytes = NDArray[np.uint8]


def postings(records: Mapping[int, Counted]) -> dict[str, str]:
    """Return the row of each term, in the order in which browsers compare strings.

    Args:
        records: by number, in ascending order, what each one has.
    """
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    usual = average(sum(sum(weights) for _, weights in records.values()), len(records))
    term, sizes, scores = array("i"), array("i"), bytearray()
    for one in records.values():
        before = len(term)
        term.extend(map(known.__getitem__, one[0].split()))
        sizes.append(len(term) - before)
        scores += scored(one, usual)
    numbers, digits = _sorted(term, np.repeat(np.array(list(records), np.int32), sizes), scores)
    ends = np.cumsum(np.bincount(np.frombuffer(term, np.int32)))
    written, after = _written(numbers, digits, ends)
    rows = {key: written[begin:end] for key, begin, end in zip(known, [0, *after], after, strict=False)}
    return {key: rows[key] for key in sorted(rows, key=order)}


def _sorted(term: "array[int]", numbers: Numbers, scores: bytearray) -> tuple[Numbers, Bytes]:
    """Return the numbers and the scores in the order of their terms, and of the numbers for each term."""
    packed = np.array(term, np.int64)
    packed <<= 32
    packed |= numbers.astype(np.int64) << 8
    packed |= np.frombuffer(scores, np.uint8)
    packed.sort()
    digits = packed.astype(np.uint8)  # the last eight bits
    packed >>= 8
    packed &= 0xFFFFFF
    return packed.astype(np.int32), digits


def _written(numbers: Numbers, scores: Bytes, ends: Whole) -> tuple[str, list[int]]:
    """Return all rows as one text, and where each ends in it, given where each ends among the numbers.

    There are some hundred numbers for each record, so all is held in as few bytes as it takes.
    """
    steps = np.diff(numbers, prepend=np.int32(0))
    steps[ends[:-1]] = numbers[ends[:-1]]
    sizes = np.full(len(steps), 2, np.uint8)
    for bits in (5, 10, 15, 20):
        sizes += steps >= 1 << bits
    after = np.cumsum(sizes, dtype=np.int64)
    letters = np.frombuffer(DIGITS.encode(), np.uint8)
    text = np.empty(after[-1] if len(after) else 0, np.uint8)
    text[after - 1] = scores
    text[after - 2] = letters[steps & 31]
    for place in range(1, 5):
        longer = np.flatnonzero(sizes > place + 1)
        text[after[longer] - 2 - place] = letters[32 + (steps[longer] >> 5 * place & 31)]
    return text.tobytes().decode(), after[ends - 1].tolist()
