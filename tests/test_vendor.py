"""Libraries for the browser: found, complete, allowed by a strict content security policy, named with their license."""

import json
import re
from pathlib import Path

import pytest
from mkdocs.exceptions import BuildError

from gen import vendor
from gen.vendor import LIBRARIES, vendored
from tests.conftest import PROJECT


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {file.path: str(file.content()) for file in vendored()}


def test_every_file_is_there(texts: dict[str, str]) -> None:
    assert list(texts) == [f"assets/vendor/{library.target}" for library in LIBRARIES]
    assert len(texts) == len(LIBRARIES) == 20


def test_scripts_are_modules_that_need_nothing_else(texts: dict[str, str]) -> None:
    scripts = {path: text for path, text in texts.items() if path.endswith(".js")}
    assert len(scripts) == 12
    for path, text in scripts.items():
        assert re.search(r"^export ", text, re.MULTILINE) or "/types.js" in path, path
        assert not re.search(r"\brequire\(", text), path
        for name in re.findall(r"^(?:import|export) .*?['\"](.+?)['\"];?$", text, re.MULTILINE):
            assert str(Path(path).parent / name.removeprefix("./")) in scripts, (path, name)


def test_no_script_makes_code_of_text(texts: dict[str, str]) -> None:
    for path, text in texts.items():
        assert not re.search(r"[^\w.]eval\(|new Function\b|[^\w.]Function\(", text), path


def test_styles_are_the_six_and_of_today(texts: dict[str, str]) -> None:
    titles = {
        Path(path).stem: re.search(r"<title>(.*?)</title>", text)
        for path, text in texts.items()
        if path.endswith(".csl")
    }
    assert {name: title[1] if title else None for name, title in titles.items()} == {
        "apa": "APA Style 7th edition",
        "mla": "MLA Handbook 9th edition (in-text citations)",
        "chicago": "Chicago Manual of Style 18th edition (author-date)",
        "ieee": "IEEE Reference Guide version 11.29.2023",
        "acm": "Association for Computing Machinery",
        "nature": "Nature",
    }


def test_every_library_is_credited_on_the_site() -> None:
    about = (PROJECT / "docs" / "about.md").read_text(encoding="utf-8")
    for library in LIBRARIES:
        assert library.source in about, library.package


def test_the_lock_file_names_no_address() -> None:
    written = (PROJECT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in written
    lock = json.loads(written)
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_a_missing_package_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vendor, "NPM", tmp_path)
    with pytest.raises(BuildError, match=r"citeproc is not installed .* Run: make site"):
        vendor.text(LIBRARIES[0])
