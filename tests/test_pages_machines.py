"""Files for programs that visit the site."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import yaml
from PIL import Image

from gen.collection import Collection
from gen.pages import machines
from gen.pages.card import LINE_WIDTH, MARGIN, card
from gen.pages.machines import Dated, Place, amended, sitemap
from gen.pages.output import File
from gen.site import load_site
from tests.conftest import PROJECT, TOY

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_names_every_page_with_its_day(toy_site: Path) -> None:
    urls = fromstring((toy_site / "sitemap.xml").read_text(encoding="utf-8"))
    found = {url[0].text: url[1].text if len(url) > 1 else None for url in urls}
    files = [path for path in toy_site.rglob("index.html") if 'http-equiv="refresh"' not in path.read_text("utf-8")]
    pages = {path.parent.relative_to(toy_site).as_posix() for path in files}
    assert {f"https://example.org/toy/{'' if page == '.' else page + '/'}" for page in pages} == set(found)
    assert found["https://example.org/toy/papers/sample2024slow/"] == "2026-02-03"
    assert found["https://example.org/toy/years/2024/"] == "2026-03-01"
    assert found["https://example.org/toy/about/"] is None
    assert not (toy_site / "sitemap.xml.gz").exists()


def test_many_pages_are_spread_over_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "SITEMAP_ADDRESSES", 2)
    files = {
        file.path: file.content() for file in machines.sitemap([Place(f"{n}/", None) for n in range(5)], load_site(TOY))
    }
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = fromstring(str(files["sitemap.xml"]))
    assert [entry[0].text for entry in index] == [f"https://example.org/toy/sitemap-{n}.xml" for n in (1, 2, 3)]
    assert len(fromstring(str(files["sitemap-3.xml"]))) == 1


EARLY, MIDDLE, LATE = (date(2026, month, 1) for month in (1, 5, 9))
PLACES = [Place("", MIDDLE), Place("a/", EARLY), Place("a&b/", MIDDLE), Place("c/", MIDDLE), Place("d/", None)]


def files_of(places: list[Place]) -> dict[str, str | bytes]:
    """Return the files of a sitemap."""
    return {file.path: file.content() for file in sitemap(places, load_site(TOY))}


def again(*dated: Dated) -> dict[str, str | bytes] | None:
    """Return what the files of a sitemap become where pages have another day."""
    before = files_of(PLACES)
    files = amended(dated, load_site(TOY), lambda path: str(before[path]).encode())
    return files if files is None else before | {file.path: bytes(file.content()).decode() for file in files}  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [2, 100])
def test_a_page_gets_the_last_day_of_all_that_it_shows(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(machines, "SITEMAP_ADDRESSES", size)
    days = {"": LATE, "a/": LATE, "a&b/": LATE, "c/": MIDDLE}
    after = files_of([Place(name, days.get(name)) for name, _ in PLACES])
    later = [("a&b/", EARLY, LATE), ("", MIDDLE, LATE), ("", MIDDLE, LATE), ("a/", EARLY, LATE)]
    assert again(*later, ("c/", EARLY, MIDDLE)) == after
    assert again(("c/", EARLY, date(2026, 2, 1))) == files_of(PLACES), "something else is newer there"
    assert again() == files_of(PLACES)
    nowhere: dict[str, bytes] = {}
    assert amended([("a/", EARLY, LATE)], replace(load_site(TOY), url=""), nowhere.__getitem__) == []


@pytest.mark.parametrize(
    "dated",
    [("a/", EARLY, date(2025, 1, 1)), ("b/", EARLY, LATE), ("d/", EARLY, LATE)],
    ids=["that was perhaps the last", "no such page", "a page without a day"],
)
def test_a_day_that_the_sitemap_does_not_tell_is_not_guessed(dated: Dated) -> None:
    assert again(("", MIDDLE, LATE), dated) is None


def test_robots_txt_names_the_sitemap(toy_site: Path) -> None:
    assert (toy_site / "robots.txt").read_text() == (
        "User-agent: *\nDisallow:\n\nSitemap: https://example.org/toy/sitemap.xml\n"
    )


def test_every_page_links_to_the_description_of_its_search(toy_site: Path) -> None:
    for page in ("", "papers/example2023fast/", "years/2024/"):
        text = (toy_site / page / "index.html").read_text(encoding="utf-8")
        assert 'rel="search" type="application/opensearchdescription+xml"' in text
    described = fromstring((toy_site / "opensearch.xml").read_text(encoding="utf-8"))
    template = described.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert template is not None
    assert template.get("template") == "https://example.org/toy/search/?q={searchTerms}"


def test_previews_have_a_picture(toy_site: Path) -> None:
    for name in ("index", "blocks"):
        with Image.open(toy_site / f"assets/preview/{name}.png") as drawn:
            assert drawn.size == (1200, 630)
            assert len(drawn.convert("RGB").getcolors() or []) == 4


def test_a_picture_has_the_letters_that_its_font_has() -> None:
    assert card("Žižek", "Erdős — “naïve”") == card("Zizek", 'Erdos - "naive"')
    assert card("Сайт", "高效机器学习") == card("", "")


@pytest.mark.parametrize("title", ["W" * 39, "W" * 400, "Ways " * 100])
def test_what_is_written_stays_within_its_picture(title: str) -> None:
    with Image.open(BytesIO(card("W" * 100, title))) as drawn:
        whole = drawn.convert("RGB")
    paper = whole.getpixel((0, 0))
    margins = [(MARGIN + LINE_WIDTH + 8, 0, 1030, 630), (0, 620, 1200, 630)]
    assert [whole.crop(margin).getcolors() for margin in margins] == [[(72 * 630, paper)], [(1200 * 10, paper)]]


def test_the_collection_says_how_to_cite_it(real: Collection) -> None:
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    files = {file.path for file in machines.machines(real, load_site(PROJECT)) if isinstance(file, File)}
    assert "CITATION.cff" in files
    about = (PROJECT / "docs/about.md").read_text(encoding="utf-8")
    assert f"title        = {{{citation['title']}}}" in about
    assert f"\\url{{{citation['url']}}}" in about
