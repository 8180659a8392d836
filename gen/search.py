"""The search index: BM25 over the records, in pieces, so that a browser loads only those that a query needs.

Pagefind was tried first. It returns only pages that hold every word, and its index has other bytes from run
to run; asked word by word and added up it still ranks worse and moves more (`make bench-search` compares). Here each
term's postings already hold what BM25 makes of them, so the browser only adds up (as BM25S does), and the same
records give the same bytes.

Files below `search/`: `index.json` says where the others are and with which term each piece of postings begins;
`terms/` holds postings, in the order of terms; `docs/` what a result shows; `facets.json` what filters and sorts.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import Stemmer

from gen.collection import Collection
from gen.names import OTHERS, parse_name, short_authors
from gen.record import ANNOTATION_PARTS, Record
from gen.text.plain import plain
from gen.text.prose import prose_text

WEIGHTS = {
    "system": 8.0,
    "title": 5.0,
    "also": 3.0,
    "id": 3.0,
    "summary": 2.5,
    "topic": 1.5,
    "author": 3.0,
    "entity": 1.2,
    "venue": 1.0,
    "annotation": 1.0,
}
"""How often a word counts by the field it stands in."""
K1, B = 5.0, 0.4
"""BM25's saturation of repeated words and its weight of a record's length (Robertson and Zaragoza 2009). The saturation
is slow because a word counts up to eight times by its field alone; both were chosen with `make bench-search`."""
STEPS = 20
"""Postings hold whole numbers: the score of a word in a record, in this many steps to one."""
PIECE = 16_000
"""About how many characters one piece of postings has; a term of many records may take more, in a piece of its own."""
DOCS = 8
"""Records in one piece of what results show."""
EXACT = "="
"""Before a whole name in the terms: `=spectr` has the records whose system, id or title is just that."""

_QUESTION = """
    a about am an and any are as at be been but by can could did do does for from get had has have how i if in
    into is it its just like make me my need not of on or our paper papers should so some than that the their them
    there these they this those to us use using want was way we were what when where which who why will with
    without work works would you your
"""
STOPWORDS = frozenset(_QUESTION.split())
"""Words of questions that tell no paper from another; neither indexed nor asked for."""

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_WORDS = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_REVISED = re.compile(r"[aeiouy][^aeiouy].*(?:logi|bli)$")
_STEMMER = Stemmer.Stemmer("porter")


def fold(text: str) -> str:
    """Return lower-case text without accents; `docs/assets/js/search/engine.js` does the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(character for character in decomposed if not unicodedata.category(character).startswith("M"))


def terms(text: str) -> Iterator[str]:
    """Yield the stems of a text's words; of a hyphenated compound also its parts written as one."""
    folded = fold(text)
    for word in _WORDS.findall(folded):
        if word not in STOPWORDS:
            yield stem(word)
    for compound in _COMPOUND.findall(folded):
        yield stem(compound.replace("-", ""))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return Porter's stem of a folded word (Porter 1980); words of other scripts stay as they are.

    The browser's stemmer, a package of its own, follows Porter's later revision: words of two letters stay,
    and `-logi` and `-bli` lose their last letter too.
    """
    if len(word) < 3 or not word.isascii():
        return word
    stemmed = str(_STEMMER.stemWord(word))
    return stemmed[:-1] if _REVISED.search(stemmed) else stemmed


def whole(name: str) -> str:
    """Return the term of a whole name: its letters and digits alone."""
    return EXACT + "".join(_WORDS.findall(fold(name)))


@dataclass(slots=True)
class Index:
    """Postings of all terms, and each record's length."""

    postings: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    lengths: list[float] = field(default_factory=list)
    exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def ordered(collection: Collection) -> list[Record]:
    """Return the records in the order of the index: by topic, so that what is found together is stored together."""
    return sorted(collection.records.values(), key=lambda record: (record.topics[:1], -record.year, record.id))


def term_pieces(collection: Collection) -> list[dict[str, list[int]]]:
    """Return the postings of all terms in pieces, in the order of terms."""
    return list(_pieces(_scored(_index(ordered(collection), collection))))


def fields(record: Record, collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield a record's texts, each with the field that weighs it."""
    venue = collection.venue(record)
    topics = [collection.topics[slug] for slug in record.topics if slug in collection.topics]
    yield "title", plain(record.title)
    yield "system", record.system or ""
    yield "also", " ".join(plain(title) for title in record.also_titled)
    yield "id", " ".join((record.id, *record.former_ids))
    yield "summary", prose_text(record.summary or "")
    yield "topic", " ".join(topic.title for topic in topics)
    yield "author", " ".join(parse_name(name).full for name in record.authors if name != OTHERS)
    yield "entity", " ".join((*record.benchmarks, *record.builds_on))
    yield "venue", f"{venue.short} {venue.name} {record.year}" if venue else f"preprint {record.year}"
    if record.annotation:
        yield "annotation", " ".join(prose_text(getattr(record.annotation, part)) for part in ANNOTATION_PARTS)


def _index(records: list[Record], collection: Collection) -> Index:
    index = Index()
    for number, record in enumerate(records):
        weights: Counter[str] = Counter()
        for name, text in fields(record, collection):
            for term in terms(text):
                weights[term] += WEIGHTS[name]  # type: ignore[assignment]
        index.lengths.append(sum(weights.values()))
        for term, weight in weights.items():
            index.postings[term].append((number, weight))
        names = (record.id, *record.former_ids, record.system or "", plain(record.title), *record.also_titled)
        for name in dict.fromkeys(whole(name) for name in names):
            if name != EXACT:
                index.exact[name].append(number)
    return index


def _scored(index: Index) -> dict[str, list[int]]:
    """Return each term's postings as one flat list: record, score, record, score; records as distances."""
    average = sum(index.lengths) / max(len(index.lengths), 1)
    table: dict[str, list[int]] = {}
    for term, postings in index.postings.items():
        row, last = [], 0
        for number, weight in postings:
            norm = K1 * (1 - B + B * index.lengths[number] / average)
            row += [number - last, max(1, round(STEPS * weight * (K1 + 1) / (weight + norm)))]
            last = number
        table[term] = row
    for name, numbers in index.exact.items():
        table[name] = [
            part for number, before in zip(numbers, [0, *numbers], strict=False) for part in (number - before, 1)
        ]
    return table


def _pieces(table: Mapping[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """Yield the terms in pieces, each small enough to load for one word."""
    piece: dict[str, list[int]] = {}
    size = 0
    for term in sorted(table, key=lambda term: term.encode("utf-16-be")):  # as browsers compare strings
        more = len(term) + 4 * len(table[term])
        if piece and size + more > PIECE:
            yield piece
            piece, size = {}, 0
        piece[term] = table[term]
        size += more
    if piece or not table:
        yield piece


def shown(record: Record, collection: Collection) -> list[object]:
    """Return what a result shows: id, title, system, authors, venue, year, summary, whether there is code."""
    venue = collection.venue(record)
    return [
        record.id,
        plain(record.title),
        record.system or "",
        short_authors(record.authors),
        venue.short if venue else "preprint",
        record.year,
        prose_text(record.summary or "Not annotated yet."),
        int(bool(record.links.code)),
    ]


def facets(records: list[Record], collection: Collection) -> dict[str, object]:
    """Return the values of each facet and, record by record, the numbers of those that it has."""
    columns: dict[str, list[list[str]]] = {
        "topic": [[collection.topics[slug].title for slug in r.topics if slug in collection.topics] for r in records],
        "area": [sorted(collection.topics[area].title for area in collection.areas_of(r)) for r in records],
        "year": [[str(r.year)] for r in records],
        "venue": [[venue.short if (venue := collection.venue(r)) else "Preprint"] for r in records],
        "kind": [[r.kind] if r.kind else [] for r in records],
        "code": [["with code"] if r.links.code else [] for r in records],
        "basis": [[r.annotated.basis] if r.annotated else ["not annotated"] for r in records],
    }
    table: dict[str, object] = {}
    for name, rows in columns.items():
        values = sorted({value for row in rows for value in row}, key=lambda value: (value.lower(), value))
        number = {value: position for position, value in enumerate(values)}
        table[name] = {"values": values, "rows": [[number[value] for value in row] for row in rows]}
    order = sorted(range(len(records)), key=lambda position: (fold(plain(records[position].title)), position))
    table["titles"] = order
    return table
