"""The search index: BM25 over the records, in pieces, so that a browser loads only those that a query needs.

Pagefind was tried first. It returns only pages that hold every word, and its index has other bytes from run
to run; asked word by word and added up it still ranks worse and moves more (`make bench-search` compares). Here each
term's postings already hold what BM25 makes of them, so the browser only adds up (as BM25S does), and the same
records give the same bytes.

Files below `search/`: `index.json` names all others (gen/pieces.py). `terms/` holds postings, in the order of terms;
`docs/` what a result shows, by the number of the record; `facets/` what filters and sorts.

Made so that an edit changes few files: what a record adds depends on that record alone, but for the average length,
and lengths are rounded; its number comes from its id, not from its place among the others.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

import Stemmer

from gen.collection import Collection
from gen.names import parse_name, short_authors
from gen.pieces import lot
from gen.record import ANNOTATION_PARTS, Record
from gen.store import Store
from gen.text.fold import fold
from gen.text.plain import plain
from gen.text.prose import prose_text

WEIGHTS = {
    "system": 32,
    "title": 20,
    "also": 12,
    "id": 12,
    "summary": 10,
    "topic": 6,
    "author": 12,
    "entity": 5,
    "venue": 4,
    "annotation": 4,
}
"""How often a word counts by the field it stands in, in quarters."""
ROOM = 4
"""Places for each record, at least, among which its id draws one; so few records draw the same."""
EXACT = "="
"""Before a whole name in the terms: `=spectr` has the records whose system, title, id, arXiv id or DOI is just that."""

_QUESTION = """
    a about am an and any are as at be been but by can could did do does for from get had has have how i if in
    into is it its just like make me my need not of on or our paper papers should so some than that the their them
    there these they this those to us use using want was way we were what when where which who why will with
    without work works would you your
"""
STOPWORDS = frozenset(_QUESTION.split())
"""Words of questions that tell no paper from another; neither indexed nor asked for."""

_WORDS = re.compile(r"[^\W_]+")
_COMPOUNDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_REVISED = re.compile(r"[aeiouy][^aeiouy].*(?:logi|bli)$")
_STEMMER = Stemmer.Stemmer("porter", 0)  # no cache of its own: `_stems` keeps what it gave


def terms(text: str) -> Iterator[str]:
    """Return the stems of a text's words; of a hyphenated compound also its parts written as one."""
    return chain.from_iterable(map(_stems, fold(text).split()))


@lru_cache(maxsize=2**16)
def _stems(written: str) -> tuple[str, ...]:
    """Return the stems of what stands between two spaces, which is looked at once for all texts."""
    stems: list[str] = []
    for compound in _COMPOUNDS.findall(written):
        words = compound.split("-")
        stems += [stem(word) for word in words if word not in STOPWORDS]
        stems += [stem("".join(words))] if len(words) > 1 else []
        if not compound.isascii():
            stems.extend(chain.from_iterable(map(_within, _UNSPACED.findall(compound))))
    return tuple(stems)


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]{3,}")
"""Thai, Lao, Burmese, Khmer, Chinese and Japanese, which are written without spaces between words."""


def _within(run: str) -> Iterator[str]:
    """Yield what may be a word within letters that no space parts: two to four of them, wherever they begin."""
    for size in range(2, min(len(run), 5)):
        yield from (run[start : start + size] for start in range(len(run) - size + 1))


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


class Entry(NamedTuple):
    """What the index takes of one record."""

    terms: str
    """Each once, with spaces between them; after the words, the terms of whole names."""
    weights: bytes
    """How much each term counts, in quarters; whole names nothing, since nothing is added up for them."""
    shown: str
    """What a result shows, as JSON."""
    title: str
    """The title as it is sorted."""


def numbered(ids: Iterable[str]) -> dict[str, int]:
    """Return a number for each record, in ascending order: a place that its id draws, or the next free one.

    So a record more or less leaves the numbers of nearly all others alone, until there are twice as many.
    """
    drawn = sorted((lot(key), key) for key in ids)
    room = places(len(drawn))
    numbers: dict[str, int] = {}
    last = -1
    for share, key in drawn:
        last = numbers[key] = max(int(room * share), last + 1)
    return numbers


def places(records: int) -> int:
    """Return among how many places each of so many records draws one."""
    return ROOM << max(records - 1, 0).bit_length()


def entry(record: Record, collection: Collection) -> Entry:
    """Return what the index takes of a record."""
    weights: dict[str, int] = {}
    for name, text in fields(record, collection):
        weight = WEIGHTS[name]
        for term in terms(text):
            weights[term] = weights.get(term, 0) + weight
    lines = (record.system or "", record.title, *record.also_titled)
    identifiers = (record.id, *record.former_ids, record.arxiv or "", record.doi or "")
    names = map(whole, (*identifiers, *map(plain, lines)))
    weights.update(dict.fromkeys((name for name in names if name != EXACT), 0))
    return Entry(
        " ".join(weights),
        bytes([weight if weight < 256 else 255 for weight in weights.values()]),
        json.dumps(shown(record, collection), ensure_ascii=False, separators=(",", ":")),
        sorted_title(record),
    )


def sorted_title(record: Record) -> str:
    """Return what a record is sorted by in the order of titles."""
    return fold(plain(record.title))


def entries(collection: Collection, store: Store) -> dict[int, tuple[Record, Entry]]:
    """Return what the index takes of each record by its number, in the order of the numbers."""
    found = {}
    with store.table("search") as known:
        for key, number in numbered(collection.records).items():
            record = collection.records[key]
            found[number] = record, known.get(_key(record, collection), partial(entry, record, collection))
    _stems.cache_clear()  # nobody asks for most of them again
    return found


def _key(record: Record, collection: Collection) -> str:
    """Return all that a record's entry depends on, as digests and names."""
    venue = collection.venue(record)
    people = map(collection.person, record.named_authors)
    known = (place.digest for place in (venue, *people) if place)
    return "\n".join((record.id, record.digest, *known, *_topic_words(record, collection)))


def _topic_words(record: Record, collection: Collection) -> Iterator[str]:
    """Yield what a record's topics are looked for by, which needn't stand in its own texts."""
    for slug in record.topics:
        if topic := collection.topics.get(slug):
            yield from (topic.title, *topic.keywords)


def _names(record: Record, collection: Collection) -> Iterator[str]:
    """Yield the authors' names as written, and what else stands in them on the authors' own pages."""
    for written in record.named_authors:
        yield (name := parse_name(written).full)
        if person := collection.person(written):
            shown = f"{parse_name(person.name).full} {person.script or ''}"
            yield from (word for word in shown.split() if word not in name.split())


def fields(record: Record, collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield a record's texts, each with the field that weighs it."""
    venue = collection.venue(record)
    yield "title", plain(record.title)
    yield "system", plain(record.system or "")
    yield "also", " ".join(map(plain, record.also_titled))
    yield "id", " ".join((record.id, *record.former_ids))
    yield "summary", prose_text(record.summary or "")
    yield "topic", " ".join(map(plain, _topic_words(record, collection)))
    yield "author", " ".join(_names(record, collection))
    yield "entity", " ".join(map(plain, (*record.benchmarks, *record.builds_on)))
    yield "venue", f"{venue.short} {venue.name} {record.year}" if venue else f"preprint {record.year}"
    if record.notice:
        yield "venue", record.notice.kind
    if record.annotation:
        yield "annotation", " ".join(prose_text(getattr(record.annotation, part)) for part in ANNOTATION_PARTS)


def shown(record: Record, collection: Collection) -> list[object]:
    """Return what a result shows: id, title, system, authors, venue, year, summary, whether there is code.

    What became of a paper since stands before its venue.
    """
    venue = collection.venue(record)
    place = venue.short if venue else "preprint"
    return [
        record.id,
        plain(record.title),
        plain(record.system or ""),
        short_authors(record.authors),
        f"{record.notice.kind} · {place}" if record.notice else place,
        record.year,
        prose_text(record.summary or "Not annotated yet."),
        int(bool(record.links.code)),
    ]


def facets(found: dict[int, tuple[Record, Entry]], collection: Collection) -> dict[str, object]:
    """Return the records' numbers, and row by row the values of each facet that they have, and the order of titles."""
    records = [record for record, _ in found.values()]
    titles = [one.title for _, one in found.values()]
    order = sorted(range(len(titles)), key=lambda row: (titles[row], records[row].id))
    table: dict[str, object] = {"numbers": list(found), "titles": order}
    for name, rows in _columns(records, collection).items():
        values = sorted({value for row in set(rows) for value in row}, key=lambda value: (value.lower(), value))
        number = {value: position for position, value in enumerate(values)}
        written = {row: [number[value] for value in row] for row in set(rows)}
        table[name] = {"values": values, "rows": [written[row] for row in rows]}
    return table


def _columns(records: list[Record], collection: Collection) -> dict[str, list[tuple[str, ...]]]:
    """Return the values of each facet, record by record."""
    titles = {slug: plain(topic.title) for slug, topic in collection.topics.items()}
    venue = collection.venue
    return {
        "topic": [tuple(titles[slug] for slug in record.topics if slug in titles) for record in records],
        "area": [tuple(sorted(titles[area] for area in collection.areas_of(record))) for record in records],
        "year": [(str(record.year),) for record in records],
        "venue": [(known.short if (known := venue(record)) else "Preprint",) for record in records],
        "kind": [(record.kind,) if record.kind else () for record in records],
        "code": [("with code",) if record.links.code else () for record in records],
        "basis": [(record.annotated.basis,) if record.annotated else ("not annotated",) for record in records],
    }
