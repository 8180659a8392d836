"""The form in which a record is started on the web."""

from collections.abc import Iterator

from gen import addresses
from gen.checks.latex import latex_rules
from gen.checks.record import ANNOTATION_WORDS, SUMMARY_CHARACTERS
from gen.citation.lookup import pieces_of
from gen.collection import Collection
from gen.drafting.ids import STOP_WORDS
from gen.ledger import LEDGER, read_ledger
from gen.pages.head import assets
from gen.pages.output import Output, Page
from gen.record import KINDS_LIST
from gen.record_schema import schema_line
from gen.site import Site


def pages(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield the form."""
    yield Page(
        "contribute/new/",
        "add_paper.md.j2",
        "Add a paper",
        "A form that writes a record as you type, checks it and opens it on GitHub.",
        lambda: {
            "pieces": pieces_of(len(collection.records)),
            "kinds": KINDS_LIST,
            "areas": [(area, collection.topics_of_area.get(slug, [])) for slug, area in collection.areas.items()],
            "venues": sorted(collection.venues.items(), key=lambda item: item[1].short.lower()),
            "create_url": f"{site.repository}/new/{site.branch}" if site.repository else "",
            "ledger_url": f"{site.repository}/edit/{site.branch}/{LEDGER}" if _keeps_ledger(collection, site) else "",
            "schema": addresses.RECORD_SCHEMA,
            "first_line": schema_line(site.url),
            "characters": SUMMARY_CHARACTERS,
            "words": ANNOTATION_WORDS,
            "stop_words": sorted(STOP_WORDS),
            "latex": latex_rules(),
        },
        lambda: assets("../../", "css/new.css", "js/new/form.js"),
        layout="text",
    )


def _keeps_ledger(collection: Collection, site: Site) -> bool:
    return bool(site.repository) and read_ledger(collection.root) is not None
