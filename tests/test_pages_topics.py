"""Topic pages: the table that compares, neighbors, what to start with."""

import re
from collections import Counter

import pytest

from gen.collection import Collection
from gen.pages.topics import first_sentence, neighbors, row, topic_pages
from gen.render import Renderer
from gen.site import load_site
from tests.conftest import TOY

LONG_ENOUGH = "One sentence that is long enough to stand alone here, is it not."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        (f"{LONG_ENOUGH} Two.", LONG_ENOUGH),
        (f"Three parts. They come in order. {LONG_ENOUGH} Four.", f"Three parts. They come in order. {LONG_ENOUGH}"),
        (f"Stacks e.g. Bricks, i.e. Blocks. {LONG_ENOUGH} Second.", f"Stacks e.g. Bricks, i.e. Blocks. {LONG_ENOUGH}"),
        ("word " * 60, "word " * 43 + "word …"),
    ],
)
def test_the_first_sentence_is_cut_at_its_end(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_all_of_a_topics_page_leads_to_its_papers_as_one_of_the_topics(toy: Collection, renderer: Renderer) -> None:
    page, *_ = topic_pages(toy.topics["towers"], toy, load_site(TOY))
    links = re.findall(r'<a href="\.\./\.\./papers/([^"/]+)/([^"]*)"', renderer.page(page))
    assert {query for _, query in links} == {"?topic=towers"}
    assert Counter(name for name, _ in links)["example2023fast"] > 5


def test_a_row_holds_approach_and_headline_result(toy: Collection) -> None:
    found = row(toy, toy.records["example2023fast"])
    assert found.approach.startswith("Both hands lift a block each;")
    assert found.result is not None
    assert found.result.value == "2x"
    assert row(toy, toy.records["van1999thesis"]).approach == ""


def test_neighbors_are_the_topics_that_share_papers(toy: Collection) -> None:
    assert [(topic.id, count) for topic, count in neighbors(toy.topics["towers"], toy)] == [("bridges", 1)]
