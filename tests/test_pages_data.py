"""The page of the data, and that every address above another one is a page."""

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from gen.collection import Collection
from gen.model import Model
from gen.pages.data import LINES, TABLE, amended
from gen.paper_data import VERSION, jsonl, table
from gen.paper_schema import MODELS
from gen.record import Person, ReadingPath, Record, Topic, Venue
from tests.conftest import changed

FOR_SCRIPTS = re.compile(r"assets(/|$)|cite/lookup$|search/(docs|terms|facets)(/|$)")
"""Folders of files that nobody visits."""


def test_every_prefix_of_an_address_is_a_page(toy_site: Path, real_site: Path) -> None:
    for site in (toy_site, real_site):
        folders = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}
        visited = {folder for folder in folders if not FOR_SCRIPTS.match(folder)}
        assert {folder for folder in visited if not (site / folder / "index.html").exists()} == set()
        promised = "papers topics years venues people systems benchmarks results browse paths schema cite picks"
        assert set(promised.split()) <= visited


def test_the_page_names_every_file_and_schema(toy_site: Path) -> None:
    page = (toy_site / "schema/index.html").read_text(encoding="utf-8")
    main = page.partition('<h1 id="top">')[2]
    links = re.findall(r'href="\.\./([^"#]+)"', main.partition("<footer")[0])
    assert {"topics.jsonl", "paths.jsonl", "venues.jsonl", "people.jsonl"} <= set(links)
    assert {"papers.jsonl", "papers.csv", "bibliography.bib", "bibliography.ris", "feed.xml"} <= set(links)
    assert {"schema/paper.schema.json", "schema/record.schema.json"} <= set(links)
    for link in links:
        assert (toy_site / link).exists(), link
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.+?)</script>', page)[0])
    assert (data["@type"], data["name"], data["url"]) == ("Dataset", "Toy", "https://example.org/toy/schema/")
    assert data["description"].startswith("An invented bibliography. The whole bibliography as files")
    files = {item["contentUrl"].removeprefix("https://example.org/toy/") for item in data["distribution"]}
    assert files == {link for link in links if re.match(r"papers\.|bibliography\.", link)}
    assert "# yaml-language-server: $schema=https://example.org/toy/schema/record.schema.json" in main
    for anchor, (model, _) in MODELS.items():
        for name in model.model_fields:
            assert f'<tr id="{anchor}-{name}">' in main


def test_every_line_of_the_data_fits_the_schema(toy_site: Path) -> None:
    schema = json.loads((toy_site / "schema/paper.schema.json").read_text(encoding="utf-8"))
    assert schema["$id"] == "https://example.org/toy/schema/paper.schema.json"
    validator = jsonschema.Draft202012Validator(schema)
    lines = (toy_site / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(list((toy_site / "papers").glob("*.csl.json"))) - 1, "one paper has a former id"
    for line in lines:
        validator.validate(json.loads(line))


@pytest.mark.parametrize(
    ("kind", "model"), [("topics", Topic), ("paths", ReadingPath), ("venues", Venue), ("people", Person)]
)
def test_whatever_is_no_paper_is_a_line_of_data_too(
    toy: Collection, toy_site: Path, kind: str, model: type[Model]
) -> None:
    lines = (toy_site / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    found = {}
    for item in map(json.loads, lines):
        assert item.pop("version") == VERSION
        name, page = item.pop("id"), item.pop("page")
        folder, _, anchor = page.partition("#") if page else ("", "", "")
        assert f'id="{anchor or "top"}"' in (toy_site / folder / "index.html").read_text(encoding="utf-8")
        found[name] = model.model_validate(item)
    assert found == getattr(toy, kind)


def test_the_record_schema_is_served(toy_site: Path) -> None:
    schema = json.loads((toy_site / "schema/record.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "https://example.org/toy/schema/record.schema.json"


def edited(record: Record) -> Record:
    return changed(record, summary='Says "so, too", and more.')


def whole(collection: Collection) -> dict[str, bytes]:
    return {LINES: jsonl(collection), TABLE: table(collection).encode()}


@pytest.mark.parametrize("places", [[0], [-1], [3, 7]])
def test_edited_records_stand_in_the_place_of_what_they_were(real: Collection, places: list[int]) -> None:
    records = list(real.records.values())
    edits = [(records[place], edited(records[place])) for place in places]
    after = replace(real, records=dict(real.records) | {new.id: new for _, new in edits})
    made = amended(after, edits, whole(real).__getitem__)
    assert made is not None
    assert {file.path: file.content() for file in made} == whole(after)


def test_files_that_hold_a_record_twice_or_not_at_all_are_made_anew(toy: Collection) -> None:
    record = next(iter(toy.records.values()))
    others = whole(replace(toy, records={key: item for key, item in toy.records.items() if item is not record}))
    twice = {path: content * 2 for path, content in whole(toy).items()}
    for files in (others, twice):
        assert amended(toy, [(record, edited(record))], files.__getitem__) is None
