"""Compiled templates: found by the next environment, made anew where the file is damaged, kept only where allowed."""

import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from jinja2 import DictLoader, Environment

from gen import compiled
from gen.store import Store


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled templates are kept meanwhile."""
    monkeypatch.setattr(compiled, "STORE", Store(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def compilations(name: str = "templates", source: str = "Hello {{ whom }}") -> int:
    """Return how many templates a new environment compiles to render one."""
    environment = Environment(loader=DictLoader({"hello": source}), autoescape=True)
    with (
        patch.object(environment, "_compile", wraps=environment._compile) as compiling,
        compiled.compiled(name) as environment.bytecode_cache,
    ):
        assert environment.get_template("hello").render(whom="you") == "Hello you"
    return compiling.call_count


def test_a_template_is_compiled_once_for_all_builds() -> None:
    assert [compilations(), compilations()] == [1, 0]


def test_another_source_is_compiled() -> None:
    compilations()
    assert compilations(source="{{ 'Hello' }} {{ whom }}") == 1


def test_each_kind_of_environment_has_its_own() -> None:
    compilations()
    assert compilations("theme") == 1


def test_a_damaged_file_is_made_anew(folder: Path) -> None:
    compilations()
    path = folder / "templates"
    path.write_bytes(path.read_bytes()[:-1])
    assert [compilations(), compilations()] == [1, 0]


def test_where_nobody_may_write_it_is_compiled_each_time(folder: Path) -> None:
    folder.write_text("a file in its place")
    assert [compilations(), compilations()] == [1, 1]


def test_where_python_keeps_no_compiled_modules_no_template_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compilations()
    assert not folder.exists()
