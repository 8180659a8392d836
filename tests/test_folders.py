"""Folders: what lies below one, files written whole or not at all without a word."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gen.folders import remove, replace_file, sources, walk, write_file


def test_a_walk_finds_files_and_links_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/deep.txt").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    found = dict(walk(tmp_path))
    assert found == {
        "a/b/deep.txt": (tmp_path / "a/b/deep.txt").stat().st_ino,
        "link": (tmp_path / "link").lstat().st_ino,
    }
    assert list(walk(tmp_path / "nothing")) == []


def test_sources_are_files_and_what_links_lead_to(tmp_path: Path) -> None:
    shared, folder = tmp_path / "shared", tmp_path / "templates"
    (shared / "deep").mkdir(parents=True)
    (folder / "b").mkdir(parents=True)
    for path in (shared / "deep" / "x.j2", folder / "b" / "y.j2", folder / "a.j2"):
        path.write_bytes(b"")
    (folder / "b" / ".#y.j2").symlink_to("ada@host.1234:5678")
    (folder / "gone.j2").symlink_to("nowhere")
    (folder / "same.j2").symlink_to("a.j2")
    (folder / "linked").symlink_to(shared)
    (shared / "round").symlink_to(folder)
    assert sources(folder) == ["a.j2", "b/y.j2", "linked/deep/x.j2", "same.j2"]
    assert sources(tmp_path / "nothing") == []


def test_folders_go_with_their_last_file(tmp_path: Path) -> None:
    for name in ("a/b/one", "a/two"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(str(tmp_path / name), b"")
    remove(tmp_path, {"a/b/one", "a/gone"})
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["a", "two"]


@given(data=some.binary(max_size=100), before=some.none() | some.binary(max_size=200), most=some.integers(1, 40))
def test_a_file_is_written_whole_however_little_the_system_takes_at_once(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, before: bytes | None, most: int
) -> None:
    path = tmp_path_factory.mktemp("folders") / "file"
    if before is not None:
        path.write_bytes(before)
    write = os.write
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "write", lambda file, left: write(file, left[:most]))
        write_file(str(path), data)
    assert path.read_bytes() == data


def test_a_full_disk_is_told_though_a_part_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = [3]

    def write(_: int, data: bytes) -> int:
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return min(room.pop(), len(data))

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="No space left on device"):
        write_file(str(tmp_path / "file"), b"more than three")


def test_a_file_that_cannot_be_replaced_whole_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"what was there before")

    def write(_: int, data: bytes) -> int:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(OSError, match="File too large") as told:
        replace_file(path, b"more")
    assert told.value.filename == str(path)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("file", b"what was there before")]


def test_a_replaced_file_keeps_its_mode_and_a_link_to_it(tmp_path: Path) -> None:
    path, link = tmp_path / "file", tmp_path / "link"
    replace_file(path, b"one")
    path.chmod(0o640)
    link.symlink_to("file")
    replace_file(link, b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"two", 0o640, True)
    assert {file.name for file in tmp_path.iterdir()} == {"file", "link"}


def test_what_another_name_shows_is_not_written_into(tmp_path: Path) -> None:
    for name in ("old", "target"):
        (tmp_path / name).write_bytes(b"before")
    (tmp_path / "file").hardlink_to(tmp_path / "old")
    (tmp_path / "link").symlink_to("target")
    for name in ("file", "link"):
        write_file(str(tmp_path / name), b"after")
    found = {path.name: (path.read_bytes(), path.is_symlink()) for path in tmp_path.iterdir()}
    assert found == {
        "old": (b"before", False),
        "target": (b"before", False),
        "file": (b"after", False),
        "link": (b"after", False),
    }
