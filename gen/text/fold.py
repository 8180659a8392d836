"""Letters as one types them who has only a plain keyboard: without case and accents."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ς": "σ"}
)
"""Letters that Unicode doesn't take apart into a base and an accent."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Return a text in lower case and without accents; `docs/assets/js/text.js` does the same."""
    if text.isascii():
        return text.lower()
    return _NOT_ASCII.sub(_unmarked, unicodedata.normalize("NFKD", text).lower().translate(_LETTERS))


def _unmarked(match: re.Match[str]) -> str:
    return "".join(character for character in match[0] if not unicodedata.category(character).startswith("M"))
