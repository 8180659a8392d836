"""A YAML file as it was read: plain values, where each one stands, and what is wrong with it."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Keys = tuple[str | int, ...]
"""The way to a value: `("relations", 0, "to")`."""


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


def position_in(text: str, index: int) -> Position:
    """Return the place of a character of a text."""
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def position_of(raw: bytes, offset: int) -> Position:
    """Return the place of a byte of UTF-8 text."""
    before = raw[:offset].decode()
    return position_in(before, len(before))
