"""What a reader's browser is asked to load: only from the site itself, and little script of our own."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from gen.collection import Collection
from gen.pages import Page as Planned
from gen.pages.plan import plan
from gen.scripts import FOLDER, served
from gen.site import PROJECT, load_site
from tests.conftest import TOY

ALL, ONE_PAGE = 40_000, 15_000
"""Bytes that our modules may have as they are served, each compressed for itself: all of them, those of one page."""
OPEN = "for (const box of document.querySelectorAll('details')) box.open = true;"


def kinds(toy: Collection, site: Path) -> list[str]:
    """Return the address of a page of each kind: one for each template, and all that are written by hand."""
    generated = {page.template: page.address for page in plan(toy, load_site(TOY)) if isinstance(page, Planned)}
    by_hand = [
        page.relative_to(PROJECT / "docs").with_suffix("").as_posix() for page in (PROJECT / "docs").rglob("*.md")
    ]
    written = [f"{page.removesuffix('index').rstrip('/')}/" for page in by_hand]
    found = {*generated.values(), *written, "404.html"}
    return sorted(address for address in found if (site / address).exists())


def compressed(*paths: Path) -> int:
    """Return how many bytes scripts have on their way to a browser."""
    return sum(len(gzip.compress(served(path), 9)) for path in paths)


def test_our_scripts_are_small() -> None:
    assert compressed(*FOLDER.rglob("*.js")) < ALL


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses that the browser has asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.browser
def test_no_kind_of_page_asks_another_host_or_loads_much_script(
    toy: Collection, toy_site: Path, toy_address: str, page: Page, asked: list[str]
) -> None:
    host = urlsplit(toy_address).netloc
    addresses = kinds(toy, toy_site)
    assert len(addresses) > 30
    for address in addresses:
        asked.clear()
        page.goto(toy_address + address, wait_until="load")
        page.evaluate(OPEN)
        page.wait_for_timeout(30)
        elsewhere = {url for url in asked if urlsplit(url).netloc != host and not url.startswith(("data:", "blob:"))}
        assert not elsewhere, address
        ours = {url.partition("/assets/js/")[2] for url in asked if "/assets/js/" in url}
        assert compressed(*(FOLDER / name for name in ours)) < ONE_PAGE, (address, sorted(ours))


@pytest.mark.browser
def test_searching_citing_and_picking_ask_no_other_host(toy_address: str, page: Page, asked: list[str]) -> None:
    page.goto(f"{toy_address}papers/example2023fast/")
    page.keyboard.press("/")
    page.keyboard.type("towers")
    page.locator("dialog [data-paper]").first.wait_for()
    page.locator("dialog[open]").evaluate("dialog => dialog.close()")
    page.locator("details[data-references] summary").click()
    page.locator(".gl-reference").first.wait_for()
    page.goto(f"{toy_address}picks/#ids=example2023fast")
    page.locator("[data-ready=true]").wait_for(state="attached")
    host = urlsplit(toy_address).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {host}
    assert any("citeproc" in url for url in asked)
