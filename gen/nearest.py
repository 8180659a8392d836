"""Nearest neighbors among many short texts: TF-IDF vectors of their strongest terms, compared through posting lists.

All texts at once, in numpy (which takes its time to load: import this module only where it is used). Several whole
numbers are packed into one of 64 bits, the most significant first, and sorted together; so no step is a loop over
terms, the work grows with the number of texts, and the sums are the same on every machine.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gen.likeness import row
from gen.parallel import FEW, spread

Whole = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Small = NDArray[np.int32]
Floats = NDArray[np.float64]

TERMS = 48
"""A text is known by this many of its strongest terms; 64 at most."""
POSTINGS = 32
"""A term leads to this many of the texts it is strongest in."""
NAMED = 12
"""So many of the terms that make two texts alike are kept, at most."""
TELLING = 0.1
"""A term is kept if it adds at least this share of what the strongest one does."""
RARITY_STEP = 0.25
"""The logarithm of a term's rarity is rounded to such steps, so that a changed text leaves others' weights alone."""

_WEIGHT = 13
"""Bits of a weight, and half the bits of the product of two."""
_ONE = (1 << _WEIGHT) - 1
"""The weight 1."""
_PRODUCT = 2 * _WEIGHT
_SLOT = 6
"""Bits of a term's rank in its text."""
_NUMBER = 24
"""Bits of the number of a text or a term."""
_COUNT = 15
"""Bits of how often a text says a term."""
_CHUNK = 128
"""Texts compared at once: their numbers take the 7 bits that are left of 63."""


class _Forms(NamedTuple):
    """The words of all texts, one text after the other."""

    names: list[str]
    form: Small
    """Numbers in `names`."""
    said: NDArray[np.uint8]
    """How often each stands in its text."""
    starts: Whole
    """Where each text begins; one more at the end."""


class _Vectors(NamedTuple):
    """The terms of all texts, one text after the other, each text's strongest first."""

    term: Whole
    weight: Whole
    starts: Whole
    """Where each text begins; one more at the end."""


class _Postings(NamedTuple):
    """The texts that each term is strongest in, one term after the other."""

    text: Whole
    weight: Whole
    starts: Whole
    """Where each term begins; one more at the end."""


class _All(NamedTuple):
    """All that the neighbors of any text are found in."""

    ids: Sequence[str]
    terms: list[str]
    spelling: list[str]
    """Each term as most of the texts write it."""
    vectors: _Vectors
    postings: _Postings


class _Found(NamedTuple):
    """The neighbors of some texts, and the terms that make them alike: flat lists."""

    sizes: Whole
    others: Whole
    sums: Whole
    term_sizes: Whole
    terms: Whole


_NUMBERS = np.empty(0, np.int64)


def nearest(
    ids: Sequence[str],
    texts: Iterable[tuple[str, bytes]],
    term: Callable[[str], str],
    neighbors: int,
    known: Container[str] = (),
) -> tuple[list[str], Mapping[str, str]]:
    """Return for each text a key of what its neighbors follow from, and by their keys the rows that aren't known.

    Args:
        ids: of the texts, in their order.
        texts: each as its forms of words, every one once, with spaces between them, and how often each stands there,
            a byte each; in an order that does not depend on chance, since it settles ties.
        term: gives the term of a form; one that begins with `#` counts but is not named.
        neighbors: how many of each text, at most.
        known: the keys of rows that were made before.
    """
    forms = _forms(texts)
    terms, spelling, term_of = _terms(forms, term)
    vectors = _vectors(forms, term_of)
    whole = _All(ids, terms, spelling, vectors, _postings(vectors, len(terms)))
    keys = _keys(whole, neighbors)
    wanted = np.array([number for number, key in enumerate(keys) if key not in known], np.int64)
    compare = partial(_rows, whole, neighbors)
    parts = [wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]
    shares = spread(compare, parts) if len(parts) > FEW else [compare(parts)]
    return keys, {keys[number]: made for share in shares for number, made in share.items()}


def _chunks(starts: Whole) -> Iterator[slice]:
    """Yield the texts in chunks."""
    for first in range(0, len(starts) - 1, _CHUNK):
        yield slice(first, min(first + _CHUNK, len(starts) - 1))


def _forms(texts: Iterable[tuple[str, bytes]]) -> _Forms:
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    form, starts, said = array("i"), array("q", [0]), bytearray()
    for text, often in texts:
        form.extend(map(number.__getitem__, text.split()))
        starts.append(len(form))
        said += often
    return _Forms(list(number), np.array(form, np.int32), np.frombuffer(said, np.uint8), np.array(starts, np.int64))


def _terms(forms: _Forms, term: Callable[[str], str]) -> tuple[list[str], list[str], Whole]:
    """Return all terms in order, how each is written most often, and the number of the term of each form."""
    totals = np.bincount(forms.form, forms.said, len(forms.names)).tolist()
    of_form = list(map(term, forms.names))
    spelled: dict[str, tuple[float, str]] = {}
    for name, key, total in zip(forms.names, of_form, totals, strict=True):
        choice = (-total, name)
        if key not in spelled or choice < spelled[key]:
            spelled[key] = choice
    terms = sorted(spelled)
    number = {key: position for position, key in enumerate(terms)}
    return terms, [spelled[key][1] for key in terms], np.array([number[key] for key in of_form], np.int64)


def _vectors(forms: _Forms, term_of: Whole) -> _Vectors:
    """Weigh terms by TF-IDF with a logarithm of the count; keep each text's strongest, of length 1 at most."""
    texts = len(forms.starts) - 1
    counted = [_counted(forms, term_of, chunk) for chunk in _chunks(forms.starts)]
    spread = np.bincount(np.concatenate([_NUMBERS, *(term for _, term, _ in counted)]), minlength=1)
    rarity = np.where(spread > 1, np.log(max(texts, 1) / np.maximum(spread, 1)), 0)
    rarity = np.round(rarity / RARITY_STEP) * RARITY_STEP
    found = [
        _strongest(columns, rarity, chunk.stop - chunk.start)
        for columns, chunk in zip(counted, _chunks(forms.starts), strict=True)
    ]
    sizes, terms, weights = map(np.concatenate, zip([_NUMBERS] * 3, *found, strict=True))
    return _Vectors(terms, weights, _starts(sizes))


def _counted(forms: _Forms, term_of: Whole, chunk: slice) -> tuple[Whole, Whole, Whole]:
    """Return text, term and count of the terms of some texts; a text's number is its place among them."""
    starts = forms.starts[chunk.start : chunk.stop + 1]
    words = slice(starts[0], starts[-1])
    text = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    packed = (text << _NUMBER | term_of[forms.form[words]]) << _COUNT | forms.said[words]
    packed.sort()
    firsts = _firsts(packed >> _COUNT)
    text, term = _apart(packed[firsts] >> _COUNT, _NUMBER)
    return text, term, _sums(packed & ((1 << _COUNT) - 1), firsts)


def _strongest(columns: tuple[Whole, Whole, Whole], rarity: Floats, texts: int) -> tuple[Whole, Whole, Whole]:
    """Return how many terms each of some texts has, these terms, and their weights."""
    text, term, count = columns
    weight = (1 + np.log(count)) * rarity[term]
    length = np.sqrt(np.bincount(text, weight * weight, texts))
    weight *= _ONE / np.where(length > 0, length, 1)[text]
    text, whole, term = _by_weight(text, weight.astype(np.int64), term, TERMS)
    return np.bincount(text, minlength=texts), term, whole


def _postings(vectors: _Vectors, terms: int) -> _Postings:
    text = np.repeat(np.arange(len(vectors.starts) - 1), np.diff(vectors.starts))
    term, weight, text = _by_weight(vectors.term, vectors.weight, text, POSTINGS)
    return _Postings(text, weight, np.searchsorted(term, np.arange(terms + 1)))


def _by_weight(group: Whole, weight: Whole, member: Whole, most: int) -> tuple[Whole, Whole, Whole]:
    """Return the strongest members of each group, strongest first; equal ones in their order."""
    packed = (group << _WEIGHT | _ONE - weight) << _NUMBER | member
    packed.sort()
    rest, member = _apart(packed, _NUMBER)
    group, lack = _apart(rest, _WEIGHT)
    kept = (_ranks(group) < most) & (lack < _ONE)
    return group[kept], _ONE - lack[kept], member[kept]


def _keys(whole: _All, neighbors: int) -> list[str]:
    """Return for each text a digest of what its neighbors follow from: its terms, and the texts that they lead to."""
    text, term = _hashes(whole.ids), _hashes(map(" ".join, zip(whole.terms, whole.spelling, strict=True)))
    vectors, postings = whole.vectors, whole.postings
    halves = []
    for seed in (neighbors, neighbors + 1):
        led = _totals(_mixed(seed, text[postings.text], postings.weight), postings.starts)
        own = _mixed(seed, term[vectors.term], vectors.weight, led[vectors.term])
        halves.append(_mixed(seed, text, _totals(own, vectors.starts)).tolist())
    return [f"{one:016x}{other:016x}" for one, other in zip(*halves, strict=True)]


def _hashes(texts: Iterable[str]) -> Hashes:
    digests = (blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), np.uint64)


def _mixed(seed: int, *columns: NDArray[np.integer]) -> Hashes:
    """Return a hash of each row of some columns, by the mixing of SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = np.full(len(columns[0]), seed, np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return mixed


def _totals(hashes: Hashes, starts: Whole) -> Hashes:
    """Return the sum of each range's hashes: their order doesn't matter, and there may be none."""
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(hashes, dtype=np.uint64)])
    return np.asarray(running[starts[1:]] - running[starts[:-1]])


def _rows(whole: _All, neighbors: int, parts: Iterable[Whole]) -> dict[int, str]:
    """Return the rows of some texts by their numbers."""
    named = np.array([not name.startswith("#") for name in whole.terms], bool)
    rows = {}
    for texts in parts:
        found = _compared(whole.vectors, whole.postings, named, texts, neighbors)
        ids = [whole.ids[other] for other in found.others.tolist()]
        ends = np.cumsum(found.term_sizes).tolist()
        words = list(map(whole.spelling.__getitem__, found.terms.tolist()))
        told = [words[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
        lines = list(zip(ids, (found.sums / _ONE**2).tolist(), told, strict=True))
        ends = np.cumsum(found.sizes).tolist()
        for number, begin, end in zip(texts.tolist(), [0, *ends], ends, strict=False):
            rows[number] = row(lines[begin:end])
    return rows


def _compared(vectors: _Vectors, postings: _Postings, named: NDArray[np.bool_], texts: Whole, neighbors: int) -> _Found:
    """Return the neighbors of some texts, not too many of them."""
    begins = vectors.starts[texts]
    sizes = vectors.starts[texts + 1] - begins
    own = _ranges(begins, sizes)
    term, weight = vectors.term[own], vectors.weight[own]
    text = np.repeat(np.arange(len(texts)), sizes)
    sizes = postings.starts[term + 1] - postings.starts[term]
    at = _ranges(postings.starts[term], sizes)
    packed = np.repeat(text << (_NUMBER + _SLOT + _PRODUCT) | _ranks(text) << _PRODUCT, sizes)
    packed |= postings.text.take(at) << (_SLOT + _PRODUCT)
    packed |= postings.weight.take(at) * np.repeat(weight, sizes)
    packed.sort()  # by text and other text: the rank of a term that both have, and the product of its weights
    pairs = packed >> (_SLOT + _PRODUCT)
    starts = _firsts(pairs)
    sums = _sums(packed & ((1 << _PRODUCT) - 1), starts)
    text, other = _apart(pairs[starts], _NUMBER)
    ranked = (text << _PRODUCT | _ONE**2 - sums) << _NUMBER | np.arange(len(starts))
    ranked = ranked[texts[text] != other]
    ranked.sort()
    ranked = ranked[_ranks(ranked >> (_NUMBER + _PRODUCT)) < neighbors] & ((1 << _NUMBER) - 1)
    sizes = np.diff(starts, append=len(packed))[ranked]
    shared = packed[_ranges(starts[ranked], sizes)]
    slots = begins[shared >> (_NUMBER + _SLOT + _PRODUCT)] + (shared >> _PRODUCT & ((1 << _SLOT) - 1))
    terms = _telling(shared & ((1 << _PRODUCT) - 1), sizes, vectors.term[slots], named)
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
    packed = (pair << _PRODUCT | _ONE**2 - shared[named[terms]]) << _NUMBER | terms[named[terms]]
    packed.sort()
    rest, term = _apart(packed, _NUMBER)
    pair, lack = _apart(rest, _PRODUCT)
    starts = _firsts(pair)
    product = _ONE**2 - lack
    best = np.repeat(product[starts], np.diff(starts, append=len(pair)))
    kept = (_ranks(pair) < NAMED) & (product >= TELLING * best)
    return np.bincount(pair[kept], minlength=len(sizes)), term[kept]


def _apart(packed: Whole, bits: int) -> tuple[Whole, Whole]:
    """Return what stands above the last bits, and what stands in them."""
    return packed >> bits, packed & ((1 << bits) - 1)


def _firsts(ordered: Whole) -> Whole:
    """Return where each run of equal numbers begins."""
    changed = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changed[1:])
    return np.flatnonzero(changed)


def _ranks(ordered: Whole) -> Whole:
    """Return the place of each number in its run of equal ones, from 0."""
    starts = _firsts(ordered)
    return np.arange(len(ordered)) - np.repeat(starts, np.diff(starts, append=len(ordered)))


def _sums(numbers: Whole, starts: Whole) -> Whole:
    """Return the sum of each run; unlike `reduceat` alone, nothing for no runs."""
    return np.add.reduceat(numbers, starts) if len(starts) else numbers


def _ranges(starts: Whole, sizes: Whole) -> Whole:
    """Return the numbers of all ranges, one range after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)


def _starts(sizes: Whole) -> Whole:
    """Return where each range begins if they lie one after the other, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes)])
