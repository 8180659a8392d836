"""The searches that ours is held against, over the same record pages: Material's own, and Pagefind.

Each is built into a scratch folder and asked in the browser. Both index nothing but the pages of records, which
is the best case for them: no list of papers stands before the paper itself.
"""

import asyncio
import shutil
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from pagefind.index import IndexConfig, PagefindIndex

MATERIAL_SPY = """
// Keeps hold of the worker that Material's search box talks to, to ask it what the box would.
const Original = Worker;
window.Worker = class extends Original {
  constructor(...given) {
    super(...given);
    window.materialReady = new Promise((resolve) => {
      this.addEventListener("message", ({ data }) => data.type === 1 && resolve(true));
    });
    window.materialSearch = this;
  }
};
"""

MATERIAL_ASK = """
async (query) => {
  await window.materialReady;
  return new Promise((resolve) => {
    const answer = ({ data }) => {
      if (data.type !== 3) return;
      window.materialSearch.removeEventListener("message", answer);
      resolve(data.data.items.map(([{ location }]) => location));
    };
    window.materialSearch.addEventListener("message", answer);
    window.materialSearch.postMessage({ type: 2, data: query });
  });
}
"""

PAGEFIND_WHOLE = """
async ([module, records, stop, query]) => {
  const pagefind = await import(module);
  const { results } = await pagefind.search(query);
  return Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).raw_url));
}
"""

PAGEFIND_BY_WORD = """
async ([module, records, stop, query]) => {
  const pagefind = await import(module);
  const words = (query.toLowerCase().match(/[\\p{L}\\p{N}]+/gu) || []).filter((word) => !stop.includes(word));
  const scores = new Map(), found = new Map();
  for (const word of words) {
    const { results } = await pagefind.search(word);
    const rarity = Math.log(1 + (records - results.length + 0.5) / (results.length + 0.5));
    for (const result of results) {
      found.set(result.id, result);
      scores.set(result.id, (scores.get(result.id) || 0) + rarity * result.score);
    }
  }
  const best = [...scores].sort((a, b) => b[1] - a[1]).slice(0, 10);
  return Promise.all(best.map(async ([id]) => (await found.get(id).data()).raw_url));
}
"""


def build_material(docs: Path, scratch: Path) -> Path:
    """Build the record pages below `docs` with Material's own search, and return the site's folder."""
    shutil.copytree(docs / "papers", scratch / "docs" / "papers", ignore=shutil.ignore_patterns("*.bib", "*.html"))
    (scratch / "docs" / "index.md").write_text("# Papers\n", encoding="utf-8")
    settings = scratch / "mkdocs.yml"
    settings.write_text(
        "site_name: Peer\ntheme: {name: material, font: false}\nplugins: [search]\nmarkdown_extensions: [attr_list]\n"
        "validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, unrecognized_links: ignore}}\n",
        encoding="utf-8",
    )
    mkdocs_build(load_config(str(settings), site_dir=str(scratch / "site"), nav=[{"Home": "index.md"}]))
    return scratch / "site"


def build_pagefind(site: Path, folder: Path) -> None:
    """Index the record pages of a built site with Pagefind."""

    async def run() -> None:
        config = IndexConfig(root_selector=".gl-page--record", force_language="en", output_path=str(folder))
        async with PagefindIndex(config=config) as index:
            await index.add_directory(str(site), glob="papers/*/index.html")

    asyncio.run(run())
