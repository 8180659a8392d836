"""The fast conversion of generated pages gives what Python-Markdown would."""

import re
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from gen.collection import Collection
from gen.generated_page import GeneratedPage, adopt, to_html
from gen.pages import Page, plan
from gen.render import Renderer
from gen.site import PROJECT, load_site
from tests.conftest import TOY

GENERATED = "---\ngenerated: true\ntitle: T\nlayout: wide\n---\n\n# *T* {: #top }\n<p>x</p>\n"

LINK = '<a class="headerlink" href="#{}" title="Link to this section">¶</a>'


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    """The real site's settings, which no hook has changed."""
    return load_config(str(PROJECT / "mkdocs.yml"), hooks=[])


def normal(html: str) -> str:
    """Return HTML without the blanks that a browser doesn't show."""
    return re.sub(
        r"\s+", " ", re.sub(r"\s*(</?(?:p|div|ul|ol|li|h\d|section|dl|nav|pre|table)\b[^>]*>)\s*", r"\1", html)
    )


def written(folder: Path, content: str) -> File:
    (folder / "x.md").write_text(content, encoding="utf-8")
    return File("x.md", str(folder), str(folder / "site"), use_directory_urls=True)


def test_every_page_of_the_toy_site_is_converted_as_by_python_markdown(
    toy: Collection, renderer: Renderer, config: MkDocsConfig
) -> None:
    slow = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    for page in plan(toy, load_site(TOY)):
        if isinstance(page, Page):
            body = renderer.page(page).split("\n---\n", 1)[1]
            assert normal(to_html(body)) == normal(slow.reset().convert(body)), page.path


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("# T {: #top }\n", f'<h1 id="top">T{LINK.format("top")}</h1>\n'),
        ("## A &#42; {: #a-b }\n", f'<h2 id="a-b">A &#42;{LINK.format("a-b")}</h2>\n'),
        ("<p>x\n # no {: #a }</p>\n", "<p>x\n # no {: #a }</p>\n"),
        ("# no id\n", "# no id\n"),
    ],
)
def test_only_headings_change(body: str, html: str) -> None:
    assert to_html(body) == html


def test_a_page_that_says_so_is_adopted_and_holds_no_content(tmp_path: Path, config: MkDocsConfig) -> None:
    page = MkDocsPage(None, written(tmp_path, GENERATED), config)
    adopt(page)
    assert isinstance(page, GeneratedPage)
    page.read_source(config)
    assert page.meta == {"generated": True, "title": "T", "layout": "wide"}
    page.content = "ignored"
    assert page.content.startswith('\n<h1 id="top">*T*<a ')
    assert "content" not in vars(page)


@pytest.mark.parametrize(
    "content",
    ["# By hand\n", "---\ntitle: T\n---\n\n    generated: true\n\n", "---\ntitle: T\n---\n```\ngenerated: true\n```\n"],
)
def test_a_page_written_by_hand_is_left_alone(tmp_path: Path, config: MkDocsConfig, content: str) -> None:
    page = MkDocsPage(None, written(tmp_path, content), config)
    adopt(page)
    assert type(page) is MkDocsPage


def test_pages_written_by_hand_are_not_taken_for_generated_ones() -> None:
    for path in (PROJECT / "docs").rglob("*.md"):
        assert not Path(path).read_text(encoding="utf-8").startswith("---\ngenerated:"), path
