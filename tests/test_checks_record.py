"""Checks of single records: each bad example gets exactly its line, the good one none."""

from pathlib import Path

import pytest

from gen.checking import check_collection
from tests.cases import GOOD, RECORD, another, record, said, write

REST = "topics/blocks\ntopics/towers\nvenues/toyconf\n"
"""What the ledger holds of the good collection besides its record."""
WORDS = " ".join(f"word{number}" for number in range(250))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("year: 2023", "year: 2022", "3:7: id-matches-year: the record says 2022, but lies in papers/2023; move it to papers/2022/doe2023towers.yaml"),
        ("[Jane Doe,", "[others, Jane Doe,", "2:11: author-name: 'others' is not the last author; move it to the end of the list"),
        ("[Jane Doe,", "[Jane Doe et al.,", "2:11: author-name: 'Jane Doe et al.' leaves names out; write the name, and 'others' as the last item"),
        ("[Jane Doe,", "[Jane Doe; John Roe,", "2:11: author-name: 'Jane Doe; John Roe' looks like several names; write each as an item of its own"),
        ("[Jane Doe,", '["Doe, J. Roe, Jane",', "2:11: author-name: 'Doe, J. Roe, Jane' looks like several names; write each as an item of its own"),
        ("[Jane Doe,", "[Jane Doe III,", "2:11: author-name: 'Jane Doe III' has its suffix where another part of a name stands; write 'Doe, III, Jane'"),
        ("[Jane Doe,", "[Jane Doe and John Roe,", "2:11: author-name: 'Jane Doe and John Roe' looks like several names; write each as an item of its own"),
        ("[Jane Doe,", "[Jane Doe, Jane Doe,", "2:21: repeated-item: 'Jane Doe' stands twice in 'authors'; keep one of the two, or write a namesake as 'Doe, Jane'"),
        ("[towers]", "[towers, towers]", "8:18: repeated-item: 'towers' stands twice in 'topics'; keep one of the two"),
        ("added:", "benchmarks: [a, b, a]\nadded:", "18:20: repeated-item: 'a' stands twice in 'benchmarks'; keep one of the two"),
        ("added:", "relations:\n- {to: doe2023towers, kind: uses, why: It does.}\nadded:", "19:8: self-relation: the record is related to itself; name the other paper"),
        ("kind: method\n", "", "1:1: unwritten-part: 'kind' is still to be written; add 'kind: ...'"),
        ("topics: [towers]\n", "", "1:1: unwritten-part: 'topics' is still to be written; add 'topics: ...'"),
        ("added: 2026-01-02\n", "", "1:1: unwritten-part: 'added' is still to be written; add 'added: ...'"),
        ("topics: [towers]", "topics: []", "8:1: unwritten-part: 'topics' is empty; write at least one"),
        ("Builds towers of wooden blocks and measures how long each of them stands.", "Builds towers.", "9:10: text-length: the summary has 14 characters; write one sentence of 50 to 240"),
        ("and measures", f"and {WORDS[:300]}", "9:10: text-length: the summary has 365 characters; write one sentence of 50 to 240"),
        ("the cat was not told to stay outside.", WORDS, "11:3: text-length: the annotation has 339 words; write 80 to 220"),
        ("One room, one carpet, and a builder who knew what was measured; the cat was not told to stay outside.", "None.", "11:3: text-length: the annotation has 78 words; write 80 to 220"),
    ],
)  # fmt: skip
def test_a_bad_record(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert f"{RECORD}:{told}" in said(tmp_path, record((old, new)))


def test_a_relation_stated_twice(tmp_path: Path) -> None:
    relation = "- {to: roe2023other, kind: uses, why: It does.}\n"
    files = {**record(add=f"relations:\n{relation}{relation}"), **another("roe2023other")}
    assert said(tmp_path, files) == [
        f"{RECORD}:21:3: repeated-item: the relation 'uses roe2023other' stands twice; keep one of the two"
    ]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("papers/2023/Doe2023.yaml", "id-form: the file's name 'Doe2023' is no id; rename the file with lower-case letters and digits only"),
        ("papers/2023/doe-2023.yaml", "id-form: the file's name 'doe-2023' is no id; rename the file with lower-case letters and digits only"),
        ("papers/2023/doé2023.yaml", "id-form: the file's name 'doé2023' holds U+00E9 (latin small letter e with acute); rename the file and type 'e' instead"),
        ("papers/2023/index.yaml", "id-form: the name 'index' is reserved for a page of the site; rename the file"),
        ("papers/2023/doe2023.yml", "id-form: the file's name does not end in .yaml; rename it"),
        ("papers/doe2023.yaml", "id-matches-year: the record says 2023, but lies in papers; move it to papers/2023/doe2023.yaml"),
        ("papers/2023/x/doe2023.yaml", "id-matches-year: the record says 2023, but lies in papers/2023/x; move it to papers/2023/doe2023.yaml"),
    ],
)  # fmt: skip
def test_a_record_under_a_wrong_name(tmp_path: Path, path: str, told: str) -> None:
    place = "3:7" if told.startswith("id-matches") else "1:1"
    own = "doe2023\n" if "/doe2023." in path else ""  # another name isn't asked for there
    assert said(tmp_path, {path: GOOD[RECORD], "ids.txt": f"{own}doe2023towers\n{REST}"}) == [f"{path}:{place}: {told}"]


@pytest.mark.parametrize("name", ["-towers", "high--towers", "High"])
def test_a_topic_under_a_wrong_name(tmp_path: Path, name: str) -> None:
    changes = {f"topics/{name}.yaml": GOOD["topics/towers.yaml"]}
    told = f"id-form: the file's name {name!r} is no id; rename the file with lower-case letters, digits, hyphens"
    assert f"topics/{name}.yaml:1:1: {told}" in said(tmp_path, changes)


def test_a_topic_with_hyphens_is_fine(tmp_path: Path) -> None:
    changes = {**record(("[towers]", "[high-towers]")), "topics/high-towers.yaml": GOOD["topics/towers.yaml"]}
    write(tmp_path, {**GOOD, **changes})
    (tmp_path / "topics/towers.yaml").unlink()
    assert check_collection(tmp_path)[1] == []


def test_drafts_may_lack_parts(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, **record(("kind: method\n", ""))})
    assert [finding.check for finding in check_collection(tmp_path)[1]] == ["unwritten-part"]
    assert check_collection(tmp_path, drafts=True)[1] == []


def test_a_paper_is_one_step_of_a_path(tmp_path: Path) -> None:
    steps = "".join(f"- {{paper: {name}, take: Much}}\n" for name in ("doe2023towers", "roe2023other", "doe2023towers"))
    path = f"title: T\nreader: R\ngoal: G\nintroduction: I\nsteps:\n{steps}"
    told = "paths/p.yaml:8:11: repeated-item: 'doe2023towers' is a step already; keep one of the two"
    assert said(tmp_path, {"paths/p.yaml": path, **another("roe2023other")}) == [told]
