"""Facts from Crossref's REST interface, as its documentation describes a work."""

import json
import os
from typing import Any
from urllib.parse import quote

from gen.facts.clean import clean_line, organization, written_name
from gen.facts.client import Client, FetchError, another_paper, several_papers
from gen.facts.facts import Facts, arxiv_id, doi
from gen.names import OTHERS

BASE = "https://api.crossref.org/works"
ACCEPT = ("application/json",)
TYPES = {
    "journal-article": "journal",
    "proceedings-article": "conference",
    "book-chapter": "book",
    "book": "publisher",
    "monograph": "publisher",
    "dissertation": "thesis",
    "report": "report",
}


def fetch_doi(text: str, client: Client, base: str | None = None) -> Facts:
    """Return the facts of the work with a DOI.

    Args:
        text: the DOI, or its address.
        client: fetches the answer.
        base: address of the interface instead of the usual one (or `GLOSS_CROSSREF_API`).

    Raises:
        FetchError: the DOI is malformed or unknown, the answer is about another work, or the network failed.
    """
    name = doi(text)
    if name is None:
        raise FetchError(f"{text!r} is no DOI; write it as 10.1145/3539618.3591977")
    address = base or os.environ.get("GLOSS_CROSSREF_API") or BASE
    hint = " (a DOI of arXiv: use --arxiv)" if arxiv_id(name) else ""
    body = client.get(f"{address}/{quote(name, safe='')}", ACCEPT, f"Crossref has no work {name}{hint}")
    try:
        message = json.loads(body)["message"]
        if isinstance(items := message.get("items"), list):
            raise several_papers("Crossref", name, len(items))
        facts = read_work(message)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise FetchError("the answer of Crossref is cut off or of an unknown form") from error
    answered = doi(facts.doi) or ""
    if answered.lower() != name.lower():
        raise another_paper("Crossref", name, answered, "--doi")
    return facts


def read_work(work: dict[str, Any]) -> Facts:
    """Return the facts in a Crossref work. Raises the usual errors of lookups where its form is another."""
    subtitle = clean_line(_first(work.get("subtitle")))
    title = clean_line(_first(work.get("title")))
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title.rstrip(':')}: {subtitle}"
    facts = Facts(
        title=title,
        doi=str(work["DOI"]),
        venue=clean_line(_first(work.get("container-title")) or _first(work.get("institution")) or ""),
        venue_type=TYPES.get(str(work.get("type")), ""),
        volume=str(work.get("volume") or ""),
        number=str(work.get("issue") or ""),
        pages=str(work.get("page") or work.get("article-number") or ""),
        language=str(work.get("language") or ""),
        abstract=clean_line(str(work.get("abstract") or "")),
        keywords=[str(subject) for subject in work.get("subject") or ()],
    )
    facts.year, facts.month = _date(work)
    facts.arxiv = next(
        (
            found
            for item in work.get("relation", {}).get("has-preprint", ())
            if (found := arxiv_id(str(item.get("id"))))
        ),
        "",
    )
    _authors(work.get("author") or [], facts)
    if not title:
        facts.notes.append("Crossref gives no title")
    return facts


def _authors(authors: list[dict[str, Any]], facts: Facts) -> None:
    for author in authors:
        if author.get("name") and not author.get("family"):
            facts.authors.append(organization(clean_line(str(author["name"]))))
            continue
        family, given, suffix = (clean_line(str(author.get(part) or "")) for part in ("family", "given", "suffix"))
        if family or given:
            facts.authors.append(written_name(family, given, suffix=suffix))
    if not facts.authors:
        facts.authors.append(OTHERS)
        facts.notes.append("Crossref names no author; add them")
    elif not any(author.get("sequence") == "first" for author in authors):
        facts.notes.append("Crossref marks none of these authors as the first, so the first may be missing; check them")


def _date(work: dict[str, Any]) -> tuple[int | None, int | None]:
    """Return year and month of the earliest form of publication that Crossref gives."""
    for name in ("published", "published-print", "issued", "published-online", "created"):
        parts = (work.get(name) or {}).get("date-parts") or [[]]
        if parts[0] and parts[0][0]:
            month = parts[0][1] if len(parts[0]) > 1 else None
            return int(parts[0][0]), int(month) if month else None
    return None, None


def _first(value: Any) -> str:
    """Return the first text of a list of texts (or of things with a name), or of one alone."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    return str(value or "")
