"""How pages look, where it can be measured: they begin on one line, nothing is cut off, print is ink on white."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.conftest import FORBIDDEN, PATIENCE, PROJECT

pytestmark = pytest.mark.browser

PAGES = ["", "topics/", "browse/", "picks/", "paths/", "systems/", "contribute/new/", "about/", "cite/"]
LEFT = "selector => Math.round(document.querySelector(selector).getBoundingClientRect().left)"


def test_every_page_begins_on_the_line_of_the_logo(page: Page, toy_address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    for address in PAGES:
        page.goto(toy_address + address)
        logo = page.evaluate(LEFT, ".gl-logo svg")
        tab = page.locator(".md-tabs__link").first.evaluate("link => Math.round(link.getBoundingClientRect().left)")
        assert (tab, page.evaluate(LEFT, ".gl-page"), page.evaluate(LEFT, "h1")) == (logo, logo, logo), address


def test_figures_fit_a_phone(page: Page, real_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{real_address}results/energy/")
    for box in page.locator(".gl-scroll").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    paper = page.locator("tr[data-paper]").first
    expect(paper.locator("a")).to_be_in_viewport()
    page.locator("th[data-sort=text] button").first.click()
    expect(page.locator(".gl-figures--sorted td.gl-figures-topic").first).to_be_visible()


def test_a_papers_results_fit_a_phone(page: Page, real_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{real_address}papers/dai2024deepseekmoe/")
    table = page.locator(".gl-results")
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
    assert table.locator("td.gl-value").first.evaluate("cell => getComputedStyle(cell).display") == "inline"


def test_what_is_hidden_takes_no_place(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?q=qqqqqqqqqq")
    expect(page.locator("#status")).to_contain_text("No paper found")
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    expect(page.locator(".gl-facets details")).to_have_count(0)


BORDERS = """
() => [...document.querySelectorAll(".gl-page :is(input, select, textarea)")]
  .filter((field) => field.checkVisibility() && !["checkbox", "radio", "file"].includes(field.type))
  .map((field) => [field.name, getComputedStyle(field).borderTopColor])
"""


@pytest.mark.parametrize("address", ["browse/", "search/?q=blocks", "cite/", "contribute/new/", "results/quality/"])
def test_the_borders_of_fields_stand_out(page: Page, toy_address: str, address: str) -> None:
    page.goto(toy_address + address)
    page.wait_for_load_state("networkidle")
    borders = page.evaluate(BORDERS)
    assert borders
    assert [border for border in borders if border[1] != "rgb(103, 95, 83)"] == []


def test_a_dark_page_prints_on_white(page: Page, toy_address: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{toy_address}map/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    for place in ("html", "body"):
        assert page.locator(place).evaluate("place => getComputedStyle(place).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("h1").evaluate("head => getComputedStyle(head).color") == "rgb(0, 0, 0)"
    assert page.locator(".gl-area-0").first.evaluate("area => getComputedStyle(area).color") == "rgb(0, 114, 178)"


def test_where_nothing_can_be_stored_every_page_works_and_its_scheme_can_be_chosen(
    page: Page, toy_address: str
) -> None:
    page.add_init_script(FORBIDDEN)
    for address in [*PAGES, "papers/example2023fast/", "paths/first-tower/", "search/", "map/"]:
        page.goto(toy_address + address)
        page.locator("label[for=__palette_1]").first.click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


SHEET: ViewportSize = {"width": 642, "height": 971}
"""The pixels of an A4 sheet between its margins."""


def test_figures_fit_a_sheet(page: Page, real_address: str) -> None:
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.goto(f"{real_address}results/memory/")
    table = page.locator(".gl-figures").first
    assert table.evaluate("table => getComputedStyle(table.tHead).display") == "table-header-group"
    assert table.evaluate("table => table.getBoundingClientRect().right") <= SHEET["width"]
    cells = page.locator("tr[data-paper] td:nth-child(5)")
    assert min(cells.evaluate_all("cells => cells.map((cell) => cell.offsetWidth)")) > 130
    # The boxes of buttons are not repeated with the head on the next page.
    page.wait_for_selector(".gl-figures th button", state="attached")
    assert table.locator("th button").first.evaluate("button => getComputedStyle(button).display") == "contents"


def test_the_whole_map_fits_a_sheet(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}map/")
    page.locator("[data-zoom=in]").click()
    page.locator("[data-zoom=in]").click()
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.wait_for_timeout(300)  # its scripts reckon anew
    box = page.locator(".gl-map").bounding_box()
    frame = page.locator(".gl-map-frame").bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["x"] <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] <= SHEET["width"]
    assert abs(box["height"] / box["width"] - 0.72) < 0.01
    assert frame["height"] >= box["height"]
    assert page.locator(".gl-name-area text").first.evaluate("name => getComputedStyle(name).fontSize") == "16px"
    assert page.locator(".gl-from-1").first.is_visible()
    assert not page.locator(".gl-from-2").first.is_visible()
    page.locator("details:has(.gl-map-list)").evaluate("list => { list.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET["width"]


OVERLAPS = """
() => {
  const parts = ["label[for=__drawer]", ".gl-wordmark", ".gl-search-open", ".gl-picks-link", ".md-header__option"];
  const boxes = parts.map((part) => document.querySelector(`.md-header ${part}`).getBoundingClientRect());
  return boxes.slice(1).some((box, index) => box.left < boxes[index].right - 1) || boxes.at(-1).right > innerWidth;
}
"""


# Letters of twice the size are a setting of the browser, which Chromium is told when it starts. A style sheet would not
# do: the widths at which ours changes are reckoned in the letters of the browser, not of the page. A tab is asked of a
# process of its own, since a browser has one setting.
LARGE = """
import sys
from bench.browser import launched
with launched("--blink-settings=defaultFontSize=32") as browser:
    tab = browser.new_page(viewport={"width": 360, "height": 740})
    for address in sys.argv[2:]:
        tab.goto(address)
        tab.wait_for_timeout(300)
        print(tab.evaluate("document.documentElement.scrollWidth"), tab.evaluate(sys.argv[1]))
"""


@pytest.mark.parametrize("width", [360, 320])
def test_the_header_fits_a_phone(page: Page, toy_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(toy_address)
    assert not page.evaluate(OVERLAPS)
    expect(page.locator(".gl-repo")).to_be_hidden()


def test_pages_fit_a_phone_with_letters_of_twice_the_size(real_address: str) -> None:
    kinds = ["", "papers/dai2024deepseekmoe/", "browse/", "cite/", "results/speed/"]
    command = [sys.executable, "-c", LARGE, OVERLAPS, *(real_address + kind for kind in kinds)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=PATIENCE * 4 / 1000)
    assert done.stdout.splitlines() == ["360 False"] * len(kinds)


def test_numbers_of_the_home_page_stand_on_lines(page: Page, real_address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(real_address)
    tops = page.locator(".gl-counts dd").evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    assert len({round(top) for top in tops}) == 2
