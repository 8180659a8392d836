"""What an edit of notes and details reaches: no page that changes is missed, of lists in one part and in many."""

import random
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from gen import cuts
from gen.collection import Collection
from gen.fingerprint import Fingerprints
from gen.likeness import Likeness, likeness
from gen.outputs import key_of
from gen.pages import File, Page
from gen.pages.coverage import gaps
from gen.pages.exports import lists, lists_of
from gen.pages.plan import plan
from gen.pages.reach import Reach, index, listing
from gen.record import DETAILS, Links, Notice, Record
from gen.render import Renderer
from gen.site import PROJECT, load_site
from gen.store import Store
from tests.conftest import TOY, changed

NO_STORE = Store(None)
FEW = 100
CHANGES: dict[str, object] = {
    "title": "Of Zebras and Their Stripes",
    "also_titled": ("Stripes",),
    "published": 2031,
    "month": 7,
    "volume": "71",
    "number": "17",
    "pages": "7-17",
    "arxiv": "1701.07171",
    "doi": "10.7171/zebra",
    "language": "nl",
    "links": Links(paper="https://example.org/zebra", code="https://example.org/zebra.git"),
    "notice": Notice(kind="withdrawn", on=date(2026, 1, 7)),
}
"""Another value for each detail."""


@pytest.fixture(params=["toy", "real"])
def collection(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Collection:
    """A collection whose lists are in parts: in small ones where it is small."""
    for name, size in {"PAPERS": 2, "NOTES": 2, "LINES": 3}.items() if request.param == "toy" else ():
        monkeypatch.setattr(cuts, name, size)
    found: Collection = request.getfixturevalue(request.param)
    return replace(found)


def test_each_detail_has_another_value_here() -> None:
    assert CHANGES.keys() == DETAILS


def with_records(collection: Collection, records: list[Record]) -> Collection:
    """Return a collection with some records as they are now."""
    return replace(collection, records={**collection.records, **{record.id: record for record in records}})


def root(collection: Collection) -> Path:
    """Return the folder of a collection."""
    return TOY if len(collection.records) < FEW else PROJECT


class Planned(NamedTuple):
    """A page of a plan."""

    page: Page
    key: str
    """What it is made of."""


def planned(collection: Collection, alike: Likeness) -> dict[str, Planned]:
    """Return the pages of a collection by their addresses."""
    site = load_site(root(collection))
    fingerprints = Fingerprints(collection, site)
    pages = (output for output in plan(collection, site, NO_STORE, alike) if isinstance(output, Page))
    return {page.address: Planned(page, key_of(page, fingerprints)) for page in pages}


def test_every_page_that_changes_is_reached(collection: Collection, tmp_path: Path) -> None:
    """Of a topic whose text names the paper also pages that don't show that text have another key."""
    chance, alike, site = random.Random(7), likeness(collection.records.values()), load_site(root(collection))
    names, before, known = sorted(collection.records), planned(collection, alike), index(collection)
    elsewhere = replace(site, root=tmp_path)  # nothing was built there
    chosen = names if len(names) < FEW else chance.sample(names, 6)
    for papers in [*([name] for name in chosen), chance.sample(names, 3)]:
        fields = ["title", *chance.sample(sorted(DETAILS), 2)]
        edits = [
            changed(paper, **allowed(collection, paper, fields))
            for paper in map(collection.records.get, papers)
            if paper
        ]
        now = with_records(collection, edits)
        after, fingerprints = planned(now, alike), Fingerprints(now, site)
        pages = list(Reach(now, elsewhere, alike, NO_STORE, edits, edits, [], known).pages())
        reached = {page.address: key_of(page, fingerprints) for page in pages}
        assert reached == {address: after[address].key for address in reached}, "each as in the whole plan"
        assert len(reached) == len(pages), "each once"
        others = [address for address, (_, key) in after.items() if key != before[address].key]
        assert len(others) > 5
        renderers = Renderer(collection, site), Renderer(now, site)
        for address in set(others) - set(reached):
            old, new = (
                renderer.page(made[address].page) for renderer, made in zip(renderers, (before, after), strict=True)
            )
            assert old == new, (papers, fields)


def allowed(collection: Collection, record: Record, fields: list[str]) -> dict[str, object]:
    """Return another value for each field, if it leaves the record in the lists where it stands."""
    known = gaps(collection, record)
    return {
        field: CHANGES[field]
        for field in fields
        if gaps(collection, changed(record, **{field: CHANGES[field]})) == known
    }


def test_an_index_is_brought_up_to_date(collection: Collection) -> None:
    known = index(collection)
    first, second = list(collection.records.values())[:2]
    edits = [
        changed(first, title="Of Zebras", summary=f"As [@{second.id}] has it."),
        changed(second, title="$n$ Zebras", summary="As before."),
    ]
    now = known.amended(zip((first, second), edits, strict=True))
    assert now == index(with_records(collection, edits))
    assert now.amended(zip(edits, (first, second), strict=True)) == known


def test_the_lists_of_a_paper_are_those_that_have_files(collection: Collection) -> None:
    found = lists(collection)
    for record in collection.records.values():
        assert set(lists_of(collection, record)) == {page for page, papers in found.items() if record in papers}


def dated(collection: Collection, day: date) -> set[str]:
    """Return the addresses that have a day in a collection's sitemap."""
    site = load_site(root(collection))
    outputs = plan(collection, site, NO_STORE, likeness(collection.records.values()))
    maps = (output for output in outputs if isinstance(output, File) and output.path.startswith("sitemap"))
    entry = re.compile(f"<loc>{re.escape(site.url)}([^<]*)</loc><lastmod>{day}<")
    return {found for file in maps for found in entry.findall(str(file.content()))}


def test_the_pages_whose_day_a_paper_s_may_be_are_told(collection: Collection) -> None:
    names, day = sorted(collection.records), date(2096, 1, 1)
    for name in names if len(names) < FEW else random.Random(9).sample(names, 4):
        now = with_records(collection, [changed(collection.records[name], added=day)])
        assert set(listing(now, load_site(root(now)), now.records[name])) == dated(now, day)
