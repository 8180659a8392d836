"""Publishing: the site is the old one or the new one, whole, wherever a build stops; and only what changed is made."""

import ctypes
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pytest

from gen import publish as publishing
from gen.folders import walk
from gen.publish import (
    Maker,
    Wanted,
    double,
    exchange,
    fill,
    generated_files,
    html_path,
    publish,
    publish_changed,
    recover,
    theme_files,
)
from gen.shell import cut
from gen.site import Site, load_site
from gen.store import Store
from gen.theme import Theme
from tests.conftest import TOY


class Stop(BaseException):
    """Ends a build at some place, as a signal would."""


class Bench:
    """A folder to publish in, without records and pages: each file's text is given."""

    def __init__(self, root: Path) -> None:
        shutil.copy(TOY / "mkdocs.yml", root)
        self.site = load_site(root)
        self.store = Store(root / "build" / "cache")
        self.sources = root / "sources"
        self.published = self.site.output
        self.other = root / "build" / "site"

    def publish(self, files: Mapping[str, str]) -> int:
        """Publish files of these texts; two of one text have the same token."""
        return len(publish(self.site, self.store, Theme(), list(self.wanted(files))))

    def change(self, files: Mapping[str, str], gone: Set[str] = frozenset(), behind: Set[str] = frozenset()) -> None:
        """Publish some files instead of what stands there, and no more those that are gone."""
        publish_changed(self.site, Theme(), list(self.wanted(files)), gone, behind)

    def wanted(self, files: Mapping[str, str]) -> Iterator[Wanted]:
        for path, text in files.items():
            source = self.sources / text / path  # a file is never written into, as in build/docs
            source.parent.mkdir(parents=True, exist_ok=True)
            if not source.exists():
                source.write_text(text, encoding="utf-8")
            yield Wanted(path, text, str(source))


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    def in_turn(work: Callable[[Iterable[Wanted]], Any], items: Sequence[Wanted]) -> list[Any]:
        return [work(items)]

    monkeypatch.setattr(publishing, "spread", in_turn)
    return Bench(tmp_path)


@pytest.fixture
def two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can't exchange folders in one step."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())


def texts(folder: Path) -> dict[str, str]:
    return {path: (folder / path).read_text(encoding="utf-8") for path, _ in walk(folder)}


OLD = {"index.html": "one", "papers/a/index.html": "one", "papers/b/index.html": "one", "css/a.css": "one"}
NEW = {"index.html": "two", "papers/a/index.html": "two", "papers/c/index.html": "two", "css/a.css": "one"}


def test_the_first_site_takes_its_place(bench: Bench) -> None:
    assert bench.publish(OLD) == 0, "there is none before it that it could differ from"
    assert texts(bench.published) == OLD
    assert dict(walk(bench.other)) == dict(walk(bench.published)), "the folder that will take turns with it, by links"


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("step", [("Linker.link", 3), ("exchange", 1), ("Path.rename", 1), ("Path.rename", 2)], ids=str)
def test_the_first_site_is_whole_or_not_there_after_a_stop_at_any_step(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: tuple[str, int], done: bool
) -> None:
    with monkeypatch.context() as stopped:
        stop_at(stopped, step[0], call=step[1], done=done)
        with pytest.raises(Stop):
            bench.publish(OLD)
    assert not bench.published.exists() or texts(bench.published) == OLD
    behind = publish(bench.site, bench.store, Theme(), list(bench.wanted(NEW)))
    assert texts(bench.published) == NEW
    bench.change({"css/a.css": "two"}, behind=behind)
    assert texts(bench.published) == {**NEW, "css/a.css": "two"}
    assert texts(bench.other) == NEW
    assert sorted(path.name for path in bench.other.parent.iterdir()) == ["cache", "site"]


def test_of_the_first_site_somebody_took_away_the_folder_that_is_left_becomes_the_next(bench: Bench) -> None:
    bench.publish(OLD)
    shutil.rmtree(bench.published)
    bench.publish(NEW)
    assert texts(bench.published) == NEW
    bench.change({"index.html": "three"})
    assert texts(bench.published) == {**NEW, "index.html": "three"}


def test_only_what_changed_is_made(bench: Bench) -> None:
    bench.publish(OLD)
    first = dict(walk(bench.published))
    assert bench.publish(NEW) == 4  # three made, one gone
    assert texts(bench.published) == NEW
    assert texts(bench.other) == OLD, "the site before stands in the other folder"
    second = dict(walk(bench.published))
    assert second["css/a.css"] == first["css/a.css"], "one file, linked"
    assert bench.publish(NEW) == 0
    assert dict(walk(bench.published)) == second
    assert bench.publish(NEW) == 0
    assert dict(walk(bench.other)) == second, "both folders are made of the same files now"


def test_what_is_published_is_never_written_into(bench: Bench) -> None:
    bench.publish(OLD)
    seen = (bench.published / "index.html").open(encoding="utf-8")
    bench.publish(NEW)
    bench.publish({**NEW, "index.html": "three"})
    with seen:
        assert seen.read() == "one", "a reader who opened a page reads it to its end"


def test_what_nobody_wants_any_more_goes_with_its_folders(bench: Bench) -> None:
    bench.publish(OLD)
    bench.publish({"css/a.css": "one"})
    assert texts(bench.published) == {"css/a.css": "one"}
    assert sorted(path.name for path in bench.published.iterdir()) == ["css"]
    bench.publish({"css/a.css": "one"})
    assert sorted(path.name for path in bench.other.iterdir()) == ["css"]


@pytest.mark.parametrize("place", ["published", "other"])
def test_what_somebody_else_put_there_goes(bench: Bench, place: str) -> None:
    bench.publish(OLD)
    bench.publish(NEW)
    folder: Path = getattr(bench, place)
    (folder / "notes" / "deep").mkdir(parents=True)
    (folder / "notes" / "deep" / "mine.txt").write_text("mine")
    (folder / "link").symlink_to(TOY)
    (folder / "index.html").unlink()
    (folder / "index.html").write_text("mine")
    for _ in range(2):
        bench.publish(NEW)
        assert texts(bench.published) == NEW
    assert texts(bench.other) == NEW
    assert not (bench.other / "notes").exists()
    assert (TOY / "mkdocs.yml").is_file(), "a link is removed, and not what it leads to"


@pytest.mark.parametrize("gone", ["index.html", "papers/c/index.html"])
@pytest.mark.parametrize("place", ["published", "other"])
def test_what_somebody_removed_is_made_again(bench: Bench, place: str, gone: str) -> None:
    bench.publish(OLD)
    bench.publish(NEW)
    (getattr(bench, place) / gone).unlink(missing_ok=True)
    for _ in range(2):
        bench.publish(NEW)
        assert texts(bench.published) == NEW


def test_a_folder_comes_where_a_file_stood_and_a_file_where_a_folder_stood(bench: Bench) -> None:
    file, folder = {"data": "file"}, {"data/deep/a.csv": "one", "data/b.csv": "two"}
    for files in (file, folder, file, folder, folder, file, file):
        bench.publish(files)
        assert texts(bench.published) == files


def test_where_files_cannot_be_linked_they_are_copied(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_link)
    for files in (OLD, NEW, NEW, OLD):
        bench.publish(files)
        assert texts(bench.published) == files
    source = Path(next(iter(bench.wanted(OLD))).source)
    assert not source.samefile(bench.published / "index.html")


def test_a_lost_table_costs_time_and_nothing_else(bench: Bench) -> None:
    bench.publish(OLD)
    bench.publish(NEW)
    bench.store.forget(publishing.TABLE)
    bench.publish(NEW)
    assert texts(bench.published) == NEW
    assert bench.store.load(publishing.TABLE).keys() == NEW.keys()


def test_what_differs_is_what_stands_there_differently(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.publish(OLD)
    with monkeypatch.context() as patched:
        stop_at(patched, "exchange", call=1, done=False)
        with pytest.raises(Stop):
            bench.publish(NEW)
    assert bench.publish(NEW) == 4, "the table says that all is as it is to be, but the folder before is the old one"
    (bench.published / "index.html").unlink()
    (bench.published / "more.html").write_text("Mine.", encoding="utf-8")
    assert bench.publish(NEW) == 2, "what somebody removed and added"
    assert bench.publish(NEW) == 0


def test_a_few_files_are_exchanged_and_what_the_other_folder_lacks_is_linked(bench: Bench) -> None:
    bench.publish(OLD)
    bench.publish(NEW)
    behind = {"index.html", "papers/a/index.html", "papers/b/index.html", "papers/c/index.html"}
    bench.change({"index.html": "three", "new/index.html": "three"}, {"papers/a/index.html"}, behind)
    third = {"index.html": "three", "new/index.html": "three", "papers/c/index.html": "two", "css/a.css": "one"}
    assert texts(bench.published) == third
    assert texts(bench.other) == NEW
    bench.change({"css/a.css": "four"}, behind={"index.html", "new/index.html", "papers/a/index.html"})
    assert texts(bench.published) == third | {"css/a.css": "four"}
    assert texts(bench.other) == third
    assert (bench.published / "index.html").samefile(bench.other / "index.html")


def test_where_the_other_folder_is_gone_a_few_files_bring_all_of_it_back(bench: Bench) -> None:
    bench.publish(OLD)
    shutil.rmtree(bench.other)
    bench.change({"index.html": "two"}, {"papers/b/index.html"})
    after = {path: text for path, text in OLD.items() if path != "papers/b/index.html"} | {"index.html": "two"}
    assert texts(bench.published) == after
    assert texts(bench.other) == OLD


def test_the_other_folder_becomes_like_the_published_one_by_links(bench: Bench) -> None:
    double(bench.site)
    assert not bench.other.exists(), "nothing is published yet"
    bench.publish(OLD)
    shutil.rmtree(bench.other)
    double(bench.site)
    assert texts(bench.other) == OLD
    assert all((bench.other / path).samefile(bench.published / path) for path in OLD)
    bench.publish(NEW)
    double(bench.site)
    assert texts(bench.other) == OLD, "it is there"


@pytest.mark.parametrize("step", [("Linker.link", 1), ("Linker.link", 3), ("Path.rename", 1)], ids=str)
@pytest.mark.parametrize("done", [False, True])
def test_half_a_folder_never_takes_turns_with_the_published_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: tuple[str, int], done: bool
) -> None:
    bench.publish(OLD)
    shutil.rmtree(bench.other)
    with monkeypatch.context() as stopped:
        stop_at(stopped, step[0], call=step[1], done=done)
        with pytest.raises(Stop):
            double(bench.site)
    assert not bench.other.exists() or texts(bench.other) == OLD
    bench.change({"index.html": "two"})
    assert texts(bench.published) == OLD | {"index.html": "two"}
    assert texts(bench.other) == OLD
    assert sorted(path.name for path in bench.other.parent.iterdir()) == ["cache", "site"]


def stop_at(monkeypatch: pytest.MonkeyPatch, name: str, *, call: int, done: bool) -> None:
    """Let the program stop at some call of one of its steps, before that step is done or after."""
    owner: Any = publishing
    *way, last = name.split(".")
    for part in way:
        owner = getattr(owner, part)
    step, calls = getattr(owner, last), 0

    def stopping(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not done:
            raise Stop
        result = step(*arguments, **options)
        if calls == call:
            raise Stop
        return result

    monkeypatch.setattr(owner, last, stopping)


ONE_STEP = [
    ("recover", 1),
    ("Store.forget", 1),
    ("remove", 1),
    ("Maker.link", 1),
    ("Maker.link", 2),
    ("Maker.link", 3),
    ("os.unlink", 1),
    ("os.unlink", 2),
    ("Store.save", 1),
    ("exchange", 1),
]
TWO_STEPS = [("Path.rename", 1), ("Path.rename", 2), ("Path.rename", 3)]


def check_stop(bench: Bench, patch: pytest.MonkeyPatch, step: tuple[str, int], *, done: bool) -> None:
    bench.publish({**OLD, "css/b.css": "older"})
    bench.publish(OLD)
    with patch.context() as stopped:
        stop_at(stopped, step[0], call=step[1], done=done)
        with pytest.raises(Stop):
            bench.publish(NEW)
    if bench.published.exists():
        assert texts(bench.published) in (OLD, NEW)
    else:  # between two renames, which is as near as such a system comes
        assert step[0] == "Path.rename"
    for _ in range(2):
        bench.publish(NEW)
        assert texts(bench.published) == NEW
    assert texts(bench.other) == NEW
    assert sorted(path.name for path in bench.other.parent.iterdir()) == ["cache", "site"]


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("step", ONE_STEP, ids=lambda step: f"{step[0]}-{step[1]}")
def test_after_a_stop_at_any_step_the_site_is_whole(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: tuple[str, int], done: bool
) -> None:
    check_stop(bench, monkeypatch, step, done=done)


@pytest.mark.usefixtures("two_steps")
@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("step", TWO_STEPS, ids=lambda step: f"{step[0]}-{step[1]}")
def test_a_stop_between_two_renames_is_mended_by_the_next_build(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: tuple[str, int], done: bool
) -> None:
    check_stop(bench, monkeypatch, step, done=done)


@pytest.mark.usefixtures("two_steps")
@pytest.mark.parametrize("call", [1, 2, 3])
def test_after_a_stop_between_two_renames_it_is_known_what_differs(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    bench.publish(OLD)
    bench.publish(OLD)
    with monkeypatch.context() as stopped:
        stop_at(stopped, "Path.rename", call=call, done=True)
        with pytest.raises(Stop):
            bench.publish(NEW)
    last = {**NEW, "index.html": "three"}
    found = publish(bench.site, bench.store, Theme(), list(bench.wanted(last)))
    published, other = dict(walk(bench.published)), dict(walk(bench.other))
    assert found == {path for path in published | other if published.get(path) != other.get(path)} != set()


@pytest.mark.parametrize("step", ["os.link", "os.unlink"])
def test_where_nothing_may_be_written_the_site_stands_and_the_fault_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(path: object, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    bench.publish(OLD)
    bench.publish(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(step, refuse)
        patch.setattr("os.open", refuse)
        with pytest.raises(PermissionError, match=r"Permission denied: '.*index\.html'"):
            publish(bench.site, Store(None), Theme(), list(bench.wanted(OLD | {"css/a.css": "one"})))
    assert texts(bench.published) == OLD
    bench.publish(NEW)
    assert texts(bench.published) == NEW


def folders(root: Path, *names: str) -> None:
    for name in names:
        (root / name).mkdir()
        (root / name / "was").write_text(name)


def states(root: Path) -> dict[str, str]:
    return {path.name: (path / "was").read_text() for path in root.iterdir()}


def test_folders_are_exchanged(tmp_path: Path) -> None:
    folders(tmp_path, "new", "old")
    exchange(tmp_path / "new", tmp_path / "old")
    assert states(tmp_path) == {"new": "old", "old": "new"}


@pytest.mark.usefixtures("two_steps")
def test_folders_are_exchanged_in_two_steps(tmp_path: Path) -> None:
    folders(tmp_path, "new", "old")
    exchange(tmp_path / "new", tmp_path / "old")
    assert states(tmp_path) == {"new": "old", "old": "new"}


@pytest.mark.usefixtures("two_steps")
def test_an_exchange_that_fails_leaves_both_where_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders(tmp_path, "new", "old")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError(13, "Permission denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        exchange(tmp_path / "new", tmp_path / "old")
    assert states(tmp_path) == {"new": "new", "old": "old"}


@pytest.mark.parametrize(
    ("there", "after"),
    [
        ((), {}),
        (("site",), {"site": "site"}),
        (("other", "site"), {"other": "other", "site": "site"}),
        (("other", "other.aside"), {"other": "other", "site": "other.aside"}),
        (("other.aside", "site"), {"other": "other.aside", "site": "site"}),
        (("other.aside",), {"site": "other.aside"}),
        (("other", "other.aside", "site"), {"other": "other", "site": "site"}),
    ],
)
def test_an_exchange_that_was_cut_short_is_finished(
    tmp_path: Path, there: tuple[str, ...], after: dict[str, str]
) -> None:
    folders(tmp_path, *there)
    recover(tmp_path / "other", tmp_path / "site")
    assert states(tmp_path) == after


def test_a_file_in_the_place_of_the_other_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("a file")
    recover(tmp_path / "other", tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


PAGE = '---\ngenerated: true\ntitle: "A & B"\n---\n\n# A {: #top }\n\n<p>é</p>\n'


def theme() -> Theme:
    """A theme whose shell at any depth shows a page's title, address and content."""
    shell = cut("<title>\ue000title\ue001</title><i>\ue000canonical\ue001</i><!--\ue000content\ue001-->")
    return Theme({"gloss-shell/index.md": shell, "gloss-shell/2.md": shell})


def test_a_generated_page_is_put_into_its_shell(tmp_path: Path) -> None:
    shutil.copy(TOY / "mkdocs.yml", tmp_path)
    site = load_site(tmp_path)
    for path in ("topics/index.md", "papers/a.md"):
        (site.build_docs / path).parent.mkdir(parents=True)
        (site.build_docs / path).write_text(PAGE, encoding="utf-8")
    keys = {"topics/index.md": "1", "papers/a.md": "2"}
    files = list(generated_files(site, keys, theme()))
    made = Maker(site, theme(), tmp_path / "site").make(files)
    assert made.keys() == {"topics/index.html", "papers/a/index.html"}
    page = (tmp_path / "site/papers/a/index.html").read_bytes()
    assert page.startswith(b"<title>A &amp; B</title><i>https://example.org/toy/papers/a/</i>")
    assert page.rstrip().endswith("<p>é</p>".encode())
    assert made["papers/a/index.html"] == (files[1].token, (tmp_path / "site/papers/a/index.html").stat().st_ino)


def test_a_page_is_another_when_its_content_or_its_shell_is(tmp_path: Path) -> None:
    shutil.copy(TOY / "mkdocs.yml", tmp_path)
    site: Site = load_site(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "about.md").write_text("# About\n")
    keys = {"papers/a.md": "1", "papers/a.bib": "2", "about.md": "3"}
    page, file = generated_files(site, keys, theme())
    assert (page.path, page.page, file) == (
        "papers/a/index.html",
        "papers/a.md",
        Wanted("papers/a.bib", "2", f"{site.build_docs}/papers/a.bib"),
    )
    other = Theme({"gloss-shell/2.md": cut("<b>\ue000title\ue001</b><!--\ue000content\ue001-->")})
    tokens = {
        next(iter(generated_files(site, {"papers/a.md": key}, shells))).token
        for key in "12"
        for shells in (theme(), other)
    }
    assert len(tokens) == 4


def test_of_a_file_that_mkdocs_wrote_too_the_generated_one_is_shown(tmp_path: Path) -> None:
    for name in ("404.html", "assets/a.css", "papers.bib"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    files = sorted(theme_files(tmp_path, "key", {"papers.bib": ""}))
    assert files == [
        Wanted("404.html", "key", f"{tmp_path}/404.html"),
        Wanted("assets/a.css", "key", f"{tmp_path}/assets/a.css"),
    ]


def test_a_folder_is_filled_over_what_stands_there(bench: Bench) -> None:
    target = bench.site.root / "target"
    target.mkdir()
    (target / "index.html").write_text("before")
    fill(bench.site, Theme(), list(bench.wanted(OLD)), target)
    assert texts(target) == OLD


@pytest.mark.parametrize(
    ("path", "html"),
    [
        ("index.md", "index.html"),
        ("topics/index.md", "topics/index.html"),
        ("papers/a.md", "papers/a/index.html"),
        ("people/a-to-z/x.md", "people/a-to-z/x/index.html"),
    ],
)
def test_pages_stand_in_folders_of_their_own(path: str, html: str) -> None:
    assert html_path(path) == html
