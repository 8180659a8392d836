"""The theme around pages: what is put into a shell is what MkDocs would have made of the page itself."""

import os
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from bench.edits import differences
from gen.build import build
from gen.by_hand import by_hand
from gen.site import load_site
from gen.theme import in_navigation, reads_more, theme_key
from tests.conftest import PROJECT, TOY, copy_collection, edit_note, replace


def test_mkdocs_alone_makes_the_same_pages_of_the_generated_tree(toy_site: Path, tmp_path: Path) -> None:
    """The finished site, against MkDocs run on `build/docs` without our hooks, page by page."""
    docs, plain = toy_site.parent / "build" / "docs", tmp_path / "site"
    (tmp_path / "hook.py").write_text(WITHOUT_CONTENTS, encoding="utf-8")
    hooks = [str(tmp_path / "hook.py")]
    config = load_config(str(toy_site.parent / "mkdocs.yml"), hooks=hooks, docs_dir=str(docs), site_dir=str(plain))
    config.theme.dirs.insert(0, str(PROJECT / "templates" / "theme"))
    mkdocs_build(config)
    pages = sorted(path.relative_to(plain) for path in plain.rglob("*.html"))
    assert pages == sorted(path.relative_to(toy_site) for path in toy_site.rglob("*.html"))
    for path in pages:
        assert lines(toy_site / path) == lines(plain / path), path


WITHOUT_CONTENTS = """
from mkdocs.structure.toc import TableOfContents

def on_page_content(html, page, **_):
    if page.meta.get("generated"):
        page.toc = TableOfContents([])
"""
"""Generated pages have no list of their headings beside them, which Material would make."""


def lines(path: Path) -> list[str]:
    """Return a page's lines without the blanks around them and empty ones, which Python-Markdown places otherwise."""
    return [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def test_pages_of_the_navigation_are_found_at_any_depth() -> None:
    nav = ["a.md", {"B": "b/index.md"}, {"More": [{"C": "c.md"}, "d.md"]}]
    assert list(in_navigation(nav)) == ["a.md", "b/index.md", "c.md", "d.md"]
    assert list(in_navigation(None)) == []


def test_whatever_mkdocs_part_depends_on_is_in_its_key(toy_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = load_site(toy_site.parent)
    pages = ["index.md", "papers/example2023fast.md"]
    keys = [theme_key(site, pages, strict=False), theme_key(site, pages, strict=True)]
    keys.append(theme_key(site, [*pages, "a/b/c.md"], strict=False))
    monkeypatch.setenv("SITE_URL", "https://elsewhere.org/")
    keys.append(theme_key(load_site(PROJECT), [], strict=False))
    monkeypatch.setenv("SITE_URL", "https://other.org/")
    keys.append(theme_key(load_site(PROJECT), [], strict=False))
    assert len(set(keys)) == 5
    assert keys[0] == theme_key(site, pages, strict=False)


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("", False),
        ("plugins: [search]", False),
        ("plugins: {search: {lang: en}}", False),
        ("plugins: [{macros: {include_yaml: [data.yaml]}}]", True),
        ("plugins: [search, macros]", True),
        ("markdown_extensions: [tables, {toc: {permalink: true}}]", False),
        ("markdown_extensions: [tables, pymdownx.snippets]", True),
        ("markdown_extensions: [{pymdownx.snippets: {base_path: parts}}]", True),
        ("markdown_extensions: {pymdownx.snippets: {}}", True),
        ("markdown_extensions: [markdown.extensions.toc, pymdownx.superfences]", False),
        ("markdown_extensions: [mdx_include]", True),
        ("plugins: x\nmarkdown_extensions: x", False),
    ],
)
def test_what_includes_files_that_nothing_knows_of_is_known(tmp_path: Path, said: str, more: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{said}\n", encoding="utf-8")
    assert reads_more(load_site(tmp_path)) is more


def test_a_file_that_a_page_includes_is_read_by_each_build(toy_copy: Path) -> None:
    settings, included = toy_copy / "mkdocs.yml", toy_copy / "part.md"
    text = settings.read_text(encoding="utf-8")
    with_parts = f"  - pymdownx.snippets: {{base_path: {toy_copy}}}\n  - attr_list"
    settings.write_text(text.replace("  - attr_list", with_parts), encoding="utf-8")
    (toy_copy / "docs" / "about.md").write_text('# About\n\n--8<-- "part.md"\n', encoding="utf-8")
    for word in ("One", "Another", "Third"):
        included.write_text(f"{word} way.\n", encoding="utf-8")
        if word == "Third":  # as well where a note alone was edited
            edit_note(toy_copy)
        build(toy_copy)
        assert f"<p>{word} way.</p>" in (toy_copy / "site" / "about" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "named", ['!ENV [FOOTER_2, ""]', '!ENV ["FOOTER_2", ""]', "!ENV FOOTER_2", "!ENV\n  - FOOTER_2\n"]
)
def test_variables_that_settings_name_are_in_the_key(
    toy_copy: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    settings = toy_copy / "mkdocs.yml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\ncopyright: {named}\n", encoding="utf-8")
    keys = set()
    for footer in ("one", "other"):
        monkeypatch.setenv("FOOTER_2", footer)
        keys.add(theme_key(load_site(toy_copy), [], strict=False))
    assert len(keys) == 2


def test_settings_that_repeat_themselves_give_a_key(toy_copy: Path) -> None:
    doubled = "".join(f"x{number}: &x{number} [*x{number - 1}, *x{number - 1}]\n" for number in range(1, 60))
    with (toy_copy / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"x0: &x0 {{itself: *x0}}\n{doubled}")
    assert theme_key(load_site(toy_copy), [], strict=False)


def test_the_key_is_the_same_wherever_a_bibliography_lies(tmp_path: Path) -> None:
    copies = []
    for name in ("one", "other"):
        copy = copy_collection(TOY, tmp_path / name)
        (copy / "templates" / "theme").mkdir(parents=True)
        (copy / "templates" / "theme" / "x.html").write_text("x", encoding="utf-8")
        copies.append(theme_key(load_site(copy), [], strict=False))
    assert copies[0] == copies[1]


def test_a_new_title_of_a_page_in_the_navigation_shows_on_every_page(toy_copy: Path, tmp_path: Path) -> None:
    settings = toy_copy / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("validation", "  - topics/towers.md\n  - More: [about.md]\nvalidation"), "utf-8")
    build(toy_copy)
    replace(toy_copy, "topics/towers.yaml", "title: Towers", "title: Spires")
    build(toy_copy)
    page = (toy_copy / "site" / "years" / "index.html").read_text(encoding="utf-8")
    menu = page.partition('aria-label="Menu"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]*)" class="md-nav__link">([^<]*)<', menu) == [
        ("../", "Home"),
        ("../topics/", "Topics"),
        ("../about/", "About"),
        ("../topics/towers/", "Spires"),
    ]
    clean = copy_collection(toy_copy, tmp_path / "clean")
    build(clean)
    assert differences(toy_copy / "site", clean / "site") == []


def test_pages_by_hand_are_those_of_the_docs_folder(toy_copy: Path) -> None:
    os.mkfifo(toy_copy / "docs" / "pipe.md")
    (toy_copy / "docs" / "link.md").symlink_to("about.md")
    assert sorted(path for path, _ in by_hand(load_site(toy_copy))) == ["about.md", "contribute/index.md"]


def test_style_sheets_ask_for_no_value_that_none_sets() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "docs/assets/css").glob("*.css"))
    asked, given = set(re.findall(r"var\((--gl-[\w-]+)", sheets)), set(re.findall(r"(--gl-[\w-]+):", sheets))
    assert asked == given
