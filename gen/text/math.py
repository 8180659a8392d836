"""LaTeX math as MathML, which browsers set without script or fonts, and as plain text."""

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from markupsafe import Markup, escape
from pylatexenc import latexwalker
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from gen.text.safe_math import unsafe_math

_FUNCTIONS = (
    "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom", "inf", "ker", "lg", "lim",
    "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup", "tan", "tanh",
)  # fmt: skip
"""Commands that stand for their own name, set off from the letters beside it."""
_EDGE = "\0"
"""Marks where such a name begins and ends until all of the formula is text."""
_BETWEEN = re.compile(rf"(?<=[^\W_]){_EDGE}+(?=[^\W_])|(?<=[)\]}}|‖!]){_EDGE}(?=[^\W_{_EDGE}])")
"""Edges that need a space: a letter or digit on both sides, or the end of a bracket before the name."""


def _context() -> Any:
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, f"{_EDGE}{name}{_EDGE}") for name in _FUNCTIONS]
    macros.append(MacroTextSpec("|", "‖"))
    macros += [MacroTextSpec(f"wide{name}", known.get_macro_spec(name).simplify_repl) for name in ("hat", "tilde")]
    known.add_context_category("math", macros=macros, prepend=True)
    return known


logging.getLogger("pylatexenc").setLevel(logging.CRITICAL + 1)  # it would tell the terminal what a check tells
_COMMANDS = latexwalker.get_default_latex_context_db()
"""What arguments commands take; made anew for each formula where it isn't given."""
_TEXT = LatexNodes2Text(latex_context=_context(), math_mode="text", strict_latex_spaces="based-on-source")


class MathError(ValueError):
    """The LaTeX can't be read as math."""


@lru_cache(maxsize=4096)
def mathml(latex: str, *, display: bool = False) -> Markup:
    """Return the formula as a MathML element that holds its LaTeX as annotation.

    Raises:
        MathError: a brace, bracket or command is incomplete, or a command is not one for formulas.
    """
    if unsafe := unsafe_math(latex):
        raise MathError(f"it holds {unsafe[0]!r}, which is not for formulas")
    if not balanced(latex):
        raise MathError("its braces do not balance")
    from latex2mathml.converter import convert_to_element  # takes its time, and a small change has no formula

    try:
        made = tostring(convert_to_element(latex, display="block" if display else "inline"), encoding="unicode")
        element = _REFERENCE.sub(r"&\1", made)
        element = _spaced(element, fromstring(element))
    except (
        ParseError,
        IndexError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        RecursionError,
        StopIteration,
    ) as error:
        raise MathError("it is not complete LaTeX math") from error
    except Exception as error:  # latex2mathml's own errors share no base class
        if type(error).__module__.startswith("latex2mathml"):
            raise MathError("it is not complete LaTeX math") from error
        raise
    head, _, rest = element.partition(">")
    body, _, _ = rest.rpartition("</math>")
    source = escape(latex)
    return Markup(
        f'{head}><semantics>{body}<annotation encoding="application/x-tex">{source}</annotation></semantics></math>'
    )


_REFERENCE = re.compile("&amp;(#x[0-9A-Fa-f]+;)")
"""A symbol, which latex2mathml writes as text of this form. Its own `convert` takes back all escapes and so makes tags
of the words in `\\text{<b>}`."""
_NAME = re.compile(rf"<mi>({'|'.join(sorted(_FUNCTIONS, key=len, reverse=True))})</mi>")
_SCRIPTS = {"msub", "msup", "msubsup"}
_THIN = "0.1667em"
"""TeX's thin space, a sixth of the type's size."""
_HALVES = ("⌈", "⌊", "⌉", "⌋")
"""Brackets that are written as letters."""
_ENDS = (")", "]", "}")


def _spaced(written: str, root: Element) -> str:
    """Set a function's name off from what it stands beside, and close up fractions on a line, as TeX does.

    TeX's table of spaces (The TeXbook, chapter 18): a thin space between a function and its argument or what is before
    it, none beside an opening bracket. MathML has such spaces for operators only, so the name is written as one.
    """
    spaces = iter(_spaces(root))

    def operator(name: re.Match[str]) -> str:
        before, after = next(spaces)
        return f'<mo lspace="{_THIN if before else 0}" rspace="{_THIN if after else 0}">{name[1]}</mo>'

    return _NAME.sub(operator, written).replace("<mo>&#x0002F;</mo>", '<mo lspace="0" rspace="0">&#x0002F;</mo>')


def _spaces(parent: Element, before: bool = False, after: bool = False) -> Iterator[tuple[bool, bool]]:
    """Yield for each function in a formula, in order, whether there is a space before and behind it.

    Args:
        parent: where to look.
        before: whether something stands before it that a function is set off from; if it is a function with scripts.
        after: likewise behind it.
    """
    children = list(parent)
    for place, child in enumerate(children):
        if parent.tag.rpartition("}")[2] in _SCRIPTS:
            around = (before, after) if place == 0 else (False, False)
        else:
            around = _closes(children[place - 1 : place]), _begins(children[place + 1 : place + 2])
        if child.tag.endswith("}mi") and not child.attrib and child.text in _FUNCTIONS:
            yield around
        else:
            yield from _spaces(child, *around)


def _begins(following: list[Element]) -> bool:
    """Whether a function is set off from what follows it: an operand, and not a bracket or sign."""
    return any(not item.tag.endswith("}mo") and item.text not in _HALVES for item in following)


def _closes(preceding: list[Element]) -> bool:
    """Whether a function is set off from what stands before it: an operand or the end of a bracket.

    Not from another function, which is set off from what follows already.
    """
    for item in preceding:
        if item.tag.endswith("}mo"):
            return item.text in _ENDS
        name = item[0] if len(item) and item.tag.rpartition("}")[2] in _SCRIPTS else item
        return name.text not in _FUNCTIONS and item.text not in _HALVES[:2]
    return False


_BRACE = re.compile(r"\\.|[{}]")
"""A brace, or a sign with a backslash before it."""


def balanced(latex: str) -> bool:
    """Return whether every brace that is not escaped has its partner, in order."""
    depth = 0
    for brace in _BRACE.findall(latex):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=4096)
def math_text(latex: str) -> str:
    """Return the formula as a reader would type it: `$1-1/e$` as `1-1/e`, `$\\alpha^{6/7}$` as `α^(6/7)`."""
    try:
        plain = _parted(re.sub(r"\\[td]frac\b", r"\\frac", latex.replace(_EDGE, "")))
        text = str(_TEXT.latex_to_text(plain, latex_context=_COMMANDS))
    except (latexwalker.LatexWalkerError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return latex
    return " ".join(_BETWEEN.sub(" ", text).replace(_EDGE, "").split())


def _end(latex: str, start: int) -> int | None:
    """Return where the brace stands that closes what begins at `start`."""
    depth = 1
    for brace in _BRACE.finditer(latex, start):
        depth += (brace[0] == "{") - (brace[0] == "}")
        if depth == 0:
            return brace.start()
    return None


_SCRIPT = re.compile(r"(?<!\\)[\^_]\s*\{")
_ONE = re.compile(r"\\?[A-Za-z]+|-?[\d.]+|.|\\[A-Za-z]+\{[^{}]*\}|\([^()]*\)")
"""A script that is read as one thing also without braces: a name, a number, what has brackets already."""


def _parted(latex: str) -> str:
    """Put brackets into scripts that would run into what follows: as text, `K^{6/7}` has no braces any more."""
    parts, end = [], 0
    for start in (match.end() for match in _SCRIPT.finditer(latex)):
        if start < end:
            continue
        close = _end(latex, start)
        if close is None:
            break
        inner = latex[start:close].strip()
        parts += [latex[end:start], _parted(inner) if _ONE.fullmatch(inner) else f"({_parted(inner)})"]
        end = close
    return "".join([*parts, latex[end:]])
