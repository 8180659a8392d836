"""The command line: options in, a plain function called."""

import sys
from pathlib import Path

import click
from mkdocs.exceptions import MkDocsException

from gen.build import RejectedError, Summary, build, render
from gen.checking import check_collection
from gen.findings import Finding, as_github, as_text
from gen.site import load_site

FORMATS = {"text": as_text, "github": as_github}

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the bibliography; the current one if left out.",
)


@click.group()
def main() -> None:
    """Check the records of an annotated bibliography and build its site."""


@main.command("check")
@root_option
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", help="How findings are shown.")
def check_command(root: Path, style: str) -> None:
    """Only check the records."""
    collection, findings = check_collection(root, drafts=load_site(root).drafts)
    _report(findings, style)
    if not (collection.records or findings):
        raise click.ClickException(f"no records below {root / 'papers'}")
    click.echo(f"{len(collection.records)} records, no findings.")


@main.command("render")
@root_option
def render_command(root: Path) -> None:
    """Write build/docs: the Markdown pages and everything beside them."""
    try:
        click.echo(_told(render(root)))
    except RejectedError as rejected:
        _report(rejected.findings, "text")


@main.command("build")
@root_option
@click.option("--strict", is_flag=True, help="Fail on any warning of MkDocs.")
def build_command(root: Path, strict: bool) -> None:
    """Make the whole site in site/."""
    try:
        summary = build(root, strict=strict)
    except MkDocsException as error:
        raise click.ClickException(str(error)) from error
    click.echo(_told(summary))
    site = root / "site"
    click.echo(f"Look at it: python3 -m http.server --directory {site} 8000, then http://localhost:8000/")


def _told(summary: Summary) -> str:
    return (
        f"{summary.papers} papers, {summary.topics} topics in {summary.areas} areas, {summary.pages} pages "
        f"({summary.changed} files changed) in {summary.seconds:.1f} s."
    )


def _report(findings: list[Finding], style: str) -> None:
    """Show findings and leave with status 1, if there are any."""
    for finding in findings:
        click.echo(FORMATS[style](finding))
    if findings:
        click.echo(f"{len(findings)} findings.", err=True)
        sys.exit(1)
