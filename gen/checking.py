"""Check: run every check over what was read, and say everything that is wrong at once."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from gen.checks.catalog import CHECKS, Check
from gen.checks.collection import Whole
from gen.collection import Collection, gather
from gen.findings import Finding
from gen.parallel import spread
from gen.reading import read_collection
from gen.store import Store


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
    reading = read_collection(root, store)
    collection = gather(reading)
    whole = Whole(reading, collection)
    findings = list(reading.findings)
    checks = [check for check in CHECKS.values() if check.phase == "collection"]
    # The search for duplicates takes longest and stands near the end: begun first, it keeps no process waiting.
    for share in spread(partial(_run, whole), checks[::-1]):
        findings += share
    if drafts:
        findings = [finding for finding in findings if finding.check != "unwritten-part"]
    return collection, sorted(set(findings))


def _run(whole: Whole, checks: Iterable[Check]) -> list[Finding]:
    return [finding for check in checks for finding in check.run(whole)]
