"""Prose: Markdown in, and only the HTML that is allowed out, whatever was written."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gen.text.prose as prose_module
from gen.text.html import html
from gen.text.prose import (
    _TAGS,
    Target,
    prose,
    prose_citations,
    prose_inline,
    prose_links,
    prose_math,
    prose_text,
)
from gen.text.safe_math import _COMMANDS

TARGETS = {"doe2023": Target("papers/doe2023/", "Doe & Co (2023)", "Doe & Co, 2023", 'A "title" <b>')}
ATTRIBUTES = {
    "a": {"href", "title", "class", "rel"},
    "math": {"display", "xmlns"},
    "annotation": {"encoding"},
    "ol": set(),
}
PIECES = st.sampled_from([
    "<script>", "</p>", "<img src=x onerror=x>", "[a](javascript:x)", "[a](https://x.y 'z')", "![i](https://x.y)",
    "[@doe2023]", "[@zzz]", "`code`", "*a*", "**b**", "\n\n", "\n- ", "\n1. ", "\n> ", "\n```\n", "\n    ", "\n# ",
    "$x^2$", "$$\ny\n$$", "[r]: data:x\n", "<https://x.y>", "<javascript:x>", "&lt;", "&#x3c;", "{: #i onclick=x }",
    "\\", "<!--", "\n---\n", "\n===\n",
])  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def safe(rendered: str) -> None:
    for tag, attributes in Tags(rendered).found:
        assert tag in _TAGS
        assert not any(name.startswith("on") or name == "style" for name in attributes), rendered
        if tag in ATTRIBUTES:
            assert set(attributes) <= ATTRIBUTES[tag], rendered
        if tag == "a":
            href = str(attributes.get("href"))
            assert href.startswith(("https://", "http://", "../papers/")), rendered


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_nothing_yields_a_tag_or_link_outside_the_allowed_ones(text: str) -> None:
    safe(prose(text, "../", TARGETS.get))
    safe(prose_inline(text, "../", TARGETS.get))
    assert "\n#" not in prose(text, "../", TARGETS.get)
    assert isinstance(prose_text(text, TARGETS.get), str)
    assert isinstance(prose_citations(text), list)
    assert isinstance(prose_math(text), list)
    assert isinstance(prose_links(text), list)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("One *two* **three** `four`.", "<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>\n"),
        ("<b>x</b> & y", "<p>&lt;b&gt;x&lt;/b&gt; &amp; y</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[it](https://x.y?a=1&b=2)", '<p><a href="https://x.y?a=1&amp;b=2" rel="noopener">it</a></p>\n'),
        ("[it](javascript:alert(1))", "<p>[it](javascript:alert(1))</p>\n"),
        ("[it](//x.y)", "<p>[it](//x.y)</p>\n"),
        ("![it](https://x.y)", '<p>!<a href="https://x.y" rel="noopener">it</a></p>\n'),
        ("# no heading", "<p># no heading</p>\n"),
        ("line\n# {: #top }", "<p>line\n&#35; {: #top }</p>\n"),
        ("a [@zzz] b", "<p>a <code>zzz</code> b</p>\n"),
        ("It costs $5 and $6.", "<p>It costs $5 and $6.</p>\n"),
    ],
)
def test_markdown_as_html(text: str, rendered: str) -> None:
    assert prose(text) == rendered


def test_a_citation_links_to_the_paper() -> None:
    assert prose_inline("as [@doe2023]", "../", TARGETS.get) == (
        'as <a class="cite" href="../papers/doe2023/" title="A &quot;title&quot; &lt;b&gt;" rel="noopener">'
        "Doe &amp; Co (2023)</a>"
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It scales ([@doe2023]).", "It scales (Doe & Co, 2023)."),
        ("(As in [@doe2023]) [@doe2023] says so.", "(As in Doe & Co, 2023) Doe & Co (2023) says so."),
        ("As a) so [@doe2023] (*b* (old), [@doe2023]).", "As a) so Doe & Co (2023) (b (old), Doe & Co, 2023)."),
        ("One ([@zzz])\n\n[@doe2023]", "One (zzz) Doe & Co (2023)"),
    ],
)
def test_a_citation_within_parentheses_has_none_of_its_own(text: str, plain: str) -> None:
    assert prose_text(text, TARGETS.get) == plain
    shown = re.sub("<[^>]*>", "", prose(text, "../", TARGETS.get)).replace("&amp;", "&")
    assert " ".join(shown.split()) == plain


def test_math_is_set_in_a_line_and_on_its_own() -> None:
    assert "<math" in prose("$x^2$")
    assert 'display="inline"' in prose("$x^2$")
    assert 'display="block"' in prose("$$\nx^2\n$$")
    assert prose("$$x^2$$ (1)") == prose("$$x^2$$"), "a number behind it is no address to link to"
    assert prose_inline("a $x_{$ b") == "a <code>x_{</code> b"


def test_math_in_a_text_is_set_like_that_of_a_title() -> None:
    for command in _COMMANDS:
        formula = rf"$\{command}{{2+a}}{{\sum_i x}}$"
        assert Tags(prose_inline(formula)).found == Tags(html(formula)).found, formula


def test_inline_prose_is_one_paragraph() -> None:
    assert prose_inline("one\n\ntwo  three") == "one two three"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("One *two* `three` [four](https://x.y).", "One two three four."),
        ("As [@doe2023] and [@zzz] say,\n\nit is.", "As Doe & Co (2023) and zzz say, it is."),
        (r"A $\alpha$ of \$5.", "A α of $5."),
        ("- a\n- b", "a b"),
        ("```\ncode\n```\nafter", "code after"),
    ],
)
def test_markdown_as_plain_text(text: str, plain: str) -> None:
    assert prose_text(text, TARGETS.get) == plain


def test_what_a_text_refers_to() -> None:
    text = "[a](https://x.y) [@doe2023] `[@no]` $x$ [b](<ftp://z>) [@zzz]\n\n$$\ny\n$$"
    assert prose_links(text) == ["https://x.y", "ftp://z"]
    assert prose_citations(text) == ["doe2023", "zzz"]
    assert [formula.strip() for formula in prose_math(text)] == ["x", "y"]


@given(st.text(alphabet=st.sampled_from("ab1 .,:;-+*_`$\\\"'()[]<>&#=/@^{}~|!?\n\té"), max_size=40))
def test_text_without_markup_is_shown_as_the_parser_would_show_it(text: str) -> None:
    parsed = prose_module._clean(prose_module._PARSER.render(text, {"base": "", "resolve": prose_module._nowhere}))
    assert prose(text) == parsed.replace("\n#", "\n&#35;")
    inline = " ".join(text.split())
    assert prose_inline(text) == prose_module._clean(
        prose_module._PARSER.renderInline(inline, {"base": "", "resolve": prose_module._nowhere})
    )


@pytest.mark.parametrize("text", ['Half the time, at 2.13x (or so); "quoted".', "It is 50% off: a/b = c-d."])
def test_plain_sentences_take_the_short_way(text: str) -> None:
    assert prose_module._is_plain(text)
