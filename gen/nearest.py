"""Nearest neighbors among many short texts, by the cosine of their vectors, compared through posting lists.

All texts at once, in numpy (which takes its time to load: import this module only where it is used). The work grows
with the number of texts, and the sums are the same on every machine.
"""

from collections.abc import Container, Iterable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gen.likeness import row
from gen.parallel import FEW, spread
from gen.rows import Rows, Whole, apart, firsts, ranges, ranks, sums_of
from gen.vectors import DIGESTS, NUMBER, ONE, WEIGHT, Space

NAMED = 12
"""So many of the terms that make two texts alike are kept, at most."""
TELLING = 0.1
"""A term is kept if it adds at least this share of what the strongest one does."""

_PRODUCT = 2 * WEIGHT
"""Bits of the product of two weights."""
_SLOT = 6
"""Bits of a term's rank in its text."""
_CHUNK = 128
"""Texts compared at once: their numbers take the 7 bits that are left of 63."""


class _Found(NamedTuple):
    """The neighbors of some texts, and the terms that make them alike: flat lists."""

    sizes: Whole
    others: Whole
    sums: Whole
    term_sizes: Whole
    terms: Whole


def nearest(space: Space, neighbors: int, known: Container[str] = ()) -> tuple[list[str], Mapping[str, str]]:
    """Return for each text a key of what its neighbors follow from, and by their keys the rows that aren't known.

    Args:
        space: the texts.
        neighbors: how many of each text, at most.
        known: the keys of rows that were made before.
    """
    digits, size = space.digests.tobytes().hex(), 2 * space.digests.itemsize * DIGESTS
    keys = [f"{neighbors}-{digits[start : start + size]}" for start in range(0, len(digits), size)]
    wanted = np.array([number for number, key in enumerate(keys) if key not in known], np.int64)
    compare = partial(_rows, space, neighbors)
    parts = [wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]
    shares = spread(compare, parts) if len(parts) > FEW else [compare(parts)]
    return keys, {keys[number]: made for share in shares for number, made in share.items()}


def _rows(space: Space, neighbors: int, parts: Iterable[Whole]) -> dict[int, str]:
    """Return the rows of some texts by their numbers."""
    named = np.array([not name.startswith("#") for name in space.terms], bool)
    rows = {}
    for texts in parts:
        found = _compared(space.vectors, space.postings, named, texts, neighbors)
        ids = [space.ids[other] for other in found.others.tolist()]
        ends = np.cumsum(found.term_sizes).tolist()
        words = list(map(space.forms.__getitem__, space.spelling[found.terms].tolist()))
        told = [words[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
        lines = list(zip(ids, (found.sums / ONE**2).tolist(), told, strict=True))
        ends = np.cumsum(found.sizes).tolist()
        for number, begin, end in zip(texts.tolist(), [0, *ends], ends, strict=False):
            rows[number] = row(lines[begin:end])
    return rows


def _compared(vectors: Rows, postings: Rows, named: NDArray[np.bool_], texts: Whole, neighbors: int) -> _Found:
    """Return the neighbors of some texts, not too many of them."""
    begins = vectors.starts[texts]
    own = vectors.some(texts)
    text = np.repeat(np.arange(len(texts)), own.sizes)
    led = postings.some(own.member)
    packed = np.repeat(text << (NUMBER + _SLOT + _PRODUCT) | ranks(text) << _PRODUCT, led.sizes)
    packed |= led.member.astype(np.int64) << (_SLOT + _PRODUCT)
    packed |= np.repeat(own.weight.astype(np.int64), led.sizes) * led.weight
    packed.sort()  # by text and other text: the rank of a term that both have, and the product of its weights
    pairs = packed >> (_SLOT + _PRODUCT)
    starts = firsts(pairs)
    sums = sums_of(packed & ((1 << _PRODUCT) - 1), starts)
    text, other = apart(pairs[starts], NUMBER)
    ranked = (text << _PRODUCT | ONE**2 - sums) << NUMBER | np.arange(len(starts))
    ranked = ranked[texts[text] != other]
    ranked.sort()
    ranked = ranked[ranks(ranked >> (NUMBER + _PRODUCT)) < neighbors] & ((1 << NUMBER) - 1)
    sizes = np.diff(starts, append=len(packed))[ranked]
    shared = packed[ranges(starts[ranked], sizes)]
    slots = begins[shared >> (NUMBER + _SLOT + _PRODUCT)] + (shared >> _PRODUCT & ((1 << _SLOT) - 1))
    terms = _telling(shared & ((1 << _PRODUCT) - 1), sizes, vectors.member[slots], named)
    return _Found(np.bincount(text[ranked], minlength=len(texts)), other[ranked], sums[ranked], *terms)


def _telling(shared: Whole, sizes: Whole, terms: Whole, named: NDArray[np.bool_]) -> tuple[Whole, Whole]:
    """Return how many terms tell why each pair of texts is alike, and which, most telling first.

    Args:
        shared: products of the terms that pairs share, pair by pair.
        sizes: how many products each pair has.
        terms: the term of each product.
        named: which terms are named.
    """
    pair = np.repeat(np.arange(len(sizes)), sizes)[named[terms]]
    packed = (pair << _PRODUCT | ONE**2 - shared[named[terms]]) << NUMBER | terms[named[terms]]
    packed.sort()
    rest, term = apart(packed, NUMBER)
    pair, lack = apart(rest, _PRODUCT)
    starts = firsts(pair)
    product = ONE**2 - lack
    best = np.repeat(product[starts], np.diff(starts, append=len(pair)))
    kept = (ranks(pair) < NAMED) & (product >= TELLING * best)
    return np.bincount(pair[kept], minlength=len(sizes)), term[kept]
