"""Show the records that a pull request changes as they will look: Markdown for the summary of a workflow's job.

Everything here was written by whoever opened the pull request, so it is shown as text or as sanitized HTML,
and what is typeset is typeset without a shell. A record with findings is shown as far as it can be read.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from gen.checking import check_collection
from gen.citation.citations import Citations
from gen.collection import Collection
from gen.findings import as_text, visible
from gen.names import parse_name
from gen.record import ANNOTATION_PARTS, Record
from gen.text.markdown import markdown
from gen.text.plain import counted
from gen.text.prose import prose

LIMIT = 40
"""Records that are shown; a job's summary holds a megabyte, and no one reads more."""
SECONDS = 60
"""How long each program of TeX may take."""

_MATHML = re.compile(r"<math\b.*?<annotation[^>]*>(.*?)</annotation></semantics></math>", re.DOTALL)
_DOCUMENT = r"""\documentclass{article}
\IfFileExists{cmap.sty}{\usepackage{cmap}}{}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{amsmath,amssymb,url}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\pagestyle{empty}
\begin{document}
\nocite{*}\bibliographystyle{plain}\bibliography{changed}
\end{document}
"""


class GitError(Exception):
    """Git can't tell what changed."""


def changed_paths(root: Path, base: str) -> list[str]:
    """Return the records that are new or other than where the branch left `base`, as paths below `root`.

    Raises:
        GitError: `base` is no commit, or this is no repository.
    """
    command = ["git", "-C", str(root), "diff", "--relative", "--name-only", "-z", "--diff-filter=d", f"{base}...HEAD"]
    done = subprocess.run([*command, "--", "papers"], capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().partition("\n")[0]
        raise GitError(
            f"what changed since {base!r} is not known; name a commit or branch by --base (git says: {said})"
        )
    return [path for path in os.fsdecode(done.stdout).split("\0") if path]


def preview(root: Path, paths: list[str], *, drafts: bool, folder: Path | None = None) -> Iterator[str]:
    """Yield the pieces of the summary.

    Args:
        root: folder of the bibliography.
        paths: the records to show, relative to it.
        drafts: whether parts still to be written are no finding.
        folder: where the typeset bibliography is left as PDF and PNG; nowhere if left out.
    """
    collection, findings = check_collection(root, drafts=drafts)
    misnamed = {finding.path for finding in findings if finding.check == "id-form"}  # what is no id fits no entry
    by_path = {
        record.source.path: record for record in collection.records.values() if record.source.path not in misnamed
    }
    shown = [by_path[path] for path in paths[:LIMIT] if path in by_path]
    yield f"# {counted(len(paths), 'changed record')}\n"
    if len(paths) > LIMIT:
        yield f"The first {LIMIT} are shown.\n"
    citations = Citations(collection)
    for path in paths[:LIMIT]:
        yield _fenced("text", [as_text(finding) for finding in findings if finding.path == path])
        if path in by_path:
            yield from _record(by_path[path], collection, citations)
        else:
            yield f"{_code(path)} can't be shown as a record; the findings say why.\n"
    if shown:
        yield "## As it will be typeset\n"
        yield _fenced("text", typeset(citations.file(shown, "bib"), folder).splitlines())


def _record(record: Record, collection: Collection, citations: Citations) -> Iterator[str]:
    venue = collection.venue(record)
    names = "; ".join(markdown(_name(name)) for name in record.authors)
    where = markdown(venue.name) if venue else "Preprint"
    yield f"## {_mathless(markdown(record.title))}\n"
    topics = f" · topics {_code(', '.join(record.topics))}" if record.topics else ""
    yield f"{_code(record.id)} · {names} · {where}, {record.year}{topics}\n"
    if record.notice:
        yield _html(f"**{record.notice.kind.capitalize()}.** {record.notice.why or ''}")
    if record.summary:
        yield _html(record.summary)
    for part in ANNOTATION_PARTS if record.annotation else ():
        yield f"### {part.capitalize()}\n"
        yield _html(getattr(record.annotation, part))
    if record.results:
        rows = [(item.metric, item.value, item.versus or "", item.on or "") for item in record.results]
        yield _table(("Metric", "Value", "Versus", "On"), rows)
    if record.relations:
        yield _table(("Relation", "To", "Why"), [(item.kind, item.to, item.why) for item in record.relations])
    yield _fenced("bibtex", citations.one(record).splitlines())


def _name(written: str) -> str:
    try:
        return parse_name(written).full
    except ValueError:
        return written


def _html(text: str) -> str:
    """Return prose as a block of HTML without an empty line, which would end the block."""
    flat = re.sub(r"\n+", " ", _mathless(prose(text)))
    return f"<div>{flat}</div>\n"


def _mathless(html: str) -> str:
    """Return HTML with its LaTeX in place of MathML, which GitHub does not show."""
    return _MATHML.sub(lambda match: f"<code>{match[1]}</code>", html)


def _code(text: str) -> str:
    return str(Markup("<code>{}</code>").format(markdown(visible(text).replace("$", r"\$"))))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    # An empty line would end the block, and what follows be read as Markdown.
    cells = [[Markup("<td>{}</td>").format(" ".join(cell.split())) for cell in row] for row in rows]
    body = Markup("").join(Markup("<tr>{}</tr>").format(Markup("").join(row)) for row in cells)
    heads = Markup("").join(Markup("<th>{}</th>").format(name) for name in head)
    return str(Markup("<table><tr>{}</tr>{}</table>\n").format(heads, body))


def _fenced(language: str, lines: list[str]) -> str:
    """Return lines as a block of code, its fence longer than any run of backquotes in it; nothing for none."""
    if not lines:
        return ""
    text = "\n".join(lines)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text) or ["``"]))
    return f"{fence}{language}\n{text}\n{fence}\n"


def typeset(bib: str, folder: Path | None = None) -> str:
    """Return a BibTeX file as LaTeX sets it in the style `plain`, as text; or in one sentence why not."""
    if missing := [name for name in ("pdflatex", "bibtex", "pdftotext") if not shutil.which(name)]:
        return f"Not typeset: {', '.join(missing)} not installed."
    with TemporaryDirectory() as scratch:
        work = Path(scratch)
        (work / "changed.bib").write_text(bib, encoding="utf-8")
        (work / "all.tex").write_text(_DOCUMENT, encoding="utf-8")
        latex = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "all"]
        try:
            for command in (latex, ["bibtex", "all"], latex, latex, ["pdftotext", "-layout", "all.pdf"]):
                _run(command, work)
            if folder and shutil.which("pdftoppm"):
                folder.mkdir(parents=True, exist_ok=True)
                _run(["pdftoppm", "-r", "110", "-png", "all.pdf", "typeset"], work)
                for made in (work / "all.pdf", *sorted(work.glob("typeset*.png"))):
                    shutil.copy(made, folder)
        except (OSError, subprocess.SubprocessError) as error:
            return f"Not typeset: {type(error).__name__}."
        text = work / "all.txt"
        return text.read_text(encoding="utf-8", errors="replace").strip("\f\n") if text.exists() else "Not typeset."


def _run(command: list[str], work: Path) -> None:
    """Run one program of TeX, which may read and write below its folder only and starts no other."""
    paranoid = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", "TEXMFOUTPUT": str(work)}
    subprocess.run(  # noqa: S603
        command, cwd=work, env={**_environment(), **paranoid}, capture_output=True, timeout=SECONDS, check=False
    )


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
