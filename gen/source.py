"""Read YAML so that every value keeps its line and column, and no trap of YAML changes a value.

Scalars are kept as the text that was written: `2310.15140` stays those ten characters and `no` stays
`no`; what a value means is decided by the field's declared type (`gen.record`), not by YAML 1.1's
guesses. Aliases, tags and deep nesting are refused, so a file can't expand or overflow.
"""

import codecs
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gen.document import START, Document, Fault, Keys, Position, position_of
from gen.folders import not_plain
from gen.yaml_slips import foreign, stumble

MAX_BYTES = 1_000_000
"""A larger file is refused unread: a record is a few thousand bytes."""
MAX_DEPTH = 20
"""Nesting beyond this is refused: a record needs four levels."""


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
    try:
        if what := not_plain(file):
            return _faulty(path, "unreadable-file", what, "put the file itself here")
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
    if fault := foreign(text):
        document.faults.append(fault)
        return document
    composer = _Composer(document, text)
    try:
        composer.compose()
    except yaml.MarkedYAMLError as error:
        document.value = None
        fault = stumble(document, error, composer.scalar)
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
