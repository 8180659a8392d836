"""The table of the whole collection: its page and its data."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from gen.browse_data import amended as amended_data
from gen.browse_data import browse_data
from gen.collection import Collection
from gen.pages.head import assets
from gen.pages.output import File, Output, Page, facts
from gen.record import Record
from gen.text.plain import plain

DATA = "browse/papers.json"
"""Where the table's data stand, below the site's root."""


def pages(collection: Collection) -> Iterator[Output]:
    """Yield the page and the data that it loads."""
    yield File(
        DATA,
        lambda: browse_data(collection),
        lambda: (facts(collection, collection.records.values()), list(collection.topics.values())),
    )
    yield Page(
        "browse/",
        "browse.md.j2",
        "Browse",
        "All papers of the bibliography in one table to sort, filter and download.",
        lambda: {"count": len(collection.records), "data": DATA, **choices(collection)},
        lambda: assets("../", "css/browse.css", "js/browse/page.js"),
        "table",
    )


def choices(collection: Collection) -> dict[str, object]:
    """Return what each filter offers, with the number of papers."""
    kinds = Counter(record.kind for record in collection.newest if record.kind)
    venues = [
        (key, collection.venues[key].short, len(records))
        for key, records in collection.by_venue.items()
        if key in collection.venues
    ]
    return {
        "areas": [
            (
                plain(area.title),
                [
                    (topic.id, plain(topic.title), len(collection.by_topic[topic.id]))
                    for topic in collection.topics_of_area.get(slug, [])
                    if topic.id in collection.by_topic
                ],
            )
            for slug, area in collection.areas.items()
        ],
        "venues": sorted(venues, key=lambda venue: venue[1].lower()),
        "preprints": sum(record.venue is None for record in collection.newest),
        "kinds": sorted(kinds.items()),
        "first": min(collection.by_year, default=""),
        "last": max(collection.by_year, default=""),
    }


def amended(edited: Iterable[Record], read: Callable[[str], bytes]) -> File:
    """Return the table's data with the details of some papers as they are now; `read` gives a file as it was."""
    return File(DATA, partial(str, amended_data(read(DATA), edited)))
