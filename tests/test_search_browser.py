"""Search in the browser: the dialog, the page, facets and sorting, the state in the address, forgiven spellings."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, Route, expect

from gen.collection import Collection
from gen.scripts import FOLDER, served
from gen.search import fields, stem
from gen.text.fold import fold
from tests.conftest import PROJECT

pytestmark = pytest.mark.browser

QUERIES = yaml.safe_load((PROJECT / "bench" / "search" / "queries.yaml").read_text(encoding="utf-8"))

ASK = """
async ([root, queries]) => {
  const { Index } = await import(`${root}assets/js/search/engine.js`);
  const index = new Index(root), answers = [];
  for (const query of queries) {
    const found = await index.search(query);
    answers.push((await index.shown(found.slice(0, 10).map(({ number }) => number))).map(({ id }) => id));
  }
  return answers;
}
"""


def papers(page: Page) -> list[str]:
    return [item.get_attribute("data-paper") or "" for item in page.locator("#results [data-paper]").all()]


def choice(page: Page, facet: str, value: str) -> Locator:
    details = page.locator(f'[data-facet="{facet}"]')
    if not details.evaluate("(node) => node.open"):
        details.locator("summary").click()
    return page.locator(f'[data-key="{facet}:{value}"]')


# The ranking

FIRST = [
    ("fastblock", {"example2023fast", "example2024same", "example2024other"}),
    ("Fast-Block", {"example2023fast", "example2024same", "example2024other"}),
    ("fast block", {"example2023fast", "example2024same", "example2024other"}),  # one word, written as two
    ("example2022fast", {"example2023fast"}),  # a former id
    ("FastBlock: Stacking, Fast", {"example2023fast"}),  # also_titled
    ("angstrom", {"example2023fast"}),
    ("Ångström", {"example2023fast"}),
    ("zwolf towers relate", {"example2024other"}),
    ("spielzeugkorpus", {"org2022toy"}),
    ("volunters counting bridges", {"org2022toy"}),  # a letter is missing
    ("brigde pictures", {"org2022toy"}),  # two letters swapped
    ("what is the best way of counting blocks in pictures", {"org2022toy"}),
    ("photographicaly", {"org2022toy"}),  # a slip in an ending, which is then not taken off
    ("spielz", {"org2022toy"}),  # not finished yet
    ("小龙", {"li2019chapter"}),
    ("émile", {"o2019report"}),
    ("2401.00002", {"sample2024slow"}),
    ("https://arxiv.org/pdf/2401.00002v3.pdf", {"sample2024slow"}),
    ("arXiv:2401.00002v3 [cs.CL]", {"sample2024slow"}),
    ("https://doi.org/10.48550/arXiv.2401.00002", {"sample2024slow"}),
    ("10.1234/TOY.2", {"example2024other"}),
    ("https://doi.org/10.1234/toy_(1)?from=blocks", {"example2023fast"}),
]
NOTHING = ["", "   ", "?!", "the of which", "=", "constructor", "qqqqqqqqqq", "𝕏" * 40, "arxiv.org/abs/2401.00009"]


def test_found_first(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}about/")
    answers = page.evaluate(ASK, [toy_address, [query for query, _ in FIRST]])
    wrong = {
        query: found
        for (query, papers), found in zip(FIRST, answers, strict=True)
        if not found or found[0] not in papers
    }
    assert wrong == {}


def test_nothing_is_found_for_nothing(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}about/")
    assert page.evaluate(ASK, [toy_address, NOTHING]) == [[]] * len(NOTHING)


def test_browser_and_generator_stem_alike(page: Page, toy_address: str, real: Collection) -> None:
    texts = " ".join(text for record in real.records.values() for _, text in fields(record, real))
    names = sorted({*re.findall(r"[^\W_]+", texts), "Łódź", "Straße", "Øster", "ﬁne", "biology", "possibly", "stably"})
    page.goto(f"{toy_address}about/")
    script = """
    async ([root, names]) => {
      const { fold, stem } = await import(`${root}assets/js/search/engine.js`);
      return names.map((name) => [name, fold(name), stem(fold(name))]);
    }
    """
    answers = page.evaluate(script, [toy_address, names])
    assert [answer for answer in answers if answer != [answer[0], fold(answer[0]), stem(fold(answer[0]))]] == []


def test_known_papers_are_found(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}about/")
    answers = page.evaluate(ASK, [real_address, [query["query"] for query in QUERIES]])
    missed = [
        query["query"]
        for query, found in zip(QUERIES, answers, strict=True)
        if not set(found[:3]) & set(query["answers"])
    ]
    assert len(missed) <= 8, missed  # `make bench-search` tells how many exactly


def test_a_slip_in_a_common_word_still_finds_its_papers(page: Page, real_address: str, real: Collection) -> None:
    """Every letter of frequent words left out, written twice, or written after the next one."""
    titles = Counter(word for record in real.newest for word in set(re.findall("[a-z]{7,}", fold(record.title))))
    slips: dict[str, str] = {}
    for word in sorted(titles, key=lambda word: (-titles[word], word))[:30]:
        for at in range(2, len(word) - 1):
            head, here, after, tail = word[:at], word[at], word[at + 1], word[at + 2 :]
            made = (after + tail, here + here + after + tail, after + here + tail)
            slips |= {head + rest: word for rest in made}
    slips = {slip: word for slip, word in slips.items() if slip not in titles}
    page.goto(f"{real_address}about/")
    words = sorted(set(slips.values()))
    right = dict(zip(words, page.evaluate(ASK, [real_address, words]), strict=True))
    answers = page.evaluate(ASK, [real_address, list(slips)])
    lost = [
        slip for (slip, word), found in zip(slips.items(), answers, strict=True) if not set(found) & set(right[word])
    ]
    assert len(lost) < len(slips) / 8, lost


SPELLINGS = {
    "optimisation": "optimization",
    "optimiser": "optimizer",
    "behaviour": "behavior",
    "neighbourhood": "neighborhood",
    "analyse": "analyze",
}


def test_both_spellings_find_the_same(page: Page, real_address: str) -> None:
    """Though each stands somewhere."""
    page.goto(f"{real_address}about/")
    british = page.evaluate(ASK, [real_address, list(SPELLINGS)])
    assert british == page.evaluate(ASK, [real_address, list(SPELLINGS.values())])
    assert all(british)


def test_queries_are_a_hundred_and_their_papers_exist(real: Collection) -> None:
    assert len({query["query"] for query in QUERIES}) == 100
    assert {answer for query in QUERIES for answer in query["answers"]} <= set(real.records)


# The dialog


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_keyboard_alone_leads_to_a_paper(page: Page, toy_address: str, key: str) -> None:
    page.goto(f"{toy_address}topics/towers/")
    page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("spielzeug")
    expect(dialog.locator("[data-paper]").first).to_have_attribute("data-paper", "org2022toy")
    expect(dialog.get_by_role("status")).to_have_text("1 paper")
    page.keyboard.press("ArrowDown")
    expect(dialog.locator("[data-paper=org2022toy] a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{toy_address}papers/org2022toy/")


def test_the_header_opens_the_dialog_and_escape_closes_it(page: Page, toy_address: str) -> None:
    page.goto(toy_address)
    link = page.locator(".gl-search-open")
    link.click()
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_arrow_keys_lead_on_from_the_hit_that_is_ticked(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}topics/towers/")
    page.keyboard.press("/")
    page.keyboard.type("blocks")
    hits = page.locator("dialog [data-paper]")
    expect(hits.nth(1)).to_be_visible()
    hits.first.get_by_role("checkbox").focus()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1).get_by_role("link")).to_be_focused()
    page.get_by_role("button", name="Close").focus()
    page.keyboard.press("ArrowDown")
    expect(hits.first.get_by_role("link")).to_be_focused()


def test_a_page_with_a_part_named_search_or_query_has_the_dialog(page: Page, toy_address: str) -> None:
    parts = '<i id="search"></i><i id="query"></i>'
    page.route(
        f"{toy_address}about/", lambda route: route.fulfill(body=route.fetch().text().replace("<h1", f"{parts}<h1"))
    )
    page.goto(f"{toy_address}about/")
    expect(page.locator("#query")).to_be_attached()
    page.keyboard.press("/")
    page.keyboard.type("spielzeug")
    expect(page.locator("dialog [data-paper]")).to_have_count(1)


def test_a_key_with_shift_is_left_to_the_browser(page: Page, toy_address: str) -> None:
    """Firefox opens its console by it."""
    page.goto(f"{toy_address}about/")
    press = """shiftKey => dispatchEvent(
      new KeyboardEvent("keydown", { key: "K", ctrlKey: true, shiftKey, cancelable: true })
    )"""
    assert [page.evaluate(press, shift) for shift in (True, False)] == [True, False]


def test_enter_leads_to_all_results(page: Page, toy_address: str) -> None:
    page.goto(toy_address)
    page.keyboard.press("/")
    page.keyboard.type("blocks & towers")  # the first letters come before the dialog
    expect(page.get_by_role("searchbox")).to_have_value("blocks & towers")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{toy_address}search/?q=blocks+%26+towers")
    expect(page.locator("#query")).to_have_value("blocks & towers")


@pytest.mark.parametrize("key", [None, "/"])
def test_where_the_dialog_cannot_be_loaded_the_search_page_is_opened(
    page: Page, toy_address: str, key: str | None
) -> None:
    page.route("**/search/dialog.js", lambda route: route.abort())
    page.goto(f"{toy_address}topics/towers/")
    page.keyboard.press(key) if key else page.locator(".gl-search-open").click()
    page.wait_for_url(f"{toy_address}search/")


def test_a_slash_that_is_typed_is_a_slash(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/")
    page.locator("#query").press_sequentially("a/b")
    expect(page.locator("#query")).to_have_value("a/b")
    expect(page.locator("dialog")).to_have_count(0)


def test_a_key_stroke_without_a_key_is_no_error(page: Page, toy_address: str) -> None:
    """As Chromium sends one when it fills in a field."""
    page.goto(f"{toy_address}browse/")
    page.locator("[name=q]").evaluate("field => field.dispatchEvent(new Event('keydown', { bubbles: true }))")
    expect(page.locator("dialog")).to_have_count(0)


def test_nothing_of_search_is_loaded_before_it_is_asked_for(page: Page, toy_address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(toy_address)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == []


def test_a_failed_search_says_so_and_works_when_asked_again(page: Page, toy_address: str) -> None:
    page.route(re.compile("/search/.*json"), lambda route: route.abort())
    page.goto(f"{toy_address}search/?q=towers")
    expect(page.locator("#status")).to_contain_text("could not be loaded")
    page.unroute_all()
    page.locator("#query").press_sequentially(" ")
    expect(page.locator("#results [data-paper]").first).to_be_visible()


@pytest.mark.parametrize("kind", ["search/", "about/"])
def test_what_was_found_before_is_not_shown_for_another_question(page: Page, real_address: str, kind: str) -> None:
    page.goto(real_address + kind)
    page.keyboard.press("/")
    field, status = page.get_by_role("searchbox"), page.get_by_role("status")
    found = page.locator(":is(dialog, .gl-search-page) [data-paper]")
    field.fill("sun2023spectr")
    expect(found.first).to_have_attribute("data-paper", "sun2023spectr")
    page.route(re.compile("/search/terms/"), lambda route: route.abort())
    field.fill("attention")
    expect(status).to_contain_text("could not be loaded")
    expect(found).to_have_count(0)


@pytest.mark.parametrize("kind", ["search/", "about/"])
def test_a_slow_search_says_that_it_is_under_way(page: Page, real_address: str, kind: str) -> None:
    page.goto(real_address + kind)
    page.keyboard.press("/")
    field, status, busy = page.get_by_role("searchbox"), page.get_by_role("status"), page.locator("ol[aria-busy=true]")
    field.fill("sun2023spectr")
    expect(status).to_have_text(re.compile(r"\d+ papers?"))
    with answers_late(page, "terms"):
        field.fill("attention")
        expect(status).to_have_text("Searching ...")
        expect(busy).to_have_count(1)
    expect(status).to_have_text(re.compile(r"\d+ papers"))
    expect(busy).to_have_count(0)


@pytest.mark.parametrize("kind", ["search/", "about/"])
@pytest.mark.parametrize("query", ["how", "%"])
def test_a_question_of_common_words_is_told_so(page: Page, toy_address: str, kind: str, query: str) -> None:
    page.goto(toy_address + kind)
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(query)
    expect(page.get_by_role("status")).to_have_text("These words are too common to search for.")


def test_a_site_that_was_updated_meanwhile_is_asked_anew(page: Page, toy_address: str) -> None:
    """Files of the state that a page began with are gone then; the next query begins with the new state."""
    page.goto(f"{toy_address}search/")
    expect(page.locator("#results [data-paper]").first).to_be_visible()
    page.route(re.compile("/search/terms/"), lambda route: route.fulfill(status=404))
    page.locator("#query").fill("spielzeugkorpus")
    expect(page.locator("#status")).to_contain_text("could not be loaded")
    page.unroute_all()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#query").fill("spielzeugkorpus ")
    expect(page.locator("#results [data-paper]").first).to_have_attribute("data-paper", "org2022toy")
    assert any(url.endswith("search/index.json") for url in asked)


# The page


def test_the_address_runs_the_query(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?q=pictures+of+bridges")
    first = page.locator("#results [data-paper]").first
    expect(first).to_have_attribute("data-paper", "org2022toy")
    assert first.locator("mark").all_inner_texts() == ["pictures", "bridges"]
    expect(first.locator(".gl-meta")).to_contain_text("2022")
    first.get_by_role("link").first.click()
    page.wait_for_url(f"{toy_address}papers/org2022toy/")


def test_each_field_that_is_found_is_marked(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?q=fastblock+example+toyconf+2023")
    first = page.locator("#results [data-paper=example2023fast]")
    expect(first.locator(".gl-system mark")).to_have_text("FastBlock")
    assert {"Example", "2023"} <= set(first.locator(".gl-meta mark").all_inner_texts())


def test_back_leads_to_the_question_before(page: Page, toy_address: str) -> None:
    """Submitted or left; not to what was typed on the way."""
    page.goto(f"{toy_address}search/")
    field, sort, status = page.locator("#query"), page.locator("#sort"), page.locator("#status")
    for query in ("spiel", "spielzeug", "spielzeugkorpus"):
        field.fill(query)
        expect(page).to_have_url(f"{toy_address}search/?q={query}")
    field.press("Enter")
    field.press("Enter")
    field.fill("towers")
    expect(page).to_have_url(f"{toy_address}search/?q=towers")
    sort.focus()
    field.fill("bridges")
    expect(page).to_have_url(f"{toy_address}search/?q=bridges")
    sort.select_option("title")
    for query in ("bridges", "towers", "spielzeugkorpus", ""):
        page.go_back()
        expect(field).to_have_value(query)
    expect(status).to_contain_text(re.compile(r"\d\d papers"))


def test_the_order_that_is_told_is_the_one_that_holds(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?sort=toString")
    sort, field = page.locator("#sort"), page.locator("#query")
    expect(sort).to_have_value("newest")
    expect(sort.locator("option[value=relevance]")).to_be_disabled()
    field.fill("towers")
    expect(page).to_have_url(f"{toy_address}search/?q=towers")
    expect(sort).to_have_value("relevance")
    sort.select_option("title")
    field.fill("")
    expect(page).to_have_url(f"{toy_address}search/?sort=title")
    expect(sort).to_have_value("title")


@pytest.mark.parametrize("submitted", [False, True])
def test_the_last_word_of_a_finished_query_is_a_whole_word(page: Page, real_address: str, submitted: bool) -> None:
    status, found = page.locator("#status"), page.locator("#results [data-paper]")
    if submitted:
        page.goto(f"{real_address}search/")
        expect(found.first).to_be_visible()
        page.locator("#query").fill("Kyunghyun Cho")
        expect(page.locator("#results mark", has_text="choice").first).to_be_attached()
        page.locator("#query").press("Enter")
    else:
        page.goto(f"{real_address}search/?q=Kyunghyun+Cho")
    expect(found.first).to_have_attribute("data-paper", "nogueira2019document")
    expect(status).to_have_text(re.compile(r"^\d papers$"))
    expect(page.locator("#results mark", has_text=re.compile("cho[a-z]", re.IGNORECASE))).to_have_count(0)
    found.first.get_by_role("link").first.click()
    expect(page.locator(".gl-byline")).to_contain_text("Kyunghyun Cho")


def test_the_last_word_of_an_address_may_be_half_if_it_stands_nowhere_whole(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?q=pictures+of+brid")
    first = page.locator("#results [data-paper]").first
    expect(first).to_have_attribute("data-paper", "org2022toy")
    assert first.locator("mark").all_inner_texts() == ["pictures", "bridges"]


def test_each_paper_is_listed_once_without_a_query(page: Page, toy_address: str, toy: Collection) -> None:
    page.goto(f"{toy_address}search/")
    expect(page.locator("#status")).to_have_text(f"{len(toy.records)} papers")
    assert sorted(papers(page)) == sorted(toy.records)
    years = [toy.records[paper].year for paper in papers(page)]
    assert years == sorted(years, reverse=True)


def test_facets_narrow_and_the_address_keeps_them(page: Page, toy_address: str, toy: Collection) -> None:
    page.goto(f"{toy_address}search/")
    towers, bridges = toy.topics["towers"].title, toy.topics["bridges"].title
    choice(page, "topic", towers).check()
    expect(page.locator("#status")).to_have_text(f"{len(toy.by_topic['towers'])} papers")
    choice(page, "year", "2024").check()
    both = sorted(record.id for record in toy.by_topic["towers"] if record.year == 2024)
    expect(page.locator("#results [data-paper]")).to_have_count(len(both))
    assert sorted(papers(page)) == both
    page.reload()
    expect(page.locator("#results [data-paper]")).to_have_count(len(both))
    expect(choice(page, "topic", towers)).to_be_checked()
    page.go_back()
    expect(page.locator("#results [data-paper]")).to_have_count(len(toy.by_topic["towers"]))
    choice(page, "topic", bridges).check()  # two values of one facet: either
    either = {record.id for slug in ("towers", "bridges") for record in toy.by_topic[slug]}
    expect(page.locator("#results [data-paper]")).to_have_count(len(either))


def test_counts_are_what_a_choice_leaves(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?q=blocks")
    expect(page.locator("#results [data-paper]").first).to_be_visible()
    box = choice(page, "year", "2024")
    count = int(box.locator("xpath=..").locator(".gl-count").inner_text())
    box.check()
    expect(page.locator("#status")).to_have_text(f"{count} paper{'s' if count != 1 else ''}")


def test_facets_by_keyboard(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/")
    box = choice(page, "code", "with code")
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{toy_address}search/?code=with+code")
    expect(page.locator('[data-key="code:with code"]')).to_be_focused()


@pytest.mark.parametrize("key", [None, "Enter"])
def test_a_facet_stays_as_the_reader_left_it(page: Page, toy_address: str, key: str | None) -> None:
    page.goto(f"{toy_address}search/")
    code, basis = page.locator("[data-facet=code]"), page.locator("[data-facet=basis]")
    expect(basis).to_have_attribute("open", "")

    def then(change: Callable[[], object], *, is_open: bool) -> None:
        code.evaluate("node => { node.dataset.before = true; }")
        change()
        expect(page.locator("[data-facet=code]:not([data-before])")).to_be_visible()  # drawn anew
        assert code.evaluate("node => node.open") is is_open
        expect(basis).to_have_attribute("open", "")

    code.locator("summary").press(key) if key else code.locator("summary").click()
    then(lambda: page.locator("#query").fill("towers"), is_open=False)
    then(lambda: page.locator("#sort").select_option("title"), is_open=False)
    then(lambda: choice(page, "year", "2024").check(), is_open=False)
    then(lambda: page.go_back(), is_open=False)
    code.locator("summary").click()
    then(lambda: page.locator("#sort").select_option("newest"), is_open=True)


def test_a_facet_that_a_question_opened_is_closed_after_it(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/")
    topic = page.locator("[data-facet=topic]")
    expect(topic).not_to_have_attribute("open")
    page.locator("#query").fill("sun2023spectr")
    expect(topic).to_have_attribute("open", "")
    page.locator("#query").fill("")
    expect(topic).not_to_have_attribute("open")


def test_no_sort_loses_a_paper(page: Page, toy_address: str, toy: Collection) -> None:
    page.goto(f"{toy_address}search/?q=towers+blocks")
    expect(page.locator("#results [data-paper]").first).to_be_visible()
    by_relevance = papers(page)
    for sort in ("newest", "title"):
        page.locator("#sort").select_option(sort)
        expect(page).to_have_url(re.compile(f"sort={sort}"))
        expect(page.locator("#results [data-paper]")).to_have_count(len(by_relevance))
        assert sorted(papers(page)) == sorted(by_relevance)
    titles = [fold(title) for title in page.locator("#results .gl-paper-title a").all_inner_texts()]
    assert titles == sorted(titles)


@contextmanager
def answers_late(page: Page, table: str = "docs") -> Iterator[None]:
    """Hold back what results show, or another table, until the block ends, in which something asks for it."""
    held: list[Route] = []
    papers_asked = re.compile(f"/search/{table}/")
    page.route(papers_asked, lambda route: held.append(route))
    with page.expect_request(papers_asked):
        yield
    for route in held:
        route.continue_()
    page.unroute_all()


def test_pressing_twice_before_the_answer_shows_each_paper_once(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/?sort=title")
    found, more = page.locator("#results [data-paper]"), page.get_by_role("button", name="Show more")
    expect(found).to_have_count(20)
    with answers_late(page):
        more.dblclick()
    expect(found).not_to_have_count(20)
    page.wait_for_load_state("networkidle")
    assert len(set(papers(page))) == len(papers(page)) == 40
    more.click()
    expect(found).to_have_count(60)
    assert len(set(papers(page))) == 60


def test_with_the_last_hits_the_focus_goes_on_to_the_first_of_them(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/?q=speculative decoding")
    found, more = page.locator("#results [data-paper]"), page.get_by_role("button", name="Show more")
    expect(found).to_have_count(20)
    more.focus()
    while more.is_visible():
        shown = found.count()
        page.keyboard.press("Enter")
        expect(found.nth(shown)).to_be_visible()
    expect(found.nth(shown).get_by_role("link").first).to_be_focused()


def test_the_place_in_a_long_list_is_kept(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/?q=language+models")
    found, more = page.locator("#results [data-paper]"), page.get_by_role("button", name="Show more")
    for count in (20, 40):
        expect(found).to_have_count(count)
        more.click()
    expect(found).to_have_count(60)
    found.nth(50).evaluate(  # The page keeps its place at the end of a scroll, which comes a frame or more after it
        """paper => new Promise(kept => {
            addEventListener("scrollend", () => kept(), { once: true });
            paper.scrollIntoView({ block: "center" });
        })"""
    )

    def back_there() -> None:
        expect(found).to_have_count(60)
        expect(found.nth(50)).to_be_in_viewport()

    page.reload()
    back_there()
    found.nth(50).get_by_role("link").first.click()
    page.wait_for_url("**/papers/*/")
    page.go_back()
    back_there()
    page.evaluate("history.pushState(null, '', '?q=memory'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(found).to_have_count(20)


def test_a_question_without_hits_may_follow_the_focus_on_more(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/?q=qqqqqqqq")
    expect(page.locator("#status")).to_contain_text("No paper found")
    page.evaluate("history.pushState(null, '', '?q=language+models'); dispatchEvent(new PopStateEvent('popstate'))")
    page.get_by_role("button", name="Show more").focus()
    page.go_back()
    expect(page.locator("#status")).to_contain_text("No paper found")


def test_the_key_that_opens_search_can_be_switched_off(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/")
    switch = page.get_by_role("checkbox", name="The key / opens search on every page")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.goto(f"{toy_address}about/")
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.goto(f"{toy_address}search/")
    expect(switch).not_to_be_checked()
    switch.check()
    page.goto(f"{toy_address}about/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_more_hits_that_could_not_be_loaded_can_be_asked_for_again(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/?sort=title")
    found, more = page.locator("#results [data-paper]"), page.locator("#results + button")
    expect(found).to_have_count(20)
    page.route(re.compile("/search/docs/"), lambda route: route.abort())
    more.click()
    expect(more).to_have_text("That failed")
    page.unroute_all()
    more.click()
    expect(found).to_have_count(40)


def test_hits_asked_for_before_a_change_are_not_added_after_it(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}search/?sort=title")
    found = page.locator("#results [data-paper]")
    expect(found).to_have_count(20)
    first = papers(page)
    with answers_late(page):
        page.get_by_role("button", name="Show more").click()
        page.locator("#sort").select_option("newest")
    expect(found.first).not_to_have_attribute("data-paper", first[0])
    page.wait_for_load_state("networkidle")
    assert len(set(papers(page))) == len(papers(page)) == 20


def test_where_search_cannot_be_loaded_the_page_says_what_it_needs(page: Page, toy_address: str) -> None:
    page.route("**/search/page.js", lambda route: route.abort())
    page.goto(f"{toy_address}search/")
    expect(page.locator(".gl-search-page p")).to_be_visible()


def test_without_script_the_page_says_what_it_needs(chromium: Browser, toy_address: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{toy_address}search/")
        expect(page.locator(".gl-search-page p")).to_be_visible()
        expect(page.get_by_text("not their full texts")).to_be_visible()


def test_markup_in_titles_is_shown_as_text(page: Page, toy_address: str) -> None:
    page.goto(f"{toy_address}search/?q=stars+lines+brackets+ticks")
    first = page.locator("#results [data-paper]").first
    expect(first).to_have_attribute("data-paper", "z2024math")
    expect(first).to_contain_text("a < b > c")


def test_the_index_stays_small(real_site: Path) -> None:
    sizes = [path.stat().st_size for path in (real_site / "search").rglob("*.json") if path.parent.name != "facets"]
    assert max(sizes) < 20_000
    assert sum(len(served(path)) for path in (FOLDER / "search").iterdir()) < 20_000


def test_a_hit_chosen_by_arrow_keys_is_not_under_the_line_at_the_bottom(page: Page, real_address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto(f"{real_address}about/")
    page.keyboard.press("/")
    page.keyboard.type("attention")
    expect(page.locator("dialog li[data-paper]")).to_have_count(8)
    bar = page.locator(".gl-search-all")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        hit, line = page.locator("dialog a:focus").bounding_box(), bar.bounding_box()
        assert hit is not None
        assert line is not None
        assert hit["y"] + hit["height"] <= line["y"]
    page.keyboard.press("ArrowDown")
    expect(bar).to_be_focused()
