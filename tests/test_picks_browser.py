"""The pick list in a browser: ticks, basket, page, link; the dialect; formatted references."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import FORBIDDEN, PATIENCE, STRICT_CLIPBOARD

pytestmark = pytest.mark.browser

FAST, SLOW, MATH = "example2023fast", "sample2024slow", "z2024math"


def pick(page: Page, *ids: str) -> None:
    page.evaluate("ids => localStorage.setItem('gloss./gloss/picks', JSON.stringify(ids))", list(ids))


def basket(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('gloss./gloss/picks') ?? '[]'"))


def listed(page: Page) -> list[str]:
    page.wait_for_selector(".gl-pick")
    return [str(item.get_attribute("data-id")) for item in page.locator(".gl-pick").all()]


def downloaded(page: Page, button: str) -> tuple[str, str]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_text(encoding="utf-8")


def open_picks(page: Page, address: str, *ids: str) -> None:
    page.goto(f"{address}papers/")
    pick(page, *ids)
    page.goto(f"{address}picks/")
    page.wait_for_selector("[data-ready]")


def test_ticks_survive_pages_and_reload(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/")
    tick = page.locator(f'[data-paper="{FAST}"] .gl-tick input')
    assert (tick.get_attribute("aria-label") or "").startswith("Pick FastBlock")
    tick.check()
    page.goto(f"{toy_address}papers/{FAST}/")
    expect(page.locator("[data-picks-count]")).to_have_text("1")
    expect(page.get_by_label("Pick", exact=True)).to_be_checked()
    page.reload()
    page.get_by_label("Pick", exact=True).uncheck()
    expect(page.locator("[data-picks-count]")).to_have_text("")
    assert basket(page) == []


def test_a_paper_that_arrives_later_gets_a_tick(page: Page, toy_address: str) -> None:
    page.goto(toy_address)
    page.evaluate(
        """id => {
          const row = document.createElement("tr"), cell = row.insertCell();
          row.dataset.paper = id; cell.textContent = "Late";
          const table = document.createElement("table"); table.append(row);
          document.querySelector(".gl-page").append(table);
        }""",
        SLOW,
    )
    page.locator(f'td .gl-tick input[value="{SLOW}"]').check()
    assert basket(page) == [SLOW]


def test_a_pick_that_was_retracted_is_told_so(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, "example2024same", FAST)
    told = page.locator(".gl-pick .gl-meta")
    expect(told.first).to_have_text("Example, 2024, retracted")
    expect(told.last).to_have_text("Example et al., 2023")


def test_reorder_and_remove_by_keyboard(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, FAST, SLOW, MATH)
    page.locator(f'[data-id="{FAST}"]').get_by_title("Move down").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert listed(page) == basket(page) == [SLOW, MATH, FAST]
    expect(page.get_by_text("Moved to position 3 of 3")).to_be_visible()
    page.locator(f'[data-id="{MATH}"]').get_by_title("Remove").press("Enter")
    assert listed(page) == basket(page) == [SLOW, FAST]
    assert page.evaluate("document.activeElement.title") == "Remove"
    assert page.url.endswith(f"picks/#ids={SLOW},{FAST}")


def test_reorder_by_dragging(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, FAST, SLOW, MATH)
    page.locator(f'[data-id="{MATH}"]').drag_to(page.locator(f'[data-id="{FAST}"]'), target_position={"x": 60, "y": 4})
    assert listed(page) == basket(page) == [MATH, FAST, SLOW]


def test_a_drag_that_is_given_up_changes_nothing(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, FAST, SLOW, MATH)
    page.evaluate(
        """() => {
          const [first, , last] = document.querySelectorAll(".gl-pick");
          const dataTransfer = new DataTransfer();
          const drag = { dragstart: last, dragover: first, dragend: last };
          for (const [type, target] of Object.entries(drag)) {
            target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
          }
        }"""
    )
    expect(page.locator(".gl-pick").last).to_have_attribute("data-id", MATH)
    assert listed(page) == basket(page) == [FAST, SLOW, MATH]


def test_references_are_formatted_anew_once_after_many_moves(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, FAST, SLOW, MATH)
    page.get_by_text("Formatted references").click()
    page.get_by_label("Citation style").select_option("ieee")
    references = page.locator(".gl-reference")
    expect(references.first).to_contain_text("FastBlock")
    page.evaluate(
        """() => {
          const list = document.querySelector(".gl-references-list");
          window.made = 0;
          new MutationObserver(() => window.made++).observe(list, { childList: true });
        }"""
    )
    page.locator(f'[data-id="{FAST}"]').get_by_title("Move down").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(references.last).to_contain_text("FastBlock")
    assert page.evaluate("window.made") == 1


def test_downloads_without_a_connection(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, SLOW, FAST)
    page.context.set_offline(True)
    name, bib = downloaded(page, "Download .bib")
    assert name == "picks.bib"
    assert bib.index(f"{{{SLOW},") < bib.index(f"{{{FAST},")
    assert "archiveprefix" in bib
    page.get_by_role("radio", name="biblatex").check()
    name, bib = downloaded(page, "Download .bib")
    assert name == "picks.biblatex.bib"
    assert "eprinttype" in bib
    assert downloaded(page, "RIS")[1].count("ER  -") == 2
    assert [item["id"] for item in json.loads(downloaded(page, "CSL-JSON")[1])] == [SLOW, FAST]
    page.get_by_text("Formatted references").click()
    expect(page.locator(".gl-reference")).to_have_count(2)
    page.get_by_label("Citation style").select_option("ieee")
    expect(page.locator(".gl-reference").first).to_contain_text("[1]")


def test_the_list_is_copied_as_bibtex_where_that_must_begin_at_once(page: Page, toy_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script(STRICT_CLIPBOARD)
    page.goto(f"{toy_address}papers/")
    pick(page, SLOW, FAST)
    waiting: list[Route] = []
    page.route("**/*.bib", lambda route: waiting.append(route))
    page.goto(f"{toy_address}picks/")
    button = page.get_by_role("button", name="Copy .bib")
    button.click()
    expect(button).to_have_text("Copy .bib")
    for route in waiting:
        route.continue_()
    page.unroute("**/*.bib")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    bib = page.evaluate("navigator.clipboard.readText()")
    assert 0 < bib.index(f"{{{SLOW},") < bib.index(f"{{{FAST},")


def test_a_link_gives_the_same_list_and_spares_ones_own(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/")
    pick(page, MATH)
    page.goto(f"{toy_address}picks/#ids={SLOW},example2022fast,<i>x,../y")
    assert listed(page) == [SLOW, FAST]
    expect(
        page.get_by_text("This list came with a link: 2 papers. Your own list of 1 paper is untouched.")
    ).to_be_visible()
    assert basket(page) == [MATH]
    page.get_by_role("button", name="Add to my list").click()
    expect(page.locator(".gl-pick")).to_have_count(3)
    assert listed(page) == basket(page) == [MATH, SLOW, FAST]
    expect(page.locator(".gl-offer")).to_be_hidden()


def test_ids_of_a_link_that_are_not_here_are_told_and_left_out(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}picks/#ids={SLOW},gone2020paper")
    expect(page.get_by_text("This list came with a link: 1 paper.", exact=True)).to_be_visible()
    expect(page.get_by_text("Of the link, 1 id is not in this collection.")).to_be_visible()
    page.get_by_role("button", name="Keep as my list").click()
    expect(page.locator(".gl-offer")).to_be_hidden()
    assert listed(page) == basket(page) == [SLOW]
    page.goto(f"{toy_address}papers/")
    page.goto(f"{toy_address}picks/#ids=gone2020paper,gone2021paper")
    expect(page.locator(".gl-offer")).to_have_text("Of the link, 2 ids are not in this collection.")
    assert listed(page) == [SLOW]


def test_a_link_is_read_where_the_index_fails(page: Page, toy_address: str) -> None:
    page.route("**/cite/lookup/*", lambda route: route.fulfill(status=503))
    page.goto(f"{toy_address}picks/#ids={SLOW},{FAST}")
    assert listed(page) == [SLOW, FAST]


def test_an_empty_list_says_how_to_fill_it(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}picks/")
    expect(page.get_by_text("Nothing is picked yet.")).to_be_visible()


def test_the_dialect_is_remembered(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/{FAST}/")
    expect(page.locator("#bibtex")).to_contain_text("archiveprefix")
    page.get_by_role("radio", name="biblatex").check()
    expect(page.locator("#bibtex")).to_contain_text("eprinttype")
    expect(page.locator("#bibtex")).to_contain_text("Müller-Ångström")
    page.reload()
    expect(page.locator("#bibtex")).to_contain_text("eprinttype")
    assert page.locator(".gl-links a[data-dialect]").get_attribute("href") == f"../../papers/{FAST}.biblatex.bib"
    assert page.evaluate("localStorage.getItem('gloss./gloss/dialect')") == "biblatex"
    page.get_by_role("radio", name="BibTeX", exact=True).check()
    expect(page.locator("#bibtex")).to_contain_text("archiveprefix")


def test_another_bibliography_of_the_host_has_its_own_list(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/")
    page.evaluate("localStorage.setItem('gloss./other/picks', JSON.stringify(['example2023fast']))")
    page.reload()
    expect(page.locator("[data-picks]").first).to_have_attribute("aria-label", "Pick list")
    expect(page.locator("[data-picks-count]")).to_have_text("")


def test_without_a_connection_the_page_says_that_a_dialect_is_missing(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/{FAST}/")
    page.context.set_offline(True)
    page.get_by_role("radio", name="biblatex").check()
    expect(page.locator("#bibtex")).to_have_text("The biblatex form could not be loaded.")
    page.get_by_role("radio", name="BibTeX", exact=True).check()
    expect(page.locator("#bibtex")).to_contain_text("archiveprefix")


ET_AL = {
    "apa": "Chen, Y., Li, W., et al. (2023)",
    "mla": "Chen, Y., et al. “",
    "chicago": "Chen, Y., W. Li, et al. 2023.",
    "ieee": "Y. Chen, W. Li <i>et al.</i>, “",
    "acm": "Y. Chen, W. Li et al. 2023.",
    "nature": "Chen, Y., Li, W. <i>et al.</i> ",
}


def test_an_incomplete_list_of_authors_ends_in_et_al(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}picks/")
    made = page.evaluate(
        """async (styles) => {
          const { references } = await import(new URL("../assets/js/cite/references.js", location.href));
          const known = [{ family: "Chen", given: "Y." }, { family: "Li", given: "W." }];
          const items = [1, 2].map((number) => ({
            id: `x${number}`, type: "paper-conference", title: "And Others", issued: { "date-parts": [[2023]] },
            author: [...known.slice(0, number), { literal: "others" }] }));
          const made = {};
          for (const style of styles) made[style] = (await references(items, style)).map((one) => one.innerHTML);
          return made;
        }""",
        list(ET_AL),
    )
    for style, ending in ET_AL.items():
        one, two = sorted(made[style], key=lambda text: "Li" in text)
        assert ending in two, style
        assert re.search(r"Chen(, Y\.)?,? (<i>)?et al\.(</i>)?,? [^.,]", one), style
        assert not re.search("[\ue000-\uf8ff]|others and| and others[,.]|& others", one + two), style


def test_references_in_six_styles(page: Page, toy_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{toy_address}papers/{FAST}/")
    assert not [url for url in loaded if "vendor" in url]
    page.get_by_text("Formatted reference").click()
    seen: set[str] = set()
    last = ""
    for style in ("apa", "mla", "chicago", "ieee", "acm", "nature"):
        page.get_by_label("Citation style").select_option(style)
        expect(page.locator(".gl-reference")).not_to_have_text(last)
        last = page.locator(".gl-reference").text_content() or ""
        assert "Example" in last, style
        assert "O(n log n)" in last, f"{style} changes the case of a formula"
        seen.add(last)
    assert len(seen) == 6
    page.get_by_role("button", name="Copy text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("1. Example, A.")
    page.get_by_role("button", name="Copy HTML").click()
    assert copied(page, COPIED_TEXT, lambda text: text.startswith("<p>")).rstrip().endswith("</p>")


COPIED_TEXT = "() => navigator.clipboard.readText().catch(() => '')"
COPIED_HTML = """async () => {
  try {
    const [item] = await navigator.clipboard.read();
    const html = await (await item.getType("text/html")).text();
    return new DOMParser().parseFromString(html, "text/html").body.textContent;
  } catch {
    return ""; // the browser refuses what is still being written
  }
}"""
"""What a word processor would paste."""


def copied(page: Page, read: str, wanted: Callable[[str], object]) -> str:
    """Return what the clipboard holds as soon as it is wanted: the page writes it some time after the click.

    `wait_for_function` is no help: it takes the promise of a text for an answer.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not wanted(found := str(page.evaluate(read))):
        assert time.monotonic() < end, found
        page.wait_for_timeout(50)
    return found


def test_the_pick_list_as_references_in_six_styles(page: Page, toy_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_picks(page, toy_address, FAST, SLOW)
    page.context.set_offline(True)
    page.get_by_text("Formatted references").click()
    buttons = page.locator(".gl-references .gl-bar button")
    expect(buttons).to_have_count(2)
    copy_text, copy_html = buttons.all()
    texts: set[str] = set()
    for style in ("apa", "mla", "chicago", "ieee", "acm", "nature"):
        page.get_by_label("Citation style").select_option(style)
        expect(page.locator(".gl-references-list")).not_to_have_attribute("aria-busy", "true")
        expect(page.locator(".gl-reference")).to_have_count(2)
        page.evaluate("navigator.clipboard.writeText('')")
        copy_text.click()
        text = copied(page, COPIED_TEXT, bool)
        copy_html.click()
        copied(page, COPIED_TEXT, lambda text: text.startswith("<p>"))
        for found in (text, copied(page, COPIED_HTML, bool)):
            assert re.search("FastBlock: stacking", found, re.IGNORECASE), style
            assert re.search("Slow and steady towers", found, re.IGNORECASE), style
            assert "Example" in found, style
        assert len(text.strip().splitlines()) == 2
        texts.add(text)
    assert len(texts) == 6


def test_a_title_with_angle_brackets_is_listed_whole(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, MATH)
    expect(page.locator(".gl-pick a")).to_contain_text("a < b > c")


def test_references_hold_no_markup_but_that_of_styles(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}picks/")
    html = page.evaluate(
        """async () => {
          const { references } = await import(new URL("../assets/js/cite/references.js", location.href));
          const item = { id: "x", type: "book",
                         title: "<img src=x onerror=alert(1)> <script>1</script> <i>kept</i> <b onclick=1>b</b>",
                         author: [{ family: "<iframe>", given: "A" }], URL: "javascript:alert(1)",
                         issued: { "date-parts": [[2020]] } };
          return (await references([item], "apa")).map((reference) => reference.outerHTML).join("");
        }"""
    )
    assert ">kept</span>" in html  # Upright within an italic title.
    for bad in ("<img", "<script", "<iframe", "onclick=1>", 'href="javascript'):
        assert bad not in html


def test_ticks_tell_the_list_after_back_to_a_page_that_is_loaded_anew(page: Page, toy_address: str) -> None:
    """As in a browser without a cache of pages left, which this one has turned off: it fills in forms as they were."""
    page.goto(f"{toy_address}papers/")
    here = page.locator(".gl-tick input")
    page.locator(f'[data-paper="{FAST}"] .gl-tick input').check()
    page.goto(f"{toy_address}papers/{SLOW}/")
    page.get_by_label("Pick", exact=True).check()
    page.evaluate("localStorage.setItem('gloss./gloss/picks', JSON.stringify(['sample2024slow', 'z2024math']))")
    page.go_back()
    expect(page.locator("[data-picks-count]")).to_have_text("2")
    page.wait_for_load_state("networkidle")
    ticked = here.evaluate_all("boxes => boxes.filter((box) => box.checked).map((box) => box.value)")
    assert sorted(ticked) == [SLOW, MATH]


def test_ones_own_list_of_earlier_is_not_taken_for_one_that_came_with_a_link(page: Page, toy_address: str) -> None:
    open_picks(page, toy_address, FAST, SLOW)
    assert listed(page) == [FAST, SLOW]
    page.locator(f'[data-id="{SLOW}"] a').click()
    page.get_by_label("Pick", exact=True).uncheck()
    page.go_back()
    assert listed(page) == [FAST]
    expect(page.locator(".gl-offer")).to_be_hidden()
    assert page.url.endswith(f"picks/#ids={FAST}")
    pick(page, MATH)
    page.reload()
    assert listed(page) == [MATH]
    expect(page.locator(".gl-offer")).to_be_hidden()


def test_a_link_stays_a_link_after_reload_and_in_another_tab(page: Page, toy_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_picks(page, toy_address, FAST, SLOW)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.url
    pick(page, MATH)
    other = page.context.new_page()
    other.goto(address)
    for again in (False, True):
        if again:
            other.reload()
        assert listed(other) == [FAST, SLOW]
        expect(other.get_by_text("This list came with a link: 2 papers.")).to_be_visible()
    other.get_by_role("button", name="Show my list").click()
    expect(other.locator(".gl-offer")).to_be_hidden()
    other.reload()
    assert listed(other) == [MATH]


FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
"""Nothing more can be stored; what was stored is still there."""


def test_where_storage_is_full_a_tick_holds_as_long_as_the_page(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}papers/")
    pick(page, FAST)
    page.evaluate(FULL)
    for id_, checked, number in ((SLOW, True, "2"), (FAST, False, "1")):
        page.locator(f'[data-paper="{id_}"] .gl-tick input').set_checked(checked)
        expect(page.locator("[data-picks-count]")).to_have_text(number)
        expect(page.locator(f'[data-paper="{id_}"] .gl-tick input')).to_be_checked(checked=checked)
    assert basket(page) == [FAST]


def test_a_list_that_could_not_be_kept_is_still_in_the_address(page: Page, toy_address: str) -> None:
    page.add_init_script(FORBIDDEN)
    page.goto(f"{toy_address}picks/#ids={FAST},{SLOW}")
    page.get_by_role("button", name="Keep as my list").click()
    expect(page.get_by_role("button", name="Keep as my list")).to_have_count(0)
    expect(page.locator(".gl-offer")).to_have_text(
        "This browser keeps nothing for this site: what is ticked on a page is forgotten when one leaves it."
    )
    page.reload()
    assert listed(page) == [FAST, SLOW]


@pytest.mark.parametrize(
    ("own", "label", "left"),
    [
        ([], "Keep as my list", 2),
        ([MATH], "Add to my list", 3),
        ([MATH], "Replace my list", 2),
        ([MATH], "Show my list", 1),
        ([MATH], "Clear", 0),
    ],
)
def test_focus_goes_to_the_list_that_a_button_leaves(
    page: Page, toy_address: str, own: list[str], label: str, left: int
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{toy_address}papers/")
    pick(page, *own)
    page.goto(f"{toy_address}picks/" + ("" if label == "Clear" else f"#ids={FAST},{SLOW}"))
    page.get_by_role("button", name=label).press("Enter")
    expect(page.locator(".gl-pick:visible")).to_have_count(left)
    said = f"{left} papers" if left > 1 else "1 paper" if left else "Nothing is picked yet."
    expect(page.locator(":focus")).to_contain_text(said)


def test_a_jump_within_the_page_leaves_a_shared_list(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}picks/#ids={FAST},{SLOW}")
    expect(page.locator("[data-picks-page]")).to_have_attribute("data-shared", "true")
    page.locator(".md-skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{toy_address}picks/#ids={FAST},{SLOW}")
    expect(page.locator("[data-picks-page]")).to_have_attribute("data-shared", "true")
    expect(page.locator(".gl-pick")).to_have_count(2)
