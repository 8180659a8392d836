"""Read YAML so that every value keeps its line and column, and no trap of YAML changes a value.

Scalars are kept as the text that was written: `2310.15140` stays those ten characters and `no` stays
`no`; what a value means is decided by the field's declared type (`gen.record`), not by YAML 1.1's
guesses. Aliases, tags and deep nesting are refused, so a file can't expand or overflow.
"""

import codecs
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Keys = tuple[str | int, ...]
"""The way to a value: `("relations", 0, "to")`."""

MAX_BYTES = 1_000_000
"""A larger file is refused unread: a record is a few thousand bytes."""
MAX_DEPTH = 20
"""Nesting beyond this is refused: a record needs four levels."""

SMART = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"
"""Quotation marks that a word processor puts where straight ones are meant."""


ODD_INDENT = re.compile(r"^ *[\u00a0\u3000][ \u00a0\u3000]*(?=- |[a-z_]+:(?:\s|$))", re.MULTILINE)
"""Spaces of another kind that indent a field or an item, as pasted text has them."""
_MERGE = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
"""A line by which git marks the two sides of a merge that it leaves to a person."""
MERGE = "this line marks an unresolved merge", "keep one side and delete the marker lines"
TWICE = r"between double quotes write each backslash twice (\\alpha), or put the text between single quotes"
"""How LaTeX is written in YAML."""


class Position(NamedTuple):
    """A place in a file, both counted from 1."""

    line: int
    column: int


START = Position(1, 1)


class Fault(NamedTuple):
    """Something in the YAML itself that keeps a value from being read as meant."""

    check: str
    position: Position
    what: str
    mend: str


@dataclass(slots=True)
class Document:
    """A parsed YAML file: plain values, and where each one stands."""

    path: str
    value: Any = None
    values: dict[Keys, Any] = field(default_factory=dict)
    """The parser's mark of where each value starts; `at` makes a place of it, which few values ever need."""
    keys: dict[Keys, Any] = field(default_factory=dict)
    """Likewise, where each mapping key starts."""
    plain: dict[Keys, tuple[int, int]] = field(default_factory=dict)
    """Where in the text each value without quotes starts and ends, in characters."""
    quoted: list[tuple[int, int]] = field(default_factory=list)
    """Likewise each value between double quotes, with these."""
    text: str = ""
    """The whole file, without a byte order mark, line ends as they are."""
    marked: bool = False
    """Whether a byte order mark stands before the text."""
    faults: list[Fault] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """Where each line starts, in characters; found when a place is asked for."""

    def at(self, keys: Keys, *, key: bool = False) -> Position:
        """Return where the value (or with `key`, its key) stands; the nearest parent's place if it is absent."""
        while True:
            table = self.keys if key and keys in self.keys else self.values
            if keys in table:
                return self.place(table[keys])
            if not keys:
                return START
            keys = keys[:-1]

    def place(self, mark: Any) -> Position:
        """Return the place of a mark in lines as editors count them; YAML ends one at U+0085 and U+2028, too."""
        if not self.starts:
            self.starts = [0, *(end.end() for end in re.finditer("\n", self.text))]
        line = bisect_right(self.starts, mark.index)
        return Position(line, mark.index - self.starts[line - 1] + 1)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a typed object came from. Two objects that differ only in it are equal."""

    path: str
    root: Path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source)

    def __hash__(self) -> int:
        return 0

    def __deepcopy__(self, memo: Any) -> "Source":
        return self  # pydantic copies the default for every object that it makes

    def __reduce__(self) -> tuple[Callable[[str, str], "Source"], tuple[str, str]]:
        return _source, (self.path, str(self.root))  # read from a cache in a fraction of a dataclass's own time

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix: the id of what it holds."""
        name = self.path.rpartition("/")[2]
        stem, _, suffix = name.rpartition(".")
        return stem if stem and suffix else name

    def at(self, keys: Keys, *, key: bool = False) -> Position:
        """Return where a value stands in the file.

        Positions are needed only where something is wrong, and hold more memory than the values:
        so the file is parsed again here instead of keeping them for every record.
        """
        return self._document().at(keys, key=key)

    def written(self, keys: Keys) -> Any:
        """Return what is written at a place of the file, before any model read it; None where nothing is."""
        value = self._document().value
        for key in keys:
            inside = (isinstance(value, dict) and key in value) or (isinstance(value, list) and isinstance(key, int))
            if not inside:
                return None
            value = value[key]
        return value

    def _document(self) -> Document:
        """Return the file parsed as it is now: a fix, or the next build of a preview, may find another one."""
        return _document(self.root, self.path, _stamp(self.root / self.path))


def _source(path: str, root: str) -> Source:
    return Source(path, _folder(root))


@lru_cache(maxsize=4)
def _folder(root: str) -> Path:
    """Return a folder as one object for all that lies below it: as many of them would take as much as the texts."""
    return Path(root)


@lru_cache(maxsize=64)
def _document(root: Path, path: str, stamp: tuple[int, ...]) -> Document:
    return read(root, path)


def _stamp(file: Path) -> tuple[int, ...]:
    """Return what tells a version of a file from another; nothing where it can't be told."""
    with suppress(OSError):
        stat = file.stat()
        return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
    return ()


def read(root: Path, path: str) -> Document:
    """Read one YAML file below `root`; whatever is wrong with it ends in the document's faults."""
    file = root / path
    if file.is_symlink():
        return _faulty(path, "unreadable-file", "this is a link, not a file", "put the file itself here")
    try:
        if file.exists() and not file.is_file():
            return _faulty(path, "unreadable-file", "this is no file", "put the file itself here")
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return _faulty(path, "unreadable-file", f"the file can't be read ({error.strerror})", "check its permissions")
    return parse(path, raw)


def parse(path: str, raw: bytes) -> Document:
    """Parse YAML bytes into a document; never raises for bad input."""
    if len(raw) > MAX_BYTES:
        what = f"the file has more than {MAX_BYTES:,} bytes"
        return _faulty(path, "unreadable-file", what, "keep one record to a file")
    marked = raw.startswith(codecs.BOM_UTF8)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        place = position_of(raw, error.start)
        return _faulty(path, "unreadable-file", "the file is not UTF-8 from here on", "save it as UTF-8", place)
    document = Document(path, text=text, marked=marked)
    if fault := _foreign(text):
        document.faults.append(fault)
        return document
    composer = _Composer(document, text)
    try:
        composer.compose()
    except yaml.MarkedYAMLError as error:
        document.value = None
        fault = _unclosed(document, error, composer.scalar) or _syntax(document, error)
        # A text that starts with a sign of YAML is told once.
        document.faults = [other for other in document.faults if other.position.line != fault.position.line]
        document.faults.append(fault)
    except yaml.reader.ReaderError as error:
        document.value = None
        place = position_of(raw, error.position)
        what = f"the character U+{error.character:04X} is not allowed"
        document.faults.append(Fault("yaml-syntax", place, what, "delete it"))
    return document


def _faulty(path: str, check: str, what: str, mend: str, position: Position = START) -> Document:
    return Document(path, faults=[Fault(check, position, what, mend)])


def position_of(raw: bytes, offset: int) -> Position:
    """Return the place of a byte of UTF-8 text."""
    before = raw[:offset].decode()
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


def merge_mark(text: str) -> Position | None:
    """Return where a merge was left unresolved."""
    marked = any(7 * sign in text for sign in "<|=>")  # nearly no file is
    found = _MERGE.search(text) if marked else None
    return Position(text.count("\n", 0, found.start()) + 1, 1) if found else None


def _foreign(text: str) -> Fault | None:
    """Return what was never meant as YAML, of which the parser would tell something else, and further on."""
    if place := merge_mark(text):
        return Fault("yaml-syntax", place, *MERGE)
    odd = "\u00a0" in text or "\u3000" in text
    if odd and (found := ODD_INDENT.search(text)):
        place = Position(text.count("\n", 0, found.start()) + 1, 1)
        letter = found[0].lstrip(" ")[0]
        what = f"the line is indented with U+{ord(letter):04X}, which only looks like a space"
        return Fault("yaml-syntax", place, what, "indent it with spaces")
    return None


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


_OR_TEXT = ", or put double quotes around a text that starts with "


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open."""

    keys: Keys
    value: Any
    pending: str | None
    """The key whose value comes next; None where a key comes next, and never in a list."""


class _Composer:
    """Builds values from libyaml's events with a stack of its own, so nesting can't exhaust Python's."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.events: Iterator[Any] = iter(yaml.CBaseLoader(text).get_event, None)
        self.scalar: Any = None
        """The last one that was read."""
        self.stack: list[_Frame] = []
        self.documents = 0

    def compose(self) -> None:
        for event in self.events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.scalar = event
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if not self._open(event):
                    return
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.stack.pop()
            elif kind is yaml.AliasEvent:
                self._fault("yaml-feature", event, f"the alias *{event.anchor}", f"write the value out{_OR_TEXT}*")
                if self._awaits_key():
                    self.stack[-1].pending = ""
                else:
                    self._place(event, None)
            elif kind is yaml.DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    self._fault("yaml-feature", event, "a second document (---)", "put it in a file of its own")
                    return

    def _open(self, event: Any) -> bool:
        """Start a mapping or list; False where there is no sense in going on."""
        if len(self.stack) >= MAX_DEPTH:
            what = f"nesting deeper than {MAX_DEPTH} levels"
            self._fault("yaml-feature", event, what, "write it flatter")
            self.document.value = None
            return False
        if self._awaits_key():
            self._fault("yaml-feature", event, "a list or mapping as a key", "use a plain word as key")
            self.document.value = None
            return False
        self._features(event)
        mapping = type(event) is yaml.MappingStartEvent
        value: Any = {} if mapping else []
        self.stack.append(_Frame(self._place(event, value), value, None if mapping else ""))
        return True

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._features(event)
        value = event.value
        if self._awaits_key():
            frame = self.stack[-1]
            frame.pending = value
            keys = (*frame.keys, value)
            if value in frame.value:
                first = self.document.at(keys, key=True)
                what = f"the key {value!r} stands a second time (first on line {first.line})"
                self.document.faults.append(
                    Fault("duplicate-key", self.document.place(event.start_mark), what, "keep one of the two")
                )
            else:
                self.document.keys.setdefault(keys, event.start_mark)
        elif event.style:
            self._place(event, value)
            if event.style == '"':
                self.document.quoted.append((event.start_mark.index, event.end_mark.index))
        else:
            keys = self._place(event, None if value in ("", "~", "null") else value)
            if value:
                self.document.plain[keys] = (event.start_mark.index, event.end_mark.index)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].pending is None

    def _place(self, event: Any, value: Any) -> Keys:
        """Put a value where it belongs and return the way to it."""
        keys: Keys = ()
        if not self.stack:
            self.document.value = value
        else:
            frame = self.stack[-1]
            if isinstance(frame.value, dict):
                assert frame.pending is not None
                keys = (*frame.keys, frame.pending)
                frame.value.setdefault(frame.pending, value)
                frame.pending = None
            else:
                keys = (*frame.keys, len(frame.value))
                frame.value.append(value)
        self.document.values.setdefault(keys, event.start_mark)
        return keys

    def _features(self, event: Any) -> None:
        """Refuse what a record has no use for and what makes files dangerous to expand."""
        if event.anchor:
            mend = f"write the value out where it is used{_OR_TEXT}&"
            self._fault("yaml-feature", event, f"the anchor &{event.anchor}", mend)
        if event.tag and event.tag != "!":
            self._fault("yaml-feature", event, f"the tag {event.tag}", f"leave the tag out{_OR_TEXT}!")

    def _fault(self, check: str, event: Any, what: str, mend: str) -> None:
        self.document.faults.append(
            Fault(check, self.document.place(event.start_mark), f"{what} is not allowed here", mend)
        )
