"""The store of what earlier runs made: tables that give back a value for the same key, below `build/cache`.

A table is one file: a checksum, then a pickle of keys and values. A key says all that its value depends on; what the
code itself contributes is in the store's version, so that a change of the generator or of a library starts every
table anew. Only what a run asked for is kept, so a table never grows beyond its collection. A file that is missing,
damaged or of another version is an empty table: a store may be deleted or cut short at any time, and costs only time.
"""

import hashlib
import os
import pickle
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from gen.parallel import FEW, spread

T = TypeVar("T")
V = TypeVar("V")

_CHECKSUM = 32
"""Bytes of SHA-256 at the start of a table's file."""


class Table(Generic[V]):
    """Values by key, as an earlier run left them and as this one adds to them."""

    def __init__(self, found: dict[str, V]) -> None:
        self._found = found
        self.used: dict[str, V] = {}
        """What this run asked for or put in; the rest is forgotten."""
        self.missed = 0
        """How many values had to be made."""

    def get(self, key: str, make: Callable[[], V]) -> V:
        """Return the value of a key; make it if no run before this one did."""
        value = self.known(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def every(self, items: Mapping[str, T], make: Callable[[T], V]) -> dict[str, V]:
        """Return the value of each key; those that no run before this one made are made on all cores.

        Args:
            items: what each value is made of, by its key.
            make: makes a value that can be pickled.
        """
        found = {key: value for key in items if (value := self.known(key)) is not None}
        missing = [(key, item) for key, item in items.items() if key not in found]
        work = partial(_made, make)
        for share in spread(work, missing) if len(missing) > FEW else [work(missing)]:
            for key, value in share:
                self.put(key, value)
                found[key] = value
        return found

    def known(self, key: str) -> V | None:
        """Return the value of a key, or None if it has to be made."""
        if key in self.used:
            return self.used[key]
        value = self._found.get(key)
        if value is not None:
            self.used[key] = value
        return value

    def put(self, key: str, value: V) -> None:
        """Keep a value that was made for a key."""
        self.missed += 1
        self.used[key] = value

    @property
    def changed(self) -> bool:
        """Whether the next run should find another table than this one did."""
        return self.missed > 0 or len(self.used) != len(self._found)


def _made(make: Callable[[T], V], items: Iterable[tuple[str, T]]) -> list[tuple[str, V]]:
    return [(key, make(item)) for key, item in items]


class Store:
    """The tables in one folder; with none, nothing is kept from run to run."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @contextmanager
    def table(self, name: str) -> Iterator[Table[Any]]:
        """Open a table, and keep what it then holds; after an error the old one stays."""
        table: Table[Any] = Table(self.load(name))
        yield table
        if table.changed:
            self.save(name, table.used)

    def load(self, name: str) -> dict[str, Any]:
        """Return a table as it was saved; empty if the file is not there, not whole or of another version."""
        return _load(self.folder / name) if self.folder else {}

    def save(self, name: str, values: dict[str, Any]) -> None:
        """Put a table in the place of what was saved before."""
        if self.folder:
            _save(self.folder / name, values)

    def forget(self, name: str) -> None:
        """Remove a table, so that a run which doesn't come to its end leaves none."""
        if self.folder:
            (self.folder / name).unlink(missing_ok=True)


def _load(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    if _checksum(data[_CHECKSUM:]) != data[:_CHECKSUM]:
        return {}
    found: dict[str, Any] = pickle.loads(memoryview(data)[_CHECKSUM:])  # noqa: S301 - our own, as its checksum says
    return found


def _save(path: Path, values: dict[str, Any]) -> None:
    data = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("wb") as file:
        file.write(_checksum(data))
        file.write(data)
    partial.replace(path)


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(version().encode() + data).digest()


@cache
def version() -> str:
    """Return a digest of what decides what the generator makes from a collection: its code, Python, the libraries."""
    digest = hashlib.sha256(sys.version.encode())
    libraries = Path(sysconfig.get_path("purelib"))
    for name in sorted(path.name for path in libraries.glob("*.dist-info")):  # named by package and version
        digest.update(name.encode() + b"\0")
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
