"""Checks of files: each bad example gets exactly its line, the good one none."""

from pathlib import Path

import pytest

from gen.checks.catalog import CHECKS
from tests.cases import GOOD, RECORD, another, record, said

VENUE = "venues.yaml"
ARXIV = 'write the arXiv identifier without version, such as "2310.15141"'
DOI = 'write the DOI without the address in front, such as "10.1145/3539618.3591977"'
WEB = "write a web address that starts with https:// or http://"
VENUE_KEY = "write the key of the venue in venues.yaml; `check --fix` knows its other names"
SLUG = "use lower-case letters, digits and single hyphens"
EMPTY = "write a value or delete the key"
KINDS = "method, system, benchmark, dataset, survey, theory, analysis, resource"


def test_the_good_collection_has_no_findings(tmp_path: Path) -> None:
    assert said(tmp_path) == []


def test_faults_of_yaml_are_findings(tmp_path: Path) -> None:
    changes = {
        **another("a2023a", ("year: 2023", "year: 2023\nyear: 2024")),
        "papers/2023/b2023b.yaml": "title: a: b",
        "papers/2023/c2023c.yaml": b"title: \xff",
        **another("d2023d", ("title: ", "title: &x "), ("venue: toyconf", "venue: *x")),
    }
    assert said(tmp_path, changes) == [
        "papers/2023/a2023a.yaml:4:1: duplicate-key: the key 'year' stands a second time (first on line 3); keep one of the two",
        'papers/2023/b2023b.yaml:1:9: yaml-syntax: this is not YAML: mapping values are not allowed in this context; put the text that holds a colon between double quotes: title: "a: b"',
        "papers/2023/c2023c.yaml:1:8: unreadable-file: the file is not UTF-8 from here on; save it as UTF-8",
        "papers/2023/d2023d.yaml:1:8: yaml-feature: the anchor &x is not allowed here; write the value out where it is used, or put double quotes around a text that starts with &",
        "papers/2023/d2023d.yaml:4:8: yaml-feature: the alias *x is not allowed here; write the value out, or put double quotes around a text that starts with *",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("by: editors, on: 2026-01-02", "by:editors, on:2026-01-02", "17:13: unknown-key: there is no key 'by:editors'; write a space after the colon: by: editors"),
        ("kind:", "knid:", "7:1: unknown-key: there is no key 'knid'; did you mean 'kind'?"),
        ("paper:", "papr:", "5:9: unknown-key: there is no key 'papr'; did you mean 'paper'?"),
        ("paper:", "zzz:", "5:9: unknown-key: there is no key 'zzz'; the keys here are paper, pdf, code, data, models, project, video, more"),
        ("  problem:", "  Problem:", "11:3: missing-field: 'annotation.problem' is missing; add 'problem: ...'"),
        ("year: 2023\n", "", "1:1: missing-field: 'year' is missing; add 'year: ...'"),
        (", basis: abstract", "", "17:12: missing-field: 'annotated.basis' is missing; add 'basis: ...'"),
        ("[towers]", "towers", "8:9: bare-scalar: 'topics' is a list, but holds one bare value; write 'topics: [towers]'"),
        ("[Jane Doe, Ludwig van Beethoven]", "Jane Doe", "2:10: bare-scalar: 'authors' is a list, but holds one bare value; write 'authors: [Jane Doe]'"),
        ("[Jane Doe, Ludwig van Beethoven]", "Doe, Jane", "2:10: bare-scalar: 'authors' is a list, but holds one bare value; write 'authors: [\"Doe, Jane\"]'"),
        ("[Jane Doe, Ludwig van Beethoven]", "Doe, Jane and A B", "2:10: bare-scalar: 'authors' is a list, but holds one bare value; write 'authors: [\"Doe, Jane\", A B]'"),
        ("[towers]", "towers, blocks", "8:9: bare-scalar: 'topics' is a list, but holds one bare value; write 'topics: [towers, blocks]'"),
        ("[towers]", "{towers: 1}", "8:9: wrong-type: 'topics' should be a list, but is a mapping; write a list"),
        ('title: "Towers: A Start"', "title:", f"1:7: wrong-type: 'title' should be a text, but is nothing; {EMPTY}"),
        ("venue: toyconf", "venue:", f"4:7: wrong-type: 'venue' should be a value, but is nothing; {EMPTY}"),
        ("kind: method", "kind: null", f"7:7: wrong-type: 'kind' should be a value, but is nothing; {EMPTY}"),
        ("added: 2026-01-02", "added: ~", f"18:8: wrong-type: 'added' should be a value, but is nothing; {EMPTY}"),
        ("{paper: https://example.org/towers}", "{code: }", f"5:15: wrong-type: 'links.code' should be a value, but is nothing; {EMPTY}"),
        ("system: Tower", "system: [Tower]", "6:9: wrong-type: 'system' should be a text, but is a list; write a text"),
        ("system: Tower", 'system: " "', f"6:9: wrong-value: 'system' is empty; {EMPTY}"),
        ("system: Tower", 'system: "a\\nb"', "6:9: wrong-value: 'system' can't be the text 'a\\nb'; write it on one line"),
        ("system: Tower", 'system: "a\\rb"', "6:9: wrong-value: 'system' can't be the text 'a\\rb'; write it on one line"),
        ("system: Tower", f"system: {'x' * 1001}", "6:9: wrong-value: 'system' has more than 1,000 characters; write it shorter"),
        ("year: 2023", "year: [2023]", "3:7: wrong-type: 'year' should be a whole number, but is a list; write a whole number"),
        ("year: 2023", "year: 20x3", "3:7: wrong-value: 'year' can't be the text '20x3'; write a year from 1000 to 2100"),
        ("year: 2023", "year: 2_023", "3:7: wrong-value: 'year' can't be the text '2_023'; write a year from 1000 to 2100"),
        ("year: 2023", "year: 2023.0", "3:7: wrong-value: 'year' can't be the text '2023.0'; write a year from 1000 to 2100"),
        ("year: 2023", "year: 0987", "3:7: wrong-value: 'year' can't be the text '0987'; write a year from 1000 to 2100"),
        ("year: 2023", "year: 2023\nmonth: May", "4:8: wrong-value: 'month' can't be the text 'May'; write the month as a number from 1 to 12"),
        ("year: 2023", "year: 2023\nmonth: 13", "4:8: wrong-value: 'month' can't be the text '13'; write the month as a number from 1 to 12"),
        ("kind: method", "kind: metod", "7:7: unknown-word: 'kind' can't be the text 'metod'; did you mean 'method'?"),
        ("kind: method", "kind: zzz", f"7:7: unknown-word: 'kind' can't be the text 'zzz'; use one of {KINDS}"),
        ("kind: method", "kind: [method]", f"7:7: unknown-word: 'kind' can't be a list; use one of {KINDS}"),
        ("venue: toyconf", "venue: Toy Conf", f"4:8: wrong-value: 'venue' can't be the text 'Toy Conf'; {VENUE_KEY}"),
        ("[towers]", "[towers, Bad Slug]", f"8:18: wrong-value: 'topics.2' can't be the text 'Bad Slug'; {SLUG}"),
        ("[towers]", "[a, b, c, d, e]", "8:9: wrong-value: 'topics' has 5 items; keep at most 4"),
        ("[Jane Doe, Ludwig van Beethoven]", "[]", "2:10: wrong-value: 'authors' has 0 items; write at least 1"),
        ("[Jane Doe,", '["a, b, c, d",', "2:11: wrong-value: 'authors.1' can't be the text 'a, b, c, d'; write 'Given Family', 'Family, Given' or '{Organization}'"),
        ("[Jane Doe,", '["{Jane Doe",', "2:11: wrong-value: 'authors.1' can't be the text '{Jane Doe'; write 'Given Family', 'Family, Given' or '{Organization}'"),
        ("https://example.org/towers", "ftp://example.org", f"5:16: wrong-value: 'links.paper' can't be the text 'ftp://example.org'; {WEB}"),
        ("https://example.org/towers", "https://example.org/a b", "5:16: wrong-value: 'links.paper' can't be the text 'https://example.org/a b'; write the web address without blanks; one that belongs to it is %20"),
        ("https://example.org/towers", "javascript:alert(1)", f"5:16: wrong-value: 'links.paper' can't be the text 'javascript:alert(1)'; {WEB}"),
        ("https://example.org/towers", '"https://example.org/\\u202Ex"', f"5:16: wrong-value: 'links.paper' can't be the text 'https://example.org/\\u202ex'; {WEB}"),
        ("{paper: https://example.org/towers}", "https://example.org", "5:8: wrong-type: 'links' should be a mapping (key: value), but is the text 'https://example.org'; write a mapping (key: value)"),
        ("by: editors, on: 2026-01-02", "by: editors, on: today", "17:30: wrong-value: 'annotated.on' can't be the text 'today'; write the day as 2026-11-21"),
        ("by: editors, on: 2026-01-02", "by: editors, on: 1700006400", "17:30: wrong-value: 'annotated.on' can't be the text '1700006400'; write the day as 2026-11-21"),
        ("added: 2026-01-02", "added: 2026-02-30", "18:8: wrong-value: 'added' can't be the text '2026-02-30'; write a day that the calendar has, as 2026-11-21"),
        ("added: 2026-01-02", "added: [2026-01-02]", "18:8: wrong-type: 'added' should be a date such as 2026-11-21, but is a list; write a date such as 2026-11-21"),
        ("venue:", "arxiv: 2310.15141v2\nvenue:", f"4:8: wrong-value: 'arxiv' can't be the text '2310.15141v2'; {ARXIV}"),
        ("venue:", "doi: https://doi.org/10.1234/x\nvenue:", f"4:6: wrong-value: 'doi' can't be the text 'https://doi.org/10.1234/x'; {DOI}"),
        ("venue:", "language: English\nvenue:", "4:11: wrong-value: 'language' can't be the text 'English'; write a language tag such as en or zh"),
        ("added:", "results: [{kind: sped, metric: m, value: v}]\nadded:", "18:18: unknown-word: 'results.1.kind' can't be the text 'sped'; did you mean 'speed'?"),
        ("added:", "results: [{kind: speed, metric: m}]\nadded:", "18:11: missing-field: 'results.1.value' is missing; add 'value: ...'"),
        ("added:", "results: [fast]\nadded:", "18:11: wrong-type: 'results.1' should be a mapping (key: value), but is the text 'fast'; write a mapping (key: value)"),
        ("added:", "results: [{kind: speed, metric: m, value: v, verses: x}]\nadded:", "18:46: unknown-key: there is no key 'verses'; did you mean 'versus'?"),
    ],
)  # fmt: skip
def test_a_wrong_value_in_a_record(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert f"{RECORD}:{told}" in said(tmp_path, record((old, new)))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "1:1: wrong-type: the file should be a mapping (key: value), but is nothing; write its fields or delete the file"),
        ("- title", "1:1: wrong-type: the file should be a mapping (key: value), but is a list; write a mapping (key: value)"),
        ("words", "1:1: wrong-type: the file should be a mapping (key: value), but is the text 'words'; write a mapping (key: value)"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_mapping(tmp_path: Path, content: str, told: str) -> None:
    assert said(tmp_path, {"papers/2023/a2023a.yaml": content}) == [f"papers/2023/a2023a.yaml:{told}"]


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("topics/towers.yaml", "title: T\narea: blocks\nscope: S\nintroduction: I\nstart_here: [{paper: a2023b}]\n",
         "5:14: missing-field: 'start_here.1.why' is missing; add 'why: ...'"),
        ("topics/towers.yaml", "title: T\nparent: blocks\nscope: S\nintroduction: I\n",
         "2:1: unknown-key: there is no key 'parent'; did you mean 'area'?"),
        ("paths/p.yaml", "title: T\nreader: R\ngoal: G\nintroduction: I\nsteps: [{paper: doe2023towers, take: T}]\n",
         "5:8: wrong-value: 'steps' has 1 item; write at least 2"),
        (VENUE, GOOD[VENUE].replace("type: conference", "type: confrence"),
         "1:59: unknown-word: 'toyconf.type' can't be the text 'confrence'; did you mean 'conference'?"),
        (VENUE, GOOD[VENUE].replace("short:", "shrt:"), "1:11: unknown-key: there is no key 'shrt'; did you mean 'short'?"),
        (VENUE, GOOD[VENUE].replace("[TC]", "TC"),
         "1:80: bare-scalar: 'toyconf.aliases' is a list, but holds one bare value; write 'aliases: [TC]'"),
        (VENUE, GOOD[VENUE].replace("[TC]", "[TC], publisher: "),
         f"1:97: wrong-type: 'toyconf.publisher' should be a value, but is nothing; {EMPTY}"),
        ("topics/towers.yaml", GOOD["topics/towers.yaml"].replace("area: blocks", "area:"),
         f"2:6: wrong-type: 'area' should be a value, but is nothing; {EMPTY}"),
        (VENUE, "[toyconf]", "1:1: wrong-type: the file should be a mapping (key: value), but is a list; write a mapping (key: value)"),
        (VENUE, GOOD[VENUE] + "toyconf: {}\n", "2:1: duplicate-key: the key 'toyconf' stands a second time (first on line 1); keep one of the two"),
        ("people.yaml", "jane-doe: {name: Jane Doe, orcid: 0000-0002-1825}",
         "1:35: wrong-value: 'jane-doe.orcid' can't be the text '0000-0002-1825'; write the ORCID as 0000-0002-1825-0097"),
        ("people.yaml", "jane-doe: {name: Jane Doe, orcid: 0000-0002-1825-0098}",
         "1:35: wrong-value: 'jane-doe.orcid' can't be the text '0000-0002-1825-0098'; copy it anew from orcid.org: its last sign does not fit the others"),
        ("people.yaml", "jane-doe: {name: 'a, b, c, d'}", "1:18: wrong-value: 'jane-doe.name' can't be the text 'a, b, c, d'; write 'Given Family', 'Family, Given' or '{Organization}'"),
        ("people.yaml", "Jane Doe: {name: Jane Doe}", "1:1: entry-key: the key 'Jane Doe' can't be part of an address; use lower-case letters, digits and hyphens"),
        ("people.yaml", "../../x: {name: Jane Doe}", "1:1: entry-key: the key '../../x' can't be part of an address; use lower-case letters, digits and hyphens"),
        ("people.yaml", "index: {name: Jane Doe}", "1:1: entry-key: the key 'index' is reserved for a page of the site; choose another key"),
    ],
)  # fmt: skip
def test_a_wrong_value_elsewhere(tmp_path: Path, path: str, content: str, told: str) -> None:
    assert f"{path}:{told}" in said(tmp_path, {path: content})


@pytest.mark.parametrize("old", ["venue: toyconf", 'title: "Towers: A Start"', "kind: method", "[towers]"])
def test_an_empty_field_is_told_once_and_nothing_follows_from_it(tmp_path: Path, old: str) -> None:
    key = old.partition(":")[0]
    [told] = said(tmp_path, record((old, f"{key}:" if ":" in old else "")))
    assert "is nothing; write a value or delete the key" in told


def test_a_broken_table_says_nothing_of_those_who_use_it(tmp_path: Path) -> None:
    assert [line.split(": ")[1] for line in said(tmp_path, {VENUE: "toyconf: [\n"})] == ["yaml-syntax"]
    assert [line.split(": ")[1] for line in said(tmp_path, {VENUE: "toyconf: {name: Toys}"})] == ["missing-field"] * 2


def test_a_broken_record_says_nothing_of_those_who_point_to_it(tmp_path: Path) -> None:
    changes = {
        **record(add="relations: [{to: roe2023other, kind: uses, why: It does.}]\n"),
        "papers/2023/roe2023other.yaml": "{",
    }
    assert [line.split(": ")[1] for line in said(tmp_path, changes)] == ["yaml-syntax"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    changes = record(("year: 2023", "year: x"), ("kind: method", "kind: zzz"), ("[towers]", "towers"))
    assert [line.split(": ")[1] for line in said(tmp_path, changes)] == ["wrong-value", "unknown-word", "bare-scalar"]


def test_a_field_without_a_space_after_its_colon_is_not_missing_too(tmp_path: Path) -> None:
    changes = record(("by: editors, on: 2026-01-02, basis: abstract", "by:editors, on:2026-01-02, basis:abstract"))
    assert [line.split(": ")[1] for line in said(tmp_path, changes)] == ["unknown-key"] * 3


def test_every_check_says_what_it_is_for() -> None:
    for check in CHECKS.values():
        assert check.summary.endswith((".", ":")), check.name
        assert len(check.explanation.splitlines()) > 1, f"{check.name} does not say how to mend it"
