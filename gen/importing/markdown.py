"""Markdown files with front matter: one paper each, as static-site generators keep them."""

import re
from collections.abc import Iterator
from typing import Any

from gen.facts.clean import clean_line
from gen.facts.facts import Facts
from gen.importing.bibtex import bibtex_authors
from gen.importing.entries import Broken, Entry, add_identifiers, month, read_names, year_month
from gen.importing.ris import ris_author
from gen.source import parse

_VENUES = ("venue", "conference", "journal", "booktitle", "publication", "publication_short")
_TAKEN = frozenset(
    """
    title subtitle authors author year date publishDate month venue conference journal booktitle publication doi arxiv
    url link paper paperurl pdf url_pdf code url_code language lang abstract tags keywords volume number issue pages
    bibkey key publication_short
    """.split()  # noqa: SIM905
)


def read_markdown(text: str) -> Iterator[Entry | Broken]:
    """Yield the one entry in a file's front matter (YAML between two lines of `---`)."""
    match = re.match(r"\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", text, re.DOTALL | re.MULTILINE)
    if not match:
        yield Broken(1, "", "it has no front matter between two lines of ---")
        return
    before = text[: match.start(1)].count("\n")
    document = parse("front matter", match[1].encode())
    fatal = [fault for fault in document.faults if fault.check in ("yaml-syntax", "yaml-feature", "unreadable-file")]
    if fatal or not isinstance(document.value, dict):
        line = fatal[0].position.line if fatal else 1
        yield Broken(before + line, "", f"its front matter: {fatal[0].what if fatal else 'it is no list of fields'}")
        return
    values = {str(name): value for name, value in document.value.items() if value is not None}
    facts = _facts(values)
    left = sorted(name for name in values if name not in _TAKEN)
    if text[match.end() :].strip():
        left.append("the text below the front matter")
    yield Entry(before, _text(values, "bibkey", "key"), facts, left)


def _facts(values: dict[str, Any]) -> Facts:
    title, subtitle = clean_line(_text(values, "title")), clean_line(_text(values, "subtitle"))
    facts = Facts(
        title=f"{title}: {subtitle}" if subtitle else title,
        authors=markdown_authors(values.get("authors") or values.get("author") or []),
        venue=clean_line(re.sub(r"^\*?\s*(?:In\s+)?|\*+", "", _text(values, *_VENUES))),
        venue_type="journal" if "journal" in values else "",
        volume=_text(values, "volume"),
        number=_text(values, "number", "issue"),
        pages=_text(values, "pages"),
        language=_text(values, "language", "lang"),
        keywords=[str(word) for word in values.get("tags") or () if isinstance(word, str)],
        abstract=_text(values, "abstract"),
    )
    facts.year, facts.month = year_month(_text(values, "date", "publishDate") or _text(values, "year"))
    if not facts.year:
        facts.year = year_month(_text(values, "year"))[0]
    facts.month = facts.month or month(_text(values, "month"))
    texts = {"doi": _text(values, "doi"), "arxiv": _text(values, "arxiv"), "pdf": _text(values, "pdf", "url_pdf")}
    texts["url"] = _text(values, "url", "link", "paper", "paperurl")
    add_identifiers(facts, texts)
    if code := _text(values, "code", "url_code"):
        facts.links["code"] = code
    return facts


def markdown_authors(written: Any) -> list[str]:
    """Return names from a list, or as they stand in a line: `A B and C D`, `A B, C D and E F`, `B, A; D, C`, `B, A`."""
    if isinstance(written, list | dict):
        return read_names(map(_spelled, written if isinstance(written, list) else [written]), ris_author)
    text = _spelled(written)
    if ";" in text:
        return read_names(re.split(r"\s*;\s*(?:and\s+)?", text), ris_author)
    several = re.split(r",?\s+and\s+", text)
    if len(several) > 1 and ("," in several[-1] or "," not in text):
        return bibtex_authors(text)
    first, _, second = text.partition(",")
    if len(several) == 1 and "," not in second and 1 in (len(first.split()), len(second.split())):
        return read_names([text], ris_author)
    return read_names(re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", text), ris_author)


def _spelled(name: Any) -> str:
    """Return one name, which may be a mapping of its parts, as a line."""
    if isinstance(name, dict):
        parts = (name.get("family") or name.get("last"), name.get("given") or name.get("first"))
        name = ", ".join(str(part) for part in parts if part) or name.get("name") or name.get("literal")
    return clean_line(str(name or "")).rstrip(" ,")


def _text(values: dict[str, Any], *names: str) -> str:
    return next((str(values[name]).strip() for name in names if isinstance(values.get(name), str)), "")
