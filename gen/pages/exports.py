"""Files that are taken away: the whole bibliography, and each part of it."""

from collections.abc import Callable, Iterable, Iterator

from gen.citation.bibtex import Citations
from gen.citation.entry import Dialect
from gen.collection import Collection
from gen.pages.output import File, Output
from gen.record import Record


def exports(collection: Collection, citations: Citations) -> Iterator[Output]:
    """Yield the files of the whole collection and of each topic and area."""
    yield File("bibliography.bib", _bib(citations, collection.records.values(), Dialect.BIBTEX))
    yield File("bibliography.biblatex.bib", _bib(citations, collection.records.values(), Dialect.BIBLATEX))
    for groups in (collection.by_topic, collection.by_area):
        for slug, records in groups.items():
            if slug in collection.topics:
                yield File(f"topics/{slug}.bib", _bib(citations, by_id(records), Dialect.BIBTEX))


def by_id(records: Iterable[Record]) -> list[Record]:
    """Return records in the order of their ids, as they stand in a bibliography."""
    return sorted(records, key=lambda record: record.id)


def _bib(citations: Citations, records: Iterable[Record], dialect: Dialect) -> Callable[[], str]:
    return lambda: citations.file(records, dialect)
