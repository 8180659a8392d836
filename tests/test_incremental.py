"""A build after an edit gives what a clean build gives, and costs what the edit changed."""

import time
from pathlib import Path

import pytest

from bench.edits import compare, differences
from gen.build import build
from gen.source import Document, read
from gen.standing import _GRAIN
from gen.write import walk

EDITED = "papers/2024/sample2024slow.yaml"


def inodes(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file with its inode and time: a file that was made anew has others, or only another time."""
    return {path: (inode, (folder / path).stat().st_mtime_ns) for path, inode in walk(folder)}


def change(root: Path) -> None:
    path = root / EDITED
    path.write_text(path.read_text(encoding="utf-8").replace("in a hurry", "in great haste"), encoding="utf-8")


def test_after_random_edits_the_site_is_that_of_a_clean_build(toy_copy: Path, tmp_path: Path) -> None:
    done, wrong = compare(toy_copy, tmp_path / "clean", 10, seed=3)
    assert wrong == []
    assert done.total() == 10


def test_a_build_without_a_change_touches_nothing(toy_copy: Path) -> None:
    build(toy_copy)
    docs, site = inodes(toy_copy / "build/docs"), inodes(toy_copy / "site")
    again = build(toy_copy)
    assert again.summary.changed == 0
    assert (inodes(toy_copy / "build/docs"), inodes(toy_copy / "site")) == (docs, site)


def test_only_an_edited_record_is_parsed_again(toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: set[str] = set()

    def spy(root: Path, path: str) -> Document:
        parsed.add(path)
        return read(root, path)

    build(toy_copy)
    monkeypatch.setattr("gen.reading.read", spy)
    path = toy_copy / EDITED
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: On "), encoding="utf-8")
    build(toy_copy)
    assert parsed == {EDITED, "venues.yaml", "people.yaml"}


def test_only_what_shows_an_edited_record_is_made_again(toy_copy: Path) -> None:
    time.sleep(2 * _GRAIN / 1e9)  # younger files would be looked into, whatever they are
    build(toy_copy)
    before = inodes(toy_copy / "build/docs")
    change(toy_copy)
    build(toy_copy)
    after = inodes(toy_copy / "build/docs")
    changed = {path for path in after if before.get(path) != after[path] and not path.startswith("search/")}
    assert changed == {
        "feed.xml",
        "papers.csv",
        "papers.jsonl",
        "papers/sample2024slow.md",
        "people/bob-sample-jr.md",
        "people/ada-example.md",
        "topics/blocks.xml",
        "topics/towers.md",
        "topics/towers.xml",
        "index.md",
        "new/index.md",
    }


def test_the_folder_before_is_brought_up_to_date_by_what_changed(toy_copy: Path) -> None:
    build(toy_copy)
    first = inodes(toy_copy / "site")
    change(toy_copy)
    build(toy_copy)
    assert len(inodes(toy_copy / "site").items() - first.items()) < 40
    change(toy_copy)
    build(toy_copy)
    assert differences(toy_copy / "site", toy_copy / "build/site") == []
