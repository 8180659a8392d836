"""GitHub Pages' limits: every file is of a kind, and what is near the limit is told with what to do."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.exceptions import ConfigurationError

from gen import limits
from gen.citation.formats import SUFFIXES
from gen.cli import main
from gen.collection import Collection
from gen.pages import Page
from gen.pages.output import members
from gen.pages.plan import plan
from gen.render import Renderer
from gen.site import Site, load_site
from tests.conftest import TOY


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "other pages"),
        ("papers/index.html", "pages of papers"),
        ("papers/sun2023spectr/index.html", "pages of papers"),
        ("people/ada-example/index.html", "pages of people"),
        ("topics/towers/index.html", "other pages"),
        ("papers/sun2023spectr.bib", "citations of papers"),
        ("people/ada-example.csl.json", "citations of people"),
        ("years/2024.biblatex.bib", "citations of lists"),
        ("bibliography.ris", "citations of the whole"),
        ("search/terms/ab.json", "search"),
        ("assets/js/x.csl.json", "assets"),
        ("topics/towers.xml", "feeds and data"),
        ("papers.jsonl", "feeds and data"),
    ],
)
def test_every_file_is_of_a_kind(path: str, kind: str) -> None:
    assert limits.kind(path) == kind


def test_the_toy_site_is_counted_whole_and_nothing_is_said(toy_site: Path) -> None:
    found = limits.sizes(toy_site)
    files = [path for path in toy_site.rglob("*") if path.is_file()]
    assert sum(number for number, _ in found.values()) == len(files)
    assert sum(size for _, size in found.values()) == sum(path.stat().st_size for path in files)
    assert limits.messages(found) == []
    told = CliRunner().invoke(main, ["limits", "--root", str(toy_site.parent)]).output.splitlines()
    assert len(told) == len(found) + 1
    assert re.fullmatch(
        r"\d MB of the 1,000 MB that GitHub Pages takes; it ends a deployment after 10 minutes", told[-1]
    )


def test_what_is_near_the_limit_is_told_with_what_to_do() -> None:
    found = {"search": (900, 50_000_000), "citations of people": (12_000, 800_000_000)}
    assert limits.messages(found) == [
        "The site has 850 MB, close to the 1,000 MB that GitHub Pages takes:",
        "  800.0 MB in 12,000 files: citations of people; "
        "`people: [bib]` under `extra: formats:` in mkdocs.yml writes BibTeX alone, `[]` nothing",
        "  50.0 MB in 900 files: search",
    ]
    found["pages of papers"] = (20_000, 400_000_000)
    assert limits.messages(found)[0] == "The site has 1,250 MB, more than the 1,000 MB that GitHub Pages takes:"


def settings(folder: Path, formats: str) -> Site:
    text = (TOY / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("{drafts: true}", f"{{formats: {formats}}}"), encoding="utf-8")
    return load_site(folder)


def test_formats_that_are_switched_off_are_neither_written_nor_named(toy: Collection, tmp_path: Path) -> None:
    site = settings(tmp_path, "{lists: [bib, ris], people: []}")
    renderer = Renderer(toy, site)
    outputs = list(plan(toy, site))
    files = {item.path for output in outputs for item in members(output)}
    assert {"topics/towers.bib", "topics/towers.ris", "bibliography.csl.json", "papers/z2024math.csl.json"} <= files
    assert not {"topics/towers.csl.json", "topics/towers.biblatex.bib", "people/ada-example.bib"} & files
    for output in outputs:
        if isinstance(output, Page) and output.address in ("", "topics/towers/", "people/ada-example/", "years/2024/"):
            text = renderer.page(output)
            named = re.findall(
                r"(?:href=\\?\")((?:\.\./)*(?:topics|people|years)/[\w-]+\.[\w.]*(?:bib|ris|json))", text
            )
            assert {path.replace("../", "") for path in named} <= files, output.path
            assert ("topics/towers.ris" in text) == (output.address == "topics/towers/")
            assert "These papers as.\n" not in text


def test_all_formats_are_written_where_nothing_is_said(tmp_path: Path) -> None:
    site = settings(tmp_path, "{people: [ris]}")
    assert site.formats_of("topics/towers/") == SUFFIXES
    assert site.formats_of("people/ada-example/") == ("ris",)
    assert settings(tmp_path, "[bib]").formats_of("topics/towers/") == ("bib",)


@pytest.mark.parametrize("formats", ["{lists: [bibtex]}", "{people: bib}", "{lists: 3}", "all"])
def test_a_setting_that_can_not_be_is_told(formats: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"in mkdocs.yml must be a list of bib, biblatex.bib, ris, csl.json"):
        settings(tmp_path, formats)
