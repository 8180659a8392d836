"""Pictures: places and labels, the same each time; SVG that is XML, with links that lead somewhere; zoom."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gen.collection import Collection
from gen.likeness import Likeness, likeness
from gen.pages.pictures import mark, mark_class
from gen.pictures import charts, topic
from gen.pictures.layout import layout
from gen.pictures.map import HEIGHT, SPACING, WIDTH, Map, draw

TITLE, LINK, TEXT = "title", "a", "text"


@pytest.fixture(scope="module")
def alike(real: Collection) -> Likeness:
    return likeness(real.records.values())


@pytest.fixture(scope="module")
def drawn(real: Collection, alike: Likeness) -> Map:
    return draw(real, alike)


def test_no_paper_covers_another_one_or_lies_outside(real: Collection, drawn: Map) -> None:
    assert [point.record.id for point in drawn.points] == list(real.records)
    assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in drawn.points)
    nearest = min((a.x - b.x) ** 2 + (a.y - b.y) ** 2 for a, b in combinations(drawn.points, 2))
    assert nearest**0.5 > SPACING * 0.97


def test_the_map_is_the_same_each_time(real: Collection, alike: Likeness, drawn: Map) -> None:
    assert draw(real, alike) == drawn


def test_papers_of_a_topic_lie_together(real: Collection, drawn: Map) -> None:
    """Of the five nearest papers far more have the same main topic than by chance, which is one in fifty."""
    same = total = 0
    for point in drawn.points:
        near = sorted(drawn.points, key=lambda o, p=point: (o.x - p.x) ** 2 + (o.y - p.y) ** 2)[1:6]  # type: ignore[misc]
        same += sum(other.record.topics[0] == point.record.topics[0] for other in near)
        total += len(near)
    assert same / total > 0.3


def test_no_label_covers_another_one_of_its_level(drawn: Map) -> None:
    first = [label for label in drawn.labels if label.level == 1]
    assert {label.topic.id for label in first} >= {item.area.id for item in drawn.areas}
    for one, other in combinations(first, 2):
        assert abs(one.y - other.y) > 6 or abs(one.x - other.x) > 30, (one.topic.title, other.topic.title)


def test_few_papers_and_none() -> None:
    assert layout({}, 100, 100, 5) == {}
    assert len(layout({"a": (), "b": ()}, 100, 100, 5)) == 2


def test_more_papers_than_the_grid_has_places() -> None:
    places = layout({str(number): () for number in range(200)}, 50, 50, 10)
    assert len(set(places.values())) == 200


def test_marks_differ_by_color_or_shape() -> None:
    marks = {(mark(area, 0, 0), mark_class(area)) for area in range(-1, 32)}
    assert len(marks) == 33


def test_every_paper_counts_once_by_year(real: Collection) -> None:
    years = charts.years(real)
    assert sum(years.totals) == len(real.records) == sum(sum(row.counts) for row in years.rows)
    assert tuple(map(sum, zip(*(row.counts for row in years.rows), strict=True))) == years.totals
    assert len(years.columns) <= charts.YEARS


def test_old_papers_stand_together(toy: Collection) -> None:
    years = charts.years(toy)
    assert len(years.columns) == charts.YEARS
    assert years.columns[0].startswith("to ")
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
                assert (folder / link.attrib["href"] / "index.html").exists(), link.attrib["href"]
            assert not [item for item in tree.iter() if "style" in item.attrib]
        assert "<figcaption>" in text


@pytest.mark.browser
def test_the_map_is_enlarged_moved_and_shown_whole_again(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}map/")
    drawing = page.locator(".gl-map")
    button = page.get_by_role("button", name="Zoom in")
    expect(page.get_by_role("button", name="Zoom out")).to_be_disabled()
    hidden = page.locator(".gl-from-2").first
    expect(hidden).to_be_hidden()
    button.click()
    expect(drawing).to_have_attribute("viewBox", f"{WIDTH / 4:g} {HEIGHT / 4:g} {WIDTH / 2:g} {HEIGHT / 2:g}")
    expect(hidden).to_be_visible()
    page.get_by_role("region", name="Map of the papers").focus()
    page.keyboard.press("ArrowLeft")
    expect(drawing).to_have_attribute("viewBox", f"150 {HEIGHT / 4:g} {WIDTH / 2:g} {HEIGHT / 2:g}")
    page.get_by_role("button", name="Show all").click()
    expect(drawing).to_have_attribute("viewBox", f"0 0 {WIDTH} {HEIGHT}")
    point = page.locator(".gl-points a").first
    point.hover(force=True)
    expect(page.locator(".gl-map-says")).not_to_be_empty()
