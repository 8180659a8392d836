"""A collection of any size to build: the records of a real one, and above them papers of a corpus.

A paper of the corpus brings its title, authors, year, venue and abstract; the sentences of the abstract become
summary and annotation, so that texts are of real length and no two alike. Topics, kind, results and benchmarks
are those of a real record, in turn.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import yaml

from bench.corpus import invented, names, rows
from gen.checking import check_collection
from gen.checks.prose import _FILLER
from gen.dump import dump
from gen.names import OTHERS, parse_name, slugify
from gen.record import ANNOTATION_PARTS, Record
from gen.site import PROJECT

SOURCES = ("papers", "topics", "paths", "docs", "venues.yaml", "people.yaml", "CITATION.cff")
KINDS = {"journal": "journal", "workshop": "workshop"}
WORDS = (90, 200)
"""Least and most words of an annotation."""
RUN = 8
"""Words in a row that two abstracts may not share: the check `boilerplate` counts such."""
_STRANGE = re.compile(r"[^\w\s.,;:()%'’–-]|_|https?:\S+")
_VENUE = re.compile(r"^venue: (\S+)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")


def make_collection(folder: Path, base: Path, corpus: Path | None, number: int) -> None:
    """Write a collection of `number` records (no fewer than the base has) that has no findings.

    Args:
        folder: where; what was there goes.
        base: folder of the real collection, whose records, topics and settings are taken as they are.
        corpus: file with more papers; they are invented where there is none, or where it has too few.
        number: how many records in all.
    """
    _copy_base(base, folder)
    models = list(check_collection(base, drafts=True)[0].records.values())
    models = [record for record in models if record.annotation] or models
    papers = filter(_Fresh(models), chain(rows(corpus) if corpus else (), invented(models)))
    serial = count(1)
    added: dict[str, Path] = {}
    wanted = number - len(list(folder.glob("papers/*/*.yaml")))
    faulty = True
    while faulty:
        # A few more than wanted, so that dropping some calls for no second round.
        taken = list(islice(papers, max(0, wanted - len(added)) * 102 // 100))
        _add_venues(folder, taken)
        written = (_write_record(folder, row, models, next(serial)) for row in taken)
        added |= {path.stem: path for path in written}
        faulty = _drop_faulty(folder, added) or len(added) < wanted
    _shrink(folder, list(added.values())[wanted:])


def part_of(whole: Path, base: Path, folder: Path, number: int) -> None:
    """Write a smaller collection: the base and the first of the papers that were added in a larger one.

    Only what it has is copied: ext4 without a journal passes over inodes that were freed within minutes, so a build
    after thousands of files were deleted would be measured as slower than it is.
    """
    real = {path.stem for path in base.glob("papers/*/*.yaml")}
    added = [path for path in whole.glob("papers/*/*.yaml") if path.stem not in real]
    added.sort(key=lambda path: int(path.stem.rpartition("n")[2]))
    left = {path.name for path in added[max(0, number - len(real)) :]}
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder, ignore=lambda _, names: {"build", "site"} | left.intersection(names))
    _keep_used_venues(folder)


def _shrink(folder: Path, surplus: list[Path]) -> None:
    """Take away papers, and the venues that no paper has any more."""
    for path in surplus:
        path.unlink()
    _keep_used_venues(folder)


def _keep_used_venues(folder: Path) -> None:
    used = {match[1] for path in folder.glob("papers/*/*.yaml") if (match := _VENUE.search(path.read_text("utf-8")))}
    table = folder / "venues.yaml"
    if table.exists():
        venues = yaml.safe_load(table.read_text(encoding="utf-8"))
        kept = {key: venue for key, venue in venues.items() if key in used}
        table.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


class _Fresh:
    """Tells whether a paper has a title, and sentences, that no paper before it had: the checks want no doubles."""

    def __init__(self, records: list[Record]) -> None:
        self._titles = {slugify(record.title) for record in records}
        self._runs: set[int] = set()

    def __call__(self, row: Mapping[str, Any]) -> bool:
        """Return whether a paper is new, and remember it if so."""
        title, words = slugify(row["title"]), re.findall(r"\w+", row["abstract"].lower())
        runs = {hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1)}
        if title in self._titles or not runs.isdisjoint(self._runs):
            return False
        self._titles.add(title)
        self._runs |= runs
        return True


def _copy_base(base: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in SOURCES:
        if (base / name).is_dir():
            shutil.copytree(base / name, folder / name)
        elif (base / name).exists():
            shutil.copy(base / name, folder / name)
    _write_settings(base, folder)


def _write_settings(base: Path, folder: Path) -> None:
    """Write the base's settings, with drafts let in and its paths made absolute."""
    text = (base / "mkdocs.yml").read_text(encoding="utf-8")
    for name in ("gen/hooks.py", "templates/theme"):
        text = re.sub(rf"(?<![\w./])(?:\.\./)*{name}", str(PROJECT / name), text)
    if "drafts:" not in text:
        text = text.replace("\nextra:\n", "\nextra:\n  drafts: true\n")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def _add_venues(folder: Path, taken: list[dict[str, Any]]) -> None:
    """Add the venues that the base doesn't know."""
    path = folder / "venues.yaml"
    known = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for row in taken:
        if (key := row["venue"]) and key not in known:
            known[key] = {"short": key.upper(), "name": f"Proceedings of {key.upper()}", "aliases": []}
            known[key]["type"] = KINDS.get(row.get("venue_type", ""), "conference")
    path.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")


def _write_record(folder: Path, row: Mapping[str, Any], models: list[Record], number: int) -> Path:
    authors = list(dict.fromkeys(names(dict(row))))
    first = parse_name(authors[0]).last if authors[0] != OTHERS else "anon"
    name = f"{re.sub('[^a-z]', '', slugify(first)) or 'x'}{row['year']}n{number}"
    model = models[number % len(models)]
    summary, *parts = _texts(f"{row['title']}. {row['abstract']}")
    values: dict[str, Any] = {
        "title": " ".join(row["title"].split()),
        "authors": authors,
        "year": int(row["year"]),
        "venue": row["venue"] or None,
        "volume": row.get("volume") or None,
        "pages": row.get("pages") or None,
        "kind": model.kind,
        "topics": list(model.topics),
        "summary": summary,
        "annotation": dict(zip(ANNOTATION_PARTS, parts, strict=True)),
        "results": [result.model_dump(exclude_none=True) for result in model.results],
        "benchmarks": list(model.benchmarks),
        "relations": [{"to": model.id, "kind": "compares", "why": summary}] if number % 2 else [],
        "annotated": {"by": "editors", "on": "2026-01-01", "basis": "abstract"},
        "added": "2026-01-01",
    }
    path = folder / "papers" / str(row["year"]) / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump(values).replace('"2026-01-01"', "2026-01-01"), encoding="utf-8")
    return path


def _texts(abstract: str) -> Iterator[str]:
    """Yield a summary and the four parts of an annotation, made of the sentences of an abstract."""
    text = " ".join(_STRANGE.sub("", abstract).split())
    while (shorter := " ".join(_FILLER.sub("", text).split())) != text:
        text = shorter
    words = text.split()
    words = (words * (WORDS[0] // max(len(words), 1) + 1))[: WORDS[1]] if len(words) < WORDS[0] else words[: WORDS[1]]
    sentences = _SENTENCE.split(" ".join(words))
    summary = sentences[0] if len(sentences[0]) > 60 else " ".join(words)
    yield " ".join(summary[:200].split()).rstrip(".,;: ") + "."
    quarter = -(-len(words) // 4)
    for start in range(0, 4 * quarter, quarter):
        yield " ".join(words[start : start + quarter]) or "Nothing more."


def _drop_faulty(folder: Path, added: dict[str, Path]) -> bool:
    """Delete those of the added records that the checks find fault with, and return whether there were any."""
    command = [sys.executable, "-m", "gen", "check", "--format", "json", "--root", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise RuntimeError(done.stderr)
    faulty = set()
    for finding in json.loads(done.stdout):
        # A double, or a phrase that stands too often, is told at one of the papers and names the others.
        mine = {Path(finding["path"]).stem, *re.findall(r"\w+", finding["what"])} & added.keys()
        if not mine:
            raise RuntimeError(f"{finding['path']}: {finding['what']}")
        faulty |= mine
    for name in faulty:
        added.pop(name).unlink()
    return bool(faulty)
