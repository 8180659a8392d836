"""Which papers are alike, by the words of their texts: TF-IDF vectors, compared by their cosine.

A paper's strongest terms look up the papers in which each of them is strong, so the work grows with the number of
papers and not with its square. Chosen by measurement (bench/likeness).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from gen.record import ANNOTATION_PARTS, Record
from gen.store import Store, Table

NEIGHBORS = 12
"""How many neighbors of each paper are found: the map is made of them, and a paper's page shows the first few."""
SHARED = 4
"""How many shared words tell why two papers are alike."""

_TOPIC_WEIGHT = 6
"""A shared topic counts as a word that both texts say this often."""

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


class Neighbor(NamedTuple):
    """A paper that is like another one."""

    id: str
    likeness: float
    """Cosine of the two papers' vectors as far as they were compared, 0 to 1."""
    words: tuple[str, ...]
    """What both texts say, most telling first, as most of the texts write it."""


Likeness = Mapping[str, tuple[Neighbor, ...]]
"""The neighbors of each paper by its id, most alike first."""


_NO_STORE = Store(None)


def likeness(records: Iterable[Record], store: Store = _NO_STORE, neighbors: int = NEIGHBORS) -> Likeness:
    """Return the papers that are most like each of the given ones.

    Papers that share no term with another one have no neighbors. The order of the records doesn't matter. The
    store keeps each paper's words, and the neighbors as long as nobody's words change.
    """
    ordered = sorted(records, key=lambda record: record.id)
    keys = [_key(record) for record in ordered]
    everything = hashlib.sha256("".join([str(neighbors), *keys]).encode()).hexdigest()
    ids = [record.id for record in ordered]
    with store.table(TABLE) as known:
        rows = known.get(everything, lambda: _rows(ordered, ids, keys, store, known, neighbors))
        return _Found({key: known.known(name) or "" for key, name in zip(ids, rows, strict=True)})


TABLE = "likeness"
"""Table of the neighbors of each paper, and of which of these rows belong to the papers of a collection."""


def _rows(
    records: Sequence[Record], ids: Sequence[str], keys: Sequence[str], store: Store, known: Table[Any], neighbors: int
) -> list[str]:
    """Return the key of each paper's row, and see to it that the table has it."""
    from gen.nearest import nearest

    with store.table("words") as table:
        counted = table.every(dict(zip(keys, records, strict=True)), _counted)
    texts = [counted[key] for key in keys]
    rows, made = nearest(ids, texts, term, neighbors, known)
    for key, line in made.items():
        known.put(key, line)
    for words_of_all in (_form, term):  # nobody asks for most of them again
        words_of_all.cache_clear()
    return rows


def row(found: Iterable[tuple[str, float, Sequence[str]]]) -> str:
    """Return a paper's neighbors as the table keeps them.

    Args:
        found: of each neighbor its id, how like it is, and the words that both say, most telling first. Of these the
            first few are kept, and none that is a part of another one.
    """
    return "\n".join(" ".join((key, repr(likeness), *_named(words))) for key, likeness, words in found)


def _named(words: Sequence[str]) -> Sequence[str]:
    if "-" in "".join(words):
        parts = {part for word in words if "-" in word for part in map(term, word.split("-"))}
        words = [word for word in words if term(word) not in parts]
    return words[:SHARED]


class _Found(Likeness):
    """The neighbors as objects, made when they are asked for."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, key: str) -> tuple[Neighbor, ...]:
        return tuple(map(_neighbor, self._rows[key].splitlines()))


def _neighbor(line: str) -> Neighbor:
    key, likeness, *words = line.split(" ")
    return Neighbor(key, float(likeness), tuple(words))


def words(record: Record) -> Counter[str]:
    """Count the words of a record as they are written, and its topics, which begin with `#`."""
    counts = Counter({f"#{topic}": _TOPIC_WEIGHT for topic in record.topics})
    counts.update(word for text in _texts(record) for word in _words(text))
    return counts


def _counted(record: Record) -> tuple[str, bytes]:
    counts = words(record)
    return " ".join(counts), bytes(min(count, 255) for count in counts.values())


def _key(record: Record) -> str:
    """Return a digest of all that a record's words depend on."""
    return hashlib.sha256("\0".join((*_texts(record), "", *record.topics)).encode()).hexdigest()


def _texts(record: Record) -> Iterator[str]:
    yield from (record.title, record.system or "", record.summary or "", *record.benchmarks, *record.builds_on)
    if record.annotation:
        yield from (getattr(record.annotation, part) for part in ANNOTATION_PARTS)


def _words(text: str) -> Iterator[str]:
    """Yield each word of a text that may tell something; of a compound its parts too."""
    for match in _WORD.finditer(_SKIPPED.sub(" ", text)):
        compound = match[0]
        for written in (compound, *compound.split("-")) if "-" in compound else (compound,):
            if form := _form(written):
                yield form


@lru_cache(maxsize=200_000)
def _form(written: str) -> str:
    """Return a word without the capital that begins a sentence, or nothing for one that tells nothing."""
    folded = written.lower()
    if len(written) < 2 or folded in _COMMON or _singular(folded) in _COMMON or folded[0].isdigit():
        return ""
    return written if any(map(str.isupper, written[1:])) else folded


@lru_cache(maxsize=200_000)
def term(written: str) -> str:
    """Return what is counted for a word, however it is written; a topic as it is."""
    return written if written.startswith("#") else _singular(written.lower())


def _singular(word: str) -> str:
    """Return a word without the ending of an English plural: `queries` as `query`, `bias` as it is."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word
