"""The check for two records of one paper."""

import datetime
from collections.abc import Iterator
from operator import attrgetter

from gen.checks.collection import Whole
from gen.checks.record import finding
from gen.checks.registry import check
from gen.collection import Collection
from gen.duplicates import Seen, family
from gen.findings import Finding
from gen.record import Record


def _compared(whole: Whole) -> Iterator[object]:
    fields = attrgetter("id", "title", "also_titled", "authors", "year", "arxiv", "doi", "added")
    return map(fields, whole.reading.records)


@check("collection", of=_compared)
def duplicate_paper(whole: Whole) -> Iterator[Finding]:
    """Two records are of the same paper.

    They have the same arXiv id or DOI, or their titles are the same (case, accents, LaTeX and a subtitle do
    not count) or nearly so, and they share authors. Keep one: usually the older id, with what the other one
    knows better; put the other's id into `former_ids` and its title, if it differs, into `also_titled`. Part I
    and part II, and papers of one title by other people, are not taken for doubles.
    """
    seen = Seen()
    paths: dict[str, str] = {}
    for record in sorted(whole.reading.records, key=_age):
        match = seen.meet(record.id, record)
        if match and match.id != record.id:
            what = f"{record.id!r} and {match.id!r} ({paths[match.id]}) have {match.why}"
            yield finding(record, "duplicate-paper", (match.field,), what, "keep one of the two records")
        paths.setdefault(record.id, record.source.path)


def may_double(record: Record, collection: Collection) -> bool:
    """Return whether a record might be of the same paper as one that shares an author's family name with it."""
    families = set(map(family, record.named_authors))
    last = {name.rpartition("-")[2] for name in families}
    slugs = [slug for slug in collection.authors if not last.isdisjoint(slug.split("-"))]
    people = collection.people.items()
    slugs += [slug for slug, person in people if families & set(map(family, (person.name, *person.variants)))]
    seen = Seen()
    for slug in dict.fromkeys(slugs):
        for other in collection.authors[slug].records if slug in collection.authors else ():
            if other.id != record.id:
                seen.add(other.id, other)
    return seen.match(record) is not None


def _age(record: Record) -> tuple[datetime.date, str]:
    """Sort older records first: the newer of two doubles is the one to mend."""
    return record.added or datetime.date.max, record.id
