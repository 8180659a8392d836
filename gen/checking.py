"""Check: run every check over what was read, and say everything that is wrong at once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path

from gen.checks.catalog import CHECKS, Check
from gen.checks.collection import SHARED, Whole, frequent
from gen.collection import Collection, gather
from gen.findings import Finding
from gen.parallel import spread
from gen.reading import TABLE as RECORDS
from gen.reading import read_collection
from gen.store import Store

PHRASES = "phrases"
"""Table of the phrases that may stand in no further note, lest too many share them."""
UNWRITTEN = "unwritten-part"
"""The check that a site with drafts does without."""
TABLE = "checks"
"""Table of the checks that found nothing, by what they looked at; a finding's line may move with anything else."""


def check_collection(
    root: Path, *, drafts: bool = False, store: Store | None = None
) -> tuple[Collection, list[Finding]]:
    """Read and check all that lies below `root`.

    Args:
        root: folder of the bibliography.
        drafts: whether a part of an annotation that is still to be written is no finding.
        store: knows files that earlier runs have read.

    Returns:
        The collection (of what could be read) and all findings, sorted by place.
    """
    with checked(root, drafts=drafts, store=store) as (collection, check):
        return collection, check()


@contextmanager
def checked(
    root: Path, *, drafts: bool = False, store: Store | None = None
) -> Iterator[tuple[Collection, Callable[[], list[Finding]]]]:
    """Read all that lies below `root`, and let something else be begun before it is checked.

    Yields:
        The collection, and the function that checks it; the block has to call that, since what was read is kept
        according to what it finds.
    """
    store = store or Store(None)
    with store.table(RECORDS) as table:
        reading = read_collection(root, table)
        collection = gather(reading)

        def check() -> list[Finding]:
            findings = reading.findings + _findings(Whole(reading, collection), store)
            if drafts:
                findings = [finding for finding in findings if finding.check != UNWRITTEN]
            if findings:
                table.keep()  # what is refused will be mended, and is then compared with what stands
            else:
                store.save(PHRASES, {"": frozenset(frequent(reading.phrases, SHARED - 1))})
            return sorted(set(findings))

        yield collection, check


def _findings(whole: Whole, store: Store) -> list[Finding]:
    """Return what the checks of the collection find; what the store says found nothing in the same needn't run."""
    # The search for duplicates takes longest and stands near the end: begun first, it keeps no process waiting.
    checks = [check for check in CHECKS.values() if check.phase == "collection"][::-1]
    findings: list[Finding] = []
    with store.table(TABLE) as passed:
        keys = {check.name: _key(check, check.of(whole)) for check in checks if check.of}
        left = [check for check in checks if not passed.known(keys.get(check.name, ""))]
        for share in spread(partial(_run, whole), left):
            findings += share
        for name in keys.keys() - {finding.check for finding in findings}:
            passed.get(keys[name], lambda: True)
    return findings


def _key(check: Check, of: Iterable[object]) -> str:
    digest = blake2b(check.name.encode(), digest_size=16)
    for value in of:
        digest.update(repr(value).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _run(whole: Whole, checks: Iterable[Check]) -> list[Finding]:
    return [finding for check in checks for finding in check.run(whole)]
