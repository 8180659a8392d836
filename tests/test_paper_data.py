"""Records as data: each line as its schema says, nothing lost, and a table that no spreadsheet runs."""

import csv
import io
import json

import jsonschema
import pytest

from gen.collection import Collection
from gen.paper_data import COLUMNS, cell, jsonl, table
from gen.paper_schema import PaperData, schema
from gen.record import Record


@pytest.mark.parametrize("name", ["toy", "real"])
def test_each_line_is_as_the_schema_says(name: str, request: pytest.FixtureRequest) -> None:
    collection: Collection = request.getfixturevalue(name)
    described = schema("https://example.org/")
    jsonschema.Draft202012Validator.check_schema(described)
    validator = jsonschema.Draft202012Validator(described)
    lines = [json.loads(line) for line in jsonl(collection).splitlines()]
    assert [line["id"] for line in lines] == list(collection.records)
    for line in lines:
        validator.validate(line)
        assert PaperData.model_validate(line).model_dump(mode="json") == line
        assert list(line) == list(PaperData.model_fields)


def test_every_field_of_a_record_is_there(toy: Collection) -> None:
    assert set(Record.model_fields) <= set(PaperData.model_fields)
    record = toy.records["example2023fast"]
    line = next(json.loads(text) for text in jsonl(toy).decode().splitlines() if '"id":"example2023fast"' in text)
    for name, value in record.model_dump(mode="json").items():
        if name not in ("authors", "venue"):
            assert line[name] == value, name
    assert line["venue"]["key"] == record.venue
    assert [author["name"] for author in line["authors"]] == ["Ada Example", "José Müller-Ångström", "Bob Sample, Jr"]
    assert [author["orcid"] for author in line["authors"]] == ["0000-0002-1825-0097", None, None]


def test_every_field_of_the_format_is_described() -> None:
    described = schema("")
    assert "$id" not in described
    for model in (described, *described["$defs"].values()):
        for name, field in model.get("properties", {}).items():
            assert field.get("description"), name


def test_the_table_has_a_row_for_each_record(toy: Collection) -> None:
    rows = list(csv.reader(io.StringIO(table(toy))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[0] for row in rows[1:]] == list(toy.records)
    assert all(len(row) == len(COLUMNS) for row in rows)
    noticed = {row[0]: row[-1] for row in rows[1:] if row[-1]}
    assert noticed == {"example2023fast": "corrected", "example2024same": "retracted"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("a=1") == "a=1"
    assert cell(None) == ""
