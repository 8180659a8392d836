"""The page of what is new: by day, the latest first, never an endless list."""

import datetime

import pytest

from gen.collection import Collection
from gen.pages import news
from gen.pages.news import days


def test_days_come_latest_first_with_all_their_papers(toy: Collection) -> None:
    found = days(toy)
    assert [day.date for day in found] == sorted({record.added for record in toy.records.values() if record.added})[
        ::-1
    ]
    assert sum(day.count for day in found) == len(toy.records)
    assert all(len(day.lines) == day.count and not day.areas for day in found)


def test_a_day_of_many_papers_shows_the_newest_and_all_by_area(real: Collection) -> None:
    found = days(real)
    assert sum(len(day.lines) for day in found) == news.PAPERS
    day = found[0]
    years = [line.record.year for line in day.lines]
    assert years == sorted(years, reverse=True)
    assert len(day.areas) > 5


def test_days_beyond_the_room_are_left_out(toy: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "PAPERS", 2)
    found = days(toy)
    assert [day.date for day in found] == [datetime.date(2026, 3, 1)]
    assert len(found[0].lines) == 2
    assert found[0].count == 3
    assert [(area.id, count) for area, count in found[0].areas] == [("blocks", 3)]
