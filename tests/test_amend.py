"""Where only notes and details were edited, the site is brought up to date by what they reach, as by a whole build."""

import re
import shutil
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bench.edits import differences
from gen import amendment
from gen import build as building
from gen.build import build
from gen.findings import RejectedError
from gen.folders import walk
from gen.pages.data import LINES
from gen.standing import _GRAIN, Look
from tests.conftest import EDITED, copy_project, replace

OTHER = "papers/2023/example2023fast.yaml"


@pytest.fixture
def built(toy_copy: Path) -> Path:
    """A collection that was built twice, so that there is a folder to bring up to date."""
    build(toy_copy)
    replace(toy_copy, EDITED, "in a hurry", "in haste")
    build(toy_copy)
    return toy_copy


@pytest.fixture
def whole_builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were built as a whole."""
    folders: list[Path] = []
    made = building._made

    def spy(look: Look, *rest: object, **more: object) -> object:
        folders.append(look.root)
        return made(look, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "_made", spy)
    return folders


def assert_clean(root: Path, folder: Path) -> None:
    """Check that the site is what a clean build makes."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("build", "site"))
    build(folder)
    assert differences(root / "site", folder / "site") == []
    assert differences(root / "build" / "docs", folder / "build" / "docs") == []


def test_an_edited_note_makes_no_whole_build(built: Path, whole_builds: list[Path], tmp_path: Path) -> None:
    for words in ("in great haste", "slowly, as towers [@example2023fast] do", "in $n$ steps", "in haste"):
        replace(built, EDITED, "in haste", f"{words} and in haste")
        run = build(built)
        assert (run.summary.papers, run.summary.pages) > (1, 10)
        assert 5 < run.summary.changed < 40
    assert whole_builds == []
    assert_clean(built, tmp_path / "clean")


def test_a_note_that_was_written_on_another_day_makes_no_whole_build(
    built: Path, whole_builds: list[Path], tmp_path: Path
) -> None:
    for before, after in pairwise(["2026-02-03", "2026-02-10", "2026-03-14", "2026-04-01"]):
        replace(built, EDITED, f"on: {before}", f"on: {after}")
        build(built)
        assert whole_builds == [], after
        assert_clean(built, tmp_path / "clean")
        whole_builds.clear()
    replace(built, OTHER, "on: 2026-01-02", "on: 2026-05-02")
    replace(built, EDITED, "version: v2", "version: v3")
    build(built)
    assert whole_builds == []
    replace(built, EDITED, "on: 2026-04-01", "on: 2026-02-03")
    build(built)
    assert whole_builds == [built], "what is the last day now, is for all papers to say"
    assert_clean(built, tmp_path / "clean")


RELATED = "papers/2024/example2024other.yaml"
CORPUS = "papers/2022/org2022toy.yaml"
DETAILS: dict[str, Callable[[Path], None]] = {
    "a title": partial(replace, path=RELATED, old="All Ways", new="Zebra Ways"),
    "a title back": partial(replace, path=RELATED, old="Zebra Ways", new="All Ways"),
    "an identifier": partial(replace, path=RELATED, old="toy.2", new="toy.3"),
    "a month": partial(replace, path=RELATED, old="year: 2024", new="year: 2024\nmonth: 7"),
    "a volume": partial(replace, path=CORPUS, old="venue: toyw", new="published: 2023\nvenue: toyw\nvolume: '7'"),
    "another title": partial(replace, path=RELATED, old="system: ", new="also_titled: [Ways]\nsystem: "),
    "a notice": partial(replace, path=RELATED, old="system: ", new="notice: {kind: withdrawn}\nsystem: "),
    "a link": partial(replace, path=CORPUS, old="org/korpus", new="org/corpus"),
    "a language": partial(replace, path=CORPUS, old="language: de", new="language: nl"),
    "a title that texts of topics show": partial(replace, path=EDITED, old="title: Slow", new="title: Very Slow"),
    "a title in math": partial(replace, path=CORPUS, old="title: Das", new="title: $n$"),
}


def test_edited_details_make_no_whole_build(built: Path, whole_builds: list[Path], tmp_path: Path) -> None:
    for what, change in DETAILS.items():
        change(built)
        run = build(built)
        assert run.summary.changed > 1, what
        assert whole_builds == [], what
        if "title" in what:
            assert_clean(built, tmp_path / "clean")
            whole_builds.clear()
    replace(built, CORPUS, "summary: ", "summary: Here ")
    replace(built, RELATED, "title: All", "title: Beyond all")
    build(built)
    assert whole_builds == []
    assert_clean(built, tmp_path / "clean")


def test_a_note_that_comes_to_name_a_paper_shows_its_later_title(
    built: Path, whole_builds: list[Path], tmp_path: Path
) -> None:
    replace(built, CORPUS, "summary: Collects", "summary: After [@example2024other] collects")
    build(built)
    replace(built, RELATED, "title: All Ways", "title: Zebra Ways")
    build(built)
    assert whole_builds == []
    assert_clean(built, tmp_path / "clean")
    assert "Zebra Ways" in (built / "site/papers/org2022toy/index.html").read_text(encoding="utf-8")


def test_with_templates_of_one_s_own_a_title_that_topics_show_makes_a_whole_build(
    built: Path, whole_builds: list[Path]
) -> None:
    add_template(built)
    build(built)
    build(built)  # the template is no longer young
    whole_builds.clear()
    for path, number in ((RELATED, 0), (EDITED, 1)):
        replace(built, path, "title: ", "title: On ")
        build(built)
        assert len(whole_builds) == number


def test_a_title_of_another_paper_is_found(built: Path, whole_builds: list[Path]) -> None:
    replace(built, RELATED, "All Ways to Relate Towers", 'Slow and Steady Towers for "Large" Rooms')
    with pytest.raises(RejectedError) as refused:
        build(built)
    assert {finding.check for finding in refused.value.findings} == {"duplicate-paper"}
    assert whole_builds == [built]


def test_two_notes_at_once(built: Path, whole_builds: list[Path], tmp_path: Path) -> None:
    replace(built, EDITED, "in haste", "soon")
    replace(built, OTHER, "summary: ", "summary: Early, ")
    build(built)
    assert whole_builds == []
    assert_clean(built, tmp_path / "clean")


def test_both_folders_stay_up_to_date(built: Path, tmp_path: Path) -> None:
    """Nothing of an edit that was taken back is left in the folder that the next build starts from."""
    inodes = dict(walk(built / "site"))
    for old, new in (("in haste", "at leisure"), ("at leisure", "in haste"), ("in haste", "soon")):
        replace(built, EDITED, old, new)
        build(built)
    assert len(dict(walk(built / "site")).items() - inodes.items()) < 40, "all else is linked"
    build(built)
    assert differences(built / "site", built / "build" / "site") == []


@pytest.mark.parametrize("taken", [False, True])
def test_the_first_edit_finds_the_other_folder_filled_or_fills_it(
    toy_copy: Path, whole_builds: list[Path], tmp_path: Path, taken: bool
) -> None:
    time.sleep(2 * _GRAIN / 1e9)  # younger files would be looked into, whatever they are
    build(toy_copy)
    other = toy_copy / "build" / "site"
    assert dict(walk(other)) == dict(walk(toy_copy / "site"))
    if taken:
        shutil.rmtree(other)
    for words in ("in haste", "in great haste"):
        replace(toy_copy, EDITED, "in a hurry", f"{words}, in a hurry")
        build(toy_copy)
        assert_clean(toy_copy, tmp_path / "clean")
    assert whole_builds.count(toy_copy) == 1


def test_without_a_site_a_whole_one_is_made(built: Path, whole_builds: list[Path], tmp_path: Path) -> None:
    """The other folder alone won't do: it lacks what was edited last."""
    replace(built, EDITED, "in haste", "soon")
    build(built)
    shutil.rmtree(built / "site")
    replace(built, OTHER, "summary: ", "summary: Early, ")
    build(built)
    assert whole_builds == [built]
    assert_clean(built, tmp_path / "clean")


def touch_only(root: Path) -> None:
    (root / OTHER).touch()


def copy_over(root: Path) -> None:
    data = (root / OTHER).read_bytes()
    (root / OTHER).unlink()
    (root / OTHER).write_bytes(data)


@pytest.mark.parametrize("touch", [touch_only, copy_over])
def test_a_file_that_only_looks_changed_is_read_and_left(
    built: Path, whole_builds: list[Path], touch: Callable[[Path], None]
) -> None:
    touch(built)
    replace(built, EDITED, "in haste", "soon")
    build(built)
    assert whole_builds == []


MORE = "papers/2024/sample2024more.yaml"


def add_record(root: Path) -> None:
    text = (root / EDITED).read_text(encoding="utf-8")
    text = text.replace("Slow and Steady Towers", "Another Matter").replace('arxiv: "2401.00002"\n', "")
    (root / MORE).write_text(text, encoding="utf-8")


def add_template(root: Path) -> None:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "mine.j2").write_text("")


WHOLE: dict[str, Callable[[Path], None]] = {
    "a first way to the paper": partial(replace, path=CORPUS, old="links: {", new='links: {paper: "https://a.org", '),
    "an author": partial(replace, path=RELATED, old="Zoë Zwölf", new="Zoë Zwölfe"),
    "no system": partial(replace, path=OTHER, old="system: ", new="# "),
    "a new record": add_record,
    "a topic": partial(replace, path="topics/towers.yaml", old="title: ", new="title: All "),
    "venues": partial(replace, path="venues.yaml", old="short: ", new="short: The "),
    "settings": partial(replace, path="mkdocs.yml", old="site_description: ", new="site_description: So "),
    "a page by hand": partial(replace, path="docs/about.md", old="\n", new="\nMore.\n"),
    "a template": add_template,
}


def test_whatever_else_changes_makes_a_whole_build(built: Path, whole_builds: list[Path], tmp_path: Path) -> None:
    for number, (what, change) in enumerate(WHOLE.items()):
        replace(built, EDITED, "in haste", f"{number}, in haste")
        change(built)
        build(built)
        assert len(whole_builds) == number + 1, what
    assert_clean(built, tmp_path / "clean")


def test_another_address_by_the_environment_makes_a_whole_build(
    toy_copy: Path, whole_builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://example.org/toy/"
    replace(toy_copy, "mkdocs.yml", f"site_url: {address}", f'site_url: !ENV [SITE_URL, "{address}"]')
    build(toy_copy)
    build(toy_copy)  # the settings are no longer young
    monkeypatch.setenv("SITE_URL", "https://elsewhere.org/")
    replace(toy_copy, EDITED, "in a hurry", "in haste")
    build(toy_copy)
    assert len(whole_builds) == 3
    assert address not in (toy_copy / "site/feed.xml").read_text(encoding="utf-8")


def test_without_an_edit_everything_is_looked_at(built: Path, whole_builds: list[Path]) -> None:
    (built / "site" / "index.html").unlink()
    build(built)
    assert whole_builds == [built]
    assert (built / "site" / "index.html").exists()


FINDINGS = {
    "broken-reference": "in haste, as [@nobody2020] said",
    "raw-html": "in <b>haste</b>",
}


def test_findings_of_an_edited_note_are_told_as_ever(built: Path, whole_builds: list[Path]) -> None:
    for check, text in FINDINGS.items():
        replace(built, EDITED, "in haste", text)
        with pytest.raises(RejectedError) as refused:
            build(built)
        assert [finding.check for finding in refused.value.findings] == [check]
        assert refused.value.findings[0].path == EDITED
        replace(built, EDITED, text, "in haste")
    whole_builds.clear()
    replace(built, EDITED, "in haste", "soon")
    build(built)
    assert whole_builds == [], "what was refused has changed nothing"


def test_a_phrase_that_would_stand_in_too_many_notes_is_found(toy_copy: Path, whole_builds: list[Path]) -> None:
    """Also where each edit brings it into one more note, and no whole build comes between."""
    phrase = "one two three four five six seven eight nine ten"
    add_record(toy_copy)
    build(toy_copy)
    build(toy_copy)
    for path in (EDITED, OTHER, "papers/2022/org2022toy.yaml"):
        replace(toy_copy, path, "\nsummary: ", f"\nsummary: {phrase} ")
        build(toy_copy)
    assert len(whole_builds) == 3, "where a second note gets the phrase, all notes are compared"
    replace(toy_copy, MORE, "\nsummary: ", f"\nsummary: {phrase} ")
    with pytest.raises(RejectedError) as refused:
        build(toy_copy)
    assert {finding.check for finding in refused.value.findings} == {"boilerplate"}


def test_an_edit_that_is_taken_back_and_made_again_makes_no_whole_build(built: Path, whole_builds: list[Path]) -> None:
    ways = ("one two three four five six seven eight nine ten in haste", "in haste")
    for before, after in (ways, ways[::-1]) * 2:
        replace(built, EDITED, after, before)
        build(built)
    assert whole_builds == []


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def test_a_damaged_table_costs_time_and_nothing_else(built: Path, tmp_path: Path) -> None:
    for number, table in enumerate(sorted((built / "build" / "cache").iterdir())):
        (cut if number % 2 else Path.unlink)(table)
        replace(built, EDITED, "in haste", f"{number}, in haste")
        build(built)
    assert_clean(built, tmp_path / "clean")


def test_a_file_that_is_not_what_it_was_makes_a_whole_build(
    built: Path, whole_builds: list[Path], tmp_path: Path
) -> None:
    lines = built / "build" / "docs" / LINES
    lines.write_bytes(lines.read_bytes().replace(b"in haste", b"otherwise"))
    replace(built, EDITED, "in haste", "soon")
    build(built)
    assert whole_builds == [built]
    assert_clean(built, tmp_path / "clean")


def test_many_edits_are_a_whole_build(built: Path, whole_builds: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amendment, "MOST", 1)
    replace(built, EDITED, "in haste", "soon")
    replace(built, OTHER, "summary: ", "summary: Early, ")
    build(built)
    assert whole_builds == [built]


def test_real_records(tmp_path: Path, whole_builds: list[Path]) -> None:
    root = tmp_path / "real"
    copy_project(root)
    papers = sorted(root.glob("papers/*/*.yaml"))
    build(root)
    build(root)
    whole_builds.clear()
    for path in papers[40:440:100]:
        replace(root, path, "\nsummary: >-\n  ", "\nsummary: >-\n  Now ")
        build(root)
    assert len(whole_builds) <= 1, "where records become longer on average, the index is made anew"
    whole_builds.clear()
    for path in papers[30:430:100]:
        path.write_text(re.sub(r"(?m)^(title: \"?)", r"\1Now ", path.read_text(encoding="utf-8"), count=1))
        build(root)
    assert len(whole_builds) <= 1
    assert_clean(root, tmp_path / "clean")
