"""The live preview: one save of anything people edit is one rebuild, and the change is served."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import PROJECT, TOY, copy_collection

DEADLINE = 60
"""Seconds until something that should happen counts as not happening; only a failing test waits so long."""


class Preview:
    """`mkdocs serve` on a copy of the toy collection."""

    def __init__(self, root: Path) -> None:
        self.root = root
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = root.parent / "serve.log"
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=dict(os.environ))
        self.until(lambda: "Serving on" in self.told(), "start")

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is true; if it never is, fail with what the preview said."""
        end = time.monotonic() + DEADLINE
        while not true():
            assert self.process.poll() is None, self.told()
            assert time.monotonic() < end, f"not within {DEADLINE} s: {what}\n{self.told()}"
            time.sleep(0.05)

    def told(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def rebuilds(self) -> int:
        return len(re.findall("Detected file changes", self.told()))

    def finished(self) -> int:
        return len(re.findall("Reloading browsers", self.told()))

    def page(self, address: str) -> str:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/toy/{address}", timeout=DEADLINE) as answer:
                return str(answer.read().decode())
        except URLError:
            return ""

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(DEADLINE)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A running preview."""
    root = copy_collection(TOY, tmp_path_factory.mktemp("preview") / "toy")
    (root / "templates").mkdir()
    (root / "templates/year.md.j2").write_text((PROJECT / "templates/year.md.j2").read_text(encoding="utf-8"))
    running = Preview(root)
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("path", "old", "new", "address"),
    [
        ("papers/2024/sample2024slow.yaml", "Slow and Steady", "Slow and Edited", "papers/sample2024slow/"),
        ("topics/towers.yaml", "How high can one build?", "How edited can one build?", "topics/towers/"),
        ("templates/year.md.j2", "published in", "edited in", "years/2024/"),
        ("docs/about.md", "# ", "# Edited ", "about/"),
    ],
)
def test_one_save_is_one_rebuild(preview: Preview, path: str, old: str, new: str, address: str) -> None:
    changed = new.strip("# ")
    assert changed not in preview.page(address)
    rebuilds, finished = preview.rebuilds(), preview.finished()
    preview.edit(path, old, new)
    preview.until(lambda: preview.finished() > finished, f"a rebuild after {path}")
    preview.until(lambda: changed in preview.page(address), f"{path} on {address}")
    time.sleep(0.7)  # a second rebuild, if the first one's own files were watched, would start now
    assert preview.rebuilds() == rebuilds + 1
    assert "Page skipped" not in preview.told(), "no page is missing"


def test_a_mistake_is_told_and_mending_it_brings_the_page_back(preview: Preview) -> None:
    path = "papers/2024/sample2024slow.yaml"
    preview.edit(path, "kind: analysis", "kind: analyses")
    preview.until(lambda: "1 finding" in preview.told(), "the finding")
    told = f"{path}:6:7: unknown-word: 'kind' can't be the text 'analyses'; did you mean 'analysis'?"
    assert told in preview.told()
    finished = preview.finished()
    preview.edit(path, "kind: analyses", "# now a line lower\nkind: analysis")
    preview.until(lambda: preview.finished() > finished, "a rebuild after mending")
    preview.edit(path, "kind: analysis", "kind: analyses")
    preview.until(lambda: told.replace(":6:", ":7:") in preview.told(), "the finding on the next line")
    finished = preview.finished()
    preview.edit(path, "# now a line lower\nkind: analyses", "kind: analysis")
    preview.until(lambda: preview.finished() > finished, "a rebuild after mending again")
    assert preview.process.poll() is None


def test_findings_end_a_bare_build(toy_copy: Path) -> None:
    (toy_copy / "papers/2024/z2024math.yaml").write_text("title: [\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=toy_copy, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "papers/2024/z2024math.yaml:1:9: yaml-syntax: this is not YAML" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (toy_copy / "site").exists()
