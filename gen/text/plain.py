"""Lines as plain text: for page titles, search, feeds and wherever no markup is read."""

import re

from gen.text.math import math_text
from gen.text.segments import split

JOINERS = {"\u200c", "\u200d"}
STRAY_JOINER = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])")
"""A joiner that doesn't stand between two signs beyond ASCII, as Persian, Hindi and emoji have it."""


def plain(line: str) -> str:
    """Return the line without markup; math is written as one would type it."""
    if "$" not in line:  # most lines
        return line
    return "".join(math_text(segment.text) if segment.math else segment.text for segment in split(line))


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts: `1 paper`, `2 papers`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
