"""The whole way of the data, from records to `build/docs` and on to `site/`."""

import logging
import os
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.utils.yaml import yaml_load

from gen.checking import check_collection
from gen.collection import Collection
from gen.findings import Finding
from gen.pages import Batch, File, Output, plan
from gen.pages.indexes import counts
from gen.parallel import Child, processes
from gen.render import Renderer
from gen.site import PROJECT, Site, load_site
from gen.write import Writer, replace_folder


class RejectedError(Exception):
    """The records have findings, so nothing was written."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run made."""

    papers: int
    topics: int
    areas: int
    pages: int
    changed: int
    """Files in `build/docs` that are new or have other bytes than before."""
    seconds: float


def render(root: Path) -> Summary:
    """Read, check, plan, render and write `build/docs`.

    Raises:
        RejectedError: a record has findings; nothing was written.
    """
    start = time.perf_counter()
    site = load_site(root)
    collection, findings = check_collection(root, drafts=site.drafts)
    if findings:
        raise RejectedError(findings)
    writer = Writer(site.build_docs)
    pages = write_docs(collection, site, writer)
    known = counts(collection)
    elapsed = time.perf_counter() - start
    return Summary(known["papers"], known["topics"], known["areas"], pages, writer.changed, elapsed)


def write_docs(collection: Collection, site: Site, writer: Writer) -> int:
    """Write everything that MkDocs reads, and return the number of generated pages."""
    renderer = Renderer(collection, site)
    outputs = list(plan(collection, site))
    share = processes()
    others = [Child(partial(_write_share, outputs[part::share], renderer)) for part in range(1, share)]
    pages = _write_outputs(outputs[::share], renderer, writer)
    for other in others:
        paths, changed, more = other.result()
        writer.take_over(paths, changed)
        pages += more
    writer.copy_trees({"assets/": PROJECT / "docs" / "assets"}, {"": site.docs})
    writer.finish()
    return pages


def _write_share(outputs: list[Output], renderer: Renderer) -> tuple[set[str], int, int]:
    """Write some outputs in a process of its own; return the paths, how many changed, and the number of pages."""
    writer = Writer(renderer.site.build_docs)
    pages = _write_outputs(outputs, renderer, writer)
    return writer.written, writer.changed, pages


def _write_outputs(outputs: list[Output], renderer: Renderer, writer: Writer) -> int:
    pages = 0
    for output in outputs:
        if isinstance(output, File):
            writer.write(output.path, output.content())
        elif isinstance(output, Batch):
            for file in output.files():
                writer.write(file.path, file.content())
        else:
            writer.write(output.path, renderer.page(output))
            pages += 1
    return pages


def build(root: Path, *, strict: bool = False) -> Summary:
    """Make the whole site in `site/`; the old one stands there until the new one is finished.

    Raises:
        RejectedError: a record has findings; nothing was written.
        mkdocs.exceptions.Abort: with `strict`, MkDocs had a warning.
    """
    start = time.perf_counter()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice about its successor
    root = root.resolve()
    site = load_site(root)
    finished = root / "build" / "site"
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(finished), strict=strict or None, **extra_hooks(root))
    mkdocs_build(config)
    replace_folder(finished, site.output)
    summary = LAST[root]
    return Summary(
        summary.papers, summary.topics, summary.areas, summary.pages, summary.changed, time.perf_counter() - start
    )


def extra_hooks(root: Path) -> dict[str, Any]:
    """Return the setting that adds the generator's hook for a bibliography whose `mkdocs.yml` doesn't name it."""
    with (root / "mkdocs.yml").open(encoding="utf-8") as file:
        named = yaml_load(file).get("hooks") or []
    own = PROJECT / "gen" / "hooks.py"
    return {} if any((root / hook).resolve() == own for hook in named) else {"hooks": [*named, str(own)]}


LAST: dict[Path, Summary] = {}
"""What `render` made last for each folder, as MkDocs' hook called it."""
