"""A site of the papers as one writes it for Hugo: data in front matter, layouts and taxonomies do the rest."""

import json
import shutil
from pathlib import Path

from bench.compare.papers import Paper, listings

LAYOUTS = Path(__file__).with_name("hugo")


def write_site(folder: Path, papers: list[Paper]) -> None:
    """Write settings, layouts, and a content file for each paper and each term of a taxonomy."""
    shutil.copytree(LAYOUTS, folder)
    content = folder / "content"
    (content / "papers").mkdir(parents=True)
    for paper in papers:
        (content / "papers" / f"{paper.id}.md").write_text(page(paper), encoding="utf-8")
    for listing in listings(papers):
        term = content / listing.kind / listing.slug / "_index.md"
        term.parent.mkdir(parents=True)
        term.write_text(json.dumps({"title": listing.title}) + "\n", encoding="utf-8")


def page(paper: Paper) -> str:
    """Return the content file of a paper: front matter in JSON, the note in Markdown."""
    front = {
        "title": paper.title,
        "description": paper.summary,
        "slug": paper.id,
        "authors": [{"name": name, "slug": slug} for name, slug in paper.authors],
        "year": paper.year,
        "venue": {"key": paper.venue[0], "name": paper.venue[1]} if paper.venue else None,
        "subjects": [{"slug": slug, "title": title} for slug, title in paper.topics],
        "links": [{"label": label, "target": target} for label, target in paper.links],
        "results": paper.results,
        "relations": [
            {"verb": verb, "id": name, "title": title, "why": why} for verb, name, title, why in paper.relations
        ],
        "bibtex": paper.bibtex,
        "topics": [slug for slug, _ in paper.topics],
        "years": [str(paper.year)],
        "venues": [paper.venue[0]] if paper.venue else [],
        "people": [slug for _, slug in paper.authors if slug],
    }
    note = "\n".join(f"## {heading}\n\n{text}\n" for heading, text in paper.parts)
    return f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{note}"
