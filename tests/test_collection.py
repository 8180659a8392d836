"""Gathering: ids, order and the indexes that pages ask for."""

import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from gen import addresses
from gen.collection import Collection, gather
from gen.names import slugify
from gen.reading import read_collection, yaml_files
from gen.record import Record
from tests.cases import GOOD, RECORD, another, write


def test_records_come_newest_first_then_by_id(toy: Collection) -> None:
    order = [(-record.year, record.id) for record in toy.newest]
    assert order == sorted(order)
    assert list(toy.records) == sorted(toy.records)
    assert list(toy.by_year) == sorted(toy.by_year, reverse=True)


def test_areas_hold_their_topics_and_each_record_once(toy: Collection) -> None:
    assert list(toy.areas) == ["blocks"]
    assert [topic.id for topic in toy.topics_of_area["blocks"]] == ["bridges", "towers"]
    ids = [record.id for record in toy.by_area["blocks"]]
    assert len(ids) == len(set(ids))
    assert toy.areas_of(toy.records["example2023fast"]) == {"blocks"}


def test_relations_are_known_from_both_ends(toy: Collection) -> None:
    assert {(item.record.id, item.kind) for item in toy.incoming["example2023fast"]} == {
        ("example2024other", "extends"),
        ("sample2024slow", "evaluates"),
    }


def test_people_are_joined_by_slug_and_by_the_table(toy: Collection) -> None:
    ada = toy.authors["ada-example"]
    assert {record.id for record in ada.records} >= {"example2023fast", "sample2024slow"}
    assert toy.person_slug("A. Example") == "ada-example"
    assert ada.person is not None
    assert ada.person.script == "アダ"
    families = [author.name.last for author in toy.authors.values()]
    assert families == sorted(families, key=lambda name: slugify(name))
    assert "others" not in toy.authors


def test_records_of_the_same_content_are_not_taken_for_one(tmp_path: Path) -> None:
    collection = gather(read_collection(write(tmp_path, {**GOOD, **another("roe2023other")})))
    assert len(collection.authors["jane-doe"].records) == 2


def test_of_two_records_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    changes = {"papers/2024/doe2023towers.yaml": GOOD[RECORD].replace("2023\n", "2024\n")}
    collection = gather(read_collection(write(tmp_path, {**GOOD, **changes})))
    assert collection.records["doe2023towers"].year == 2023


def test_addresses_are_what_was_promised(toy: Collection) -> None:
    record = toy.records["example2023fast"]
    assert addresses.record(record) == "papers/example2023fast/"
    assert addresses.record_file(record, "bib") == "papers/example2023fast.bib"
    assert addresses.topic("towers") == "topics/towers/"
    assert addresses.year(2023) == "years/2023/"
    assert addresses.venue("toyconf") == "venues/toyconf/"
    assert addresses.system(toy, "FastBlock") == "systems/#fastblock"
    assert addresses.benchmark(toy, "MBPP+") == "benchmarks/#mbpp-plus"
    assert addresses.written_person(toy, "A. Example") == "people/ada-example/"
    assert addresses.written_person(toy, "Madonna") == "people/a-to-z/m/#madonna"
    assert addresses.written_person(toy, "李 小龙") == "people/a-to-z/x/#li-xiaolong"
    assert addresses.depth("people/a-to-z/m/#madonna") == 3


def test_files_are_found_in_order_and_links_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"papers/b.yaml": "", "papers/a/c.yml": "", "papers/no.txt": "", "outside.yaml": "title: T\n"})
    (tmp_path / "papers/link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert list(yaml_files(tmp_path, "papers")) == ["papers/a/c.yml", "papers/b.yaml", "papers/link.yaml"]
    assert list(yaml_files(tmp_path, "absent")) == []
    told = [finding for finding in read_collection(tmp_path).findings if finding.path == "papers/link.yaml"]
    assert [finding.check for finding in told] == ["unreadable-file"]


def test_reading_keeps_what_can_be_read(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**GOOD, "papers/2023/bad2023.yaml": "{", "people.yaml": "a: {name: A}\nb: {}\n"}
    reading = read_collection(write(tmp_path, files))
    assert [record.id for record in reading.records] == ["doe2023towers"]
    assert list(reading.people) == ["a"]
    assert reading.broken == {"bad2023", "b"}
    assert {finding.check for finding in reading.findings} >= {"yaml-syntax", "missing-field"}


def test_a_record_is_frozen_and_typed(toy: Collection) -> None:
    record = toy.records["example2023fast"]
    assert record.added == datetime.date(2026, 1, 2)
    assert record.authors[0] == "Ada Example"
    assert record.complete_authors
    assert not toy.records["sample2024slow"].complete_authors
    with pytest.raises(ValidationError, match="frozen"):
        record.year = 2024


def test_every_field_says_what_it_holds() -> None:
    for name, field in Record.model_fields.items():
        assert field.description, name
        assert field.description.rstrip().endswith("."), name
