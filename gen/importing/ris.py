"""RIS files, as reference managers and publishers export them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gen.facts.clean import clean_line, organization, spoken_name, written_name
from gen.facts.facts import Facts
from gen.importing.entries import Broken, Entry, add_identifiers, read_names, year_month
from gen.record import ISSUERS

TYPES = {
    "JOUR": "journal",
    "JFULL": "journal",
    "MGZN": "journal",
    "CONF": "conference",
    "CPAPER": "conference",
    "CHAP": "book",
    "BOOK": "publisher",
    "THES": "thesis",
    "RPRT": "report",
}
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_TAKEN = frozenset(
    "TY TI T1 CT AU A1 PY Y1 DA T2 JO JF JA BT PB VL IS SP EP DO UR L1 L2 LA AB N2 KW ID ER".split()  # noqa: SIM905
)


def read_ris(text: str) -> Iterator[Entry | Broken]:
    """Yield the entries of a file in order; an entry that never ends is `Broken`, the next one starts anew."""
    tags: defaultdict[str, list[list[str]]] = defaultdict(list)  # the values of each tag, line by line
    start, last = 0, ""
    for number, row in enumerate(text.splitlines(), 1):
        match = _TAG.match(row.rstrip())
        if not match:
            if start and last and row.strip():
                tags[last][-1].append(row.strip())  # a long value that goes on
            elif row.strip() and not start:
                yield Broken(number, "", f"{row.strip()[:40]!r} stands outside of any entry")
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            if start:
                yield Broken(start, _first(_joined(tags), "ID"), "it does not end with ER before the next one starts")
            tags, start = defaultdict(list), number
        if tag == "ER" and start:
            yield _entry(_joined(tags), start)
            tags, start, last = defaultdict(list), 0, ""
        elif start:
            tags[tag].append([value])
            last = tag
    if start:
        yield Broken(start, _first(_joined(tags), "ID"), "the file ends before the entry does (no ER)")


def _joined(tags: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    return {tag: [" ".join(lines) for lines in values] for tag, values in tags.items()}


def _first(tags: dict[str, list[str]], *names: str) -> str:
    return next((tags[name][0] for name in names if tags.get(name) and tags[name][0]), "")


def _entry(tags: dict[str, list[str]], line: int) -> Entry:
    kind = TYPES.get(_first(tags, "TY").upper(), "")
    holders = ("PB",) if kind in ISSUERS else ("T2", "BT", "JF", "JO", "JA")
    facts = Facts(
        title=clean_line(_first(tags, "TI", "T1", "CT")),
        authors=read_names((*tags.get("AU", ()), *tags.get("A1", ())), ris_author),
        venue=clean_line(_first(tags, *holders)),
        venue_type=kind,
        volume=_first(tags, "VL"),
        number=_first(tags, "IS"),
        pages="-".join(dict.fromkeys(part for part in (_first(tags, "SP"), _first(tags, "EP")) if part)),
        language=_first(tags, "LA"),
        keywords=tags.get("KW", []),
        abstract=_first(tags, "AB", "N2"),
    )
    if "-" in _first(tags, "SP"):
        facts.pages = _first(tags, "SP")
    facts.year, facts.month = year_month(_first(tags, "DA"))
    if not facts.year:
        facts.year, facts.month = year_month(_first(tags, "PY", "Y1"))
    facts.date = _first(tags, "PY", "Y1", "DA")
    texts = {
        "doi": _first(tags, "DO"),
        "url": _first(tags, "UR", "L2"),
        "pdf": _first(tags, "L1"),
        "accession": _first(tags, "AN"),
        "venue": facts.venue,
    }
    add_identifiers(facts, texts)
    left = tags.keys() - _TAKEN - ({"AN"} if facts.arxiv and facts.arxiv in texts["accession"] else set())
    return Entry(line, _first(tags, "ID"), facts, sorted(left))


def ris_author(name: str) -> str:
    """Return a name as a record writes it.

    Args:
        name: `Family, Given, Suffix`, or an organization's as EndNote marks it: with a comma at the end, or where it
            has some of its own, with the first one doubled.
    """
    if re.fullmatch(r"[^,]+(,,[^,].*|,)", name):
        return organization(clean_line(name.replace(",,", ",").removesuffix(",")))
    family, given, suffix, *_ = (*(clean_line(part) for part in name.split(",")), "", "")
    return written_name(family, given, suffix=suffix) if given else spoken_name(family)
