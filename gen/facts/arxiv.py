"""Facts from arXiv's query interface (Atom), as its user's manual describes it."""

import os
import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gen.facts.clean import clean_line, spoken_name
from gen.facts.client import Client, FetchError, NotFoundError, another_paper, several_papers
from gen.facts.facts import Facts, arxiv_id, doi
from gen.importing.latex import from_latex
from gen.names import OTHERS

BASE = "https://export.arxiv.org/api/query"
ACCEPT = ("application/atom+xml", "application/xml", "text/xml")
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def fetch_arxiv(text: str, client: Client, base: str | None = None) -> Facts:
    """Return the facts of an arXiv paper.

    Args:
        text: its identifier, with or without version or `arXiv:`, or its address.
        client: fetches the answer.
        base: address of the interface instead of the usual one (or `GLOSS_ARXIV_API`).

    Raises:
        FetchError: the id is malformed or unknown, or the network failed.
    """
    name = arxiv_id(text)
    if name is None:
        raise FetchError(f"{text!r} is no arXiv id; write it as 2310.15141")
    address = base or os.environ.get("GLOSS_ARXIV_API") or BASE
    question = f"{address}?id_list={quote(name, safe='/.')}&max_results=1"
    return read_feed(client.get(question, ACCEPT, f"arXiv has no paper {name}"), name)


def read_feed(body: bytes, name: str) -> Facts:
    """Return the facts in an Atom feed that answers for one id.

    Raises:
        FetchError: the feed is broken, or holds no such paper, another one or several.
    """
    try:
        found = fromstring(body, forbid_dtd=True).findall(f"{_ATOM}entry")
    except DefusedXmlException as error:
        raise FetchError("the answer of arXiv declares entities, which no feed of its needs") from error
    except ParseError as error:
        raise FetchError("the answer of arXiv is cut off or is no XML") from error
    if len(found) > 1:
        raise several_papers("arXiv", name, len(found))
    entry = found[0] if found else None
    address = _text(entry, f"{_ATOM}id")
    if entry is None or "/api/errors" in address or not _text(entry, f"{_ATOM}title"):
        raise NotFoundError(f"arXiv has no paper {name}")
    answered = arxiv_id(address.rpartition("/abs/")[2]) or ""
    if _plain(answered) != _plain(name):
        raise another_paper("arXiv", name, answered, "--arxiv")
    facts = Facts(
        title=from_latex(clean_line(_text(entry, f"{_ATOM}title"))),
        authors=[
            spoken_name(from_latex(clean_line(_text(author, f"{_ATOM}name"))))
            for author in entry.findall(f"{_ATOM}author")
        ],
        arxiv=answered,
        doi=doi(_text(entry, f"{_ARXIV}doi")) or "",
        abstract=clean_line(_text(entry, f"{_ATOM}summary")),
        keywords=[item.get("term", "") for item in entry.findall(f"{_ATOM}category")],
    )
    published = re.match(r"(\d{4})-(\d{2})", _text(entry, f"{_ATOM}published"))
    if published:
        facts.year, facts.month = int(published[1]), int(published[2])
    journal, comment = (clean_line(_text(entry, f"{_ARXIV}{tag}")) for tag in ("journal_ref", "comment"))
    if journal:
        facts.notes.append(f"arXiv gives the publication as {journal!r}; check venue, year and pages")
        facts.venue = journal
    elif accepted := re.search(
        r"(?:accepted|published|to appear|presented)\s+(?:at|in|by|to|for)\s+(.+)", comment, re.I
    ):
        facts.notes.append(f"its comment on arXiv says {comment!r}; check the venue and the year")
        facts.venue = re.split(r"[;.]", accepted[1])[0]
    if not facts.authors:
        facts.authors = [OTHERS]
        facts.notes.append("arXiv names no author")
    return facts


def _plain(name: str) -> str:
    """Return an id as arXiv itself writes it: `math/0309136`, though one may ask for `math.GT/0309136`."""
    return re.sub(r"\.[A-Z]{2}/", "/", name)


def _text(element: Element | None, tag: str) -> str:
    found = element.find(tag) if element is not None else None
    return "".join(found.itertext()).strip() if found is not None else ""
