"""Every page, picture and feed as the Nu HTML Checker (the one behind validator.w3.org) sees it."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
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


def findings(paths: Iterable[Path]) -> list[str]:
    """Return the checker's errors and warnings, each with its file and line."""
    java = shutil.which("java")
    assert java, "install the package default-jre-headless"
    checker = [java, "-Xss2m", "-jar", str(NPM / "vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    command = [*checker, "--exit-zero-always", "--also-check-svg", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = []
    for message in json.loads(done.stderr)["messages"]:
        about = " ".join(f"{message['message']} @ {message.get('extract', '')}".split())
        if not any(re.match(pattern, about) for pattern in BEYOND_REACH):
            said.append(f"{message['url']}:{message.get('lastLine')}: {about}")
    return said


def one_of_each_kind(site: Path) -> list[Path]:
    """Return a page for each folder that holds pages, the longest of those beside each other."""
    kinds: dict[Path, Path] = {}
    for page in sorted(site.rglob("*.html")):
        kind = page.parent.parent if page.name == "index.html" and page.parent.parent != site else page
        if kind not in kinds or page.stat().st_size > kinds[kind].stat().st_size:
            kinds[kind] = page
    return list(kinds.values())


def test_every_page_of_the_toy_site_is_valid(toy_site: Path) -> None:
    assert findings(sorted(toy_site.rglob("*.html"))) == []


def test_a_page_of_each_kind_of_the_real_site_is_valid(real_site: Path) -> None:
    assert findings(one_of_each_kind(real_site)) == []


def test_pictures_that_are_files_are_valid(real_site: Path) -> None:
    pictures = sorted((real_site / "assets").rglob("*.svg"))
    assert pictures
    assert findings(pictures) == []


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


def test_the_checker_is_awake(tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g r="1"><nonsense/></g></svg>')
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><title>x</title><p><div></div></p><input type="radio" autocomplete="off">'
    )
    said = "\n".join(findings([page, picture]))
    assert "No “p” element in scope but a “p” end tag seen" in said
    assert "Element “nonsense” not allowed" in said
    assert "Attribute “autocomplete” is only allowed" in said
