"""The command line: options in, a plain function called."""

import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from mkdocs.exceptions import MkDocsException

from gen import limits
from gen.build import Run, alone, build, extra_hooks, render
from gen.checking import check_collection
from gen.checks.catalog import CHECKS, Check
from gen.checks.suggest import did_you_mean
from gen.findings import Finding, RejectedError, as_text
from gen.fixing import fix_collection
from gen.ledger import LEDGER, enter_ids, ledger_fault, read_ledger
from gen.parallel import ChildError
from gen.progress import telling
from gen.record import TODO
from gen.reports import REPORTS
from gen.scaffold import scaffold
from gen.shards import MergeError, merge, parse
from gen.site import load_site
from gen.text.plain import counted

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the bibliography; the current one if left out.",
)


timings_option = click.option("--timings", is_flag=True, help="Tell where the time went.")


class _Plain(click.Group):
    """Commands of which one that meets an error of the system, or loses a process, says so in one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who read what was printed has left, which click knows how to take
            raise
        except OSError as error:
            raise click.ClickException(_system(error)) from error
        except ChildError as error:
            raise click.ClickException(str(error)) from error


def _system(error: OSError, folder: Path | None = None) -> str:
    """Return what is wrong and with which file, or else in which folder: a full disk is told without a file."""
    where = error.filename or folder
    return f"{where}: {error.strerror}" if where and error.strerror else error.strerror or str(error)


@click.group(cls=_Plain)
def main() -> None:
    """Check the records of an annotated bibliography and build its site."""


@main.command("check")
@root_option
@click.option("--format", "style", type=click.Choice(list(REPORTS)), default="text", help="How findings are shown.")
@click.option("--only", "names", multiple=True, metavar="NAME", help="Only this check; can be given several times.")
@click.option("--explain", metavar="NAME", help="Say what a check looks for and how to mend it, and do nothing else.")
@click.option("--fix", "mend", is_flag=True, help="First mend what needs no thought; comments stay.")
def check_command(root: Path, style: str, names: tuple[str, ...], explain: str | None, mend: bool) -> None:
    """Only check the records."""
    if explain is not None:
        click.echo(_check(explain).explanation)
        return
    only = {_check(name).name for name in names}
    site = load_site(root)
    collection, findings = check_collection(root, drafts=site.drafts)
    if mend:
        changed = fix_collection(root, collection)
        collection, findings = check_collection(root, drafts=site.drafts)
        if read_ledger(root) is not None and enter_ids(root, collection, findings):
            changed.append(LEDGER)
            collection, findings = check_collection(root, drafts=site.drafts)
        click.echo("".join(f"mended {path}\n" for path in changed), err=True, nl=False)
    findings = [finding for finding in findings if not only or finding.check in only]
    if findings or style in ("json", "sarif"):
        click.echo(REPORTS[style](findings, site.url))
    _leave(findings)
    if not collection.records and not site.drafts:
        raise click.ClickException(f"no records below {root / 'papers'}")
    click.echo(f"{counted(len(collection.records), 'record')}, no findings.", err=style in ("json", "sarif"))


def _check(name: str) -> Check:
    """Return the check of a name, or leave with the name that was probably meant."""
    if name not in CHECKS:
        raise click.ClickException(
            f"there is no check {name!r}; {did_you_mean(name, CHECKS, 'see the list of checks')}"
        )
    return CHECKS[name]


@main.command("ids")
@root_option
def ids_command(root: Path) -> None:
    """Enter new ids in the ledger, which holds every id ever published."""
    load_site(root)  # where there are no settings, there is no bibliography
    if fault := ledger_fault(root):
        raise click.ClickException(as_text(fault))
    for name in enter_ids(root, *check_collection(root, drafts=True)):
        click.echo(name)


@main.command("render")
@root_option
@timings_option
def render_command(root: Path, timings: bool) -> None:
    """Write build/docs: the Markdown pages and everything beside them."""
    with _told_plainly(root), alone(root):
        run = render(root, telling())
    _sum_up(run, timings=timings)


@main.command("build")
@root_option
@click.option("--strict", is_flag=True, help="Fail on any warning of MkDocs.")
@click.option("--shard", metavar="I/N", help="Make only part I of N, as an archive below build/ for `merge`.")
@timings_option
def build_command(root: Path, strict: bool, shard: str | None, timings: bool) -> None:
    """Make the whole site in site/."""
    try:
        part = parse(shard) if shard else None
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with _told_plainly(root):
        run = build(root, strict=strict, progress=telling(), shard=part)
    _sum_up(run, timings=timings)
    if run.archive:
        click.echo(f"Wrote {run.archive}. When all parts are there: python -m gen merge PART...")
        return
    site = root / "site"
    if run.summary.changed > limits.CHANGED:
        click.echo("".join(f"{line}\n" for line in limits.messages(limits.sizes(site))), err=True, nl=False)
    click.echo(f"Look at it: python3 -m http.server --directory {site} 8000, then http://localhost:8000/")


@main.command("merge")
@root_option
@click.argument("parts", nargs=-1, required=True, type=click.Path(path_type=Path))
def merge_command(root: Path, parts: tuple[Path, ...]) -> None:
    """Join all parts of one build to the site."""
    try:
        with _told_plainly(root), alone(root):
            files = merge(load_site(root), parts)
    except MergeError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{counted(len(parts), 'part')}, {counted(files, 'file')} in {root / 'site'}.")


@main.command("limits")
@root_option
def limits_command(root: Path) -> None:
    """Tell what takes how much of the finished site, and how near it is to GitHub Pages' limits."""
    found = limits.sizes(root / "site")
    if not found:
        raise click.ClickException(f"there is no site in {root / 'site'}; run {_command('build', root)}")
    click.echo("\n".join([*limits.table(found), limits.total(found)]))


@main.command("preview")
@root_option
@click.option("--base", default="origin/main", show_default=True, help="What the branch is compared with.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for the typeset bibliography.")
def preview_command(root: Path, base: str, output: Path | None) -> None:
    """Show the changed records as they will look, in Markdown."""
    from gen.preview import GitError, changed_paths, preview  # slow to import, and rarely needed

    try:
        paths = changed_paths(root, base)
    except GitError as error:
        raise click.ClickException(str(error)) from error
    for piece in preview(root, paths, drafts=load_site(root).drafts, folder=output):
        click.echo(piece)


@main.command("serve")
@root_option
def serve_command(root: Path) -> None:
    """Show the site while you edit."""
    from mkdocs.commands.serve import serve  # takes its time, and only this command needs it

    root = root.resolve()
    serve(str(root / "mkdocs.yml"), **extra_hooks(root))


@main.command("new")
@root_option
@click.option("--arxiv", metavar="ID", help="Take the facts from arXiv.")
@click.option("--doi", metavar="DOI", help="Take the facts from Crossref.")
@click.option("--bibtex", type=click.Path(path_type=Path), help="Take the facts from a file with one entry.")
@click.option("--title", help="Only the title; the rest is marked.")
def new_command(root: Path, arxiv: str | None, doi: str | None, bibtex: Path | None, title: str | None) -> None:
    """Start a record: write a draft with its facts filled in and the rest marked."""
    if sum(source is not None for source in (arxiv, doi, bibtex, title)) != 1:
        raise click.UsageError("say where the facts come from: one of --arxiv, --doi, --bibtex, --title")
    from gen.drafting.start import StartError, start_record  # imports a client for the network

    try:
        draft = start_record(root, arxiv=arxiv, doi=doi, bibtex=bibtex, title=title)
    except StartError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"wrote {root / draft.path}")
    for note in draft.notes:
        click.echo(f"check: {note}")
    todo = f"Replace each {TODO} in it" if TODO in draft.text else "Look it over"
    click.echo(f"{todo}, then run: {_command('check', root)}")


@main.command("import")
@root_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
def import_command(root: Path, files: tuple[Path, ...], dry_run: bool) -> None:
    """Make draft records of BibTeX, RIS, CSL-JSON, Zotero RDF and Markdown files."""
    from gen.drafting.start import StartError, drafter_for  # imports a client for the network
    from gen.importing.run import import_files

    try:
        drafter = drafter_for(root)
    except StartError as error:
        raise click.ClickException(str(error)) from error
    counts: Counter[str] = Counter()
    for outcome in import_files(drafter, files, write=not dry_run):
        counts[outcome.status] += 1
        click.echo(str(outcome))
    click.echo(f"{counts['taken']} taken, {counts['duplicate']} there already, {counts['left']} not taken.", err=True)
    if counts["left"]:
        sys.exit(1)


@main.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="Name of the site; the folder's name if left out.")
def init_command(folder: Path, name: str | None) -> None:
    """Make a new, empty bibliography in FOLDER."""
    try:
        scaffold(folder, name or folder.resolve().name)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Made {folder}. Next: {_command('import my.bib', folder)}")
    click.echo(f"Then: {_command('build', folder)}")


@contextmanager
def _told_plainly(root: Path) -> Iterator[None]:
    """Leave with one plain message if the records have findings, a setting is wrong, or a file can't be written."""
    try:
        yield
    except RejectedError as rejected:
        click.echo(REPORTS["text"](rejected.findings, ""))
        _leave(rejected.findings)
    except MkDocsException as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"{_system(error, root / 'build')}. The site is as it was; run this again when that is mended."
        ) from error


def _sum_up(run: Run, *, timings: bool) -> None:
    """Tell what a run made."""
    summary = run.summary
    if timings:
        click.echo(run.progress.table(), err=True)
    papers, topics, areas = map(counted, (summary.papers, summary.topics, summary.areas), ("paper", "topic", "area"))
    pages, changed = counted(summary.pages, "page"), counted(summary.changed, "file")
    click.echo(f"{papers}, {topics} in {areas}, {pages} ({changed} changed) in {summary.seconds:.1f} s.")


def _command(what: str, root: Path) -> str:
    """Return what to type from here to run a command of this program."""
    own = os.path.relpath(sys.executable) if sys.prefix != sys.base_prefix else "python"
    python = sys.executable if own.startswith("..") else own
    return shlex.join([python, "-m", "gen", *what.split(), *(["--root", str(root)] if root != Path() else [])])


def _leave(findings: list[Finding]) -> None:
    """Leave with status 1, if there are findings."""
    if findings:
        click.echo(f"{counted(len(findings), 'finding')}.", err=True)
        sys.exit(1)
