"""Prose in Markdown as safe HTML: no raw HTML, links to http(s) only, `$math$`, and `[@id]` for a paper."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from gen.text.html import filled, html, math
from gen.text.math import math_text
from gen.text.plain import plain
from gen.text.segments import MATH

_CITE = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]*)\]")
_MATHML = frozenset(
    (
        "math",
        "semantics",
        "annotation",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "ms",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mfrac",
        "msqrt",
        "mroot",
        "mstyle",
        "mtable",
        "mtr",
        "mtd",
        "mpadded",
        "mphantom",
        "menclose",
    )
)
_TAGS = {"p", "em", "strong", "code", "a", "ul", "ol", "li", "br", "pre", "blockquote", *_MATHML}
_ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "math": {"display", "xmlns"},
    "annotation": {"encoding"},
    "mo": {
        *("stretchy", "fence", "form", "lspace", "rspace", "minsize", "maxsize", "largeop", "movablelimits"),
        *("accent", "mathvariant"),
    },
    "mover": {"accent"},
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mtext": {"mathvariant"},
    "mpadded": {"width", "height", "depth"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mspace": {"width"},
    "mfrac": {"linethickness"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
}


class Target(NamedTuple):
    """What `[@id]` shows and where it leads."""

    address: str
    """Below the site's root."""
    label: str
    """The link's text in a sentence: `Doe et al. (2023)`."""
    within: str
    """Its text within parentheses: `Doe et al., 2023`."""
    title: str
    """The paper's whole title."""


Resolve = Callable[[str], Target | None]
"""Finds the target of an id, or None for an id that no record has."""


def _cite_rule(state: StateInline, silent: bool) -> bool:
    match = _CITE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("cite", "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


def _math_rule(state: StateInline, silent: bool) -> bool:
    """Read math as a line has it: the plugin's own rule takes a text's last character for the one before its first."""
    match = MATH.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = match[1], "$"
    state.pos = match.end()
    return True


def _safe_link(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    parser.use(dollarmath_plugin)
    parser.inline.ruler.at("math_inline", _math_rule)
    parser.disable(["heading", "lheading", "html_block", "html_inline", "image", "reference", "code", "hr"])
    parser.inline.ruler.before("link", "cite", _cite_rule)
    parser.validateLink = _safe_link  # type: ignore[method-assign]
    parser.add_render_rule("cite", _render_cite)
    for kind in ("math_inline", "math_block", "math_block_label"):
        parser.add_render_rule(kind, _render_math)
    return parser


def _render_math(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    return str(math(token.content.strip(), display=token.type != "math_inline"))


def _render_cite(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    name = tokens[index].content
    target: Target | None = env["resolve"](name)
    if target is None:
        return str(Markup("<code>{}</code>").format(name))
    link = filled('<a class="cite" href="%s%s" title="%s">', env["base"], target.address, target.title)
    return f"{link}{html(_label(target, tokens[:index]))}</a>"


def _label(target: Target, before: Iterable[Token]) -> str:
    """Return the text of a link, given what stands before it in its paragraph."""
    depth = 0
    for token in before:
        for sign in re.findall("[()]", token.content) if token.type == "text" else ():
            depth = depth + 1 if sign == "(" else max(0, depth - 1)
    return target.within if depth else target.label


_PARSER = _parser()
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https"},
    link_rel="noopener",
    generic_attribute_prefixes=None,
)
_PLAIN = re.compile(r"[A-Za-z\"'(][\w \"'(),.;:?/%=^{}+@-]*", re.ASCII)
"""A line of words in which Markdown has nothing to read: most of what curators write."""


def _is_plain(text: str) -> bool:
    """Return whether Markdown would show the text as it is written, in one paragraph."""
    return "_" not in text and not text.endswith(" ") and _PLAIN.fullmatch(text) is not None


def _nowhere(_: str) -> None:
    return None


def prose(text: str, base: str = "", resolve: Resolve = _nowhere) -> Markup:
    """Return Markdown as HTML paragraphs.

    Args:
        text: the Markdown, from anyone.
        base: the way from the page to the site's root, such as `../../`.
        resolve: finds what `[@id]` points to.
    """
    if _is_plain(text):
        return Markup("<p>" + text.replace('"', "&quot;") + "</p>\n")
    rendered = _clean(_PARSER.renderer.render(_tokens(text), _PARSER.options, {"base": base, "resolve": resolve}))
    return Markup(rendered.replace("\n#", "\n&#35;"))  # a line of the page that begins with # is a heading


def prose_inline(text: str, base: str = "", resolve: Resolve = _nowhere) -> Markup:
    """Return one paragraph of Markdown as HTML without the paragraph's tags."""
    if _is_plain(text):
        return Markup(" ".join(text.split()).replace('"', "&quot;"))
    return Markup(_clean(_PARSER.renderInline(" ".join(text.split()), {"base": base, "resolve": resolve})))


def _clean(rendered: str) -> str:
    """Sanitize as a second wall: the parser lets nothing through that this would take out."""
    if "<" not in rendered.replace("<p>", "").replace("</p>", ""):
        return rendered
    return _CLEANER.clean(rendered)


@lru_cache(maxsize=16)  # a text is asked for as HTML and as plain text within one page
def _tokens(text: str) -> tuple[Token, ...]:
    if _is_plain(text):
        return ()
    return tuple(_PARSER.parse(text, {}))


def prose_text(text: str, resolve: Resolve = _nowhere) -> str:
    """Return Markdown as plain text: for descriptions, feeds and search."""
    if _is_plain(text):
        return " ".join(text.split())
    parts: list[str] = []
    for block in _tokens(text):
        tokens = block.children or [block]
        for index, token in enumerate(tokens):
            if token.type == "cite":
                target = resolve(token.content)
                parts.append(plain(_label(target, tokens[:index])) if target else token.content)
            elif token.type.startswith("math"):
                parts.append(math_text(token.content))
            elif token.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            else:
                parts.append(token.content)
        parts.append(" ")
    return " ".join("".join(parts).split())


def prose_links(text: str) -> list[str]:
    """Return the addresses that the Markdown links to, as written, unsafe ones included."""
    return [match[1].strip("<>") for match in re.finditer(r"\]\(\s*([^)\s]+)", text)]


def prose_citations(text: str) -> list[str]:
    """Return the ids that the Markdown cites with `[@id]`, in order."""
    return [token.content for block in _tokens(text) for token in block.children or () if token.type == "cite"]


def prose_math(text: str) -> list[str]:
    """Return the formulas of the Markdown, without dollars, in order."""
    inner = [token for block in _tokens(text) for token in (block, *(block.children or ()))]
    return [token.content for token in inner if token.type.startswith("math")]
