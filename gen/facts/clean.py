"""Text from other databases made plain: tags, character references, broken umlauts and stray space go."""

import html
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

import ftfy

from gen.names import MARKS, OTHERS, parse_name
from gen.text.plain import JOINERS, STRAY_JOINER

_REPAIR = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    remove_terminal_escapes=False,
)
"""Only what was decoded with the wrong table is mended; letters that are meant stay."""
_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>|<!\[CDATA\[|\]\]>")


class _Pair(NamedTuple):
    """What stands between an opening and a closing mark, these included."""

    whole: re.Pattern[str]
    close: re.Pattern[str]

    def sub(self, by: Callable[[re.Match[str]], str], text: str) -> str:
        """Replace each pair. Behind the last closing mark there is none, and each opening one would look for it."""
        end = self._end(text)
        return self.whole.sub(by, text[:end]) + text[end:]

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first pair."""
        return self.whole.search(text, 0, self._end(text))

    def _end(self, text: str) -> int:
        return max((match.end() for match in self.close.finditer(text)), default=0)


def _element(name: str, holds: str = "") -> _Pair:
    """Return the elements of a name, with any prefix, whose opening tag holds a word."""
    close = rf"</(?:\w+:)?{name}\s*>"
    whole = rf"<(?:\w+:)?{name}\b(?=[^<>]*{holds})[^<>]*>(.*?){close}"
    return _Pair(re.compile(whole, re.DOTALL | re.IGNORECASE), re.compile(close, re.IGNORECASE))


_MATH = _element("math")
_TEX = _element("annotation", holds="tex")
_TEX_FORMULA = _element("tex-math")
_COMMENT = _Pair(re.compile("<!--.*?-->", re.DOTALL), re.compile("-->"))
INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_SPACING_MARKS = {"\u00a8": "\u0308", "\u00b4": "\u0301", "\u02c6": "\u0302", "\u02dc": "\u0303"}
"""Accents that stand as characters of their own beside their letter, as text taken from a PDF has them."""
_ACCENT_AFTER = re.compile(r"([A-Za-zı])([\u00a8\u00b4\u02c6\u02dc])(?=\w|\b)")
_ACCENT_BEFORE = re.compile(r"([\u00a8\u00b4\u02c6\u02dc])\s?([A-Za-zı])")


def clean_line(text: str) -> str:
    """Return a title or name as one plain line. Math in MathML becomes its LaTeX, or the text it shows."""
    text = ftfy.fix_text(html.unescape(html.unescape(text)), _REPAIR)
    text = _TEX_FORMULA.sub(lambda match: f"${_bare_tex(match[1])}$", text)
    text = _MATH.sub(_math, text)
    text = _tagless(text)
    text = STRAY_JOINER.sub("", INVISIBLE.sub("", text))
    text = _ACCENT_BEFORE.sub(_accent_before, text)
    text = _ACCENT_AFTER.sub(lambda match: match[1].replace("ı", "i") + _SPACING_MARKS[match[2]], text)
    text = "".join(c for c in text if c.isspace() or c in JOINERS or unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _accent_before(match: re.Match[str]) -> str:
    """Join `¨u`, but leave `u¨n`, whose mark belongs to the vowel before it, to the rule for that."""
    before = match.string[match.start() - 1 : match.start()]
    if before and before.lower() in "aeiouyı" and match[2].lower() not in "aeiouyı":
        return match[0]
    return match[2].replace("ı", "i") + _SPACING_MARKS[match[1]]


def _math(match: re.Match[str]) -> str:
    tex = _TEX.search(match[1])
    if tex:
        return f"${_bare_tex(tex[1])}$"
    return " ".join(_tagless(match[1]).split())


def _bare_tex(tex: str) -> str:
    return " ".join(_tagless(tex).strip().strip("$").split())


def _tagless(text: str) -> str:
    return _TAG.sub("", _COMMENT.sub(lambda _: "", text))


def written_name(family: str, given: str = "", particle: str = "", suffix: str = "") -> str:
    """Return a name as a record writes it, so that `gen.names` takes it apart into these parts again.

    `Given Family` where that is unambiguous, else `Family, Given` or `Family, Suffix, Given`; `others` for what names
    nobody, and nothing for nothing.
    """
    family, given, particle, suffix = (_unmarked(part) for part in (family, given, particle, suffix))
    if not family:
        family, given = given, ""
    last = " ".join(part for part in (particle, family) if part)
    plain = " ".join(part for part in (given, last) if part)
    if not plain or _nobody(plain):
        return plain and OTHERS
    forms = [plain] if not suffix else []
    forms.append(", ".join(part for part in (last, suffix, given) if part))
    for form in forms:
        try:
            name = parse_name(form)
        except ValueError:
            continue
        if (name.given, name.last, name.suffix) == (given, last, suffix):
            return form
    return f"{{{plain}}}"


def spoken_name(name: str) -> str:
    """Return a name without comma (`Guy van der Berg`) as a record writes it."""
    name = _unmarked(name)
    try:
        parse_name(name)
    except ValueError:
        return written_name(name)
    return OTHERS if _nobody(name) else name


def _unmarked(name: str) -> str:
    return _part(name.translate(_NO_MARKS))


_NO_MARKS = str.maketrans("", "", MARKS)


def _part(text: str) -> str:
    return " ".join(re.sub(r"[{},]", " ", text).split())


def organization(name: str) -> str:
    """Return the name of a group as a record writes it: between braces, so that nobody takes it apart.

    `others` for what names nobody, and nothing for nothing.
    """
    name = " ".join(re.sub("[{}]", " ", name).split())
    return name and (OTHERS if _nobody(name) else f"{{{name}}}")


def _nobody(name: str) -> bool:
    """Return whether a name stands for authors that are not named."""
    return name.lower().strip(" .,") in (OTHERS, f"and {OTHERS}", "et al", "anonymous")
