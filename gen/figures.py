"""Reported figures as numbers: what can be read of `up to 2.13x` or `1.5 GB`, so that like can be sorted with like.

Only what stands first counts: of a range its first end, of `up to 4x` the 4. What has no number in front, or a unit
of its own, stays words. Nothing is estimated.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gen.text.plain import plain

Unit = Literal["factor", "change", "percent", "points", "bytes", "bits", "seconds", "gpu-hours", "number"]

LABELS: dict[Unit, str] = {
    "factor": "Factors",
    "change": "Changes in percent",
    "points": "Changes in points",
    "percent": "Shares and scores in percent",
    "bytes": "Amounts of memory",
    "bits": "Bits",
    "seconds": "Durations",
    "gpu-hours": "GPU hours",
    "number": "Plain numbers",
}
"""Units in the order in which they are shown, with the heading of each."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a number of a unit; those of one unit can be put in order."""

    number: float
    """In the unit's base: bytes, seconds, hours; a change without its sign."""
    unit: Unit


_HEDGE = re.compile(
    r"(?:(?:up to|(?:more|greater|less|fewer|smaller|lower) than|at (?:least|most)|as (?:much|many|little) as|over|"
    r"under|above|below|about|around|nearly|almost|roughly|approximately|only|average|an|by|of)\s+|[~≈<>≤≥∼]\s*)*",
    re.IGNORECASE,
)
_NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_LEADING = re.compile(_NUMBER)
_RANGE = re.compile(rf"\s*(?:-|–|—|~|to|or|and|±)\s*{_NUMBER}")
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SPELLED = re.compile(rf"(?P<twice>twice)\b|(?P<word>{'|'.join(_WORDS)})[ -]?(?:times|fold)\b", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[/^*:+-]|,\s*\d|\w*[/-]\w|[A-Z]{2,}|[A-Z]\b|[a-z]+[A-Z]|[×x]\s*\d|orders? of")
"""What shows that a number is the start of a formula, a list or a unit that is not known here."""
_CHANGE = re.compile(
    r"gain|improv|increas|reduc|speed-?up|sav(?:ing|ed)|drop|\bloss\b|decreas|degrad|faster|slower|higher|lower|fewer|\bless\b"
    r"|\bmore\b|better|worse|smaller|larger|shorter|longer|overhead|\bcut\b",
    re.IGNORECASE,
)


def _units(*rows: tuple[str, Unit, float]) -> list[tuple[re.Pattern[str], Unit, float]]:
    return [(re.compile(rf"[\s-]*(?:{pattern})"), unit, factor) for pattern, unit, factor in rows]


_PREFIXES = ("[kK]", "M", "G", "T")
_UNITS = _units(
    (r"(?:[A-Z]+\d+ )?GPU[ -]hours?\b", "gpu-hours", 1),
    (r"(?:[A-Z]+\d+ )?GPU[ -]days?\b", "gpu-hours", 24),
    (r"×(?!\s*\d)|(?:x|X)(?!\w|\s*\d)|times\b|-?fold\b", "factor", 1),
    (r"(?:absolute )?(?:(?:%|percent(?:age)?|per cent)[ -])?points?\b|pp\b", "points", 1),
    (r"%|percent\b|per cent\b", "percent", 1),
    *((rf"{prefix}B\b", "bytes", 1000.0**power) for power, prefix in enumerate(_PREFIXES, start=1)),
    *((rf"{prefix}iB\b", "bytes", 1024.0**power) for power, prefix in enumerate(_PREFIXES, start=1)),
    (r"bytes?\b", "bytes", 1),
    (r"bits?\b", "bits", 1),
    (r"(?:ns|nanoseconds?)\b", "seconds", 1e-9),
    (r"(?:[uµμ]s|microseconds?)\b", "seconds", 1e-6),
    (r"(?:ms|milliseconds?)\b", "seconds", 1e-3),
    (r"(?:s|sec|seconds?)\b", "seconds", 1),
    (r"(?:min|minutes?)\b", "seconds", 60),
    (r"(?:h|hours?)\b", "seconds", 3600),
    (r"days?\b", "seconds", 86_400),
    (r"(?:[kK]|thousand)\b", "number", 1e3),
    (r"(?:M|million)\b", "number", 1e6),
    (r"(?:B|G|billion)\b", "number", 1e9),
    (r"(?:T|trillion)\b", "number", 1e12),
)


@lru_cache(maxsize=2**14)
def figure(value: str, metric: str = "") -> Figure | None:
    """Return the figure that a value begins with.

    Args:
        value: as reported, such as `up to 2.13x`.
        metric: what was measured; tells a change in percent from a share.

    Returns:
        None for what can't be put in order: words, fractions, bounds, units of a field of their own.
    """
    text = plain(value).strip()
    hedge = _HEDGE.match(text)
    start = hedge.end() if hedge else 0
    if spelled := _SPELLED.match(text, start):
        return Figure(2 if spelled["twice"] else _WORDS[spelled["word"].lower()], "factor")
    number = _LEADING.match(text, start)
    if not number:
        return None
    amount = abs(float(number[0].replace(",", "").replace("−", "-")))
    rest = text[number.end() :]
    found = _unit(rest)
    if not found and (behind := _RANGE.match(rest)):
        rest = rest[behind.end() :]
        found = _unit(rest)
    if not found:
        return None if _NOT_PLAIN.match(rest.lstrip()) else Figure(amount, "number")
    unit, factor = found
    if unit == "percent" and (number[0][0] in "+-−" or _CHANGE.search(f"{rest} {metric}")):
        unit = "change"
    return Figure(amount * factor, unit)


def _unit(rest: str) -> tuple[Unit, float] | None:
    return next(((unit, factor) for pattern, unit, factor in _UNITS if pattern.match(rest)), None)
