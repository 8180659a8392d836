"""CSL-JSON, and the JSON that Zotero and Better BibTeX write (their own item types and creators)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from gen.facts.clean import clean_line, organization, written_name
from gen.facts.facts import Facts
from gen.importing.entries import Broken, Entry, add_identifiers, month, year_month
from gen.record import ISSUERS

TYPES = {
    "article-journal": "journal",
    "article-magazine": "journal",
    "journalArticle": "journal",
    "magazineArticle": "journal",
    "paper-conference": "conference",
    "conferencePaper": "conference",
    "chapter": "book",
    "bookSection": "book",
    "book": "publisher",
    "thesis": "thesis",
    "report": "report",
}
_ZOTERO = {"date": "issued", "url": "URL", "pages": "page", "abstractNote": "abstract", "citationKey": "citation-key",
           "citekey": "citation-key", "itemType": "type", "extra": "note", "issue": "issue"}  # fmt: skip
_CONTAINERS = ("publicationTitle", "proceedingsTitle", "bookTitle", "container-title", "journalAbbreviation")
_TAKEN = frozenset(
    """
    id citation-key type title author issued container-title publisher institution university volume issue number page
    DOI URL language keyword tags abstract note archive archive_location creators
    """.split()  # noqa: SIM905
)
_BOOKKEEPING = frozenset(
    """
    accessed accessDate key version libraryID itemID itemKey uri dateAdded dateModified source collections relations
    attachments notes select seeAlso library
    """.split()  # noqa: SIM905
)
_ITEMS = re.compile(r'"items"\s*:\s*\[(?=\s*\{)')
"""Where a library's items begin; each of its collections before them has a list of that name, too, of numbers."""
_NO_ITEMS = re.compile(r'"items"\s*:\s*\[(?=\s*\])')
_END_OF_ITEM = re.compile(r"\}\s*,\s*(?=\{)")
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=lambda _: None)
"""Leaves a number as it is written: `1e999` is none that Python could count to, and `3.10` no `3.1`."""


def read_csl(text: str) -> Iterator[Entry | Broken]:
    """Yield the items of a file in order; one that is no JSON is `Broken`, the next one is tried again."""
    items = re.match(r"\s*\{", text) and (_ITEMS.search(text) or _NO_ITEMS.search(text))
    array = re.match(r"\s*\[", text)
    place = items.end() if items else array.end() if array else 0
    line, counted = 1, 0
    while True:
        gap = re.compile(r"[\s,]*").match(text, place)
        place = gap.end() if gap else place
        if place >= len(text) or text[place] == "]":
            return
        line += text.count("\n", counted, place)
        counted = place
        try:
            item, place = _DECODER.raw_decode(text, place)
        except (json.JSONDecodeError, RecursionError) as error:
            why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
            yield Broken(line, "", f"it is no JSON ({why})")
            following = _END_OF_ITEM.search(text, place)
            if not following:
                return
            place = following.end()
            continue
        yield read_item(item, line) if isinstance(item, dict) else Broken(line, "", "it is no item ({...})")


def read_item(item: dict[str, Any], line: int) -> Entry | Broken:
    """Return one item in the terms of CSL-JSON or of Zotero's JSON."""
    if "itemType" in item:
        item = _from_zotero(item)
    key = _text(item.get("citation-key") or item.get("id"))
    try:
        facts = _facts(item)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError):
        return Broken(line, key, "a field has another form than CSL-JSON gives it")
    left = sorted(name for name, value in item.items() if name not in _TAKEN | _BOOKKEEPING and value)
    return Entry(line, key, facts, left)


def _facts(item: dict[str, Any]) -> Facts:
    kind = TYPES.get(_text(item.get("type")), "")
    holder = "publisher" if kind in ISSUERS else "container-title"
    facts = Facts(
        title=clean_line(_text(item.get("title"))),
        authors=[name for author in item.get("author") or () if (name := csl_author(author))],
        venue=clean_line(_text(item.get(holder) or item.get("institution") or item.get("university"))),
        venue_type=kind,
        volume=_text(item.get("volume")),
        number=_text(item.get("issue")) or (_text(item.get("number")) if kind in ISSUERS else ""),
        pages=_text(item.get("page")),
        language=_text(item.get("language")),
        abstract=_text(item.get("abstract")),
    )
    issued = item.get("issued")
    parts = (issued.get("date-parts") or [[]])[0] if isinstance(issued, dict) else []
    if parts:
        facts.date = _text(parts)
        facts.year, facts.month = year_month(facts.date)[0], month(_text(parts[1:]))
    else:
        facts.date = _text(issued.get("raw") or issued.get("literal")) if isinstance(issued, dict) else _text(issued)
        facts.year, facts.month = year_month(facts.date)
    texts = {"doi": _text(item.get("DOI")), "url": _text(item.get("URL")), "note": _text(item.get("note"))}
    texts |= {"number": _text(item.get("number")), "archive": _text(item.get("archive_location")), "venue": facts.venue}
    add_identifiers(facts, texts)
    return facts


def csl_author(author: dict[str, Any]) -> str:
    """Return a CSL name as a record writes it."""
    literal = clean_line(_text(author.get("literal")))
    if literal:
        return organization(literal)
    particle = " ".join(
        part for name in ("dropping-particle", "non-dropping-particle") if (part := clean_line(_text(author.get(name))))
    )
    family, given, suffix = (clean_line(_text(author.get(name))) for name in ("family", "given", "suffix"))
    return written_name(family, given, particle, suffix) if family or given else ""


def _from_zotero(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item in Zotero's own terms in those of CSL."""
    result = {_ZOTERO.get(name, name): value for name, value in item.items()}
    result["container-title"] = next((item[name] for name in _CONTAINERS if item.get(name)), "")
    for name in _CONTAINERS[:3]:
        result.pop(name, None)
    result["author"] = [
        {"literal": creator["name"]}
        if creator.get("name")
        else {"family": creator.get("lastName", ""), "given": creator.get("firstName", "")}
        for creator in item.get("creators") or ()
        if isinstance(creator, dict) and creator.get("creatorType", "author") == "author"
    ]
    return result


def _text(value: Any) -> str:
    """Return a text, or a number as it is written; a list's first element; nothing of anything else."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""
