"""`make bench`: build the same papers with each contender, measure, write tables and picture.

    make bench SIZES=475,5000,20000 CORPUS=papers.jsonl.gz

Each size is built in rounds, in which the contenders take turns, and the least of a contender's times is told: a shared
machine slows down for minutes, and is never faster than it is. A contender that fails gets a row that says so. An
interrupted run goes on where it was; a finished one starts anew.
"""

import datetime
import hashlib
import os
import shutil
from dataclasses import replace
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import NamedTuple

import click

from bench.compare import report
from bench.compare.collection import make_collection, part_of
from bench.compare.contenders import ENVIRONMENT, Contender, contenders, editable
from bench.compare.first_result import bytes_to_first_result, questions
from bench.compare.measure import available, gain, run, weigh
from bench.compare.papers import Paper, papers
from bench.compare.rows import Row, load, save
from gen.names import slugify
from gen.site import PROJECT

ONE_CORE = "Gloss, one core"
PACKAGES = ("mkdocs", "mkdocs-material", "zensical", "hugo", "pagefind")


@click.command()
@click.option("--sizes", default="475,5000,20000", show_default=True, help="Numbers of records.")
@click.option("--rounds", default=2, show_default=True, help="Clean builds of each contender and size.")
@click.option("--corpus", type=click.Path(path_type=Path), help="File with more papers (.jsonl.gz); else invented.")
@click.option("--base", type=click.Path(path_type=Path), default=PROJECT, help="Collection that the others grow from.")
@click.option("--only", help="Only contenders whose name has one of these in it, with commas.")
@click.option("--work", type=click.Path(path_type=Path), default=PROJECT / "build" / "bench", help="Scratch folder.")
@click.option("--results", type=click.Path(path_type=Path), default=PROJECT / "bench" / "results")
@click.option("--readme", type=click.Path(path_type=Path), help="File that takes up the table between its markers.")
def main(
    sizes: str,
    rounds: int,
    corpus: Path | None,
    base: Path,
    only: str | None,
    work: Path,
    results: Path,
    readme: Path | None,
) -> None:
    """Build the same papers with each contender and write tables and picture."""
    numbers = sorted({int(size) for size in sizes.split(",")})
    wanted = (only or "").lower().split(",")
    chosen = [one for one in contenders() if any(name in one.name.lower() for name in wanted)]
    corpus = corpus.resolve() if corpus and corpus.is_file() else None
    base, work = base.resolve(), work.resolve()
    whole = _whole(work, base, corpus, numbers[-1])
    kept = work / "rows.json"
    done = {key: row for key, row in load(kept).items() if not row.error}
    places = work / "places"
    rows: dict[tuple[int, str], Row] = {}
    for number in numbers:
        collection = places / f"{number}-collection"
        part_of(whole, base, collection, number)
        listed = papers(collection)
        turns = _turns(chosen, one_core=number == numbers[-1])
        rows |= {(key := (len(listed), turn.name)): done.get(key) or Row(*key) for turn in turns}
        for count, turn in product(range(rounds), turns):
            row = rows[len(listed), turn.name]
            if len(row.rounds) > count or row.error:
                continue
            folder = places / f"{number}-{slugify(turn.name)}-{count + 1}"
            row = rows[len(listed), turn.name] = _measured(row, turn, folder, collection, listed)
            click.echo(report.line(row) + (f" failed: {row.error}" if row.error else ""))
            save(kept, list(rows.values()), {})
    about: dict[str, object] = {
        "date": datetime.date.today().isoformat(),
        "machine": report.machine(),
        "versions": {name: version(name) for name in PACKAGES},
        "papers": "of a corpus of published papers" if corpus else "invented",
    }
    save(results / "compare.json", list(rows.values()), about)
    report.write(results, readme)
    kept.unlink()
    shutil.rmtree(places)


class _Turn(NamedTuple):
    """A contender that builds on some cores."""

    contender: Contender
    name: str
    """Of its row."""
    cores: int


def _turns(chosen: list[Contender], *, one_core: bool) -> list[_Turn]:
    """Return who builds, in turn; ours perhaps once more on one core, just before it does on all."""
    turns = [_Turn(one, one.name, len(available())) for one in chosen]
    if one_core and len(available()) > 1:
        turns[:0] = [_Turn(one, ONE_CORE, 1) for one in chosen[:1] if one.name == "Gloss"]
    return turns


def _whole(work: Path, base: Path, corpus: Path | None, number: int) -> Path:
    """Return the largest collection; one that an earlier run made of the same is used again."""
    folder, told = work / "whole", work / "whole.key"
    made_of = [*sorted(base.glob("papers/*/*.yaml")), *([corpus] if corpus else [])]
    sizes = [f"{path.name} {path.stat().st_size}" for path in made_of]
    key = hashlib.sha256("\n".join([str(number), *sizes]).encode()).hexdigest()
    if not told.exists() or told.read_text(encoding="utf-8") != key:
        click.echo(f"Making a collection of {number} records, which takes its time")
        told.unlink(missing_ok=True)
        make_collection(folder, base, corpus, number)
        told.write_text(key, encoding="utf-8")
    return folder


def _measured(row: Row, turn: _Turn, folder: Path, collection: Path, listed: list[Paper]) -> Row:
    """Measure one contender once more, in a folder of its own; return its row, which tells whatever fails.

    What doesn't change from round to round is measured in the first, and so is the build after a change.

    The folders stay until all is measured: for minutes after many files were deleted, ext4 is slow to make new ones
    (it passes over inodes that were freed a short while ago), which would be added to whoever comes next.
    """
    contender = turn.contender
    try:
        shutil.rmtree(folder, ignore_errors=True)
        contender.write(folder, collection, listed)
        contender.clear(folder)
        os.sync()
        if turn.name == ONE_CORE:
            row = replace(row, gains=[*row.gains, gain()])
        row = row.after(run(contender.clean, folder, turn.cores, ENVIRONMENT))
        if len(row.rounds) > 1 or turn.name == ONE_CORE:
            return row
        files, size = weigh(folder / contender.site)
        sent = bytes_to_first_result(contender, folder / contender.site, questions(listed))
        row = replace(row, files=files, bytes=size, sent=sent)
        contender.edit(folder, next(filter(editable, listed)))
        again = run(contender.again, folder, turn.cores, ENVIRONMENT)
        return replace(row, again_wall=again.wall, again_cpu=again.cpu)
    except Exception as failure:
        return replace(row, error=f"{type(failure).__name__}: {' '.join(str(failure).split())}"[:300])


if __name__ == "__main__":
    main()
