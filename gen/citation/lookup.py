"""An index by which a browser finds the paper that a key, DOI, arXiv id, title or author stands for.

It is cut into pieces by a checksum of the name, so that a page fetches only those it needs, whatever the size
of the collection. `docs/assets/js/cite/lookup.js` reads it and takes of a text what `bare` does.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from gen.names import OTHERS, parse_name
from gen.record import Record
from gen.text.fold import fold
from gen.text.plain import plain

PER_PIECE = 160
"""Papers whose names fill a piece: some 30 kB."""

TITLE_LENGTH = 100
"""How many letters of a bare title count."""


def bare(text: str) -> str:
    """Return the letters and digits of a text, without case and accents: what two spellings share."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def facts(record: Record) -> tuple[object, ...]:
    """Return all that the names of a paper are made of."""
    keys, titles = (record.id, *record.former_ids), (record.title, *record.also_titled)
    return keys, titles, record.doi, record.arxiv, record.authors[0], record.year, record.cited_year


def names(record: Record) -> Iterator[str]:
    """Yield everything that a paper is found by, each with what it is before a colon."""
    for key in (record.id, *record.former_ids):
        yield f"key:{key.lower()}"
    if record.doi:
        yield f"doi:{record.doi.lower()}"
    if record.arxiv:
        yield f"arxiv:{record.arxiv}"
    for title in (record.title, *record.also_titled):
        yield f"title:{bare(plain(title))[:TITLE_LENGTH]}"
    if record.authors[0] != OTHERS:
        first = parse_name(record.authors[0])
        for year in sorted({record.year, record.cited_year}):
            yield f"who:{bare(first.family if first.corporate else first.last)}{year}"


def pieces_of(papers: int) -> int:
    """Return of how many pieces the index of so many papers is: a power of two."""
    number = 1
    while number * PER_PIECE < papers:
        number *= 2
    return number


def pieces(records: list[Record]) -> list[str]:
    """Return the index as JSON objects of names and ids (several with a space between), a power of two of them."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        for name in dict.fromkeys(names(record)):
            ids[name].append(record.id)
    parts: list[dict[str, str]] = [{} for _ in range(pieces_of(len(records)))]
    for name in sorted(ids):
        parts[_piece(name, len(parts))][name] = " ".join(ids[name])
    return list(map(_json, parts))


def _piece(name: str, number: int) -> int:
    return zlib.crc32(name.encode()) % number


def _json(part: dict[str, str]) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def amended(
    papers: int, edits: Iterable[tuple[Record, Record]], read: Callable[[int], str | bytes]
) -> dict[int, str] | None:
    """Return the pieces that change, by their numbers.

    Args:
        papers: how many there are.
        edits: each paper before and after, with the same keys.
        read: gives a piece as it was.

    Returns:
        None if an identifier or a title that is new for its paper was another one's before: a check has to look at
        both.
    """
    number = pieces_of(papers)
    parts: dict[int, dict[str, str]] = {}
    for before, after in edits:
        old, new = set(names(before)), set(names(after))
        for name in old ^ new:
            at = _piece(name, number)
            if at not in parts:
                parts[at] = json.loads(read(at))
            part = parts[at]
            ids = {*part.pop(name, "").split(), after.id} - ({after.id} if name in old else set())
            if len(ids) > 1 and name in new and not name.startswith("who:"):
                return None
            if ids:
                part[name] = " ".join(sorted(ids))
    return {at: _json(dict(sorted(part.items()))) for at, part in parts.items()}
