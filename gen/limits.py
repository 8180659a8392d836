"""What GitHub Pages takes: a finished site is held against its limits, with what takes how much and what to do.

The limits are GitHub's own words (docs.github.com, "GitHub Pages limits"): a published site may be no larger than
1 GB, and a deployment that takes longer than 10 minutes is ended. How long one takes is not told beforehand; it grows
with the size, so the warning comes before the limit does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from gen.citation.formats import SUFFIXES
from gen.folders import entries
from gen.parallel import spread

SITE = 1_000_000_000
"""Bytes of a published site."""
NEAR = 0.8
"""Part of the limit from which on it is worth a word."""

_CITATIONS = tuple(f".{suffix}" for suffix in SUFFIXES)
"""What the files of citations end with."""
ADVICE = {
    name: f"`{name.split()[-1]}: [bib]` under `extra: formats:` in mkdocs.yml writes BibTeX alone, `[]` nothing"
    for name in ("citations of lists", "citations of people")
}
"""How to make a kind smaller, by its name."""
CHANGED = 1000
"""Files that a build changes before a look at the whole site is worth its time; one on a fresh machine changes all."""


def kind(path: str) -> str:
    """Return the kind that a file of a site is counted with, by its path: `pages of papers`, `search`."""
    folder = path.partition("/")[0] if "/" in path else ""
    if path.endswith(_CITATIONS) and folder != "assets":
        owner = {"papers": "papers", "people": "people", "": "the whole"}.get(folder, "lists")
        return f"citations of {owner}"
    if path.endswith(".html"):
        return {"papers": "pages of papers", "people": "pages of people"}.get(folder, "other pages")
    return {"search": "search", "assets": "assets"}.get(folder, "feeds and data")


def sizes(site: Path) -> dict[str, tuple[int, int]]:
    """Return how many files and bytes each kind has in a finished site."""
    files: Counter[str] = Counter()
    bytes_of: Counter[str] = Counter()
    top = sorted(path.name for path in site.iterdir()) if site.is_dir() else []
    for share in spread(partial(_weigh, site), top):
        files.update(share[0])
        bytes_of.update(share[1])
    return {name: (files[name], bytes_of[name]) for name in files}


def _weigh(site: Path, names: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return the number and the bytes of the files of each kind, of some of a site's files and folders."""
    files: Counter[str] = Counter()
    bytes_of: Counter[str] = Counter()
    for name in names:
        found = ((f"{name}/{path}", entry.stat().st_size) for path, entry in entries(site / name))
        for path, size in found if (site / name).is_dir() else [(name, (site / name).stat().st_size)]:
            files[kind(path)] += 1
            bytes_of[kind(path)] += size
    return files, bytes_of


def table(found: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return a line for each kind, the largest first, and how to make it smaller where there is a way."""
    lines = []
    for name, (files, size) in sorted(found.items(), key=lambda item: -item[1][1]):
        advice = f"; {ADVICE[name]}" if name in ADVICE else ""
        lines.append(f"  {size / 1e6:,.1f} MB in {files:,} files: {name}{advice}")
    return lines


def total(found: Mapping[str, tuple[int, int]]) -> str:
    """Return how near a site with such files is to the limits."""
    size = sum(size for _, size in found.values()) / 1e6
    return f"{size:,.0f} MB of the {SITE / 1e6:,.0f} MB that GitHub Pages takes; it ends a deployment after 10 minutes"


def messages(found: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return what is to say about a site with such files; nothing while it is well below the limit."""
    total = sum(size for _, size in found.values())
    if total < NEAR * SITE:
        return []
    over = "more than" if total > SITE else "close to"
    return [
        f"The site has {total / 1e6:,.0f} MB, {over} the {SITE / 1e6:,.0f} MB that GitHub Pages takes:",
        *table(found),
    ]
