"""Checks of one file as it was written: its YAML, its keys and the types of its values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gen.checks.registry import check
from gen.checks.suggest import did_you_mean
from gen.document import Document, Keys
from gen.findings import Finding
from gen.names import RESERVED, is_slug
from gen.record import FIRST_YEAR, LAST_YEAR
from gen.text.plain import counted


@dataclass(frozen=True, slots=True)
class RawFile:
    """A parsed file and what its model said of it."""

    document: Document
    model: type[BaseModel]
    errors: list[dict[str, Any]]
    """Errors as pydantic lists them: `type`, `loc`, `input`, `msg`, `ctx`; one of type `nothing` for an empty field
    that pydantic takes for an absent one."""
    table: bool = False
    """Whether the file maps keys to entries of the model, as `venues.yaml` does."""

    def finding(self, name: str, keys: Keys, what: str, mend: str, *, key: bool = False) -> Finding:
        """Return a finding at the place of a value, or of its key."""
        place = self.document.at(keys, key=key)
        return Finding(self.document.path, place.line, place.column, name, what, mend)


def _faults(raw: RawFile, name: str) -> Iterator[Finding]:
    for fault in raw.document.faults:
        if fault.check == name:
            yield Finding(raw.document.path, *fault.position, name, fault.what, fault.mend)


def _dotted(keys: Keys) -> str:
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in keys)


def fields_at(model: type[BaseModel], keys: Keys) -> list[str]:
    """Return the names of the fields that a mapping at this place may have."""
    for key in keys:
        if isinstance(key, int):
            continue
        field = model.model_fields.get(key)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def field_at(model: type[BaseModel], keys: Keys) -> FieldInfo | None:
    """Return the declaration of the field that a value at this place belongs to."""
    names = [key for key in keys if isinstance(key, str)]
    for parent in names[:-1]:
        field = model.model_fields.get(parent)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return None
        model = inner
    return model.model_fields.get(names[-1]) if names else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if found := _model_in(argument):
            return found
    return None


@check("file")
def unreadable_file(raw: RawFile) -> Iterator[Finding]:
    """A file that can't be read as UTF-8 text of a sensible size.

    Save it as UTF-8 (every editor can) and keep one record to a file.
    """
    yield from _faults(raw, "unreadable-file")


@check("file")
def yaml_syntax(raw: RawFile) -> Iterator[Finding]:
    """The file is not YAML.

    The usual reasons: a text that holds a colon and a space is not quoted
    (`title: "SpecTr: Fast Decoding"`), a quote or bracket is not closed, or lines are indented with tabs.
    """
    yield from _faults(raw, "yaml-syntax")


@check("file")
def yaml_feature(raw: RawFile) -> Iterator[Finding]:
    """A feature of YAML that records don't use: anchors, aliases, tags, several documents, deep nesting.

    Write the value out where it is needed.
    """
    yield from _faults(raw, "yaml-feature")


@check("file")
def duplicate_key(raw: RawFile) -> Iterator[Finding]:
    """A key stands twice in the same mapping, so one of its values would be lost.

    Keep one of the two.
    """
    yield from _faults(raw, "duplicate-key")


@check("file")
def unknown_key(raw: RawFile) -> Iterator[Finding]:
    """A key that no field has, mostly a misspelling.

    The field reference lists all keys.
    """
    joined = _joined(raw)
    for error in raw.errors:
        if error["type"] == "extra_forbidden":
            *parents, name = error["loc"]
            known = fields_at(raw.model, tuple(parents[1:] if raw.table else parents))
            advice = did_you_mean(str(name), known, f"the keys here are {', '.join(known)}")
            if error["loc"] in joined.values():
                advice = f"write a space after the colon: {str(name).replace(':', ': ', 1)}"
            yield raw.finding("unknown-key", error["loc"], f"there is no key {str(name)!r}", advice, key=True)


def _joined(raw: RawFile) -> dict[Keys, Keys]:
    """Return the keys that hold a field, a colon and its value, as `on:2026-11-21`, by the field's place."""
    strange = [error["loc"] for error in raw.errors if error["type"] == "extra_forbidden"]
    named = {(*loc[:-1], str(loc[-1]).partition(":")[0]): loc for loc in strange}
    return {keys: loc for keys, loc in named.items() if field_at(raw.model, keys[1:] if raw.table else keys)}


@check("file")
def missing_field(raw: RawFile) -> Iterator[Finding]:
    """A required field is absent.

    Add it; the field reference says what it holds.
    """
    joined = _joined(raw)
    for error in raw.errors:
        if error["type"] == "missing" and error["loc"] not in joined:
            what = f"{_dotted(error['loc'])!r} is missing"
            yield raw.finding("missing-field", error["loc"][:-1], what, f"add '{error['loc'][-1]}: ...'")


@check("file")
def bare_scalar(raw: RawFile) -> Iterator[Finding]:
    """One bare value where a list is meant.

    Put it between brackets, even if it is the only one: `topics: [quantization]`.
    """
    for error in raw.errors:
        if error["type"] == "tuple_type" and isinstance(error["input"], str):
            name, value = error["loc"][-1], error["input"]
            what = f"{_dotted(error['loc'])!r} is a list, but holds one bare value"
            listed = _listed(name, f"{value:.60}")
            mend = "write a space after each hyphen" if value.startswith("-") else f"write '{name}: [{listed}]'"
            yield raw.finding("bare-scalar", error["loc"], what, mend)


def _listed(name: str, value: str) -> str:
    """Return a bare value of a list's field as items of that list, as it is most likely meant."""
    if name not in ("authors", "variants", "also_titled", "aliases"):
        return value
    parts = value.split(" and ") if name == "authors" else [value]
    return ", ".join(f'"{part}"' if "," in part else part for part in parts)  # `Family, Given` is one name


_NOUNS = {
    "string_type": "a text",
    "tuple_type": "a list",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "int_type": "a whole number",
    "date_type": "a date such as 2026-11-21",
    "nothing": "a value",
}


def _described(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return f"the text {value[:40]!r}"
        case list() | tuple():
            return "a list"
        case dict():
            return "a mapping"
    return f"{value!r:.40}"


@check("file")
def wrong_type(raw: RawFile) -> Iterator[Finding]:
    """A value of another shape than its field: a list for a text, a text for a mapping, nothing at all.

    The field reference says what each field holds. Delete the key of a field that is empty.
    """
    for error in raw.errors:
        noun = _NOUNS.get(error["type"])
        if noun and not (error["type"] == "tuple_type" and isinstance(error["input"], str)):
            name = repr(_dotted(error["loc"])) if error["loc"] else "the file"
            what = f"{name} should be {noun}, but is {_described(error['input'])}"
            mend = f"write {noun}"
            if error["type"] == "string_type" and isinstance(error["input"], dict):
                mend += '; one in braces stands between double quotes, as "{Toy Group}"'
            if error["input"] is None:
                mend = "write a value or delete the key" if error["loc"] else "write its fields or delete the file"
            yield raw.finding("wrong-type", error["loc"], what, mend)


@check("file")
def unknown_word(raw: RawFile) -> Iterator[Finding]:
    """A word that is not in the field's closed list, such as the kind of a paper or of a relation.

    The field reference gives each list.
    """
    for error in raw.errors:
        if error["type"] == "literal_error":
            words = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            value = error["input"]
            otherwise = f"use one of {', '.join(words)}"
            advice = did_you_mean(value, words, otherwise) if isinstance(value, str) else otherwise
            what = f"{_dotted(error['loc'])!r} can't be {_described(value)}"
            yield raw.finding("unknown-word", error["loc"], what, advice)


_HANDLED = {"extra_forbidden", "missing", "literal_error", *_NOUNS}


@check("file")
def wrong_value(raw: RawFile) -> Iterator[Finding]:
    """A value of the right shape that its field can't take: a year with letters, a malformed identifier.

    The message says what is expected.
    """
    for error in raw.errors:
        if error["type"] not in _HANDLED:
            name = _dotted(error["loc"])
            what, mend = _unfit(error)
            yield raw.finding("wrong-value", error["loc"], f"{name!r} {what}", mend)


_SIZES = {
    "too_long": ("has {items}", "keep at most {max_length}"),
    "too_short": ("has {items}", "write at least {min_length}"),
    "string_too_long": ("has more than {max_length:,} characters", "write it shorter"),
    "string_too_short": ("is empty", "write a value or delete the key"),
}
_PATTERNS = {
    "arxiv": 'write the arXiv identifier without version, such as "2310.15141"',
    "doi": 'write the DOI without the address in front, such as "10.1145/3539618.3591977"',
    "orcid": "write the ORCID as 0000-0002-1825-0097",
    "version": "write the version as v2",
    "language": "write a language tag such as en or zh",
    "venue": "write the key of the venue in venues.yaml; `check --fix` knows its other names",
}
_RANGES = {
    "year": f"write a year from {FIRST_YEAR} to {LAST_YEAR}",
    "month": "write the month as a number from 1 to 12",
}


def _unfit(error: dict[str, Any]) -> tuple[str, str]:
    """Return what a value is and how to mend it, both to stand behind the field's name."""
    kind = error["type"]
    if kind in _SIZES:
        what, mend = _SIZES[kind]
        items = counted(error["ctx"].get("actual_length") or 0, "item")
        return what.format(**error["ctx"], items=items), mend.format(**error["ctx"])
    what = f"can't be {_described(error['input'])}"
    name = next((key for key in reversed(error["loc"]) if isinstance(key, str)), "")
    if kind.startswith("date_"):
        return what, "write a day that the calendar has, as 2026-11-21"
    if kind == "string_pattern_mismatch":
        return what, _PATTERNS.get(name, "use lower-case letters, digits and single hyphens")
    if name in _RANGES:
        return what, _RANGES[name]
    return what, str(error["msg"]).removeprefix("Value error, ")


@check("file")
def entry_key(raw: RawFile) -> Iterator[Finding]:
    """The key of a venue or person is no slug: lower-case letters, digits and single hyphens.

    The key is part of the entry's address on the site, where `index` and `a-to-z` are taken.
    """
    if raw.table and isinstance(raw.document.value, dict):
        for key in raw.document.value:
            if key in RESERVED:
                what = f"the key {key!r} is reserved for a page of the site"
                yield raw.finding("entry-key", (key,), what, "choose another key", key=True)
            elif not is_slug(key):
                what = f"the key {key[:60]!r} can't be part of an address"
                yield raw.finding("entry-key", (key,), what, "use lower-case letters, digits and hyphens", key=True)
