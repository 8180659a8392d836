"""The whole way of the data, from records to `build/docs` and on to `site/`."""

import fcntl
import gc
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from gen.amend import amend
from gen.amendment import WholeBuildError, find
from gen.by_hand import by_hand, linked
from gen.checking import checked
from gen.collection import Collection
from gen.findings import RejectedError
from gen.fingerprint import Fingerprints, base
from gen.folders import walk
from gen.likeness import Awaited, Found, likeness
from gen.outputs import BATCHES, DOCS, write_share
from gen.pages import Batch, Group, Output
from gen.pages.plan import plan
from gen.pages.reach import TABLE as REACH
from gen.pages.reach import index
from gen.parallel import Child, Gate, beside, give_back, spread
from gen.progress import Progress
from gen.publish import double, generated_files, publish, theme_files
from gen.render import Renderer
from gen.scripts import served
from gen.shards import Shard, archive
from gen.shelf import TABLE as SHELF
from gen.shelf import shelved
from gen.site import PROJECT, Site, load_site, settings
from gen.source_errors import taken_name, told, unread
from gen.standing import TABLE as STANDING
from gen.standing import WHOLE, Look, Whole, keep
from gen.store import Store
from gen.theme import Theme, navigation, reads_more, theme_key
from gen.write import Known, Writer


@dataclass(slots=True)
class Summary:
    """What a run made."""

    papers: int
    topics: int
    areas: int
    pages: int
    changed: int
    """Files in `build/docs` that are new or have other bytes than before."""
    seconds: float


@dataclass(slots=True)
class Run:
    """One build of one bibliography on its way."""

    site: Site
    store: Store
    progress: Progress
    summary: Summary
    keys: dict[str, str] = field(default_factory=dict)
    """What each file of `build/docs` was made of."""
    pages: set[str] = field(default_factory=set)
    """The generated pages below `build/docs`."""
    theme: Theme = field(default_factory=Theme)
    shard: Shard | None = None
    """Which part is to be made, if not the whole."""
    together: set[str] = field(default_factory=set)
    """Files of `build/docs` that were made in batches."""
    inputs: str = ""
    """What the collection and the templates are."""
    planned: set[str] = field(default_factory=set)
    """Files that the whole build has: what a page written by hand may link to."""
    archive: Path | None = None
    """The part that was made, if it isn't the whole."""
    collection: Collection | None = None
    """What was read."""
    publishes: bool = False
    """Whether somebody else publishes what MkDocs makes, so that its hook needn't."""


def render(root: Path, progress: Progress | None = None, shard: Shard | None = None) -> Run:
    """Read, check, plan, render and write `build/docs`, or one part of it.

    Raises:
        RejectedError: a record has findings, and nothing was written; or a template or page has.
        OSError: a file can't be written.
    """
    start = time.perf_counter()
    progress = progress or Progress()
    site = load_site(root)
    store = Store(root / "build" / "cache")
    with ExitStack() as running:
        collection, finding = _checked(site, store, progress, running)
        give_back()
        known = collection.counts
        run = Run(site, store, progress, Summary(known["papers"], known["topics"], known["areas"], 0, 0, 0.0))
        run.shard, run.collection = shard, collection
        _write_docs(collection, finding, run)
    run.summary.seconds = time.perf_counter() - start
    return run


def _checked(site: Site, store: Store, progress: Progress, running: ExitStack) -> tuple[Collection, Child[Found]]:
    """Return the collection, and the neighbors of its papers that are being found, as long as `running` lasts.

    What else reading takes (notes as phrases, records as the store has them) is gone when this returns.

    Raises:
        RejectedError: a record has findings.
    """
    with progress.phase("read and check"), checked(site.root, drafts=site.drafts, store=store) as (collection, check):
        give_back()
        # In a process of its own: what it takes goes with it, and isn't copied into each one that renders pages.
        passed = running.enter_context(closing(Gate()))
        finding = running.enter_context(beside(partial(_neighbors, collection, store, passed)))
        findings = check()
    if findings:
        raise RejectedError(findings)
    passed.open()
    return collection, finding


def _neighbors(collection: Collection, store: Store, passed: Gate) -> Found:
    """Return the neighbors of each paper; what follows from records that are refused is not kept in the store."""
    with store.later(passed.wait) as held:
        return likeness(collection.records.values(), held)


def _write_docs(collection: Collection, finding: Child[Found], run: Run) -> None:
    """Write everything that MkDocs or a program like it reads.

    Raises:
        RejectedError: a template is wrong, or a page written by hand stands where a generated one does.
    """
    site, store = run.site, run.store
    if findings := unread(site):
        raise RejectedError(findings)
    with run.progress.phase("plan"):
        renderer = Renderer(collection, site)
        renderer.warm()
        alike = Awaited(finding.result)
        outputs = _shared(list(plan(collection, site, store, alike)), run)
        before = Known(store.load(DOCS), store.load(BATCHES))
        for name in (DOCS, STANDING):
            store.forget(name)
        writer = Writer(site.build_docs, before)
        fingerprints = Fingerprints(collection, site)
        run.inputs = fingerprints.of(collection)  # here, so that no process has to look at every record again
        alike.wait()  # here, so that every process has them
        give_back()
        gc.freeze()  # what is there now stays to the end, so looking through it for garbage is in vain
    with run.progress.phase("render and write"):
        for known, changed in spread(partial(write_share, renderer, fingerprints, writer), outputs):
            writer.take_over(known, changed)
        if findings := list(taken_name(site, writer.known.keys)):
            raise RejectedError(findings)
        writer.copy_trees({"assets/": PROJECT / "docs" / "assets"}, {"": site.docs}, read=served)
        writer.finish()
    store.save(BATCHES, writer.known.batches)
    store.save(DOCS, writer.known.keys)
    run.keys = writer.known.keys
    run.together = {path for paths in writer.known.batches.values() for path in paths}
    hand = {path for path, _ in by_hand(site)}
    run.pages = {path for path in run.keys if path.endswith(".md") and path not in hand}
    run.summary.pages, run.summary.changed = len(run.pages), writer.changed


def _shared(outputs: list[Output], run: Run) -> list[Output]:
    """Return what this part writes: its share, and the pages whose titles MkDocs shows around all others."""
    shard = run.shard
    if shard is None:
        return outputs
    named = navigation(run.site)
    mine: list[Output] = []
    for output in outputs:
        if isinstance(output, Batch):
            mine += [output] if shard.first else []
        elif isinstance(output, Group):
            run.planned.update(map(output.path, output.forms))
            mine.append(replace(output, forms=tuple(form for form in output.forms if shard.has(output.path(form)))))
        else:
            run.planned.add(output.path)
            mine += [output] if shard.has(output.path) or output.path in named else []
    return mine


def build(root: Path, *, strict: bool = False, progress: Progress | None = None, shard: Shard | None = None) -> Run:
    """Make the whole site in `site/`; the old one stands there until the new one is finished.

    With `shard` only a part is made, as an archive below `build/`, and `site/` is left alone.

    Raises:
        RejectedError: a record, template or page has findings; the old site still stands.
        mkdocs.exceptions.Abort: with `strict`, MkDocs had a warning.
        OSError: a file can't be written; the old site still stands.
    """
    start = time.perf_counter()
    root = root.resolve()
    progress = progress or Progress()
    with alone(root), fewer_collections():
        look = Look(root)
        run = (None if shard else _amended(look, progress, strict=strict)) or _made(
            look, progress, shard, strict=strict
        )
    run.summary.seconds = time.perf_counter() - start
    return run


def _made(look: Look, progress: Progress, shard: Shard | None, *, strict: bool) -> Run:
    """Make the site, or a part of it, from everything there is."""
    run = render(look.root, progress, shard)
    folder = look.root / "build" / "mkdocs"
    with progress.phase("theme"):
        key = _make_theme(look.root, run, folder, strict=strict)
    with progress.phase("publish"):
        if shard:
            run.archive = archive(shard, run, folder)
            return run
        files = [*theme_files(folder, key, run.keys), *generated_files(run.site, run.keys, run.theme)]
        assert run.collection, "rendered"
        with beside(partial(_shelve, run.store, run.collection)) as shelving:
            behind = publish(run.site, run.store, run.theme, files)
            shelving.result()
        made_of = _made_of(run.site, strict=strict)
        keep(run.store, look, run.collection, Whole(look.began, made_of, run.summary.pages, behind))
    return run


def _shelve(store: Store, collection: Collection) -> None:
    """Keep what a build asks for in which only few notes and details changed."""
    store.save(SHELF, shelved(collection))
    store.save(REACH, index(collection)._asdict())


def _amended(look: Look, progress: Progress, *, strict: bool) -> Run | None:
    """Bring the finished site up to date if no more than a few notes were edited; return None where that won't do."""
    site = load_site(look.root)
    store = Store(look.root / "build" / "cache")
    if not store.has(STANDING):
        return None
    # It takes as long as all else, and what it makes serves a whole build too; most often it is there.
    with beside(partial(double, site)) as doubling:
        try:
            with progress.phase("look for changes"):
                amendment, theme = find(site, store, look, _made_of(site, strict=strict)), _known_theme(store)
            changed = amend(amendment, theme, progress, doubling.result)
        except WholeBuildError:
            doubling.result()
            return None
    counts = amendment.collection.counts
    summary = Summary(counts["papers"], counts["topics"], counts["areas"], amendment.seen[WHOLE].pages, changed, 0.0)
    return Run(site, store, progress, summary)


def _known_theme(store: Store) -> Theme:
    theme: Theme | None = store.load(THEME).get("theme")
    if theme is None:
        raise WholeBuildError
    return theme


def _made_of(site: Site, *, strict: bool) -> str:
    """Return a digest of settings, templates, pages by hand and the theme."""
    return base(site).hex() + _theme_key(site, strict=strict)


def _theme_key(site: Site, generated: Iterable[str] = (), links: Iterable[str] = (), *, strict: bool) -> str:
    """Return the key of MkDocs' part: another one each time where that may read files that nothing here knows of."""
    key = theme_key(site, generated, links, strict=strict)
    return f"{key} {time.time_ns()}" if reads_more(site) else key


THEME = "theme"
"""Table of the shells, with what they were made of, and the files that MkDocs wrote beside them."""


def _make_theme(root: Path, run: Run, folder: Path, *, strict: bool) -> str:
    """Let MkDocs do its part, unless it did so before and nothing of it changed; return what it was made of."""
    key = _theme_key(run.site, run.pages, linked(run.site, run.planned), strict=strict)
    known = run.store.load(THEME)
    if known.get("key") == key and known["files"] == {path for path, _ in walk(folder)}:
        run.theme = known["theme"]
        _warn(run, known["warnings"])
        return key
    from mkdocs.commands.build import build as mkdocs_build  # takes its time, and mostly isn't needed
    from mkdocs.config import load_config

    run.store.forget(THEME)
    warnings = _Warnings()
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about its successor
    run.publishes = True
    RUNS[root] = run
    try:
        with told(run.site), warnings.of("mkdocs"):
            options = {"site_dir": str(folder), "strict": strict or None, **extra_hooks(root)}
            mkdocs_build(load_config(str(root / "mkdocs.yml"), **options))
    finally:
        RUNS.pop(root, None)
        _warn(run, warnings.messages)
    files = {path for path, _ in walk(folder)}
    run.store.save(THEME, {"key": key, "files": files, "theme": run.theme, "warnings": warnings.messages})
    return key


def _warn(run: Run, messages: Iterable[str]) -> None:
    for message in messages:
        run.progress.say(f"warning: {message}")


class _Warnings(logging.Handler):
    """Keeps what a program warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Keep what a program warns of while the block runs."""
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)


RUNS: dict[Path, Run] = {}
"""The builds that are going on, by their folder: how MkDocs' hooks know of them."""


def extra_hooks(root: Path) -> dict[str, Any]:
    """Return the setting that adds the generator's hook for a bibliography whose `mkdocs.yml` doesn't name it."""
    named = settings(root).get("hooks") or []
    own = PROJECT / "gen" / "hooks.py"
    return {} if any((root / hook).resolve() == own for hook in named) else {"hooks": [*named, str(own)]}


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Wait until no other build of this folder is going on, and keep others waiting.

    The lock goes with the last process of a build, also if it is killed.

    Raises:
        mkdocs.exceptions.ConfigurationError: there are no settings, or they can't be read.
    """
    settings(root)  # where there are none, no folder is made
    lock = root / "build" / "lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build of this folder is going on; this one starts when it has ended.", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Let the collector of cyclic garbage come seldom: a build makes millions of objects and hardly any cycle.

    After it everything is looked through again, so that a preview that builds many times keeps none of its builds.
    """
    before = gc.get_threshold()
    gc.set_threshold(GARBAGE, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


GARBAGE = 50_000
"""Objects made since the collector last came, until it comes again; Python's own 700 makes it half of the work."""
