"""Long lists in parts: where they are cut, what the parts are called, and a site that has many of them."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bench.edits import compare, differences
from gen import addresses, cuts, entities
from gen.build import build
from gen.checking import check_collection
from gen.cli import main
from gen.collection import Collection
from gen.pages import Page
from gen.pages.labels import Name, labels, words
from gen.pages.parts import by_name, by_time, in_parts
from gen.pages.plan import plan
from gen.record import Record
from gen.shards import Shard
from gen.site import load_site
from tests.conftest import EDITED, TOY, copy_collection, replace
from tests.test_site import Site

WEIGHTS = st.lists(st.integers(1, 9), max_size=80)
SIZES = st.integers(1, 12)


@given(WEIGHTS, SIZES)
def test_every_item_stands_in_one_part_in_order(weights: list[int], size: int) -> None:
    ranges = cuts.cut(weights, size)
    assert [place for places in ranges for place in places] == list(range(len(weights)))
    assert len(ranges) == 1 or all(ranges), "no part is empty"


@given(WEIGHTS, SIZES)
def test_no_part_is_much_larger_or_any_smaller_than_wanted(weights: list[int], size: int) -> None:
    first, *others = cuts.cut(weights, size)
    heaviest = max(weights, default=0)
    for places in others:
        assert size <= sum(weights[place] for place in places) < size + heaviest
    weight = sum(weights[place] for place in first)
    assert weight < 2 * size + heaviest
    assert not others or weight >= size


@given(st.integers(0, 60), SIZES)
def test_a_list_of_less_than_twice_a_part_is_whole(number: int, size: int) -> None:
    lengths = list(map(len, cuts.cut([1] * number, size)))
    assert (len(lengths) == 1) == (number < 2 * size)
    assert set(lengths[1:]) <= {size}
    assert lengths[0] < 2 * size


@given(WEIGHTS, st.integers(1, 9), SIZES)
def test_what_comes_to_the_beginning_changes_the_first_part_alone(weights: list[int], more: int, size: int) -> None:
    def from_the_end(weights: list[int]) -> list[tuple[int, int]]:
        ranges = cuts.cut(weights, size)
        return [(len(weights) - places.stop, len(weights) - places.start) for places in reversed(ranges)]

    before, after = from_the_end(weights), from_the_end([more, *weights])
    assert after[: len(before) - 1] == before[:-1]
    assert len(after) <= len(before) + 1, "at most one more is split off"


@given(WEIGHTS, SIZES)
def test_parts_are_numbered_from_the_last_one_and_the_first_has_no_number(weights: list[int], size: int) -> None:
    ranges = cuts.cut(weights, size)
    found = cuts.numbers(ranges)
    assert len(found) == len(weights)
    assert [found[places[0]] for places in ranges if places] == ([0, *range(len(ranges) - 1, 0, -1)] if weights else [])


def test_no_other_address_can_be_that_of_a_part() -> None:
    assert addresses.part("venues/icml/", 0) == "venues/icml/"
    assert addresses.part("venues/icml/", 3) == "venues/icml/part_3/"


def called(*ends: tuple[Name, Name]) -> list[str]:
    return [label.words for label in labels(ends)]


def test_parts_are_called_by_their_years_or_by_names_where_these_are_the_same() -> None:
    new, old = Name(2025, "Wu b"), Name(2019, "Abel a")
    assert called((new, Name(2024, "Abel a")), (Name(2023, "Zorn"), old)) == ["2024 to 2025", "2019 to 2023"]
    assert called(
        (Name(2025, "Abel"), Name(2025, "Chen f")), (Name(2025, "Chen t"), Name(2025, "Kim")), (old, old)
    ) == [
        "2025, A to C",
        "2025, C to K",
        "2019",
    ]
    assert called((Name(2025, "Abel"), Name(2025, "Cohen")), (Name(2025, "Kim"), Name(2025, "Wu"))) == [
        "A to K",
        "K to W",
    ]
    assert [label.short for label in labels([(new, new), (Name(2024, "A"), old)])] == ["2025", "2019–2024"]


def test_names_are_told_without_marks_that_mean_something() -> None:
    assert called((Name("", "*Stars*"), Name("", "<b>$x$")), (Name("", "_b y_"), Name("", "∞"))) == [
        "S to b",
        "b to ∞",
    ]
    assert called((Name("", "***"), Name("", "a"))) == ["… to a"]
    assert words("BERT-of-Theseus: $5 & more") == "BERT of Theseus 5 more"


@given(st.lists(st.text("ab -", min_size=1, max_size=4).filter(words), min_size=2, max_size=30, unique_by=words))
def test_no_two_parts_are_called_the_same(names: list[str]) -> None:
    names.sort(key=words)
    ranges = cuts.cut([1] * len(names), 2)
    found = called(*((Name("", names[places[0]]), Name("", names[places[-1]])) for places in ranges))
    assert len(set(found)) == len(found)


def test_a_part_s_page_says_where_it_is_and_what_it_holds(toy: Collection) -> None:
    listed = by_time("x/", toy.newest, 3)
    page = Page("x/", "year.md.j2", "All", "Everything.")
    pages = list(in_parts(page, listed, lambda part: {"ids": [record.id for record in part.items]}, lambda _: None))
    assert [page.address for page in pages] == ["x/", "x/part_2/", "x/part_1/"]
    assert [page.listed for page in pages] == ["x/"] * 3
    assert [page.description for page in pages[::2]] == ["Everything.", "All, 1962 to 2019. Everything."]
    assert [name for page in pages for name in page.show()["ids"]] == [record.id for record in toy.newest]
    part = pages[1].show()["part"]
    assert (part.before[1], part.after[1], part.crumbs("All")) == ("x/", "x/part_1/", [("All", "x/")])
    assert (pages[0].show()["part"].before, pages[2].show()["part"].after) == (None, None)


def test_a_new_paper_changes_no_older_part(toy: Collection) -> None:
    def shown(records: list[Record]) -> dict[str, object]:
        return {part.address: (part.pager, part.suffix, list(part.items)) for part in by_time("x/", records, 2)}

    new = toy.newest[0].model_copy(update={"year": toy.newest[0].year})
    before, after = shown(list(toy.newest[1:])), shown([new, *toy.newest[1:]])
    assert before.keys() == after.keys()
    assert [page for page in before if before[page] != after[page]] == ["x/"]


def test_a_short_list_is_one_page_without_a_pager(toy: Collection) -> None:
    [part] = by_name("x/", list(toy.newest), lambda record: Name("", record.title))
    assert (part.pager, part.suffix, part.address, part.before, part.after) == ((), "", "x/", None, None)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make few papers many."""
    monkeypatch.setattr(cuts, "PAPERS", 2)
    monkeypatch.setattr(cuts, "NOTES", 2)
    monkeypatch.setattr(cuts, "LINES", 1)
    monkeypatch.setattr(entities, "MOST", 2)


def collected(root: Path) -> Collection:
    collection, findings = check_collection(root, drafts=True)
    assert findings == []
    return collection


@pytest.mark.usefixtures("small")
def test_every_page_of_a_cut_collection_has_a_title_of_its_own() -> None:
    pages = [page for page in plan(collected(TOY), load_site(TOY)) if isinstance(page, Page) and page.part]
    assert len({page.title for page in pages}) == len(pages) > 20
    assert len({page.description for page in pages}) >= len(pages) - 3, "of pages of topics it is the scope"
    lists = {page.listed for page in pages}
    assert {"papers/", "people/", "people/a-to-z/m/", "systems/", "benchmarks/", "years/2024/"} <= lists
    assert {"topics/blocks/", "topics/towers/", "people/ada-example/"} <= lists


@pytest.mark.usefixtures("small")
def test_an_entry_s_address_leads_to_its_part() -> None:
    toy = collected(TOY)
    for page in plan(toy, load_site(TOY)):
        if isinstance(page, Page) and page.part and page.listed in ("systems/", "benchmarks/"):
            address = addresses.system if page.listed == "systems/" else addresses.benchmark
            for entry in page.part.items:
                assert not entry.anchor or address(toy, entry.name) == f"{page.address}#{entry.anchor}"
        elif isinstance(page, Page) and page.part and page.listed.startswith("people/a-to-z/"):
            for author in page.part.items:
                if not addresses.has_page(author):
                    assert addresses.person(author) == f"{page.address}#{author.slug}"


@pytest.mark.usefixtures("small")
def test_of_an_entry_with_many_papers_the_newest_are_named() -> None:
    toy = collected(TOY)
    [entry] = [entry for entry in toy.benchmarks if entry.name == "Playroom"]
    assert list(entry.shown) == list(toy.by_benchmark["Playroom"])[:2]
    assert entry.more == len(toy.by_benchmark["Playroom"]) - 2 > 0


@pytest.fixture
def cut(toy_copy: Path, small: None) -> Path:
    """A built collection whose lists are cut."""
    build(toy_copy)
    return toy_copy


def test_every_link_and_anchor_of_a_cut_site_resolves(cut: Path) -> None:
    site = Site(cut / "site")
    del site.pages["404.html"]
    assert len([path for path in site.pages if "/part_" in path]) > 20
    assert site.broken() == []
    for path, page in site.pages.items():
        assert len(set(page.ids)) == len(page.ids), path


def test_every_paper_stands_once_in_the_parts_of_a_list(cut: Path) -> None:
    for listed, number in {"topics/towers": 6, "papers": 11}.items():
        folder = cut / "site" / listed
        pages = [folder / "index.html", *folder.glob("part_*/index.html")]
        found = [ids for page in pages for ids in picked(page)]
        assert len(found) == len(set(found)) == number


def picked(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for before, after in pairwise(text.split(' data-paper="')):
        assert before
        yield after.partition('"')[0]


def test_the_sitemap_has_parts_with_the_days_of_their_papers(cut: Path) -> None:
    urls = fromstring((cut / "site" / "sitemap.xml").read_text(encoding="utf-8"))
    found = {url[0].text: url[1].text if len(url) > 1 else None for url in urls}
    topic = "https://example.org/toy/topics/towers/"
    days = [found[page] for page in found if page and page.startswith(topic)]
    assert len(days) == 3
    assert len(set(days)) > 1
    assert "https://example.org/toy/papers/part_1/" in found


def test_a_part_s_head_names_the_files_of_the_list(cut: Path) -> None:
    page = (cut / "site/topics/towers/part_1/index.html").read_text(encoding="utf-8")
    assert 'href="../../../topics/towers.bib" title=' in page
    assert '<link rel="canonical" href="https://example.org/toy/topics/towers/part_1/">' in page
    assert 'content="https://example.org/toy/assets/preview/blocks.png"' in page
    assert page.count('aria-current="page"') == 1


def test_an_edited_note_gives_what_a_clean_build_gives(cut: Path, tmp_path: Path) -> None:
    replace(cut, EDITED, "in a hurry", "in haste")
    build(cut)
    for path in (EDITED, "papers/2023/example2023fast.yaml"):
        replace(cut, path, "summary: ", "summary: Now, ")
        assert build(cut).collection is None, "no whole build"
    clean = tmp_path / "clean"
    shutil.copytree(cut, clean, ignore=shutil.ignore_patterns("build", "site"))
    build(clean)
    assert differences(cut / "site", clean / "site") == []
    assert differences(cut / "build" / "docs", clean / "build" / "docs") == []


def test_an_edit_makes_only_the_parts_anew_that_show_it(cut: Path) -> None:
    pages = sorted((cut / "build" / "docs").rglob("part_*.md"))
    before = {page: page.stat().st_mtime_ns for page in pages}
    replace(cut, EDITED, "title: Slow and ", "title: Slow and Very ")
    build(cut)
    changed = [page for page in pages if page.stat().st_mtime_ns != before[page]]
    assert changed == [page for page in pages if "/sample2024slow/" in page.read_text(encoding="utf-8")]
    assert 0 < len(changed) < len(pages)


@pytest.mark.usefixtures("small")
def test_after_random_edits_a_cut_site_is_that_of_a_clean_build(toy_copy: Path, tmp_path: Path) -> None:
    assert compare(toy_copy, tmp_path / "clean", 12, seed=8)[1] == []


@pytest.mark.usefixtures("small")
def test_shards_of_a_cut_site_joined_are_what_one_build_makes(cut: Path, tmp_path: Path) -> None:
    made = []
    for part in (1, 2):
        root = copy_collection(TOY, tmp_path / str(part))
        made.append(str(build(root, shard=Shard(part, 2)).archive))
    joined = copy_collection(TOY, tmp_path / "joined")
    assert CliRunner().invoke(main, ["merge", "--root", str(joined), *made]).exit_code == 0
    assert differences(joined / "site", cut / "site") == []
