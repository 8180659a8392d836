"""What is wrong in a template or a page written by hand is told like what is wrong in a record."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gen.build import build
from gen.cli import main
from gen.findings import RejectedError, as_text
from gen.site import load_site
from gen.source_errors import told
from tests.conftest import PROJECT


def add(root: Path, path: str, line: bytes) -> int:
    """Add a line to a template or page, of which the collection gets a copy of its own; return the line's number."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        shutil.copy(PROJECT / path, file)
    before = file.read_bytes()
    file.write_bytes(before + line + b"\n")
    return before.count(b"\n") + 1


def rejected(root: Path) -> list[str]:
    with pytest.raises(RejectedError) as caught:
        build(root)
    return [as_text(finding) for finding in caught.value.findings]


@pytest.mark.parametrize("name", ["template", "taken-name"])
def test_what_the_build_finds_is_explained_too(name: str) -> None:
    told = CliRunner().invoke(main, ["check", "--explain", name])
    assert (told.exit_code, "The build finds it" in told.output) == (0, True)


SHOW = "show what the page gives its template (gen/pages), or ask `is defined` first"
WRONG = {
    b"{% if %}": "Jinja can't read this: expected an expression, got 'end of statement block'; "
    "mend the statement on this line",
    b"{{ 1 | nofilter }}": "Jinja can't read this: no filter named 'nofilter'; mend the statement on this line",
    b"{{ nothing }}": f"'nothing' is undefined; {SHOW}",
    b"{{ page.nothing }}": f"'gen.pages.output.Page object' has no attribute 'nothing'; {SHOW}",
    b'{% include "x.j2" %}': "there is no template 'x.j2'; correct its name, or add it to templates/",
    b'{{ 1 + "a" }}': "TypeError: unsupported operand type(s) for +: 'int' and 'str'; mend the expression on this line",
}


@pytest.mark.parametrize("line", WRONG)
def test_each_error_of_a_template_has_its_line_and_way_out(toy_copy: Path, line: bytes) -> None:
    number = add(toy_copy, "templates/year.md.j2", line)
    assert rejected(toy_copy) == [f"templates/year.md.j2:{number}:1: template: {WRONG[line]}"]


def test_all_templates_that_cannot_be_read_are_told_at_once(toy_copy: Path) -> None:
    for name in ("year", "topic"):
        add(toy_copy, f"templates/{name}.md.j2", b"{% if %}")
    assert [line.partition(":")[0] for line in rejected(toy_copy)] == ["templates/topic.md.j2", "templates/year.md.j2"]


@pytest.mark.parametrize("path", ["templates/year.md.j2", "docs/about.md"])
def test_a_file_that_is_not_utf_8_is_named(toy_copy: Path, path: str) -> None:
    number = add(toy_copy, path, b"a \xff")
    what = "the file is not UTF-8 from here on; save it as UTF-8"
    assert rejected(toy_copy) == [f"{path}:{number}:3: unreadable-file: {what}"]


def test_a_template_of_the_theme_is_no_other_case(toy_copy: Path) -> None:
    number = add(toy_copy, "templates/theme/main.html", b"{% if %}")
    [line] = rejected(toy_copy)
    assert line.startswith(f"templates/theme/main.html:{number}:1: template: Jinja can't read this: ")


def test_a_page_by_hand_where_a_generated_one_stands_is_named(toy_copy: Path) -> None:
    taken = [
        "assets/vendor/citeproc.js",
        "bibliography.bib",
        "index.md",
        "papers/index.md",
        "search/index.json",
        "topics",
    ]
    for path in taken:
        file = toy_copy / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("# Mine\n", encoding="utf-8")
    (toy_copy / "docs" / "papers" / "mine").write_text("This one is in nobody's way.", encoding="utf-8")
    assert rejected(toy_copy) == [
        f"docs/{path}:1:1: taken-name: the generator makes {path} itself; give this file another name" for path in taken
    ]
    for path in taken:
        (toy_copy / "docs" / path).unlink()
    build(toy_copy)
    assert (toy_copy / "site" / "papers" / "mine").is_file()


def test_a_folder_of_pages_by_hand_where_a_generated_file_stands_is_named(toy_copy: Path) -> None:
    (toy_copy / "docs" / "bibliography.bib").mkdir()
    (toy_copy / "docs" / "bibliography.bib" / "mine.md").write_text("# Mine\n", encoding="utf-8")
    what = "the generator makes bibliography.bib itself; give its folder another name"
    assert rejected(toy_copy) == [f"docs/bibliography.bib/mine.md:1:1: taken-name: {what}"]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("topics/towers/index.md", "the page at topics/towers/"),
        ("topics/towers/index.html", "the page at topics/towers/"),
        ("topics/README.md", "the page at topics/"),
        ("papers/oldslow.md", "the page at papers/oldslow/"),
        ("README.md", "the page at the root"),
    ],
)
def test_a_page_by_hand_at_the_address_of_a_generated_one_is_named(toy_copy: Path, path: str, what: str) -> None:
    record = toy_copy / "papers" / "2024" / "sample2024slow.yaml"
    record.write_text(record.read_text(encoding="utf-8") + "former_ids: [oldslow]\n", encoding="utf-8")
    file = toy_copy / "docs" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# Mine\n", encoding="utf-8")
    told = f"docs/{path}:1:1: taken-name: the generator makes {what} itself; give this file another name"
    assert rejected(toy_copy) == [told]


def test_the_folder_that_shells_are_cut_from_is_taken(toy_copy: Path) -> None:
    (toy_copy / "docs" / "gloss-shell").mkdir()
    (toy_copy / "docs" / "gloss-shell" / "index.md").write_text("# Mine\n", encoding="utf-8")
    what = "the generator makes gloss-shell itself; give its folder another name"
    assert rejected(toy_copy) == [f"docs/gloss-shell/index.md:1:1: taken-name: {what}"]


def test_a_name_that_is_not_utf_8_is_told(toy_copy: Path) -> None:
    (toy_copy / "docs" / os.fsdecode(b"\xff.md")).write_text("# Mine\n", encoding="utf-8")
    assert rejected(toy_copy) == ["docs/\ufffd.md:1:1: unreadable-file: the file's name is not UTF-8; rename the file"]


def test_a_template_without_end_is_told(toy_copy: Path) -> None:
    number = add(toy_copy, "templates/year.md.j2", b'{% include "year.md.j2" %}')
    what = "this template includes or calls itself without end; take that out"
    assert rejected(toy_copy) == [f"templates/year.md.j2:{number}:1: template: {what}"]


def test_a_folder_by_hand_that_becomes_a_file_and_the_other_way(toy_copy: Path) -> None:
    name = toy_copy / "docs" / "extra"
    for _ in range(2):
        name.mkdir()
        (name / "notes.txt").write_text("Mine.", encoding="utf-8")
        build(toy_copy)
        assert (toy_copy / "site" / "extra" / "notes.txt").read_text(encoding="utf-8") == "Mine."
        shutil.rmtree(name)
        name.write_text("A file.", encoding="utf-8")
        build(toy_copy)
        assert (toy_copy / "site" / "extra").read_text(encoding="utf-8") == "A file."
        name.unlink()


def test_front_matter_that_cannot_be_read_is_told(toy_copy: Path) -> None:
    page = toy_copy / "docs" / "mine.md"
    page.write_bytes(b"---\r\ntitle: Mine: all mine\r\n---\r\n# Mine\r\n")
    mend = 'put the text that holds a colon between double quotes: title: "Mine: all mine"'
    what = "this is not YAML: mapping values are not allowed in this context"
    assert rejected(toy_copy) == [f"docs/mine.md:2:12: yaml-syntax: {what}; {mend}"]
    page.write_text('---\ntitle: "Mine: all mine"\n---\n# Mine\n', encoding="utf-8")
    build(toy_copy)
    assert "<title>Mine: all mine" in (toy_copy / "site" / "mine" / "index.html").read_text(encoding="utf-8")


def test_the_old_site_stands_and_the_next_build_is_whole(toy_copy: Path) -> None:
    build(toy_copy)
    page = (toy_copy / "site" / "index.html").read_bytes()
    add(toy_copy, "templates/year.md.j2", b"{{ nothing }}")
    command = [sys.executable, "-m", "gen", "build", "--root", str(toy_copy)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "templates/year.md.j2:" in done.stdout
    assert done.stderr.endswith("1 finding.\n")
    assert "Traceback" not in done.stdout + done.stderr
    assert (toy_copy / "site" / "index.html").read_bytes() == page
    (toy_copy / "templates" / "year.md.j2").unlink()
    assert build(toy_copy).summary.pages > 10


def test_an_error_of_the_generator_keeps_its_traceback(toy_copy: Path) -> None:
    site = load_site(toy_copy)
    with pytest.raises(UnicodeDecodeError), told(site):
        b"\xff of nobody's file".decode()
    with pytest.raises(KeyError), told(site):
        dict[str, str]()["nothing"]
