"""Postings: every record of every term, and its score as BM25 defines it."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gen.bm25 import DIGITS, K1, STEPS, B, rounded
from gen.postings import postings


def read(row: str) -> list[tuple[int, int]]:
    """Records and scores of a row, as the browser reads it (docs/assets/js/search/engine.js)."""
    found, number, step, scored = [], 0, 0, False
    for digit in map(DIGITS.index, row):
        if scored:
            found.append((number, digit))
            scored = False
            continue
        step = step * 32 + digit % 32
        if digit < 32:
            number, step, scored = number + step, 0, True
    return found


def plainly(records: dict[int, tuple[str, bytes]]) -> dict[str, list[tuple[int, int]]]:
    """BM25 as it stands in the book, one word of one record after the other."""
    counts = {number: Counter(dict(zip(one[0].split(), one[1], strict=True))) for number, one in records.items()}
    lengths = {number: sum(count.values()) / 4 for number, count in counts.items()}
    average = rounded(sum(lengths.values()) / len(lengths)) if lengths else 1
    found: dict[str, list[tuple[int, int]]] = {}
    for number, count in counts.items():
        for term, weight in count.items():
            norm = K1 * (1 - B + B * rounded(lengths[number]) / average)
            score = (weight / 4) * (K1 + 1) / (weight / 4 + norm)
            found.setdefault(term, []).append((number, max(1, round(STEPS * score))))
    return found


WORDS = st.dictionaries(
    st.sampled_from(["tower", "bridge", "λ", "\U0001d54f", "\ufb01", "=a", "b2"]), st.integers(0, 255)
)
RECORDS = st.dictionaries(st.one_of(st.integers(0, 40), st.integers(0, 2**24 - 1)), WORDS, max_size=12)


@given(RECORDS)
def test_every_score_is_that_of_bm25(drawn: dict[int, dict[str, int]]) -> None:
    records = {number: (" ".join(words), bytes(words.values())) for number, words in sorted(drawn.items())}
    rows = postings(records)
    assert {term: read(row) for term, row in rows.items()} == plainly(records)
    assert list(rows) == sorted(rows, key=lambda term: term.encode("utf-16-be"))


def test_frequent_terms_take_two_letters_a_record() -> None:
    rows = postings(dict.fromkeys(range(1000), ("tower", b"\x04")))
    assert len(rows["tower"]) == 2000
