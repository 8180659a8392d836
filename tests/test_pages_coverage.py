"""Coverage and gaps: numbers that add up, and for each gap exactly the records that have it."""

from pathlib import Path

from gen.collection import Collection
from gen.pages import Page, coverage
from gen.pages.coverage import GAPS, pages
from gen.site import load_site
from tests.conftest import TOY


def planned(collection: Collection) -> dict[str, Page]:
    outputs = pages(collection, load_site(TOY))
    return {page.address: page for page in outputs if isinstance(page, Page)}


def test_parts_add_up_to_the_whole(real: Collection) -> None:
    total = len(real.records)
    assert sum(share.count for share in coverage.by_year(real)) == total
    assert sum(share.count for share in coverage.by_kind(real)) == total
    assert sum(share.count for share in coverage.by_venue(real)) == total
    assert sum(share.count for share in coverage.by_basis(real)) == total
    for area, count, _ in coverage.by_area(real):
        assert count == len(real.by_area[area.id])


def test_each_gap_lists_the_papers_that_have_it(toy: Collection) -> None:
    found = {
        gap.slug: {record.id for record in toy.records.values() if gap.lacks(toy, record)}
        for gap in GAPS
    }  # fmt: skip
    assert found["authors"] == {"anon2019bridge", "sample2024slow"}
    assert "example2023fast" not in set().union(*found.values())
    assert "org2022toy" not in found["relations"], "another record relates to it"
    assert "z2024math" in found["relations"]
    assert {"z2024math", "sample2024slow"}.isdisjoint(found["identifier"])
    assert "org2022toy" in found["identifier"] & found["code"] & found["results"]
    assert "z2024math" in found["annotation"]


def test_each_row_leads_to_where_the_record_is_edited(toy: Collection) -> None:
    show = planned(toy)["coverage/authors/"].show()
    assert show["count"] == 2
    assert [url for _, url in show["rows"]] == [
        "https://example.org/repository/edit/main/papers/2024/sample2024slow.yaml",
        "https://example.org/repository/edit/main/papers/2019/anon2019bridge.yaml",
    ]


def test_a_gap_that_no_record_has_needs_no_page(real: Collection) -> None:
    assert "coverage/annotation/" not in planned(real)


def test_the_page_shows_the_numbers(toy_site: Path) -> None:
    html = (toy_site / "coverage" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../coverage/authors/">No full list of authors</a></td><td class="gl-value">2</td>' in html
    assert '<meter aria-label="abstract"' in html
