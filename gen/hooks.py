"""What MkDocs calls: each hook only calls the generator, so that `mkdocs build` and `mkdocs serve` work bare."""

import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# MkDocs' own command runs without the project's folder on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gen.build import RUNS, Run, alone, fewer_collections, render
from gen.compiled import compiled
from gen.findings import RejectedError, as_text
from gen.link_targets import LinkTargets
from gen.publish import fill, generated_files
from gen.site import PROJECT
from gen.standing import SOURCES
from gen.theme import write_sources

_command = "build"
"""What MkDocs was called for."""
_building = ExitStack()
"""Holds the folder of the build that goes on."""
_compiling = ExitStack()
"""Holds the theme's compiled templates until MkDocs is done."""


def on_startup(command: str, **_: Any) -> None:
    """Remember whether this is the live preview, whose reloading script stands inline in each page."""
    global _command  # noqa: PLW0603 - MkDocs tells it once, to the module
    _command = command
    logging.getLogger("mkdocs.commands.build").addFilter(_not_of_taken)


def _not_of_taken(record: logging.LogRecord) -> bool:
    """Whether MkDocs says something else than that it leaves out a page which was taken from it and is published."""
    page = record.getMessage().removeprefix("Page skipped: '").partition("'")[0]
    return not any(page in run.theme.shells for run in RUNS.values())


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Generate `build/docs`, and let MkDocs read what the theme is needed for instead of the pages by hand alone."""
    root = _root(config)
    if root not in RUNS or not RUNS[root].publishes:
        _building.close()  # after a build that ended without a word, as by an interrupt
        _building.enter_context(alone(root))
        RUNS[root] = _generate(root)
    run = RUNS[root]
    config.docs_dir = str(write_sources(run.site, config.nav, run.pages))
    config.extra["live"] = _command == "serve"
    layers = [str(folder) for folder in (root / "templates" / "theme", PROJECT / "templates" / "theme")]
    config.theme.dirs[:0] = [folder for folder in layers if Path(folder).is_dir() and folder not in config.theme.dirs]
    return config


def _generate(root: Path) -> Run:
    try:
        with fewer_collections():
            return render(root)
    except RejectedError as rejected:
        for finding in rejected.findings:
            print(as_text(finding))
        raise Abort(f"There is something to mend: {rejected}.") from rejected


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let pages written by hand link to what the generator wrote."""
    run = RUNS[_root(config)]
    return LinkTargets(files, run.site.build_docs, run.planned, config)


def on_env(env: Environment, **_: Any) -> Environment:
    """Let MkDocs compile only those of the theme's templates that no build before compiled."""
    _compiling.close()
    env.bytecode_cache = _compiling.enter_context(compiled("theme"))
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep the shells, which are no pages of the site."""
    run = RUNS[_root(config)]
    return run.theme.take(output, page, run.pages)


def on_post_build(config: MkDocsConfig) -> None:
    """Put the generated pages and files into the site, where no build of ours does so."""
    _compiling.close()
    run = RUNS[_root(config)]
    if not run.publishes:
        fill(run.site, run.theme, list(generated_files(run.site, run.keys, run.theme)), Path(config.site_dir))
        _building.close()


def on_build_error(error: Exception) -> None:
    """Let others build after a build that failed."""
    _building.close()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Watch what people edit. The generated tree is not watched, so one save is one rebuild."""
    root = _root(config)
    server.unwatch(config.docs_dir)
    for name in set(SOURCES) - {"mkdocs.yml"}:  # which MkDocs watches itself
        if (root / name).exists():
            server.watch(str(root / name))
    return server


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
