"""Pages of topics, areas and reading paths."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from gen import addresses, cuts
from gen.collection import Collection
from gen.pages.head import assets
from gen.pages.news import feed_link, has_feed
from gen.pages.output import Output, Page, facts, titles
from gen.pages.parts import Part, by_time, in_parts
from gen.pictures import topic as pictures
from gen.record import ReadingPath, Record, Relation, Result, Topic
from gen.references import reference
from gen.site import Site
from gen.text.plain import plain
from gen.text.prose import prose_text


def pages(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield the list of topics, each topic and area, and the reading paths."""
    yield Page(
        "topics/",
        "topics.md.j2",
        "Topics",
        "All topics of the bibliography, by area.",
        lambda: {
            "areas": [(area, collection.topics_of_area.get(slug, [])) for slug, area in collection.areas.items()],
            "counts": {slug: len(records) for slug, records in collection.by_topic.items()},
        },
    )
    for topic in collection.topics.values():
        yield from topic_pages(topic, collection, site)
    yield Page(
        "paths/",
        "paths.md.j2",
        "Reading paths",
        "Ordered routes through the collection for a stated reader and goal.",
        lambda: {"paths": list(collection.paths.values())},
        lambda: assets("../", "js/paths.js"),
    )
    for path in collection.paths.values():
        yield path_page(path, collection, site)


def topic_pages(topic: Topic, collection: Collection, site: Site) -> Iterator[Page]:
    """Yield the pages of a topic or an area."""
    return (_topic if topic.area else _area)(topic, collection, site)


def _topic(topic: Topic, collection: Collection, site: Site) -> Iterator[Page]:
    records = collection.by_topic.get(topic.id, [])

    def show(part: Part[Record]) -> dict[str, object]:
        shown = part.items
        return {
            "topic": topic,
            "area": collection.topics.get(topic.area or ""),
            "total": len(records),
            "records": shown,
            "rows": [row(collection, record) for record in shown],
            "start_here": [] if part.at else _start_here(topic, collection),
            "neighbors": [] if part.at else neighbors(topic, collection),
            "inner": _inner(topic, collection, shown),
            "timeline": pictures.timeline(topic, shown) if len(shown) > 1 else None,
            "relations": pictures.relations(collection, shown),
            "feed": has_feed(site, records),
            "edit_url": site.edit_url(topic.source.path),
        }

    def of(part: Part[Record]) -> object:
        area = collection.topics.get(topic.area or "")
        others = titles(other for _, _, other in _inner(topic, collection, part.items))
        if part.at:
            return topic, area, list(part.items), others
        first = [(titles([record]), why) for record, why in _start_here(topic, collection)]
        return topic, area, list(part.items), others, len(records), neighbors(topic, collection), first

    def head(base: str) -> str:
        return feed_link(site, base, records, topic) + assets(base, "css/pictures.css")

    page = Page(addresses.topic(topic), "topic.md.j2", plain(topic.title), plain(topic.scope))
    return in_parts(page, by_time(page.address, records, cuts.NOTES), show, of, head)


@dataclass(frozen=True, slots=True)
class Row:
    """A paper in the table that compares a topic's papers."""

    record: Record
    approach: str
    """First sentence of the approach, as plain text."""
    result: Result | None
    """The first headline figure."""


def row(collection: Collection, record: Record) -> Row:
    """Return a paper's line in the table of its topic."""
    resolve = partial(reference, collection.records)
    approach = prose_text(record.annotation.approach, resolve) if record.annotation else ""
    return Row(record, first_sentence(approach), record.results[0] if record.results else None)


_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)(?<! al\.)\s+(?=[A-Z\"'(])")


def first_sentence(text: str, least: int = 60, most: int = 220) -> str:
    """Return a text's first sentence, with the next while that has fewer than `least` characters.

    What is longer than `most` characters is cut at a word, with an ellipsis.
    """
    taken = ""
    for sentence in _SENTENCE_END.split(text):
        if len(taken) >= least:
            break
        taken = f"{taken} {sentence}".strip()
    if len(taken) <= most:
        return taken
    return taken[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def neighbors(topic: Topic, collection: Collection) -> list[tuple[Topic, int]]:
    """Return the topics that share papers with this one, most shared first, with how many."""
    shared = Counter(
        slug for record in collection.by_topic.get(topic.id, []) for slug in record.topics if slug != topic.id
    )
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    return [(collection.topics[slug], count) for slug, count in ranked if slug in collection.topics][:8]


def _inner(topic: Topic, collection: Collection, records: Iterable[Record]) -> list[tuple[Record, Relation, Record]]:
    """Return the relations of some papers to papers of a topic."""
    return [
        (record, relation, other)
        for record in records
        for relation in record.relations
        if (other := collection.records.get(relation.to)) and topic.id in other.topics
    ]


def _start_here(topic: Topic, collection: Collection) -> list[tuple[Record, str]]:
    return [
        (collection.records[start.paper], start.why) for start in topic.start_here if start.paper in collection.records
    ]


def _area(area: Topic, collection: Collection, site: Site) -> Iterator[Page]:
    records = collection.by_area.get(area.id, [])
    topics = [
        (topic, len(collection.by_topic.get(topic.id, []))) for topic in collection.topics_of_area.get(area.id, [])
    ]

    def show(part: Part[Record]) -> dict[str, object]:
        return {
            "area": area,
            "topics": topics,
            "total": len(records),
            "records": part.items,
            "feed": has_feed(site, records),
            "edit_url": site.edit_url(area.source.path),
        }

    def of(part: Part[Record]) -> object:
        return area, [] if part.at else [len(records), *topics], facts(collection, part.items)

    def head(base: str) -> str:
        return feed_link(site, base, records, area)

    page = Page(addresses.topic(area), "area.md.j2", plain(area.title), plain(area.scope))
    return in_parts(page, by_time(page.address, records, cuts.PAPERS), show, of, head)


def path_page(path: ReadingPath, collection: Collection, site: Site) -> Page:
    """Return the page of a reading path."""

    def show() -> dict[str, object]:
        steps = [
            (record, collection.venue(record), step.take)
            for step in path.steps
            if (record := collection.records.get(step.paper))
        ]
        return {"path": path, "steps": steps, "edit_url": site.edit_url(path.source.path)}

    return Page(
        addresses.path(path),
        "path.md.j2",
        plain(path.title),
        plain(path.goal),
        show,
        lambda: assets("../../", "css/paths.css", "js/paths.js"),
        "text",
    )
