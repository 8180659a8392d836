"""Files that are linked into the site instead of copied."""

from pathlib import Path

import pytest
from mkdocs.structure.files import File

from gen.linked_file import LinkedFile, link_files


def files(folder: Path) -> list[File]:
    for name in ("a.bib", "page.md"):
        (folder / "docs" / "x").mkdir(parents=True, exist_ok=True)
        (folder / "docs" / "x" / name).write_text(name, encoding="utf-8")
    found = [File(f"x/{name}", str(folder / "docs"), str(folder / "site"), True) for name in ("a.bib", "page.md")]
    link_files(found, str(folder / "docs"))
    return found


def test_only_files_that_are_no_page_are_linked(tmp_path: Path) -> None:
    bib, page = files(tmp_path)
    assert type(bib) is LinkedFile
    assert type(page) is File
    bib.copy_file()
    target = tmp_path / "site" / "x" / "a.bib"
    assert target.samefile(tmp_path / "docs" / "x" / "a.bib")
    bib.copy_file()
    assert target.read_text(encoding="utf-8") == "a.bib"


def test_what_cannot_be_linked_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refuse)
    files(tmp_path)[0].copy_file()
    target = tmp_path / "site" / "x" / "a.bib"
    assert target.read_text(encoding="utf-8") == "a.bib"
    assert not target.samefile(tmp_path / "docs" / "x" / "a.bib")
