"""The language of a paper, however a source names it."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

_TAG = re.compile(r"([a-z]{2,3})((?:-[a-z0-9]{2,8})*)", re.IGNORECASE)
_NO_LANGUAGE = ("und", "mis", "zxx")
"""Codes that say nothing."""
_OF_LATEX = {
    "acadian": "fr", "american": "en", "australian": "en", "austrian": "de", "bengali": "bn", "brazil": "pt",
    "brazilian": "pt", "british": "en", "canadian": "en", "canadien": "fr", "farsi": "fa", "francais": "fr",
    "mexican": "es", "naustrian": "de", "newzealand": "en", "ngerman": "de", "nswissgerman": "de", "portuges": "pt",
    "slovene": "sl", "swissgerman": "de", "ukenglish": "en", "usenglish": "en",
}  # fmt: skip
"""What biblatex calls languages besides by their English names."""
_MUCH_USED = ("cs", "da", "de", "es", "fi", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "zh")
"""Languages that are known by their own names too; to look all up would take a second."""


def language_tag(written: str) -> str:
    """Return a language as BCP 47 tags it, or nothing for what is none that is known.

    Args:
        written: its name in English or, of a much used one, in itself (`German`, `Deutsch`), one of its codes of
            ISO 639 (`de`, `ger`, `deu`), or a tag (`de-AT`, `en_US`).
    """
    name = " ".join(re.sub(r"\([^()]*\)", " ", written).split())
    tag = _TAG.fullmatch(name.replace("_", "-"))
    if tag and (code := _code(tag[1].lower())):
        return code + tag[2]
    name = name.lower()
    return _OF_LATEX.get(name) or _english_names().get(name) or _own_names().get(name, "")


def _code(written: str) -> str:
    """Return the code that a tag has for a language, by any that ISO 639 gave it."""
    code = get_global("language_aliases").get(written, written)
    return code if code in _english_names().values() else ""


@cache
def _english_names() -> dict[str, str]:
    """Return the code of each language by its English name."""
    codes = Locale("en").languages.items()
    return {name.lower(): code for code, name in codes if code.isalpha() and code not in _NO_LANGUAGE}


@cache
def _own_names() -> dict[str, str]:
    """Return the code of each much used language by what it calls itself."""
    return {Locale(code).languages[code].lower(): code for code in _MUCH_USED}
