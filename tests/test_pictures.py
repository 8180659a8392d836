"""Pictures: places and labels, the same each time; SVG that is XML, with links that lead somewhere; zoom."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from gen.collection import Collection
from gen.likeness import Likeness, likeness, near_papers
from gen.pages.pictures import mark, mark_class, pages
from gen.pictures import charts, topic
from gen.pictures import map as map_picture
from gen.pictures.labels import LEVELS, Name, place
from gen.pictures.layout import among, apart, layout, near_groups
from gen.pictures.map import HEIGHT, SPACING, WIDTH, Map, Mark, draw
from gen.render import Renderer
from gen.store import Store

TITLE, LINK, TEXT = "title", "a", "text"


@pytest.fixture(scope="module")
def alike(real: Collection) -> Likeness:
    return likeness(real.records.values())


@pytest.fixture(scope="module")
def drawn(real: Collection, alike: Likeness) -> Map:
    return draw(real, alike, Store(None), gathered=False)


def marks(drawn: Map) -> list[Mark]:
    return [mark for region in drawn.regions for mark in region.marks]


def test_no_paper_covers_another_one_or_lies_outside(real: Collection, drawn: Map) -> None:
    assert {item.record.id for item in marks(drawn)} == set(real.records)
    assert all(0 <= item.x <= WIDTH and 0 <= item.y <= HEIGHT for item in marks(drawn))
    nearest = min((a.x - b.x) ** 2 + (a.y - b.y) ** 2 for a, b in combinations(marks(drawn), 2))
    assert nearest**0.5 > SPACING * 0.97


def test_the_map_is_the_same_each_time(real: Collection, alike: Likeness, drawn: Map) -> None:
    assert draw(real, alike, Store(None), gathered=False) == drawn


def test_papers_of_a_topic_lie_together(drawn: Map) -> None:
    """Of the five nearest papers far more have the same main topic than by chance, which is one in fifty."""
    same = total = 0
    for one in marks(drawn):
        near = sorted(marks(drawn), key=lambda o, p=one: (o.x - p.x) ** 2 + (o.y - p.y) ** 2)[1:6]  # type: ignore[misc]
        same += sum(other.record.topics[0] == one.record.topics[0] for other in near)
        total += len(near)
    assert same / total > 0.3


def test_every_area_is_named_and_every_paper_is_in_the_list(real: Collection, drawn: Map) -> None:
    assert {label.topic.id for label in drawn.labels} >= set(real.areas)
    listed = [record.id for region in drawn.regions for _, records in region.topics for record in records]
    assert sorted(listed) == list(real.records)
    assert not drawn.gathered


def test_beyond_a_number_of_papers_topics_are_marks(
    real: Collection, alike: Likeness, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.pages.pictures.MOST", len(real.records) - 1)
    drawn = draw(real, alike, Store(None), gathered=True)
    disks = [disk for region in drawn.regions for disk in region.disks]
    assert drawn.gathered
    assert not marks(drawn)
    assert {disk.topic.id for disk in disks} == {record.topics[0] for record in real.records.values()}
    assert sum(disk.papers for disk in disks) == len(real.records)
    assert all(disk.radius < disk.x < WIDTH - disk.radius for disk in disks)
    for one, other in combinations(disks, 2):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > (max(one.radius, other.radius)) ** 2
    assert {label.topic.id for label in drawn.labels} <= {disk.topic.id for disk in disks}
    assert {shade for region in drawn.regions for shade, _ in region.ground} <= set(range(1, map_picture.SHADES + 1))
    text = renderer.page(next(iter(pages(real, alike, Store(None)))))  # type: ignore[arg-type]
    assert "Every disk is a topic" in text
    assert len(text) < 100_000


def test_another_word_in_a_text_moves_no_paper(
    real: Collection, alike: Likeness, drawn: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    draw(real, alike, store, gathered=False)
    monkeypatch.setattr(map_picture, "layout", None)
    monkeypatch.setattr(map_picture, "place", None)
    less = {
        key: tuple(near._replace(likeness=near.likeness * 0.9) for near in nearest) for key, nearest in alike.items()
    }
    assert draw(real, less, store, gathered=False) == drawn


def test_very_many_papers_lie_among_those_they_are_like(real: Collection, alike: Likeness) -> None:
    topic = {key: record.topics[0] for key, record in real.records.items()}
    near = near_papers(alike)
    groups = near_groups(near, topic)
    assert set(groups) == set(topic.values())
    assert not [name for name, others in groups.items() if name in others]
    places = among(layout(groups, 960, 680), near, topic, 960, 680)
    assert set(places) == set(real.records)
    assert all(0 <= x <= 960 and 0 <= y <= 680 for x, y in places.values())
    spots = np.array([places[key] for key in real.records])
    far = np.linalg.norm(spots[:, None] - spots[None], axis=2).mean()
    ways = [np.subtract(places[key], places[other]) for key, others in near.items() for other in others]
    assert np.linalg.norm(ways, axis=1).mean() < far / 2


def test_papers_without_a_topic_are_on_the_map(toy: Collection) -> None:
    bare = {key: record.model_copy(update={"topics": ()}) for key, record in toy.records.items()}
    for key, record in bare.items():
        record._source = toy.records[key].source
    drawn = draw(replace(toy, records=bare), likeness(bare.values()), Store(None), gathered=False)
    assert [(region.number, region.papers) for region in drawn.regions][-1] == (-1, len(bare))
    assert len(marks(drawn)) == len(bare)


@given(
    texts=st.lists(st.text("abc ", min_size=1, max_size=40), max_size=12),
    seed=st.integers(0, 1000),
)
def test_no_name_covers_another_one_on_any_level(texts: list[str], seed: int) -> None:
    spots = np.random.default_rng(seed).uniform(0, 100, (len(texts), 2)).tolist()
    names = [
        Name(str(at), text, x, y, size=9, first=at % 3, reach=40 * (at % 2), needed=at % 4 == 0)
        for at, (text, (x, y)) in enumerate(zip(texts, spots, strict=True))
    ]
    placed = list(place(names, spots, 8, np.array([100.0, 100.0])))
    assert {item.key for item in placed} <= {name.key for name in names}
    assert ["".join(item.lines).replace(" ", "") for item in placed] == [
        names[int(item.key)].text.replace(" ", "") for item in placed
    ]
    for number, level in enumerate(LEVELS):
        shown = [item for item in placed if item.level <= number]
        for one, other in combinations(shown, 2):
            wide = [max(map(len, item.lines)) * 9 * 0.56 / level for item in (one, other)]
            high = [len(item.lines) * 9 * 1.15 / level for item in (one, other)]
            apart_x, apart_y = abs(one.x - other.x), abs(one.y - other.y)
            assert apart_x > sum(wide) / 2 - 0.2 or apart_y > sum(high) / 2 - 0.2


def test_few_papers_and_none() -> None:
    assert layout({}, 100, 100) == {}
    assert len(layout({"a": (), "b": ()}, 100, 100)) == 2


def test_more_papers_than_the_grid_has_places() -> None:
    places = apart(layout({str(number): () for number in range(200)}, 50, 50), 50, 50, 10)
    assert len(set(places.values())) == 200


def test_marks_differ_by_color_or_shape() -> None:
    assert len({(mark(area), mark_class(area)) for area in range(-1, 32)}) == 33


def test_papers_by_year_are_those_of_the_pages_of_areas(real: Collection) -> None:
    years = charts.years(real)
    assert sum(years.totals) == len(real.records)
    assert {row.area.id: sum(row.counts) for row in years.rows} == {
        slug: len(real.by_area.get(slug, ())) for slug in real.areas
    }
    assert len(years.columns) <= charts.YEARS
    assert all(row.counts[row.peak] == max(row.counts) for row in years.rows)


def test_old_papers_stand_together(toy: Collection) -> None:
    years = charts.years(toy)
    assert len(years.columns) == charts.YEARS
    assert years.columns[0].startswith("to ")
    assert years.older
    assert sum(years.totals) == len(toy.records)


def test_topics_together_are_those_of_the_records(real: Collection) -> None:
    together = charts.together(real)
    for pair in together.pairs[:20]:
        both = [r for r in real.records.values() if {pair.one.id, pair.other.id} <= set(r.topics)]
        assert len(both) == pair.papers
        assert pair.column < pair.row


def test_the_pictures_of_each_topic(real: Collection) -> None:
    for slug, records in real.by_topic.items():
        line = topic.timeline(real.topics[slug], records)
        assert {dot.record.id for dot in line.dots} == {record.id for record in records}
        assert len({(dot.x, dot.y) for dot in line.dots}) == len(records)
        assert all(0 < dot.x < line.width + 1 and 0 < dot.y < line.height for dot in line.dots)
        picture = topic.relations(real, records)
        members = {record.id for record in records}
        inner = sum(relation.to in members for record in records for relation in record.relations)
        assert (len(picture.arcs) if picture else 0) == inner
        if picture:
            assert all(len(node.name) <= topic.NAME for node in picture.nodes)
            assert {node.y for node in picture.nodes} >= {arc.start for arc in picture.arcs}


def test_a_timeline_of_many_papers_has_smaller_dots_and_is_hardly_higher(real: Collection) -> None:
    some = list(real.by_year[2024])
    tower = next(iter(real.topics.values()))
    few, many = topic.timeline(tower, some[:20]), topic.timeline(tower, some * (480 // len(some)))
    assert (few.radius, many.radius) == (5, 2.3)
    assert few.height < many.height <= topic.TALLEST
    assert len({(dot.x, dot.y) for dot in many.dots}) == len(many.dots) > 400
    assert min(dot.y for dot in many.dots) > 0


def test_drawings_are_xml_with_titled_links_that_lead_to_pages(real_site: Path) -> None:
    for page in ("map", "pictures", "topics/kv-cache-compression"):
        folder = real_site / page
        text = (folder / "index.html").read_text(encoding="utf-8")
        drawings = re.findall(r'<svg class="gl-(?:map|chart).*?</svg>', text, re.DOTALL)
        assert drawings
        for drawing in drawings:
            tree = ET.fromstring(drawing)
            assert tree.get("aria-label")
            for link in tree.iter(LINK):
                assert link.find(TITLE) is not None or link.find(TEXT) is not None
                assert (folder / link.attrib["href"].partition("?")[0] / "index.html").exists(), link.attrib["href"]
            assert not [item for item in tree.iter() if "style" in item.attrib]
        assert "<figcaption" in text


def scale(page: Page) -> float:
    """How many pixels a unit of the map has."""
    return float(page.locator(".gl-map").evaluate("map => map.getBoundingClientRect().width")) / WIDTH


@pytest.fixture
def on_map(page: Page, real_address: str) -> Page:
    page.goto(f"{real_address}map/")
    page.locator(".gl-map[style]").wait_for()
    return page


@pytest.mark.browser
def test_the_map_is_enlarged_by_buttons_and_wheel_within_limits(on_map: Page) -> None:
    page = on_map
    bigger, all_of_it = page.get_by_role("button", name="Zoom in"), page.get_by_role("button", name="Show all")
    first = scale(page)
    expect(page.get_by_role("button", name="Zoom out")).to_be_disabled()
    name = page.locator("a.gl-from-2").first
    expect(name).to_be_hidden()
    bigger.click()
    assert scale(page) == pytest.approx(2 * first, rel=0.01)
    expect(name).to_be_visible()
    for _ in range(3):
        if bigger.is_enabled():
            bigger.click()
    assert scale(page) == pytest.approx(8, rel=0.01)
    expect(bigger).to_be_disabled()
    expect(bigger).to_be_focused()
    page.locator(".gl-map-frame").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -500)
    page.wait_for_timeout(50)
    assert scale(page) == pytest.approx(8, rel=0.01)
    for _ in range(20):
        page.mouse.wheel(0, 500)
    page.keyboard.up("Control")
    expect(all_of_it).to_be_disabled()
    assert scale(page) == pytest.approx(first, rel=0.01)
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways)


@pytest.mark.browser
def test_a_mouse_drags_the_enlarged_map_and_opens_no_paper(on_map: Page) -> None:
    page = on_map
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    frame = page.locator(".gl-map-frame")
    before = frame.evaluate("frame => [frame.scrollLeft, frame.scrollTop]")
    mark = page.locator(".gl-region a:visible").first
    frame.hover()
    box = frame.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 90, y - 40, steps=4)
    page.mouse.up()
    after = frame.evaluate("frame => [frame.scrollLeft, frame.scrollTop]")
    assert [b - a for a, b in zip(before, after, strict=True)] == pytest.approx([90, 40], abs=3)
    assert page.url.endswith("/map/")
    assert mark.count() == 1


@pytest.mark.browser
def test_one_tab_stop_and_arrow_keys_reach_every_mark_and_name(on_map: Page) -> None:
    page = on_map
    assert page.locator(".gl-map-frame [tabindex='0']").count() == 1
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.querySelector('title')?.textContent"
    first = page.evaluate(focused)
    says = page.locator(".gl-map-says").filter(has_text=first)
    expect(says).to_be_visible()
    box_of = "document.activeElement.firstElementChild.getBoundingClientRect()"
    place = f"(({{ left, right, top, bottom }}) => [left + right, top + bottom])({box_of})"
    was = page.evaluate(place)
    page.keyboard.press("ArrowRight")
    now = page.evaluate(place)
    assert now[0] > was[0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(place)[1] < now[1]
    reached = page.evaluate(REACHABLE)
    shown = page.locator(".gl-region a, .gl-names a").filter(visible=True)
    assert reached == shown.count() > page.locator(".gl-region a").count()
    assert page.locator(".gl-name-area").filter(visible=True).count() > 10
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("ArrowDown")
    mark = page.evaluate("(({ left, top }) => [left, top])(document.activeElement.getBoundingClientRect())")
    box = page.locator(".gl-map-frame").bounding_box()
    assert box
    assert box["x"] < mark[0] < box["x"] + box["width"]
    assert box["y"] < mark[1] < box["y"] + box["height"]
    assert page.locator(".gl-map-frame [tabindex='0']").count() == 1
    href = page.evaluate("new URL(document.activeElement.getAttribute('href'), location.href).href")
    page.keyboard.press("Enter")
    page.wait_for_url(href)


REACHABLE = """() => {
  const at = () => document.activeElement;
  const seen = new Set([at()]);
  const open = [at()];
  while (open.length) {
    const link = open.pop();
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      link.focus({ preventScroll: true });
      link.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      if (!seen.has(at())) { seen.add(at()); open.push(at()); }
    }
  }
  return seen.size;
}"""
"""Counts the marks and names that arrow keys lead to, one step after the other, from the one with the focus."""


POINTS = """() => [...document.querySelectorAll(".gl-name-area")].flatMap((name) => {
  const { left, top, width, height } = name.getBoundingClientRect();
  const points = [];
  for (let right = 0.05; right < 1; right += 0.05) for (let down = 0.1; down < 1; down += 0.1) {
    const [x, y] = [left + right * width, top + down * height];
    const found = document.elementsFromPoint(x, y).map((element) => element.closest(".gl-map a"));
    const links = [...new Set(found)].filter(Boolean);
    if (links.includes(name)) points.push({ x, y, mark: links.length > 1, leads: links.at(-1).getAttribute("href") });
  }
  return points;
})"""
"""Points on names of areas as far as they are on the screen: whether a mark lies there, and where a click leads."""


@pytest.mark.browser
@pytest.mark.parametrize("mark", [False, True])
def test_the_name_of_an_area_leads_to_its_page_and_a_mark_below_it_to_its_own(on_map: Page, *, mark: bool) -> None:
    page = on_map
    point = next(point for point in page.evaluate(POINTS) if point["mark"] is mark)
    page.mouse.move(1, 1)
    page.mouse.move(point["x"], point["y"])
    says = page.locator(".gl-map-says")
    expect(says).not_to_be_empty() if mark else expect(says).to_be_empty()
    page.mouse.click(point["x"], point["y"])
    page.wait_for_url(re.compile(rf"/{'papers' if mark else 'topics'}/[\w-]+/"))
    assert page.url.endswith(point["leads"].removeprefix(".."))


@pytest.mark.browser
def test_a_name_that_vanishes_leaves_the_focus_on_the_map(on_map: Page) -> None:
    page = on_map
    page.get_by_role("button", name="Zoom in").click()
    name = page.locator(".gl-names a.gl-from-2").first
    name.focus()
    page.keyboard.press("0")
    expect(name).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.gl-region a[tabindex=\"0\"]')")
    assert page.locator(".gl-map-frame [tabindex='0']").count() == 1


Touch = Callable[..., None]
"""Puts fingers on the frame, each at (x, y) from its middle, moves them from list to list of places, lifts them."""


@pytest.fixture
def phone(chromium: Browser, real_address: str) -> Iterator[tuple[Page, Touch]]:
    """The map on a phone, and fingers for it."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{real_address}map/")
    page.locator(".gl-map[style]").wait_for()
    frame = page.locator(".gl-map-frame")
    frame.evaluate("frame => frame.scrollIntoView({ block: 'center' })")
    box = frame.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = context.new_cdp_session(page)

    def touch(*steps: list[tuple[float, float]]) -> None:
        for number, places in enumerate([*steps, []]):
            kind = "touchEnd" if not places else "touchMove" if number else "touchStart"
            points = [{"x": x + right, "y": y + down, "id": finger} for finger, (right, down) in enumerate(places)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    yield page, touch
    context.close()


def scrolled(page: Page) -> list[float]:
    """How far the frame is scrolled to the right and down."""
    found: list[float] = page.locator(".gl-map-frame").evaluate("frame => [frame.scrollLeft, frame.scrollTop]")
    return found


@pytest.mark.browser
def test_two_fingers_enlarge_the_map_and_the_page_stays(phone: tuple[Page, Touch]) -> None:
    page, touch = phone
    before, top = scale(page), page.evaluate("scrollY")
    touch(*([(-apart, 0), (apart, 0)] for apart in (50, 60, 80, 100)))
    assert scale(page) == pytest.approx(2 * before, rel=0.05)
    touch(*([(0, -apart), (0, apart)] for apart in (100, 90, 60, 50)))
    assert scale(page) == pytest.approx(before, rel=0.05)
    assert page.evaluate("[scrollY, visualViewport.scale]") == [top, 1]


@pytest.mark.browser
def test_fingers_move_the_map(phone: tuple[Page, Touch]) -> None:
    page, touch = phone
    page.get_by_role("button", name="Zoom in").tap()
    before, top, start = scale(page), page.evaluate("scrollY"), scrolled(page)
    touch(*([(-40 + step, step), (40 + step, step)] for step in (0, -30, -60)))
    right, down = scrolled(page)
    assert [right - start[0], down - start[1]] == pytest.approx([60, 60], abs=3)
    touch(*([(step, 0)] for step in (0, 20, 40, 60, 80, 100)))
    page.wait_for_timeout(100)
    assert scrolled(page)[0] < right - 50  # one finger scrolls it, as the browser does it
    assert scrolled(page)[1] == down
    assert scale(page) == before
    assert page.evaluate("[scrollY, visualViewport.scale]") == [top, 1]
    assert page.url.endswith("/map/")


@pytest.mark.browser
def test_an_area_pointed_at_in_the_legend_stands_out(on_map: Page) -> None:
    item = on_map.locator(".gl-legend li").nth(2)
    item.hover()
    dim = on_map.locator(".gl-region.gl-dim")
    expect(dim).to_have_count(on_map.locator(".gl-region").count() - 1)
    on_map.mouse.move(0, 0)
    expect(dim).to_have_count(0)


@pytest.mark.browser
def test_a_bar_leads_to_as_many_papers_as_it_tells(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}pictures/")
    bar = page.locator(".gl-multiples a:has(rect)").nth(2)
    told = bar.locator("title").text_content()
    assert told
    bar.locator(".gl-hit").click()
    expect(page.locator("#status")).to_have_text(told.rpartition(": ")[2])


@pytest.mark.browser
@pytest.mark.parametrize("mark", [False, True])
def test_a_finger_opens_the_page_of_an_area_by_its_name_or_the_paper_below_it(
    phone: tuple[Page, Touch], *, mark: bool
) -> None:
    page, _ = phone
    point = next(point for point in page.evaluate(POINTS) if point["mark"] is mark)
    page.touchscreen.tap(point["x"], point["y"])
    page.wait_for_url(re.compile(rf"/{'papers' if mark else 'topics'}/[\w-]+/"))
    assert page.url.endswith(point["leads"].removeprefix(".."))
