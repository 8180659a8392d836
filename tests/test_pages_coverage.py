"""Coverage and gaps: numbers that add up, and for each gap exactly the records that have it."""

import re
from pathlib import Path

from gen.checking import check_collection
from gen.collection import Collection
from gen.pages import Page, coverage, topics
from gen.pages.coverage import GAPS, pages
from gen.render import Renderer
from gen.site import load_site
from tests.cases import GOOD, LAYOUT, write
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


def test_areas_may_be_named_as_parts_of_pages_are(tmp_path: Path) -> None:
    names = ("top", "topics", "gaps", "venue", "year", "kind")
    areas = {f"topics/{name}.yaml": f"title: {name}\nscope: What stacks\nintroduction: Things.\n" for name in names}
    collection, findings = check_collection(write(tmp_path, {**GOOD, **areas, "mkdocs.yml": "site_name: New\n"}))
    assert {finding.check for finding in findings} <= {*LAYOUT, "unused-entry"}
    site = load_site(tmp_path)
    renderer = Renderer(collection, site)
    listed = (page for page in topics.pages(collection, site) if isinstance(page, Page))
    for page in (planned(collection)["coverage/"], next(listed)):
        anchors = re.findall(r' id="([^"]*)"| \{: #([\w-]+) \}', renderer.page(page))
        assert len(anchors) > len(names)
        assert len(anchors) == len({"".join(anchor) for anchor in anchors})


def test_the_page_shows_the_numbers(toy_site: Path) -> None:
    html = (toy_site / "coverage" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../coverage/authors/">No full list of authors</a></td><td class="gl-value">2</td>' in html
    assert '<meter aria-label="abstract"' in html
