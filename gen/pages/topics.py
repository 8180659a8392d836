"""Pages of topics, areas and reading paths."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gen import addresses
from gen.collection import Collection
from gen.pages.head import assets
from gen.pages.news import feed_link, has_feed
from gen.pages.output import Output, Page
from gen.pages.record import facts, lines
from gen.pictures import topic as pictures
from gen.record import ReadingPath, Record, Result, Topic
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
        yield _area(topic, collection, site) if topic.area is None else page(topic, collection, site)
    yield Page(
        "paths/",
        "paths.md.j2",
        "Reading paths",
        "Ordered routes through the collection for a stated reader and goal.",
        lambda: {"paths": list(collection.paths.values())},
        lambda: assets("../", "js/paths.js"),
    )
    for path in collection.paths.values():
        yield _path(path, collection, site)


def page(topic: Topic, collection: Collection, site: Site) -> Page:
    """Return the page of a topic."""
    records = collection.by_topic.get(topic.id, [])

    def show() -> dict[str, object]:
        members = {record.id for record in records}
        return {
            "topic": topic,
            "area": collection.topics.get(topic.area or ""),
            "lines": lines(collection, records),
            "rows": [row(collection, record) for record in records],
            "start_here": _start_here(topic, collection),
            "neighbors": neighbors(topic, collection),
            "inner": [
                (record, relation, collection.records[relation.to])
                for record in records
                for relation in record.relations
                if relation.to in members
            ],
            "timeline": pictures.timeline(topic, records) if len(records) > 1 else None,
            "relations": pictures.relations(collection, records),
            "feed": has_feed(site, records),
            "edit_url": site.edit_url(topic.source.path),
        }

    def of() -> object:
        area, first = collection.topics.get(topic.area or ""), _start_here(topic, collection)
        return topic, area, list(records), neighbors(topic, collection), first

    def head() -> str:
        return feed_link(site, "../../", records, topic) + assets("../../", "css/pictures.css")

    return Page(addresses.topic(topic), "topic.md.j2", plain(topic.title), plain(topic.scope), show, head, of=of)


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


def _start_here(topic: Topic, collection: Collection) -> list[tuple[object, str]]:
    return [
        (collection.records[start.paper], start.why) for start in topic.start_here if start.paper in collection.records
    ]


def _area(area: Topic, collection: Collection, site: Site) -> Page:
    records = collection.by_area.get(area.id, [])

    def show() -> dict[str, object]:
        return {
            "area": area,
            "topics": [
                (topic, len(collection.by_topic.get(topic.id, [])))
                for topic in collection.topics_of_area.get(area.id, [])
            ],
            "lines": lines(collection, records),
            "feed": has_feed(site, records),
            "edit_url": site.edit_url(area.source.path),
        }

    def of() -> object:
        topics = collection.topics_of_area.get(area.id, [])
        sizes = [len(collection.by_topic.get(topic.id, [])) for topic in topics]
        return area, topics, sizes, facts(collection, records)

    def head() -> str:
        return feed_link(site, "../../", records, area)

    return Page(addresses.topic(area), "area.md.j2", plain(area.title), plain(area.scope), show, head, of=of)


def _path(path: ReadingPath, collection: Collection, site: Site) -> Page:
    def show() -> dict[str, object]:
        steps = [
            (line, step.take)
            for step in path.steps
            if step.paper in collection.records
            for line in lines(collection, [collection.records[step.paper]])
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
