"""Which papers are alike, by the words of their texts: TF-IDF vectors, compared by their cosine.

A paper's strongest terms look up the papers in which each of them is strong, so the work grows with the number of
papers and not with its square. Chosen by measurement (bench/likeness).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest, nsmallest

from gen.record import ANNOTATION_PARTS, Record

NEIGHBORS = 12
"""How many neighbors of each paper are found: the map is made of them, and a paper's page shows the first few."""
SHARED = 4
"""How many shared words tell why two papers are alike."""

_TERMS = 40
"""A paper is known by this many of its strongest terms."""
_POSTINGS = 100
"""A term leads to this many of the papers it is strongest in."""
_TOPIC_WEIGHT = 6
"""A shared topic counts as a word that both texts say this often."""
_TELLING = 0.1
"""A shared word is named if it adds at least this share of what the strongest one does."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_SKIPPED = re.compile(r"\$[^$]*\$|\[@[^\]]*\]|\]\([^)]*\)")
"""Math, citations and addresses of links have no words to compare."""
_COMMON_WORDS = """
    a about above abstract across after against all almost along already also an and another any are argued as at
    average away back be because been before behind being below best better between beyond both but by called can
    claimed come could different do does done down each either enough even every fairly fall falls few fewer find
    first five follow for four from full further gain gave get give given go good had half has have help helps here
    high higher how however if in include includes instead into is it its itself just keep kept large larger later
    least less like little long look lower made make many may mean means method might model more most much must name
    nearly need neither never new no nobody none nor not nothing now of off often on once one only open or other
    others out over own paper part per rather reach report reported same say second see separately set several shorter
    should show shown side since size small so some state stated still study such take taken tell tells than that the
    their them then there these they this those though three through thus to together too trying two under unlike
    until up upon use used using usual varied very was way well were what when where whether which while who whole
    whose why wide will with within without work would yet zero
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words of every text and of every note, which tell nothing of what a paper is about."""


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A paper that is like another one."""

    id: str
    likeness: float
    """Cosine of the two papers' vectors as far as they were compared, 0 to 1."""
    words: tuple[str, ...]
    """What both texts say, most telling first, as most of the texts write it."""


Likeness = Mapping[str, tuple[Neighbor, ...]]
"""The neighbors of each paper by its id, most alike first."""


def likeness(records: Iterable[Record], neighbors: int = NEIGHBORS) -> Likeness:
    """Return the papers that are most like each of the given ones.

    Papers that share no term with another one have no neighbors. The order of the records doesn't matter.
    """
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counted = {record.id: _terms(record, spelled) for record in sorted(records, key=lambda record: record.id)}
    vectors = _vectors(counted)
    postings = _postings(vectors)
    spelling = {term: min(forms, key=lambda form: (-forms[form], form)) for term, forms in spelled.items()}
    found = {}
    for key, vector in vectors.items():
        alike: defaultdict[str, float] = defaultdict(float)
        for term, weight in vector.items():
            for other, other_weight in postings[term]:
                alike[other] += weight * other_weight
        alike.pop(key, None)
        nearest = nsmallest(neighbors, alike, key=lambda other: (-alike[other], other))
        found[key] = tuple(
            Neighbor(other, alike[other], _shared(vector, vectors[other], spelling)) for other in nearest
        )
    return found


def _terms(record: Record, spelled: defaultdict[str, Counter[str]]) -> Counter[str]:
    """Count a record's terms, and how the texts spell each of them."""
    terms = Counter({f"#{topic}": _TOPIC_WEIGHT for topic in record.topics})
    for text in _texts(record):
        for written, term in _words(text):
            terms[term] += 1
            spelled[term][written] += 1
    return terms


def _texts(record: Record) -> Iterator[str]:
    yield from (record.title, record.system or "", record.summary or "", *record.benchmarks, *record.builds_on)
    if record.annotation:
        yield from (getattr(record.annotation, part) for part in ANNOTATION_PARTS)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text that may tell something, as written and as a term; of a compound its parts too."""
    for match in _WORD.finditer(_SKIPPED.sub(" ", text)):
        compound = match[0]
        for written in (compound, *compound.split("-")) if "-" in compound else (compound,):
            folded = written.lower()
            term = _singular(folded)
            if len(written) > 1 and folded not in _COMMON and term not in _COMMON and not folded[0].isdigit():
                yield (written if any(map(str.isupper, written[1:])) else folded), term


def _singular(word: str) -> str:
    """Return a word without the ending of an English plural: `queries` as `query`, `bias` as it is."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word


def _vectors(counted: Mapping[str, Counter[str]]) -> dict[str, dict[str, float]]:
    """Weigh terms by TF-IDF with a logarithm of the count, and return each paper's strongest, of length 1 at most."""
    spread = Counter(term for terms in counted.values() for term in terms)
    rarity = {term: math.log(len(counted) / count) for term, count in spread.items() if count > 1}
    vectors = {}
    for key, terms in counted.items():
        weights = {term: (1 + math.log(count)) * rarity[term] for term, count in terms.items() if term in rarity}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        strongest = nsmallest(_TERMS, weights, key=lambda term, weights=weights: (-weights[term], term))  # type: ignore[misc]
        vectors[key] = {term: weights[term] / length for term in strongest}
    return vectors


def _postings(vectors: Mapping[str, Mapping[str, float]]) -> dict[str, list[tuple[str, float]]]:
    """Return the papers that each term is strongest in."""
    postings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for key, vector in vectors.items():
        for term, weight in vector.items():
            postings[term].append((key, weight))
    return {term: nlargest(_POSTINGS, papers, key=lambda paper: paper[1]) for term, papers in postings.items()}


def _shared(one: Mapping[str, float], other: Mapping[str, float], spelling: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words that make two papers alike; no word that is a part of another one named."""
    weights = {term: one[term] * other[term] for term in one if term in other and not term.startswith("#")}
    ranked = nsmallest(3 * SHARED, weights, key=lambda term: (-weights[term], term))
    telling = [term for term in ranked if weights[term] >= _TELLING * weights[ranked[0]]]
    compounds = {part for term in telling if "-" in term for part in map(_singular, term.split("-"))}
    return tuple(spelling[term] for term in telling if term not in compounds)[:SHARED]
