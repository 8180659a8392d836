"""Small pages: what each shows, and that all of them together keep the promises of their addresses."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gen import addresses
from gen.checks.catalog import CHECKS
from gen.citation.formats import FORMATS
from gen.citation.lookup import pieces
from gen.collection import Collection, gather
from gen.pages import Batch, File, Output, Page, browse, cite, contribute, head, indexes, manual
from gen.pages.exports import lists
from gen.pages.output import made_of, members
from gen.pages.plan import plan
from gen.pages.record import elsewhere, links, related
from gen.reading import read_collection
from gen.record import Record
from gen.render import Renderer
from gen.site import Site, load_site
from gen.text.plain import plain
from tests.cases import GOOD, RECORD, another, record, write
from tests.conftest import TOY, copy_collection


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(TOY)


@pytest.fixture(scope="module")
def planned(toy: Collection, site: Site) -> list[Output]:
    return list(plan(toy, site))


def shown(outputs: Any, address: str) -> Any:
    """Return what the page of an address shows."""
    page = next(output for output in outputs if isinstance(output, Page) and output.address == address)
    return page.show()


def collected(root: Path, files: Mapping[str, str | bytes]) -> Collection:
    """Return the good collection with some files changed or added."""
    return gather(read_collection(write(root, {**GOOD, **files})))


@pytest.mark.parametrize(
    ("address", "path", "base", "index"),
    [
        ("", "index.md", "", False),
        ("topics/", "topics/index.md", "../", True),
        ("papers/a/", "papers/a.md", "../../", False),
        ("people/a-to-z/x/", "people/a-to-z/x.md", "../../../", False),
    ],
)
def test_a_page_knows_its_file_and_the_way_to_the_root(address: str, path: str, base: str, index: bool) -> None:
    page = Page(address, "x.md.j2", "X")
    assert (page.path, page.base, page.is_index) == (path, base, index)


def test_what_something_is_made_of_may_be_named_at_once() -> None:
    assert made_of(1, "a")() == (1, "a")


def test_head_elements_lead_to_assets_by_their_suffix() -> None:
    assert head.assets("../", "css/a.css", "js/b.js") == (
        '<link rel="stylesheet" href="../assets/css/a.css"><script type="module" src="../assets/js/b.js"></script>'
    )
    assert head.assets("") == ""
    assert head.feed("../", "feed.xml", 'A "b"') == (
        '<link rel="alternate feed" type="application/atom+xml" href="../feed.xml" title="A &quot;b&quot;">'
    )
    with pytest.raises(KeyError):
        head.assets("", "a.png")


def test_no_two_outputs_have_one_path_and_every_prefix_is_a_page(planned: list[Output]) -> None:
    paths = Counter(item.path for output in planned for item in members(output))
    assert paths.most_common(1)[0][1] == 1
    pages = {output.address for output in planned if isinstance(output, Page)} | {"contribute/"}
    for address in pages:
        parent = address.rstrip("/").rpartition("/")[0]
        assert not parent or f"{parent}/" in pages, address


def test_the_plan_is_the_same_each_time(toy: Collection, site: Site, planned: list[Output]) -> None:
    def names(outputs: list[Output]) -> list[str]:
        return [name for output in outputs for name in [item.path for item in members(output)] or ["batch"]]

    assert names(list(plan(toy, site))) == names(planned)


def test_pages_of_lists_name_their_papers_in_other_forms(planned: list[Output]) -> None:
    heads = {output.address: output.head() for output in planned if isinstance(output, Page)}
    for page in ("", "topics/towers/", "years/2024/", "people/ada-example/", "paths/first-tower/"):
        for suffix in FORMATS:
            assert f'{addresses.export(page, suffix)}" title=' in heads[page], (page, suffix)
        assert 'property="og:title"' in heads[page]
    assert "describedby" not in heads["browse/"]
    assert 'content="https://example.org/toy/assets/preview/blocks.png"' in heads["topics/towers/"]


def test_formats_that_the_settings_leave_out_are_neither_written_nor_named(tmp_path: Path, toy: Collection) -> None:
    root = copy_collection(TOY, tmp_path / "toy")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("{drafts: true}", "{drafts: true, formats: {lists: [bib]}}")
    settings.write_text(text, encoding="utf-8")
    outputs = list(plan(toy, load_site(root)))
    paths = {item.path for output in outputs for item in members(output)}
    assert "topics/towers.bib" in paths
    assert "topics/towers.ris" not in paths
    assert {"bibliography.ris", "papers/example2023fast.ris", "people/ada-example.ris"} <= paths
    page = next(output for output in outputs if isinstance(output, Page) and output.address == "topics/towers/")
    assert "towers.bib" in page.head()
    assert "towers.ris" not in page.head()


def test_exports_stand_beside_every_list_in_the_order_of_ids(toy: Collection, site: Site) -> None:
    found = lists(toy)
    for page, records in found.items():
        ids = [record.id for record in records]
        assert page.startswith("paths/") or ids == sorted(ids)
    assert [record.id for record in found["paths/first-tower/"]] == ["example2023fast", "sample2024slow"]
    assert len(found[""]) == len(toy.records)
    assert {"topics/blocks/", "years/1999/", "venues/jot/", "people/zoe-zwolf/"} <= found.keys()
    assert "people/guy-van-der-toy/" not in found
    files = {item.path: item for output in plan(toy, site) for item in members(output) if isinstance(item, File)}
    assert files.keys() >= {addresses.export(page, form) for page in found for form in FORMATS}
    assert files["papers/example2022fast.bib"].content() == files["papers/example2023fast.bib"].content()
    bib = str(files["paths/first-tower.bib"].content())
    assert bib.index("{example2023fast,") < bib.index("{sample2024slow,")


def test_the_home_page_shows_the_latest_additions_first(toy: Collection, site: Site) -> None:
    home = shown(indexes.home(toy, site), "")
    days = [record.added for record in home["latest"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == indexes.LATEST
    assert home["counts"] == {
        "papers": 11,
        "topics": 2,
        "areas": 1,
        "authors": len(toy.authors),
        "venues": 7,
        "relations": 6,
        "results": 3,
        "paths": 1,
    }


def test_papers_stand_under_the_first_letter_of_their_titles(toy: Collection) -> None:
    letters = shown(indexes.pages(toy), "papers/")["letters"]
    assert list(letters) == ["0", "a", "d", "f", "o", "s", "t"]
    assert plain(letters["o"][-1].title).startswith("Ω"), "not under a letter that looks like another one, as Α does"
    titles = [plain(record.title) for record in letters["f"]]
    assert titles == sorted(titles, key=str.lower)
    assert letters["0"][0].title.startswith("2048")
    assert plain(letters["s"][0].title).startswith("*Stars*"), "by its first letter or digit"
    assert sum(map(len, letters.values())) == len(toy.records)


def test_names_of_one_anchor_have_it_once_and_no_name_takes_the_page_s_own(toy: Collection) -> None:
    page = shown(indexes.pages(toy), "benchmarks/")
    anchors = {entry.name: entry.anchor for entry in page["sections"][""]}
    assert anchors == {"MS TOYS": "ms-toys", "Playroom": "playroom", "Top": ""}
    systems = shown(indexes.pages(toy), "systems/")
    anchors = Counter(entry.anchor for part in systems["sections"].values() for entry in part if entry.anchor)
    assert max(anchors.values()) == 1
    assert {entry.name for entry in systems["sections"]["introduced"]} == {"FASTBLOCK", "FastBlock", "Spielzeug-Korpus"}


def test_venues_stand_by_type_and_unused_ones_nowhere(tmp_path: Path) -> None:
    unused = "unused: {short: N, name: N, type: book}\n"
    venues = f"{GOOD['venues.yaml']}aconf: {{short: AConf, name: A, type: conference}}\n{unused}"
    collection = collected(tmp_path, {"venues.yaml": venues, **another("roe2023", ("toyconf", "aconf"))})
    outputs = list(indexes.pages(collection))
    page = shown(outputs, "venues/")
    assert list(page["types"]) == ["conference"]
    assert [key for key, _ in page["types"]["conference"]] == ["aconf", "toyconf"]
    assert page["counts"] == {"aconf": 1, "toyconf": 1}
    assert {output.address for output in outputs if isinstance(output, Page)} >= {"venues/aconf/", "venues/toyconf/"}


def test_everyone_is_in_the_list_of_a_letter_and_has_a_page_from_two_papers_on(toy: Collection) -> None:
    outputs = list(indexes.pages(toy))
    letters = shown(outputs, "people/a-to-z/")["letters"]
    assert sum(letters.values()) == len(toy.authors)
    several = shown(outputs, "people/")["several"]
    counts = [len(author.records) for author in several]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) == 2
    for letter in letters:
        authors = shown(outputs, f"people/a-to-z/{letter}/")["authors"]
        assert {author.letter for author in authors} == {letter}


def test_the_table_offers_every_value_that_some_paper_has(toy: Collection) -> None:
    found: Any = browse.choices(toy)
    assert found["areas"] == [("Blocks & bricks", [("bridges", "Bridges", 4), ("towers", "Towers", 6)])]
    assert [key for key, _, _ in found["venues"]] == ["toypress", "jot", "toybook", "toytr", "toyconf", "toyw", "utoy"]
    assert found["preprints"] == 4
    assert (found["first"], found["last"]) == (1962, 2024)
    assert sum(count for _, count in found["kinds"]) == 6
    data = next(output for output in browse.pages(toy) if isinstance(output, File))
    assert shown(browse.pages(toy), "browse/")["data"] == data.path


def test_pages_that_look_papers_up_know_how_many_pieces_there_are(toy: Collection, site: Site) -> None:
    number = len(pieces(list(toy.records.values())))
    outputs = list(cite.pages(toy))
    [batch] = [output for output in outputs if isinstance(output, Batch)]
    files = [file.path for file in batch.files()]
    assert files == [f"cite/lookup/{piece}.json" for piece in range(number)]
    [venues] = [output for output in outputs if isinstance(output, File)]
    assert venues.path == "cite/venues.json"
    names = json.loads(venues.content())
    assert names == [
        ["Journal of Toys", "JoT"],
        ["Handbook of Toys", "Toy Book"],
        ["Proceedings of the Conference on Toys & Games", "ToyConf", "TC"],
        ["Block & Sons"],
        ["Toy Institute", "Toy TR"],
        ["ToyConf Workshop on Small Things", "ToyW @ ToyConf"],
        ["Toy University", "U Toy"],
    ]
    for pages, address in ((outputs, "cite/"), (outputs, "picks/"), (contribute.pages(toy, site), "contribute/new/")):
        assert shown(pages, address)["pieces"] == number


def test_the_form_leads_to_the_repository_if_there_is_one(tmp_path: Path, toy: Collection, site: Site) -> None:
    form = shown(contribute.pages(toy, site), "contribute/new/")
    assert form["create_url"] == "https://example.org/repository/new/main"
    assert form["ledger_url"] == "", "this collection keeps none"
    (tmp_path / "mkdocs.yml").write_text("site_name: X\nrepo_url: https://example.org/r\n")
    collection = collected(tmp_path, {"ids.txt": "doe2023towers\n"})
    form = shown(contribute.pages(collection, load_site(tmp_path)), "contribute/new/")
    assert form["ledger_url"] == "https://example.org/r/edit/main/ids.txt"
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n")
    form = shown(contribute.pages(collection, load_site(tmp_path)), "contribute/new/")
    assert (form["create_url"], form["ledger_url"], form["first_line"]) == ("", "", "")


def test_the_manual_has_every_field_in_words_and_every_check() -> None:
    outputs = list(manual.pages())
    models = {anchor: rows for anchor, _, rows in shown(outputs, "contribute/fields/")["models"]}
    fields = {name: (kind, required) for name, kind, required, _ in models["record"]}
    assert fields["title"] == ("text", True)
    assert fields["authors"] == ("list of texts", True)
    assert fields["year"] == ("whole number", True)
    assert fields["added"] == ("day", False)
    assert fields["links"] == ("mapping", False)
    assert fields["results"] == ("list of mappings", False)
    assert fields["kind"][0].startswith("one of method, system, ")
    assert all(description for rows in models.values() for *_, description in rows)
    assert [check.name for check in shown(outputs, "contribute/checks/")["checks"]] == sorted(CHECKS)


def test_a_paper_shows_its_relations_from_both_ends(toy: Collection) -> None:
    verbs = [(item.verb, item.record.id) for item in related(toy, toy.records["example2023fast"])]
    assert verbs[0] == ("contrasts", "sample2024slow")
    assert sorted(verbs[1:]) == [("evaluated in", "sample2024slow"), ("extended by", "example2024other")]


def test_a_paper_names_others_on_its_benchmarks_and_how_many_more(
    toy: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gen.pages.record.NAMED", 2)
    shared, other = elsewhere(toy, toy.records["example2023fast"])
    assert (shared.benchmark, other.benchmark) == ("Playroom", "MS TOYS")
    assert [record.id for record in shared.others] == ["example2024other", "example2024same"]
    users = [record for record in toy.records.values() if "Playroom" in record.benchmarks]
    assert shared.more == len(users) - 1 - 2
    assert elsewhere(toy, toy.records["van1999thesis"]) == []


def test_links_lead_to_the_paper_first_and_none_is_empty(toy: Collection) -> None:
    labels = [label for label, _ in links(toy.records["example2023fast"])]
    assert labels == ["Paper", "PDF", "DOI", "arXiv", "Code", "Data", "Models", "Project", "Video", "More"]
    slow = ("PDF", "https://arxiv.org/pdf/2401.00002"), ("arXiv", "https://arxiv.org/abs/2401.00002")
    assert links(toy.records["sample2024slow"]) == [*slow]
    assert links(toy.records["toy1962book"]) == [
        ("Look it up", "https://scholar.google.com/scholar?q=The+Complete+Book+of+Blocks%3A+Volume+%26+Weight")
    ], "a paper without any address"


def test_a_page_says_that_a_name_alone_may_be_several_people(renderer: Renderer, planned: list[Output]) -> None:
    pages = {page.address: page for page in planned if isinstance(page, Page)}
    told = "Told apart by name alone: these may be papers of more than one person."
    assert told in renderer.page(pages["people/zoe-zwolf/"])
    assert told not in renderer.page(pages["people/ada-example/"]), "people.yaml knows her"


def neighbors(collection: Collection, record: Record, site: Site) -> dict[str, tuple[str | None, str | None]]:
    page = next(output for output in plan(collection, site) if isinstance(output, Page) and record.id in output.address)
    found: Any = page.show()["turns"]
    return {t.topic.id: (t.before and t.before.id, t.after and t.after.id) for t in found}


def test_a_paper_leads_on_within_each_of_its_topics(toy: Collection, site: Site) -> None:
    ids = [record.id for record in toy.by_topic["towers"]]
    for before, here, after in zip([None, *ids], ids, [*ids[1:], None], strict=False):
        assert neighbors(toy, toy.records[here], site)["towers"] == (before, after)


def test_of_two_records_of_one_id_one_has_a_page(tmp_path: Path) -> None:
    twice: dict[str, str | bytes] = {"papers/2024/doe2023towers.yaml": GOOD[RECORD].replace("year: 2023", "year: 2024")}
    collection = collected(tmp_path, twice)
    outputs = list(plan(collection, load_site(TOY)))
    pages = [output.address for output in outputs if isinstance(output, Page) and output.layout == "record"]
    assert pages == ["papers/doe2023towers/"]


def test_descriptions_name_papers_as_the_pages_do(tmp_path: Path) -> None:
    files = {
        **record(),
        **another("doe2023more", ("Builds towers", "Builds [@doe2023towers]"), ("One hundred", "[@doe2023towers]:")),
        "paths/start.yaml": PATH.format(introduction="Long. " * 100),
        "mkdocs.yml": "site_name: S\nsite_url: https://x.y/\n",
    }
    collection, site = collected(tmp_path, files), load_site(tmp_path)
    pages = {output.address: output for output in plan(collection, site) if isinstance(output, Page)}
    paper = pages["papers/doe2023more/"]
    assert paper.description.startswith("Builds Tower of wooden blocks")
    assert f'<meta property="og:description" content="{paper.description}">' in paper.head()
    assert pages["paths/start/"].description == "Build √(n) towers"
    rows = {row.record.id: row.approach for row in shown(pages.values(), "topics/towers/")["rows"]}
    assert rows["doe2023more"].startswith("Tower: towers are built")


PATH = """title: T
reader: R
goal: Build $\\sqrt{{n}}$ towers
introduction: {introduction}
steps: [{{paper: doe2023towers, take: T}}, {{paper: doe2023more, take: T}}]
"""
WITH_MATH = r"""
results: [{kind: speed, metric: towers, value: "3x"}]
benchmarks: ['$\omega$-Set']
builds_on: ['$\omega$-Tower']
relations: [{to: doe2023towers, kind: extends, why: "More than [@doe2023towers]."}]
"""
"""Lines of a record whose names have math, as the names of topics and systems there."""
RAW = {"papers.jsonl", "topics.jsonl", "paths.jsonl"}
"""Files that hold what the curator wrote, as it was written."""


def test_math_in_names_is_nowhere_shown_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gen.pages.results.LIMIT", 0)  # so that each area has a page of its figures
    name = r"'$\omega$-Blocks'"
    system = ("system: Tower", f"system: {name}")
    files = {
        **record(system, add=r"also_titled: ['Towers of $\omega$']"),
        **another("doe2023more", system, ("Builds towers", "Builds [@doe2023towers]"), add=WITH_MATH),
        "topics/blocks.yaml": f"title: {name}\nscope: What stacks\nintroduction: Things on top of things.\n",
        "topics/towers.yaml": f"title: {name}\narea: blocks\nscope: What is high\nintroduction: How high?\n",
        "mkdocs.yml": "site_name: S\nsite_url: https://x.y/\n",
    }
    collection, site = collected(tmp_path, files), load_site(tmp_path)
    renderer, shown = Renderer(collection, site), 0
    for output in plan(collection, site):
        for item in output.files() if isinstance(output, Batch) else members(output):
            if item.path in RAW or item.path.startswith("assets/"):
                continue
            content = renderer.page(item) if isinstance(item, Page) else item.content()
            text = content if isinstance(content, str) else content.decode()
            assert not re.search(r"omega(\$|%24)", text), item.path
            shown += "ω" in text or "<mi>" in text
    assert shown > 20
