"""The check for two records of one paper."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from gen.checks.collection import Whole
from gen.checks.record import finding
from gen.checks.registry import check
from gen.duplicates import Seen
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


def may_double(record: Record, records: Mapping[str, Record], titles: Iterable[tuple[str, str]]) -> bool:
    """Return whether a record might be of the same paper as one whose title has half of the words in common with its.

    Args:
        record: with another title or identifier than before.
        records: all, by id; only those of such titles are looked at.
        titles: id and title of all records.
    """
    words = [set(_WORD.findall(title.lower())) for title in (record.title, *record.also_titled)]
    seen = Seen()
    for name, title in titles:
        theirs = set(_WORD.findall(title))
        if name != record.id and any(2 * len(own & theirs) >= min(len(own), len(theirs)) for own in words):
            seen.add(name, records[name])
    return seen.match(record) is not None


_WORD = re.compile(r"\w+")


def _age(record: Record) -> tuple[datetime.date, str]:
    """Sort older records first: the newer of two doubles is the one to mend."""
    return record.added or datetime.date.max, record.id
