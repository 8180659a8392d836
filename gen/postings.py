"""Postings: for each term the records that have it, with what BM25 makes of it there; all terms at once, in numpy.

A row of postings is a text: for each record, how far its number lies after the one before, in digits of base 32 with
32 added to all but the last; then its score, a digit of base 64. So it is short and takes no time to write.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The digits, from 0 to 63."""
K1, B = 5.0, 0.4
"""BM25's saturation of repeated words and its weight of a record's length (Robertson and Zaragoza 2009). The saturation
is slow because a word counts up to eight times by its field alone; both were chosen with `make bench-search`."""
STEPS = 10
"""A score is a whole number, of so many steps to one; 60 is the most that BM25 makes of a word with this `K1`."""
QUARTERS = 4
"""Weights are whole numbers, of so many to one."""


def postings(records: Mapping[int, tuple[str, bytes]]) -> dict[str, str]:
    """Return the row of each term, in the order in which browsers compare strings.

    Args:
        records: by number, in ascending order: the terms that a record has, each once, with spaces between them, and
            the weight of each in quarters.
    """
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    average = rounded(sum(map(length, records.values())) / max(len(records), 1))
    term, sizes, scores = array("i"), array("i"), bytearray()
    for one in records.values():
        before = len(term)
        term.extend(map(known.__getitem__, one[0].split()))
        sizes.append(len(term) - before)
        scores += one[1].translate(_scores(rounded(length(one)) / average))
    packed = np.array(term, np.int64) << 32
    packed |= np.repeat(np.array(list(records), np.int64) << 8, sizes)
    packed |= np.frombuffer(scores, np.uint8)
    packed.sort()
    counts = np.bincount(np.frombuffer(term, np.int32))
    written, ends = _written(packed >> 8 & 0xFFFFFF, packed & 0xFF, np.cumsum(counts))
    rows = {key: written[begin:end] for key, begin, end in zip(known, [0, *ends], ends, strict=False)}
    return {key: rows[key] for key in sorted(rows, key=lambda key: key.encode("utf-16-be"))}


def _written(numbers: Whole, scores: Whole, ends: Whole) -> tuple[str, list[int]]:
    """Return all rows as one text, and where each ends in it, given where each ends among the numbers."""
    steps = np.diff(numbers, prepend=0)
    steps[ends[:-1]] = numbers[ends[:-1]]
    sizes = 2 + sum((steps >= 1 << bits).astype(np.int64) for bits in (5, 10, 15, 20))
    after = np.cumsum(sizes)
    letters = np.frombuffer(DIGITS.encode(), np.uint8)
    text = np.empty(after[-1] if len(after) else 0, np.uint8)
    text[after - 1] = scores
    text[after - 2] = letters[steps & 31]
    for place in range(1, 5):
        longer = sizes > place + 1
        text[after[longer] - 2 - place] = letters[32 + (steps[longer] >> 5 * place & 31)]
    return text.tobytes().decode(), after[ends - 1].tolist()


def length(record: tuple[str, bytes]) -> float:
    """Return how much all terms of a record count."""
    return sum(record[1]) / QUARTERS


def rounded(length: float) -> float:
    """Return a record's length, or the average, to the nearest quarter of a doubling; Lucene rounds it no finer.

    So a few words more or less leave the scores of a record's other words alone, and those of other records.
    """
    return float(2 ** (round(4 * math.log2(max(length, 1))) / 4))


@lru_cache
def _scores(length: float) -> bytes:
    """Return the digit of the score for each weight, 0 to 255 quarters, in a record of that length, in averages."""
    norm = K1 * (1 - B + B * length)
    scores = (STEPS * (K1 + 1) * weight / (weight + QUARTERS * norm) for weight in range(256))
    return "".join(DIGITS[max(1, round(score))] for score in scores).encode()
