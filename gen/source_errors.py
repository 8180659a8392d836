"""Errors in templates and in pages written by hand, as findings: which line, what is wrong there, how to mend it.

People edit these as they edit records, so what goes wrong in one is told in the same way. An error that comes from the
generator's own code keeps its traceback, since no source can be mended for it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from traceback import walk_tb

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from gen.by_hand import address, by_hand
from gen.checks.registry import check
from gen.document import position_of
from gen.findings import Finding, RejectedError
from gen.folders import walk
from gen.shell import SAMPLES
from gen.site import Site
from gen.source import parse


@contextmanager
def told(site: Site) -> Iterator[None]:
    """Run a block that reads or renders templates and pages, and tell an error in one of these as a finding.

    Raises:
        RejectedError: one of them is wrong.
    """
    try:
        yield
    except Exception as error:
        found = _undecodable(error, site) if isinstance(error, UnicodeDecodeError) else template(error, site)
        if not (findings := list(found)):
            raise
        raise RejectedError(findings) from error


@check("site")
def taken_name(site: Site, written: Collection[str]) -> Iterator[Finding]:
    """A file below `docs/` stands where the generator writes one of its own, or a folder of files.

    One of the two would be lost. The build finds it; give the file or its folder another name.
    """
    for path in sorted(path for path, _ in walk(site.docs)):
        if found := _taken(path, site, written):
            yield Finding(_by_hand(path, site), 1, 1, "taken-name", *found)


def _taken(path: str, site: Site, written: Collection[str]) -> tuple[str, str] | None:
    """Return what the generator makes where a file by hand stands, and what to do; None where it makes nothing."""
    for folder in map(str, PurePosixPath(path).parents):
        if folder in written or f"{folder}/" == SAMPLES:
            return f"the generator makes {folder} itself", "give its folder another name"
    mend = "give this file another name"
    inside = (site.build_docs / path).is_dir() and any(other.startswith(f"{path}/") for other in written)
    if path in written or inside:
        return f"the generator makes {path} itself", mend
    if path.endswith(".md") or PurePosixPath(path).name == "index.html":
        place = address(path)
        others = {f"{place}index.html", f"{place}index.md", f"{place.removesuffix('/')}.md"}
        if any(other in written for other in others):
            return f"the generator makes the page at {place or 'the root'} itself", mend
    return None


_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
"""As MkDocs finds it (mkdocs.utils.meta); what it can't read there, it shows as text."""


_SURROGATE = re.compile("[\ud800-\udfff]")
"""How a byte of a file's name arrives that is no text (PEP 383)."""


def unread(site: Site) -> list[Finding]:
    """Return what is wrong in the front matter of pages written by hand, and in the names of files below `docs/`."""
    odd = sorted(_by_hand(path, site) for path, _ in walk(site.docs) if _SURROGATE.search(path))
    findings = [
        Finding(
            _SURROGATE.sub("\ufffd", name), 1, 1, "unreadable-file", "the file's name is not UTF-8", "rename the file"
        )
        for name in odd
    ]
    for path, source in sorted(by_hand(site)):
        if found := _FRONT_MATTER.match(source.read_bytes()):
            name = _by_hand(path, site)
            findings += [
                Finding(name, fault.position.line + 1, fault.position.column, fault.check, fault.what, fault.mend)
                for fault in parse(name, found[1]).faults
                if fault.check == "yaml-syntax"
            ]
    return findings


def _by_hand(path: str, site: Site) -> str:
    return _named(site.docs.resolve() / path, site)


@check("site")
def template(error: Exception, site: Site) -> Iterator[Finding]:
    """A template that Jinja can't read, or can't fill in.

    The build finds it, and names the template's own line. `templates/` holds the pages', `templates/theme` the theme's;
    one of your own stands before the generator's of the same path.
    """
    # Jinja gives the frames of a traceback that belong to a template that template's file and line
    # (jinja2.debug.rewrite_traceback_stack).
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    endless = isinstance(error, RecursionError)
    if isinstance(error, TemplateSyntaxError):
        frames = [(error.filename or "", error.lineno)]
    own = [(file, line) for file, line in frames if _is_template(file, site)]
    if not own or not (endless or isinstance(error, TemplateError) or _is_template(frames[-1][0], site)):
        return  # the error has another cause
    often = Counter(file for file, _ in own)
    file, line = max(own, key=lambda frame: often[frame[0]]) if endless else own[-1]
    yield Finding(_named(Path(file), site), line, 1, "template", *_said(error))


def _is_template(file: str, site: Site) -> bool:
    return any(Path(file).is_relative_to(folder) for folder in site.templates)


def _named(file: Path, site: Site) -> str:
    """Return the path of a file as findings have it; of one that isn't the bibliography's own, all of it."""
    root = site.root.resolve()
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def _said(error: Exception) -> tuple[str, str]:
    """Return what is wrong, and how to mend it."""
    match error:
        case TemplateSyntaxError():
            said = error.message or ""
            return f"Jinja can't read this: {said[:1].lower()}{said[1:].rstrip('.')}", "mend the statement on this line"
        case TemplateNotFound():
            return f"there is no template {error.name!r}", "correct its name, or add it to templates/"
        case UndefinedError():
            return str(error), "show what the page gives its template (gen/pages), or ask `is defined` first"
        case RecursionError():
            return "this template includes or calls itself without end", "take that out"
        case _:
            return f"{type(error).__name__}: {error}", "mend the expression on this line"


def _undecodable(error: UnicodeDecodeError, site: Site) -> Iterator[Finding]:
    """Yield which file isn't UTF-8: the error itself has its bytes and not its name."""
    for folder in (*site.templates, site.docs):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            data = file.read_bytes()
            if error.object and data.endswith(error.object):  # MkDocs leaves out the mark of the byte order
                place = position_of(data, len(data) - len(error.object) + error.start)
                what = "the file is not UTF-8 from here on"
                yield Finding(_named(file.resolve(), site), *place, "unreadable-file", what, "save it as UTF-8")
                return
