"""Lines as plain text: for page titles, search, feeds and wherever no markup is read."""

from gen.text.math import math_text
from gen.text.segments import split


def plain(line: str) -> str:
    """Return the line without markup; math is written as one would type it."""
    if "$" not in line:  # most lines
        return line
    return "".join(math_text(segment.text) if segment.math else segment.text for segment in split(line))


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts: `1 paper`, `2 papers`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
