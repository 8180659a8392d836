"""Writing: only where bytes changed, only below the folder, and nothing is left over."""

import os
from pathlib import Path

import pytest

from gen.write import Known, Writer


def test_files_are_written_once_and_left_alone_while_the_same(tmp_path: Path) -> None:
    first = Writer(tmp_path)
    first.write("a/b.md", "é")
    first.write("c.bin", b"\x00")
    assert first.changed == 2
    assert (tmp_path / "a/b.md").read_bytes() == "é".encode()
    stamp = (tmp_path / "a/b.md").stat().st_mtime_ns
    second = Writer(tmp_path)
    second.write("a/b.md", "é")
    second.write("c.bin", b"\x01")
    assert second.changed == 1
    assert (tmp_path / "a/b.md").stat().st_mtime_ns == stamp


def test_what_was_not_written_goes_with_its_empty_folders(tmp_path: Path) -> None:
    for name in ("keep/a.md", "gone/deep/b.md", "keep/.c.md.partial"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "keep")
    writer = Writer(tmp_path)
    writer.write("keep/a.md", "x")
    writer.finish()
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["keep", "keep/a.md"]


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", "", ".", "./x", "a//b", "a/./b"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="is not a path below the folder"):
        Writer(tmp_path).write(path, "x")
    assert list(tmp_path.iterdir()) == []


def test_a_path_is_written_once(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write("a.md", "x")
    with pytest.raises(ValueError, match=r"'a\.md' is written twice"):
        writer.write("a.md", "x")
    other = Writer(tmp_path)
    with pytest.raises(ValueError, match=r"'a\.md' is written twice"):
        writer.take_over(Known({"a.md": "1"}), 1)
    other.take_over(Known({"a.md": "1", "b.md": "2"}), 2)
    assert (other.known.keys, other.changed) == ({"a.md": "1", "b.md": "2"}, 2)


def test_a_file_takes_the_place_of_a_folder_and_the_other_way(tmp_path: Path) -> None:
    first = Writer(tmp_path)
    first.write("a/b/c.md", "x")
    first.write("d", "x")
    second = Writer(tmp_path)
    second.write("a", "y")
    second.write("d/e/f.md", "y")
    second.finish()
    found = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a", "d/e/f.md"]


def test_what_this_run_wrote_is_in_nobodys_way(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write("a/b.md", "x")
    with pytest.raises(IsADirectoryError):
        writer.write("a", "y")
    writer.write("c", "x")
    with pytest.raises(FileExistsError):
        writer.write("c/d.md", "y")
    assert (tmp_path / "a/b.md").read_text() == (tmp_path / "c").read_text() == "x"


def test_later_layers_cover_earlier_ones(tmp_path: Path) -> None:
    for name in ("one/a.css", "one/b.css", "two/css/a.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "one/link.css").symlink_to(tmp_path / "one/a.css")
    os.mkfifo(tmp_path / "one/pipe.css")
    out = tmp_path / "out"
    writer = Writer(out)
    writer.copy_trees({"css/": tmp_path / "one"}, {"": tmp_path / "two"})
    assert {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*.css")} == {
        "css/a.css": "two/css/a.css",
        "css/b.css": "one/b.css",
    }


def test_what_is_made_of_the_same_is_kept_if_it_is_there(tmp_path: Path) -> None:
    first = Writer(tmp_path)
    assert not first.keep("a.md", "1")
    first.write("a.md", "x", "1")
    first.write("b.md", "y", "2")
    (tmp_path / "b.md").unlink()
    second = Writer(tmp_path, first.known)
    assert second.keep("a.md", "1")
    assert not second.keep("b.md", "2"), "it is gone"
    third = Writer(tmp_path, first.known)
    assert not third.keep("a.md", "other")
    third.write("a.md", "x", "other")
    assert (third.changed, third.known.keys) == (0, {"a.md": "other"})


def test_files_made_together_are_kept_if_all_of_them_are_there(tmp_path: Path) -> None:
    first = Writer(tmp_path)
    assert not first.keep_batch("1")
    for name in ("a", "b"):
        first.write(name, name)
    first.known.batches["1"] = ["a", "b"]
    second = Writer(tmp_path, first.known)
    assert second.keep_batch("1")
    assert second.known == first.known
    (tmp_path / "b").unlink()
    assert not Writer(tmp_path, first.known).keep_batch("1")
    assert not Writer(tmp_path, first.known).keep_batch("2")


def test_a_share_counts_for_itself(tmp_path: Path) -> None:
    whole = Writer(tmp_path)
    share = whole.share()
    share.write("a.md", "x", "1")
    share.known.batches["2"] = ["a.md"]
    assert (whole.known.keys, whole.changed, share.changed) == ({}, 0, 1)
    whole.take_over(share.known, share.changed)
    assert (whole.known, whole.changed) == (Known({"a.md": "1"}, {"2": ["a.md"]}), 1)


def test_a_file_that_is_there_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    Writer(tmp_path / "docs").write("a.md", "old")
    (tmp_path / "link").hardlink_to(tmp_path / "docs/a.md")
    Writer(tmp_path / "docs").write("a.md", "new")
    assert (tmp_path / "link").read_text() == "old"
