"""Lines as LaTeX for a bibliography file: every special character right, math kept, braces balanced."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latexencode import UnicodeToLatexEncoder  # type: ignore[attr-defined]

from gen.text.plain import JOINERS, STRAY_JOINER
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
    "`": r"\textasciigrave{}",
    # Many readers take `@word{` for the next entry, wherever it stands.
    "@": "{@}",
}
_ACTIVE = re.compile("[{}]".format(re.escape("".join(_SPECIAL))))
_TYPOGRAPHY = {
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "\u00a0": "~",
    "‐": "-",
    "‑": "-",
    "−": r"\ensuremath{-}",
    "√": r"\ensuremath{\surd}",
    "♭": r"\ensuremath{\flat}",
    "♮": r"\ensuremath{\natural}",
    "♯": r"\ensuremath{\sharp}",
    "⊧": r"\ensuremath{\models}",
    "⊨": r"\ensuremath{\vDash}",
    "⋘": r"\ensuremath{\lll}",
    "⋙": r"\ensuremath{\ggg}",
}
"""What has a shorter, more widely known or better form in LaTeX than the encoder's."""
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0326": "textcommabelow",
    "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip
"""Combining marks and the commands that set them."""
_GREEK = "[\u0370-\u03ff\u1f00-\u1fff]"
_CLUSTER = re.compile(r"[A-Za-z][{}]+|{}+|.".format("".join(_ACCENTS), _GREEK), re.DOTALL)
_DOTTED = {"ı": "i", "ȷ": "j"}
_DOTLESS = re.compile(r"[ıȷ](?=[\u0300-\u030c])")
"""A dotless letter under an accent, as text taken out of a PDF has it: `ı́` for `í`."""
_UNPRINTED = {"Cc", "Cf", "Co", "Cs", "Cn"}
"""Control characters, direction marks, unassigned code points: LaTeX stops at most of them."""
_UNFIT = re.compile(
    r"""\\(?:cyr|CYR|textschwa|nument|texthvlig|textnrleg|textphi|textglotstop|textturnk|quarternote|arrowwave
    |dblarrowupdown|DownArrowUpArrow|rightangle|surfintegral|volintegral|clwintegral|clockoint|sqrint|homothetic|lazysinv
    |approxnotequal|tildetrpl|allequal|estimates|starequal|notlessgreater|notgreaterless|original|image|recorder|udots
    |hermitconjmatrix|VDash|precedesnotsimilar|varperspcorrespond)
    |^\\varepsilon|^\\=\{|\\math(?:bb|cal)\{[^A-Z]""",
    re.VERBOSE,
)
"""What of the encoder's is not right: commands that LaTeX with the encoding T1, amsmath, amssymb and textcomp does not
have, math where there is none, a macron for a stroke (`ħ`), small letters and digits of alphabets that have capitals
alone. The characters themselves work in more documents."""
_FRACTION = re.compile(r"\\textfrac(\{.\}\{.\})")
_COMMAND = re.compile(r"\\ensuremath\{\\[A-Za-z]+\}")
_ENCODER = UnicodeToLatexEncoder(
    unknown_char_policy="keep", replacement_latex_protection="none", unknown_char_warning=False
)


@lru_cache(maxsize=65536)
def _character(cluster: str, ascii_only: bool) -> str:
    """Return one character, or a letter with combining marks that no single character has."""
    if cluster in _SPECIAL:
        return _SPECIAL[cluster]
    if cluster.isascii() and cluster.isprintable():
        return cluster
    if unicodedata.category(cluster[0]) in _UNPRINTED and cluster not in JOINERS:
        return ""
    encoded = _TYPOGRAPHY.get(cluster) or _accented(cluster) or str(_ENCODER.unicode_to_latex(cluster))
    encoded = _FRACTION.sub(r"\\ensuremath{\\frac\1}", encoded.replace(r"\mathscr", r"\mathcal"))
    if not ascii_only and not encoded.startswith(r"\ensuremath"):
        return cluster
    if _UNFIT.search(encoded) or (re.match(_GREEK, cluster) and not _COMMAND.fullmatch(encoded)):
        return cluster  # of Greek, a letter alone is math, as in `ρ-VAE`; more is a word, or its accents are
    # `{\'e}`: what BibTeX calls a special character, one letter to its sorting and case changing.
    return f"{{{encoded}}}" if encoded.startswith("\\") and not encoded.endswith("{}") else encoded


def _accented(cluster: str) -> str:
    """Return a letter and its marks as nested accent commands, or nothing where one has no command."""
    decomposed = unicodedata.normalize("NFD", cluster)
    letter, marks = decomposed[0], decomposed[1:]
    if not marks or not letter.isalpha() or not letter.isascii() or any(mark not in _ACCENTS for mark in marks):
        return ""
    for mark in marks:
        # The dot of i and j makes place for an accent above it.
        dotless = rf"\{letter}" if letter in ("i", "j") and mark not in "\u0323\u0326\u0327\u0328\u0331" else letter
        command = _ACCENTS[mark]
        letter = rf"\{command}{dotless}" if len(letter) == 1 and not command.isalpha() else rf"\{command}{{{dotless}}}"
    return letter


def latex_words(words: str, *, ascii_only: bool) -> str:
    """Return plain words as LaTeX: special characters escaped, with `ascii_only` accents as commands too.

    A character that LaTeX has no command for (Chinese, emoji) stays what it is. Symbols that LaTeX knows in math
    alone are commands in either case, because pdfLaTeX stops at them.
    """
    if words.isascii() and words.isprintable():
        return _ACTIVE.sub(lambda match: _SPECIAL[match[0]], words)
    composed = unicodedata.normalize("NFC", _DOTLESS.sub(lambda match: _DOTTED[match[0]], STRAY_JOINER.sub("", words)))
    return "".join(_character(cluster, ascii_only) for cluster in _CLUSTER.findall(composed))


def latex(line: str, *, ascii_only: bool, words: Callable[[str], str] | None = None) -> str:
    """Return a line as LaTeX for a field of a bibliography.

    Math keeps its dollars inside a pair of braces, because BibTeX's styles lower the case of letters in
    math as well. Math that may not reach LaTeX (a check reports it) is written out as the text it is. Straight
    double quotes become a pair of curled ones.

    Args:
        line: text that may hold `$math$`.
        ascii_only: write accents and symbols as commands (BibTeX) rather than as they are (biblatex).
        words: what to do with words instead of `latex_words`; used to protect capitals.
    """
    encode = words or (lambda text: latex_words(text, ascii_only=ascii_only))
    return "".join(
        _math(segment.text) if segment.math and _safe(segment.text) else encode(_written(segment))
        for segment in split(curled(line))
    )


_OPENING = re.compile(r'(?:(?<=^)|(?<=[\s(\[{/\-–—“‘]))"')


def curled(line: str) -> str:
    """Return the line with straight double quotes curled: opening at the start of a word, else closing."""
    return _OPENING.sub("“", line).replace('"', "”") if '"' in line else line


def _math(math: str) -> str:
    return f"{{${''.join(c if c.isascii() else _character(c, True) for c in math)}$}}"


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
