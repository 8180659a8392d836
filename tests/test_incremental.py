"""A build after an edit gives what a clean build gives, and costs what the edit changed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.edits import Editor, compare, copy_sources, differences
from gen.build import build
from gen.document import Document
from gen.folders import walk
from gen.source import parse
from gen.standing import _GRAIN
from tests.conftest import EDITED, PROJECT, edit_note, replace


def inodes(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file with its inode and time: a file that was made anew has others, or only another time."""
    return {path: (inode, (folder / path).stat().st_mtime_ns) for path, inode in walk(folder)}


def test_after_random_edits_the_site_is_that_of_a_clean_build(toy_copy: Path, tmp_path: Path) -> None:
    done, wrong = compare(toy_copy, tmp_path / "clean", 10, seed=3)
    assert wrong == []
    assert done.total() == 10


def test_a_build_without_a_change_touches_nothing(toy_copy: Path) -> None:
    build(toy_copy)
    docs, site = inodes(toy_copy / "build/docs"), inodes(toy_copy / "site")
    again = build(toy_copy)
    assert again.summary.changed == 0
    assert (inodes(toy_copy / "build/docs"), inodes(toy_copy / "site")) == (docs, site)


@pytest.mark.parametrize(("grain", "others"), [(0, set()), (10**12, {"venues.yaml", "people.yaml"})])
def test_only_an_edited_record_is_parsed_again(
    toy_copy: Path, monkeypatch: pytest.MonkeyPatch, grain: int, others: set[str]
) -> None:
    """Both where the files are old enough to be known by their times, and in a whole build, where they are not."""
    monkeypatch.setattr("gen.standing._GRAIN", grain)
    parsed: set[str] = set()

    def spy(path: str, raw: bytes) -> Document:
        parsed.add(path)
        return parse(path, raw)

    build(toy_copy)
    for module in ("source", "reading"):
        monkeypatch.setattr(f"gen.{module}.parse", spy)
    replace(toy_copy, EDITED, "title: ", "title: On ")
    build(toy_copy)
    assert parsed == {EDITED} | others


def test_only_what_shows_an_edited_record_is_made_again(toy_copy: Path) -> None:
    time.sleep(2 * _GRAIN / 1e9)  # younger files would be looked into, whatever they are
    build(toy_copy)
    before = inodes(toy_copy / "build/docs")
    edit_note(toy_copy)
    build(toy_copy)
    after = inodes(toy_copy / "build/docs")
    changed = {path for path in after if before.get(path) != after[path] and not path.startswith("search/")}
    assert changed == {
        "feed.xml",
        "papers.csv",
        "papers.jsonl",
        "papers/sample2024slow.md",
        "people/bob-sample-jr.md",
        "people/ada-example.md",
        "topics/blocks.xml",
        "topics/towers.md",
        "topics/spires.xml",
        "topics/towers.xml",
        "index.md",
        "new/index.md",
    }


def test_the_folder_before_is_brought_up_to_date_by_what_changed(toy_copy: Path) -> None:
    build(toy_copy)
    first = inodes(toy_copy / "site")
    edit_note(toy_copy)
    build(toy_copy)
    assert len(inodes(toy_copy / "site").items() - first.items()) < 40
    (toy_copy / EDITED).touch()
    build(toy_copy)
    assert differences(toy_copy / "site", toy_copy / "build/site") == []


def assert_clean(root: Path, clean: Path) -> None:
    """Build, and compare with a clean build of the same sources."""
    build(root)
    copy_sources(root, clean)
    build(clean)
    assert differences(root / "site", clean / "site") == []


def test_a_renamed_record_that_others_are_near_to(
    toy_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(toy_copy)
    editor = Editor(toy_copy, seed=0)
    for name in ("van1999thesis", "sample2024slow"):
        monkeypatch.setattr(editor, "file", lambda _, name=name: next(toy_copy.glob(f"papers/*/{name}.yaml")))
        editor.rename_record()
        (toy_copy / "ids.txt").unlink(missing_ok=True)
        assert_clean(toy_copy, tmp_path / "clean")


def test_what_mkdocs_reads_besides_pages_is_looked_at(toy_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = toy_copy / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("hooks: [", "hooks: [own.py, ")
    text = text.replace("custom_dir: ", "custom_dir: over  # ")
    settings.write_text(text, encoding="utf-8")
    hook, file, page = toy_copy / "own.py", toy_copy / "over" / "x.txt", toy_copy / "docs" / "about.md"
    file.parent.mkdir()
    page.write_text("# About\n\n[New](papers/sample2024slowz.md)\n", encoding="utf-8")
    for word in ("one", "another"):  # Python tells its files apart by size and second, and MkDocs reads them once
        hook.write_text(f"def on_page_content(html, **_):\n    return html + '<p>{word}</p>'\n", encoding="utf-8")
        file.write_text(word, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "gen", "build", "--root", str(toy_copy)], cwd=PROJECT, check=True)
        assert f"<p>{word}</p>" in (toy_copy / "site" / "about" / "index.html").read_text(encoding="utf-8")
        assert (toy_copy / "site" / "x.txt").read_text(encoding="utf-8") == word
    assert 'href="papers/sample2024slowz.md"' in (toy_copy / "site/about/index.html").read_text(encoding="utf-8")
    editor = Editor(toy_copy, seed=0)
    monkeypatch.setattr(editor, "file", lambda _: toy_copy / EDITED)
    editor.rename_record()
    (toy_copy / "ids.txt").unlink(missing_ok=True)
    build(toy_copy)
    assert 'href="../papers/sample2024slowz/"' in (toy_copy / "site/about/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["parts/foot.j2", "parts/foot.html", "foot.html"])
def test_a_template_s_parts_are_looked_at_wherever_they_lie(toy_copy: Path, part: str) -> None:
    own = toy_copy / "templates"
    (own / part).parent.mkdir(parents=True)
    (own / "year.md.j2").write_text(f'# {{{{ year }}}} {{: #top }}\n{{% include "{part}" %}}\n', encoding="utf-8")
    for word in ("one", "two"):
        (own / part).write_text(f"<p>{word}</p>", encoding="utf-8")
        build(toy_copy)
        assert f"<p>{word}</p>" in (toy_copy / "site" / "years" / "2024" / "index.html").read_text(encoding="utf-8")


def test_a_linked_folder_and_an_editor_s_lock_stop_no_build(toy_copy: Path) -> None:
    shared, own = toy_copy / "shared", toy_copy / "templates"
    shared.mkdir()
    own.mkdir()
    (own / "linked").symlink_to(shared)
    (own / "year.md.j2").write_text('# {{ year }} {: #top }\n{% include "linked/foot.j2" %}\n', encoding="utf-8")
    for lock in (own / ".#year.md.j2", own / ".#x.html", toy_copy / EDITED.replace("/sample", "/.#sample")):
        lock.symlink_to("ada@host.1234:5678")
    for word in ("one", "two"):
        (shared / "foot.j2").write_text(f"<p>{word}</p>", encoding="utf-8")
        build(toy_copy)
        assert f"<p>{word}</p>" in (toy_copy / "site" / "years" / "2024" / "index.html").read_text(encoding="utf-8")


def test_a_site_that_somebody_mended_stays_so(toy_copy: Path) -> None:
    build(toy_copy)
    page = toy_copy / "site" / "about" / "index.html"
    replace(toy_copy, EDITED, "title: ", "title: On ")
    build(toy_copy)
    page.unlink()
    build(toy_copy)
    assert page.exists()
    edit_note(toy_copy)
    build(toy_copy)
    assert page.exists()
