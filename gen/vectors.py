"""What texts are compared by: TF-IDF vectors of their strongest terms, and the texts that each term is strongest in.

Made of all texts, or after few of them changed only where that reaches. A term counts more the fewer texts have it, but
that is rounded, so most of a text's terms leave other texts alone. Terms are numbered in their order, which settles
ties, so a term that comes moves the numbers of those behind it; one that goes leaves its number behind, and no text.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gen.rows import Numbers, Rows, Whole, apart, firsts, ranks, starts_of, sums_of

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]
Term = Callable[[str], str]
Text = tuple[str, bytes]
"""Its forms of words, every one once, with spaces between them, and how often each stands there, a byte each; in an
order that does not depend on chance, since it settles ties."""

TERMS = 48
"""A text is known by this many of its strongest terms; 64 at most."""
POSTINGS = 32
"""A term leads to this many of the texts it is strongest in."""
RARITY_STEP = 0.25
"""The logarithm of a term's rarity is rounded to such steps, so that a changed text leaves others' weights alone."""
LENGTH_STEP = 0.05
"""The logarithm of a text's length is rounded up to such steps, so that a changed word leaves other words' weights."""
DIGESTS = 2
"""Numbers of 64 bits that tell what a text's neighbors follow from."""

WEIGHT = 13
"""Bits of a weight."""
ONE = (1 << WEIGHT) - 1
"""The weight 1."""
NUMBER = 24
"""Bits of the number of a text or a term."""
_COUNT = 15
"""Bits of how often a text says a term."""
_CHUNK = 128
"""Texts whose terms are counted at once."""


class Space(NamedTuple):
    """All that the neighbors of any text are found in."""

    ids: Sequence[str]
    id_hashes: Hashes
    forms: list[str]
    """The words of all texts as they are written."""
    terms: list[str]
    spelling: Numbers
    """The form in which most of the texts write each term."""
    term_hashes: Hashes
    """Of each term and its spelling."""
    vectors: Rows
    """Of each text its terms, strongest first."""
    postings: Rows
    """Of each term the texts that it is strongest in, strongest first."""
    digests: Hashes
    """Two of each text, of what its neighbors follow from: its terms, and the texts that they lead to."""


class State(NamedTuple):
    """What some texts are compared by, and what it takes to find out how that changes with a text."""

    space: Space
    words: Rows
    """Of each text its forms, and how often it says them."""
    term_of: Numbers
    """The term of each form."""
    said: Whole
    """How often all texts say each form."""
    spread: Whole
    """In how many texts each term stands."""


class _Counts(NamedTuple):
    """How often each of some texts says each of its terms."""

    texts: int
    text: Whole
    term: Whole
    often: Whole


_NONE = np.empty(0, np.int64)


def started(ids: Sequence[str], texts: Iterable[Text], term: Term) -> State:
    """Return what some texts are compared by.

    Args:
        ids: of the texts, in their order.
        texts: their words.
        term: gives the term of a form; one that begins with `#` counts but is not named.
    """
    numbers, words = _words(texts, {})
    forms = list(numbers)
    of_form = list(map(term, forms))
    terms = sorted(set(of_form))
    number = dict(zip(terms, count()))
    term_of = np.array([number[key] for key in of_form], np.int32)
    said, every = _said(words, len(forms)), np.arange(len(terms))
    counted = list(_counted(words, term_of))
    spread = _spread(counted, len(terms))
    vectors = _vectors(counted, _rarity(spread, len(ids)))
    postings = _postings(vectors, every)
    spelling, term_hashes = np.zeros(len(terms), np.int32), np.zeros(len(terms), np.uint64)
    digests = np.zeros((len(ids), DIGESTS), np.uint64)
    space = Space(ids, _hashes(ids), forms, terms, spelling, term_hashes, vectors, postings, digests)
    space = _digested(_spelled(space, every, term_of, said), np.arange(len(ids)))
    return State(space, words, term_of, said, spread)


def amended(state: State, changed: Mapping[int, Text], term: Term) -> Space:
    """Return what `started` would, as far as texts are compared by it, after some texts changed.

    Args:
        state: of the texts as they were.
        changed: the texts that changed, by their numbers.
        term: as it was given for the state.
    """
    edited = np.array(sorted(changed), np.int64)
    state, words = _widened(state, [changed[number] for number in edited.tolist()], term)
    texts, strongest = _weighed(state, edited, words)
    space = _respelled(state, edited, words)
    vectors = space.vectors.replaced(texts, strongest)
    terms = _reached(space, space.vectors.some(texts), strongest)
    postings = space.postings.replaced(terms, _postings(vectors, terms))
    others = np.union1d(terms, np.flatnonzero(space.spelling != state.space.spelling))
    leading = vectors.row_of(np.flatnonzero(_among(others, len(space.terms))[vectors.member]))
    return _digested(space._replace(vectors=vectors, postings=postings), np.union1d(texts, leading))


def _words(texts: Iterable[Text], known: Mapping[str, int], new: int = 0) -> tuple[Mapping[str, int], Rows]:
    """Return the number of each form and the words of each text.

    Args:
        texts: given once.
        known: the numbers of forms that have one.
        new: the number of the first one that has none.
    """
    number = defaultdict(count(new).__next__, known)
    form, starts, said = array("i"), array("q", [0]), bytearray()
    for text, often in texts:
        form.extend(map(number.__getitem__, text.split()))
        starts.append(len(form))
        said += often
    rows = Rows(np.array(form, np.int32), np.frombuffer(said, np.uint8), np.array(starts, np.int64))
    return number, rows


def _widened(state: State, texts: Sequence[Text], term: Term) -> tuple[State, Rows]:
    """Return a state with room for the forms and terms of more texts, and the words of these."""
    space, asked = state.space, {form for text, _ in texts for form in text.split()}
    known = {form: number for number, form in enumerate(space.forms) if form in asked}
    numbers, words = _words(texts, known, len(space.forms))
    forms = list(numbers)[len(known) :]
    of_form = list(map(term, forms))
    place = {key: bisect_left(space.terms, key) for key in sorted(set(of_form))}
    new = [key for key, at in place.items() if space.terms[at : at + 1] != [key]]
    places = np.array([place[key] for key in new], np.int64)
    terms = sorted([*space.terms, *new])
    number = np.delete(np.arange(len(terms), dtype=np.int32), places + np.arange(len(new)))
    came = np.array([bisect_left(terms, key) for key in of_form], np.int32)
    vectors, postings = space.vectors, space.postings
    wider = space._replace(
        forms=space.forms + forms,
        terms=terms,
        spelling=np.insert(space.spelling, places, 0),
        term_hashes=np.insert(space.term_hashes, places, 0),
        vectors=vectors._replace(member=number[vectors.member]),
        postings=postings._replace(starts=starts_of(np.insert(postings.sizes, places, 0))),
    )
    term_of = np.concatenate([number[state.term_of], came])
    said = np.concatenate([state.said, np.zeros(len(came), np.int64)])
    return State(wider, state.words, term_of, said, np.insert(state.spread, places, 0)), words


def _weighed(state: State, edited: Whole, words: Rows) -> tuple[Whole, Rows]:
    """Return the texts that must be weighed again after some have other words, and their vectors."""
    size, texts = len(state.space.terms), len(state.space.ids)
    came, gone = (_spread(_counted(rows, state.term_of), size) for rows in (words, state.words.some(edited)))
    rarity = _rarity(state.spread + came - gone, texts)
    moved = (rarity != _rarity(state.spread, texts))[state.term_of]
    again = np.union1d(edited, state.words.row_of(np.flatnonzero(moved[state.words.member])))
    words = state.words.some(again).replaced(np.searchsorted(again, edited), words)
    return again, _vectors(_counted(words, state.term_of), rarity)


def _respelled(state: State, edited: Whole, words: Rows) -> Space:
    size = len(state.space.forms)
    said = state.said + _said(words, size) - _said(state.words.some(edited), size)
    return _spelled(state.space, np.unique(state.term_of[said != state.said]), state.term_of, said)


def _spelled(space: Space, terms: Numbers, term_of: Numbers, said: Whole) -> Space:
    """Find out again how some terms are written most often."""
    forms = np.flatnonzero(_among(terms, len(space.terms))[term_of])
    spelled: dict[int, tuple[int, str, int]] = {}
    for form, key, total in zip(forms.tolist(), term_of[forms].tolist(), said[forms].tolist(), strict=True):
        choice = (-total, space.forms[form], form)
        if key not in spelled or choice < spelled[key]:
            spelled[key] = choice
    numbers = np.array(list(spelled), np.int64)
    spelling, term_hashes = space.spelling.copy(), space.term_hashes.copy()
    spelling[numbers] = [form for _, _, form in spelled.values()]
    term_hashes[numbers] = _hashes(f"{space.terms[key]} {name}" for key, (_, name, _) in spelled.items())
    return space._replace(spelling=spelling, term_hashes=term_hashes)


def _reached(space: Space, before: Rows, after: Rows) -> Whole:
    """Return the terms whose postings may change with the vectors of some texts: those that led there, or could."""
    postings = space.postings
    weakest = np.zeros(len(space.terms), np.int64)
    full = postings.sizes == POSTINGS
    weakest[full] = postings.weight[postings.starts[1:][full] - 1]
    one, other = (
        (np.repeat(np.arange(len(rows.sizes)), rows.sizes) << NUMBER | rows.member) << WEIGHT | rows.weight
        for rows in (before, after)
    )
    rest, weight = apart(np.setxor1d(one, other, assume_unique=True), WEIGHT)
    _, term = apart(rest, NUMBER)
    return np.unique(term[weight >= weakest[term]])


def _said(words: Rows, forms: int) -> Whole:
    return np.bincount(words.member, words.weight, forms).astype(np.int64)


def _spread(counted: Iterable[_Counts], terms: int) -> Whole:
    return np.bincount(np.concatenate([_NONE, *(counts.term for counts in counted)]), minlength=terms)


def _rarity(spread: Whole, texts: int) -> Floats:
    rarity = np.where(spread > 1, np.log(max(texts, 1) / np.maximum(spread, 1)), 0)
    return np.asarray(np.round(rarity / RARITY_STEP) * RARITY_STEP)


def _counted(words: Rows, term_of: Numbers) -> Iterator[_Counts]:
    """Count the terms of texts in chunks; a text's number is its place in its chunk."""
    for first in range(0, len(words.starts) - 1, _CHUNK):
        starts = words.starts[first : first + _CHUNK + 1]
        places = slice(starts[0], starts[-1])
        text = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        packed = (text << NUMBER | term_of[words.member[places]]) << _COUNT | words.weight[places]
        packed.sort()
        begins = firsts(packed >> _COUNT)
        text, term = apart(packed[begins] >> _COUNT, NUMBER)
        yield _Counts(len(starts) - 1, text, term, sums_of(packed & ((1 << _COUNT) - 1), begins))


def _vectors(counted: Iterable[_Counts], rarity: Floats) -> Rows:
    """Weigh terms by TF-IDF with a logarithm of the count; keep each text's strongest, of length 1 at most."""
    found = [_strongest(counts, rarity) for counts in counted]
    sizes, terms, weights = map(np.concatenate, zip([_NONE] * 3, *found, strict=True))
    return Rows(terms.astype(np.int32), weights.astype(np.int16), starts_of(sizes))


def _strongest(counts: _Counts, rarity: Floats) -> tuple[Whole, Whole, Whole]:
    """Return how many terms each of some texts has, these terms, and their weights."""
    texts, text, term, often = counts
    weight = (1 + np.log(often)) * rarity[term]
    length = np.sqrt(np.bincount(text, weight * weight, texts))
    length = np.exp(np.ceil(np.log(np.where(length > 0, length, 1)) / LENGTH_STEP) * LENGTH_STEP)
    weight *= ONE / length[text]
    text, whole, term = _by_weight(text, weight.astype(np.int64), term, TERMS)
    return np.bincount(text, minlength=texts), term, whole


def _postings(vectors: Rows, terms: Whole) -> Rows:
    """Return where some terms lead; they are given in their order."""
    size = int(max(np.max(vectors.member, initial=0), np.max(terms, initial=0))) + 1
    places = np.flatnonzero(_among(terms, size)[vectors.member])
    found = _by_weight(vectors.member[places], vectors.weight[places], vectors.row_of(places), POSTINGS)
    term, weight, text = found
    starts = np.append(np.searchsorted(term, terms), len(term))
    return Rows(text.astype(np.int32), weight.astype(np.int16), starts)


def _by_weight(group: Numbers, weight: Numbers, member: Whole, most: int) -> tuple[Whole, Whole, Whole]:
    """Return the strongest members of each group, strongest first; equal ones in their order."""
    packed = (group.astype(np.int64) << WEIGHT | ONE - weight) << NUMBER | member
    packed.sort()
    rest, member = apart(packed, NUMBER)
    group, lack = apart(rest, WEIGHT)
    kept = (ranks(group) < most) & (lack < ONE)
    return group[kept], ONE - lack[kept], member[kept]


def _among(numbers: Numbers, size: int) -> NDArray[np.bool_]:
    """Return of each number below a size whether it is one of these."""
    found = np.zeros(size, bool)
    found[numbers] = True
    return found


def _digested(space: Space, texts: Whole) -> Space:
    """Make the digests of some texts again."""
    own = space.vectors.some(texts)
    terms = np.flatnonzero(_among(own.member, len(space.terms)))
    postings, led = space.postings.some(terms), np.zeros(len(space.terms), np.uint64)
    digests = space.digests.copy()
    for seed in range(DIGESTS):
        led[terms] = _totals(_mixed(seed, space.id_hashes[postings.member], postings.weight), postings.starts)
        mixed = _mixed(seed, space.term_hashes[own.member], own.weight, led[own.member])
        digests[texts, seed] = _mixed(seed, space.id_hashes[texts], _totals(mixed, own.starts))
    return space._replace(digests=digests)


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


def _hashes(texts: Iterable[str]) -> Hashes:
    digests = (blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), np.uint64)
