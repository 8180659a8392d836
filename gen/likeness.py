"""Which papers are alike, by the words of their texts: TF-IDF vectors, compared by their cosine.

A paper's strongest terms look up the papers in which each of them is strong, so the work grows with the number of
papers and not with its square. Chosen by measurement (bench/likeness).
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from gen.record import ANNOTATION_PARTS, Record
from gen.store import Store, Table

T = TypeVar("T")

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
    """Cosine of the two papers' vectors as far as they were compared, 0 to 1; up to a tenth too small."""
    words: tuple[str, ...]
    """What both texts say, most telling first, as most of the texts write it."""


Likeness = Mapping[str, tuple[Neighbor, ...]]
"""The neighbors of each paper by its id, most alike first."""


TABLE = "likeness"
"""Table of the neighbors of each paper, and of which of these rows belong to the papers of a collection."""
TEXTS = "texts"
"""Table of what the papers of a collection were compared by at some time, and of the words of those that changed."""
_FEW, _LEAST = 1 / 50, 20
"""Up to this share of the papers, or this number, may have changed since then before all are counted anew."""
_NO_STORE = Store(None)


def likeness(records: Iterable[Record], store: Store = _NO_STORE, neighbors: int = NEIGHBORS) -> "Found":
    """Return the papers that are most like each of the given ones.

    Papers that share no term with another one have no neighbors. The order of the records doesn't matter. The
    store keeps each paper's words, and the neighbors as long as nobody's words change.
    """
    ordered = sorted(records, key=lambda record: record.id)
    ids, keys = [record.id for record in ordered], [words_key(record) for record in ordered]

    def rows() -> list[str]:
        with store.table("words") as table:
            counted = table.every(dict(zip(keys, ordered, strict=True)), _counted)
        made = _rows(ids, keys, counted.__getitem__, store, known, neighbors)
        for words_of_all in (_forms, term):  # nobody asks for most of them again
            words_of_all.cache_clear()
        return made

    with store.table(TABLE) as known:
        return _found(ids, known.get(_everything(ids, keys, neighbors), rows), known)


def amended_likeness(
    ids: Sequence[str], keys: Sequence[str], edited: Mapping[str, Record], store: Store, neighbors: int = NEIGHBORS
) -> tuple[Likeness, set[str]] | None:
    """Return what `likeness` would after some papers were edited, and whose neighbors changed: they, or their words.

    Args:
        ids: of all papers, in their order.
        keys: of each paper's words (`words_key`) as they were when the store's tables were made.
        edited: the papers by their ids, as they now are.
        store: brought up to date, except for the table of words.
        neighbors: how many of each paper, at most.

    Returns:
        None if the store lacks what it takes, or too much has changed; it is then left as it was.
    """
    now = [words_key(edited[name]) if name in edited else key for name, key in zip(ids, keys, strict=True)]
    records = {key: edited[name] for name, key in zip(ids, now, strict=True) if name in edited}

    def words_of(key: str) -> tuple[str, bytes]:
        return _counted(_there(records.get(key)))

    try:
        with store.table(TABLE) as known:
            make = partial(_rows, ids, now, words_of, store, known, neighbors)
            earlier = _there(known.earlier(_everything(ids, keys, neighbors)))
            rows = known.get(_everything(ids, now, neighbors), make)
            pairs = zip(ids, earlier, rows, strict=True)
            before = Found({name: known.earlier(one) or "" for name, one, other in pairs if one != other})
            after = _found(ids, rows, known)
    except _LackingError:
        return None
    return after, {name for name, neighbors in before.items() if _told(neighbors) != _told(after[name])}


class _LackingError(Exception):
    """The store lacks what only all records could replace."""


def _there(value: T | None) -> T:
    if value is None:
        raise _LackingError
    return value


def _told(neighbors: Iterable[Neighbor]) -> list[tuple[str, tuple[str, ...]]]:
    return [(neighbor.id, neighbor.words) for neighbor in neighbors]


def _everything(ids: Iterable[str], keys: Iterable[str], neighbors: int) -> str:
    """Return a key for the rows of all papers, which name papers by their ids."""
    return hashlib.sha256("\0".join([str(neighbors), *ids, *keys]).encode()).hexdigest()


def _found(ids: Sequence[str], rows: Sequence[str], known: Table[Any]) -> "Found":
    return Found({key: known.known(name) or "" for key, name in zip(ids, rows, strict=True)})


def _rows(
    ids: Sequence[str],
    keys: Sequence[str],
    words_of: Callable[[str], tuple[str, bytes]],
    store: Store,
    known: Table[Any],
    neighbors: int,
) -> list[str]:
    """Return the key of each paper's row, and see to it that the table has it."""
    from gen.nearest import nearest
    from gen.vectors import amended, started

    with store.table(TEXTS) as table:
        name = hashlib.sha256("\0".join(ids).encode()).hexdigest()
        then, state = table.known(name) or ([], None)
        changed = [number for number, (key, old) in enumerate(zip(keys, then, strict=False)) if key != old]
        if state is not None and len(changed) <= max(_LEAST, _FEW * len(ids)):
            texts = {number: table.get(keys[number], partial(words_of, keys[number])) for number in changed}
            space = amended(state, texts, term)
        else:
            state = started(ids, map(words_of, keys), term)
            table.put(name, (keys, state))
            space = state.space
    rows, made = nearest(space, neighbors, known)
    for key, line in made.items():
        known.put(key, line)
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


class Found(Likeness):
    """The neighbors of each paper as objects, made when they are asked for."""

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, key: str) -> tuple[Neighbor, ...]:
        return tuple(map(_neighbor, self._rows[key].splitlines()))

    def near_to(self, name: str) -> list[str]:
        """Return the ids of the papers that have one among their neighbors."""
        start = f"{name} "
        rows = ((key, row) for key, row in self._rows.items() if start in row)  # of few papers, so most take no time
        return [key for key, row in rows if any(line.startswith(start) for line in row.splitlines())]

    def ids(self, key: str) -> list[str]:
        """Return the neighbors' ids."""
        return [line.partition(" ")[0] for line in self._rows[key].splitlines()]


class Awaited(Found):
    """Neighbors that somebody is still finding; who asks for some waits for all."""

    def __init__(self, find: Callable[[], Found]) -> None:
        self._find = find

    @cached_property
    def _rows(self) -> Mapping[str, str]:  # type: ignore[override]
        return self._find()._rows

    def wait(self) -> None:
        """Wait until they are found."""
        _ = self._rows


def near_papers(likeness: Likeness) -> dict[str, list[str]]:
    """Return who is near each paper, most alike first, without how much and why."""
    if isinstance(likeness, Found):  # of all papers, a tenth of the time that all of it takes
        return {key: likeness.ids(key) for key in likeness}
    return {key: [neighbor.id for neighbor in neighbors] for key, neighbors in likeness.items()}


def near_to(likeness: Likeness, name: str) -> list[str]:
    """Return the ids of the papers that have one among their neighbors."""
    if isinstance(likeness, Found):
        return likeness.near_to(name)
    return [key for key, neighbors in likeness.items() if any(neighbor.id == name for neighbor in neighbors)]


def _neighbor(line: str) -> Neighbor:
    key, likeness, *words = line.split(" ")
    return Neighbor(key, float(likeness), tuple(words))


def words(record: Record) -> Counter[str]:
    """Count the words of a record as they are written, and its topics, which begin with `#`."""
    counts = Counter({f"#{topic}": _TOPIC_WEIGHT for topic in record.topics})
    for text in _texts(record):
        counts.update(chain.from_iterable(map(_forms, _SKIPPED.sub(" ", text).split())))
    return counts


def _counted(record: Record) -> tuple[str, bytes]:
    counts = words(record)
    return " ".join(counts), bytes(min(count, 255) for count in counts.values())


def words_key(record: Record) -> str:
    """Return a digest of all that a record's words depend on."""
    return hashlib.sha256("\0".join((*_texts(record), "", *record.topics)).encode()).hexdigest()


def _texts(record: Record) -> Iterator[str]:
    yield from (record.title, record.system or "", record.summary or "", *record.benchmarks, *record.builds_on)
    if record.annotation:
        yield from (getattr(record.annotation, part) for part in ANNOTATION_PARTS)


@lru_cache(maxsize=200_000)
def _forms(written: str) -> tuple[str, ...]:
    """Return of what stands between two spaces the words that may tell something; of a compound its parts too."""
    forms: list[str] = []
    for compound in _WORD.findall(written):
        parts = (compound, *compound.split("-")) if "-" in compound else (compound,)
        forms += filter(None, map(_form, parts))
    return tuple(forms)


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
