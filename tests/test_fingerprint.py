"""Fingerprints: whatever a page could show changes them, and nothing else does."""

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import Markup

from gen.collection import Collection
from gen.figures import Figure
from gen.fingerprint import LONG, Fingerprints, UnknownContentError
from gen.model import Model
from gen.names import Name
from gen.pages.results import gather_rows
from gen.record import Person, ReadingPath, Record, Topic, Venue
from gen.site import Site, load_site
from tests.conftest import PROJECT, TOY

OTHER: dict[type[Model], dict[str, Any]] = {
    Record: {
        "title": "Other",
        "authors": ["Otto Other"],
        "year": 1999,
        "published": 2001,
        "month": 12,
        "venue": "other",
        "volume": "12",
        "number": "12",
        "pages": "12",
        "arxiv": "1912.12345",
        "doi": "10.1000/other",
        "language": "eo",
        "also_titled": ["Other"],
        "links": {"more": ["https://example.org/other"]},
        "notice": {"kind": "withdrawn"},
        "system": "Other",
        "kind": "dataset",
        "topics": ["other"],
        "summary": "Other.",
        "annotation": {"problem": "P.", "approach": "A.", "findings": "F.", "caveats": "Other."},
        "results": [{"kind": "speed", "metric": "m", "value": "12"}],
        "benchmarks": ["Other"],
        "builds_on": ["Other"],
        "relations": [{"to": "other1999", "kind": "uses", "why": "Other."}],
        "annotated": {"by": "other", "on": "1999-12-12", "basis": "abstract"},
        "added": "1999-12-12",
        "former_ids": ["other"],
    },
    Topic: {
        "title": "Other",
        "area": "other",
        "scope": "Other",
        "introduction": "Other.",
        "start_here": [{"paper": "other1999", "why": "Other."}],
        "keywords": ["TWR"],
        "former_ids": ["other"],
    },
    ReadingPath: {
        "title": "Other",
        "reader": "Other",
        "goal": "Other",
        "introduction": "Other.",
        "steps": [{"paper": "one", "take": "One."}, {"paper": "other", "take": "Other."}],
        "former_ids": ["other"],
    },
    Venue: {
        "short": "Other",
        "name": "Other",
        "type": "thesis",
        "publisher": "Other",
        "aliases": ["Other"],
        "former_ids": ["other"],
    },
    Person: {
        "name": "Otto Other",
        "variants": ["O. Other"],
        "show_variants": "no",
        "orcid": "0000-0000-0000-0001",
        "script": "Otro",
        "former_ids": ["other"],
    },
}
"""Another value of every field than that of the first object of each model."""


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(TOY)


@pytest.fixture(scope="module")
def prints(toy: Collection, site: Site) -> Fingerprints:
    return Fingerprints(toy, site)


def changed(model: Model, **values: object) -> Any:
    """Return what a changed file would have become."""
    context = {"source": model.source} if isinstance(model, Record | Topic | ReadingPath) else None
    return type(model).model_validate(model.model_dump(mode="json") | values, context=context)


def with_entry(toy: Collection, table: str, key: str, value: Model) -> Collection:
    return with_table(toy, table, {**getattr(toy, table), key: value})


def with_table(toy: Collection, table: str, entries: Mapping[str, Model]) -> Collection:
    values: dict[str, Any] = {table: entries}
    return replace(toy, **values)


def sample(toy: Collection, model: type[Model]) -> tuple[str, str, Model]:
    """Return an object of a model, the table that it is in, and its key there."""
    tables = {Record: "records", Topic: "topics", ReadingPath: "paths", Venue: "venues", Person: "people"}
    key, value = next(iter(getattr(toy, tables[model]).items()))
    return tables[model], key, value


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model in OTHER for field in model.model_fields],
    ids=lambda value: str(value),
)
def test_every_field_counts(toy: Collection, site: Site, prints: Fingerprints, model: type[Model], field: str) -> None:
    table, key, value = sample(toy, model)
    other = changed(value, **{field: OTHER[model][field]})
    assert getattr(other, field) != getattr(value, field)
    assert prints.of(other) != prints.of(value)
    whole = Fingerprints(with_entry(toy, table, key, other), site)
    assert whole.of(whole.collection) != prints.of(toy)
    same = changed(value)
    assert (same is value, prints.of(same)) == (False, prints.of(value))


def test_what_has_the_same_content_in_another_file_is_another(toy: Collection, prints: Fingerprints) -> None:
    one, other = list(toy.records.values())[:2]
    moved = Record.model_validate(one.model_dump(mode="json"), context={"source": other.source})
    assert prints.of(moved) != prints.of(one)


def test_a_record_brings_its_venue_along(toy: Collection, site: Site, prints: Fingerprints) -> None:
    record = next(record for record in toy.records.values() if record.venue)
    assert record.venue
    venue = changed(toy.venues[record.venue], name="Other")
    assert Fingerprints(with_entry(toy, "venues", record.venue, venue), site).of(record) != prints.of(record)
    elsewhere = next(key for key in toy.venues if key != record.venue)
    assert Fingerprints(with_entry(toy, "venues", elsewhere, venue), site).of(record) == prints.of(record)


def test_a_text_brings_along_what_it_shows_of_papers_it_cites(
    toy: Collection, site: Site, prints: Fingerprints
) -> None:
    topic = toy.topics["towers"]
    assert "example2023fast" in topic.cited
    cited = toy.records["example2023fast"]
    for values, shown in (
        ({"title": "Other"}, True),
        ({"system": "Other"}, True),
        ({"summary": "Other."}, False),
        ({"kind": "theory"}, False),
    ):
        whole = with_entry(toy, "records", cited.id, changed(cited, **values))
        assert (Fingerprints(whole, site).of(topic) != prints.of(topic)) is shown, values
    without = replace(toy, records={key: record for key, record in toy.records.items() if key != cited.id})
    assert Fingerprints(without, site).of(topic) != prints.of(topic)


def test_what_is_not_there_any_more_counts(toy: Collection, site: Site, prints: Fingerprints) -> None:
    for table in ("records", "topics", "paths", "venues", "people"):
        fewer = with_table(toy, table, dict(list(getattr(toy, table).items())[1:]))
        assert Fingerprints(fewer, site).of(fewer) != prints.of(toy), table


values = some.recursive(
    some.none() | some.integers() | some.text() | some.dates(),
    lambda inner: some.lists(inner, max_size=5).map(tuple),
)


@given(one=values, other=values)
def test_unlike_values_have_unlike_fingerprints(prints: Fingerprints, one: object, other: object) -> None:
    assert (prints.of(one) == prints.of(other)) is (one == other and repr(one) == repr(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ("1", 1),
        (1, 1.0),
        (1, True),
        (None, "None"),
        (((),), ()),
        (("a", ("b",)), (("a",), "b")),
        (("a", "b"), ("a", "b", "")),
        (("a", "bc"), ("ab", "c")),
        (("a", 1, "b"), ("a", 2, "b")),
        (Name("", "", "A", ""), Name("", "", "A", "", corporate=True)),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (("x",) * LONG, ("x",) * (LONG + 1)),
        (("x",) * 2 * LONG, (*("x",) * (2 * LONG - 1), "y")),
        ("\udcff", "\\udcff"),
        ("é", "e\u0301"),
    ],
)
def test_values_that_look_alike_are_told_apart(prints: Fingerprints, one: object, other: object) -> None:
    assert prints.of(one) != prints.of(other)
    assert prints.of(one) == prints.of(one)


def test_lists_and_marked_up_text_count_by_what_they_hold(prints: Fingerprints) -> None:
    assert prints.of([1, "a"]) == prints.of((1, "a"))
    assert prints.of(Markup("<b>")) == prints.of("<b>")


def test_what_follows_from_something_counts_by_that(prints: Fingerprints, toy: Collection) -> None:
    one, other = next(rows for rows in gather_rows(toy).values() if len(rows) > 1)[:2]
    assert prints.of(one) == prints.of(one.of) != prints.of(other)
    assert prints.of(replace(one, figure=Figure(-1, "bits"))) == prints.of(one)


def test_long_lists_that_are_gone_leave_no_trace(prints: Fingerprints) -> None:
    """Lists are known again by their identity, which the next one may get when one is gone."""
    assert len({prints.of([number] * (LONG + 1)) for number in range(500)}) == 500


@dataclass
class Shown:
    """Something that a page shows."""

    title: str
    papers: list[str]


@dataclass
class Listed:
    """Something else with the same fields."""

    title: str
    papers: list[str]


def test_a_data_class_counts_by_its_name_and_fields(prints: Fingerprints) -> None:
    keys = {prints.of(value) for value in (Shown("a", ["b"]), Shown("a", ["c"]), Shown("b", []), Listed("a", ["b"]))}
    assert len(keys) == 4
    assert prints.of(Shown("a", ["b"])) in keys


def plain_function() -> None:
    """A function of a module."""


def test_functions_count_by_their_names(prints: Fingerprints) -> None:
    assert prints.of(plain_function) != prints.of(changed)


def closure(value: int) -> object:
    return lambda: value


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"a", "b"}, "set"),
        (frozenset("a"), "frozenset"),
        (object(), "object"),
        (b"bytes", "bytes"),
        (closure(1), "closure.<locals>.<lambda>"),
        (partial(plain_function), "partial"),
        (Path(), "PosixPath"),
        (iter(()), "tuple_iterator"),
    ],
)
def test_what_has_no_certain_content_is_refused(prints: Fingerprints, value: object, name: str) -> None:
    """A set too: its order is by chance, and a page might show it in that order."""
    for holder in (value, ("a", [value]), {"a": value}, Shown("a", [value])):  # type: ignore[list-item]
        with pytest.raises(UnknownContentError, match=f"^{name}$"):
            prints.of(holder)


def test_settings_and_templates_are_in_every_fingerprint(toy: Collection, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    settings = tmp_path / "mkdocs.yml"
    shutil.copy(TOY / "mkdocs.yml", settings)
    before = Fingerprints(toy, load_site(tmp_path)).of("x")
    (tmp_path / "templates" / "own.md.j2").write_text("own", encoding="utf-8")
    with_template = Fingerprints(toy, load_site(tmp_path)).of("x")
    settings.write_text(settings.read_text(encoding="utf-8").replace("site_name: Toy", "site_name: Other"), "utf-8")
    renamed = Fingerprints(toy, load_site(tmp_path)).of("x")
    (tmp_path / "templates" / "own.md.j2").write_text("other", encoding="utf-8")
    other_template = Fingerprints(toy, load_site(tmp_path)).of("x")
    assert len({before, with_template, renamed, other_template}) == 4


def test_where_the_collection_lies_does_not_count(toy: Collection, prints: Fingerprints, tmp_path: Path) -> None:
    shutil.copy(TOY / "mkdocs.yml", tmp_path)
    assert Fingerprints(toy, load_site(tmp_path)).of("x", toy) == prints.of("x", toy)


KEYS = """
from gen.outputs import key_of
from gen.checking import check_collection
from gen.figures import Figure
from gen.fingerprint import Fingerprints
from gen.pages import Batch
from gen.pages.output import members
from gen.pages.plan import plan
from gen.site import load_site
from gen.store import Store
from tests.conftest import TOY

collection, _ = check_collection(TOY, drafts=True)
site = load_site(TOY)
prints = Fingerprints(collection, site)
for output in plan(collection, site, Store(None)):
    made_of = prints.of(output.of()) if isinstance(output, Batch) else key_of(output, prints)
    print(*(item.path for item in members(output)), made_of)
"""
"""Prints what every page and file of the toy collection is made of."""


def test_no_fingerprint_depends_on_the_order_of_hashes() -> None:
    printed = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", KEYS]
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
        printed.append(done.stdout.splitlines())
    assert printed[0] == printed[1]
    assert len(printed[0]) > 100
