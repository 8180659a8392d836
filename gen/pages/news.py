"""What is new: the page by day, and the feeds."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from gen import addresses
from gen.collection import Collection
from gen.feeds import Shown, entry, feed, shown_papers
from gen.pages import head
from gen.pages.output import File, Output, Page, made_of
from gen.record import Record, Topic
from gen.references import reference
from gen.site import Site
from gen.text.plain import plain
from gen.text.prose import prose_text

PAPERS = 50
"""How many papers the page shows in all."""


@dataclass(frozen=True, slots=True)
class Day:
    """The papers that were added on one day."""

    date: datetime.date
    count: int
    records: list[Record]
    """The newest of them, as many as the page has room for."""
    areas: list[tuple[Topic, int]]
    """All of them by area, if not all are shown."""


def days(collection: Collection) -> list[Day]:
    """Return the latest days on which papers were added, until the page is full."""
    found: list[Day] = []
    room = PAPERS
    for date, records in collection.by_day.items():
        if room <= 0:
            break
        areas = _areas(collection, records) if len(records) > room else []
        found.append(Day(date, len(records), list(records[:room]), areas))
        room -= len(records)
    return found


def _areas(collection: Collection, records: Sequence[Record]) -> list[tuple[Topic, int]]:
    counts = Counter(slug for record in records for slug in collection.areas_of(record))
    return [(area, counts[slug]) for slug, area in collection.areas.items() if slug in counts]


def feed_link(site: Site, base: str, records: Iterable[Record], topic: Topic | None = None) -> str:
    """Return the head element for the feed of a topic, an area or the whole collection; empty if there is none."""
    if not has_feed(site, records):
        return ""
    title = f"{site.name}: {plain(topic.title)}" if topic else site.name
    return head.feed(base, addresses.feed(topic.id if topic else ""), title)


def has_feed(site: Site, records: Iterable[Record]) -> bool:
    """Return whether there is a feed of these records: it needs the site's address and a day."""
    return bool(site.url) and any(record.added for record in records)


def pages(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield the page of what is new and, where the site knows its address, the feeds."""
    yield page(collection, site)
    yield from feeds(collection, site, shown_papers(collection))


def page(collection: Collection, site: Site) -> Page:
    """Return the page of what is new."""
    return Page(
        "new/",
        "new.md.j2",
        "New",
        "The latest additions to the bibliography, by day.",
        lambda: {
            "days": days(collection),
            "papers": len(collection.records),
            "feed": has_feed(site, collection.newest),
        },
        lambda: feed_link(site, "../", collection.newest),
    )


def feeds(collection: Collection, site: Site, shown: Shown) -> Iterator[File]:
    """Yield feeds, if the site knows its address."""
    summary = partial(prose_text, resolve=partial(reference, collection.records))

    @lru_cache(maxsize=2**12)
    def made(name: str) -> str:
        """Return the entry of a paper, which stands in some five feeds."""
        return entry(collection, site, summary, collection.records[name])

    for slug, records in shown.items() if site.url else ():
        topic = collection.topics[slug] if slug else None
        named = [[collection.topics.get(slug) for slug in record.topics] for record in records]
        of = made_of(topic, list(records), named)
        for name in (slug, *(topic.former_ids if topic else ())):
            yield File(addresses.feed(name), partial(feed, site, records, topic, made), of)
