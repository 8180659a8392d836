"""The page of what is new: by day, the latest first, never an endless list."""

import datetime
import re
from pathlib import Path

import pytest

from gen.collection import Collection, gather
from gen.pages import Page, news
from gen.pages.news import days
from gen.pages.output import members
from gen.pages.plan import plan
from gen.reading import read_collection
from gen.render import Renderer
from gen.site import load_site
from tests.cases import GOOD, record, write


def test_days_come_latest_first_with_all_their_papers(toy: Collection) -> None:
    found = days(toy)
    assert [day.date for day in found] == sorted({record.added for record in toy.records.values() if record.added})[
        ::-1
    ]
    assert sum(day.count for day in found) == len(toy.records)
    assert all(len(day.records) == day.count and not day.areas for day in found)


def test_a_day_of_many_papers_shows_the_newest_and_all_by_area(real: Collection) -> None:
    found = days(real)
    assert sum(len(day.records) for day in found) == news.PAPERS
    day = found[0]
    years = [record.year for record in day.records]
    assert years == sorted(years, reverse=True)
    assert len(day.areas) > 5


def test_days_beyond_the_room_are_left_out(toy: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "PAPERS", 2)
    found = days(toy)
    assert [day.date for day in found] == [datetime.date(2026, 3, 1)]
    assert len(found[0].records) == 2
    assert found[0].count == 3
    assert [(area.id, count) for area, count in found[0].areas] == [("blocks", 3)]


ALL = {"feed.xml", "topics/blocks.xml", "topics/towers.xml"}
UNDATED = record(("added: 2026-01-02\n", ""))


@pytest.mark.parametrize(
    ("url", "papers", "feeds"),
    [("https://x.y/", {}, ALL), ("", {}, set()), ("https://x.y/", UNDATED, set())],
)
def test_pages_lead_to_the_feeds_that_there_are(
    tmp_path: Path, url: str, papers: dict[str, str | bytes], feeds: set[str]
) -> None:
    root = write(tmp_path, {**GOOD, **papers, "mkdocs.yml": f"site_name: S\nsite_url: '{url}'\n"})
    collection, site = gather(read_collection(root)), load_site(root)
    outputs = list(plan(collection, site))
    renderer = Renderer(collection, site)
    pages = {output.address: renderer.page(output) for output in outputs if isinstance(output, Page)}
    assert ALL & {item.path for output in outputs for item in members(output)} == feeds
    led = {link for text in pages.values() for link in re.findall(r'href=\\?"(?:\.\./)*([\w/-]+\.xml)', text)}
    assert led == feeds
    for address in ("schema/", "new/"):
        assert bool(re.search(r"\bfeeds?\b", pages[address])) is bool(feeds), address
