"""The table in the browser: sorting, filters, the address, the downloads, and 20,000 rows."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bibtexparser import parse_string  # type: ignore[attr-defined]
from playwright.sync_api import Page, Route, expect

from gen.collection import Collection
from gen.record import Record
from gen.text.fold import fold

pytestmark = pytest.mark.browser

ROWS = ".gl-browse tbody tr[data-paper]"


@pytest.fixture
def browse(page: Page, real_address: str) -> Callable[[str], Page]:
    """Open the table of the real site in a state."""

    def go(query: str = "") -> Page:
        page.goto(f"{real_address}browse/{query}")
        expect(page.locator("[data-status]")).not_to_contain_text("Loading")
        return page

    return go


def ids(page: Page) -> list[str]:
    return [str(row.get_attribute("data-paper")) for row in page.locator(ROWS).all()]


def saved(page: Page, kind: str) -> str:
    with page.expect_download() as download:
        page.click(f"[data-download={kind}]")
    return Path(download.value.path()).read_bytes().decode()


def test_columns_sort_both_ways(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("")
    assert ids(page)[:20] == [record.id for record in real.newest[:20]]
    head = page.locator("th", has=page.get_by_role("button", name="Year"))
    expect(head).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Year").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    oldest = min(record.year for record in real.newest)
    assert real.records[ids(page)[0]].year == oldest
    page.get_by_role("button", name="Paper").click()
    titles = page.locator(f"{ROWS} .gl-browse-title a").all_text_contents()
    assert titles == page.evaluate(
        "titles => titles.sort(new Intl.Collator('en', {numeric: true}).compare)", list(titles)
    )
    assert page.url.endswith("?sort=title")


def test_filters_narrow_and_stand_in_the_address(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("")
    page.select_option("[name=topic]", "speculative-decoding")
    expected = {record.id for record in real.by_topic["speculative-decoding"]}
    assert set(ids(page)) == expected
    page.check("[name=code]")
    page.fill("[name=from]", "2024")
    expected = {
        record.id
        for record in real.by_topic["speculative-decoding"]
        if record.links.code and record.year >= 2024
    }  # fmt: skip
    assert set(ids(page)) == expected
    expect(page.locator("[data-status]")).to_have_text(f"{len(expected)} of {len(real.records)} papers")
    address = page.url
    assert address.endswith("browse/?topic=speculative-decoding&from=2024&code=1")
    page.reload()
    expect(page.locator(ROWS)).to_have_count(len(expected))
    page.locator(f"{ROWS} .gl-browse-title a").first.click()
    page.wait_for_url("**/papers/*/")
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(len(expected))
    assert page.url == address
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-status]")).to_have_text(f"{len(real.records)} papers")
    assert page.url.endswith("browse/")


def searched(record: Record) -> str:
    """The text that the field for words looks in."""
    return fold(
        " ".join(
            [record.title, record.system or "", record.id, record.notice.kind if record.notice else "", *record.authors]
        )
    )


def asks(record: Record) -> dict[str, bool]:
    """Whether a paper passes each filter of `FILTERS`, by the records themselves."""
    return {
        "q": all(word in searched(record) for word in ("a", "tuning")),
        "topic": "adapters-and-prompt-tuning" in record.topics,
        "venue": record.venue == "iclr",
        "kind": record.kind == "method",
        "from": record.year >= 2023,
        "to": record.year <= 2024,
        "code": bool(record.links.code),
    }


FILTERS = {
    "q": "A  TÚNING",
    "topic": "adapters-and-prompt-tuning",
    "venue": "iclr",
    "kind": "method",
    "from": "2023",
    "to": "2024",
    "code": "1",
}
TOGETHER = [[name] for name in FILTERS] + [["from", "to"], ["q", "kind", "code"], ["topic", "to"], list(FILTERS)]


def test_each_filter_alone_and_with_others_keeps_what_it_says(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("")
    for names in TOGETHER:
        page.get_by_role("button", name="Clear").click()
        expect(page.locator("[data-status]")).to_have_text(f"{len(real.records)} papers")
        for name in names:
            field = page.locator(f"[name={name}]")
            if name == "code":
                field.check()
            elif name in ("topic", "venue", "kind"):
                field.select_option(FILTERS[name])
            else:
                field.fill(FILTERS[name])
        expected = {record.id for record in real.newest if all(asks(record)[name] for name in names)}
        assert 0 < len(expected) < len(real.records), names
        expect(page.locator("[data-status]")).to_have_text(f"{len(expected)} of {len(real.records)} papers")
        assert set(parse_qs(urlsplit(page.url).query)) == set(names)
        assert {row["id"] for row in csv.DictReader(io.StringIO(saved(page, "csv"), newline=""))} == expected


@pytest.mark.parametrize("column", ["Venue", "Kind"])
def test_rows_without_a_value_stand_last_in_either_direction(
    browse: Callable[[str], Page], real: Collection, column: str
) -> None:
    page = browse("?q=a&from=2024&topic=low-rank-adaptation")

    def shown() -> list[str]:
        papers = (real.records[name] for name in ids(page))
        return [
            (real.venues[paper.venue].short if paper.venue else "") if column == "Venue" else paper.kind or ""
            for paper in papers
        ]

    button = page.get_by_role("button", name=column)
    button.click()
    forth = shown()
    button.click()
    back = shown()
    given = sorted(filter(None, forth), key=str.lower)
    rest = [""] * (len(forth) - len(given))
    assert len(given) > 2
    assert rest or column == "Kind"
    assert forth == given + rest
    assert back == given[::-1] + rest
    expect(page.locator("th[aria-sort]")).to_have_text(column)
    assert page.url.endswith(f"&sort=-{column.lower()}")
    page.reload()
    expect(page.locator("th[aria-sort=descending]")).to_have_text(column)
    assert shown() == back


def test_the_keyboard_alone_filters_sorts_and_opens(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("")
    page.locator("[name=q]").focus()
    page.keyboard.type("learning")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("ICLR")
    expect(page.locator("[name=venue]")).to_have_value("iclr")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator("[name=code]")).to_be_focused()
    page.keyboard.press("Space")
    expected = [
        record
        for record in real.newest
        if "learning" in searched(record) and record.venue == "iclr" and record.links.code
    ]
    expect(page.locator(ROWS)).to_have_count(len(expected))
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Paper")).to_be_focused()
    page.keyboard.press("Enter")
    assert real.records[ids(page)[0]].title == min((record.title for record in expected), key=str.lower)
    first = ids(page)[0]
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator(ROWS).first.locator(".gl-browse-title a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/papers/{first}/")


def test_tab_goes_through_rows_that_are_not_there_yet(browse: Callable[[str], Page]) -> None:
    page = browse("")
    page.get_by_role("button", name="Kind").focus()
    rows = []
    for _ in range(200):
        page.keyboard.press("Tab")
        rows.append(page.evaluate("document.activeElement.closest('tr')?.ariaRowIndex"))
    reached = list(dict.fromkeys(rows))
    assert reached == [str(place) for place in range(2, len(reached) + 2)]
    assert len(reached) > 35


def test_the_bib_file_is_in_the_chosen_dialect(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("?topic=long-context")
    page.evaluate("localStorage.setItem('gloss./gloss/dialect', 'biblatex')")
    page.reload()
    expect(page.locator(ROWS)).not_to_have_count(0)
    text = saved(page, "bib")
    assert "\n  date " in text
    assert "\n  year " not in text
    assert len(parse_string(text).entries) == len(real.by_topic["long-context"])


def test_preprints_and_kinds_can_be_asked_for(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("?venue=none&kind=survey")
    assert set(ids(page)) == {
        record.id for record in real.newest if record.venue is None and record.kind == "survey"
    }  # fmt: skip


def test_text_is_found_in_titles_systems_and_authors_without_accents(
    browse: Callable[[str], Page], real: Collection
) -> None:
    page = browse("?q=farach-colton+OPEN")
    assert [real.records[name].title for name in ids(page)] == ["Optimal Bounds for Open Addressing Without Reordering"]
    page.fill("[name=q]", "martin farach")
    assert len(ids(page)) >= 1
    page.fill("[name=q]", "no such paper anywhere")
    expect(page.locator(ROWS)).to_have_count(0)
    expect(page.locator("[data-download=bib]")).to_be_disabled()


def test_an_address_with_nonsense_shows_everything(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("?topic=none-such&sort=colour&from=12&code=7")
    expect(page.locator("[data-status]")).to_have_text(f"{len(real.records)} papers")
    expect(page.locator("[name=from]")).to_have_value("")


def test_years_make_a_range_in_either_order_and_none_is_shown_in_vain(
    browse: Callable[[str], Page], real: Collection
) -> None:
    page = browse("?from=2024&to=2023")
    expected = sum(2023 <= record.year <= 2024 for record in real.records.values())
    expect(page.locator("[data-status]")).to_have_text(f"{expected} of {len(real.records)} papers")
    page.fill("[name=to]", "")
    page.fill("[name=from]", "99999")
    expect(page.locator("[data-status]")).to_have_text(f"0 of {len(real.records)} papers")


@pytest.mark.parametrize("query", ["", "?topic=long-context", "?q=farach-colton"])
def test_what_is_shown_downloads_as_bibtex(browse: Callable[[str], Page], real: Collection, query: str) -> None:
    page = browse(query)
    library = parse_string(saved(page, "bib"))
    assert library.failed_blocks == []
    shown = int((page.locator("[data-status]").text_content() or "").split()[0])
    assert len(library.entries) == len({entry.key for entry in library.entries}) == shown
    assert {entry.key for entry in library.entries} >= set(ids(page))


def test_what_is_shown_downloads_as_csv(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("?topic=long-context&sort=title")
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv"), newline="")))
    assert {row["id"] for row in rows} == {record.id for record in real.by_topic["long-context"]}
    assert [row["id"] for row in rows][: len(ids(page))] == ids(page)
    for row in rows:
        record = real.records[row["id"]]
        assert row["year"] == str(record.year)
        assert row["arxiv"] == (record.arxiv or "")
        assert row["page"].endswith(f"/papers/{record.id}/")
        assert len(row["authors"].split("; ")) == len(record.authors)


def test_what_became_of_a_paper_is_told(page: Page, toy_address: str, toy: Collection) -> None:
    page.goto(f"{toy_address}browse/?q=retracted")
    [retracted] = [record.id for record in toy.records.values() if record.notice and record.notice.kind == "retracted"]
    expect(page.locator(ROWS)).to_have_count(1)
    row = page.locator(f"[data-paper='{retracted}']")
    expect(row.locator(".gl-noticed")).to_have_text("retracted")
    [line] = csv.DictReader(io.StringIO(saved(page, "csv"), newline=""))
    assert (line["id"], line["notice"]) == (retracted, "retracted")


def test_a_spreadsheet_takes_no_cell_for_a_formula(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}browse/")
    paper = {
        "id": "x2020y", "title": '=1+1, "quoted"', "authors": ["@a", "b"], "year": 2020, "venue": None, "kind": None,
        "topics": [["t", "+t"]], "notice": "", "system": "-s", "arxiv": "", "doi": "\tx\ny", "code": "", "added": "",
    }  # fmt: skip
    text = page.evaluate(
        "async paper => (await import(new URL('../assets/js/browse/download.js', location))).csv([paper])", paper
    )
    [head, row] = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = dict(zip(head, row, strict=True))
    assert found["title"] == '\'=1+1, "quoted"'
    assert (found["authors"], found["topics"], found["system"]) == ("'@a; b", "'+t", "'-s")
    assert found["doi"] == "'\tx\ny"
    assert text.endswith("\r\n")


def many(number: int) -> str:
    """Data of many invented papers."""
    columns = {
        "id": [f"p{row}" for row in range(number)],
        "title": [f"Paper {row * 7919 % number}" for row in range(number)],
        "year": [1990 + row % 37 for row in range(number)],
        "authors": [[row % 5000] for row in range(number)],
        "venue": [row % 50 - 1 for row in range(number)],
        "kind": [row % 3 for row in range(number)],
        "topics": [[row % 20] for row in range(number)],
        "added": [-1] * number,
        "system": {}, "notice": {}, "code": {}, "arxiv": {}, "doi": {},
    }  # fmt: skip
    dictionaries = {
        "authors": [f"Ada Example{place}" for place in range(5000)],
        "venue": [[f"v{place}", f"V{place}"] for place in range(50)],
        "kind": [["method", "method"], ["survey", "survey"], ["theory", "theory"]],
        "topics": [[f"t{place}", f"Topic {place}"] for place in range(20)],
        "added": [],
    }
    return json.dumps({"rows": number, "columns": columns, "dictionaries": dictionaries})


def test_of_20_000_rows_only_those_in_sight_are_in_the_page(page: Page, toy_address: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body=many(20_000), content_type="application/json")

    page.route("**/browse/papers.json", answer)
    page.goto(f"{toy_address}browse/?sort=title")
    expect(page.locator("[data-status]")).to_have_text("20,000 papers")
    expect(page.locator(ROWS).first).to_have_attribute("data-paper", "p0")
    seen = []
    for share in (0, 0.3, 1, 0.5):
        page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)
        page.wait_for_timeout(100)
        assert page.locator(".gl-browse tr").count() <= 100
        rows = [int(row.get_attribute("aria-rowindex") or 0) for row in page.locator(ROWS).all()]
        assert rows == list(range(rows[0], rows[0] + len(rows)))
        box = page.locator(ROWS).first.bounding_box()
        assert box
        assert box["y"] <= 900
        seen.append(rows[0])
    assert seen[0] == 2
    assert seen[2] + 100 > 20_000
    assert 9_000 < seen[3] < 11_000
    expect(page.locator("table.gl-browse")).to_have_attribute("aria-rowcount", "20001")
    page.fill("[name=q]", "example42")
    expect(page.locator("[data-status]")).to_contain_text("of 20,000 papers")
    expect(page.locator(ROWS).first).to_be_in_viewport()


def test_rows_have_the_height_that_is_reckoned_with(browse: Callable[[str], Page]) -> None:
    page = browse("")
    for width in (1440, 1000, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        heights = page.eval_on_selector_all(ROWS, "rows => rows.map(row => row.getBoundingClientRect().height)")
        assert max(heights) - min(heights) < 1, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_the_page_leads_elsewhere(toy_site: Path) -> None:
    html = (toy_site / "browse" / "index.html").read_text(encoding="utf-8")
    notice = html.partition('<p class="gl-instead">')[2].partition("</p>")[0]
    assert "needs JavaScript" in notice
    assert 'href="../papers/"' in notice


def test_what_stands_in_place_of_the_table_is_seen_only_where_its_script_does_not_come(
    page: Page, toy_address: str
) -> None:
    page.goto(f"{toy_address}browse/")
    expect(page.locator(".gl-browse")).to_be_visible()
    expect(page.locator(".gl-instead")).to_be_hidden()
    page.route("**/browse/virtual.js", lambda route: route.abort())
    page.reload()
    expect(page.locator(".gl-instead")).to_be_visible()
    expect(page.locator(".gl-browse")).to_be_hidden()


def test_without_its_data_nothing_of_the_table_can_be_used(page: Page, toy_address: str) -> None:
    page.route("**/browse/papers.json", lambda route: route.fulfill(status=503))
    page.goto(f"{toy_address}browse/")
    expect(page.locator("[data-status]")).to_have_text("The table could not be loaded. Reload the page to try again.")
    expect(page.locator("[data-browse] :is(input, select, button)")).not_to_have_count(0)
    expect(page.locator("[data-browse] :is(input, select, button):enabled")).to_have_count(0)


def test_all_rows_are_printed(browse: Callable[[str], Page], real: Collection) -> None:
    page = browse("")
    page.evaluate(
        """rows => addEventListener("beforeprint", () => {
          window.printed = document.querySelectorAll(rows).length;
          window.held = [...document.querySelectorAll(".gl-browse-space")].filter((row) => !row.hidden).length;
        })""",
        ROWS,
    )
    page.pdf(format="A4")
    assert page.evaluate("[printed, held]") == [len(real.records), 0]
    page.wait_for_function("rows => document.querySelectorAll(rows).length < 100", arg=ROWS)
    page.emulate_media(media="print")
    lines = page.locator(f"{ROWS} .gl-browse-line:visible")
    assert lines.evaluate_all("lines => lines.every((line) => getComputedStyle(line).whiteSpace === 'normal')")
    assert page.locator(".gl-browse thead th").first.evaluate("head => getComputedStyle(head).position") == "static"


def test_a_venue_is_read_whole_or_cut_before_the_next_column(browse: Callable[[str], Page]) -> None:
    page = browse("")
    page.set_viewport_size({"width": 1400, "height": 900})
    venues = page.locator(f"{ROWS} .gl-browse-venue > a")
    gaps = """links => links.map((link) => {
      const kind = link.closest("tr").querySelector(".gl-browse-kind").getBoundingClientRect();
      return kind.left - link.getBoundingClientRect().right;
    })"""
    assert min(venues.evaluate_all(gaps)) > 8
    whole = "links => links.every((link) => link.scrollWidth <= link.clientWidth)"
    assert venues.filter(has_text="Workshops").count() > 0
    assert venues.filter(has_text="Workshops").evaluate_all(whole)
    style = venues.first.evaluate("link => getComputedStyle(link).textOverflow + getComputedStyle(link).overflow")
    assert style == "ellipsishidden"
