"""Checks of one record by itself."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator

from anyascii import anyascii

from gen.checks.registry import check
from gen.document import Keys
from gen.findings import Finding
from gen.model import Sourced
from gen.names import MARKS, OTHERS, RESERVED, is_slug, is_suffix, namesake, suffixed
from gen.record import ANNOTATION_PARTS, TODO, ReadingPath, Record
from gen.text.plain import counted


def finding(item: Sourced, name: str, keys: Keys, what: str, mend: str, *, key: bool = False) -> Finding:
    """Return a finding at the place of one of the item's values."""
    place = item.source.at(keys, key=key)
    return Finding(item.source.path, place.line, place.column, name, what, mend)


@check("record")
def id_form(item: Sourced) -> Iterator[Finding]:
    """The file's name is not an id: lower-case letters and digits, for topics and paths also hyphens.

    The name of a record's file is its citation key and part of its address. Name it by the first author's
    family name, the year and the first telling word of the title: `sun2023spectr.yaml`.
    """
    signs = "lower-case letters and digits only" if isinstance(item, Record) else "lower-case letters, digits, hyphens"
    if not item.id.isascii():
        strange = next(letter for letter in item.id if not letter.isascii())
        # A Cyrillic letter that looks like a Latin one: such an id can't be typed and passes for another.
        name = unicodedata.name(strange, "an unnamed character").lower()
        what = f"the file's name {item.id!r} holds U+{ord(strange):04X} ({name})"
        looks = anyascii(strange).lower()
        mend = f"rename the file and type {looks!r} instead" if looks.isalnum() else "rename the file without it"
        yield finding(item, "id-form", (), what, mend)
    elif item.id in RESERVED:
        what = f"the name {item.id!r} is reserved for a page of the site"
        yield finding(item, "id-form", (), what, "rename the file")
    elif not is_id(item.id, record=isinstance(item, Record)):
        yield finding(item, "id-form", (), f"the file's name {item.id!r} is no id", f"rename the file with {signs}")
    if not item.source.path.endswith(".yaml"):
        yield finding(item, "id-form", (), "the file's name does not end in .yaml", "rename it")


def is_id(name: str, *, record: bool) -> bool:
    """Return whether a name can be an id, of a record or of something else."""
    return is_slug(name) and name not in RESERVED and not (record and "-" in name)


@check("record")
def id_matches_year(item: Sourced) -> Iterator[Finding]:
    """A record lies in another folder than that of its year, or below a wrong path.

    Records are found by their year: `papers/2023/sun2023spectr.yaml`. Move the file.
    """
    if not isinstance(item, Record):
        return
    folder = item.source.path.rpartition("/")[0]
    if folder != f"papers/{item.year}":
        what = f"the record says {item.year}, but lies in {folder}"
        yield finding(item, "id-matches-year", ("year",), what, f"move it to papers/{item.year}/{item.id}.yaml")


_ET_AL = re.compile(r"\bet\.? al\b", re.IGNORECASE)
_MARK = re.compile(f"[{re.escape(MARKS)}{{}}]")
_SEVERAL = re.compile(r" and | & |;|,.*,.*,")


@check("record")
def author_name(item: Sourced) -> Iterator[Finding]:
    """Several names in one, or `others` in the wrong place.

    Write `Given Family` or `Family, Given`, `{Name}` for an organization, one name per list item, and
    `others`, which stands for *et al.*, only as the last one. A suffix stands between two commas:
    `Davis, Jr., Sammy`.
    """
    if not isinstance(item, Record):
        return
    for index, name in enumerate(item.authors):
        keys = ("authors", index)
        if name == OTHERS:
            if index != len(item.authors) - 1:
                mend = "move it to the end of the list"
                yield finding(item, "author-name", keys, "'others' is not the last author", mend)
        elif not name.startswith("{"):
            if _ET_AL.search(name):
                what = f"{name!r} leaves names out"
                yield finding(item, "author-name", keys, what, "write the name, and 'others' as the last item")
            elif sign := _MARK.search(name):
                what = f"{name!r} holds {sign[0]!r}, which is no part of a name"
                yield finding(item, "author-name", keys, what, "write the name alone")
            elif _SEVERAL.search(name) or _without_suffix(name):
                what = f"{name!r} looks like several names"
                yield finding(item, "author-name", keys, what, "write each as an item of its own")
            elif right := suffixed(name):
                what = f"{name!r} has its suffix where another part of a name stands"
                yield finding(item, "author-name", keys, what, f"write '{right}'")


def _without_suffix(name: str) -> bool:
    """Return whether a name has two commas and between them no suffix: BibTeX's form is `Family, Suffix, Given`."""
    parts = name.split(",")
    return len(parts) == 3 and not is_suffix(parts[1].strip())


@check("record")
def page_form(item: Sourced) -> Iterator[Finding]:
    """Pages with `pp.` or `p.` before them, which every style of citation adds itself.

    Write the first and the last page, `"204-230"`, or the article's number.
    """
    if isinstance(item, Record) and item.pages and re.match(r"pp?\b", item.pages, re.IGNORECASE):
        what = f"the pages {item.pages!r} begin with a word"
        yield finding(item, "page-form", ("pages",), what, "write only the numbers, such as 204-230")


@check("record")
def repeated_item(item: Sourced) -> Iterator[Finding]:
    """The same thing stands twice in a list.

    Keep one. Two authors of one name are told apart by their spelling: the first as `Given Family`, the second as
    `Family, Given`; a citation shows both alike.
    """
    if isinstance(item, ReadingPath):
        for index in _repeated(step.paper for step in item.steps):
            what = f"{item.steps[index].paper!r} is a step already"
            yield finding(item, "repeated-item", ("steps", index, "paper"), what, "keep one of the two")
    several = ("authors", "topics", "benchmarks", "builds_on", "also_titled") if isinstance(item, Record) else ()
    for name in (*several, "former_ids"):
        values = getattr(item, name)
        for index in _repeated(values):
            what = f"{values[index]!r} stands twice in {name!r}"
            other = namesake(values[index]) if name == "authors" else None
            mend = "keep one of the two" + (f", or write a namesake as {other!r}" if other else "")
            yield finding(item, "repeated-item", (name, index), what, mend)
    if not isinstance(item, Record):
        return
    for index in _repeated((relation.kind, relation.to) for relation in item.relations):
        what = f"the relation '{item.relations[index].kind} {item.relations[index].to}' stands twice"
        yield finding(item, "repeated-item", ("relations", index), what, "keep one of the two")


def _repeated(values: Iterable[Hashable]) -> Iterator[int]:
    """Yield the places of values that stand further ahead already."""
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index
        seen.add(value)


@check("record")
def unwritten_part(item: Sourced) -> Iterator[Finding]:
    """A part of a record that is still to be written.

    Every record says what sort of paper it is (`kind`), has a topic, a summary, the four parts of the
    annotation, and who wrote them (`annotated`). A draft marks each with `TODO`, and the authors where it knows none:
    replace the word.
    """
    if not isinstance(item, Record):
        return
    absent = [name for name in ("kind", "summary", "annotation", "annotated", "added") if getattr(item, name) is None]
    absent += [] if item.topics else ["topics"]
    absent += ["authors"] if item.provisional else []
    for name in absent:
        written = item.source.written((name,))
        marked = [part for part, value in written.items() if value == TODO] if isinstance(written, dict) else []
        for part in marked:
            what = f"'{name}.{part}' is still to be written"
            yield finding(item, "unwritten-part", (name, part), what, f"replace {TODO}")
        if written == []:
            yield finding(item, "unwritten-part", (name,), f"{name!r} is empty", "write at least one", key=True)
        elif written in (TODO, [TODO]):
            yield finding(item, "unwritten-part", (name,), f"{name!r} is still to be written", f"replace {TODO}")
        elif not marked:
            yield finding(item, "unwritten-part", (), f"{name!r} is still to be written", f"add '{name}: ...'")


SUMMARY_CHARACTERS = (50, 240)
ANNOTATION_WORDS = (80, 220)


@check("record")
def text_length(item: Sourced) -> Iterator[Finding]:
    """A summary that is not one sentence's length, or an annotation that is too thin or too long.

    A summary has 50 to 240 characters; the four parts of an annotation have 80 to 220 words together.
    """
    if not isinstance(item, Record):
        return
    if item.summary is not None:
        low, high = SUMMARY_CHARACTERS
        length = len(item.summary)
        if not low <= length <= high:
            what = f"the summary has {counted(length, 'character')}"
            mend = f"write one sentence of {low} to {high}"
            yield finding(item, "text-length", ("summary",), what, mend)
    if item.annotation is not None:
        low, high = ANNOTATION_WORDS
        words = sum(len(getattr(item.annotation, part).split()) for part in ANNOTATION_PARTS)
        if not low <= words <= high:
            what = f"the annotation has {counted(words, 'word')}"
            yield finding(item, "text-length", ("annotation",), what, f"write {low} to {high}")


@check("record")
def self_relation(item: Sourced) -> Iterator[Finding]:
    """A record that is related to itself.

    Name the other paper, or delete the relation.
    """
    if isinstance(item, Record):
        for index, relation in enumerate(item.relations):
            if relation.to == item.id:
                what = "the record is related to itself"
                yield finding(item, "self-relation", ("relations", index, "to"), what, "name the other paper")
