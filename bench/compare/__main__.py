"""`make bench`: build the same papers with each contender, measure, write tables and picture.

    make bench SIZES=475,5000,20000 CORPUS=papers.jsonl.gz

A contender that fails gets a row that says so. An interrupted run goes on where it was; a finished one starts anew.
"""

import datetime
import hashlib
import os
import shutil
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import click

from bench.compare import report
from bench.compare.collection import make_collection, part_of
from bench.compare.contenders import ENVIRONMENT, Contender, contenders, editable
from bench.compare.first_result import bytes_to_first_result, questions
from bench.compare.measure import available, run, weigh
from bench.compare.papers import Paper, papers
from bench.compare.rows import Row, load, save
from gen.names import slugify
from gen.site import PROJECT

ONE_CORE = "Gloss, one core"
PACKAGES = ("mkdocs", "mkdocs-material", "zensical", "hugo", "pagefind")


@click.command()
@click.option("--sizes", default="475,5000,20000", show_default=True, help="Numbers of records.")
@click.option("--corpus", type=click.Path(path_type=Path), help="File with more papers (.jsonl.gz); else invented.")
@click.option("--base", type=click.Path(path_type=Path), default=PROJECT, help="Collection that the others grow from.")
@click.option("--only", help="Only contenders whose name has this in it.")
@click.option("--work", type=click.Path(path_type=Path), default=PROJECT / "build" / "bench", help="Scratch folder.")
@click.option("--results", type=click.Path(path_type=Path), default=PROJECT / "bench" / "results")
@click.option("--readme", type=click.Path(path_type=Path), help="File that takes up the table between its markers.")
def main(
    sizes: str, corpus: Path | None, base: Path, only: str | None, work: Path, results: Path, readme: Path | None
) -> None:
    """Build the same papers with each contender and write tables and picture."""
    numbers = sorted({int(size) for size in sizes.split(",")})
    chosen = [one for one in contenders() if not only or only.lower() in one.name.lower()]
    corpus = corpus.resolve() if corpus and corpus.is_file() else None
    base, work = base.resolve(), work.resolve()
    whole = _whole(work, base, corpus, numbers[-1])
    kept = work / "rows.json"
    done = {key: row for key, row in load(kept).items() if not row.error}
    places = work / "places"
    rows: list[Row] = []
    for number in numbers:
        collection = places / f"{number}-collection"
        part_of(whole, base, collection, number)
        listed = papers(collection)
        tasks = [(one, one.name, len(available())) for one in chosen]
        if number == numbers[-1] and len(available()) > 1:
            tasks += [(one, ONE_CORE, 1) for one in chosen if one.name == "Gloss"]
        for contender, name, cores in tasks:
            folder = places / f"{number}-{slugify(name)}"
            row = done.get((len(listed), name)) or _measured(contender, name, cores, folder, collection, listed)
            rows.append(row)
            click.echo(report.line(row) + (f" failed: {row.error}" if row.error else ""))
            save(kept, rows, {})
    about = {
        "date": datetime.date.today().isoformat(),
        "machine": report.machine(),
        "versions": {name: version(name) for name in PACKAGES},
        "papers": "of a corpus of published papers" if corpus else "invented",
    }
    save(results / "compare.json", rows, about)
    report.write(results, readme)
    kept.unlink()
    shutil.rmtree(places)


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


def _measured(contender: Contender, name: str, cores: int, folder: Path, collection: Path, listed: list[Paper]) -> Row:
    """Measure one contender in a folder of its own; whatever fails is told in the row.

    The folders stay until all is measured: for minutes after many files were deleted, ext4 is slow to make new ones
    (it passes over inodes that were freed a short while ago), which would be added to whoever comes next.
    """
    figures: dict[str, float | int] = {}
    error = ""
    try:
        shutil.rmtree(folder, ignore_errors=True)
        contender.write(folder, collection, listed)
        contender.clear(folder)
        os.sync()
        clean = run(contender.clean, folder, cores, ENVIRONMENT)
        figures |= {"clean_wall": clean.wall, "clean_cpu": clean.cpu, "memory": clean.memory}
        if name == contender.name:
            files, size = weigh(folder / contender.site)
            figures |= {"files": files, "bytes": size}
            figures["sent"] = bytes_to_first_result(contender, folder / contender.site, questions(listed))
            for paper in islice(filter(editable, listed), 2):  # the first one lets each contender settle down
                contender.edit(folder, paper)
                again = run(contender.again, folder, cores, ENVIRONMENT)
            figures |= {"again_wall": again.wall, "again_cpu": again.cpu}
    except Exception as failure:
        error = f"{type(failure).__name__}: {' '.join(str(failure).split())}"[:300]
    return Row(len(listed), name, error=error, **figures)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
