"""What a page says to machines, in its head: Highwire tags, JSON-LD, Open Graph, and the same in other forms.

Order and choice of the `citation_*` tags follow what Zotero's translator "Embedded Metadata" reads: the last tag
that names a holder decides the item's type, `DC.type` where there is none, and `og:site_name` would be taken for
the publication, so a paper's page has none. There is no COinS beside them, which would win over all of it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from gen import addresses
from gen.citation.coins import catalog_name
from gen.citation.entry import page_range, paper_url
from gen.citation.formats import FORMATS
from gen.collection import Collection
from gen.names import Name, parse_name
from gen.pdf import pdf
from gen.record import ANNOTATION_PARTS, ISSUERS, Record, Venue
from gen.references import reference
from gen.site import Site
from gen.text.html import filled
from gen.text.plain import plain
from gen.text.prose import Resolve, prose_text

_META = '<meta name="%s" content="%s">'
_PROPERTY = '<meta property="%s" content="%s">'


def alternates(page: str, base: str, suffixes: Iterable[str] = FORMATS) -> str:
    """Return the links to a page's papers in other forms."""
    # The second word keeps Material's script away, which takes a sole "alternate" for a translation of the site.
    link = '<link rel="alternate describedby" type="%s" href="%s" title="%s">'
    return " ".join(
        filled(link, FORMATS[suffix].media_type, base + addresses.export(page, suffix), FORMATS[suffix].name)
        for suffix in suffixes
    )


def open_graph(site: Site, page: str, title: str, description: str, area: str | None, *, paper: bool = False) -> str:
    """Return the tags of a preview; without a public address there is nothing to preview."""
    if not site.url:
        return ""
    tags = [("og:type", "article" if paper else "website"), ("og:title", title)]
    tags += [("og:description", description), ("og:url", site.url + page)]
    tags += [("og:image", site.url + addresses.card(area)), ("og:image:width", "1200"), ("og:image:height", "630")]
    tags += [] if paper else [("og:site_name", site.name)]
    lines = [filled(_PROPERTY, name, value) for name, value in tags if value]
    return " ".join([*lines, filled(_META, "twitter:card", "summary_large_image")])


def record_head(record: Record, collection: Collection, site: Site) -> str:
    """Return the elements for the head of a paper's page."""
    resolve = partial(reference, collection.records)
    venue = collection.venue(record)
    page = addresses.record(record)
    title, summary = plain(record.title), about(record, resolve)
    main = next((collection.topics[slug].area for slug in record.topics if slug in collection.topics), None)
    parts = [filled(_META, name, value) for name, value in citation_tags(record, venue, site, resolve)]
    parts += [open_graph(site, page, title, summary, main, paper=True), alternates(page, "../../")]
    parts += [json_ld(scholarly_article(record, collection, site))]
    return " ".join(part for part in parts if part)


def about(record: Record, resolve: Resolve) -> str:
    """Return what describes a paper in one plain sentence: its summary, or its title as long as there is none."""
    return prose_text(record.summary, resolve) if record.summary else plain(record.title)


def citation_tags(record: Record, venue: Venue | None, site: Site, resolve: Resolve) -> Iterator[tuple[str, str]]:
    """Yield names and contents of the Highwire tags, none of them empty, in the order that decides the type."""
    language = record.language
    yield "citation_title", plain(record.title)
    names = list(map(parse_name, record.named_authors))
    for name in names:
        yield "citation_author", _author(name, alone=len(names) == 1)
    yield (
        "citation_publication_date",
        f"{record.cited_year}/{record.month:02}" if record.month else str(record.cited_year),
    )
    yield from _holder(venue)
    pages = page_range(record.pages) or ("", "")
    note = annotation_text(record, resolve)
    number = "citation_technical_report_number" if venue and venue.type == "report" else "citation_issue"
    fields = {
        "citation_volume": record.volume,
        number: record.number,
        "citation_firstpage": pages[0],
        "citation_lastpage": pages[1],
        "citation_doi": record.doi,
        "citation_arxiv_id": record.arxiv,
        "citation_language": language,
        "citation_abstract": f"{note_by(site)} {note}" if note else "",
        "citation_public_url": paper_url(record),
        "citation_abstract_html_url": site.url and site.url + addresses.record(record),
        "citation_pdf_url": pdf(record),
    }
    yield from ((name, value) for name, value in fields.items() if value)


def note_by(site: Site) -> str:
    """Return what a note begins with where an abstract is looked for: a reader of a library would take it for one."""
    return f"Note by {site.name}, not the authors' abstract:"


def annotation_text(record: Record, resolve: Resolve) -> str:
    """Return summary and annotation as plain text."""
    texts = [record.summary] if record.summary else []
    if record.annotation:
        texts += [getattr(record.annotation, part) for part in ANNOTATION_PARTS]
    return " ".join(prose_text(text, resolve) for text in texts)


def _author(name: Name, *, alone: bool) -> str:
    """Return `Family, Given`. Zotero takes a sole name with spaces on both sides of its comma for two people."""
    if alone and " " in name.last and " " in name.given:
        return name.full
    return catalog_name(name)


_PROCEEDINGS = re.compile(r"^proceedings of (the )?", re.IGNORECASE)


def _holder(venue: Venue | None) -> list[tuple[str, str]]:
    """Return the tags that tell the kind of paper, the deciding one last."""
    if venue is None:
        return [("DC.type", "preprint")]
    if venue.type == "publisher":
        return [("DC.type", "book"), ("citation_publisher", venue.name)]
    publisher = [("citation_publisher", venue.publisher)] if venue.publisher else []
    if venue.type in ("conference", "workshop"):
        meeting = _PROCEEDINGS.sub("", venue.name)
        return [*publisher, ("citation_inbook_title", venue.name), ("citation_conference_title", meeting)]
    tag = {
        "journal": "citation_journal_title",
        "book": "citation_book_title",
        "thesis": "citation_dissertation_institution",
        "report": "citation_technical_report_institution",
    }[venue.type]
    return [*publisher, (tag, venue.name)]


def scholarly_article(record: Record, collection: Collection, site: Site) -> dict[str, Any]:
    """Return the paper as schema.org has it. The site is not its publisher; it says something about it.

    The page is named as what describes the paper (`subjectOf`), and our summary as that page's, not the paper's.
    """
    venue, pages, file = collection.venue(record), page_range(record.pages) or (), pdf(record)
    same = [addresses.doi(record.doi) if record.doi else None]
    same += [addresses.arxiv(record.arxiv) if record.arxiv else None]
    work: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": {"thesis": "Thesis", "publisher": "Book"}.get(venue.type if venue else "", "ScholarlyArticle"),
        "headline": plain(record.title),
        "name": plain(record.title),
        "alternateName": [plain(title) for title in record.also_titled],
        "author": [person_data(parse_name(name), collection.orcid(name)) for name in record.named_authors],
        "datePublished": f"{record.cited_year}-{record.month:02}" if record.month else str(record.cited_year),
        "inLanguage": record.language,
        "url": paper_url(record),
        "sameAs": [link for link in same if link],
        "identifier": _identifiers(record),
        "isPartOf": _periodical(record, venue),
        "publisher": {"@type": "Organization", "name": venue.name} if venue and venue.type == "publisher" else None,
        "pagination": "-".join(filter(None, pages)),
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": file} if file else None,
        "creativeWorkStatus": record.notice and record.notice.kind.capitalize(),
        "subjectOf": _note(record, site),
    }
    return {name: value for name, value in work.items() if value}


def person_data(name: Name, orcid: str | None) -> dict[str, str]:
    """Return an author as schema.org has it, named by their ORCID if that is known."""
    if name.corporate:
        return {"@type": "Organization", "name": name.family}
    return {
        "@type": "Person",
        **({"@id": addresses.orcid(orcid)} if orcid else {}),
        "name": name.full,
        **({"givenName": name.given} if name.given else {}),
        "familyName": name.last,
    }


def _identifiers(record: Record) -> list[dict[str, str]]:
    found = [("doi", record.doi), ("arxiv", record.arxiv)]
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in found if value]


def _periodical(record: Record, venue: Venue | None) -> dict[str, Any] | None:
    if venue is None or venue.type in ISSUERS:
        return None
    if venue.type != "journal":
        return {"@type": "Book" if venue.type == "book" else "PublicationVolume", "name": venue.name}
    whole: dict[str, Any] = {"@type": "Periodical", "name": venue.name}
    for kind, key, value in (
        ("PublicationVolume", "volumeNumber", record.volume),
        ("PublicationIssue", "issueNumber", record.number),
    ):
        whole = {"@type": kind, key: value, "isPartOf": whole} if value else whole
    return whole


def _note(record: Record, site: Site) -> dict[str, Any] | None:
    if record.annotated is None or not site.url:
        return None
    return {
        "@type": "Review",
        "url": site.url + addresses.record(record),
        "datePublished": record.annotated.on.isoformat(),
        "author": {"@type": "Organization", "name": site.name}
        if record.annotated.by == "editors"
        else {"@type": "Person", "name": record.annotated.by},
    }


def json_ld(data: dict[str, Any]) -> str:
    """Return data for the head; no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'
