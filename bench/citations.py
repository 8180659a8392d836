"""How long 20,000 entries take in each format, and whether the readers of each take them without a word.

    .venv/bin/python -m bench.citations CORPUS.jsonl.gz    # lines with title, authors (given, family), year, venue

Without a corpus the records are generated, as the tests' are. BibTeX takes seconds and biber minutes; both get
the file whole, as a document that cites all of it would hand it to them.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string

from bench.corpus import rows
from gen.citation.citations import write
from gen.citation.formats import FORMATS
from gen.record import Record, Venue
from gen.source import Source
from tests.generated import records as generated

KINDS = {"journal": "journal", "workshop": "workshop"}

DOCUMENT = r"""\documentclass{article}
\usepackage[backend=biber]{biblatex}\addbibresource{whole.biblatex.bib}
\begin{document}\nocite{*}\printbibliography\end{document}
"""
AUXILIARY = "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{whole}\n"
"""What LaTeX writes for BibTeX about a document that cites everything."""


def corpus(path: Path) -> list[tuple[Record, Venue | None]]:
    """Return the corpus' entries as records, each with its venue."""
    found: list[tuple[Record, Venue | None]] = []
    for number, item in enumerate(rows(path)):
        names = [", ".join(part for part in (a["family"], a.get("given")) if part) for a in item["authors"]]
        values = {
            "title": " ".join(item["title"].split()),
            "authors": names or ["others"],
            "year": int(item["year"]),
            "volume": item.get("volume") or None,
            "pages": item.get("pages") or None,
        }
        source = Source(f"papers/{item['year']}/p{number}.yaml", Path())
        kind = KINDS.get(item.get("venue_type", ""), "conference")
        venue = Venue.model_validate({"short": item["venue"], "name": item["venue"], "type": kind})
        found.append((Record.model_validate(values, context={"source": source}), venue))
    return found


def read_back(text: str, suffix: str) -> str:
    """Return what a reader of another project makes of a file."""
    if suffix.endswith("bib"):
        library = parse_string(text)
        return f"{len(library.entries)} entries, {len(library.failed_blocks)} failed"
    read: Callable[[Any], Any] = rispy.load if suffix == "ris" else json.load
    return f"{len(read(io.StringIO(text)))} entries"


def run(folder: str, *command: str) -> None:
    """Run a program and tell its time and whatever it warned of."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    said = [line for line in done.stdout.splitlines() if "arning" in line or line.startswith(("WARN", "ERROR"))]
    taken = time.perf_counter() - start
    print(f"{' '.join(command)}: status {done.returncode}, {len(said)} warnings, {taken:.0f} s", flush=True)
    print("\n".join(said[:10]), flush=True)


def main() -> None:
    """Write, read back, and run the programs."""
    items = corpus(Path(sys.argv[1])) if len(sys.argv) > 1 else generated(20_000)
    print(f"{len(items)} records")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, style in FORMATS.items():
            start = time.process_time()
            text = style.start + style.between.join(write(*item, suffix) for item in items) + style.end
            print(f"{style.name}: {time.process_time() - start:.1f} s, {len(text.encode()) / 1e6:.1f} MB")
            (Path(folder) / f"whole.{suffix}").write_text(text, encoding="utf-8")
            print(f"  read back: {read_back(text, suffix)}", flush=True)
        (Path(folder) / "all.aux").write_text(AUXILIARY, encoding="utf-8")
        run(folder, "bibtex", "all")
        (Path(folder) / "paper.tex").write_text(DOCUMENT, encoding="utf-8")
        run(folder, "pdflatex", "-interaction=batchmode", "paper")
        run(folder, "biber", "--validate-datamodel", "paper")


if __name__ == "__main__":
    main()
