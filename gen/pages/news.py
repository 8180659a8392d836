"""What is new: the page by day, and the feeds."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from gen import addresses
from gen.collection import Collection
from gen.feeds import ENTRIES, entry, feed, latest
from gen.pages import head
from gen.pages.output import File, Output, Page, made_of
from gen.pages.record import Line, lines
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
    lines: list[Line]
    """The newest of them, as many as the page has room for."""
    areas: list[tuple[Topic, int]]
    """All of them by area, if not all are shown."""


def days(collection: Collection) -> list[Day]:
    """Return the latest days on which papers were added, until the page is full."""
    groups: defaultdict[datetime.date, list[Record]] = defaultdict(list)
    for record in collection.newest:
        if record.added:
            groups[record.added].append(record)
    found: list[Day] = []
    room = PAPERS
    for date in sorted(groups, reverse=True):
        if room <= 0:
            break
        records = groups[date]
        areas = _areas(collection, records) if len(records) > room else []
        found.append(Day(date, len(records), lines(collection, records[:room]), areas))
        room -= len(records)
    return found


def _areas(collection: Collection, records: list[Record]) -> list[tuple[Topic, int]]:
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
    yield Page(
        "new/",
        "new.md.j2",
        "New",
        "The latest additions to the bibliography, by day.",
        lambda: {"days": days(collection), "papers": len(collection.records)},
        lambda: feed_link(site, "../", collection.newest),
    )
    summary = partial(prose_text, resolve=partial(reference, collection.records))

    @lru_cache(maxsize=2**12)
    def made(name: str) -> str:
        """Return the entry of a paper, which stands in some five feeds."""
        return entry(collection, site, summary, collection.records[name])

    of_topics = [
        (topic, (collection.by_topic if topic.area else collection.by_area).get(slug, []))
        for slug, topic in collection.topics.items()
    ]
    for topic, records in [(None, collection.newest), *of_topics]:
        if has_feed(site, records):
            address = addresses.feed(topic.id if topic else "")
            shown = latest(records)[:ENTRIES]
            named = [[collection.topics.get(slug) for slug in record.topics] for record in shown]
            yield File(address, partial(feed, site, records, topic, made), made_of(topic, shown, named))
