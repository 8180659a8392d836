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


def test_a_table_without_a_match_goes_with_its_heading(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/speed/")
    headings, tables = page.locator("h2[id]:visible"), page.locator("[data-figures]:visible")
    everything = tables.count()
    assert headings.count() == everything > 1
    page.fill(
        ".gl-figures-bar [name=q]",
        page.locator("[data-figures] >> nth=1").locator("tr[data-paper] a").first.inner_text(),
    )
    expect(headings).to_have_count(tables.count())
    assert 0 < tables.count() < everything
    page.fill(".gl-figures-bar [name=q]", "no such words")
    expect(headings).to_have_count(0)
    page.fill(".gl-figures-bar [name=q]", "")
    expect(headings).to_have_count(everything)


def test_what_leads_to_tables_goes_with_them_and_counts_what_they_show(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/speed/")
    chips = page.get_by_role("navigation", name="Units").locator("li")
    first = chips.all_inner_texts()
    page.fill(".gl-figures-bar [name=q]", "inference")
    expect(page.get_by_role("status").last).not_to_be_empty()
    said = chips.evaluate_all("chips => chips.filter((chip) => chip.checkVisibility()).map((chip) => chip.innerText)")
    headings, tables = page.locator("h2[id]:visible"), page.locator("[data-figures]:visible")
    rows = [table.locator("tr[data-paper]:visible").count() for table in tables.all()]
    names = [heading.evaluate("node => node.firstChild.textContent") for heading in headings.all()]
    assert said == [f"{name}\n{number}" for name, number in zip(names, rows, strict=True)]
    assert 0 < len(said) < len(first)
    page.fill(".gl-figures-bar [name=q]", "")
    expect(page.get_by_role("status").last).to_be_empty()
    assert chips.all_inner_texts() == first


def test_order_and_filter_stand_in_the_address(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/speed/")
    page.fill(".gl-figures-bar [name=q]", "INFÉRENCE")
    page.locator(TABLE).get_by_role("button", name="Figure").press("Enter")
    order = values(page)
    assert order == sorted(order, reverse=True)
    assert 1 < len(order) < page.locator(TABLE).locator("tr[data-paper]").count()
    assert page.url.endswith("results/speed/?q=INF%C3%89RENCE&factor=descending+0")
    page.reload()
    assert values(page) == order
    expect(page.locator(TABLE).locator("th[aria-sort=descending]")).to_have_text("Figure")
    page.locator(TABLE).locator("tr[data-paper]:visible a").first.click()
    page.wait_for_url("**/papers/*/")
    page.go_back()
    page.wait_for_url("**/results/speed/?q=INF*")
    assert values(page) == order
    page.fill(".gl-figures-bar [name=q]", "")
    page.locator(TABLE).get_by_role("button", name="Figure").click()
    page.locator(TABLE).get_by_role("button", name="Figure").click()
    assert page.url.endswith("results/speed/")


@pytest.mark.parametrize(("column", "number"), [("Of", 1), ("Against", 2), ("On", 3), ("Paper", 4), ("Year", 5)])
def test_each_column_sorts(page: Page, real_address: str, column: str, number: int) -> None:
    page.goto(f"{real_address}results/speed/")
    button = page.locator(TABLE).get_by_role("button", name=column, exact=True)
    cells = page.locator(TABLE).locator(f"tr[data-paper] td:nth-child({number + 1})")
    collate = "texts => texts.sort(new Intl.Collator('en', {numeric: true}).compare)"
    for again in (False, True):
        button.click()
        texts = [text.strip() for text in cells.all_text_contents()]
        given = [text for text in texts if text]
        expected = page.evaluate(collate, list(given))
        assert given == (expected[::-1] if again != (column == "Year") else expected)
        assert texts[len(given) :] == [""] * (len(texts) - len(given))


def test_an_address_with_nonsense_shows_figures_by_topic(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/speed/?topic=none&factor=sideways+0&percent=descending+77&q=")
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    expect(page.locator("tr[data-paper][hidden]")).to_have_count(0)
    expect(page.locator(TABLE).locator(".gl-figures-group").first).to_be_visible()


def test_each_figure_leads_to_its_paper(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}results/")
    page.get_by_role("link", name="Memory", exact=True).click()
    row = page.locator("tr[data-paper]").first
    paper = row.get_attribute("data-paper")
    row.get_by_role("link").first.click()
    page.wait_for_url(f"**/papers/{paper}/")
