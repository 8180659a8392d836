"""A reader's way through the site: by keyboard alone, within a topic, without JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

from gen.collection import Collection
from gen.names import parse_name
from tests.kinds import TOY

pytestmark = pytest.mark.browser

NEED_SCRIPT = ("browse/", "search/", "cite/", "picks/", "contribute/new/")


def tab_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press a key until the element that a selector names has the focus."""
    for _ in range(120):
        page.keyboard.press(key)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"no way to {wanted} by {key}")


def test_from_search_to_the_pick_list_by_keyboard_alone(page: Page, toy_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(toy_address)
    page.keyboard.press("/")
    page.keyboard.type("fastblock")
    page.wait_for_selector("dialog [data-paper=example2023fast]")
    tab_to(page, "dialog a[href*='papers/example2023fast/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/example2023fast/**")
    tab_to(page, ".gl-pick-here input")
    page.keyboard.press("Space")
    tab_to(page, "button.gl-copy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "example2023fast" in page.evaluate("navigator.clipboard.readText()")
    tab_to(page, "a[data-picks]", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/picks/**")
    expect(page.locator(".gl-pick")).to_have_count(1)


def test_where_the_browser_lets_nothing_be_copied_the_entry_is_selected(page: Page, toy_address: str) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    page.goto(f"{toy_address}papers/example2023fast/")
    page.locator("button.gl-copy").first.click()
    expect(page.get_by_role("button", name="Selected: copy it")).to_be_visible()
    assert page.evaluate("String(getSelection())").startswith("@inproceedings{example2023fast,")


def test_before_and_after_stay_within_the_topic_that_one_came_from(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}topics/towers/")
    page.locator(".gl-papers [data-paper=sample2024slow] .gl-paper-title a").click()
    page.wait_for_url("**/papers/sample2024slow/?topic=towers")
    turns = page.locator(".gl-turn p:visible")
    expect(turns).to_have_count(1)
    expect(turns).to_have_attribute("data-topic", "towers")
    on = turns.locator("a[rel]").first
    assert (on.get_attribute("href") or "").endswith("?topic=towers")
    on.click()
    page.wait_for_function("!location.pathname.includes('sample2024slow')")
    expect(page.locator(".gl-turn p:visible")).to_have_attribute("data-topic", "towers")


def test_a_topic_that_the_paper_is_not_in_changes_nothing(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/sample2024slow/?topic=nonsense")
    expect(page.locator(".gl-turn p:visible")).to_have_count(1)


@pytest.mark.parametrize("kind", ["topics/towers/", "topics/blocks/"])
def test_the_dialect_holds_for_the_papers_of_a_page(page: Page, toy_address: str, kind: str) -> None:
    page.goto(toy_address + kind)
    link = page.locator(".gl-exports a[data-dialect]")
    expect(link).to_have_text("BibTeX")
    expect(page.locator("[data-dialect-other]")).to_be_hidden()
    page.get_by_role("radio", name="biblatex").check()
    expect(link).to_have_text("biblatex")
    expect(link).to_have_attribute("href", f"../../{kind.removesuffix('/')}.biblatex.bib")
    page.reload()
    expect(link).to_have_text("biblatex")
    page.get_by_role("radio", name="BibTeX", exact=True).check()
    expect(link).to_have_attribute("href", f"../../{kind.removesuffix('/')}.bib")


def test_the_pick_list_is_cleared_only_when_that_is_meant(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/")
    page.evaluate("localStorage.setItem('gloss./gloss/picks', JSON.stringify(['example2023fast', 'sample2024slow']))")
    page.goto(f"{toy_address}picks/")
    expect(page.locator(".gl-pick")).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".gl-pick")).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Nothing is picked yet.")).to_be_visible()
    assert page.evaluate("localStorage.getItem('gloss./gloss/picks')") in (None, "[]")
    expect(page.locator("[data-picks-count]")).to_have_text("")


def test_every_kind_of_page_is_readable_without_script(chromium: Browser, toy_address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    for kind in TOY:
        if "?" in kind or "#" in kind:
            continue
        tab.goto(toy_address + kind)
        assert tab.locator("h1").is_visible(), kind
        text = tab.locator(".gl-page").inner_text()
        assert len(text) > 40, kind
        assert ("JavaScript" in text) == (kind in NEED_SCRIPT), kind
    context.close()


def test_many_authors_are_folded_yet_all_in_the_page(chromium: Browser, real_address: str, real: Collection) -> None:
    record = max(real.records.values(), key=lambda record: len(record.authors))
    names = [parse_name(name).full for name in record.authors]
    assert len(names) > 50
    with chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{real_address}papers/{record.id}/")
        links = page.locator(".gl-byline a[href*='/people/']")
        assert links.all_text_contents() == names
        written = page.locator("meta[name=citation_author]")
        assert written.count() == len(names)
        expect(page.locator(".gl-lead")).to_be_in_viewport()
        expect(links.nth(11)).to_be_visible()
        expect(links.nth(12)).to_be_hidden()
        assert page.locator(".gl-byline-authors").inner_text().endswith(",")
        more = page.locator(".gl-byline summary")
        expect(more).to_have_text(f"and {len(names) - 12} more")
        tab_to(page, ".gl-byline summary")
        page.keyboard.press("Enter")
        expect(links.last).to_be_visible()
        more.click()
        expect(links.last).to_be_hidden()
        page.emulate_media(media="print")
        expect(links.last).to_be_visible()
        expect(more).to_be_hidden()


def test_a_few_authors_are_not_folded(chromium: Browser, real_address: str, real: Collection) -> None:
    few = [record for record in real.records.values() if 12 < len(record.authors) <= 15 and record.complete_authors]
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{real_address}papers/{few[0].id}/")
        expect(page.locator(".gl-byline details")).to_have_count(0)
        expect(page.locator(".gl-byline a[href*='/people/']")).to_have_count(len(few[0].authors))


FOCUSED = "() => { const { x, y } = document.activeElement.getBoundingClientRect(); return [x, y]; }"


def test_the_menu_opens_and_closes_by_keyboard(page: Page, toy_address: str) -> None:
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(f"{toy_address}systems/")
    menu = page.get_by_role("checkbox", name="Menu", exact=True)
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Topics")
    page.keyboard.press("Tab")
    expect(menu).to_be_focused()
    expect(menu).to_be_in_viewport()
    assert menu.evaluate("menu => getComputedStyle(menu).outlineStyle") == "solid"
    for _ in range(20):  # nothing in the closed drawer takes focus
        page.keyboard.press("Tab")
        assert min(page.evaluate(FOCUSED)) >= 0
    expect(link).to_be_hidden()
    menu.focus()
    page.keyboard.press("Space")
    expect(link).to_be_in_viewport()
    tab_to(page, ".md-sidebar--primary a")
    menu.focus()
    page.keyboard.press("Space")
    expect(link).to_be_hidden()
    page.locator("label[for=__drawer]", has_text="Menu").click(force=True)
    link.click()
    page.wait_for_url("**/topics/")


def test_where_the_sections_are_tabs_the_menu_takes_no_focus(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}systems/")
    expect(page.locator("#__drawer")).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "__drawer"


COVERED = """
() => {
  const focus = document.activeElement, box = focus.getBoundingClientRect();
  const stay = [...document.querySelectorAll(".md-header, .gl-browse th")].filter((one) => !one.contains(focus));
  return stay.some((one) => box.top < one.getBoundingClientRect().bottom - 1) && focus !== document.body;
}
"""


@pytest.mark.parametrize("kind", ["browse/", "results/memory/", "systems/", "people/a-to-z/a/"])
def test_what_takes_focus_is_not_under_the_header(page: Page, real_address: str, kind: str) -> None:
    page.goto(real_address + kind)
    if kind == "browse/":
        page.wait_for_selector("tr[data-paper]")
    page.evaluate("scrollTo(0, 2000)")
    page.wait_for_timeout(200)  # until the rows there are drawn
    links = page.locator(".gl-page a[href]:visible")
    links.evaluate_all("links => links.find((link) => link.getBoundingClientRect().top > 450).focus()")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML")


def test_focus_in_what_stays_at_the_top_does_not_scroll(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}browse/")
    page.wait_for_selector("tr[data-paper]")
    for selector in (".gl-search-open", ".gl-browse th button"):
        page.evaluate("scrollTo(0, 2000)")
        page.locator(selector).first.focus()
        page.wait_for_timeout(100)
        assert abs(page.evaluate("scrollY") - 2000) < 5, selector


def test_the_name_of_the_site_takes_no_focus_under_the_title_of_a_page(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}papers/dai2024deepseekmoe/")
    name = page.locator(".gl-wordmark")
    name.focus()
    expect(name).to_be_focused()
    page.evaluate("scrollTo(0, 2000)")
    page.wait_for_selector(".md-header__title--active")
    name.evaluate("name => { name.blur(); name.focus(); }")
    expect(name).not_to_be_focused()
    expect(name).to_be_hidden()


def test_a_link_within_a_page_leads_to_its_heading_just_below_the_header(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}papers/dai2024deepseekmoe/#results")
    header, head = page.locator(".md-header").bounding_box(), page.locator("#results").bounding_box()
    assert header is not None
    assert head is not None
    assert 0 < head["y"] - header["height"] < 40


@pytest.mark.parametrize("kind", ["", "papers/dai2024deepseekmoe/", "browse/", "about/", "404.html"])
def test_a_skip_link_comes_first_and_leads_past_the_header(page: Page, real_address: str, kind: str) -> None:
    page.goto(real_address + kind)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    assert page.locator(":target").evaluate("target => target.tagName") == "H1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.gl-page') !== null")


def test_a_slash_opens_search_from_a_box_to_tick_but_not_from_a_field(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}topics/towers/")
    for box in (page.locator(".gl-tick input").first, page.get_by_role("radio", name="biblatex")):
        box.check()
        box.press("/")
        expect(page.locator("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
    page.goto(f"{toy_address}cite/")
    page.locator("textarea").first.press("/")
    expect(page.locator("textarea").first).to_have_value("/")
    expect(page.locator("dialog")).to_have_count(0)


def test_the_dialect_is_the_one_chosen_last_after_back(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}topics/towers/")
    page.get_by_role("radio", name="BibTeX", exact=True).check()
    page.goto(f"{toy_address}topics/blocks/")
    page.get_by_role("radio", name="biblatex").check()
    page.go_back()
    page.wait_for_url("**/topics/towers/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".gl-exports a[data-dialect]")).to_have_text("biblatex")
    expect(page.get_by_role("radio", name="biblatex")).to_be_checked(timeout=2000)
