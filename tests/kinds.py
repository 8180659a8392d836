"""Pages of each kind, as paths below a site's root: what tests of the whole site's look and reach go through."""

from pathlib import Path

TOY = (
    "",
    "papers/",
    "papers/example2023fast/",
    "papers/sample2024slow/",
    "topics/",
    "topics/blocks/",
    "topics/towers/",
    "years/",
    "years/2023/",
    "venues/",
    "venues/toyconf/",
    "people/",
    "people/ada-example/",
    "people/a-to-z/e/",
    "systems/",
    "benchmarks/",
    "browse/",
    "results/",
    "results/quality/",
    "search/",
    "search/?q=blocks",
    "map/",
    "pictures/",
    "paths/",
    "paths/first-tower/",
    "new/",
    "coverage/",
    "coverage/code/",
    "cite/",
    "picks/",
    "picks/#ids=example2023fast,sample2024slow",
    "contribute/new/",
    "contribute/fields/",
    "contribute/checks/",
    "schema/",
    "about/",
)
"""Of the toy collection."""

REAL = ("browse/", "map/", "results/memory/", "search/?q=low+rank", "contribute/", "design/", "404.html")
"""Of the real collection: kinds that many papers change, and pages by hand that only it has."""


def unmet(site: Path, kinds: tuple[str, ...]) -> list[str]:
    """Return the folders at the top of a site whose pages no path of `kinds` looks into."""
    there = {page.relative_to(site).parts[0] for page in site.glob("*/**/index.html")}
    return sorted(there - {kind.partition("/")[0] for kind in kinds})
