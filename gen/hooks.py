"""What MkDocs calls: each hook only calls the generator, so that `mkdocs build` and `mkdocs serve` work bare."""

import sys
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

# MkDocs' own command runs without the project's folder on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gen.build import LAST, RejectedError, render
from gen.findings import as_text
from gen.linked_file import link_files
from gen.page_share import PageShare
from gen.site import PROJECT

SOURCES = ("papers", "topics", "paths", "templates", "venues.yaml", "people.yaml", "ids.txt")

_command = "build"
"""What MkDocs was called for."""


def on_startup(command: str, **_: Any) -> None:
    """Remember whether this is the live preview, whose reloading script stands inline in each page."""
    global _command  # noqa: PLW0603 - MkDocs tells it once, to the module
    _command = command


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
    config.extra["live"] = _command == "serve"
    layers = [str(folder) for folder in (root / "templates" / "theme", PROJECT / "templates" / "theme")]
    config.theme.dirs[:0] = [folder for folder in layers if Path(folder).is_dir() and folder not in config.theme.dirs]
    return config


SHARES: dict[str, PageShare] = {}
"""The build that is going on, by the folder it writes to."""


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Take over the pages and files that the generator wrote."""
    SHARES[config.site_dir] = PageShare(nav, files)
    link_files(files, config.docs_dir)
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Spread the work over all cores."""
    SHARES[config.site_dir].start(env, config, files)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Wait for the other processes."""
    SHARES.pop(config.site_dir).finish()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Watch what people edit. The generated tree is not watched, so one save is one rebuild."""
    root = Path(config.config_file_path).resolve().parent
    server.unwatch(config.docs_dir)
    for name in ("docs", *SOURCES):
        if (root / name).exists():
            server.watch(str(root / name))
    return server
