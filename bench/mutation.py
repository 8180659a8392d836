"""Check 20,000 damaged records one by one, none above two seconds. `python -m bench.mutation [NUMBER]`."""

import random
import sys
import tempfile
import time
from pathlib import Path

from gen.checking import check_collection
from gen.site import PROJECT
from tests.test_mutation import mutate

LIMIT = 2.0
"""Seconds of processor time that one file may take."""


def main() -> None:
    """Mutate, check, count."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rng = random.Random(number)
    sources = [path.read_bytes() for path in sorted((PROJECT / "papers").rglob("*.yaml"))]
    rejected = silent = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "papers" / "2024" / "m2024.yaml"
        path.parent.mkdir(parents=True)
        for _ in range(number):
            path.write_bytes(mutate(rng.choice(sources), rng))
            start = time.process_time()
            collection, findings = check_collection(Path(folder))
            slowest = max(slowest, time.process_time() - start)
            if not collection.records:
                rejected += 1
                silent += not any(finding.line >= 1 for finding in findings)
    print(f"{number} files, {rejected} rejected, {silent} of them without a finding, slowest {slowest:.3f} s")
    sys.exit(1 if silent or slowest > LIMIT else 0)


if __name__ == "__main__":
    main()
