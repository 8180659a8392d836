"""What the collection covers, what its notes rest on, and what its records lack."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gen import addresses
from gen.citation.entry import paper_url
from gen.collection import Collection
from gen.pages.head import assets
from gen.pages.output import Output, Page, titles
from gen.record import Record, Topic
from gen.site import Site
from gen.text.plain import plain

ROWS = 1000
"""How many papers the page of a gap lists: the newest."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that records may lack."""

    slug: str
    title: str
    remedy: str
    """What a contributor does about it, in Markdown."""
    lacks: Callable[[Collection, Record], bool]


GAPS = (
    Gap(
        "authors",
        "No full list of authors",
        "Write out `authors` and take `others` away.",
        lambda _, record: not record.complete_authors,
    ),
    Gap(
        "identifier",
        "No identifier",
        "Add `arxiv` or `doi`, where there is one.",
        lambda _, record: not (record.arxiv or record.doi),
    ),
    Gap(
        "address",
        "No way to the paper",
        "Add `links.paper`, where the paper is found.",
        lambda _, record: paper_url(record) is None,
    ),
    Gap("code", "No code", "Add `links.code`, if the authors published any.", lambda _, record: not record.links.code),
    Gap(
        "relations",
        "No relation",
        "Add to `relations` what the paper extends, uses or contrasts with.",
        lambda collection, record: not record.relations and record.id not in collection.incoming,
    ),
    Gap(
        "results",
        "No reported figure",
        "Add the headline figures to `results`, if the paper gives any.",
        lambda _, record: not record.results,
    ),
    Gap("annotation", "No note", "Write `summary` and `annotation`.", lambda _, record: record.annotation is None),
)


@dataclass(frozen=True, slots=True)
class Share:
    """Part of the collection."""

    label: str
    address: str
    """Of its page; empty if it has none."""
    count: int


def pages(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield the page of what is covered, and one for each gap that some record has."""
    missing = lacking(collection)
    total = len(collection.records)
    yield Page(
        "coverage/",
        "coverage.md.j2",
        "Coverage and gaps",
        "What the bibliography covers, what its notes rest on, and what its records lack.",
        lambda: {
            "total": total,
            "areas": by_area(collection),
            "parts": [
                ("year", "By year", by_year(collection)),
                ("kind", "By kind of contribution", by_kind(collection)),
                ("venue", "By venue", by_venue(collection)),
                ("basis", "What the notes rest on", by_basis(collection)),
                ("writer", "Who wrote the notes", by_writer(collection)),
            ],
            "gaps": [(gap, len(missing[gap.slug])) for gap in GAPS],
        },
        lambda: assets("../", "css/coverage.css"),
    )
    for gap in GAPS:
        if missing[gap.slug]:
            yield gap_page(gap, missing[gap.slug], total, site)


def lacking(collection: Collection) -> dict[str, list[Record]]:
    """Return the records that have each gap, newest first."""
    return {gap.slug: [record for record in collection.newest if gap.lacks(collection, record)] for gap in GAPS}


def gaps(collection: Collection, record: Record) -> list[Gap]:
    """Return the gaps that a record has."""
    return [gap for gap in GAPS if gap.lacks(collection, record)]


def gap_page(gap: Gap, records: Sequence[Record], total: int, site: Site) -> Page:
    """Return the page of a gap.

    Args:
        gap: that there is.
        records: those that have it, newest first.
        total: how many records there are.
        site: tells where a record is edited.
    """
    shown = records[:ROWS]
    return Page(
        addresses.gap(gap.slug),
        "gap.md.j2",
        gap.title,
        f"Papers of the bibliography to complete: {gap.title.lower()}.",
        lambda: {
            "gap": gap,
            "count": len(records),
            "total": total,
            "rows": [(record, site.edit_url(record.source.path)) for record in shown],
        },
        of=lambda: (gap.slug, len(records), total, titles(shown), [record.source.path for record in shown]),
    )


def by_area(collection: Collection) -> list[tuple[Topic, int, list[Share]]]:
    """Return each area with its papers and those of its topics; a paper counts in each of its topics."""
    return [
        (
            area,
            len(collection.by_area.get(slug, [])),
            [
                Share(plain(topic.title), addresses.topic(topic), len(collection.by_topic.get(topic.id, [])))
                for topic in collection.topics_of_area.get(slug, [])
            ],
        )
        for slug, area in collection.areas.items()
    ]


def by_year(collection: Collection) -> list[Share]:
    """Return papers by year, newest first."""
    return [Share(str(year), addresses.year(year), len(records)) for year, records in collection.by_year.items()]


def by_venue(collection: Collection) -> list[Share]:
    """Return papers by venue, most first, preprints among them."""
    shares = [
        Share(collection.venues[key].short, addresses.venue(key), len(records))
        for key, records in collection.by_venue.items()
        if key in collection.venues
    ]
    shares.append(Share("Preprint", "", sum(record.venue is None for record in collection.newest)))
    return _most_first(shares)


def by_kind(collection: Collection) -> list[Share]:
    """Return papers by kind of contribution, most first."""
    return _counted(record.kind or "not said" for record in collection.newest)


def by_basis(collection: Collection) -> list[Share]:
    """Return papers by what their notes were written from, most first."""
    return _counted(record.annotated.basis if record.annotated else "no note yet" for record in collection.newest)


def by_writer(collection: Collection) -> list[Share]:
    """Return papers by who wrote their notes, most first."""
    return _counted(
        "the editors" if record.annotated.by == "editors" else record.annotated.by
        for record in collection.newest
        if record.annotated
    )


def _counted(labels: Iterator[str]) -> list[Share]:
    return _most_first([Share(label, "", count) for label, count in Counter(labels).items()])


def _most_first(shares: list[Share]) -> list[Share]:
    return sorted((share for share in shares if share.count), key=lambda share: (-share.count, share.label.lower()))
