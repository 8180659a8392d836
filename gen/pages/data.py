"""The page of the data: the files that hold the whole bibliography, and the schemas that say what is in them."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from pydantic_core import to_json

from gen import addresses
from gen.citation.formats import FORMATS
from gen.collection import Collection
from gen.model import Model
from gen.pages.manual import rows
from gen.pages.metadata import json_ld
from gen.pages.news import has_feed
from gen.pages.output import File, Output, Page, made_of
from gen.paper_data import VERSION, jsonl, line, row, table
from gen.record import Person, Record
from gen.record_schema import record_schema, schema_line
from gen.site import Site

ABOUT = "The whole bibliography as files for programs, and the JSON Schemas that say what is in them."
LINES, TABLE = "papers.jsonl", "papers.csv"
"""All papers as JSON, a line for each, and as a table."""


def pages(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield the page, everything as data, and both schemas."""
    yield File(LINES, lambda: jsonl(collection), made_of(collection))
    yield File(TABLE, lambda: table(collection), made_of(collection))
    for path, items in _beside(collection).items():
        yield File(path, partial(_lines, items), made_of(items))
    yield File(addresses.SCHEMA, lambda: _json(_schema(site)), made_of(addresses.SCHEMA))
    yield File(
        addresses.RECORD_SCHEMA,
        lambda: _json(record_schema(collection, site.url)),
        made_of(
            addresses.RECORD_SCHEMA,
            [topic.id for topic in collection.topics.values() if topic.area],
            list(collection.venues),
        ),
    )
    yield Page(
        "schema/",
        "schema.md.j2",
        "Data",
        ABOUT,
        partial(_shown, collection, site),
        lambda: json_ld(dataset(site)) if site.url else "",
        of=made_of(len(collection.records), has_feed(site, collection.newest)),
        layout="text",
    )


def dataset(site: Site) -> dict[str, object]:
    """Return the whole as schema.org has it, by which catalogs of data sets find the files."""
    forms = {LINES: "application/jsonl", TABLE: "text/csv"}
    forms |= {addresses.export("", suffix): form.media_type for suffix, form in FORMATS.items()}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.name,
        "description": f"{site.description} {ABOUT}",
        "url": f"{site.url}schema/",
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": site.url + path}
            for path, form in forms.items()
        ],
    }


def _beside(collection: Collection) -> dict[str, list[tuple[str, str | None, Model]]]:
    """Return all that is no paper by its file: each item with its id and the address of its page, if it has one."""
    authors, venues = collection.authors, collection.by_venue
    return {
        "topics.jsonl": [(item.id, addresses.topic(item), item) for item in collection.topics.values()],
        "paths.jsonl": [(item.id, addresses.path(item), item) for item in collection.paths.values()],
        "venues.jsonl": [
            (key, addresses.venue(key) if key in venues else None, venue) for key, venue in collection.venues.items()
        ],
        "people.jsonl": [
            (slug, addresses.person(authors[slug]) if slug in authors else None, _shown_person(person))
            for slug, person in collection.people.items()
        ],
    }


def _lines(items: Iterable[tuple[str, str | None, Model]]) -> bytes:
    """Return items as a line of JSON each, with the fields that their files have."""
    lines = ({"version": VERSION, "id": name, "page": page, **item.model_dump()} for name, page, item in items)
    return b"".join(to_json(line) + b"\n" for line in lines)


def _shown_person(person: Person) -> Person:
    """Return someone without the spellings that are not to be shown."""
    return person if person.show_variants == "yes" else person.model_copy(update={"variants": ()})


def _shown(collection: Collection, site: Site) -> dict[str, object]:
    from gen.paper_schema import MODELS  # takes its time, and mostly isn't needed

    return {
        "formats": FORMATS.values(),
        "version": VERSION,
        "papers": len(collection.records),
        "feed": has_feed(site, collection.newest),
        "first_line": schema_line(site.url or "https://example.org/").strip(),
        "models": [(anchor, heading, rows(model)) for anchor, (model, heading) in MODELS.items()],
    }


def _schema(site: Site) -> dict[str, object]:
    from gen.paper_schema import schema  # likewise

    return schema(site.url)


def _json(schema: object) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def amended(
    collection: Collection, edits: Iterable[tuple[Record, Record]], read: Callable[[str], bytes]
) -> list[File] | None:
    """Return the files that hold every record, with some edited in their places.

    Args:
        collection: knows venues and people, which are the same for both states of a record.
        edits: each record before and after.
        read: gives a file as it was.

    Returns:
        None if a file doesn't hold a record as it was, once; then all must be made anew.
    """
    edits = list(edits)
    files = []
    for path, write in ((LINES, line), (TABLE, row)):
        content = read(path)
        for before, after in edits:
            old = write(before, collection)
            if content.count(old) != 1:
                return None
            content = content.replace(old, write(after, collection))
        files.append(File(path, partial(bytes, content)))
    return files
