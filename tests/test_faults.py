"""Whatever happens to a build, the published site is whole, and the next build is right without any cleaning."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bench.edits import differences
from bench.kills import kill_builds
from gen import publish
from gen.build import build
from tests.conftest import PROJECT, TOY, copy_collection, edit_note


@pytest.fixture
def built(toy_copy: Path) -> Path:
    """A copy of the toy collection with its site."""
    build(toy_copy)
    return toy_copy


def command(root: Path) -> list[str]:
    return [sys.executable, "-m", "gen", "build", "--root", str(root)]


def clean(root: Path, folder: Path) -> Path:
    """Return the site of a clean build of the same collection."""
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("build", "site"))
    build(folder)
    return folder / "site"


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    outcome = kill_builds(tmp_path, 5)
    assert (outcome.mixed, outcome.recovered) == (0, 5)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def fill(path: Path) -> None:
    path.write_bytes(b"no table at all" * 10)


@pytest.mark.parametrize("damage", [cut, flip, fill, Path.unlink])
def test_a_damaged_cache_is_noticed_and_made_anew(built: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    tables = sorted(path for path in (built / "build" / "cache").iterdir())
    assert len(tables) >= 8
    for table in tables:
        damage(table)
    edit_note(built)
    build(built)
    assert differences(built / "site", clean(built, tmp_path / "clean")) == []


def test_a_table_in_the_place_of_another_does_no_harm(built: Path, tmp_path: Path) -> None:
    cache = built / "build" / "cache"
    for name in ("records", "citations", "words"):
        shutil.copy(cache / "docs", cache / name)
    edit_note(built)
    build(built)
    assert differences(built / "site", clean(built, tmp_path / "clean")) == []


@pytest.mark.parametrize("gone", ["build/docs", "build/site", "build/mkdocs", "build/theme", "site", "site/papers"])
def test_a_folder_that_somebody_removed_is_made_again(built: Path, tmp_path: Path, gone: str) -> None:
    edit_note(built)
    build(built)
    shutil.rmtree(built / gone)
    build(built)
    assert differences(built / "site", clean(built, tmp_path / "clean")) == []


@pytest.mark.parametrize("gone", ["build/mkdocs/404.html", "build/docs/index.md", "site/index.html"])
def test_a_file_that_somebody_removed_is_made_again(built: Path, tmp_path: Path, gone: str) -> None:
    (built / gone).unlink()
    build(built)
    assert differences(built / "site", clean(built, tmp_path / "clean")) == []


def test_a_file_in_the_place_of_the_site_is_replaced(built: Path) -> None:
    shutil.rmtree(built / "site")
    (built / "site").write_text("not a site")
    build(built)
    build(built)
    assert (built / "site" / "index.html").is_file()
    assert (built / "build" / "site" / "index.html").is_file()


def test_a_full_disk_is_told_and_the_old_site_stands(built: Path, tmp_path: Path) -> None:
    before = copy_site(built, tmp_path)
    edit_note(built)
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (3000, 3000))
    done = subprocess.run(command(built), cwd=PROJECT, capture_output=True, text=True, preexec_fn=limit, check=False)
    assert done.returncode == 1
    told = done.stderr.strip().splitlines()[-1]
    where = f"{built / 'build'}: File too large"
    assert told == f"Error: {where}. The site is as it was; run this again when that is mended."
    assert "Traceback" not in done.stderr
    assert differences(built / "site", before) == []
    build(built)
    assert differences(built / "site", clean(built, tmp_path / "clean")) == []


def copy_site(root: Path, folder: Path) -> Path:
    return Path(shutil.copytree(root / "site", folder / "before"))


def test_a_file_that_may_not_be_written_is_told(built: Path, tmp_path: Path) -> None:
    before = copy_site(built, tmp_path)
    shutil.rmtree(built / "build" / "cache")
    (built / "build" / "cache").write_text("a file where a folder has to be")
    done = subprocess.run(command(built), cwd=PROJECT, capture_output=True, text=True, check=False)
    told = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert told.startswith(f"Error: {built / 'build' / 'cache'}")
    assert "The site is as it was; run this again when that is mended." in told
    assert differences(built / "site", before) == []


def test_two_builds_at_once_wait_for_each_other(built: Path, tmp_path: Path) -> None:
    edit_note(built)
    shutil.rmtree(built / "build" / "cache")
    both = [subprocess.Popen(command(built), cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    waits = "Another build of this folder is going on; this one starts when it has ended."
    assert sorted(waits in text for text in told) == [False, True]
    assert differences(built / "site", clean(built, tmp_path / "clean")) == []


def test_an_exchange_in_two_steps_that_was_cut_short_is_finished(built: Path, tmp_path: Path) -> None:
    other, site = built / "build" / "site", built / "site"
    edit_note(built)
    build(built)
    site.rename(publish._aside(other))  # killed before the new folder took its place
    build(built)
    assert differences(site, clean(built, tmp_path / "clean")) == []
    shutil.copytree(site, publish._aside(other))  # killed before the old folder took the other's place
    shutil.rmtree(other)
    build(built)
    assert not publish._aside(other).exists()


def test_without_the_system_call_folders_are_exchanged_in_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    root = copy_collection(TOY, tmp_path / "toy")
    build(root)
    edit_note(root)
    build(root)
    assert differences(root / "site", clean(root, tmp_path / "clean")) == []
    assert not publish._aside(root / "build" / "site").exists()
