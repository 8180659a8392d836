"""Checks of the ledger of ids: citation keys and addresses are promises."""

from collections.abc import Iterator

from gen.checks.collection import Whole
from gen.checks.file import is_slug
from gen.checks.record import finding, is_id
from gen.checks.registry import check
from gen.findings import Finding
from gen.ledger import LEDGER, ledger_fault, promised, read_ledger


@check("collection")
def vanished_id(whole: Whole) -> Iterator[Finding]:
    """A published id that no record has any more, and that is no record's former id.

    People have cited it and linked to it. After renaming a record, name the old id in its `former_ids`: its
    address then leads to the new one. If two records became one, the remaining one names the other's id there. An id
    that was entered, but never stood on the published site, may be taken out of the ledger.
    """
    if fault := ledger_fault(whole.reading.root):
        yield fault
        return
    known = whole.ids | promised(whole.collection)
    for name, line in (read_ledger(whole.reading.root) or {}).items():
        if not is_slug(name):
            yield Finding(
                LEDGER, line, 1, "vanished-id", f"{name!r} is no id", "write one id a line, or delete this line"
            )
        elif name not in known:
            what = f"the published id {name!r} has vanished"
            mend = f"add 'former_ids: [{name}]' to the record it became, put the record back, or delete this line if"
            mend += " it never was published"
            yield Finding(LEDGER, line, 1, "vanished-id", what, mend)


@check("collection")
def unlisted_id(whole: Whole) -> Iterator[Finding]:
    """An id that is not entered in the ledger `ids.txt` yet.

    The ledger is how the check `vanished-id` knows what was published. Run `python -m gen ids`, or add the id
    as a line of its own where it belongs in the order.
    """
    ledger = read_ledger(whole.reading.root)
    if ledger is None or ledger_fault(whole.reading.root):
        return
    for record in whole.collection.records.values():
        own = [record.id] if is_id(record) else []  # else it will be another
        for name in (*own, *record.former_ids):
            if name not in ledger:
                what = f"the id {name!r} is not in {LEDGER}"
                yield finding(record, "unlisted-id", (), what, "run 'python -m gen ids', or add it there as a line")
