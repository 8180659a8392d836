"""A site of the papers as one writes it for MkDocs: pages in Markdown, lists written out, citations beside them."""

import json
from pathlib import Path

from bench.compare.papers import Paper, listings

KINDS = {"topics": "Topics", "years": "Years", "venues": "Venues", "people": "People"}

SETTINGS = """\
site_name: Peer
site_url: https://example.org/peer/
theme: {name: material, variant: classic, font: false}
plugins: [search]
markdown_extensions: [attr_list, tables]
nav: [{Home: index.md}, {Papers: papers/index.md}, {Topics: topics/index.md}, {Years: years/index.md},
  {Venues: venues/index.md}, {People: people/index.md}]
validation: {nav: {omitted_files: ignore}}
"""


def write_site(folder: Path, papers: list[Paper]) -> None:
    """Write `mkdocs.yml` and the pages: one for each paper, each list, and each kind of list."""
    docs = folder / "docs"
    for name in ("papers", *KINDS):
        (docs / name).mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (docs / "index.md").write_text(f"# Papers\n\n{len(papers)} papers.\n", encoding="utf-8")
    for paper in papers:
        (docs / "papers" / f"{paper.id}.md").write_text(page(paper), encoding="utf-8")
        (docs / "papers" / f"{paper.id}.bib").write_text(paper.bibtex, encoding="utf-8")
    indexes: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for listing in listings(papers):
        path = docs / listing.kind / listing.slug
        path.with_name(f"{listing.slug}.md").write_text(_list(listing.title, listing.papers), encoding="utf-8")
        path.with_name(f"{listing.slug}.bib").write_text(_bibtex(listing.papers), encoding="utf-8")
        indexes[listing.kind].append(f"- [{_safe(listing.title)}]({listing.slug}.md) ({len(listing.papers)})\n")
    for kind, lines in indexes.items():
        (docs / kind / "index.md").write_text(_items(KINDS[kind], lines), encoding="utf-8")
    (docs / "papers" / "index.md").write_text(_list("Papers", papers), encoding="utf-8")
    (docs / "bibliography.bib").write_text(_bibtex(papers), encoding="utf-8")


def page(paper: Paper) -> str:
    """Return the page of a paper."""
    people = [f"[{_safe(name)}](../people/{slug}.md)" if slug else _safe(name) for name, slug in paper.authors]
    venue = f"[{_safe(paper.venue[1])}](../venues/{paper.venue[0]}.md)" if paper.venue else "Preprint"
    out = [f"---\ntitle: {_quoted(paper.title)}\ndescription: {_quoted(paper.summary)}\n---\n"]
    out += [f"# {_safe(paper.title)}\n", ", ".join(people) + "\n"]
    out += [f"{venue}, [{paper.year}](../years/{paper.year}.md)\n"]
    out += [" · ".join(f"[{_safe(title)}](../topics/{slug}.md)" for slug, title in paper.topics) + "\n"]
    out += [" · ".join(f"[{label}]({target})" for label, target in paper.links) + "\n", paper.summary + "\n"]
    out += [f"## {heading}\n\n{text}\n" for heading, text in paper.parts]
    if paper.results:
        rows = "".join(
            "| " + " | ".join(_safe(cell).replace("|", "/") for cell in row) + " |\n" for row in paper.results
        )
        out += [f"## Results\n\n| Metric | Value | Versus | On |\n| --- | --- | --- | --- |\n{rows}"]
    if paper.relations:
        lines = (f"- {verb} [{_safe(title)}]({name}.md): {why}\n" for verb, name, title, why in paper.relations)
        out += [f"## Related\n\n{''.join(lines)}"]
    indented = "".join(f"    {line}\n" for line in paper.bibtex.splitlines())
    out += [f"## Cite\n\n[.bib]({paper.id}.bib)\n\n{indented}"]
    return "\n".join(out)


def _quoted(text: str) -> str:
    """Return text as a scalar of YAML, its letters unescaped: YAML knows no pairs of surrogates."""
    return json.dumps(text, ensure_ascii=False)


def _list(title: str, papers: list[Paper]) -> str:
    lines = [
        f"- [{_safe(paper.title)}](../papers/{paper.id}.md), {', '.join(_safe(name) for name, _ in paper.authors)}, "
        f"{paper.venue[1] if paper.venue else 'Preprint'} {paper.year}\n"
        for paper in papers
    ]
    return _items(title, lines)


def _items(title: str, lines: list[str]) -> str:
    # Out of the search: the other sites search papers alone, and Zensical's index has no room for long lists.
    return f"---\ntitle: {_quoted(title)}\nsearch:\n  exclude: true\n---\n\n# {_safe(title)}\n\n{''.join(lines)}"


def _bibtex(papers: list[Paper]) -> str:
    return "\n".join(paper.bibtex for paper in papers)


def _safe(text: str) -> str:
    """Return a line that Markdown shows as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#" else letter for letter in text)
