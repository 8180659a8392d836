"""Tables of figures in the browser: sorted by number, filtered, put back as they were."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TABLE = "[data-figures] >> nth=0"


def values(page: Page) -> list[float]:
    cells = page.locator(TABLE).locator("tr[data-paper]:not([hidden]) td.gl-value")
    return [float(value) for value in cells.evaluate_all("cells => cells.map(cell => cell.dataset.value)")]


def test_figures_sort_by_their_number_and_go_back_to_topics(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/speed/")
    grouped = values(page)
    button = page.locator(TABLE).get_by_role("button", name="Figure")
    button.click()
    assert values(page) == sorted(grouped, reverse=True)
    expect(page.locator(TABLE).locator("th").first).to_have_attribute("aria-sort", "descending")
    expect(page.locator(TABLE).locator("td.gl-figures-topic").first).to_be_visible()
    button.click()
    assert values(page) == sorted(grouped)
    button.click()
    assert values(page) == grouped
    expect(page.locator(TABLE).locator(".gl-figures-group").first).to_be_visible()


def test_a_filter_keeps_what_has_its_words_and_topic(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/speed/")
    everything = page.locator("tr[data-paper]").count()
    page.fill(".gl-figures-bar [name=q]", "inference")
    shown = page.locator("tr[data-paper]:visible")
    assert 0 < shown.count() < everything
    assert all("inference" in text.lower() for text in shown.all_text_contents())
    expect(page.get_by_role("status").last).to_have_text(f"{shown.count()} of {everything} figures")
    page.select_option(".gl-figures-bar [name=topic]", index=1)
    assert page.url.partition("?")[2].startswith("q=inference&topic=")
    count = shown.count()
    page.reload()
    expect(shown).to_have_count(count)


def test_each_figure_leads_to_its_paper(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/")
    page.get_by_role("link", name="Memory", exact=True).click()
    row = page.locator("tr[data-paper]").first
    paper = row.get_attribute("data-paper")
    row.get_by_role("link").first.click()
    page.wait_for_url(f"**/papers/{paper}/")
