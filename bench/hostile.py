"""Open every page of the hostile site in Chromium and tell what runs, asks or breaks: `python -m bench.hostile`.

The site is that of tests/hostile.py: each of the hostile texts in every field of a record, topic, path, venue and
person, built with the checks off. The tests open a sample of it; this opens all.
"""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from bench.browser import launched
from tests.conftest import serve
from tests.test_hostile import addresses, build_hostile, live

SIDE_BY_SIDE = 30
"""Pages in one tab, each in a frame of its own."""


def main() -> None:
    """Build, open, count."""
    with tempfile.TemporaryDirectory() as folder:
        site = build_hostile(Path(folder) / "hostile")
        with contextmanager(serve)(site, "hostile") as base, launched() as chromium:
            every = addresses(site, base)
            wrong: list[str] = []
            for start in range(0, len(every), SIDE_BY_SIDE):
                found = live(chromium, base, every[start : start + SIDE_BY_SIDE])
                wrong += found
                if found:
                    print(*found, sep="\n", flush=True)
    print(f"{len(every)} pages opened, {len(wrong)} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
