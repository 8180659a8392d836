"""How much a reader loads: `python -m bench.reading`, or `make bench-reading`.

Serves the built site (`make site` first) with gzip, as GitHub Pages does, and opens in Chromium the heaviest page of
each kind: cold, with nothing cached, and again from a page of the same kind, with styles and scripts cached. Prints
what was sent, in KB of 1,000 bytes, headers left out, beside what is allowed; ends with an error where something is
beyond that. The first row is the home page and the first result of a search in its dialog. With `--large`, that is
weighed with the index of 20,000 records too (`make bench-search` weighs more queries).
"""

import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.browser import launched
from bench.search.enlarged import copy_enlarged
from bench.search.run import LARGE, weigh
from bench.serving import Counted, served
from gen.checking import check_collection
from gen.site import PROJECT

COLD, CACHED, COLD_LARGE = 250, 60, 400
"""What a page may send in KB: with nothing cached, with styles and scripts cached, and with `LARGE` papers."""
KINDS = {
    "record": "papers/*/index.html",
    "topic": "topics/*/index.html",
    "browse": "browse/index.html",
    "results": "results/*/index.html",
    "search": "search/index.html",
    "map": "map/index.html",
    "pictures": "pictures/index.html",
    "reading path": "paths/*/index.html",
    "new": "new/index.html",
    "cite": "cite/index.html",
    "new record": "contribute/new/index.html",
}
"""Where the pages of each kind are; the heaviest one is opened."""
QUERY = "how to make the kv cache smaller"


@dataclass(frozen=True)
class Row:
    """What was sent for one page."""

    name: str
    cold: int
    requests: int
    allowed: int
    cached: int | None = None
    """What was sent with styles and scripts cached, where that is a question."""

    def show(self) -> str:
        """Return the line of the table."""
        cached = "" if self.cached is None else f"{self.cached / 1000:7.1f} of {CACHED:3}"
        mark = "" if self.good else "   TOO MUCH"
        return f"{self.name:64} {self.cold / 1000:7.1f} of {self.allowed:3} {self.requests:9} {cached:>15}{mark}"

    @property
    def good(self) -> bool:
        """Whether it is no more than is allowed; only of a record it is said what may be sent with a full cache."""
        return self.cold <= self.allowed * 1000 and (self.cached is None or self.cached <= CACHED * 1000)


def by_weight(site: Path, pattern: str) -> list[str]:
    """Return the addresses of pages of one kind, the heaviest first."""
    sizes = {page: len(gzip.compress(page.read_bytes(), 6)) for page in sorted(site.glob(pattern))}
    return [f"{page.parent.relative_to(site).as_posix()}/" for page in sorted(sizes, key=lambda page: -sizes[page])]


def searched(browser: Browser, server: Counted, name: str, label: str, allowed: int) -> Row:
    """Open the home page cold and search until the first result."""
    context = browser.new_context()
    sent = weigh(context.new_page(), server, name, QUERY)
    context.close()
    return Row(label, sent, len(server.sent), allowed)


def opened(browser: Browser, server: Counted, kind: str, pages: list[str]) -> Row:
    """Open the heaviest page of a kind cold; and in a browser that has seen another one of the kind."""
    page, *others = pages
    context = browser.new_context()
    tab = context.new_page()
    server.sent.clear()
    tab.goto(server.address("site") + page, wait_until="networkidle")
    cold, requests = sum(server.sent.values()), len(server.sent)
    context.close()
    cached = None
    if others:
        context = browser.new_context()
        tab = context.new_page()
        tab.goto(server.address("site") + others[-1], wait_until="networkidle")
        server.sent.clear()
        tab.goto(server.address("site") + page, wait_until="networkidle")
        cached = sum(server.sent.values())
        context.close()
    return Row(f"{kind}: {page}", cold, requests, COLD, cached)


def rows(browser: Browser, server: Counted, site: Path, *, large: bool) -> Iterator[Row]:
    """Yield the rows of the table."""
    papers = len(list(site.glob(KINDS["record"])))
    yield searched(browser, server, "site", f"home and first search result, {papers:,} papers", COLD)
    if large:
        yield searched(browser, server, "large", f"home and first search result, {LARGE:,} papers", COLD_LARGE)
    for kind, pattern in KINDS.items():
        yield opened(browser, server, kind, by_weight(site, pattern))


def main() -> None:
    """Serve, open, print."""
    site, large = PROJECT / "site", "--large" in sys.argv
    if not (site / "index.html").exists():
        sys.exit("There is no built site: make site")
    with TemporaryDirectory() as scratch:
        if large:
            copy_enlarged(check_collection(PROJECT, drafts=True)[0], LARGE, site, Path(scratch) / "large")
        with served({"site": site, "large": Path(scratch) / "large"}) as server, launched() as browser:
            print(f"{'KB, compressed':64} {'cold':>14} {'requests':>9} {'cached':>15}")
            good = True
            for row in rows(browser, server, site, large=large):
                print(row.show(), flush=True)
                good &= row.good
    if not good:
        sys.exit(1)


if __name__ == "__main__":
    main()
