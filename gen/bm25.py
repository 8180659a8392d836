"""What BM25 makes of a record, and rows of it for each term.

A row is a text: for each record, how far its number lies after the one before, in digits of base 32 with 32 added to
all but the last; then its score, a digit of base 64. So it is short and takes no time to write. `gen/postings.py` makes
all rows at once; here is what one record contributes, and how one row is brought up to date.
"""

import math
import re
from bisect import bisect, bisect_left
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The digits, from 0 to 63."""
K1, B = 5.0, 0.4
"""BM25's saturation of repeated words and its weight of a record's length (Robertson and Zaragoza 2009). The saturation
is slow because a word counts up to eight times by its field alone; both were chosen with `make bench-search`."""
STEPS = 10
"""A score is a whole number, of so many steps to one; 60 is the most that BM25 makes of a word with this `K1`."""
QUARTERS = 4
"""Weights are whole numbers, of so many to one."""

Counted = tuple[str, bytes]
"""The terms that a record has, each once, with spaces between them, and the weight of each in quarters."""

_MEMBER = re.compile("[g-z0-9_-]*[A-Za-f].")
"""What stands in a row for one record."""


def average(quarters: int, records: int) -> float:
    """Return the average length of records, rounded, given the sum of their weights in quarters."""
    return rounded(quarters / QUARTERS / max(records, 1))


def rounded(length: float) -> float:
    """Return a record's length, or the average, to the nearest quarter of a doubling; Lucene rounds it no finer.

    So a few words more or less leave the scores of a record's other words alone, and those of other records.
    """
    return float(2 ** (round(4 * math.log2(max(length, 1))) / 4))


def scored(record: Counted, average: float) -> bytes:
    """Return the digit of the score of each of a record's terms, given the average length."""
    return record[1].translate(_scores(rounded(sum(record[1]) / QUARTERS) / average))


def scores(record: Counted, average: float) -> dict[str, str]:
    """Return the digit of the score by term, given the average length."""
    return dict(zip(record[0].split(), scored(record, average).decode(), strict=True))


@lru_cache
def _scores(length: float) -> bytes:
    """Return the digit of the score for each weight, 0 to 255 quarters, in a record of that length, in averages."""
    norm = K1 * (1 - B + B * length)
    scores = (STEPS * (K1 + 1) * weight / (weight + QUARTERS * norm) for weight in range(256))
    return "".join(DIGITS[max(1, round(score))] for score in scores).encode()


def changed(row: str, scores: Mapping[int, tuple[str, str]]) -> str:
    """Return a row with other scores, more records or fewer; only what stands at these is written anew.

    Args:
        row: empty for none.
        scores: by number, the digit before and the one after, empty where the record does not have the term.

    Raises:
        ValueError: a digit before is another one.
    """
    members = _MEMBER.findall(row)
    numbers = list(accumulate(map(_step, members)))
    for number, (before, after) in scores.items():
        at = bisect_left(numbers, number)
        end = bisect(numbers, number)
        if before != "".join(members[at:end])[-1:]:
            raise ValueError(f"record {number} has not the score {before!r}")
        last = numbers[at - 1] if at else 0
        numbers[at:end] = [number] if after else []
        members[at:end] = [_member(number - last, after)] if after else []
        if (then := at + len(after)) < len(numbers):
            members[then] = _member(numbers[then] - (number if after else last), members[then][-1])
    return "".join(members)


@lru_cache(maxsize=100_000)
def _step(member: str) -> int:
    step = 0
    for digit in member[:-1]:
        step = step << 5 | DIGITS.index(digit) & 31
    return step


@lru_cache(maxsize=100_000)
def _member(step: int, score: str) -> str:
    digits = DIGITS[step & 31] + score
    while step := step >> 5:
        digits = DIGITS[32 + (step & 31)] + digits
    return digits
