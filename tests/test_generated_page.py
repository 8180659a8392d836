"""The fast conversion of generated pages gives what Python-Markdown would."""

import re
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from gen import cuts
from gen.checking import check_collection
from gen.collection import Collection
from gen.generated_page import START, read_page, to_html
from gen.pages import Page
from gen.pages.plan import plan
from gen.render import Renderer
from gen.site import PROJECT, load_site
from tests.conftest import TOY

GENERATED = '---\ngenerated: true\ntitle: "T \\"\\n\\u2028\\""\nlayout: "wide"\n---\n\n# *T* {: #top }\n<p>x</p>\n'

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


def test_every_page_of_the_toy_site_is_converted_as_by_python_markdown(
    toy: Collection, renderer: Renderer, config: MkDocsConfig
) -> None:
    assert_converted(toy, renderer, config)


def test_pages_of_long_lists_are_converted_as_by_python_markdown(
    config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuts, "PAPERS", 2)
    monkeypatch.setattr(cuts, "NOTES", 2)
    monkeypatch.setattr(cuts, "LINES", 1)
    toy = check_collection(TOY, drafts=True)[0]
    assert_converted(toy, Renderer(toy, load_site(TOY)), config)


def assert_converted(toy: Collection, renderer: Renderer, config: MkDocsConfig) -> None:
    """Compare both ways for every page."""
    slow = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    for page in plan(toy, load_site(TOY)):
        if isinstance(page, Page):
            body = renderer.page(page).split("\n---\n", 1)[1]
            assert normal(to_html(body)) == normal(slow.reset().convert(body)), page.path


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("# T {: #top }\n", f'<h1 id="top">T{LINK.format("top")}</h1>\n'),
        ('# T {: #top lang="zh-Hant" }\n', f'<h1 id="top" lang="zh-Hant">T{LINK.format("top")}</h1>\n'),
        ("## A &#42; {: #a-b }\n", f'<h2 id="a-b">A &#42;{LINK.format("a-b")}</h2>\n'),
        ("<p>x\n # no {: #a }</p>\n", "<p>x\n # no {: #a }</p>\n"),
        ("# no id\n", "# no id\n"),
    ],
)
def test_only_headings_change(body: str, html: str) -> None:
    assert to_html(body) == html


def test_a_page_is_taken_apart() -> None:
    page = read_page(GENERATED)
    assert page.front == {"title": 'T "\n\u2028"', "layout": "wide"}
    assert page.content.startswith('\n<h1 id="top">*T*<a ')


def test_what_was_rendered_is_read_back(toy: Collection, renderer: Renderer) -> None:
    for page in plan(toy, load_site(TOY)):
        if isinstance(page, Page):
            front = read_page(renderer.page(page)).front
            wanted = {"title": page.title, "description": page.description, "head": page.head(), "layout": page.layout}
            assert front == {name: value for name, value in wanted.items() if value}


def test_pages_written_by_hand_are_not_taken_for_generated_ones() -> None:
    for path in (PROJECT / "docs").rglob("*.md"):
        assert not Path(path).read_text(encoding="utf-8").startswith(START), path
