"""The store of what earlier runs made: tables that give back a value for the same key, below `build/cache`.

A table is one file of parts, each a checksum, a length, and a pickle: the keys that go, and keys and values that come.
The first part is a whole table; later runs add what they changed, until that is as long as the first. A key says all
that its value depends on; what the code itself contributes is in the store's version, so that a change of the generator
or of a library starts every table anew. Only what a run asked for is kept, so a table never grows beyond its
collection. A file that is missing, damaged or of another version is an empty table: a store may be deleted or cut short
at any time, and costs only time.
"""

import gc
import hashlib
import os
import pickle
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from gen.folders import sources
from gen.parallel import FEW, spread

T = TypeVar("T")
V = TypeVar("V")

_CHECKSUM, _LENGTH = 32, 8
"""Bytes of SHA-256, and of a number, at the start of each part of a table's file."""


class Table(Generic[V]):
    """Values by key, as an earlier run left them and as this one adds to them."""

    def __init__(self, found: dict[str, V]) -> None:
        self.found = found
        """What an earlier run left."""
        self.used: dict[str, V] = {}
        """What this run asked for or put in; the rest is forgotten."""
        self.made: dict[str, V] = {}
        """What had to be made."""

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

    def __contains__(self, key: object) -> bool:
        """Whether a value needn't be made."""
        return key in self.used or key in self.found

    def known(self, key: str) -> V | None:
        """Return the value of a key, or None if it has to be made."""
        if key in self.used:
            return self.used[key]
        value = self.found.get(key)
        if value is not None:
            self.used[key] = value
        return value

    def earlier(self, key: str) -> V | None:
        """Return what an earlier run left for a key, without keeping it for the next one."""
        return self.found.get(key)

    def put(self, key: str, value: V) -> None:
        """Keep a value that was made for a key."""
        self.used[key] = self.made[key] = value

    def keep(self) -> None:
        """Keep what was there too, though this run did not ask for it."""
        self.used = self.found | self.used

    @property
    def gone(self) -> list[str]:
        """What was there, and this run did not ask for."""
        return [key for key in self.found if key not in self.used]


def _made(make: Callable[[T], V], items: Iterable[tuple[str, T]]) -> list[tuple[str, V]]:
    return [(key, make(item)) for key, item in items]


@dataclass(slots=True)
class Changes:
    """What changes in a table that is not loaded."""

    came: dict[str, Any] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


class Store:
    """The tables in one folder; with none, nothing is kept from run to run."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._held: list[Callable[[], None]] | None = None
        """What is to be written later."""

    @contextmanager
    def later(self, ready: Callable[[], None]) -> Iterator["Store"]:
        """Give a store of the same folder that is read from as ever, but only written to at the end, after `ready`."""
        store = Store(self.folder)
        store._held = []
        yield store
        ready()
        for write in store._held:
            write()

    @contextmanager
    def table(self, name: str) -> Iterator[Table[Any]]:
        """Open a table, and keep what it then holds; after an error the old one stays."""
        table: Table[Any] = Table(self.load(name))
        yield table
        if self.folder:
            self._write(partial(_keep, self.folder / name, table))

    def _write(self, write: Callable[[], None]) -> None:
        if self._held is None:
            write()
        else:
            self._held.append(write)

    def load(self, name: str) -> dict[str, Any]:
        """Return a table as it was saved; empty if the file is not there, not whole or of another version."""
        return _load(self.folder / name) if self.folder else {}

    def has(self, name: str) -> bool:
        """Return whether there is a table, whole or not."""
        return bool(self.folder and (self.folder / name).exists())

    def save(self, name: str, values: dict[str, Any]) -> None:
        """Put a table in the place of what was saved before."""
        if self.folder:
            self._write(partial(_save, self.folder / name, values))

    @contextmanager
    def amending(self, *names: str) -> Iterator[tuple[Changes, ...]]:
        """Set tables aside while that changes which they tell of; then put them back with what changed in them.

        After an error, or where a run doesn't come to its end, these tables are gone.

        Raises:
            FileNotFoundError: one of the tables isn't there.
        """
        changes = tuple(Changes() for _ in names)
        if self.folder is None:
            yield changes
            return
        asides = [self.folder / f".{name}.aside" for name in names]
        for name, aside in zip(names, asides, strict=True):
            (self.folder / name).replace(aside)
        yield changes
        for name, aside, change in zip(names, asides, changes, strict=True):
            _change(aside, change)
            with suppress(FileNotFoundError):
                aside.replace(self.folder / name)

    def add(self, name: str, changes: Changes) -> None:
        """Change a table."""
        if self.folder:
            _change(self.folder / name, changes)

    def forget(self, name: str) -> None:
        """Remove a table, so that a run which doesn't come to its end leaves none."""
        if self.folder:
            (self.folder / name).unlink(missing_ok=True)


def _load(path: Path) -> dict[str, Any]:
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return {}
    found: dict[str, Any] = {}
    while data:
        start = _CHECKSUM + _LENGTH
        end = start + int.from_bytes(data[_CHECKSUM:start], "little")
        part = data[start:end]
        if _checksum(part) != data[:_CHECKSUM]:
            return {}
        gone, came = _unpickled(part)
        for key in gone:
            found.pop(key, None)
        found.update(came)
        data = data[end:]
    return found


def _unpickled(part: memoryview) -> tuple[list[str], dict[str, Any]]:
    """Return what a part holds: so many objects at once that looking for garbage would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        found: tuple[list[str], dict[str, Any]] = pickle.loads(part)  # noqa: S301 - our own, as its checksum says
        return found
    finally:
        if collecting:
            gc.enable()


def _keep(path: Path, table: Table[Any]) -> None:
    gone = table.gone
    if (gone or table.made) and not (table.found and _added(path, gone, table.made)):
        _save(path, table.used)


def _added(path: Path, gone: list[str], came: dict[str, Any]) -> bool:
    """Add what changed to a table's file; return whether it was added: the file is at most twice its first part."""
    part = _part(gone, came)
    try:
        with path.open("r+b") as file:
            file.seek(_CHECKSUM)
            first = int.from_bytes(file.read(_LENGTH), "little")
            if file.seek(0, os.SEEK_END) + sum(map(len, part)) > 2 * first:
                return False
            file.writelines(part)
    except FileNotFoundError:  # removed meanwhile
        return False
    return True


def _change(path: Path, changes: Changes) -> None:
    """Change a table that is not loaded; one that is damaged stays so, or goes: it must not become a part of itself."""
    if _added(path, changes.gone, changes.came):
        return
    values = _load(path)
    if not values:
        path.unlink(missing_ok=True)
        return
    for key in changes.gone:
        values.pop(key, None)
    _save(path, values | changes.came)


def _save(path: Path, values: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")  # of one killed while it wrote, the next one makes its own
    with beside.open("wb") as file:
        file.writelines(_part([], values))
    beside.replace(path)


def _part(gone: list[str], came: dict[str, Any]) -> tuple[bytes, bytes, bytes]:
    data = pickle.dumps((gone, came), pickle.HIGHEST_PROTOCOL)
    return _checksum(data), len(data).to_bytes(_LENGTH, "little"), data


def _checksum(data: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(version().encode())
    digest.update(data)
    return digest.digest()


@cache
def version() -> str:
    """Return a digest of what decides what the generator makes from a collection: its files, Python, the libraries."""
    digest = hashlib.sha256(sys.version.encode())
    libraries = Path(sysconfig.get_path("purelib"))
    for name in sorted(path.name for path in libraries.glob("*.dist-info")):  # named by package and version
        digest.update(name.encode() + b"\0")
    own = Path(__file__).parent
    for name in sources(own):
        if "__pycache__" not in name:
            digest.update(name.encode() + b"\0" + (own / name).read_bytes())
    return digest.hexdigest()
