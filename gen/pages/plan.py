"""The whole plan, part by part."""

from collections.abc import Iterator

from gen.citation.bibtex import Citations
from gen.collection import Collection
from gen.pages import cite, indexes, manual, record, search, topics
from gen.pages.exports import exports
from gen.pages.output import Output
from gen.site import Site
from gen.vendor import vendored


def plan(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield every page and file of the site, lazily and in a fixed order."""
    citations = Citations(collection)
    yield from indexes.home(collection, site)
    yield from record.pages(collection, site, citations)
    yield from topics.pages(collection, site)
    yield from indexes.pages(collection)
    yield from manual.pages()
    yield from cite.pages(collection)
    yield from exports(collection, citations)
    yield from vendored()
    yield from search.pages(collection)
