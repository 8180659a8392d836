"""Dollars in a text that open no math, or make math out of words: the rule, for the check and for the form."""

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
_AROUND = "the dollars around '{}' make math out of words", r"write \$ for a dollar, \text{...} for words in math"
_BEFORE = "the dollar before '{}' opens no math", r"close it with a $ without space, or write \$ for a dollar"


def stray_dollars(text: str, *, markdown: bool) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a text's dollars, and how to mend it; `docs/assets/js/new/dollars.js` does the same."""
    if "$" not in text:
        return
    written = CODE.sub("", text) if markdown else text
    for formula in MATH.findall(written):
        if _SWALLOWED.search(_SET_AS_WORDS.sub("x", formula)):
            yield _AROUND[0].format(formula[:40]), _AROUND[1]
    if stray := _OPEN.search(MATH.sub(lambda math: "\0" * len(math[0]), written)):
        yield _BEFORE[0].format(written[stray.end() :][:20]), _BEFORE[1]


def dollar_rule() -> Mapping[str, str]:
    """Return the patterns and words of the rule for a browser, whose `\\w` and `\\d` know no other scripts."""
    patterns = {"code": CODE, "math": MATH, "open": _OPEN, "setAsWords": _SET_AS_WORDS, "swallowed": _SWALLOWED}
    written = {
        name: pattern.pattern.replace(r"[\w", r"[\p{L}\p{N}_").replace(r"\d", r"\p{Nd}")
        for name, pattern in patterns.items()
    }
    return written | {"around": "; ".join(_AROUND), "before": "; ".join(_BEFORE)}
