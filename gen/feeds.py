"""Feeds of what was added, in Atom (RFC 4287)."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from gen import addresses
from gen.collection import Collection
from gen.names import parse_name
from gen.record import Record, Topic
from gen.site import Site
from gen.text.html import filled
from gen.text.plain import plain

ENTRIES = 100
"""How many papers a feed holds: the latest."""

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
"""Characters that XML 1.0 forbids."""


def latest(records: Iterable[Record]) -> list[Record]:
    """Return the records that have a day of addition, the latest first, then the newest."""
    dated = [(record.added, record) for record in records if record.added]
    return [record for _, record in sorted(dated, key=lambda item: (-item[0].toordinal(), -item[1].year, item[1].id))]


Shown = Mapping[str, Sequence[Record]]
"""The papers of each feed, by the slug of its topic or area; the whole collection's has none."""


def shown_papers(collection: Collection) -> Shown:
    """Return the papers of each feed that has any."""
    of_topics = {
        slug: (collection.by_topic if topic.area else collection.by_area).get(slug, [])
        for slug, topic in collection.topics.items()
    }
    found = {slug: latest(records)[:ENTRIES] for slug, records in {"": collection.newest, **of_topics}.items()}
    return {slug: records for slug, records in found.items() if records}


def updated(records: Iterable[Record]) -> datetime.date | None:
    """Return the last day on which one of the papers was added or its note written."""
    days = [day for record in records for day in (record.added, record.annotated and record.annotated.on) if day]
    return max(days, default=None)


def feed(site: Site, records: Sequence[Record], topic: Topic | None, entry: Callable[[str], str]) -> str:
    """Return the feed of some records.

    Args:
        site: has an address; links in a feed are absolute, and the addresses of papers are their lasting ids.
        records: the latest of those that belong to it, each with a day of addition; at least one.
        topic: what the feed is of; None for the whole collection.
        entry: makes the entry of the paper of an id.
    """
    page = site.url + (addresses.topic(topic) if topic else "")
    return "".join(
        (
            f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}" xml:lang="en">\n',
            _element("id", page),
            _element("title", f"{site.name}: {plain(topic.title)}" if topic else site.name),
            _element("subtitle", plain(topic.scope) if topic else site.description),
            _element("updated", _stamp(updated(records))),
            _link("self", site.url + addresses.feed(topic.id if topic else ""), "application/atom+xml"),
            _link("alternate", page, "text/html"),
            f"<author>\n{_element('name', site.name)}</author>\n",
            *(entry(record.id) for record in records),
            "</feed>\n",
        )
    )


def entry(collection: Collection, site: Site, summary: Callable[[str], str], record: Record) -> str:
    """Return a paper's entry.

    Args:
        collection: knows the paper's topics.
        site: has an address.
        summary: turns prose into plain text.
        record: has a day of addition.
    """
    address = site.url + addresses.record(record)
    names = (parse_name(name).full for name in record.named_authors)
    topics = ((slug, collection.topics[slug]) for slug in record.topics if slug in collection.topics)
    return "".join(
        (
            "<entry>\n",
            _element("id", address),
            _element("title", plain(record.title)),
            _element("updated", _stamp(updated([record]))),  # so that readers of feeds see a note written later
            _element("published", _stamp(record.added)),
            _link("alternate", address, "text/html"),
            *(f"<author>\n{_element('name', name)}</author>\n" for name in names),
            *(filled('<category term="%s" label="%s"/>\n', slug, _clean(plain(topic.title))) for slug, topic in topics),
            _element("summary", summary(record.summary)) if record.summary else "",
            "</entry>\n",
        )
    )


def _stamp(day: datetime.date | None) -> str:
    return f"{(day or datetime.date.min).isoformat()}T00:00:00Z"


def _clean(text: str) -> str:
    return text.translate(_NOT_XML)


def _element(tag: str, text: str) -> str:
    return filled(f"<{tag}>%s</{tag}>\n", _clean(text))


def _link(rel: str, address: str, media: str) -> str:
    return filled('<link rel="%s" type="%s" href="%s"/>\n', rel, media, address)
