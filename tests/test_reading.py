"""Reading: files become typed objects and findings, each file on its own and none twice."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from gen import reading
from gen.document import Document
from gen.findings import as_text
from gen.reading import KEPT, TABLE, Reading, read_collection, read_venues, yaml_files
from gen.source import parse
from gen.store import Store
from tests.cases import GOOD, RECORD, write
from tests.conftest import TOY


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files are parsed."""
    paths: list[str] = []

    def spy(path: str, raw: bytes) -> Document:
        paths.append(path)
        return parse(path, raw)

    for module in ("source", "reading"):
        monkeypatch.setattr(f"gen.{module}.parse", spy)
    return paths


def stored(root: Path, store: Store) -> Reading:
    """Read a collection with what the store has of it."""
    with store.table(TABLE) as table:
        return read_collection(root, table)


def ids(found: Reading) -> list[str]:
    return [record.id for record in found.records]


def test_everything_below_a_folder_is_read() -> None:
    found = read_collection(TOY)
    assert (len(found.records), len(found.topics), len(found.paths)) == (11, 3, 1)
    assert found.venues.keys() == {"toyconf", "toyw", "jot", "utoy", "toybook", "toytr", "toypress"}
    assert found.people["ada-example"].script == "アダ"
    assert found.broken == set()
    assert {finding.check for finding in found.findings} == {"unwritten-part"}, "some are drafts"


def test_an_empty_folder_is_an_empty_collection(tmp_path: Path) -> None:
    found = read_collection(tmp_path)
    assert (found.records, found.topics, found.venues, found.findings) == ([], [], {}, [])


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD)
    scandir = os.scandir

    def refused(path: str) -> Any:
        if str(path).endswith("/2023"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    told = "papers/2023:1:1: unreadable-file: the folder can't be read (Permission denied); check its permissions"
    assert list(map(as_text, read_collection(tmp_path).findings)) == [told]


def test_files_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        write(tmp_path, {f"papers/{name}/x.yaml": "", f"papers/{name}.yml": ""})
    write(tmp_path, {"papers/a/._x.yaml": "", "papers/a/.#x.yaml": ""})
    write(tmp_path, {"papers/a/notes.txt": ""})
    (tmp_path / "papers" / "linked").symlink_to(TOY / "papers")
    assert list(yaml_files(tmp_path, "papers")) == [
        "papers/a.yml",
        "papers/a/x.yaml",
        "papers/b.yml",
        "papers/b/x.yaml",
        "papers/c.yml",
        "papers/c/x.yaml",
        "papers/linked",
    ]
    (tmp_path / "topics").symlink_to("papers")
    assert list(yaml_files(tmp_path, "topics")) == ["topics"]


def test_what_can_not_be_read_is_named_broken_and_left_out(tmp_path: Path) -> None:
    bad = {"papers/2023/bad2023.yaml": "title: [", "people.yaml": "jane-doe: {nam: x}\nkim-lee: {name: Kim Lee}"}
    found = read_collection(write(tmp_path, {**GOOD, **bad}))
    assert ids(found) == ["doe2023towers"]
    assert found.broken == {"bad2023", "jane-doe"}
    assert found.people.keys() == {"kim-lee"}
    assert {(finding.path, finding.check) for finding in found.findings} >= {
        ("papers/2023/bad2023.yaml", "yaml-syntax"),
        ("people.yaml", "unknown-key"),
        ("people.yaml", "missing-field"),
    }


@pytest.mark.parametrize("text", ["- a", "text", "[]", "a: ["])
def test_a_table_that_is_none_is_broken_as_a_whole(tmp_path: Path, text: str) -> None:
    found = read_collection(write(tmp_path, {**GOOD, "venues.yaml": text}))
    assert found.venues == {}
    assert "venues" in found.broken


def test_a_file_that_a_run_before_has_read_is_not_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    root, store = write(tmp_path / "root", GOOD), Store(tmp_path / "store")
    first = stored(root, store)
    assert RECORD in parsed
    parsed.clear()
    second = stored(root, store)
    assert parsed == ["venues.yaml", "people.yaml"]
    assert (second.records, second.topics, second.findings) == (first.records, first.topics, first.findings)
    assert [record.source.path for record in second.records] == [RECORD]
    parsed.clear()
    write(root, {RECORD: GOOD[RECORD].replace("Towers: A", "Towers: The")})
    assert stored(root, store).records[0].title == "Towers: The Start"
    assert RECORD in parsed


def test_findings_of_a_file_are_kept_with_it(tmp_path: Path, parsed: list[str]) -> None:
    root = write(tmp_path / "root", {**GOOD, RECORD: GOOD[RECORD].replace("kind: method", "kind: methud")})
    store = Store(tmp_path / "store")
    first = stored(root, store).findings
    parsed.clear()
    assert stored(root, store).findings == first
    assert [finding.check for finding in first] == ["unknown-word"]
    assert RECORD not in parsed


def test_the_same_file_in_another_place_is_another(tmp_path: Path, parsed: list[str]) -> None:
    root, store = write(tmp_path / "root", GOOD), Store(tmp_path / "store")
    stored(root, store)
    moved = Path(shutil.copytree(root, tmp_path / "moved"))
    parsed.clear()
    assert stored(moved, store).records[0].source.root == moved
    assert RECORD in parsed


def test_what_is_kept_is_good_from_every_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, store = write(tmp_path / "root", GOOD), Store(tmp_path / "store")
    monkeypatch.chdir(root)
    stored(Path(), store)
    monkeypatch.chdir(tmp_path)
    source = stored(Path("root"), store).records[0].source
    assert source.root == root
    assert source.at(("year",)) == (3, 7)


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, store = write(tmp_path / "root", GOOD), Store(tmp_path / "store")

    def late(root: Path, file: Any) -> bytes:
        if file[0] == RECORD:
            write(root, {RECORD: GOOD[RECORD].replace("Towers: A", "Towers: The")})
        return packed(root, file)

    packed = reading._read_packed
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_read_packed", late)
        assert RECORD not in stored(root, store).kept
    write(root, {RECORD: GOOD[RECORD]})
    assert stored(root, store).records[0].title == "Towers: A Start"


@pytest.mark.parametrize("large", [True, False])
def test_links_and_very_large_files_are_not_kept(tmp_path: Path, parsed: list[str], large: bool) -> None:
    root, store = write(tmp_path / "root", GOOD), Store(tmp_path / "store")
    if large:
        write(root, {RECORD: GOOD[RECORD] + "#" * KEPT + "\n"})
    else:
        (root / RECORD).rename(tmp_path / "elsewhere.yaml")
        (root / RECORD).symlink_to(tmp_path / "elsewhere.yaml")
    for _ in range(2):
        found = stored(root, store)
        assert ids(found) == (["doe2023towers"] if large else [])
        assert RECORD not in found.kept
    assert parsed.count(RECORD) == (2 if large else 0)


def test_venues_are_read_alone() -> None:
    assert read_venues(TOY)["jot"].name == "Journal of Toys"
    assert read_venues(TOY / "docs") == {}


def test_a_name_that_is_no_text_is_a_finding_and_no_error(tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "2023"
    folder.mkdir(parents=True)
    (folder / os.fsdecode(b"doe2023\xfftowers.yaml")).write_text(str(GOOD[RECORD]), encoding="utf-8")
    found = stored(tmp_path, Store(tmp_path / "cache"))
    [finding] = found.findings
    assert (finding.check, finding.mend) == ("id-form", "rename the file without it")
    assert finding.what == r"the file's name 'doe2023\udcfftowers' holds U+DCFF (an unnamed character)"
