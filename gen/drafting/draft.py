"""A draft record: facts as YAML, and marks where a person still has to write.

A mark is the word `TODO`. The checks read it as an absent value and name its line.
"""

import datetime
import errno
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gen.dump import dump
from gen.facts.facts import Facts
from gen.facts.languages import language_tag
from gen.folders import replace_file
from gen.names import OTHERS, namesake, suffixed
from gen.record import FIRST_YEAR, KINDS_LIST, LAST_YEAR, TODO, Annotation, Record


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is not written yet."""

    id: str
    path: str
    """Relative to the collection's folder."""
    text: str
    """The YAML."""
    record: Record
    notes: tuple[str, ...] = field(default=())


class UnusableError(ValueError):
    """The facts do not make a record; the message says why in one line."""


def without_marks(facts: Facts) -> Facts:
    """Return facts without the mark of what a person still has to write, and with a note on each that held it.

    In a record it would count as if nothing stood there, and one among authors as if none were known.
    """
    without: dict[str, Any] = {
        name: "" for name in ("venue", "volume", "number", "pages") if getattr(facts, name) == TODO
    }
    if TODO in facts.authors:
        without["authors"] = [OTHERS if name == TODO else name for name in facts.authors]
    notes = [f"{name} can't be {TODO!r} and was left out" for name in without]
    return replace(facts, notes=[*facts.notes, *notes], **without)


def facts_of_record(facts: Facts, venue: str | None, added: datetime.date) -> dict[str, Any]:
    """Return the facts as the fields of a record, in the order of their declaration.

    Raises:
        UnusableError: there is no title or no year.
    """
    if not facts.title:
        raise UnusableError("it has no title")
    if not facts.year:
        year = f"its date {facts.date[:40]!r} names no year from {FIRST_YEAR} to {LAST_YEAR}"
        year = year if facts.date else "it has no year"
        raise UnusableError(f"{year} ({facts.title[:60]!r})")
    language = language_tag(facts.language)
    values: dict[str, Any] = {
        "title": facts.title,
        "authors": _distinct(facts.authors) or [OTHERS],
        "year": facts.year,
        "month": facts.month if facts.month and 1 <= facts.month <= 12 else None,
        "venue": venue,
        "volume": facts.volume,
        "number": facts.number,
        "pages": re.sub(r"\s*(?:-{1,3}|–|—)\s*", "-", re.sub(r"^[Pp]p?[.\s]+", "", facts.pages)),
        "arxiv": facts.arxiv,
        "doi": facts.doi,
        "language": language if language.partition("-")[0] != "en" else "",
        "links": {name: url for name, url in facts.links.items() if url},
        "added": added,
    }
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _distinct(authors: list[str]) -> list[str]:
    """Put `others` last, and write the second of two namesakes `Family, Given`, so that neither seems a slip.

    Suffixes are put where BibTeX looks for them: most sources write `Hal Daumé III`.
    """
    names: dict[str, None] = {}
    for name in (suffixed(author) or author for author in authors if author and author != OTHERS):
        spelled = namesake(name) if name in names else name
        if spelled:
            names[spelled] = None
    return [*names, OTHERS] if OTHERS in authors else [*names]


def repeated(authors: list[str]) -> list[str]:
    """Return a note on each name that stands twice."""
    twice = sorted(name for name, times in Counter(authors).items() if times > 1 and name != OTHERS)
    return [f"the author {name!r} stands twice; keep both only if they are two people" for name in twice]


def unknown_language(written: str) -> list[str]:
    """Return a note on a language that is none that is known."""
    known = not written or language_tag(written)
    return [] if known else [f"the language {written[:80]!r} is not known and was left out"]


def validate(values: Mapping[str, Any]) -> tuple[Record, dict[str, Any], list[str]]:
    """Return the record that the fields make, the fields that it could take, and a note on each it could not.

    Raises:
        UnusableError: title, authors or year are not what a record can hold.
    """
    kept, notes = dict(values), list[str]()
    while True:
        try:
            return Record.model_validate(kept), kept, notes
        except ValidationError as error:
            for item in error.errors():
                place = [str(part) for part in item["loc"]]
                if place[0] in ("title", "authors", "year"):
                    value = kept.get(place[0]) if item["type"] == "missing" else item["input"]  # `TODO` is a mark
                    raise UnusableError(f"its {place[0]} can't be {str(value)[:60]!r}") from error
                notes.append(f"{'.'.join(place)} can't be {str(item['input'])[:80]!r} and was left out")
                _remove(kept, place)


def _remove(values: dict[str, Any], place: list[str]) -> None:
    inner = values.get(place[0])
    if len(place) > 1 and isinstance(inner, dict) and len(inner) > 1:
        values[place[0]] = {name: value for name, value in inner.items() if name != place[1]}
    else:
        values.pop(place[0], None)


def draft_text(values: Mapping[str, Any], notes: list[str], topics: list[str], *, marks: bool) -> str:
    """Return the YAML of a draft.

    Args:
        values: the fields of the record, in order.
        notes: what a person should look at; comments at the top.
        topics: suggested topics.
        marks: whether to mark each part that is still to be written.
    """
    head = "".join(f"# Check: {_comment(note)}.\n" for note in notes)
    facts = {name: value for name, value in values.items() if name != "added"}
    tail = dump({"added": values["added"]})
    if not marks:
        return head + dump(facts) + tail
    written = dump(facts).replace(
        f"authors: [{OTHERS}]\n", f"authors: [{TODO}]  # or [{OTHERS}], where it names none\n"
    )
    suggested = f"  # likely, by its words: {', '.join(topics)}" if topics else ""
    parts = "".join(f"  {name}: {TODO}  # {field.description}\n" for name, field in Annotation.model_fields.items())
    return (
        f"{head}{written}"
        f"kind: {TODO}  # one of {', '.join(KINDS_LIST)}\n"
        f"topics: [{TODO}]{suggested}\n"
        f"summary: {TODO}  # one sentence of 50 to 240 characters: what it does and what that gains\n"
        f"annotation:  # in your own words, 80 to 220 in all; a longer text starts with >- on a line of its own\n"
        f"{parts}"
        f"annotated: {{by: {TODO}, on: {values['added']}, basis: abstract}}  # your handle; abstract or full text\n"
        f"{tail}"
    )


def _comment(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:300]


def write_draft(root: Path, draft: Draft) -> None:
    """Write a draft where nothing stands yet.

    Raises:
        FileExistsError: something stands there.
    """
    target = root / draft.path
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    replace_file(target, draft.text.encode())
