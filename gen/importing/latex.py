"""LaTeX as bibliography files hold it, back to lines: accents to letters, braces away, math kept."""

import re
from functools import lru_cache

from pylatexenc import latexwalker, macrospec
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from gen.text.math import math_text
from gen.text.segments import split

_PLAIN = re.compile(r"[\\{}~%`^]|--|''")
_CLOSING = re.compile(r"(‘[^‘']*(?:'\w[^‘']*)*)(?<!')'(?![\w'])")


def _decoder() -> tuple[LatexNodes2Text, macrospec.LatexContextDb]:
    """Return pylatexenc's decoder, taught the commands of `gen.text.latex` that it does not know."""
    names = {
        "textbraceleft": "{",
        "textbraceright": "}",
        "textbar": "|",
        "textless": "<",
        "textgreater": ">",
        "textasciicircum": "^",
    }
    context = get_default_latex_context_db()
    context.add_context_category(
        "braces", prepend=True, macros=[MacroTextSpec(name, simplify_repl=text) for name, text in names.items()]
    )
    parsing = latexwalker.get_default_latex_context_db()
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=True), parsing


_TEXT, _CONTEXT = _decoder()


@lru_cache(maxsize=65536)
def words_from_latex(latex: str) -> str:
    """Return LaTeX without math as plain words. What can't be read is left as written, without its braces."""
    if not _PLAIN.search(latex):
        return latex
    latex = re.sub(r"(?<!\\)([%$&])", r"\\\1", latex)  # a value has no comments, tables or, here, math
    latex = re.sub(r"\\textsuperscript\s*\{([^{}]*)\}", r"\1", latex)
    latex = re.sub(r"\\textcommabelow\s*\{(\w)\}", "\\1\u0326", latex)
    latex = re.sub(r"(?<!\\)``", "“", latex)
    latex = _CLOSING.sub(r"\1’", re.sub(r"(?<!\\)`", "‘", latex))
    try:
        return str(_TEXT.latex_to_text(latex, tolerant_parsing=True))
    except Exception:  # pylatexenc's errors on broken input are of many classes
        return latex.replace("{", "").replace("}", "")


_BARE = {r"\sqrt{}": "√", r"\ddot{}": "\u0308", r"\acute{}": "\u0301", r"\tilde{}": "\u0303", r"\hat{}": "\u0302"}
"""How `gen.text.latex` writes signs that LaTeX only has as commands with an argument."""


def _symbol(match: re.Match[str]) -> str:
    """Return one symbol as itself, and more of a formula as math."""
    symbol = _BARE.get(match[1].replace(" ", "")) or math_text(match[1])
    return symbol if len(symbol) == 1 and not symbol.isascii() else f"${match[1]}$"


def _math(latex: str) -> str:
    """Return math with a letter beyond ASCII freed of the braces that a bibliography file puts around it.

    A command's argument keeps them.
    """
    return re.sub(r"(\\[A-Za-z]+\s*|\})?\{([^\x00-\x7f])\}", lambda match: match[0] if match[1] else match[2], latex)


def from_latex(latex: str) -> str:
    """Return a title or other line of a bibliography file as a line of a record: words plain, `$math$` kept."""
    latex = re.sub(r"\\\((.+?)\\\)", r"$\1$", latex)
    latex = re.sub(r"\\ensuremath\s*\{((?:[^{}]|\{[^{}]*\})*)\}", _symbol, latex)
    segments = split(latex)
    parts = [
        (_math(segment.text) if segment.math else words_from_latex(segment.text), segment.math) for segment in segments
    ]
    text = "".join(f"${part}$" if math else part for part, math in parts)
    if sum(segment.math for segment in split(text)) != sum(math for _, math in parts):
        text = "".join(f"${part}$" if math else part.replace("$", r"\$") for part, math in parts)
    return " ".join(text.split())
