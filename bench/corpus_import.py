r"""Import a corpus and write it out again: `python -m bench.corpus_import FILE.jsonl.gz`.

The corpus is a file of JSON lines with title, authors (given, family), year, venue. It is written as BibTeX, as
biblatex and as CSL-JSON, imported, read as records, and written once more. Told are how many entries were taken, how
many were shown as duplicates of which, and two counts of what differs:

- On the way out: title and names in the second file against those in the first, letter for letter, but that `--` in
  the first of biblatex may be the dash itself in the second. None may differ.
- In the record: title and names against the corpus itself, each kind of difference counted by name. BibTeX holds
  fewer letters than Unicode, so these are readings of one and the same LaTeX, and set the same type:
  `quotes`: BibTeX's writer curls straight double quotes, and has `'` for both apostrophes;
  `dashes`: `--` is LaTeX for a dash, and U+2010 is a hyphen;
  `letters`: a dotless letter or ligature as a PDF holds it, `\u0131\u0301` for `\u00ed`;
  `dollars`: a formula that LaTeX can't read (`$\sqrtT$`) is text with dollars, which a record writes `\$`.
  What none of them explains is printed, and may not be.
"""

import datetime
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.corpus import names, rows
from gen.citation.bibtex import bibtex
from gen.citation.csl import csl_item
from gen.citation.entry import Dialect, entry
from gen.collection import gather
from gen.drafting.drafter import Drafter
from gen.importing.run import import_files
from gen.names import parse_name
from gen.reading import read_collection, read_venues
from gen.record import Record, Venue
from gen.site import PROJECT
from gen.source import Source
from gen.text.latex import curled

TYPES = {"journal": "article-journal", "conference": "paper-conference", "workshop": "paper-conference"}


SAME: dict[str, Callable[[str], str]] = {
    "quotes": lambda text: curled(text).replace("’", "'").replace("‘", "'"),
    "dashes": lambda text: text.replace("‐", "-").replace("---", "—").replace("--", "–"),
    "letters": lambda text: unicodedata.normalize("NFKC", text.replace("ı", "i")),
    "dollars": lambda text: text.replace(r"\$", "$"),
}
"""Differences between a title before and after that set no other type, each by what takes it away."""


def records(corpus: Path) -> Iterator[Record]:
    """Yield the corpus as records, as it stands: nothing is mended but runs of spaces."""
    for number, row in enumerate(rows(corpus)):
        source = {"source": Source(f"papers/{row['year']}/k{number}.yaml", corpus)}
        values = {
            "title": " ".join(row["title"].split()),
            "authors": names(row),
            "year": int(row["year"]),
            "venue": "x",
        }
        yield Record.model_validate(values, context=source)


def as_bibtex(corpus: Path, dialect: Dialect) -> str:
    """Return the corpus as one file, written by the project's own writer."""
    entries = []
    for row, record in zip(rows(corpus), records(corpus), strict=True):
        kind = row.get("venue_type") if row.get("venue_type") in TYPES else "conference"
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


def spoken(authors: Iterable[str]) -> list[str]:
    """Return each name as `Given Family`."""
    return [
        " ".join(part for part in (name.given, name.last, name.suffix) if part) for name in map(parse_name, authors)
    ]


def difference(before: str, after: str) -> str:
    """Return which of the named differences make one text the other: nothing, some of them, or `other`."""
    used = []
    for name, change in SAME.items():
        if before == after:
            break
        if (change(before), change(after)) != (before, after):
            used.append(name)
            before, after = change(before), change(after)
    return "+".join(used) if before == after else "other"


def set_dashes(fields: tuple[str, str]) -> tuple[str, str]:
    """Return title and authors with LaTeX's dashes as letters."""
    title, authors = (SAME["dashes"](text) for text in fields)
    return title, authors


Written = Callable[[Iterable[Record]], dict[str, tuple[str, str]]]


def bibtex_fields(dialect: Dialect) -> Written:
    """Return what takes title and authors out of the file that records are written as."""
    venue = Venue(short="X", name="X", type="conference")

    def written(records: Iterable[Record]) -> dict[str, tuple[str, str]]:
        fields = {record.id: dict(entry(record, venue, dialect).fields) for record in records}
        return {name: (values["title"], values.get("author", "")) for name, values in fields.items()}

    return written


def csl_fields(records: Iterable[Record]) -> dict[str, tuple[str, str]]:
    """Take title and authors out of the items that records are written as; a title without the mark of formulas."""
    items = {record.id: csl_item(record, None) for record in records}
    return {
        name: (re.sub('<span class="nocase">|</span>', "", item["title"]), json.dumps(item.get("author")))
        for name, item in items.items()
    }


def measure(name: str, text: str, suffix: str, corpus: Path, written: Written) -> bool:
    """Import one file into an empty collection, tell what is not as it was, and return whether nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / f"corpus{suffix}"
        file.write_text(text, encoding="utf-8")
        start = time.process_time()
        drafter = Drafter(
            gather(read_collection(root)), read_venues(PROJECT), drafts=True, today=datetime.date(2026, 1, 1)
        )
        outcomes = list(import_files(drafter, [file]))
        seconds = time.process_time() - start
        counts = Counter(outcome.status for outcome in outcomes)
        print(f"{name}: {len(outcomes)} entries, {dict(counts)}, {seconds:.1f} s of processor time")
        reading = read_collection(root)
        back = {record.id: record for record in reading.records}
        originals = list(records(corpus))
        taken = [
            (original, back[Path(outcome.what.removeprefix("taken as ")).stem])
            for original, outcome in zip(originals, outcomes, strict=True)
            if outcome.status == "taken"
        ]
        for original, outcome in zip(originals, outcomes, strict=True):
            if outcome.status != "taken":
                other = back.get(Path(outcome.what).stem)
                print(f"  {outcome.what}\n    {original.title} {original.authors} {original.year}")
                print(f"    {other.title} {other.authors} {other.year}" if other else "")
        first, second = written(original for original, _ in taken), written(record for _, record in taken)
        outward = [
            (first[original.id], second[record.id])
            for original, record in taken
            if set_dashes(first[original.id]) != set_dashes(second[record.id])
        ]
        inward: Counter[str] = Counter()
        for original, record in taken:
            pairs = [(original.title, record.title)]
            pairs += zip(spoken(original.authors), spoken(record.authors), strict=False)
            kinds = {difference(*pair) for pair in pairs} | (
                {"other"} if len(original.authors) != len(record.authors) else set()
            )
            inward.update(kind for kind in kinds if kind)
            if "other" in kinds:
                print("  other:", *(pair for pair in pairs if difference(*pair) == "other"))
        for pair in outward[:20]:
            print("  out:", *pair, sep="\n    ")
        print(f"  {len(taken)} compared: {len(outward)} differ on the way out; in the record {dict(inward)}")
        print(f"  findings when read again: {len(reading.findings)}", flush=True)
        return not (outward or inward["other"] or reading.findings or counts["left"])


def main() -> None:
    """Measure each format."""
    corpus = Path(sys.argv[1])
    good = [
        measure("CSL-JSON", as_csl(corpus), ".json", corpus, csl_fields),
        *(
            measure(dialect.name, as_bibtex(corpus, dialect), ".bib", corpus, bibtex_fields(dialect))
            for dialect in (Dialect.BIBTEX, Dialect.BIBLATEX)
        ),
    ]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
