"""Papers of another collection, to measure with: lines of JSON with title, authors (given, family), year, venue.

A corpus comes from a file (`.jsonl.gz`); where there is none, `invented` makes rows of the same form.
"""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gen.facts.clean import written_name
from gen.record import Record


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the corpus' entries."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def names(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors as a record writes them."""
    return tuple(written_name(author["family"], author.get("given") or "") for author in row["authors"]) or ("others",)


def invented(models: Sequence[Record], seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield entries without end, the same ones every time: words and names as often as real records have them."""
    chance = random.Random(seed)
    annotations = [record.annotation for record in models if record.annotation]
    words = [word for note in annotations for word in f"{note.problem} {note.approach}".split() if word.isalpha()]
    given, family = zip(
        *(name.rsplit(" ", 1) for record in models for name in record.authors if " " in name), strict=True
    )
    while True:
        number = chance.randint(1, 4)
        people = zip(chance.choices(given, k=number), chance.choices(family, k=number), strict=True)
        yield {
            "title": " ".join(chance.choices(words, k=9)).capitalize(),
            "authors": [{"given": first, "family": last} for first, last in people],
            "year": chance.randint(2000, 2026),
            "venue": chance.choice(models).venue,
            "abstract": ". ".join(" ".join(chance.choices(words, k=16)).capitalize() for _ in range(9)) + ".",
        }
