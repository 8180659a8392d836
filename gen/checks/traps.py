"""Checks for the traps of YAML: what looks right in an editor and is read as something else."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, get_args

import yaml
from pydantic import BaseModel

from gen.checks.file import RawFile, field_at, fields_at
from gen.checks.registry import check
from gen.document import Document, Keys, position_in
from gen.findings import Finding
from gen.record import TODO, Record
from gen.yaml_slips import SMART, TWICE

_BLOCK_HEAD = re.compile(r"(?:^|[\s:\[-])[>|](?:[+-]?\d?|\d[+-])\s*(?:#.*)?$")
_RESOLVER = yaml.SafeLoader("")
_TELLING = frozenset(_RESOLVER.yaml_implicit_resolvers)
"""Characters that begin whatever is read as something else than a text."""
_ALWAYS_QUOTED = {"arxiv", "doi"}


class Line(NamedTuple):
    """A line of a file, without its end."""

    number: int
    text: str
    inside: bool
    """Whether it belongs to a text that starts with `>` or `|`, where spaces are the writer's."""


def lines(document: Document) -> Iterator[Line]:
    """Yield the lines of a document, and whether each lies in a block of text."""
    depth: int | None = None
    for number, text in enumerate(re.split(r"\r\n|\n|\r", document.text), 1):
        indent = len(text) - len(text.lstrip(" "))
        if depth is not None and text.strip() and indent <= depth:
            depth = None
        yield Line(number, text, depth is not None)
        if depth is None and _BLOCK_HEAD.search(text):
            depth = indent


@lru_cache(maxsize=4096)
def other_reading(value: str) -> str | None:
    """Return what most readers of YAML take an unquoted value for, if not for a text: `the number 2310.1514`."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False)).rpartition(":")[2]
    if tag == "str":
        return None
    try:
        meant: Any = yaml.safe_load(value)
    except (ValueError, yaml.YAMLError):
        return f"a {tag}"
    if isinstance(meant, bool):
        return f"the truth value {str(meant).lower()}"
    if isinstance(meant, int | float):
        return f"the number {meant}"
    if isinstance(meant, date):
        return f"the date {meant}"
    return "nothing" if meant is None else f"a {tag}"


@lru_cache(maxsize=4096)
def is_text(model: type[BaseModel], keys: Keys) -> bool:
    """Return whether the field at a place holds text (or texts), not a number or a day."""
    field = field_at(model, keys)
    return field is not None and str in _leaves(field.annotation)


def _leaves(annotation: Any) -> set[Any]:
    inner = [argument for argument in get_args(annotation) if argument is not type(None)]
    return {leaf for argument in inner for leaf in _leaves(argument)} if inner else {annotation}


def unquoted(raw: RawFile) -> Iterator[tuple[Keys, str, str]]:
    """Yield the unquoted values that need quotes: where, the text, what it would be taken for, if for anything."""
    for keys, (start, end) in raw.document.plain.items():
        value = raw.document.text[start:end]
        place = keys[1:] if raw.table else keys
        taken_for = other_reading(value) if value[:1] in _TELLING else None
        always = bool(place) and place[-1] in _ALWAYS_QUOTED
        if not place or not (taken_for or always) or not is_text(raw.model, place):
            continue
        if taken_for:
            yield keys, value, taken_for
        else:
            yield keys, value, ""


@check("file")
def unquoted_text(raw: RawFile) -> Iterator[Finding]:
    """A text without quotes that readers of YAML take for something else.

    `arxiv: 2310.15140` is the number 2310.1514, `no` is *false*, `2023-05-01` a day, `12` a number. This site reads
    what is written, but editors and other programs don't. Identifiers (`arxiv`, `doi`) are always quoted. Put
    the text between double quotes; `python -m gen check --fix` does it.
    """
    wrong = {error["loc"] for error in raw.errors}  # another check says how to write such a value
    for keys, value, taken_for in unquoted(raw):
        if keys in wrong:
            continue
        what = f"{value!r} without quotes is read as {taken_for}"
        if not taken_for:
            what = f"{value!r} stands without quotes, and some identifiers are read as numbers then"
        yield raw.finding("unquoted-text", keys, what, f'write "{value}"')


FREE = frozenset({
    "title", "also_titled", "authors", "system", "benchmarks", "builds_on", "metric", "value", "versus", "on",
    "summary", "why", "take", "problem", "approach", "findings", "caveats", "scope", "introduction", "reader", "goal",
    "name", "short", "script",
})  # fmt: skip
"""Fields of words, in which a number sign may be meant as one."""


@check("file")
def cut_text(raw: RawFile) -> Iterator[Finding]:
    """A text without quotes that a comment ends: `title: Programs in C # and Towers` is *Programs in C*.

    A number sign after a space begins a comment. Put the text between double quotes, or the comment on a line of its
    own.
    """
    text = raw.document.text
    for keys, (start, end) in raw.document.plain.items() if "#" in text else ():
        name = next((key for key in reversed(keys) if isinstance(key, str)), "")
        if name in FREE and text[start:end] != TODO and re.match(r"[ \t]+#", text[end : end + 100]):
            what = "the text ends before the '#', which begins a comment"
            mend = "put the text between double quotes, or the comment on a line of its own"
            yield raw.finding("cut-text", keys, what, mend)


_COMMAND = re.compile(r"(?<!\\)(?:\\\\)*(\\[abefnrtvLNP_0])([A-Za-z]+)")


@check("file")
def swallowed_backslash(raw: RawFile) -> Iterator[Finding]:
    r"""LaTeX between double quotes whose backslash YAML reads itself: `"$\tau$"` holds a tab and `au`.

    Write each backslash twice, `"$\\tau$"`, or put the text between single quotes.
    """
    for _, found in _swallowed(raw.document):
        place = position_in(raw.document.text, found.start(1))
        what = f"the {found[1]!s} of {found[1] + found[2]!s} is read as a character of its own"
        yield Finding(raw.document.path, *place, "swallowed-backslash", what, TWICE)


def _swallowed(document: Document) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield where a text starts whose backslash YAML reads itself, and the command."""
    text = document.text
    for begin, end in document.quoted if "\\" in text else ():
        found = _COMMAND.search(text, begin, end) if text.find("$", begin, end) >= 0 else None
        if found:
            yield begin, found


def told_once(document: Document, findings: list[Finding]) -> list[Finding]:
    """Leave out what other checks say of a text whose backslash YAML reads itself: it follows from that."""
    places = {position_in(document.text, begin) for begin, _ in _swallowed(document)}
    return [found for found in findings if (found.line, found.column) not in places]


def smartly_quoted(document: Document) -> Iterator[tuple[Keys, str]]:
    """Yield the values that stand between typographic quotation marks: where, and the text with them."""
    for keys, (start, end) in document.plain.items():
        value = document.text[start:end]
        if len(value) > 1 and value[0] in SMART and value[-1] in SMART and not set(value[1:-1]) & set(SMART):
            yield keys, value


@check("file")
def smart_quotes(raw: RawFile) -> Iterator[Finding]:
    """A value between typographic quotation marks, which YAML takes for letters of the text.

    They come from word processors and phones. Use straight quotes, `"..."`; `python -m gen check --fix` does it.
    """
    for keys, value in smartly_quoted(raw.document):
        what = f"the quotation marks {value[0]} and {value[-1]} become part of the text"
        yield raw.finding("smart-quotes", keys, what, 'use straight quotes: "..."')


@check("file")
def byte_order_mark(raw: RawFile) -> Iterator[Finding]:
    """The file starts with a byte order mark, an invisible character that some programs choke on.

    Save it as "UTF-8" rather than "UTF-8 with BOM"; `python -m gen check --fix` does it.
    """
    if raw.document.marked:
        what = "the file starts with a byte order mark"
        yield Finding(raw.document.path, 1, 1, "byte-order-mark", what, "save it as UTF-8 without BOM")


@check("file")
def line_end(raw: RawFile) -> Iterator[Finding]:
    """Lines end as on Windows (CR LF), or the last one doesn't end.

    Each is a change on every line when the next person saves the file. Let the editor write LF and a last line
    end; `python -m gen check --fix` does it.
    """
    text = raw.document.text
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        column = text.index("\r") - text.rfind("\n", 0, text.index("\r"))
        what = "the line ends with a carriage return"
        yield Finding(raw.document.path, line, column, "line-end", what, "save the file with LF line ends")
    elif text and not text.endswith("\n"):
        last = text.rpartition("\n")[2]
        place = (text.count("\n") + 1, len(last) + 1)
        what = "the last line does not end"
        yield Finding(raw.document.path, *place, "line-end", what, "add a line end after it")


@check("file")
def stray_space(raw: RawFile) -> Iterator[Finding]:
    """A tab, or spaces at the end of a line.

    YAML forbids tabs for indentation, and what can't be seen makes changes that nobody meant. Use spaces, and
    none at the end of a line; `python -m gen check --fix` does it.
    """
    text = raw.document.text
    if not (text.endswith(" ") or any(stray in text for stray in ("\t", " \n", " \r"))):
        return  # so that nearly no file has to be taken apart
    for line in lines(raw.document):
        if "\t" in line.text:
            column = line.text.index("\t") + 1
            yield Finding(raw.document.path, line.number, column, "stray-space", "there is a tab", "write spaces")
        elif not line.inside and line.text != line.text.rstrip(" "):
            column = len(line.text.rstrip(" ")) + 1
            what = "there are spaces at the end of the line"
            yield Finding(raw.document.path, line.number, column, "stray-space", what, "delete them")


@check("file")
def field_order(raw: RawFile) -> Iterator[Finding]:
    """The fields of a record stand in another order than in the field reference.

    With one order, two versions of a record differ only in what they say. `python -m gen check --fix` puts
    the fields in order and moves the comments above them along.
    """
    if raw.table or raw.model is not Record or not isinstance(raw.document.value, dict):
        return
    order = {name: index for index, name in enumerate(fields_at(raw.model, ()))}
    known = [key for key in raw.document.value if key in order]
    for before, key in pairwise(known):
        if order[key] < order[before]:
            what = f"{key!r} stands after {before!r}"
            yield raw.finding("field-order", (key,), what, "put the fields in the order of the reference", key=True)
            return
