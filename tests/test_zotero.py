"""What Zotero saves from a page: its own translators, run in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from gen.citation.entry import page_range, paper_url
from gen.collection import Collection
from gen.names import parse_name
from gen.pages.metadata import annotation_text, note_by
from gen.pdf import pdf
from gen.record import Record
from gen.references import reference
from gen.site import Site, load_site
from gen.text.plain import plain
from gen.vendor import NPM
from tests.conftest import PROJECT, TOY

pytestmark = pytest.mark.browser

Zotero = Callable[..., Any]

EMBEDDED_METADATA = "951c027d-74ac-47d4-a107-9c3069ab7b48"
"""The translator that reads a page's meta tags."""

TYPES = {
    None: "preprint",
    "conference": "conferencePaper",
    "workshop": "conferencePaper",
    "journal": "journalArticle",
    "thesis": "thesis",
    "book": "bookSection",
    "report": "report",
    "publisher": "book",
}
HOLDERS = ("publicationTitle", "bookTitle", "university", "institution", "publisher")
"""Where Zotero keeps what a paper appeared in."""


@pytest.fixture
def zotero(page: Page) -> Zotero:
    """Gives what Zotero makes of pages of a site, by their addresses below it."""

    def run(site: str, addresses: list[str], translator: str | None = None) -> Any:
        page.goto(f"{site}robots.txt")
        page.evaluate(f"source => {{ {script}; install(source); }}", source)
        return page.evaluate(
            """async ([addresses, translator]) => {
              const found = [];
              for (const address of addresses) found.push(await zotero(address, translator));
              return found;
            }""",
            [addresses, translator],
        )

    script = (PROJECT / "tests/zotero.js").read_text(encoding="utf-8")
    source = (NPM / "zotero-translators/index.js").read_text(encoding="utf-8")
    return run


def letters(name: str) -> str:
    """Return a name without what Zotero writes its own way: initials, hyphens, a family name in small letters."""
    return "".join(letter for letter in name if letter.isalnum()).lower()


def check(item: dict[str, Any], record: Record, collection: Collection, site: Site) -> None:
    """Assert that an item says of the paper what the record says."""
    venue = collection.venue(record)
    assert item["itemType"] == TYPES[venue.type if venue else None]
    assert item["title"] == plain(record.title)
    names = list(map(parse_name, record.named_authors))
    wanted = [(letters(name.last), letters(name.given)) for name in names]
    assert [(letters(one["lastName"]), letters(one.get("firstName", ""))) for one in item["creators"]] == wanted
    assert item["date"] == (f"{record.cited_year}/{record.month:02}" if record.month else str(record.cited_year))
    assert next((item[name] for name in HOLDERS if name in item), None) == (venue.name if venue else None)
    assert record.doi is None or record.doi in (item.get("DOI"), item.get("extra", "").removeprefix("DOI: "))
    note = annotation_text(record, lambda name: reference(collection.records, name))
    said = f"{note_by(site)} {note}" if note else plain(record.title)
    assert item["abstractNote"] == said, "without a note the page's description stands in"
    assert item["url"] == (paper_url(record) or f"{site.url}papers/{record.id}/")
    pages = page_range(record.pages)
    assert item.get("pages") == ("-".join(filter(None, pages)) if pages else None)
    assert item["language"] == record.language
    assert (item.get("volume"), item.get("issue")) == (record.volume, record.number)
    files = [found["url"] for found in item["attachments"] if found.get("mimeType") == "application/pdf"]
    assert files == list(filter(None, [pdf(record)]))


def test_every_paper_of_the_toy_collection(zotero: Zotero, toy: Collection, toy_address: str) -> None:
    found = zotero(toy_address, [f"papers/{name}/" for name in toy.records])
    for (offered, items), record in zip(found, toy.records.values(), strict=True):
        assert offered[0] == ["Embedded Metadata", items[0]["itemType"]], "another translator would win"
        assert len(items) == 1
        check(items[0], record, toy, load_site(TOY))


def test_real_papers(zotero: Zotero, real: Collection, real_address: str) -> None:
    records = [paper for number, paper in enumerate(real.records.values()) if number % 5 == 0 or not paper_url(paper)]
    site = load_site(PROJECT)
    translator = EMBEDDED_METADATA
    found = zotero(real_address, [f"papers/{record.id}/" for record in records], translator)
    for (_, [item]), record in zip(found, records, strict=True):
        check(item, record, real, site)


def test_a_list_offers_its_papers_to_choose_from(zotero: Zotero, toy: Collection, toy_address: str) -> None:
    [(offered, items)] = zotero(toy_address, ["topics/towers/"])
    assert offered[0] == ["COinS", "multiple"]
    wanted = {plain(record.title): record for record in toy.by_topic["towers"]}
    assert {item["title"] for item in items} <= wanted.keys()
    assert len(items) >= 2
    for item in items:
        record = wanted[item["title"]]
        families = [parse_name(name).last for name in record.named_authors]
        assert [letters(one["lastName"]) for one in item["creators"]] == [letters(name) for name in families]
