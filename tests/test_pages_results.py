"""Pages of results: every reported figure once, like with like, and pages that stay of a size."""

from collections import Counter
from pathlib import Path

import pytest

from gen.collection import Collection
from gen.pages import Page, results
from gen.pages.results import gather_rows, pages, tables
from gen.record import Result
from gen.render import Renderer


def test_every_figure_stands_once(real: Collection) -> None:
    expected = Counter(
        (record.id, result.kind, result.metric, result.value)
        for record in real.records.values()
        for result in record.results
    )
    found = Counter(
        (row.record.id, kind, row.result.metric, row.result.value)
        for kind, rows in gather_rows(real).items()
        for table in tables(kind, rows)
        for _, group in table.groups
        for row in group
    )
    assert found == expected


def test_a_table_holds_one_unit_and_its_largest_first(real: Collection) -> None:
    for kind, rows in gather_rows(real).items():
        for table in tables(kind, rows):
            units = {row.figure.unit if row.figure else "words" for row in table.rows}
            assert units == {table.anchor}
            for _, group in table.groups:
                numbers = [row.figure.number for row in group if row.figure]
                assert numbers == sorted(numbers, reverse=True)


def test_scores_without_a_unit_are_not_ranked(real: Collection) -> None:
    comparable = {table.anchor: table.comparable for table in tables("quality", gather_rows(real)["quality"])}
    assert not comparable["number"]
    assert comparable["percent"]


def test_the_pages_hold_the_figures_without_script(toy_site: Path) -> None:
    index = (toy_site / "results" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../results/speed/">Speed</a>' in index
    assert "2 figures</span>" in index
    speed = (toy_site / "results" / "speed" / "index.html").read_text(encoding="utf-8")
    assert '<td class="gl-value" data-value="2.0">2x</td><td>time to tower</td><td>one hand</td>' in speed


def test_many_figures_are_shared_out_by_area(toy: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "LIMIT", 1)
    record = toy.records["example2023fast"]
    many = tuple(Result(kind="speed", metric="time", value=f"{number}x") for number in range(1, 4))
    copy = record.model_copy(update={"results": many})
    changed = Collection(toy.root, {copy.id: copy}, toy.topics, toy.paths, toy.venues, toy.people)
    planned = {page.address: page for page in pages(changed) if isinstance(page, Page)}
    assert list(planned) == ["results/", "results/speed/", "results/speed/blocks/"]
    assert planned["results/speed/"].show()["shown"] == 1
    assert planned["results/speed/"].show()["count"] == 3
    assert planned["results/speed/blocks/"].show()["shown"] == 3


def test_of_many_figures_those_of_papers_without_a_topic_have_a_page_too(
    toy: Collection, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "LIMIT", 1)
    many = (Result(kind="speed", metric="time", value="2x"), Result(kind="speed", metric="time", value="3x"))
    first = toy.records["example2023fast"].model_copy(update={"results": many})
    second = toy.records["sample2024slow"].model_copy(update={"results": many, "topics": ()})
    changed = Collection(
        toy.root, {one.id: one for one in (first, second)}, toy.topics, toy.paths, toy.venues, toy.people
    )
    planned = {page.address: page for page in pages(changed) if isinstance(page, Page)}
    assert list(planned) == ["results/", "results/speed/", "results/speed/blocks/", "results/speed/no_topic/"]
    whole, page = planned["results/speed/"], planned["results/speed/no_topic/"]
    assert (whole.show()["shown"], whole.show()["count"], whole.show()["papers"]) == (1, 4, 2)
    assert (page.title, page.show()["shown"]) == ("Speed results: No topic yet", 2)
    text = renderer.page(whole)
    assert '<a href="../../results/speed/no_topic/">No topic yet</a> <span class="gl-count">2</span>' in text
