"""What the parts of a long list are called: by what they hold, and never by how many there are.

So what a part says of itself stays true when others are split off.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
"""Characters that mean nothing in Markdown or HTML, one after the other."""
LONGEST = 24
"""Letters up to which the beginning of a name is told."""


class Name(NamedTuple):
    """What an item of a list goes by, in the order of the list."""

    group: int | str
    """What many share, as the year of papers; empty where there is no such thing."""
    own: str
    """Plain text by which the items of a group are in order."""


class Label(NamedTuple):
    """What a part is called."""

    short: str
    """`2019–2021`, `A – Cam`."""
    words: str
    """`2019 to 2021`, `A to Cam`."""


def labels(ends: Sequence[tuple[Name, Name]], unit: str = "") -> list[Label]:
    """Return what the parts of a list are called, so that no two are called the same.

    A part goes by its groups: `2019–2021`. Where these don't tell it from another one, or all of the list are of one
    group, it goes by the beginnings of names: of its own first one, and of the first one of the next part.

    Args:
        ends: first and last item of each part.
        unit: what stands behind a group that is a number.
    """
    spans = [(first.group, last.group) for first, last in ends]
    known = Counter(spans)
    several = len({group for span in spans for group in span}) > 1
    firsts = [first for first, _ in ends]
    begins = [_beginning(*pair) for pair in zip(firsts, [None, *firsts], strict=False)]
    found = []
    for at, (first, last) in enumerate(ends):
        if several and known[spans[at]] == 1:
            found.append(_of_groups(*spans[at], unit))
            continue
        goes_on = at + 1 < len(ends) and firsts[at + 1].group == first.group
        end = begins[at + 1] if goes_on else _beginning(last, first) if last != first else begins[at]
        before = f"{_with(first.group, unit)}, " if several else ""
        span = _of_groups(begins[at], end, "")
        found.append(Label(before + span.short, before + span.words))
    return found


def _of_groups(first: int | str, last: int | str, unit: str) -> Label:
    """Return the label of a part from its first to its last group; of numbers, the lower comes first."""
    if first == last:
        return Label(_with(first, unit), _with(first, unit))
    if isinstance(first, int) and isinstance(last, int):
        low, high = sorted((first, last))
        return Label(_with(f"{low}–{high}", unit), _with(f"{low} to {high}", unit))
    return Label(f"{first} – {last}", f"{first} to {last}")


def _with(group: int | str, unit: str) -> str:
    return f"{group} {unit}" if unit else str(group)


def _beginning(name: Name, other: Name | None) -> str:
    """Return the beginning of a name by which it is told from another one of its group."""
    own, theirs = words(name.own), words(other.own) if other and other.group == name.group else ""
    pairs = zip(own.lower(), theirs.lower(), strict=False)
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) + 1
    if own[length - 1 : length] == " ":
        length += 1
    return own[: min(length, LONGEST)].strip() or "…"


def words(text: str) -> str:
    """Return a text without what may mean something in Markdown or HTML, with single blanks between its words."""
    return " ".join(_WORD.findall(text))
