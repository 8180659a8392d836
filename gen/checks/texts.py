"""The texts of a file, each with its place: what checks of texts look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel

from gen.checks.file import RawFile
from gen.checks.record import finding
from gen.document import Keys
from gen.findings import Finding
from gen.model import Sourced
from gen.record import ANNOTATION_PARTS, Person, ReadingPath, Record, Topic


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a file, as `texts` or `entry_texts` yield them: many checks look at them."""

    finding: Callable[[str, Keys, str, str], Finding]
    """Makes a finding at the place of a text, of the check's name, the place, what is wrong and how to mend it."""
    texts: tuple[tuple[Keys, str, bool], ...]
    names: frozenset[str] = frozenset({"authors"})
    """Fields that hold names, in which braces enclose an organization."""

    @classmethod
    def of(cls, item: Sourced) -> "Texts":
        """Collect the texts of an item."""
        return cls(partial(finding, item), tuple(texts(item)))

    @classmethod
    def of_table(cls, raw: RawFile, table: Mapping[str, BaseModel]) -> "Texts":
        """Collect the texts of a table's entries."""
        names = frozenset({"name", "variants"} if raw.model is Person else ())
        return cls(raw.finding, tuple(entry_texts(table)), names)


def texts(item: Sourced) -> Iterator[tuple[Keys, str, bool]]:
    """Yield every text of a record, topic or path: where it stands, what it says, whether it is Markdown."""
    if isinstance(item, Record):
        yield from _record_texts(item)
    elif isinstance(item, Topic):
        yield from ((("title",), item.title, False), (("scope",), item.scope, False))
        yield from ((("keywords", index), word, False) for index, word in enumerate(item.keywords))
        yield ("introduction",), item.introduction, True
        yield from ((("start_here", index, "why"), start.why, True) for index, start in enumerate(item.start_here))
    elif isinstance(item, ReadingPath):
        lines = ("title", "reader", "goal")
        yield from (((name,), getattr(item, name), False) for name in lines)
        yield ("introduction",), item.introduction, True
        yield from ((("steps", index, "take"), step.take, True) for index, step in enumerate(item.steps))


def entry_texts(table: Mapping[str, BaseModel]) -> Iterator[tuple[Keys, str, bool]]:
    """Yield every text of a table's entries, of which none is Markdown."""
    for key, entry in table.items():
        for field, value in entry:
            if isinstance(value, str):
                yield (key, field), value, False
            else:
                yield from (((key, field, index), text, False) for index, text in enumerate(value or ()))


def _record_texts(record: Record) -> Iterator[tuple[Keys, str, bool]]:
    yield ("title",), record.title, False
    yield from ((("also_titled", index), title, False) for index, title in enumerate(record.also_titled))
    yield from ((("authors", index), name, False) for index, name in enumerate(record.authors))
    for name in ("system", "volume", "number", "pages"):
        if value := getattr(record, name):
            yield (name,), value, False
    if record.notice and record.notice.why:
        yield ("notice", "why"), record.notice.why, True
    if record.summary:
        yield ("summary",), record.summary, True
    if record.annotation:
        yield from ((("annotation", part), getattr(record.annotation, part), True) for part in ANNOTATION_PARTS)
    for index, result in enumerate(record.results):
        values = ((name, getattr(result, name)) for name in ("metric", "value", "versus", "on"))
        yield from ((("results", index, name), value, False) for name, value in values if value)
    yield from ((("benchmarks", index), name, False) for index, name in enumerate(record.benchmarks))
    yield from ((("builds_on", index), name, False) for index, name in enumerate(record.builds_on))
    yield from ((("relations", index, "why"), item.why, True) for index, item in enumerate(record.relations))
