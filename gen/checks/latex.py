"""LaTeX in a text that is not shown as it was meant: the rules, for the checks and for the form.

Dollars that open no math, or make math out of words; and markup that stands outside math.
"""

import re
from collections.abc import Iterator, Mapping

from gen.text.segments import MATH

CODE = re.compile(r"`[^`]*`")
"""Code in Markdown, where a dollar is a dollar."""
_OPEN = re.compile(r"(?<![\w\\$])\$\s*(?=[A-Za-z\\({|])")
"""A dollar before what may be a formula, which no second dollar ends; before a digit it is money."""
_SET_AS_WORDS = re.compile(r"\\(?:text[a-z]*|mbox|math[a-z]+|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+")
_SWALLOWED = re.compile(r"^(?:\d.*[\s(/][A-Za-z]{2,}[.,;:]?\s|.*\s[A-Za-z]{3,}[.,;:]?\s|.*[/(\[,;:]$)", re.DOTALL)
"""Words between two dollars that are money: `5 and A` of `US$5 and A$`, `5/` of `$5/$x`."""
SHOWN = 30
"""Characters of a text that a message quotes."""
_AROUND = "the dollars around '{}' make math out of words", r"write \$ for a dollar, \text{...} for words in math"
_BEFORE = "the dollar before '{}' opens no math", r"close it with a $ without space, or write \$ for a dollar"


def stray_dollars(text: str, *, markdown: bool) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a text's dollars, and how to mend it; `docs/assets/js/new/latex.js` does the same."""
    if "$" not in text:
        return
    written = CODE.sub("", text) if markdown else text
    for formula in MATH.findall(written):
        if _SWALLOWED.search(_SET_AS_WORDS.sub("x", formula)):
            yield _AROUND[0].format(formula[:SHOWN]), _AROUND[1]
    if stray := _OPEN.search(_without_math(written)):
        yield _BEFORE[0].format(written[stray.end() :][:SHOWN]), _BEFORE[1]


def _without_math(text: str) -> str:
    return MATH.sub(lambda math: "\0" * len(math[0]), text)


_POWER = r"[\w]\^[\w{(]"
_IN_LINE = re.compile(rf"\{{[A-Za-z\\][^{{}}]*\}}|\\(?:[A-Za-z]+|[^\w\s$])|``|{_POWER}")
"""What LaTeX takes for markup: braces about words, a command, an accent, an opening quotation mark, a power."""
_IN_PROSE = re.compile(rf"\\[A-Za-z]+|{_POWER}")
"""Likewise in Markdown, where a backslash before a sign and backquotes are its own."""
_TELLING = re.compile(r"[\\^{`]")
"""A sign that each of these has, and most texts have none of."""
_OUTSIDE = "'{}' is LaTeX outside math, and would be shown as it stands", "write plain letters, or math between dollars"


def latex_outside_math(text: str, *, markdown: bool) -> Iterator[tuple[str, str]]:
    """Yield what LaTeX there is outside math, and how to mend it; nothing where dollars leave open what is math."""
    if not _TELLING.search(text) or any(stray_dollars(text, markdown=markdown)):
        return
    written = CODE.sub("", text) if markdown else text
    if found := (_IN_PROSE if markdown else _IN_LINE).search(_without_math(written)):
        yield _OUTSIDE[0].format(found[0][:SHOWN]), _OUTSIDE[1]


def latex_rules() -> Mapping[str, str]:
    """Return the patterns and words of the rules for a browser, whose `\\w` and `\\d` know no other scripts."""
    patterns = {"code": CODE, "math": MATH, "open": _OPEN, "words": _SET_AS_WORDS, "money": _SWALLOWED}
    patterns |= {"inLine": _IN_LINE, "inProse": _IN_PROSE}
    written = {
        name: pattern.pattern.replace(r"\w", r"\p{L}\p{N}_").replace(r"\d", r"\p{Nd}")
        for name, pattern in patterns.items()
    }
    return written | {"around": "; ".join(_AROUND), "before": "; ".join(_BEFORE), "outside": "; ".join(_OUTSIDE)}
