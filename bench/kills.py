"""Whether a build that is killed leaves the old site or the new one: `python -m bench.kills [--kills 50]`.

A copy of the toy collection is edited to and fro between two states. Each build is killed with all its processes at a
random moment; the site must then be that of one state, whole, and the next build must give the clean build's bytes.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.edits import copy_sources, differences
from gen.site import PROJECT
from tests.conftest import TOY, build_apart, copy_collection

EDITED = "papers/2024/sample2024slow.yaml"


@dataclass(slots=True)
class Outcome:
    """What came of some kills."""

    kills: int = 0
    ended_before: int = 0
    """Builds that were done before they could be killed."""
    mixed: int = 0
    """Sites that were neither the old nor the new one."""
    recovered: int = 0
    """Builds afterwards that gave the clean build's bytes."""


def states(scratch: Path) -> tuple[Path, list[Path], list[str]]:
    """Return a collection that is built, the clean sites of its two states, and the edited file's text in each."""
    root = copy_collection(TOY, scratch / "toy")
    text = (root / EDITED).read_text(encoding="utf-8")
    texts = [text, text.replace("twice as long as towers", "twice as long and longer than towers")]
    sites = []
    for number, written in enumerate(texts):
        (root / EDITED).write_text(written, encoding="utf-8")
        clean = scratch / f"clean{number}"
        copy_sources(root, clean)
        build_apart(clean)
        sites.append(clean / "site")
    (root / EDITED).write_text(texts[0], encoding="utf-8")
    build_apart(root)
    return root, sites, texts


def kill_builds(scratch: Path, number: int, seed: int = 1) -> Outcome:
    """Kill builds at random moments, and look at what they leave."""
    root, sites, texts = states(scratch)
    lots, outcome, length = random.Random(seed), Outcome(), _length(root, texts)
    for turn in range(number):
        state = (turn + 1) % 2
        (root / EDITED).write_text(texts[state], encoding="utf-8")
        if turn % 3 == 2:
            shutil.rmtree(root / "build" / "cache", ignore_errors=True)  # so that more is written
        build = subprocess.Popen(
            [sys.executable, "-m", "gen", "build", "--root", str(root)],
            cwd=PROJECT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(lots.uniform(0.2, 1.1) * length)
        outcome.kills += 1
        outcome.ended_before += build.poll() is not None
        if build.poll() is None:
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        outcome.mixed += all(differences(root / "site", site) for site in sites)
        build_apart(root)
        outcome.recovered += not differences(root / "site", sites[state])
    return outcome


def _length(root: Path, texts: list[str]) -> float:
    """Return how long a build after the edit takes, in seconds."""
    (root / EDITED).write_text(texts[1], encoding="utf-8")
    start = time.perf_counter()
    build_apart(root)
    length = time.perf_counter() - start
    (root / EDITED).write_text(texts[0], encoding="utf-8")
    build_apart(root)
    return length


def main() -> None:
    """Kill, and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        outcome = kill_builds(Path(scratch), options.kills, options.seed)
    print(
        f"{outcome.kills} builds killed ({outcome.ended_before} had just ended): {outcome.mixed} mixed sites, "
        f"{outcome.recovered} clean recoveries"
    )
    sys.exit(outcome.mixed > 0 or outcome.recovered < outcome.kills)


if __name__ == "__main__":
    main()
