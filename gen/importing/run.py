"""Import files into a collection: one draft for each entry, one outcome told for each."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gen.drafting.draft import UnusableError
from gen.drafting.drafter import Drafter, DuplicateError
from gen.facts.clean import INVISIBLE
from gen.findings import visible
from gen.importing.bibtex import read_bibtex
from gen.importing.csl import read_csl
from gen.importing.entries import Broken, Entry
from gen.importing.markdown import read_markdown
from gen.importing.rdf import read_rdf
from gen.importing.ris import read_ris

MAX_BYTES = 200_000_000
GUESSED = "the file is not UTF-8 and was read as Windows-1252; look at its letters, or save it as UTF-8"
Reader = Callable[[str], Iterator[Entry | Broken]]
READERS: dict[str, Reader] = {
    "bibtex": read_bibtex,
    "ris": read_ris,
    "csl": read_csl,
    "rdf": read_rdf,
    "markdown": read_markdown,
}
_SUFFIXES = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".ris": "ris",
    ".json": "csl",
    ".rdf": "rdf",
    ".md": "markdown",
    ".markdown": "markdown",
}
_STARTS = {
    "bibtex": r"\s*(?:%.*\n\s*)*@\w+\s*[{(]",
    "ris": r"\s*TY  ?-",
    "csl": r"\s*[\[{]",
    "rdf": r"\s*<(?:[?!](?s:.*?)<)?rdf:RDF\b",
    "markdown": r"\s*---\s*\n",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry."""

    file: str
    line: int
    key: str
    status: str
    """`taken`, `duplicate` or `left`."""
    what: str
    """In words: the new file, the record that is there, or why not."""
    notes: tuple[str, ...] = ()
    """What a person should look at, and which fields were left."""

    def __str__(self) -> str:
        named = f"{self.key}: " if self.key else ""
        return visible(f"{self.file}:{self.line}: {named}{'; '.join((self.what, *self.notes))}")


def import_files(drafter: Drafter, paths: Iterable[Path], *, write: bool = True) -> Iterator[Outcome]:
    """Make drafts of all entries of some files.

    Args:
        drafter: makes and writes the drafts.
        paths: the files, of any of the known formats.
        write: False only tells what would be done.

    Yields:
        One outcome for each entry, in order, as soon as its draft is written.
    """
    try:
        for path in paths:
            for entry in entries(path):
                yield _outcome(drafter, str(path), entry, write=write)
    finally:
        if write:  # whatever ended it: the drafts that are written name venues and take ids
            drafter.finish()


def entries(path: Path) -> Iterator[Entry | Broken]:
    """Yield the entries of a file of any known format; what can't be read is one `Broken`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            yield Broken(1, "", f"the file is larger than {MAX_BYTES:,} bytes")
            return
        raw = path.read_bytes()
    except OSError as error:
        yield Broken(1, "", f"the file can't be read ({error.strerror})")
        return
    text, certain = decoded(raw)
    name = format_of(path.suffix, text)
    if name is None:
        yield Broken(1, "", "it is neither BibTeX, RIS, CSL-JSON, Zotero's RDF nor Markdown with front matter")
        return
    found = False
    for entry in READERS[name](text):
        found = True
        if not certain and isinstance(entry, Entry) and not _is_ascii(entry):
            entry.facts.notes.append(GUESSED)
        yield entry
    if not found:
        yield Broken(1, "", "there is no entry in it")


def _is_ascii(entry: Entry) -> bool:
    facts = entry.facts
    return "".join((facts.title, *facts.authors, facts.venue)).isascii()


def decoded(raw: bytes) -> tuple[str, bool]:
    """Return the text of a file without what can't be seen, and whether its letters are certain.

    They are of UTF-8 or UTF-16, or else taken for Windows' Latin ones.
    """
    certain = True
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    elif 0 in raw[:2]:  # every format begins with a sign of ASCII
        text = raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text, certain = raw.decode("cp1252", errors="replace"), False
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")), certain


def format_of(suffix: str, text: str) -> str | None:
    """Return which reader a file is for, by the end of its name, else by how it starts."""
    known = _SUFFIXES.get(suffix.lower())
    return known or next((name for name, start in _STARTS.items() if re.match(start, text[:5000])), None)


def _outcome(drafter: Drafter, file: str, entry: Entry | Broken, *, write: bool) -> Outcome:
    if isinstance(entry, Broken):
        return Outcome(file, entry.line, entry.key, "left", f"not taken: {entry.why}")
    texts = {"abstract": drafter.drafts and entry.facts.abstract, "keywords": entry.facts.keywords}
    names = [*entry.left, *(name for name, value in texts.items() if value)]
    left = (f"left: {', '.join(names)}",) if names else ()
    try:
        draft = drafter.draft(entry.facts, entry.key)
    except DuplicateError as duplicate:
        return Outcome(file, entry.line, entry.key, "duplicate", f"not written: {duplicate}")
    except UnusableError as error:
        return Outcome(file, entry.line, entry.key, "left", f"not taken: {error}")
    if write:
        try:
            drafter.write(draft)
        except OSError as error:
            return Outcome(file, entry.line, entry.key, "left", f"not taken: {draft.path}: {error.strerror}")
    return Outcome(file, entry.line, entry.key, "taken", f"taken as {draft.path}", (*draft.notes, *left))
