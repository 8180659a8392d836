"""Read: every file of a collection becomes typed objects and findings. One pass, each file on its own."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from gen.checks.file import RawFile
from gen.checks.registry import run_phase
from gen.findings import Finding
from gen.record import Person, ReadingPath, Record, Sourced, Topic, Venue
from gen.source import Document, Keys, Source, read

T = TypeVar("T", bound=BaseModel)
S = TypeVar("S", bound=Sourced)


@dataclass(slots=True)
class Reading:
    """All that was read, and all that is wrong with it so far."""

    root: Path
    records: list[Record] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    paths: list[ReadingPath] = field(default_factory=list)
    venues: dict[str, Venue] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Stems of files and keys of entries that could not be read; what points to them is not reported again."""
    findings: list[Finding] = field(default_factory=list)


def read_collection(root: Path) -> Reading:
    """Read all files below `root`; never raises for what they hold."""
    reading = Reading(root)
    for path in yaml_files(root, "papers"):
        _keep(reading, reading.records, _load(reading, path, Record), path)
    for path in yaml_files(root, "topics"):
        _keep(reading, reading.topics, _load(reading, path, Topic), path)
    for path in yaml_files(root, "paths"):
        _keep(reading, reading.paths, _load(reading, path, ReadingPath), path)
    reading.venues = _table(reading, "venues.yaml", Venue)
    reading.people = _table(reading, "people.yaml", Person)
    return reading


def read_venues(root: Path) -> dict[str, Venue]:
    """Read only the table of venues below `root`."""
    return _table(Reading(root), "venues.yaml", Venue)


def yaml_files(root: Path, folder: str) -> Iterator[str]:
    """Yield the YAML files below a folder as sorted relative paths, and links, which reading then refuses."""
    found = []
    for where, folders, files in os.walk(root / folder):
        here = Path(where)
        found += [here / name for name in files if name.endswith((".yaml", ".yml"))]
        found += [here / name for name in folders if (here / name).is_symlink()]
    yield from sorted(path.relative_to(root).as_posix() for path in found)


def _keep(reading: Reading, kept: list[S], loaded: S | None, path: str) -> None:
    if loaded is None:
        reading.broken.add(Source(path, reading.root).stem)
    else:
        kept.append(loaded)


def _load(reading: Reading, path: str, model: type[S]) -> S | None:
    document = read(reading.root, path)
    instance, errors = _validate(document.value, model, {"source": Source(path, reading.root)}, document)
    reading.findings += run_phase("file", RawFile(document, model, errors))
    return instance


def _table(reading: Reading, path: str, model: type[T]) -> dict[str, T]:
    """Read a file that maps keys to entries of one model; an absent file is an empty table."""
    if not (reading.root / path).exists():
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
    reading.findings += run_phase("file", RawFile(document, model, errors, table=True))
    return table


def _validate(
    value: Any, model: type[T], context: Any, document: Document, prefix: Keys = ()
) -> tuple[T | None, list[dict[str, Any]]]:
    if value is None and document.faults:
        return None, []
    try:
        return model.model_validate(value, context=context), []
    except ValidationError as error:
        return None, [{**item, "loc": (*prefix, *item["loc"])} for item in error.errors()]
