"""Lines as LaTeX for a bibliography file: every special character right, math kept, braces balanced."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latexencode import UnicodeToLatexEncoder  # type: ignore[attr-defined]

from gen.text.safe_math import unsafe_math
from gen.text.segments import Segment, split

_SPECIAL = {
    "\\": r"\textbackslash{}",
    # Not \{ and \}: BibTeX counts braces without regard to a backslash, so one of them would end the entry.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_UNPRINTED = {"Cc", "Cf", "Co", "Cs", "Cn"}
"""Control characters, direction marks, unassigned code points: LaTeX stops at most of them."""
_JOINERS = {"\u200c", "\u200d"}
_ENCODER = UnicodeToLatexEncoder(
    unknown_char_policy="keep", replacement_latex_protection="none", unknown_char_warning=False
)


@lru_cache(maxsize=65536)
def _character(character: str, ascii_only: bool) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if unicodedata.category(character) in _UNPRINTED and (ascii_only or character not in _JOINERS):
        return ""
    if ord(character) < 128 or not ascii_only:
        return character
    encoded = str(_ENCODER.unicode_to_latex(character))
    # `{\'e}`: what BibTeX calls a special character, one letter to its sorting and case changing.
    return f"{{{encoded}}}" if encoded.startswith("\\") else encoded


def latex_words(words: str, *, ascii_only: bool) -> str:
    """Return plain words as LaTeX: special characters escaped, with `ascii_only` accents as commands too.

    A character that LaTeX has no command for (Chinese, emoji) stays what it is.
    """
    return "".join(_character(character, ascii_only) for character in unicodedata.normalize("NFC", words))


def latex(line: str, *, ascii_only: bool, words: Callable[[str], str] | None = None) -> str:
    """Return a line as LaTeX for a field of a bibliography.

    Math keeps its dollars inside a pair of braces, because BibTeX's styles lower the case of letters in
    math as well. Math that may not reach LaTeX (a check reports it) is written out as the text it is.

    Args:
        line: text that may hold `$math$`.
        ascii_only: write accents and symbols as commands (BibTeX) rather than as they are (biblatex).
        words: what to do with words instead of `latex_words`; used to protect capitals.
    """
    encode = words or (lambda text: latex_words(text, ascii_only=ascii_only))
    return "".join(
        f"{{${segment.text}$}}" if segment.math and _safe(segment.text) else encode(_written(segment))
        for segment in split(line)
    )


def _written(segment: Segment) -> str:
    return f"${segment.text}$" if segment.math else segment.text


def _safe(math: str) -> bool:
    r"""Return whether math can stand in a field: BibTeX counts `\{` and `\}` as braces too."""
    return not unsafe_math(math) and braced(math)


def braced(text: str) -> bool:
    """Return whether every brace has its partner, in order, a backslash before it or not."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
