"""Lines as HTML and as Markdown: they show exactly their text, whatever it holds."""

import html as standard
import re
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from gen.text.html import escaped, filled, html
from gen.text.markdown import markdown
from gen.text.plain import plain

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).map(str.strip) | (
    st.text("ab*_`[](){}<>#+-.!|~^:$@\"'=&;\\/ 1", min_size=1, max_size=30).map(str.strip)
)


class Text(HTMLParser):
    """Collects what a browser would show, and the tags."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = ""
        self.tags: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.shown += data


def without_math(line: str) -> str:
    return line.replace("$", "S")


def test_words_are_escaped_and_math_is_set() -> None:
    assert html("a < b & \"c\" 'd'") == "a &lt; b &amp; &#34;c&#34; &#39;d&#39;"
    assert html("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert html("in $O(n)$").startswith("in <math ")


@given(st.text(), st.text())
def test_an_element_is_filled_with_text_alone(first: str, second: str) -> None:
    element = filled('<a title="%s">%s</a>', first, second)
    title, shown = element.removeprefix('<a title="').removesuffix("</a>").split('">')
    assert (standard.unescape(title), standard.unescape(shown)) == (first, second)
    assert not set("<>\"'") & set(title + shown)


def test_words_in_math_are_no_tags() -> None:
    assert "<script" not in html(r"$\text{<script>alert(1)</script>}$")
    assert "<meta" not in html("ICLR $\\text{<meta\thttp-equiv='refresh'\tcontent='0;url=https://x.y/'/>}$")


def test_math_that_cannot_be_read_is_shown_as_written() -> None:
    assert html("a $x_{$ b") == "a <code>x_{</code> b"


@given(LINES.map(without_math))
def test_html_shows_the_line_and_no_tag(line: str) -> None:
    page = Text(html(line))
    assert page.shown == line
    assert page.tags == []
    assert standard.unescape(html(line)) == line


@pytest.mark.parametrize(
    "line",
    ["*Stars*, _lines_, [a](b), `t`, {{ x }}", "# x", "1. x", "- x", "a | b", "~~x~~", "x {: #y }", "&amp;", "http://x.y"],
)  # fmt: skip
def test_markdown_shows_its_own_characters(line: str) -> None:
    assert Text(python_markdown.markdown(markdown(line))).shown.strip() == line


@given(LINES.map(without_math))
def test_python_markdown_shows_the_line(line: str) -> None:
    page = Text(python_markdown.markdown(f"# {markdown(line)} {{: #top }}", extensions=["attr_list", "toc", "tables"]))
    assert page.tags in (["h1"], [])
    assert re.sub(r"\s+", " ", page.shown.strip()) == re.sub(r"\s+", " ", line) or not line


@given(LINES.map(without_math))
def test_commonmark_shows_the_line(line: str) -> None:
    page = Text(MarkdownIt("commonmark").render(f"# {markdown(line)}"))
    assert page.tags == ["h1"]
    assert page.shown.strip() == line


@given(LINES)
def test_no_line_yields_a_tag_outside_math(line: str) -> None:
    for rendered in (html(line), markdown(line)):
        outside = re.sub(r"<math .*?</math>|<code>[^<]*</code>", "", rendered, flags=re.DOTALL)
        assert "<" not in outside, rendered
    assert isinstance(plain(line), str)


@given(st.text() | st.text("<>&\"' a") | st.text().map(Markup) | st.integers() | st.floats() | st.none())
def test_what_a_template_shows_is_escaped_as_markupsafe_does_it(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


def test_a_value_that_is_a_kind_of_text_is_escaped_too() -> None:
    class Kind(str):
        """Neither `str` itself nor safe."""

    assert escaped(Kind("<b>")) == "&lt;b&gt;"
