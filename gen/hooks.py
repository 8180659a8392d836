"""What MkDocs calls: each hook only calls the generator, so that `mkdocs build` and `mkdocs serve` work bare."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from gen.build import LAST, RejectedError, render
from gen.findings import as_text
from gen.generated_page import adopt

SOURCES = ("papers", "topics", "paths", "templates", "venues.yaml", "people.yaml")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Generate `build/docs` and let MkDocs read that instead of the pages written by hand alone."""
    root = Path(config.config_file_path).resolve().parent
    try:
        LAST[root] = render(root)
    except RejectedError as rejected:
        for finding in rejected.findings:
            print(as_text(finding))
        raise Abort(f"The records have {len(rejected.findings)} findings.") from rejected
    config.docs_dir = str(root / "build" / "docs")
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Let pages that the generator wrote skip Python-Markdown, which would change nothing in them."""
    for file in files.documentation_pages():
        if file.page is not None:
            adopt(file.page)
    return nav


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Watch what people edit. The generated tree is not watched, so one save is one rebuild."""
    root = Path(config.config_file_path).resolve().parent
    server.unwatch(config.docs_dir)
    for name in ("docs", *SOURCES):
        if (root / name).exists():
            server.watch(str(root / name))
    return server
