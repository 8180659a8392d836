"""The JSON Schema of a record's file says what the model says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from gen.collection import Collection
from gen.record_schema import record_schema, schema_line
from tests.conftest import PROJECT, TOY


@pytest.fixture(scope="module")
def schema(toy: Collection) -> dict[str, Any]:
    return record_schema(toy, "https://example.org/toy/")


def wrong(schema: dict[str, Any], record: Any) -> list[str]:
    """Return the places that don't fit, or what is wrong with the whole."""
    return [
        ".".join(map(str, error.path)) or error.message for error in Draft202012Validator(schema).iter_errors(record)
    ]


def as_editors_read(path: Path) -> Any:
    """Return a file's values by YAML 1.2, for which `on` is a word; days as text."""
    text = re.sub(r"\bon: ", '"on": ', path.read_text(encoding="utf-8"))
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_every_real_record_fits_the_schema_and_names_it(real: Collection) -> None:
    address = "https://gloss-bibliography.github.io/gloss/"
    schema = record_schema(real, address)
    Draft202012Validator.check_schema(schema)
    for record in real.records.values():
        path = PROJECT / record.source.path
        assert path.read_text(encoding="utf-8").startswith(schema_line(address)), record.source.path
        assert wrong(schema, as_editors_read(path)) == [], record.source.path


def test_every_toy_record_fits_the_schema(schema: dict[str, Any]) -> None:
    for path in sorted((TOY / "papers").rglob("*.yaml")):
        assert wrong(schema, as_editors_read(path)) == [], path


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("topics", ["nothing"], "topics.0"),
        ("topics", ["blocks"], "topics.0"),
        ("venue", "nowhere", "venue"),
        ("kind", "essay", "kind"),
        ("year", 987, "year"),
        ("year", "soon", "year"),
        ("month", 13, "month"),
        ("links", {"code": "ftp://example.org"}, "links.code"),
        ("titel", "x", "Additional properties are not allowed ('titel' was unexpected)"),
    ],
)
def test_what_does_not_fit_is_told(schema: dict[str, Any], field: str, value: object, told: str) -> None:
    record = {**as_editors_read(TOY / "papers/2023/example2023fast.yaml"), field: value}
    assert wrong(schema, record) == [told]


def test_topics_and_venues_are_enumerated_and_areas_are_not(schema: dict[str, Any]) -> None:
    assert schema["properties"]["topics"]["items"] == {"enum": ["bridges", "towers"]}
    assert schema["properties"]["venue"]["enum"] == ["jot", "toybook", "toyconf", "toypress", "toytr", "toyw", "utoy"]
    assert schema["properties"]["venue"]["description"].startswith("Key in `venues.yaml`")


def test_the_schema_is_named_by_its_address_if_there_is_one(toy: Collection, schema: dict[str, Any]) -> None:
    assert schema["$id"] == "https://example.org/toy/schema/record.schema.json"
    assert "$id" not in record_schema(toy, "")
    line = "# yaml-language-server: $schema=https://example.org/toy/schema/record.schema.json\n"
    assert schema_line("https://example.org/toy/") == line
    assert schema_line("") == ""
