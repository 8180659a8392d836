"""Ids of new records: family name, year, first telling word; never one that was ever in use."""

import re

from gen.collection import Collection
from gen.ledger import promised, read_ledger
from gen.names import OTHERS, parse_name, slugify
from gen.text.plain import plain

STOP_WORDS = frozenset(
    """
    a an and are as at be by can do does for from how in into is it its my not of on or our over should the their to
    toward towards under using via we what when where which who why will with without you your
    """.split()  # noqa: SIM905
)
_MAX_WORD = 24


def taken_ids(collection: Collection) -> set[str]:
    """Return every id that a record of the collection has or had."""
    return {*promised(collection), *collection.broken, *(read_ledger(collection.root) or ())}


def form_id(title: str, authors: tuple[str, ...], year: int, taken: set[str]) -> str:
    """Return an id that is not taken.

    A second paper of the same name, year and word gets the next telling word added, and where the words are
    used up a letter.
    """
    stem = f"{_family(authors)}{year}"
    words = _telling(title)
    name = stem + words[0]
    for word in words[1:]:
        if name not in taken:
            return name
        name += word
    suffix = 0
    candidate = name
    while candidate in taken:
        suffix += 1
        candidate = name + _letters(suffix)
    return candidate


def keep_key(key: str, year: int, taken: set[str]) -> str | None:
    """Return the citation key of an entry, if it can be the id: people have it in their papers already."""
    fitting = re.fullmatch(r"[a-z]{2,30}([0-9]{4})[a-z0-9]{0,40}", key)
    return key if fitting and int(fitting[1]) == year and key not in taken else None


def _family(authors: tuple[str, ...]) -> str:
    first = authors[0] if authors and authors[0] != OTHERS else ""
    if not first:
        return "anon"
    name = parse_name(first)
    words = slugify(name.last).split("-")
    # Of an organization only the first word: `Toy Institute and Friends` is `toy`.
    return (words[0] if name.corporate else "".join(words))[:30]


def _telling(title: str) -> list[str]:
    """Return the words of a title that tell something, without hyphens; at least one, at most four."""
    words = [slugify(word).replace("-", "") for word in re.split(r"[\s/:;,–—-]+", plain(title)) if word.strip()]
    words = [word for word in words if word != "unnamed"]
    telling = [word for word in words if word not in STOP_WORDS and len(word) > 1]
    return [word[:_MAX_WORD] for word in (telling or words or ["untitled"])[:4]]


def _letters(number: int) -> str:
    """Return 1 as `a`, 26 as `z`, 27 as `aa`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
