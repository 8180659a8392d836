"""The search index: made by Pagefind from the records themselves, one result a paper."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup
from pagefind.index import IndexConfig, PagefindIndex

from gen import addresses
from gen.collection import Collection
from gen.names import OTHERS, parse_name, short_authors
from gen.record import ANNOTATION_PARTS, Record
from gen.render import Renderer
from gen.text.plain import plain
from gen.text.prose import prose_text

WEIGHTS = {"title": 8, "summary": 3, "topics": 3, "authors": 2, "annotation": 1}
"""How much a word counts by where it stands; Pagefind takes whole weights up to 10."""


async def write_index(collection: Collection, renderer: Renderer, folder: Path) -> None:
    """Write the files of the index into an empty folder.

    Pagefind's service answers one message every 0.1 s, so records are not handed over one by one: each
    becomes a small page in a scratch folder, which Pagefind reads in one go on all cores.
    """
    with TemporaryDirectory() as scratch:
        for record in collection.records.values():
            page = Path(scratch) / addresses.record(record) / "index.html"
            page.parent.mkdir(parents=True)
            page.write_text(document(record, collection, renderer), encoding="utf-8")
        index = PagefindIndex(config=IndexConfig(force_language="en", output_path=str(folder)))
        async with index:  # leaving the context writes the files
            await index.add_directory(scratch)


def document(record: Record, collection: Collection, renderer: Renderer) -> str:
    """Return a record as the page that Pagefind indexes."""
    venue = collection.venue(record)
    topics = [collection.topics[slug] for slug in record.topics if slug in collection.topics]
    meta = {
        "title": plain(record.title),
        "authors": short_authors(record.authors),
        "venue": venue.short if venue else "Preprint",
        "year": str(record.year),
        "summary": prose_text(record.summary or "", renderer.resolve),
    }
    body = Markup("").join(
        Markup('<p data-pagefind-weight="{}">{}</p>').format(WEIGHTS[part], text)
        for part, text in _parts(record, [topic.title for topic in topics], renderer)
        if text
    )
    tags = [
        *(Markup('<span data-pagefind-meta="{}:{}"></span>').format(key, value) for key, value in meta.items()),
        Markup('<span data-pagefind-sort="year:{}"></span>').format(meta["year"]),
        Markup('<span data-pagefind-sort="title:{}"></span>').format(meta["title"].lower()),
    ]
    page = Markup("<html lang=en><body data-pagefind-body>{}{}</body></html>")
    return str(page.format(Markup("").join(tags), body))


def _parts(record: Record, topics: list[str], renderer: Renderer) -> Iterator[tuple[str, str]]:
    yield "title", " ".join(plain(text) for text in (record.title, record.system or "", *record.also_titled))
    yield "topics", " ".join((*topics, *record.benchmarks, *record.builds_on))
    yield "authors", " ".join(parse_name(name).full for name in record.authors if name != OTHERS)
    yield "summary", prose_text(record.summary or "", renderer.resolve)
    if record.annotation:
        texts = (prose_text(getattr(record.annotation, part), renderer.resolve) for part in ANNOTATION_PARTS)
        yield "annotation", " ".join(texts)
    yield "annotation", " ".join((record.id, *record.former_ids))
