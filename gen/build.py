"""The whole way of the data, from records to `build/docs` and on to `site/`."""

import asyncio
import logging
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from gen.checking import check_collection
from gen.collection import Collection
from gen.findings import Finding
from gen.pages import File, plan
from gen.pages.indexes import counts
from gen.render import Renderer
from gen.search import write_index
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
    pages = 0
    for output in plan(collection, site):
        if isinstance(output, File):
            writer.write(output.path, output.content())
        else:
            writer.write(output.path, renderer.page(output))
            pages += 1
    index = site.root / "build" / "pagefind"
    shutil.rmtree(index, ignore_errors=True)
    asyncio.run(write_index(collection, renderer, index))
    writer.copy_trees({"pagefind/": index})
    writer.copy_trees({"assets/": PROJECT / "docs" / "assets"}, {"": site.docs})
    writer.finish()
    return pages


def build(root: Path, *, strict: bool = False) -> Summary:
    """Make the whole site in `site/`; the old one stands there until the new one is finished.

    Raises:
        RejectedError: a record has findings; nothing was written.
        mkdocs.exceptions.Abort: with `strict`, MkDocs had a warning.
    """
    start = time.perf_counter()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    root = root.resolve()
    site = load_site(root)
    finished = root / "build" / "site"
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(finished), strict=strict or None)
    mkdocs_build(config)
    replace_folder(finished, site.output)
    summary = LAST[root]
    return Summary(
        summary.papers, summary.topics, summary.areas, summary.pages, summary.changed, time.perf_counter() - start
    )


LAST: dict[Path, Summary] = {}
"""What `render` made last for each folder, as MkDocs' hook called it."""
