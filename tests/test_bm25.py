"""BM25: lengths, scores, and rows of postings brought up to date."""

import math
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.bm25 import DIGITS, K1, STEPS, Counted, average, changed, rounded, scores
from gen.postings import postings
from tests.test_postings import RECORDS, read

Drawn = dict[int, dict[str, int]]


def counted(drawn: Drawn) -> dict[int, Counted]:
    return {number: (" ".join(words), bytes(words.values())) for number, words in sorted(drawn.items())}


def scored(drawn: Drawn) -> dict[int, dict[str, str]]:
    """The digits of each record's terms."""
    usual = average(sum(sum(words.values()) for words in drawn.values()), len(drawn))
    return {number: scores(one, usual) for number, one in counted(drawn).items()}


def test_the_greatest_score_is_a_digit() -> None:
    assert len(DIGITS) > STEPS * (K1 + 1)


@pytest.mark.parametrize("length", [1, 7, 10, 99, 430, 12_345])
def test_lengths_are_rounded_to_a_tenth(length: float) -> None:
    assert rounded(length) == pytest.approx(length, rel=0.1)
    assert math.log2(rounded(length)) * 4 == pytest.approx(round(math.log2(rounded(length)) * 4))


def test_the_average_is_that_of_quarters() -> None:
    assert (average(4 * 16 * 3, 3), average(0, 0)) == (16, 1)


@given(RECORDS)
def test_a_record_scores_as_among_all(drawn: Drawn) -> None:
    rows = {term: dict(read(row)) for term, row in postings(counted(drawn)).items()}
    found = {(term, number): digit for number, digits in scored(drawn).items() for term, digit in digits.items()}
    assert {key: DIGITS.index(digit) for key, digit in found.items()} == {
        (term, number): score for term, row in rows.items() for number, score in row.items()
    }


@given(RECORDS, RECORDS, st.randoms(use_true_random=False))
def test_a_changed_row_is_the_one_made_anew(before: Drawn, after: Drawn, random: Random) -> None:
    old, new = postings(counted(before)), postings(counted(after))
    was, now = scored(before), scored(after)
    numbers = [*(was | now)]
    random.shuffle(numbers)
    for term in old | new:
        changes = {number: (was.get(number, {}).get(term, ""), now.get(number, {}).get(term, "")) for number in numbers}
        assert changed(old.get(term, ""), changes) == new.get(term, "")


@pytest.mark.parametrize(("number", "before"), [(7, ""), (7, "C"), (8, "B"), (6, "B")])
def test_a_row_of_other_records_is_refused(number: int, before: str) -> None:
    row = changed("", {7: ("", "B")})
    with pytest.raises(ValueError, match=re.escape(f"record {number} has not the score {before!r}")):
        changed(row, {number: (before, "D")})
