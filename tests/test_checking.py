"""Checking: all findings at once, each once, in the order of places."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from gen.checking import check_collection
from gen.checks.collection import Whole
from gen.checks.registry import CHECKS, Check, check, run_phase
from gen.findings import Finding
from gen.store import Store
from tests.cases import GOOD, RECORD, another, record, write


def names(findings: list[Finding]) -> set[str]:
    return {finding.check for finding in findings}


def test_findings_of_files_records_and_the_collection_come_together_in_order(tmp_path: Path) -> None:
    files = {
        **GOOD,
        **record(("towers]", "tower]"), ("summary: Builds", "summary: <b>Builds</b>")),
        "people.yaml": "a: b\n",
    }
    findings = check_collection(write(tmp_path, files))[1]
    assert names(findings) == {"unknown-topic", "raw-html", "wrong-type"}
    assert findings == sorted(findings)
    assert len(findings) == len(set(findings))


def test_where_a_file_is_broken_nothing_is_called_unused(tmp_path: Path) -> None:
    files = {**GOOD, "venues.yaml": GOOD["venues.yaml"] + "jot: {short: JoT, name: Journal of Toys, type: journal}\n"}
    assert names(check_collection(write(tmp_path, files))[1]) == {"unused-entry"}
    assert names(check_collection(write(tmp_path, {"topics/bad.yaml": "title: [\n"}))[1]) == {"yaml-syntax"}


def test_drafts_are_no_finding_where_the_site_takes_them(tmp_path: Path) -> None:
    draft = record(("kind: method\n", ""))
    root = write(tmp_path, {**GOOD, **draft})
    assert names(check_collection(root)[1]) == {"unwritten-part"}
    collection, findings = check_collection(root, drafts=True)
    assert findings == []
    assert collection.records["doe2023towers"].kind is None


def test_with_a_store_the_findings_are_the_same(tmp_path: Path) -> None:
    files = {**GOOD, **record(("year: 2023", "year: 2022")), **another("roe2023")}
    root, store = write(tmp_path / "root", files), Store(tmp_path / "store")
    without = check_collection(root)
    for _ in range(2):
        assert check_collection(root, store=store) == without


def test_a_check_that_found_nothing_runs_again_only_if_what_it_looks_at_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, store, runs = write(tmp_path / "root", GOOD), Store(tmp_path / "store"), list[str]()
    known = CHECKS["duplicate-paper"]

    def spy(whole: Whole) -> Iterable[Finding]:
        runs.append(known.name)
        return known.run(whole)

    monkeypatch.setattr("gen.parallel.processes", lambda: 1)
    monkeypatch.setitem(CHECKS, known.name, replace(known, run=spy))
    for expected in (1, 1):
        assert check_collection(root, store=store)[1] == []
        assert len(runs) == expected
    write(root, record(("summary: ", "summary: In short, ")))
    assert check_collection(root, store=store)[1] == []
    assert len(runs) == 1, "no double is told by a summary"
    write(root, another("roe2023"))
    for expected in (2, 3):
        assert names(check_collection(root, store=store)[1]) == {"duplicate-paper"}
        assert len(runs) == expected, "what it found may have moved"


def test_a_check_is_registered_by_its_name_with_its_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.checks.registry.CHECKS", known := dict[str, Check]())

    @check("record")
    def too_tall(item: object) -> list[Finding]:
        """A tower that is too tall.

        Take some blocks away.
        """
        return [Finding(str(item), 1, 1, "too-tall", "it is too tall", "take some away")]

    assert list(known) == ["too-tall"]
    assert known["too-tall"].summary == "A tower that is too tall."
    assert known["too-tall"].explanation.endswith("\n\nTake some blocks away.")
    assert [finding.path for finding in run_phase("record", "a.yaml")] == ["a.yaml"]
    assert run_phase("file", "a.yaml") == []
    with pytest.raises(AssertionError, match="two checks are named too-tall"):
        check("file")(too_tall)
    with pytest.raises(AssertionError, match="the check nameless has no docstring"):

        @check("file")
        def nameless(_: object) -> list[Finding]:
            return []


@pytest.mark.parametrize("name", CHECKS)
def test_the_manual_of_a_check_says_what_and_how_to_mend_it(name: str) -> None:
    known = CHECKS[name]
    assert known.summary.endswith((".", ":")) or "\n" in known.explanation.partition("\n\n")[0]
    assert "\n\n" in known.explanation, "a summary and then how to mend it"
    assert name == name.lower()
    assert "_" not in name


def test_a_record_is_named_by_its_file(tmp_path: Path) -> None:
    findings = check_collection(write(tmp_path, {**GOOD, **record(("kind: method", "kind: essay"))}))[1]
    assert {finding.path for finding in findings} == {RECORD}
