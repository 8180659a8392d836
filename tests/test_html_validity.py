"""Every page, picture and feed as the Nu HTML Checker (the one behind validator.w3.org) sees it."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from gen.vendor import NPM

BEYOND_REACH = (
    # The two switches that Material's base template opens the menu with; browsers ignore the attribute there.
    r"Attribute “autocomplete” is only allowed when the input type is .* @ .*<input class=\"md-toggle\"",
    # The checker reads files, so it knows no origin that 'self' could mean; test_csp.py asks a browser.
    r"Resource violates Content Security Policy \(meta tag\): external (script|stylesheet) “[./\w-]+” blocked by ",
    # Material's settings are data, of which the policy says nothing; the checker takes any script element for a script.
    r"Inline script violates Content Security Policy .* @ .*<script id=\"__config\" type=\"application/json\">",
    r"Inline script violates Content Security Policy .* @ .*<script type=\"application/ld\+json\">",
)
"""What is not looked at, as patterns of `message @ the text that it is about`."""


Said = dict[Path, list[str]]
"""What the checker finds in each file."""

BROKEN = {
    "broken.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g r="1"><nonsense/></g></svg>',
    "broken.html": '<!doctype html><html lang="en"><title>x</title><p><div></div></p>'
    '<input type="radio" autocomplete="off">',
}


def findings(paths: Iterable[Path]) -> Said:
    """Return the checker's errors and warnings in each file, with their lines."""
    java = shutil.which("java")
    assert java, "install the package default-jre-headless"
    checker = [java, "-Xss2m", "-jar", str(NPM / "vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    command = [*checker, "--exit-zero-always", "--also-check-svg", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said: Said = {path: [] for path in paths}
    for message in json.loads(done.stderr)["messages"]:
        about = " ".join(f"{message['message']} @ {message.get('extract', '')}".split())
        if not any(re.match(pattern, about) for pattern in BEYOND_REACH):
            said[Path(unquote(urlsplit(message["url"]).path))].append(f"{message.get('lastLine')}: {about}")
    return said


def one_of_each_kind(site: Path) -> list[Path]:
    """Return a page for each folder that holds pages, the longest of those beside each other."""
    kinds: dict[Path, Path] = {}
    for page in sorted(site.rglob("*.html")):
        kind = page.parent.parent if page.name == "index.html" and page.parent.parent != site else page
        if kind not in kinds or page.stat().st_size > kinds[kind].stat().st_size:
            kinds[kind] = page
    return list(kinds.values())


@pytest.fixture(scope="module")
def said(toy_site: Path, real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What is said of all files that the tests look at: starting the checker takes longer than its work."""
    broken = tmp_path_factory.mktemp("broken")
    for name, content in BROKEN.items():
        (broken / name).write_text(content, encoding="utf-8")
    pictures = (real_site / "assets").rglob("*.svg")
    return findings([*broken.iterdir(), *toy_site.rglob("*.html"), *one_of_each_kind(real_site), *pictures])


def below(folder: Path, said: Said, suffix: str = ".html") -> Said:
    """Return what is said of the files in a folder, of which there are some."""
    found = {path: messages for path, messages in said.items() if path.is_relative_to(folder) and path.suffix == suffix}
    assert found
    return {path: messages for path, messages in found.items() if messages}


def test_every_page_of_the_toy_site_is_valid(toy_site: Path, said: Said) -> None:
    assert below(toy_site, said) == {}


def test_a_page_of_each_kind_of_the_real_site_is_valid(real_site: Path, said: Said) -> None:
    assert below(real_site, said) == {}


def test_pictures_that_are_files_are_valid(real_site: Path, said: Said) -> None:
    assert below(real_site / "assets", said, ".svg") == {}


@pytest.mark.parametrize("feed", ["feed.xml", "topics/towers.xml"])
def test_feeds_are_atom(toy_site: Path, feed: str) -> None:
    """What RFC 4287 asks of a feed and of each entry stands there once, and all of it is well-formed."""
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.parse(toy_site / feed).getroot()
    assert root.tag == f"{atom}feed"
    for part in [root, *root.iter(f"{atom}entry")]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(atom + name)) == 1, name
        assert part.find(f"{atom}author") is not None or root.find(f"{atom}author") is not None
        assert all(link.get("href", "").startswith("https://") for link in part.findall(f"{atom}link"))
    stamps = [entry.findtext(f"{atom}updated", "") for entry in root.iter(f"{atom}entry")]
    assert stamps
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp) for stamp in stamps)
    ids = [entry.findtext(f"{atom}id") for entry in root.iter(f"{atom}entry")]
    assert len(set(ids)) == len(ids)


def test_the_checker_is_awake(said: Said) -> None:
    found = "\n".join(message for path, messages in said.items() if path.name in BROKEN for message in messages)
    assert "No “p” element in scope but a “p” end tag seen" in found
    assert "Element “nonsense” not allowed" in found
    assert "Attribute “autocomplete” is only allowed" in found
