"""The comparison of builds: the same papers reach every contender, and what was measured is told as it is."""

import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.compare import __main__ as compare
from bench.compare import hugo_site, markdown_site, measure, report
from bench.compare.collection import make_collection, part_of
from bench.compare.contenders import contenders, editable
from bench.compare.measure import Cost, FailedError, run, weigh
from bench.compare.papers import Paper, listings, papers
from bench.compare.plot import plot
from bench.compare.rows import Row, load, save
from gen.checking import check_collection
from tests.conftest import TOY

ROWS = [
    Row(475, "Gloss", 9.5, 16.0, 1.04, 1.5, 120_000_000, 5000, 52_000_000, 90_400),
    Row(475, "Hugo and Pagefind", 4.75, 5.0, 4.0, 4.5, 200_000_000, 2400, 9_000_000, 180_000),
    Row(475, "Zensical", error="FailedError: status 1: no | such thing"),
    Row(20_000, "Gloss", 300.0, 550.0, 2.0, 2.5, 800_000_000, 100_000, 900_000_000, 150_000),
    Row(20_000, "Gloss, one core", 540.0, 530.0),
]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy collection and six invented papers."""
    folder = tmp_path_factory.mktemp("grown") / "collection"
    make_collection(folder, TOY, None, 16)
    return folder


@pytest.fixture(scope="module")
def listed(grown: Path) -> list[Paper]:
    """Its papers, as the peers get them."""
    return papers(grown)


def test_a_grown_collection_has_no_findings_and_a_part_of_it_neither(grown: Path, tmp_path: Path) -> None:
    collection, findings = check_collection(grown, drafts=True)
    assert findings == []
    assert len(collection.records) == 16
    part_of(grown, TOY, tmp_path / "part", 12)
    part, findings = check_collection(tmp_path / "part", drafts=True)
    assert findings == []
    assert len(part.records) == 12
    assert part.records.keys() < collection.records.keys()


def test_every_peer_has_a_page_and_an_entry_for_every_paper_and_list(listed: list[Paper], tmp_path: Path) -> None:
    markdown_site.write_site(tmp_path / "mkdocs", listed)
    hugo_site.write_site(tmp_path / "hugo", listed)
    hugo = next(one for one in contenders() if one.name.startswith("Hugo"))
    subprocess.run(hugo.clean[0], cwd=tmp_path / "hugo", check=True)
    names = [f"papers/{paper.id}" for paper in listed]
    names += [f"{listing.kind}/{listing.slug}" for listing in listings(listed)]
    assert len(names) > 40
    for name in names:
        entries = (tmp_path / "mkdocs/docs" / f"{name}.bib").read_text(encoding="utf-8")
        assert (tmp_path / "mkdocs/docs" / f"{name}.md").is_file(), name
        assert (tmp_path / "hugo/public" / name / "index.html").is_file(), name
        assert (tmp_path / "hugo/public" / name / "index.bib").read_text(encoding="utf-8").count("@") == entries.count(
            "@"
        )


def test_a_change_reaches_the_file_of_each_contender(grown: Path, listed: list[Paper], tmp_path: Path) -> None:
    paper = next(paper for paper in listed if editable(paper))
    for contender in contenders():
        folder = tmp_path / contender.name
        contender.write(folder, grown, listed)
        path = folder / contender.page.format(id=paper.id, year=paper.year)
        before = path.read_text(encoding="utf-8")
        contender.edit(folder, paper)
        assert path.read_text(encoding="utf-8") != before
    assert check_collection(tmp_path / "Gloss", drafts=True)[1] == []


@pytest.mark.parametrize("cores", [1, 2])
def test_what_is_held_against_our_build_is_measured_right_before_it_or_after(
    monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr(compare, "available", lambda: list(range(cores)))
    turns = compare._turns(contenders(), one_core=True)
    nearest = [(turn.name, turn.cores) for turn in turns[: cores + 1]]
    assert nearest == [("Gloss, one core", 1)] * (cores - 1) + [("Gloss", cores), ("Hugo and Pagefind", cores)]
    assert [turn.name for turn in compare._turns(contenders(), one_core=False)][:2] == ["Gloss", "Hugo and Pagefind"]


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    cost = run([["sh", "-c", "head -c 1000 /dev/zero > a; (sleep 0.3)"]], tmp_path, 1, {})
    assert cost.wall >= 0.3
    assert cost.cpu < cost.wall
    assert cost.memory > 100_000
    assert weigh(tmp_path)[0] == 2
    with pytest.raises(FailedError, match="status 3: what went wrong"):
        run([["sh", "-c", "echo what went wrong; exit 3"]], tmp_path, 1, {})


def test_what_the_cores_gain_is_told_beside_what_our_build_does(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {(0,): 1.0, (0, 1, 2): 1.2}
    monkeypatch.setattr(measure, "available", lambda: [0, 1, 2])
    monkeypatch.setattr(measure, "_looped", lambda cores: seconds[tuple(cores)])
    assert measure.gain() == pytest.approx(2.5)
    one_core = replace(ROWS[-1], gains=[1.742, 1.85])
    assert report.ratios([ROWS[3], one_core]) == [
        "On one core it takes 1.80 times as long; of a plain loop all cores together did 1.74, 1.85 times as much as "
        "one alone just before.",
    ]


def test_a_loop_runs_on_each_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(measure, "LOOP", "import os; open(*map(str, os.sched_getaffinity(0)), 'w')")
    assert measure.gain() > 0
    assert {path.name for path in tmp_path.iterdir()} == set(map(str, measure.available()))


def test_the_table_tells_everything_and_failures_too() -> None:
    text = report.table(ROWS)
    assert "| 475 | Gloss | 9.5 | 16.0 | 1.0 | 120 | 5,000 | 52 | 90 |" in text
    assert "| 475 | Zensical |  |  |  |  |  |  |  |" in text
    assert "Zensical at 475 records failed: FailedError: status 1: no | such thing" in text
    assert report.ratios(ROWS) == [
        "At 475 records our clean build takes 2.00 times that of Hugo and Pagefind.",
        "On one core it takes 1.80 times as long.",
        "A record takes 20.0 ms of a build of 475, and 15.0 ms of one of 20,000: 0.75 times as long.",
    ]


def test_of_several_rounds_the_least_is_told_and_how_each_went() -> None:
    ours = Row(20_000, "Gloss").after(Cost(100.0, 160.0, 900)).after(Cost(80.0, 150.0, 950)).after(Cost(90.0, 1.0, 1))
    assert (ours.clean_wall, ours.clean_cpu, ours.memory, ours.rounds) == (80.0, 150.0, 950, [100.0, 80.0, 90.0])
    mkdocs = Row(20_000, "MkDocs").after(Cost(160.0, 160.0, 1)).after(Cost(200.0, 200.0, 1))
    one_core = Row(20_000, "Gloss, one core").after(Cost(150.0, 150.0, 1)).after(Cost(160.0, 160.0, 1))
    assert report.ratios([ours, one_core, mkdocs]) == [
        "At 20,000 records our clean build takes 0.50 times that of MkDocs (0.62, 0.40 round by round).",
        "On one core it takes 1.88 times as long (1.50, 2.00 round by round).",
    ]


def test_rows_come_back_as_they_were_saved(tmp_path: Path) -> None:
    assert load(tmp_path / "rows.json") == {}
    save(tmp_path / "rows.json", ROWS, {"machine": "one"})
    assert list(load(tmp_path / "rows.json").values()) == ROWS


def test_the_readme_takes_the_table_between_its_markers(tmp_path: Path) -> None:
    save(tmp_path / "compare.json", ROWS, {"date": "d", "machine": "m", "versions": {"a": "1"}, "papers": "invented"})
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n\n{report.START}\nold\n{report.END}\n\nafter\n", encoding="utf-8")
    report.write(tmp_path, readme)
    once = readme.read_text(encoding="utf-8")
    assert once.startswith(f"before\n\n{report.START}\n\n| Records |")
    assert once.endswith(f"Measured on d: m; a 1. Other papers: invented.\n\n{report.END}\n\nafter\n")
    report.write(tmp_path, readme)
    assert readme.read_text(encoding="utf-8") == once
    readme.write_text("no markers", encoding="utf-8")
    with pytest.raises(ValueError, match="has no line"):
        report.write(tmp_path, readme)


def test_the_number_of_rounds_is_told(tmp_path: Path) -> None:
    once = Row(475, "Gloss").after(Cost(5.0, 8.0, 1))
    for rows, told in (
        ([once], ""),
        (
            [once, replace(once, name="Hugo").after(Cost(4.0, 8.0, 1))],
            "The least of 1 or 2 clean builds each, in turn. ",
        ),
    ):
        save(tmp_path / "compare.json", rows, {"date": "d", "machine": "m", "versions": {}, "papers": "invented"})
        report.write(tmp_path, None)
        assert f"\n{told}Measured on d: m; " in (tmp_path / "compare.md").read_text(encoding="utf-8")


def test_the_picture_is_svg_with_a_dot_for_every_figure() -> None:
    picture = ElementTree.fromstring(plot(ROWS))
    dots = picture.findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(dots) == 9
    assert len([dot for dot in dots if dot.get("class") == "ours"]) == 6
    plot([replace(ROWS[0], again_wall=None, memory=None)])
