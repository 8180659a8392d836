"""How long 20,000 entries take in each format, and whether BibTeX's readers take them.

    .venv/bin/python bench/citations.py CORPUS.jsonl.gz    # lines with title, authors (given, family), year, venue

Without a corpus the records are generated, as the tests' are.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bibtexparser.entrypoint import parse_string

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gen.citation.formats import FORMATS, write
from gen.record import Record, Venue
from gen.source import Source
from tests.generated import records as generated

KINDS = {"journal": "journal", "workshop": "workshop"}


def corpus(path: Path) -> list[tuple[Record, Venue]]:
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            item = json.loads(line)
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


def main() -> None:
    items = corpus(Path(sys.argv[1])) if len(sys.argv) > 1 else generated(20_000)
    print(f"{len(items)} records")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, style in FORMATS.items():
            start = time.process_time()
            text = style.start + style.between.join(write(*item, suffix) for item in items) + style.end
            print(f"{style.name}: {time.process_time() - start:.1f} s, {len(text.encode()) / 1e6:.1f} MB")
            (Path(folder) / f"whole.{suffix}").write_text(text, encoding="utf-8")
            if suffix.endswith("bib"):
                library = parse_string(text)
                print(f"  read back: {len(library.entries)} entries, {len(library.failed_blocks)} failed")
        if shutil.which("biber"):
            start = time.perf_counter()
            command = ["biber", "--tool", "--validate-datamodel", "--output-file", "out.bib", "whole.biblatex.bib"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            said = [line for line in done.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
            print(f"biber: status {done.returncode}, {len(said)} warnings, {time.perf_counter() - start:.0f} s")
            print("\n".join(said[:10]))


if __name__ == "__main__":
    main()
