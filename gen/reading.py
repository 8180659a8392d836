"""Read: every file of a collection becomes typed objects and findings. One pass, each file on its own.

What a file becomes depends on its path and bytes alone, so a file that an earlier run has read is not parsed again.
"""

import os
import pickle
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from gen.checks.file import RawFile
from gen.checks.registry import run_phase
from gen.checks.texts import Texts
from gen.checks.traps import told_once
from gen.document import Document, Keys
from gen.findings import Finding
from gen.folders import is_beside
from gen.model import Sourced
from gen.record import Person, ReadingPath, Record, Topic, Venue
from gen.source import Source, parse, read
from gen.store import Table

T = TypeVar("T", bound=BaseModel)


@dataclass(slots=True)
class Reading:
    """All that was read, and all that is wrong with it so far."""

    root: Path
    records: list[Record] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    """The key of each file in the store's table, by its path; those that are not kept are left out."""
    phrases: "list[array[int]]" = field(default_factory=list)
    """Those of each record's note, in their order; only a check asks for them, so no record keeps them."""
    topics: list[Topic] = field(default_factory=list)
    paths: list[ReadingPath] = field(default_factory=list)
    venues: dict[str, Venue] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Stems of files and keys of entries that could not be read; what points to them is not reported again."""
    findings: list[Finding] = field(default_factory=list)


class Loaded(NamedTuple):
    """What a file became."""

    instance: Any
    """None if it could not be read."""
    findings: tuple[Finding, ...]
    phrases: "array[int] | None"
    """Those of a record's note."""


FOLDERS: dict[str, type[Sourced]] = {"papers": Record, "topics": Topic, "paths": ReadingPath}
"""What each file below a folder is."""
TABLE = "records"
"""Table of what files became."""
KEPT = 200_000
"""Bytes of the largest file that is kept from run to run; a record has about three thousand."""
PLAIN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""How a file is opened that should be neither a link nor a pipe that one would wait for."""


def read_collection(root: Path, table: Table[bytes] | None = None) -> Reading:
    """Read all files below `root`, as far as the table doesn't have them; never raises for what they hold."""
    reading = Reading(root)
    _read_items(reading, table or Table({}))
    reading.venues = _table(reading, "venues.yaml", Venue)
    reading.people = _table(reading, "people.yaml", Person)
    return reading


def _read_items(reading: Reading, table: Table[bytes]) -> None:
    """Read everything that has a file of its own."""
    root = reading.root.resolve()  # what is kept tells its folder, and may be asked from another one
    unread: list[OSError] = []
    files = [(path, model) for folder, model in FOLDERS.items() for path in yaml_files(root, folder, unread.append)]
    for error in unread:
        path = os.path.relpath(error.filename, root).replace(os.sep, "/")
        what = f"the folder can't be read ({error.strerror})"
        reading.findings.append(Finding(path, 1, 1, "unreadable-file", what, "check its permissions"))
        reading.broken.add(path)
    keys = {path: file_key(root, path) for path, _ in files}
    load = partial(_read_packed, root)
    loaded = table.every({keys[path]: (path, model, keys[path]) for path, model in files if keys[path]}, load)
    reading.kept = {path: key for path, key in keys.items() if loaded.get(key)}
    lists: dict[str, list[Any]] = {"papers": reading.records, "topics": reading.topics, "paths": reading.paths}
    for path, model in files:
        known = unpacked(loaded[keys[path]]) if path in reading.kept else load_file(root, path, model)
        reading.findings += known.findings
        if known.instance is None:
            reading.broken.add(Source(path, root).stem)
        else:
            lists[path.partition("/")[0]].append(known.instance)
            if known.phrases is not None:
                reading.phrases.append(known.phrases)


def file_key(root: Path, path: str) -> str:
    """Return what a file becomes depends on; nothing for what is no plain file of a record's size.

    Args:
        root: the folder of the bibliography, resolved.
        path: the file's, below it.
    """
    data = _data(root, path)
    return _key(root, path, data) if data else ""


def _data(root: Path, path: str) -> bytes:
    """Return the bytes of a plain file of a record's size; none of any other."""
    try:
        file = os.open(f"{root}/{path}", PLAIN)  # for every file: a Path and its `open` cost several times as much
        try:
            data = os.read(file, KEPT)
        finally:
            os.close(file)
    except OSError:
        return b""
    return data if len(data) < KEPT else b""


def _key(root: Path, path: str, data: bytes) -> str:
    return blake2b(os.fsencode(f"{root}\n{path}\n") + data, digest_size=16).hexdigest()


def read_venues(root: Path) -> dict[str, Venue]:
    """Read only the table of venues below `root`."""
    return _table(Reading(root), "venues.yaml", Venue)


_MEANT = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)
"""Ends the name of what is meant as YAML; a check then tells a wrong ending."""


def yaml_files(root: Path, folder: str, unread: Callable[[OSError], object] | None = None) -> Iterator[str]:
    """Yield the YAML files below a folder as sorted relative paths, and what passes for one, which is then refused.

    Args:
        root: the folder of the bibliography.
        folder: the one below it; where it is absent, there are none.
        unread: is told of each folder that can't be read.
    """
    found = []
    start = str(root / folder)
    if os.path.islink(start):
        yield folder
        return
    for where, folders, files in os.walk(start, onerror=unread) if os.path.lexists(start) else ():
        below = folder + where.removeprefix(start).replace(os.sep, "/")
        found += [f"{below}/{name}" for name in files if _MEANT.search(name) and not is_beside(name)]
        found += [f"{below}/{name}" for name in folders if os.path.islink(f"{where}/{name}") or _MEANT.search(name)]
    yield from sorted(found)


def _read_packed(root: Path, file: tuple[str, type[Sourced], str]) -> bytes:
    """Return what a file became; nothing if it is no longer the one that its key tells."""
    path, model, key = file
    data = _data(root, path)
    return packed(_loaded(root, parse(path, data), model)) if data and _key(root, path, data) == key else b""


def packed(loaded: Loaded) -> bytes:
    """Return what a file became as the table keeps it, so that one can be had without all others."""
    return pickle.dumps(loaded, pickle.HIGHEST_PROTOCOL)


def unpacked(kept: bytes) -> Loaded:
    """Return what a file became."""
    loaded: Loaded = pickle.loads(kept)  # noqa: S301 - our own, as the table's checksum says
    return loaded


def load_file(root: Path, path: str, model: type[Sourced]) -> Loaded:
    """Read one file and check what can be checked of it alone."""
    return _loaded(root, read(root, path), model)


def _loaded(root: Path, document: Document, model: type[Sourced]) -> Loaded:
    instance, errors = _validate(document.value, model, {"source": Source(document.path, root)}, document)
    findings = run_phase("file", RawFile(document, model, errors))
    if instance is not None:
        findings += run_phase("record", instance) + run_phase("text", Texts.of(instance))
        _ = instance.digest, instance.cited  # made here, where the work is spread, and kept with it
    findings = told_once(document, findings) if findings else []
    phrases = instance.phrases() if isinstance(instance, Record) else None
    return Loaded(instance, tuple(findings), phrases)


def _table(reading: Reading, path: str, model: type[T]) -> dict[str, T]:
    """Read a file that maps keys to entries of one model; an absent file is an empty table."""
    if not (reading.root / path).exists():
        if misnamed := list(_misnamed(reading.root, path)):
            reading.findings += misnamed
            reading.broken.add(PurePosixPath(path).stem)
        return {}
    document = read(reading.root, path)
    entries = document.value if isinstance(document.value, dict) else {}
    table: dict[str, T] = {}
    errors: list[dict[str, Any]] = []
    if document.value is not None and not isinstance(document.value, dict):
        errors.append({"type": "dict_type", "loc": (), "input": document.value, "msg": ""})
    if errors or document.faults:
        reading.broken.add(PurePosixPath(path).stem)
    for key, value in entries.items():
        instance, wrong = _validate(value, model, None, document, (key,))
        errors += wrong
        if instance is None:
            reading.broken.add(key)
        else:
            table[key] = instance
    raw = RawFile(document, model, errors, table=True)
    reading.findings += run_phase("file", raw) + run_phase("text", Texts.of_table(raw, table))
    return table


def _misnamed(root: Path, path: str) -> Iterator[Finding]:
    """Yield the files that seem to be meant as the one of this path."""
    for name in sorted(other.name for other in root.iterdir()):
        if _MEANT.sub(".yaml", name.lower()) == path:
            yield Finding(name, 1, 1, "id-form", f"the file's name should be {path}", "rename it")


def _validate(
    value: Any, model: type[T], context: Any, document: Document, prefix: Keys = ()
) -> tuple[T | None, list[dict[str, Any]]]:
    if value is None and document.faults:
        return None, []
    instance, errors = None, list[dict[str, Any]]()
    try:
        instance = model.model_validate(value, context=context)
    except ValidationError as error:
        errors = [{**item, "loc": (*prefix, *item["loc"])} for item in error.errors()]
    told = {error["loc"] for error in errors}
    for keys in () if document.faults else _nothing(value, prefix):  # which a field takes for being left out
        if not any(keys[:length] in told for length in range(len(keys) + 1)):
            errors.append({"type": "nothing", "loc": keys, "input": None, "msg": ""})
    return None if errors else instance, errors


def _nothing(value: Any, keys: Keys) -> Iterator[Keys]:
    """Yield the places where nothing stands behind a key or hyphen."""
    if value is None:
        yield keys
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _nothing(inner, (*keys, key))
