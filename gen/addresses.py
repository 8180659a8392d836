"""Addresses of pages and files below the site's root. They are promises: nothing here changes once published.

All are relative without a leading slash, so that a page can put the way to the root before them and the site
works under any path; where a DOI or an arXiv id leads stands here too, in full.
"""

from urllib.parse import quote

from gen.collection import Author, Collection
from gen.entities import BENCHMARKS, SYSTEMS
from gen.names import slugify
from gen.record import ReadingPath, Record, Topic

PAGE_PAPERS = 2
"""People with at least this many papers have a page; the others an entry in the A to Z."""


SCHEMA = "schema/paper.schema.json"
"""The JSON Schema of a line of `papers.jsonl`."""
RECORD_SCHEMA = "schema/record.schema.json"
"""The JSON Schema of a record's file."""


def doi(identifier: str) -> str:
    """Return where a DOI leads: its characters that mean something in an address are written as percent and digits.

    As the DOI Handbook has it (2.5.2.4, encoding rules for URL presentation).
    """
    return f"https://doi.org/{quote(identifier, safe=_PLAIN)}"


_PLAIN = "/:;()!$&'*+,=@"
"""What may stand in a path as it is, by RFC 3986, besides letters, digits and `-._~`."""


def arxiv(identifier: str) -> str:
    """Return where the paper of an arXiv id is found."""
    return f"https://arxiv.org/abs/{identifier}"


def export(page: str, suffix: str) -> str:
    """Return the address of what a page lists in another form: `topics/quantization.bib` beside its page."""
    return f"{page.rstrip('/')}.{suffix}" if page else f"bibliography.{suffix}"


def card(area: str | None) -> str:
    """Return the address of the card that previews show for an area, or for the site."""
    return f"assets/preview/{area or 'index'}.png"


def record(item: Record | str) -> str:
    """Return the address of a record's page."""
    return f"papers/{item if isinstance(item, str) else item.id}/"


def record_file(item: Record | str, suffix: str) -> str:
    """Return the address of a record in another form: `papers/sun2023spectr.bib`."""
    return export(record(item), suffix)


def topic(item: Topic | str) -> str:
    """Return the address of a topic's or area's page."""
    return f"topics/{item if isinstance(item, str) else item.id}/"


def year(value: int) -> str:
    """Return the address of a year's page."""
    return f"years/{value}/"


def venue(key: str) -> str:
    """Return the address of a venue's page."""
    return f"venues/{key}/"


def path(item: ReadingPath | str) -> str:
    """Return the address of a reading path's page."""
    return f"paths/{item if isinstance(item, str) else item.id}/"


def part(page: str, number: int) -> str:
    """Return the address of a part of the list that a page shows: `venues/icml/part_1/`, or the page itself for 0.

    No other page can stand there: what else comes below a list is a slug, and none has that sign.
    """
    return f"{page}part_{number}/" if number else page


def letter(of: str) -> str:
    """Return the address of the people whose family names begin with a letter."""
    return f"people/a-to-z/{of}/"


def has_page(author: Author) -> bool:
    """Return whether someone has a page, and not just an entry in the A to Z."""
    return len(author.records) >= PAGE_PAPERS


def person(author: Author) -> str:
    """Return the address of someone's page, or of their entry in the A to Z."""
    if has_page(author):
        return person_page(author.slug)
    return f"{part(letter(author.letter), author.part)}#{author.slug}"


def person_page(slug: str) -> str:
    """Return the address of the page of someone who has one."""
    return f"people/{slug}/"


def orcid(identifier: str) -> str:
    """Return the address that an ORCID stands for."""
    return f"https://orcid.org/{identifier}"


def written_person(collection: Collection, written: str) -> str:
    """Return the address of the person that a record names so."""
    return person(collection.authors[collection.person_slug(written)])


def system(collection: Collection, name: str) -> str:
    """Return the address of a system's entry."""
    return _entry(collection, SYSTEMS, name)


def benchmark(collection: Collection, name: str) -> str:
    """Return the address of a benchmark's entry."""
    return _entry(collection, BENCHMARKS, name)


def _entry(collection: Collection, page: str, name: str) -> str:
    anchor = f"#{slugify(name)}"
    return part(page, collection.entity_parts.get(page + anchor, 0)) + anchor


NO_TOPIC = "no_topic"
"""Stands where else the slug of an area does, with a sign that no slug has."""


def results(kind: str, area: str | None = None) -> str:
    """Return the address of all figures of one kind, or of an area's; of papers without a topic if that is empty."""
    return f"results/{kind}/" if area is None else f"results/{kind}/{area or NO_TOPIC}/"


def gap(slug: str) -> str:
    """Return the address of the papers that lack something."""
    return f"coverage/{slug}/"


def feed(slug: str = "") -> str:
    """Return the address of the feed of a topic or area, or of the whole collection."""
    return f"topics/{slug}.xml" if slug else "feed.xml"


def depth(address: str) -> int:
    """Return how many folders a page's address lies below the root."""
    return address.partition("#")[0].count("/")
