"""How well and how cheaply a known paper is found: `make bench-search`.

Asks the hundred queries of `queries.yaml` of our search, of Material's built-in one and of Pagefind (every word
wanted; and word by word, weighted by rarity and added up) over the same record pages in the same Chromium, and
prints how many find their paper first, among three, among ten. Then opens the home page cold, searches, and
prints what was sent until the first result, for this collection and for one of 20,000 records.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from playwright.sync_api import Page

from bench.browser import launched
from bench.search import peers
from bench.search.enlarged import copy_enlarged
from bench.serving import Counted, served
from gen.build import build
from gen.checking import check_collection
from gen.collection import Collection
from gen.search import STOPWORDS
from gen.site import PROJECT

QUERIES = Path(__file__).with_name("queries.yaml")
RANKS = (1, 3, 10)
LARGE = 20_000

OURS = """
async ([root, query]) => {
  const { Index } = await import(`${root}assets/js/search/engine.js`);
  const index = (window.ours ||= new Index(root));
  const found = await index.search(query);
  return (await index.shown(found.slice(0, 10).map(({ number }) => number))).map(({ id }) => `papers/${id}/`);
}
"""

Ask = Callable[[str], list[str]]


def rank(addresses: list[str], answers: list[str]) -> int:
    """Return the place of the first answer among the found pages, from 1, or 0 if none is there."""
    ids = [address.split("#")[0].strip("/").removesuffix("/index.html").rpartition("/")[2] for address in addresses]
    return next((place for place, found in enumerate(dict.fromkeys(ids), 1) if found in answers), 0)


def report(name: str, queries: list[dict[str, object]], ask: Ask, *, misses: bool) -> None:
    """Print one line of the table, and with `misses` the queries whose paper is not among three."""
    places = [rank(ask(str(query["query"])), query["answers"]) for query in queries]  # type: ignore[arg-type]
    print(f"{name:32}", *(f"{sum(0 < place <= limit for place in places):6}" for limit in RANKS))
    for query, place in zip(queries, places, strict=True):
        if misses and not 0 < place <= 3:
            print(f"    {place or '-':>3}  {query['query']}  ->  {', '.join(query['answers'])}")  # type: ignore[arg-type]


def compare(page: Page, server: Counted, queries: list[dict[str, object]], records: int, *, misses: bool) -> None:
    """Print the table."""
    print(f"\n{len(queries)} queries over {records} papers: the paper is among the first")
    print(" " * 32, *(f"{limit:6}" for limit in RANKS))
    ours, material = server.address("ours"), server.address("material")
    pagefind = server.address("pagefind") + "pagefind/pagefind.js"
    page.goto(ours)
    report("Gloss", queries, lambda query: page.evaluate(OURS, [ours, query]), misses=misses)
    given = [pagefind, records, sorted(STOPWORDS)]
    for name, script in (("word by word", peers.PAGEFIND_BY_WORD), ("every word", peers.PAGEFIND_WHOLE)):
        report(f"Pagefind, {name}", queries, lambda query, s=script: page.evaluate(s, [*given, query]), misses=False)  # type: ignore[misc]
    page.add_init_script(peers.MATERIAL_SPY)
    page.goto(material)
    page.evaluate("() => document.querySelector('[data-md-toggle=search]').click()")
    page.wait_for_function("() => window.materialSearch")
    report("Material's built-in", queries, lambda query: page.evaluate(peers.MATERIAL_ASK, query), misses=False)


def weigh(page: Page, server: Counted, name: str, query: str) -> int:
    """Return the bytes sent from opening the home page to the first result in the dialog, nothing cached."""
    server.sent.clear()
    page.goto(server.address(name), wait_until="load")
    page.keyboard.press("/")
    page.keyboard.type(query, delay=40)
    page.locator("dialog [data-paper]").first.wait_for()
    page.wait_for_load_state("networkidle")
    return sum(server.sent.values())


def prepare(collection: Collection, scratch: Path) -> dict[str, Path]:
    """Build our site and its peers, and return the folders to serve by name."""
    if "--built" not in sys.argv:
        build(PROJECT)
    ours, pagefind, large = PROJECT / "site", scratch / "pagefind", scratch / "large"
    material = peers.build_material(PROJECT / "build" / "docs", scratch / "material")
    peers.build_pagefind(ours, pagefind / "pagefind")
    copy_enlarged(collection, LARGE, ours, large)
    return {"ours": ours, "material": material, "pagefind": pagefind, "large": large}


def main() -> None:
    """Build, serve, ask, print."""
    queries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    collection, _ = check_collection(PROJECT, drafts=True)
    records = len(collection.records)
    with TemporaryDirectory() as scratch:
        folders = prepare(collection, Path(scratch))
        with served(folders) as server, launched() as browser:
            compare(browser.new_page(), server, queries, records, misses="--misses" in sys.argv)
            print("\nKB sent, compressed, from opening the site to the results of a query typed letter by letter:")
            for name, size in (("ours", records), ("large", LARGE)):
                sent = sorted(weigh(browser.new_context().new_page(), server, name, q["query"]) for q in queries[::5])
                print(f"{size:8,} papers: median {sent[len(sent) // 2] / 1000:.0f}, most {sent[-1] / 1000:.0f}")


if __name__ == "__main__":
    main()
