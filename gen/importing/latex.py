"""LaTeX as bibliography files hold it, back to lines: accents to letters, braces away, math kept."""

import re
from functools import lru_cache

from pylatexenc import latexwalker, macrospec
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from gen.text.latex import latex_words
from gen.text.math import math_text
from gen.text.segments import split

_PLAIN = re.compile(r"[\\{}~%`^]|--|''")
_ENSURED = re.compile(r"\\ensuremath\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_CLOSING = re.compile(r"(‘[^‘']*(?:'\w[^‘']*)*)(?<!')'(?![\w'])")
_KNOWN = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbar": "|",
    "textless": "<",
    "textgreater": ">",
    "textasciicircum": "^",
    "textperiodcentered": "·",
    "href": "%(2)s",
    "url": "%s",
    "today": r"\today",
}
"""What commands stand for: of `gen.text.latex`, and such as pylatexenc knows no or no fitting text for."""
_NO_TEXT = (
    "cite", "citep", "citet", "ref", "autoref", "cref", "Cref", "eqref", "footnote", "footnotemark", "thanks",
    "includegraphics", "maketitle",
)  # fmt: skip
_TEMPLATE = re.compile(r"%(?:s|\(\d\)s)")
"""Where the argument of an incomplete command would stand in pylatexenc's text for it."""


def _decoder() -> tuple[LatexNodes2Text, macrospec.LatexContextDb]:
    """Return pylatexenc's decoder, and what arguments commands take."""
    context = get_default_latex_context_db()
    texts = _KNOWN | dict.fromkeys(_NO_TEXT, "")
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in texts.items()]
    context.add_context_category("records", prepend=True, macros=macros)
    parsing = latexwalker.get_default_latex_context_db()
    taken = {"href": "{{", "thanks": "{", "footnotemark": "["}
    arguments = [macrospec.std_macro(name, marks) for name, marks in taken.items()]
    parsing.add_context_category("records", prepend=True, macros=arguments)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=True), parsing


_TEXT, _ARGUMENTS = _decoder()


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
        text = str(_TEXT.latex_to_text(latex, latex_context=_ARGUMENTS, tolerant_parsing=True))
        complete = len(_TEMPLATE.findall(text)) <= len(_TEMPLATE.findall(latex))
    except Exception:  # pylatexenc's errors on broken input are of many classes
        complete = False
    return text if complete else latex.replace("{", "").replace("}", "")


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    """Return the signs that `gen.text.latex` writes as math, by their formulas. Letters in formulas stay formulas."""
    signs = (sign for sign in map(chr, range(0x300, 0x2C00)) if not sign.isalpha())
    written = {sign: _ENSURED.fullmatch(latex_words(sign, ascii_only=False)[1:-1]) for sign in signs}
    return {match[1]: sign for sign, match in written.items() if match}


def _symbol(match: re.Match[str]) -> str:
    """Return one symbol as itself, and more of a formula as math."""
    symbol = math_text(match[1])
    return symbol if len(symbol) == 1 and not symbol.isascii() else _signs().get(match[1], f"${match[1]}$")


def _math(latex: str) -> str:
    """Return math with a letter beyond ASCII freed of the braces that a bibliography file puts around it.

    A command's argument keeps them.
    """
    return re.sub(r"(\\[A-Za-z]+\s*|\})?\{([^\x00-\x7f])\}", lambda match: match[0] if match[1] else match[2], latex)


def from_latex(latex: str) -> str:
    """Return a title or other line of a bibliography file as a line of a record: words plain, `$math$` kept."""
    latex = re.sub(r"\\\(((?:[^\\]|\\[^()])+)\\\)", r"$\1$", latex)
    latex = _ENSURED.sub(_symbol, latex)
    segments = split(latex)
    parts = [
        (_math(segment.text) if segment.math else words_from_latex(segment.text), segment.math) for segment in segments
    ]
    text = "".join(f"${part}$" if math else part for part, math in parts)
    if sum(segment.math for segment in split(text)) != sum(math for _, math in parts):
        text = "".join(f"${part}$" if math else part.replace("$", r"\$") for part, math in parts)
    return " ".join(text.split())
