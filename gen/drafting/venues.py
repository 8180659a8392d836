"""Venues as they are written in the wild, matched to the entries of `venues.yaml`."""

import html
import re
from collections.abc import Container, Mapping

from gen.dump import dump
from gen.names import RESERVED, slugify
from gen.record import Venue
from gen.source import parse

VENUES = "venues.yaml"

_YEAR = re.compile(r"['’]?\b(?:19|20)\d{2}\b|['’]\d{2}\b")
_NUMBER = re.compile(r"(?<!\S)(?:\d{1,3}|[IVXL]{2,})(?=[\s,;:.]|$)")
"""The number of a volume or meeting, which is not part of a venue's name."""
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_ORDINAL = re.compile(
    rf"\b(?:\d+(?:st|nd|rd|th)|(?:(?:{_TENS})y[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    rf"tenth|eleventh|twelfth|\w+teenth|(?:{_TENS})ieth)\b",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"\s\d{1,3}: ")
"""Stands between the name of a series and that of the meeting: `Advances in Toys 36: Annual Conference on Toys`."""
_DATED = re.compile(
    r",\s+(?:([A-Z][\w@/+-]*)\s+(?:19|20)\d{2}\s*,|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d)"
)
"""What DBLP writes behind a meeting's name: its acronym and year, then its place and days, or these alone."""
_BRACKETS = re.compile(r"\([^()]*\)")
_FILLER = frozenset(
    """
    the of on in and for proceedings proc annual meeting conference conf international intl
    """.split()  # noqa: SIM905
)
_MEETING = re.compile(r"\b(?:proc(?:eedings)?|conf(?:erence)?|meeting|symposium|workshop)\b", re.IGNORECASE)
_PREPRINT = re.compile(
    r"^\s*(?:corr|arxiv\b.*|.*\bpreprint\b.*|biorxiv|openreview.*|.*\babs/\d{4}\.\d+.*)\s*$", re.IGNORECASE
)


def is_preprint(text: str) -> bool:
    """Return whether a venue's text says that there is none: `CoRR`, `arXiv preprint arXiv:2310.15141`."""
    return bool(_PREPRINT.match(text))


class VenueMatcher:
    """Finds the key of a venue by any of its names."""

    def __init__(self, venues: Mapping[str, Venue]) -> None:
        self.keys: dict[str, str] = {}
        self._journals: set[str] = set()
        for key, venue in venues.items():
            self.add(key, venue)

    def add(self, key: str, venue: Venue) -> None:
        """Make a venue known; a name that an earlier one has stays with that."""
        if venue.type == "journal":
            self._journals.add(key)
        for name in (key, venue.short, venue.name, *venue.aliases, *venue.former_ids):
            for form in _forms(name):
                self.keys.setdefault(form, key)

    def match(self, text: str, kind: str = "") -> str | None:
        """Return the key of the venue that a source names so, or None.

        A workshop is never its conference, and the journal `Machine Learning` no International Conference on it.

        Args:
            text: the name.
            kind: the venue's type, where the source says it.
        """
        journal = None if not kind else kind == "journal"
        if _MEETING.search(text):
            journal = False
        for form in _forms(text):
            key = self.keys.get(form)
            if key and (journal in (None, key in self._journals) or not form.startswith("+")):
                return key
        for acronym in re.findall(r"\(([^()]+)\)", text):
            if not _is_workshop(text) or _is_workshop(acronym):
                for form in _forms(acronym):
                    if form in self.keys:
                        return self.keys[form]
        return None


def _is_workshop(text: str) -> bool:
    return "workshop" in text.lower() or "@" in text


def _forms(text: str) -> list[str]:
    """Return how a name reads without year, number and brackets, and behind a plus without the words that all have.

    Also what is left of it without its place, its subtitle or its second name, unless that takes the word workshop
    away.
    """
    text = " ".join(html.unescape(text).split()).replace("&", " and ")
    text = re.sub(r"\s*[,:]?\s+(?:pages|pp\.?|vol(?:ume)?\.?)\s.*$", "", text, flags=re.IGNORECASE)
    bare, dated = _BRACKETS.sub(" ", text), _DATED.search(text)
    shorter = [text[: dated.end(1)]] if dated and dated[1] else []
    shorter += [bare, text.partition(",")[0], bare.partition(",")[0], _VOLUME.split(text)[0]]
    forms = []
    for form in (text, *(form for form in shorter if _is_workshop(form) == _is_workshop(text))):
        words = slugify(_unnumbered(form)).split("-")
        telling = [word for word in words if word not in _FILLER]
        forms += ["-".join(words), *(["+" + "+".join(telling)] if telling else [])]
    return [form for form in dict.fromkeys(forms) if form != "unnamed"]


def _unnumbered(text: str) -> str:
    return _NUMBER.sub(" ", _ORDINAL.sub(" ", _YEAR.sub(" ", text)))


def free_key(base: str, taken: Container[str]) -> str:
    """Return a key that no venue has: the one that is asked for, or that one with a number."""
    key, number = base, 1
    while key in taken or key in RESERVED:
        number += 1
        key = f"{base}-{number}"
    return key


def new_venue(text: str, kind: str, taken: Container[str]) -> tuple[str, Venue]:
    """Return key and entry for a venue that is not known yet.

    The key is the acronym that the name has in brackets or before its place and days, else the telling words' first
    letters of a long name or the name itself.
    """
    name = " ".join(html.unescape(text).split())[:500]
    dated = _DATED.search(name)
    if dated and _is_workshop(name) != _is_workshop(name[: dated.start()]):
        dated = None
    bare = " ".join(_BRACKETS.sub(" ", _unnumbered(name[: dated.start()] if dated else name)).split())
    bare = re.sub(r"\s*([,;:])(?:\s*[,;:])*", r"\1", bare).strip(" ,;:-") or name
    acronym = re.search(r"\(([^()]{2,20})\)", name)
    if dated and dated[1] and (not _is_workshop(name) or _is_workshop(dated[1])):
        acronym = dated
    short = " ".join(_YEAR.sub(" ", acronym[1]).split()).strip(" ,'") if acronym else ""
    if not short:
        short = bare if len(bare) <= 40 else "".join(word[0] for word in bare.split() if word[0].isupper())
    short = short if len(short) > 1 else bare
    key = free_key(slugify(short)[:60].strip("-"), taken)
    if kind not in ("journal", "thesis", "book", "report") and _is_workshop(name):
        kind = "workshop"
    return key, Venue.model_validate({"short": short, "name": bare, "type": kind or "conference"})


def with_venues(table: bytes, venues: Mapping[str, Venue]) -> bytes:
    """Return the bytes of `venues.yaml` with entries added at its end.

    A table that doesn't go on in further lines, such as `{}`, is written anew; its comments on lines of their own
    then stand at the top.
    """
    entries = {key: venue.model_dump(mode="json", exclude_defaults=True) for key, venue in venues.items()}
    separator = b"" if not table or table.endswith(b"\n") else b"\n"
    longer = table + separator + dump(entries).encode()
    before = parse(VENUES, table)
    whole = {**(before.value or {}), **entries}
    if parse(VENUES, longer).value == whole:
        return longer
    comments = [line for line in before.text.splitlines() if line.startswith("#")]
    return "".join([*(f"{line}\n" for line in comments), dump(whole)]).encode()
