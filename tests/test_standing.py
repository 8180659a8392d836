"""What a build saw tells the next one which files changed; a file as young as the look is looked into."""

import os
from pathlib import Path

import pytest

from gen import standing
from gen.checking import check_collection
from gen.standing import WHOLE, Look, Seen, Whole, changed, keep
from gen.store import Store
from tests.conftest import TOY

FILES = (
    *("papers/2023/a.yaml", "topics/towers.yaml", "paths/start.yaml", "docs/about.md", "templates/page.j2"),
    *("venues.yaml", "people.yaml", "ids.txt", "CITATION.cff", "mkdocs.yml"),
)
OLD = 10**18
"""A time long ago, in nanoseconds."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files that are not young."""
    monkeypatch.setattr(standing, "_GRAIN", 0)
    for name in (*FILES, "build/other", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def seen(root: Path, began: int | None = None) -> dict[str, object]:
    look = Look(root)
    whole = Whole(look.began if began is None else began, "", 0, frozenset())
    return {path: Seen(stamp) for path, stamp in look.stamps.items()} | {WHOLE: whole}


def test_all_files_of_a_bibliography_and_of_the_generator_are_looked_at(root: Path) -> None:
    paths = {path for path in Look(root).stamps if not path.startswith("/")}
    assert paths == set(FILES)
    others = {path.split("/")[1] for path in Look(root).stamps if path.startswith("/")}
    assert others >= {"templates", "docs"}


def test_what_changed_is_told(root: Path) -> None:
    known = seen(root)
    assert changed(known, Look(root)) == []
    path = root / FILES[0]
    path.write_text("another")
    assert changed(known, Look(root)) == [FILES[0]]


def test_another_content_of_the_same_size_and_time_is_told_by_the_other_time(root: Path) -> None:
    path = root / FILES[0]
    os.utime(path, ns=(OLD, OLD))
    known = seen(root)
    path.write_text("x" * len(FILES[0]))
    os.utime(path, ns=(OLD, OLD))
    assert changed(known, Look(root)) == [FILES[0]]


def test_a_file_in_the_place_of_another_is_told_by_its_inode(root: Path) -> None:
    known = seen(root)
    path = root / FILES[0]
    other = path.with_name("b")
    other.write_bytes(path.read_bytes())
    other.replace(path)
    assert changed(known, Look(root)) == [FILES[0]]


def test_what_a_link_leads_to_is_looked_at(root: Path) -> None:
    (root / "venues.yaml").rename(root / "build/venues.yaml")
    (root / "venues.yaml").symlink_to(root / "build/venues.yaml")
    known = seen(root)
    (root / "build/venues.yaml").write_text("another")
    assert changed(known, Look(root)) == ["venues.yaml"]


def test_a_file_as_young_as_the_look_is_looked_into(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_GRAIN", 10**12)
    known = seen(root)
    assert set(FILES) <= set(changed(known, Look(root)) or ())


def test_files_that_came_or_went_are_more_than_a_change(root: Path) -> None:
    known = seen(root)
    (root / "papers/2023/b.yaml").write_text("b")
    assert changed(known, Look(root)) is None
    (root / "papers/2023/b.yaml").unlink()
    (root / FILES[0]).unlink()
    assert changed(known, Look(root)) is None


def test_records_are_kept_with_what_else_depends_on_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    collection, findings = check_collection(TOY, drafts=True, store=store)
    assert not findings
    look = Look(TOY)
    keep(store, look, collection, Whole(look.began, "made of", 3, frozenset({"a"})))
    found = store.load(standing.TABLE)
    assert found[WHOLE].behind == {"a"}
    kept = store.load("records")
    for record in collection.records.values():
        file = found[record.source.path]
        assert file.place == record.place_digest
        assert file.key in kept
        assert len(file.words) == 64
    assert found["venues.yaml"] == Seen(look.stamps["venues.yaml"])
