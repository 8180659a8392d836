"""Feeds of what was added, in Atom (RFC 4287)."""

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable

from gen import addresses
from gen.collection import Collection
from gen.names import OTHERS, parse_name
from gen.record import Record, Topic
from gen.site import Site
from gen.text.plain import plain

ENTRIES = 100
"""How many papers a feed holds: the latest."""

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
"""Characters that XML 1.0 forbids."""


def latest(records: Iterable[Record]) -> list[Record]:
    """Return the records that have a day of addition, the latest first, then the newest."""
    dated = [record for record in records if record.added]
    return sorted(dated, key=lambda record: (-_day(record).toordinal(), -record.year, record.id))


def feed(
    collection: Collection, site: Site, records: Iterable[Record], summary: Callable[[str], str], topic: Topic | None
) -> str:
    """Return the feed of some records.

    Args:
        collection: knows their topics.
        site: has an address; links in a feed are absolute, and the addresses of papers are their lasting ids.
        records: all that belong to it; at least one has a day of addition.
        summary: turns prose into plain text.
        topic: what the feed is of; None for the whole collection.
    """
    entries = latest(records)[:ENTRIES]
    page = addresses.topic(topic) if topic else ""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(root, "id", site.url + page)
    _text(root, "title", f"{site.name}: {plain(topic.title)}" if topic else site.name)
    _text(root, "subtitle", plain(topic.scope) if topic else site.description)
    _text(root, "updated", _stamp(entries[0]))
    _link(root, "self", site.url + addresses.feed(topic.id if topic else ""), "application/atom+xml")
    _link(root, "alternate", site.url + page, "text/html")
    _text(ET.SubElement(root, "author"), "name", site.name)
    for record in entries:
        _entry(root, record, collection, site, summary)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _entry(root: ET.Element, record: Record, collection: Collection, site: Site, summary: Callable[[str], str]) -> None:
    entry = ET.SubElement(root, "entry")
    address = site.url + addresses.record(record)
    _text(entry, "id", address)
    _text(entry, "title", plain(record.title))
    _text(entry, "updated", _stamp(record))
    _text(entry, "published", _stamp(record))
    _link(entry, "alternate", address, "text/html")
    for name in record.authors:
        if name != OTHERS:
            _text(ET.SubElement(entry, "author"), "name", parse_name(name).full)
    for slug in record.topics:
        if slug in collection.topics:
            ET.SubElement(entry, "category", {"term": slug, "label": _clean(plain(collection.topics[slug].title))})
    if record.summary:
        _text(entry, "summary", summary(record.summary))


def _day(record: Record) -> datetime.date:
    return record.added or datetime.date.min


def _stamp(record: Record) -> str:
    return f"{_day(record).isoformat()}T00:00:00Z"


def _clean(text: str) -> str:
    return text.translate(_NOT_XML)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _clean(text)


def _link(parent: ET.Element, rel: str, address: str, media: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": media, "href": address})
