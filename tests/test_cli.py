"""The command line: options in, one line out, and status 1 where something is wrong."""

import errno
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gen import cli, folders
from gen.cli import main
from gen.parallel import ChildError
from tests.cases import GOOD, RECORD, record, write
from tests.conftest import PROJECT

SETTINGS = {"mkdocs.yml": "site_name: Least\n"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_check_says_how_many_records_are_fine(tmp_path: Path) -> None:
    result = run("check", "--root", str(write(tmp_path, {**GOOD, **SETTINGS})))
    assert (result.exit_code, result.output) == (0, "1 record, no findings.\n")


def test_check_shows_findings_and_leaves_with_1(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, **SETTINGS, **record(("[towers]", "towers"))})
    told = f"{RECORD}:8:9: bare-scalar: 'topics' is a list, but holds one bare value; write 'topics: [towers]'"
    result = run("check", "--root", str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout == f"{told}\n"
    assert result.stderr == "1 finding.\n"
    github = run("check", "--root", str(tmp_path), "--format", "github")
    assert github.stdout.startswith(f"::error file={RECORD},line=8,col=9,title=bare-scalar::'topics' is a list")


def test_render_writes_the_pages_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, **SETTINGS})
    result = run("render", "--root", str(tmp_path))
    assert result.exit_code == 0
    assert re.fullmatch(r"1 paper, 1 topic in 1 area, \d+ pages \(\d+ files changed\) in \d+\.\d s\.\n", result.stdout)
    assert result.stderr == "read and check ...\nplan ...\nrender and write ...\n"
    assert (tmp_path / "build/docs/papers/doe2023towers.md").is_file()
    again = run("render", "--root", str(tmp_path))
    assert "(0 files changed)" in again.output


def test_timings_tell_where_the_time_went(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, **SETTINGS})
    result = run("render", "--root", str(tmp_path), "--timings")
    phases = "".join(rf"{name} +\d+\.\d\d s\n" for name in ("read and check", "plan", "render and write", "all phases"))
    assert re.search(f"{phases}$", result.stderr)


def test_render_and_build_write_nothing_when_there_are_findings(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, **SETTINGS, **record(("[towers]", "towers"))})
    for command in ("render", "build"):
        result = run(command, "--root", str(tmp_path))
        assert result.exit_code == 1
        assert not isinstance(result.exception, ValueError | TypeError)
        assert not (tmp_path / "build" / "docs").exists()
        assert not (tmp_path / "site").exists()


def test_a_folder_without_settings_or_records_is_told_in_one_line(tmp_path: Path) -> None:
    for command in ("check", "render", "build"):
        result = run(command, "--root", str(tmp_path))
        assert result.exit_code == 1
        way = "name a bibliography's folder by --root, or make one by `gen init`"
        assert result.output == f"Error: There is no mkdocs.yml in {tmp_path}; {way}\n"
    write(tmp_path, SETTINGS)
    assert run("check", "--root", str(tmp_path)).output == f"Error: no records below {tmp_path / 'papers'}\n"


def test_a_folder_that_is_not_there_is_told() -> None:
    result = run("check", "--root", "no-such-folder")
    assert result.exit_code == 2
    assert "Directory 'no-such-folder' does not exist" in result.output


def test_a_python_without_the_packages_is_told_which_one_to_use() -> None:
    run = subprocess.run(
        [sys.executable, "-S", "-m", "gen", "check"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert run.stderr == "This Python lacks click. Run `make check` once, then use .venv/bin/python -m gen ...\n"
    assert run.returncode == 1


def test_a_closed_terminal_is_none_to_write_to() -> None:
    command = f"exec {shlex.quote(sys.executable)} -m gen check --explain raw-html >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=PROJECT, check=False).returncode == 0


def test_an_error_of_the_system_is_told_in_one_line(tmp_path: Path) -> None:
    file = write(tmp_path, {"file": ""}) / "file"
    result = run("init", str(file / "towers"))
    assert (result.exit_code, result.output) == (1, f"Error: {file / 'towers'}: Not a directory\n")


def test_curated_files_stay_whole_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venues = GOOD["venues.yaml"] + "# Which stay.\n" * 9
    extra = "extra: {drafts: true}\n"
    bib = "@inproceedings{a, title={On Winds}, author={Ann Lee}, year=2020, booktitle={Winds of the World}}\n"
    files = {**GOOD, "venues.yaml": venues, "mkdocs.yml": SETTINGS["mkdocs.yml"] + extra, "ids.txt": "old\n" * 9}
    write(tmp_path, {**files, "a.bib": bib, RECORD: GOOD[RECORD].replace("year: 2023", "year: 2023   ")})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    write_whole = folders.write_file
    root = ("--root", str(tmp_path))
    for command, name in (
        (("check", "--fix", *root), RECORD),
        (("ids", *root), "ids.txt"),
        (("import", str(tmp_path / "a.bib"), *root), "venues.yaml"),
    ):

        def full(path: str, data: bytes, name: str = Path(name).name) -> None:
            write_whole(path, data if name not in path else data[:3])
            if name in path:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(folders, "write_file", full)
        result = run(*command)
        assert result.exit_code == 1
        assert result.output.endswith(f"Error: {tmp_path / name}: No space left on device\n")
        assert {path: path.read_bytes() for path in before} == before


def test_a_lost_process_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object, **__: object) -> None:
        raise ChildError("a process ended with status 9, so its work is lost; is there enough memory?")

    monkeypatch.setattr(cli, "check_collection", lost)
    result = run("check", "--root", str(write(tmp_path, {**GOOD, **SETTINGS})))
    assert result.output == "Error: a process ended with status 9, so its work is lost; is there enough memory?\n"
