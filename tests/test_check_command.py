"""`python -m gen check` as a person runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gen.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


@pytest.fixture
def broken(toy_copy: Path) -> Path:
    """The toy collection with a record that has two findings, one of which can be mended."""
    text = (
        'title: "A Title"\nauthors: [A B]\nyear: 2024\nvolume: 12\nadded: 2026-01-01\nformer_ids: [example2022fast]\n'
    )
    (toy_copy / "papers/2024/b2024title.yaml").write_text(text)
    return toy_copy


def test_explain() -> None:
    result = run("--explain", "unquoted-text")
    assert result.exit_code == 0
    assert result.output.startswith("A text without quotes that readers of YAML take for something else.\n")
    wrong = run("--explain", "unquoted-txt")
    assert wrong.exit_code == 1
    assert wrong.output == "Error: there is no check 'unquoted-txt'; did you mean 'unquoted-text'?\n"


def test_only(broken: Path) -> None:
    result = run("--root", str(broken), "--only", "double-id")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        (
            "papers/2024/b2024title.yaml:6:14: double-id: the id 'example2022fast' is taken by "
            "papers/2023/example2023fast.yaml; choose another id"
        ),
        "1 finding.",
    ]
    assert run("--root", str(broken), "--only", "no-such").exit_code == 1


def test_fix(broken: Path) -> None:
    result = run("--root", str(broken), "--fix")
    assert result.exit_code == 1
    assert "mended papers/2024/b2024title.yaml" in result.output
    assert "unquoted-text" not in result.output
    assert 'volume: "12"' in (broken / "papers/2024/b2024title.yaml").read_text()


def test_json_holds_nothing_else(broken: Path) -> None:
    found = json.loads(run("--root", str(broken), "--format", "json").stdout)
    assert [item["check"] for item in found] == ["unquoted-text", "double-id"]
