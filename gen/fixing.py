"""Mend what needs no thought: byte order mark, line ends, stray space, quotes, order of fields, names of venues.

Edits are made at the places that the parser gives and touch nothing else, so comments and layout stay. A file
is written only if it then says the same as before, or what the finding asked for.
"""

import json
import re
from pathlib import Path

from pydantic import BaseModel

from gen.checks.file import RawFile, fields_at
from gen.checks.traps import lines, smartly_quoted, unquoted
from gen.collection import Collection
from gen.document import Document
from gen.drafting.venues import VenueMatcher
from gen.folders import replace_file
from gen.reading import FOLDERS, yaml_files
from gen.record import Person, Record, Venue
from gen.source import MAX_BYTES, parse
from gen.yaml_slips import ODD_INDENT

TABLES: dict[str, type[BaseModel]] = {"venues.yaml": Venue, "people.yaml": Person}


def fix_collection(root: Path, collection: Collection) -> list[str]:
    """Mend every file below `root` that can be mended, and return the paths of those that changed.

    A file that can't be read stays.

    Raises:
        OSError: a file can't be written.
    """
    matcher = VenueMatcher(collection.venues)
    files: list[tuple[str, type[BaseModel], bool]]
    files = [(path, model, False) for folder, model in FOLDERS.items() for path in yaml_files(root, folder)]
    files += [(path, model, True) for path, model in TABLES.items() if (root / path).exists()]
    changed = []
    for path, model, table in files:
        before = _readable(root / path)
        if before is None:
            continue
        after = fix(path, before, model, matcher if model is Record else None, table=table)
        if after != before:
            replace_file(root / path, after)
            changed.append(path)
    return changed


def _readable(file: Path) -> bytes | None:
    """Return a file's bytes; None for a link, which may lead anywhere, and what is no file of a record's size."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_BYTES:
            return None
        return file.read_bytes()
    except OSError:
        return None


def fix(
    path: str, raw: bytes, model: type[BaseModel], matcher: VenueMatcher | None = None, *, table: bool = False
) -> bytes:
    """Return a file mended; as it was, where it can't be read even then."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw
    text = _spaces(text)
    document = parse(path, text.encode())
    if document.faults or not isinstance(document.value, dict):
        return raw
    text = _quotes(RawFile(document, model, [], table))
    if model is Record and matcher:
        text = _venue(parse(path, text.encode()), matcher)
    if not table:
        text = _order(parse(path, text.encode()), fields_at(model, ()))
    return text.encode()


def _spaces(text: str) -> str:
    """LF line ends, a last one, no tabs, nothing at the ends of lines; blocks of text keep their trailing spaces."""
    text = re.sub(r"\r\n?", "\n", text)
    text = ODD_INDENT.sub(lambda odd: odd[0].replace("\u00a0", " ").replace("\u3000", "  "), text)
    kept = [line.text if line.inside else line.text.rstrip(" \t") for line in lines(Document("", text=text))]
    text = "\n".join(line.replace(":\t", ": ").replace("\t", "  ") for line in kept)
    return text if text.endswith("\n") or not text else f"{text}\n"


def _quotes(raw: RawFile) -> str:
    """Quote what must be quoted, and take typographic quotes away from around values."""
    text, plain = raw.document.text, raw.document.plain
    spans = {plain[keys]: value for keys, value, _ in unquoted(raw)}
    spans |= {plain[keys]: value[1:-1] for keys, value in smartly_quoted(raw.document) if "\n" not in value}
    for (start, end), value in sorted(spans.items(), reverse=True):
        text = f"{text[:start]}{json.dumps(value, ensure_ascii=False)}{text[end:]}"
    return text


def _venue(document: Document, matcher: VenueMatcher) -> str:
    """Write the key of a venue where one of its other names stands."""
    written = document.value.get("venue")
    key = matcher.match(written) if isinstance(written, str) else None
    if not key or key == written:
        return document.text
    place = document.at(("venue",))
    rows = document.text.split("\n")
    row = rows[place.line - 1]
    head, rest = row[: place.column - 1], row[place.column - 1 :]
    span = document.plain.get(("venue",))
    value = document.text[slice(*span)] if span else _quoted(rest)
    if value is None or not rest.startswith(value):
        return document.text
    rows[place.line - 1] = head + key + rest[len(value) :]
    return "\n".join(rows)


def _quoted(rest: str) -> str | None:
    """Return the quoted scalar that a line starts with, quotes included, if it ends on this line."""
    match = re.match(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", rest)
    return match[0] if match else None


def _order(document: Document, order: list[str]) -> str:
    """Put the fields in their order; a field moves with its lines and the comments right above it.

    What stands before the first field stays at the top. A record in one line of `{...}` is left as it is.
    """
    places = sorted((document.at(keys, key=True).line, keys[0]) for keys in document.keys if len(keys) == 1)
    rows = document.text.split("\n")
    names = [str(name) for _, name in places]
    if document.text.lstrip().startswith("{") or len({line for line, _ in places}) < len(places):
        return document.text
    known = [name for name in names if name in order]
    if known == sorted(known, key=order.index):
        return document.text
    starts = [line - 1 for line, _ in places]
    for index in range(1, len(starts)):
        while starts[index] - 1 > starts[index - 1] and rows[starts[index] - 1].startswith("#"):
            starts[index] -= 1
    ends = [*starts[1:], len(rows) - (rows[-1] == "")]
    blocks = {name: rows[start:end] for name, start, end in zip(names, starts, ends, strict=True)}
    ranked = sorted(names, key=lambda name: (order.index(name) if name in order else len(order), names.index(name)))
    body = [row for name in ranked for row in blocks[name]]
    text = "\n".join([*rows[: starts[0]], *body]) + "\n"
    return text if parse(document.path, text.encode()).value == document.value else document.text
