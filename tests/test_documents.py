"""What the documents name exists: commands with their options, make targets with their variables, files."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from gen.checks.catalog import CHECKS
from gen.cli import main
from gen.site import PROJECT

DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/about.md",
    "docs/design.md",
    "docs/contribute/index.md",
    "gen/scaffolding/README.md",
    ".github/pull_request_template.md",
]


def commands(text: str) -> Iterator[str]:
    """Yield what stands between backquotes and what a reader is to type."""
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    yield from re.findall(r"^\s*\$ (.+?)(?:\s+#.*)?$", text, re.MULTILINE)


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Path:
    return PROJECT / str(request.param)


def test_make_has_the_targets_and_variables_that_are_named(document: Path) -> None:
    beside = document.with_name("Makefile")
    makefile = (beside if beside.exists() else PROJECT / "Makefile").read_text(encoding="utf-8")
    for command in commands(document.read_text(encoding="utf-8")):
        if match := re.match(r"make ([a-z-]+)(.*)", command):
            assert f"\n{match[1]}: " in makefile, command
            assert [name for name in re.findall(r"\b([A-Z]+)=", match[2]) if name not in makefile] == []


def test_the_generator_has_the_commands_options_and_checks_that_are_named(document: Path) -> None:
    for command in commands(document.read_text(encoding="utf-8")):
        if match := re.search(r"python -m gen ([a-z]+)(.*)", command):
            known = main.commands[match[1]]
            options = {name for option in known.params if isinstance(option, click.Option) for name in option.opts}
            assert set(re.findall(r"(?<!\S)--[a-z-]+", match[2])) <= options, command
            named = re.search(r"--(?:explain|only) ([a-z-]+)", command)
            assert not named or named[1] in CHECKS, command


GENERATED = {"new.md", "checks.md", "fields.md"}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/design.md", "docs/contribute/index.md"])
def test_files_that_are_named_are_there(name: str) -> None:
    document = PROJECT / name
    text = document.read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)) - GENERATED
    assert [link for link in linked if not (document.parent / link).exists()] == []
    named = [path for path in commands(text) if re.fullmatch(r"(?:gen|tests|docs|templates|bench)/[\w/.-]+", path)]
    assert [path for path in named if not (PROJECT / path).exists()] == []
