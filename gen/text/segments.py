"""A line of text taken apart into words and `$math$`: what every rendering starts from."""

import re
from functools import lru_cache
from typing import NamedTuple

MATH = re.compile(r"(?<!\\)\$(?!\s)((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)")
"""As Pandoc reads it (extension tex_math_dollars): no space inside the dollars' edges, no digit behind
the closing one, so that `$5 and $6` is money; `\\$` is a dollar."""


class Segment(NamedTuple):
    """A stretch of plain words, or of LaTeX math without its dollars."""

    text: str
    math: bool


@lru_cache(maxsize=8192)
def split(line: str) -> tuple[Segment, ...]:
    """Return the segments of a line, none of them empty; outside math `\\$` has become `$`."""
    segments = []
    end = 0
    for match in MATH.finditer(line):
        segments.append(Segment(line[end : match.start()].replace(r"\$", "$"), False))
        segments.append(Segment(match[1], True))
        end = match.end()
    segments.append(Segment(line[end:].replace(r"\$", "$"), False))
    return tuple(segment for segment in segments if segment.text)
