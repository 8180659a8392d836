"""Which words of a title need their capitals: the decision that goes between braces in BibTeX.

Styles write titles in lower case. Braces go around single words, not the whole title, so that a style
can still do its work on the rest.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\s/\-‐‑–—]+|[\s/\-‐‑–—]+")
"""A word, or what separates two: hyphens part words, so `Low-Rank` is judged in two pieces."""
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_WORDLIKE = re.compile(r"\w")
_NAME_LETTER = re.compile(r"(?:^|[\s/–—(\[“‘\"'])([A-Z]-[A-Z][a-z]\w*)")
"""A single letter and a capitalized word: `U-Net`, `T-Few`; the second part belongs to the name."""
_SIGNS = ("Pi", "Ps", "Po", "So")
"""Categories of signs that a title may begin with: quotation marks, brackets, `¿`, emoji."""
_SUBTITLE = (":", "?", "!", ".", "—", "–", "--")


@lru_cache(maxsize=1)
def proper_names() -> frozenset[str]:
    """Names that a lower-case title must not lose, from `proper_names.txt`."""
    text = files("gen.citation").joinpath("proper_names.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def needs_capitals(word: str) -> bool:
    """Return whether a word, without punctuation around it, must keep its capitals anywhere in a title.

    True for a capital after the first letter (`SpecTr`, `LLM`), a capital beside a digit (`GPT4`), a single
    capital other than the article (`Q`), and proper names, also in the plural or possessive (`Gaussians`, `Rubik's`).
    """
    if not any(letter.isupper() for letter in word):
        return False
    if any(letter.isupper() for letter in word[1:]):
        return True
    if any(letter.isdigit() for letter in word):
        return True
    if len(word) == 1:
        return word != "A"
    return word in proper_names() or re.sub(r"['’]?s?$", "", word) in proper_names()


def protected_words(text: str, system: str = "", *, begins: bool = False) -> tuple[tuple[str, bool], ...]:
    """Return the text in pieces, each with whether it needs braces; joined they are the text again.

    The first word after a colon, question mark, exclamation mark or full stop is protected too where it is
    capitalized: it starts a subtitle, which styles that lower titles keep capitalized. So are the words of
    the paper's own system, which are a name whatever they look like, and of names such as `U-Net`.

    Args:
        text: a title, or what stands of it between formulas.
        system: the name of what the paper introduces.
        begins: whether the title begins with the text. Where that is a quotation mark or the like, BibTeX keeps the
            case of this sign and not of the first letter.
    """
    named = _named(text, system)
    pieces: list[tuple[str, bool]] = []
    starts_subtitle = begins and text != "" and unicodedata.category(text[0]) in _SIGNS
    for match in _WORD.finditer(text):
        written = match[0]
        before, core, after, capitals = _parts(written)
        if not core:
            pieces.append((written, False))
            starts_subtitle = starts_subtitle or (written.rstrip().endswith(_SUBTITLE) and written not in ("–", "--"))
            continue
        is_name = core[0].isupper() and any(start <= match.start() < end for start, end in named)
        protect = capitals or is_name or (starts_subtitle and core[0].isupper())
        pieces += [(piece, flag) for piece, flag in ((before, False), (core, protect), (after, False)) if piece]
        starts_subtitle = after.endswith(_SUBTITLE)
    return tuple(pieces)


@lru_cache(maxsize=65536)
def _parts(written: str) -> tuple[str, str, str, bool]:
    """Return what stands before a word, the word, what stands after it, and whether it needs its capitals anywhere."""
    edges = _EDGES.match(written)
    assert edges
    before, core, after = edges.groups()
    return before, core, after, needs_capitals(core)


def _named(text: str, system: str) -> list[tuple[int, int]]:
    """Return where names stand that their words alone do not show."""
    named = [match.span(1) for match in _NAME_LETTER.finditer(text)]
    start = text.find(system) if system else -1
    while start >= 0:  # not by a pattern: each paper would have its own, and those take long to compile
        end = start + len(system)
        if not _WORDLIKE.match(text, start - 1, start) and not _WORDLIKE.match(text, end):
            named.append((start, end))
        start = text.find(system, start + 1)
    return named
