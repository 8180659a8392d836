"""LaTeX math as MathML, which browsers set without script or fonts, and as plain text."""

import re
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring

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
    from latex2mathml.converter import convert  # takes its time, and a small change has no formula

    try:
        element = convert(latex, display="block" if display else "inline")
        fromstring(element)
    except (
        ParseError,
        IndexError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        RecursionError,
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


def balanced(latex: str) -> bool:
    """Return whether every brace that is not escaped has its partner, in order."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", latex):
        depth += (brace == "{") - (brace == "}")
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=4096)
def math_text(latex: str) -> str:
    """Return the formula as a reader would type it: `$1-1/e$` as `1-1/e`, `$\\alpha$` as `α`."""
    try:
        plain = re.sub(r"\\[td]frac\b", r"\\frac", latex.replace(_EDGE, ""))
        text = str(_TEXT.latex_to_text(plain, latex_context=_COMMANDS))
    except (latexwalker.LatexWalkerError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return latex
    return " ".join(_BETWEEN.sub(" ", text).replace(_EDGE, "").split())
