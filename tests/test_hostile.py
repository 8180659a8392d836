"""Hostile texts in every field: inert on the page, in a real browser, in every file that is taken away."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from playwright.sync_api import Browser, Page

import gen.build
from gen.checking import check_collection, checked
from gen.collection import Collection
from gen.findings import Finding
from gen.names import parse_name
from gen.store import Store
from tests.conftest import TOY, copy_collection, serve
from tests.hostile import STRINGS


def line(text: str) -> str:
    """The text as a field of one line can hold it at all; a model refuses what it can't."""
    return " ".join(text.split())[:1000].strip() or "x"


def name(text: str) -> str:
    """The text as an author's name; one that can't be read is a finding, and no page shows it."""
    for written in (line(text), f"{{{line(text).replace('{', '').replace('}', '')}}}"):
        try:
            parse_name(written)
        except ValueError:
            continue
        return written
    return "Ada Example"


def record(text: str, number: int, other: str) -> dict[str, Any]:
    """A record with the text in every field that holds text."""
    one, prose = line(text), text.strip() or "x"
    return {
        "title": one,
        "authors": list(dict.fromkeys([name(text), name(other)])),
        "year": 2024,
        "venue": f"v{number}",
        "volume": one,
        "number": one,
        "pages": one,
        "also_titled": [one],
        "links": {"paper": f"https://example.org/{number}"},
        "system": one,
        "kind": "method",
        "topics": [f"t{number}"],
        "summary": prose,
        "annotation": dict.fromkeys(("problem", "approach", "findings", "caveats"), prose),
        "results": [{"kind": "speed", "metric": one, "value": one, "versus": one, "on": one}],
        "benchmarks": [one],
        "builds_on": [one],
        "relations": [{"to": f"r{(number + 1) % len(STRINGS)}", "kind": "uses", "why": prose}],
        "annotated": {"by": one, "on": "2026-11-21", "basis": "abstract"},
        "added": "2026-11-21",
    }


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def hostile_collection(root: Path) -> Path:
    """Write a collection in which every text of every file is hostile."""
    copy_collection(TOY, root)
    for folder in ("papers", "topics", "paths"):
        for path in (root / folder).rglob("*.yaml"):
            path.unlink()
    venues, people = {}, {}
    write(root / "topics" / "area.yaml", {"title": "Area", "scope": "All", "introduction": "All."})
    for number, text in enumerate(STRINGS):
        one, prose = line(text), text.strip() or "x"
        write(root / "papers" / "2024" / f"r{number}.yaml", record(text, number, STRINGS[number - 1]))
        start = [{"paper": f"r{number}", "why": prose}]
        topic = {"title": one, "area": "area", "scope": one, "introduction": prose, "start_here": start}
        write(root / "topics" / f"t{number}.yaml", topic)
        steps = [{"paper": f"r{number}", "take": prose}] * 2
        route = {"title": one, "reader": one, "goal": one, "introduction": prose, "steps": steps}
        write(root / "paths" / f"p{number}.yaml", route)
        venues[f"v{number}"] = {"short": one, "name": one, "type": "journal", "aliases": [one]}
        people[f"person-{number}"] = {"name": name(text), "script": one}
    write(root / "venues.yaml", venues)
    write(root / "people.yaml", people)
    return root


@contextmanager
def unchecked(
    root: Path, *, drafts: bool = False, store: Store | None = None
) -> Iterator[tuple[Collection, Callable[[], list[Finding]]]]:
    """What could be read, with no finding standing in its way: the wall behind the checks is looked at."""
    with checked(root, drafts=drafts, store=store) as (collection, _):
        yield collection, list


def build_hostile(root: Path) -> Path:
    """Write the hostile collection, build it with the checks off, and return the site's folder."""
    hostile_collection(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gen.build, "checked", unchecked)
        gen.build.build(root)
    return root / "site"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built of hostile records as if there were no checks."""
    return build_hostile(tmp_path_factory.mktemp("hostile") / "site-of-all")


def test_every_record_of_the_hostile_collection_is_there(hostile_site: Path) -> None:
    assert len(STRINGS) >= 500
    for number in range(len(STRINGS)):
        assert (hostile_site / "papers" / f"r{number}" / "index.html").exists(), STRINGS[number]


MAIN = "<main"
"""Begins what every page holds but those of former addresses, which have a title and nothing else of a page."""
LIVE = 60
"""Pages that are opened, each in a frame of its own; all of them are parsed."""

WATCH = """
window.hostile = () => { (window.top.ran ??= []).push(location.href); };
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = window.hostile;
"""

INSPECT = """
window.inspect = (page) => {
  const elements = [...page.querySelectorAll("*")];
  const foreign = elements.filter((element) =>
    /^(style|iframe|frame|object|embed|form|base|img|template|video|audio)$/i.test(element.localName)
      && element.closest("main, title") && !/^gl-/.test(element.className)
    || element.localName === "script" && !/^(\\.\\.\\/)*assets\\//.test(element.getAttribute("src"))
      && !/json$/.test(element.type)
    || [...element.attributes].some(({ name, value }) => /^(on|srcdoc$)/i.test(name)
      || name === "style" && !/^((height|width|--gl-[a-z]+): [\\d.]+(px)?; ?)+$/.test(value) // sizes, by our scripts
      || /^(href|src|action|formaction|data|xlink:href)$/i.test(name) && (
        /^\\s*(javascript|data|vbscript|blob|file):/i.test(value)
        || element.localName !== "a" && /evil/.test(value))));
  return {
    parts: page.querySelectorAll("head > title, h1[id], main, footer.md-footer").length,
    wrong: foreign.map((element) => element.outerHTML.slice(0, 300)),
  };
};
"""

PARSE = "(texts) => texts.map((text) => inspect(new DOMParser().parseFromString(text, 'text/html')))"

OPEN = """
(addresses) => Promise.all(addresses.map((address) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.onload = () => resolve({
    ...inspect(frame.contentDocument), moved: frame.contentWindow.location.href !== address,
  });
  frame.src = address;
  document.body.append(frame);
})))
"""


@pytest.mark.browser
def test_nothing_hostile_becomes_an_element_in_chromium(hostile_site: Path, page: Page) -> None:
    """Chromium's own parser takes every page apart, and finds nothing that the templates did not write."""
    page.add_script_tag(content=INSPECT)
    files = sorted(hostile_site.rglob("index.html"))
    for start in range(0, len(files), 200):
        batch = files[start : start + 200]
        texts = [file.read_text(encoding="utf-8") for file in batch]
        for file, text, seen in zip(batch, texts, page.evaluate(PARSE, texts), strict=True):
            assert seen == {"parts": 4 if MAIN in text else 1, "wrong": []}, file


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    """Address of the served hostile site."""
    yield from serve(hostile_site, "hostile")


def addresses(site: Path, base: str) -> list[str]:
    """The address of every page but those that lead on at once."""
    files = [file for file in site.rglob("index.html") if MAIN in file.read_text(encoding="utf-8")]
    pages = sorted(file.parent.relative_to(site).as_posix() for file in files)
    return [f"{base}{name}/".replace("/./", "/") for name in pages]


def live(chromium: Browser, base: str, opened: list[str]) -> list[str]:
    """Open pages side by side, without the Content-Security-Policy, and return what is wrong with any of them.

    The escaping is looked at, so the wall behind it is taken away.
    """
    context = chromium.new_context(bypass_csp=True)
    wrong: list[str] = []

    def asked(url: str) -> None:
        if not url.startswith((base, "data:")):
            wrong.append(f"asked for {url}")

    context.on("request", lambda request: asked(request.url))
    context.add_init_script(WATCH + INSPECT)
    tab = context.new_page()
    tab.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
    tab.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    tab.goto(f"{base}contribute/checks/")
    for address, seen in zip(opened, tab.evaluate(OPEN, opened), strict=True):
        if seen != {"parts": 4, "wrong": [], "moved": False}:
            wrong.append(f"{address}: {seen}")
    wrong += (f"ran in {place}" for place in tab.evaluate("window.ran ?? []"))
    context.close()
    return wrong


@pytest.mark.browser
def test_nothing_hostile_runs_in_chromium(hostile_site: Path, hostile_address: str, chromium: Browser) -> None:
    """`python -m bench.hostile` opens every page."""
    every = addresses(hostile_site, hostile_address)
    assert live(chromium, hostile_address, every[:: len(every) // LIVE]) == []


def files(site: Path, *suffixes: str) -> list[Path]:
    """Every file of the site that is taken away in one of these forms; each has some, the theme's own not counted."""
    found = sorted(path for path in site.rglob("*") if "assets" not in path.relative_to(site).parts)
    for suffix in suffixes:
        assert any(path.suffix == suffix for path in found), suffix
    return [path for path in found if path.suffix in suffixes]


def test_every_feed_and_other_xml_is_well_formed(hostile_site: Path) -> None:
    for path in files(hostile_site, ".xml"):
        ElementTree.parse(path)


def test_no_cell_of_a_table_is_a_formula(hostile_site: Path) -> None:
    for path in files(hostile_site, ".csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            for cell in row:
                assert not re.match(r"\s*[=+@\t\r]|\s*-[^\d\s]", cell), (path, cell)


def test_every_json_holds_what_was_meant_and_closes_no_element(hostile_site: Path) -> None:
    for path in files(hostile_site, ".json", ".jsonl"):
        text = path.read_text(encoding="utf-8")
        for part in text.split("\n") if path.suffix == ".jsonl" else [text]:
            assert not part or json.loads(part) is not None
    for path in files(hostile_site, ".html"):
        blocks = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script", path.read_text(encoding="utf-8"))
        for block in blocks:
            assert json.loads(block)
            assert "<" not in block


def test_front_matter_holds_its_own_keys_only(hostile_site: Path) -> None:
    for path in (hostile_site.parent / "build" / "docs" / "papers").glob("r*.md"):
        front = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        assert set(front) <= {"generated", "title", "description", "head", "layout"}, path
        assert isinstance(front.get("title", ""), str)


def test_each_entry_of_the_bibliography_stays_closed(hostile_site: Path) -> None:
    for name in ("bibliography.bib", "bibliography.biblatex.bib"):
        text = (hostile_site / name).read_text(encoding="utf-8")
        keys = re.findall(r"^@\w+\{([^,]+),$", text, re.MULTILINE)
        assert sorted(keys) == sorted(f"r{number}" for number in range(len(STRINGS)))
        for entry in re.split(r"^(?=@)", text, flags=re.MULTILINE)[1:]:
            depth = 0
            for character in entry.rstrip()[:-1]:
                depth += (character == "{") - (character == "}")
                assert depth >= 1 or character in entry.partition("{")[0], entry
            assert depth == 1, entry


@pytest.mark.latex
def test_biber_reads_every_hostile_entry_without_a_word(hostile_site: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        ["biber", "--tool", "--output-file", tmp_path / "out.bib", "bibliography.biblatex.bib"],
        cwd=hostile_site,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout
    warnings = [line for line in said.stdout.splitlines() if "WARN -" in line or "ERROR" in line]
    # Pages that are no range are shown as they stand.
    assert [line for line in warnings if "Range field 'pages'" not in line] == []
    assert (tmp_path / "out.bib").read_text(encoding="utf-8").count("\n@") >= len(STRINGS) - 1


def findings_of(root: Path) -> list[str]:
    return [f"{found.path}:{found.line}: {found.check}" for found in check_collection(root, drafts=True)[1]]


GOOD = "title: x\nauthors: [Ada Example]\nyear: 2024\n"
FILES = {
    "bomb": (b"title: &a x\nauthors: [&b [*a, *a], *b]\nyear: 2024\n", ":1: yaml-feature"),
    "bombs": (b"a: &a [x,x]\n" + b"b: &b [*a,*a]\nc: &c [*b,*b]\n" * 9, ":1: yaml-feature"),
    "large": (b"title: " + b"x" * 50_000_000, ":1: unreadable-file"),
    "nested": (GOOD.encode() + b"topics: " + b"[" * 100_000, ":4: yaml-feature"),
    "nestedclosed": (GOOD.encode() + b"topics: " + b"[" * 100_000 + b"]" * 100_000, ":4: yaml-feature"),
    "nestedmap": (GOOD.encode() + b"topics: " + b"{a: " * 100_000, ":4: yaml-feature"),
    "latin": (GOOD.encode() + b"system: Z\xfcrich\n", ":4: unreadable-file"),
    "utf16": (GOOD.encode("utf-16"), ":1: unreadable-file"),
    "surrogate": (GOOD.encode() + b"system: \xed\xa0\x80\n", ":4: unreadable-file"),
    "nul": (GOOD.encode() + b"system: a\0b\n", ":4: yaml-syntax"),
    "escape": (GOOD.encode() + b'system: "a\\0b"\n', ":4: invisible-character"),
    "tagged": (b"title: !!python/object/apply:os.system [x]\n", ":1: yaml-feature"),
    "manykeys": (GOOD.encode() + b"".join(b"k%d: x\n" % number for number in range(20_000)), ":4: unknown-key"),
    "longline": (b"title: " + b"(" * 400_000 + b"\nauthors: [Ada Example]\nyear: 2024\n", ":1: wrong-value"),
    "front": (b"---\nhead: <script>\n---\n" + GOOD.encode(), ":3: yaml-feature"),
    "empty": (b"", ":1: wrong-type"),
}


@pytest.mark.parametrize("stem", FILES)
def test_a_hostile_file_is_a_finding_with_its_line(toy_copy: Path, stem: str) -> None:
    raw, expected = FILES[stem]
    path = f"papers/2024/{stem}.yaml"
    (toy_copy / path).write_bytes(raw)
    assert f"{path}{expected}" in findings_of(toy_copy)


def test_a_link_is_a_finding_and_is_not_read(toy_copy: Path) -> None:
    outside = toy_copy.parent / "outside"
    outside.mkdir()
    (outside / "secret2024x.yaml").write_text(GOOD, encoding="utf-8")
    (toy_copy / "papers" / "2024" / "secret2024y.yaml").symlink_to(outside / "secret2024x.yaml")
    (toy_copy / "papers" / "2025").symlink_to(outside, target_is_directory=True)
    found = findings_of(toy_copy)
    assert "papers/2024/secret2024y.yaml:1: unreadable-file" in found
    assert "papers/2025:1: unreadable-file" in found
    (toy_copy / "papers").rename(toy_copy / "moved")
    (toy_copy / "papers").symlink_to(outside, target_is_directory=True)
    found += findings_of(toy_copy)
    assert "papers:1: unreadable-file" in found
    assert not any("secret2024x" in item for item in found)


@pytest.mark.parametrize("stem", ["..", "a b", "A", "x}", "a,b", "-x", "é", "$(x)", "x.y", "%2e%2e", "con\u202e"])
def test_a_name_that_is_no_id_is_a_finding(toy_copy: Path, stem: str) -> None:
    path = f"papers/2024/{stem}.yaml"
    (toy_copy / path).write_text(GOOD, encoding="utf-8")
    assert f"{path}:1: id-form" in findings_of(toy_copy)


@pytest.mark.parametrize("key", ["../../evil", "..", "a/b", "A", "", " ", "x\u202ey", "<script>"])
def test_a_key_that_leaves_its_folder_is_a_finding(toy_copy: Path, key: str) -> None:
    for name, entry in (("venues.yaml", {"short": "x", "name": "x", "type": "book"}), ("people.yaml", {"name": "x"})):
        (toy_copy / name).write_text(yaml.safe_dump({key: entry}), encoding="utf-8")
        assert f"{name}:1: entry-key" in findings_of(toy_copy)


@pytest.mark.parametrize("identifier", ["../../x", "..", "x/../y", "a\\b", "x\u0000"])
def test_an_id_that_leaves_its_folder_is_a_finding(toy_copy: Path, identifier: str) -> None:
    path = "papers/2024/x2024y.yaml"
    entry = {"title": "x", "authors": ["Ada Example"], "year": 2024}
    write(toy_copy / path, {**entry, "former_ids": [identifier]})
    assert f"{path}:6: wrong-value" in findings_of(toy_copy)
    write(toy_copy / path, {**entry, "relations": [{"to": identifier, "kind": "uses", "why": "x"}]})
    assert f"{path}:6: broken-relation" in findings_of(toy_copy)
