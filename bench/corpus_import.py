"""Import a corpus as BibTeX and as CSL-JSON and compare what comes back: `python -m bench.corpus_import FILE.jsonl.gz`.

The corpus is a file of JSON lines with title, authors (given, family), year, venue. Tells how many entries were
taken, and how many titles and names are not what they were.
"""

import datetime
import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gen.citation.bibtex import bibtex
from gen.citation.entry import Dialect, entry
from gen.collection import gather
from gen.drafting.drafter import Drafter
from gen.facts.clean import written_name
from gen.importing.run import import_files
from gen.names import parse_name
from gen.reading import read_collection, read_venues
from gen.record import Record, Venue
from gen.site import PROJECT
from gen.source import Source

TYPES = {"journal": "article-journal", "conference": "paper-conference", "workshop": "paper-conference"}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the corpus' entries."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def names(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors as a record writes them."""
    return tuple(written_name(author["family"], author.get("given") or "") for author in row["authors"]) or ("others",)


def as_bibtex(corpus: Path, dialect: Dialect) -> str:
    """Return the corpus as one file, written by the project's own writer."""
    entries = []
    for number, row in enumerate(rows(corpus)):
        source = {"source": Source(f"papers/{row['year']}/k{number}.yaml", corpus)}
        values = {
            "title": " ".join(row["title"].split()),
            "authors": names(row),
            "year": int(row["year"]),
            "venue": "x",
        }
        kind = row.get("venue_type") if row.get("venue_type") in TYPES else "conference"
        record = Record.model_validate(values, context=source)
        entries.append(entry(record, Venue(short="X", name=row.get("venue") or "X", type=kind), dialect))  # type: ignore[arg-type]
    return bibtex(entries)


def as_csl(corpus: Path) -> str:
    """Return the corpus as CSL-JSON."""
    items = [
        {
            "id": f"k{number}",
            "type": TYPES.get(row.get("venue_type", ""), "paper-conference"),
            "title": row["title"],
            "author": [{"family": a["family"], "given": a.get("given") or ""} for a in row["authors"]],
            "issued": {"date-parts": [[int(row["year"])]]},
            "container-title": row.get("venue") or "",
        }
        for number, row in enumerate(rows(corpus))
    ]
    return json.dumps(items, ensure_ascii=False, indent=1)


def spoken(parts: Iterable[tuple[str, str]]) -> list[str]:
    """Return each name as `Given Family`, spaces made single."""
    return [" ".join(" ".join(part).split()) for part in parts]


def measure(name: str, text: str, suffix: str, corpus: Path) -> None:
    """Import one file into an empty collection and tell what is not as it was."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / f"corpus{suffix}"
        file.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        drafter = Drafter(
            gather(read_collection(root)), read_venues(PROJECT), own=True, today=datetime.date(2026, 1, 1)
        )
        outcomes = list(import_files(drafter, [file]))
        seconds = time.perf_counter() - start
        counts = Counter(outcome.status for outcome in outcomes)
        print(f"{name}: {len(outcomes)} entries, {dict(counts)}, {seconds:.1f} s")
        for outcome in [outcome for outcome in outcomes if outcome.status == "left"][:10]:
            print("  ", outcome)
        reading = read_collection(root)
        print(f"  findings when read again: {len(reading.findings)}")
        back = {record.id: record for record in reading.records}
        originals = dict(enumerate(rows(corpus)))
        wrong_titles = wrong_names = compared = 0
        for number, outcome in enumerate(outcomes):
            if outcome.status != "taken":
                continue
            record = back[Path(outcome.what.removeprefix("taken as ")).stem]
            original = originals[number]
            compared += 1
            if record.title != " ".join(original["title"].split()):
                wrong_titles += 1
                print(f"  title {original['title']!r} became {record.title!r}")
            given = spoken((a.get("given") or "", a["family"]) for a in original["authors"])
            names = (parse_name(author) for author in record.authors if author != "others")
            found = spoken((name.given, name.last) for name in names)
            if given != found:
                wrong_names += 1
                print(f"  names {[name for name in given if name not in found]} ({len(given)}, {len(found)})")
        print(f"  {compared} compared: {wrong_titles} titles differ, {wrong_names} lists of names differ")


def main() -> None:
    """Measure each format."""
    corpus = Path(sys.argv[1])
    measure("BibTeX", as_bibtex(corpus, Dialect.BIBTEX), ".bib", corpus)
    measure("biblatex", as_bibtex(corpus, Dialect.BIBLATEX), ".bib", corpus)
    measure("CSL-JSON", as_csl(corpus), ".json", corpus)


if __name__ == "__main__":
    main()
