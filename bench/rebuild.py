"""How long a build takes after an edit of each kind: `python -m bench.rebuild [--sizes 475,20000] [--corpus FILE]`.

What is edited is a record drawn at random each time; the median, the least and the most are told, in seconds of
the whole command.
"""

import argparse
import datetime
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.compare.collection import make_collection
from bench.compare.contenders import ENVIRONMENT
from bench.compare.measure import run
from gen.site import PROJECT

EDITS = {
    "a note": (r"^(summary: (?:>-\n +)?\"?\w+)", r"\1, as it is,"),
    "the day of a note": (
        r"^(annotated: .*?\bon: )\d{4}-\d\d-\d\d",
        rf"\g<1>{datetime.datetime.now(datetime.UTC).date()}",
    ),
    "a title": (r"^(title: .*?\w)(\W*)$", r"\1x\2"),
    "a link": (r"^(  (?:paper|code): \S+?)([\"']?)$", r"\1#\2"),
    "a kind": (r"^kind: \w+$", "kind: resource"),
}
"""What is found in a record, and what is put in its place. A kind counts in lists of all papers: a whole build."""


def edit(root: Path, pattern: str, new: str, chance: random.Random) -> Path:
    """Edit a record in which the pattern is found, and return its file.

    Raises:
        LookupError: there is none, or nothing in it would be another.
    """
    papers = sorted(root.glob("papers/*/*.yaml"))
    for path in chance.sample(papers, len(papers)):
        before = path.read_text(encoding="utf-8")
        after = re.sub(pattern, new, before, count=1, flags=re.MULTILINE)
        if after != before:
            path.write_text(after, encoding="utf-8")
            return path
    raise LookupError(f"no record has {pattern!r}")


def measured(root: Path, times: int, cores: int) -> Iterator[tuple[str, list[float]]]:
    """Build a collection, and yield the seconds that it takes again after edits of each kind."""
    command = (sys.executable, "-m", "gen", "build")
    chance = random.Random(times)
    run([command], root, cores, ENVIRONMENT)
    for what, (pattern, new) in EDITS.items():
        seconds = []
        for _ in range(times):
            edit(root, pattern, new, chance)
            seconds.append(run([command], root, cores, ENVIRONMENT).wall)
        yield what, seconds


def main() -> None:
    """Measure collections of some sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="475", help="numbers of records, with commas between them")
    parser.add_argument("--corpus", type=Path, help="file with papers; without it they are invented")
    parser.add_argument("--times", type=int, default=7, help="edits of each kind")
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    print("| Records | Edited | Median, s | Least | Most |\n| --- | --- | --- | --- | --- |")
    for number in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch) / "collection"
            make_collection(root, PROJECT, options.corpus, number)
            for what, seconds in measured(root, options.times, options.cores):
                print(
                    f"| {number:,} | {what} | {median(seconds):.1f} | {min(seconds):.1f} | {max(seconds):.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
