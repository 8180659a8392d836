"""What many tests need: the toy collection, a copy of it to change, built sites, a server, a browser."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect

from bench.browser import launched
from gen.checking import check_collection
from gen.collection import Collection
from gen.parallel import processes
from gen.record import Record
from gen.render import Renderer
from gen.site import load_site

PROJECT = Path(__file__).resolve().parent.parent
TOY = PROJECT / "tests" / "toy"

# No deadline, since the machine may be slow, and the same examples in every run, since a test passes or fails.
settings.register_profile("gloss", deadline=None, derandomize=True)
settings.load_profile("gloss")

# What a shell starts in the background is deaf to interrupts, and so would be all that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Return in how many processes the tests run (pytest-xdist asks): one more than cores, since browsers keep waiting.

    No more than four: a file's tests stay together, so more would mostly wait.
    """
    return min(processes() + 1, 4)


PATIENCE = 20_000
"""Milliseconds that a browser is given, since the machine may be slow."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def toy() -> Collection:
    """The toy collection, which has no findings."""
    collection, findings = check_collection(TOY, drafts=True)
    assert findings == []
    return collection


@pytest.fixture(scope="session")
def renderer(toy: Collection) -> Renderer:
    """Renders pages of the toy collection."""
    return Renderer(toy, load_site(TOY))


@pytest.fixture(scope="session")
def real() -> Collection:
    """The real collection, which has no findings."""
    collection, findings = check_collection(PROJECT)
    assert findings == []
    return collection


@pytest.fixture
def toy_copy(tmp_path: Path) -> Path:
    """A copy of the toy collection to change and build."""
    return copy_collection(TOY, tmp_path / "toy")


def copy_collection(source: Path, target: Path) -> Path:
    """Copy a collection without what was built of it; what its settings point to by `../..` is made absolute."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("build", "site"))
    settings = target / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("../../", f"{PROJECT}/"), encoding="utf-8")
    return target


EDITED = "papers/2024/sample2024slow.yaml"
"""The record of the toy collection that tests edit."""


def replace(root: Path, path: str | Path, old: str, new: str) -> None:
    """Put a text in the place of another one, where that first stands in a file below a folder."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_note(root: Path) -> None:
    """Edit the note of that record."""
    replace(root, EDITED, "in a hurry", "in great haste")


def changed(record: Record, **values: object) -> Record:
    """Return a record with other values, and nothing remembered of what it was."""
    other = record.model_copy(update=values)
    for name in ("digest", "facts_digest", "place_digest", "title_digest", "cited"):
        vars(other).pop(name, None)
    return other


def copy_project(target: Path) -> Path:
    """Copy the real collection, to build it without touching the folders of the one that is worked on."""
    target.mkdir(parents=True)
    for name in ("papers", "topics", "paths", "docs"):
        shutil.copytree(PROJECT / name, target / name)
    for name in ("venues.yaml", "people.yaml", "ids.txt", "CITATION.cff"):
        if (PROJECT / name).exists():
            shutil.copy(PROJECT / name, target / name)
    settings = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("gen/hooks.py", f"{PROJECT}/gen/hooks.py")
    settings = settings.replace("templates/theme", f"{PROJECT}/templates/theme")
    (target / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return target


def build_apart(root: Path) -> None:
    """Build a site in a process of its own: once a browser runs, this one has an event loop that a build can't use."""
    command = [sys.executable, "-m", "gen", "build", "--strict", "--root", str(root)]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def built_once(factory: pytest.TempPathFactory, name: str, copied: Callable[[Path], Path]) -> Path:
    """Return the site of a copied collection, which the first process of the tests that asks for it builds for all."""
    shared = factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / name / "site").exists():
            build_apart(copied(shared / name))
    return shared / name / "site"


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built toy site."""
    return built_once(tmp_path_factory, "toy", partial(copy_collection, TOY))


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built real site."""
    return built_once(tmp_path_factory, "real", copy_project)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def serve(folder: Path, prefix: str = "gloss") -> Iterator[str]:
    """Serve a built site under a sub-path, as GitHub Pages does, and yield its address."""
    parent = folder.parent / f"served-{prefix}"
    parent.mkdir(exist_ok=True)
    link = parent / prefix
    with suppress(FileExistsError):  # another process of the tests may serve it too
        link.symlink_to(folder, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{prefix}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def toy_address(toy_site: Path) -> Iterator[str]:
    """Address of the served toy site."""
    yield from serve(toy_site)


@pytest.fixture(scope="session")
def real_address(real_site: Path) -> Iterator[str]:
    """Address of the served real site."""
    yield from serve(real_site)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with launched() as browser:
        yield browser


FORBIDDEN = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });
}"""
"""Script that makes a page's mere asking for storage fail, as where the browser is told to keep nothing."""


STRICT_CLIPBOARD = """
let clicking = false;
addEventListener("click", () => (clicking = true), true);
addEventListener("click", () => (clicking = false));
for (const name of ["write", "writeText"]) {
  const work = Clipboard.prototype[name];
  Clipboard.prototype[name] = function (...rest) {
    return clicking ? work.apply(this, rest) : Promise.reject(new DOMException("too late", "NotAllowedError"));
  };
}"""
"""Script that lets a page write to the clipboard while something is clicked and not later, as Safari does."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh browser page that fails its test on a script error or a request to another host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else wrong.append(request.url)
        ),
    )
    yield tab
    context.close()
    assert wrong == []
