"""Checks of the ledger of ids: citation keys and addresses are promises."""

from collections.abc import Iterator

from gen.checks.collection import Whole
from gen.checks.record import is_id
from gen.checks.registry import check
from gen.findings import Finding
from gen.ledger import KINDS, LEDGER, ledger_fault, named, promised, read_ledger
from gen.names import is_slug


@check("collection")
def vanished_id(whole: Whole) -> Iterator[Finding]:
    """A published id that nothing has anymore, and that is nothing's former id.

    People have cited it and linked to it. After renaming a record, a topic, a path or a venue, name the old id in its
    `former_ids`: its address then leads to the new one. If two became one, the remaining one names the other's id
    there. A paper that was retracted or withdrawn keeps its record, which says so in its `notice`. An id that was
    entered, but never stood on the published site, may be taken out of the ledger.
    """
    if fault := ledger_fault(whole.reading.root):
        yield fault
        return
    known = promised(whole.collection)
    for name, line in whole.published.items():
        folder, _, own = name.rpartition("/")
        if folder not in KINDS or not is_slug(own):
            what, mend = f"{name!r} is no id", "write one id a line, or delete this line"
            yield Finding(LEDGER, line, 1, "vanished-id", what, mend)
        elif name not in known and whole.collection.broken.isdisjoint((own, folder)):
            kind = KINDS[folder]
            what = f"the published id {name!r} has vanished"
            noticed = "" if folder else " (with a 'notice' if the paper was retracted)"
            mend = f"add 'former_ids: [{own}]' to the {kind} it became, put the {kind} back{noticed}, or delete this"
            mend += " line if it never was published"
            yield Finding(LEDGER, line, 1, "vanished-id", what, mend)


@check("collection")
def unlisted_id(whole: Whole) -> Iterator[Finding]:
    """An id that is not entered in the ledger `ids.txt` yet.

    The ledger is how the check `vanished-id` knows what was published. Run `python -m gen ids`, or add the id
    as a line of its own where it belongs in the order; of a topic, path or venue with its folder, as `topics/x`.
    """
    ledger = read_ledger(whole.reading.root)
    if ledger is None or ledger_fault(whole.reading.root):
        return
    for item in named(whole.collection):
        folder, _, own = item.own.rpartition("/")
        kept = [item.own] if is_id(own, record=not folder) and not item.provisional else []  # else it will be another
        for name in (*kept, *item.former):
            if name not in ledger:
                place = item.source.at(item.keys, key=True)
                what = f"the id {name!r} is not in {LEDGER}"
                mend = "run 'python -m gen ids', or add it there as a line"
                yield Finding(item.source.path, *place, "unlisted-id", what, mend)
