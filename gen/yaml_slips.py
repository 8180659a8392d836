"""What a person most likely did where a text can't be read as YAML, told where it was done and not further on."""

import json
import re
from typing import Any

import yaml

from gen.document import START, Document, Fault, Position, position_in

SMART = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"
"""Quotation marks that a word processor puts where straight ones are meant."""
ODD_INDENT = re.compile(r"^ *[\u00a0\u3000][ \u00a0\u3000]*(?=- |[a-z_]+:(?:\s|$))", re.MULTILINE)
"""Spaces of another kind that indent a field or an item, as pasted text has them."""
_MERGE = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
"""A line by which git marks the two sides of a merge that it leaves to a person."""
MERGE = "this line marks an unresolved merge", "keep one side and delete the marker lines"
TWICE = r"between double quotes write each backslash twice (\\alpha), or put the text between single quotes"
"""How LaTeX is written in YAML."""


def merge_mark(text: str) -> Position | None:
    """Return where a merge was left unresolved."""
    marked = any(7 * sign in text for sign in "<|=>")  # nearly no file is
    found = _MERGE.search(text) if marked else None
    return position_in(text, found.start()) if found else None


def foreign(text: str) -> Fault | None:
    """Return what was never meant as YAML, of which the parser would tell something else, and further on."""
    if place := merge_mark(text):
        return Fault("yaml-syntax", place, *MERGE)
    odd = "\u00a0" in text or "\u3000" in text
    if odd and (found := ODD_INDENT.search(text)):
        place = position_in(text, found.start())
        letter = found[0].lstrip(" ")[0]
        what = f"the line is indented with U+{ord(letter):04X}, which only looks like a space"
        return Fault("yaml-syntax", place, what, "indent it with spaces")
    return None


def stumble(document: Document, error: yaml.MarkedYAMLError, scalar: Any) -> Fault:
    """Return where and why the parser gave up.

    Args:
        document: has the text.
        error: the parser's.
        scalar: the event of the last value that it read; nothing before the first one.
    """
    return _unclosed(document, error, scalar) or _syntax(document, error)


_CLOSE = 'close the quote at the end of the text, and write a quote inside it as \\"'
_NEXT_QUOTE = re.compile(r"\s*(?:-\s+|[\w-]+:\s+)+[\"']")
"""A line up to the quote that begins its own value."""


def _unclosed(document: Document, error: yaml.MarkedYAMLError, scalar: Any) -> Fault | None:
    """Return where a quote was opened that only the next one, which opens another text, closed."""
    if not (scalar and scalar.style in ("'", '"') and error.problem_mark):
        return None
    start, end = scalar.start_mark, scalar.end_mark
    if start.line < end.line == error.problem_mark.line:
        closing = document.text[document.text.rfind("\n", 0, end.index) + 1 : end.index]
        if _NEXT_QUOTE.fullmatch(closing):
            return Fault("yaml-syntax", document.place(start), "the quote opened here is not closed", _CLOSE)
    return None


def _syntax(document: Document, error: yaml.MarkedYAMLError) -> Fault:
    """Say where the parser stumbled; where it ran off the end or missed a colon, where what it was reading began."""
    lines = _lines(document.text.rstrip())
    end = Position(len(lines), len(lines[-1]) + 1)
    place = document.place(error.problem_mark) if error.problem_mark else START
    if place >= end or "expected ':'" in (error.problem or ""):
        place = min(document.place(error.context_mark) if error.context_mark else end, end)
    elif "mapping values" in (error.problem or ""):
        place = _joined_above(lines, place) or place
    what = "this is not YAML: " + ", ".join(part for part in (error.context, error.problem) if part)
    return Fault("yaml-syntax", place, what, _hint(document.text, place, error))


_SIGN = re.compile(r"(\s*(?:- |[\w-]+: ))\s*(\[.*\].+|\{.*\}.+|[*&!|>%@`].*|[?-] .*)")
"""A field or an item whose text begins with what is a sign of YAML."""
_JOINED = re.compile(r"\s*(?:- )?([\w-]+):(?=[^\s/])(.*)")
"""A key and its value without a space between them."""


def _joined_above(lines: list[str], place: Position) -> Position | None:
    """Return the colon without space of the field above, which makes that and all below it one text."""
    depth = _indent(lines[place.line - 1])
    above = range(place.line - 1, 0, -1)
    line = next((line for line in above if lines[line - 1].strip() and _indent(lines[line - 1]) <= depth), 1)
    found = _JOINED.match(lines[line - 1])
    return Position(line, found.end(1) + 1) if found else None


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _hint(text: str, place: Position, error: yaml.MarkedYAMLError) -> str:
    """Guess the usual mistake from the line that the parser stumbled over."""
    context, problem = error.context or "", error.problem or ""
    lines = _lines(text)
    here = lines[place.line - 1] if place.line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "indent with spaces, not tabs"
    if "unknown escape" in problem:
        return TWICE
    if joined := _JOINED.match(here):
        if "':'" in problem or "mapping values" in problem:
            return f"write a space after the colon: {joined[1]}: {joined[2]}"
    elif "expected ':'" in problem:
        return "write the line as key: value"
    indent = _indent(here)
    before = next((line for line in reversed(lines[: place.line - 1]) if line.strip()), "")
    if indent == place.column - 1 and "block" in problem + context and not before.rstrip().endswith(":"):
        return f"begin the line in the column where the fields beside it begin, not in column {place.column}"
    key, colon, rest = here.partition(": ")
    if colon and ": " in rest and not rest.lstrip().startswith(('"', "'", "{", "[", "#")):
        quoted = json.dumps(rest.strip().strip(SMART), ensure_ascii=False)
        return f"put the text that holds a colon between double quotes: {key.strip()}: {quoted}"
    if rest.lstrip().startswith(("\u201c", "\u201d", "\u2018", "\u2019", "\u201e")):
        return 'use straight quotes (") around the text'
    if rest.lstrip().startswith(('"', "'")) and "escape" not in problem:
        return _CLOSE
    if sign := _SIGN.match(here):
        quoted = json.dumps(sign[2].strip(), ensure_ascii=False)
        return f"a text that starts with {sign[2][0]} stands between double quotes: {sign[1].strip()} {quoted}"
    return "check quotes, brackets and indentation on this line and the one before"
