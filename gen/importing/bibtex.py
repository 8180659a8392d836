"""BibTeX and biblatex files, as people and Zotero (plain or with Better BibTeX) write them."""

import contextlib
import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ParsingFailedBlock,
)
from bibtexparser.model import Entry as BibtexEntry

from gen.citation.entry import MONTHS
from gen.facts.clean import clean_line, organization, written_name
from gen.facts.facts import Facts
from gen.importing.entries import Broken, Entry, add_identifiers, month, read_names, year_month
from gen.importing.latex import from_latex

TYPES = {
    "article": "journal",
    "inproceedings": "conference",
    "conference": "conference",
    "incollection": "book",
    "inbook": "book",
    "book": "publisher",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
}
_VOLUMES = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection", "xdata"})
"""Types of what holds papers; those that refer to it have its facts."""
_VENUES = {
    "article": ("journaltitle", "journal", "booktitle"),
    "thesis": ("institution", "school"),
    "phdthesis": ("school", "institution"),
    "mastersthesis": ("school", "institution"),
    "techreport": ("institution", "publisher"),
    "report": ("institution", "publisher"),
    "book": ("publisher",),
}
_TAKEN = frozenset(
    """
    title subtitle author editor year date month journal journaltitle booktitle school institution volume number issue
    pages eid doi url eprint eprinttype archiveprefix primaryclass arxivid langid language abstract keywords note
    crossref howpublished
    """.split()  # noqa: SIM905
)
_URL = re.compile(r"\\url\s*\{([^}]*)\}")
_SUPERSCRIPT = re.compile(r"\$\s*\^[^$]*\$|\\textsuperscript\s*\{[^{}]*\}")
"""A mark beside a name."""
_NAMED = re.compile(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)
"""Begins a name in biblatex's extended format: `family=Gogh, given=Vincent, prefix=van, useprefix=true`."""
_PART = r'"[^"]*"|\{(?:[^{}]|\{[^{}]*\})*\}|[\w:.+-]+'
_JOINED = re.compile(rf"(?:{_PART})(?:\s*#\s*(?:{_PART}))+")
_MACRO = re.compile(r"[A-Za-z][\w:.+-]*")
_HOLDERS = ("journal", "journaltitle", "booktitle", "school", "institution")


def read_bibtex(text: str) -> Iterator[Entry | Broken]:
    """Yield the entries of a file in order; a block that can't be read is one `Broken`."""
    with _quiet():
        library = parse_string(text)
    strings = {name: name for name in MONTHS}
    for string in library.strings:
        value = str(string.value)
        strings[string.key.lower()] = _expanded(value, strings) if _JOINED.fullmatch(value) else value
    parents = _parents(library, strings)
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            inner = block.ignore_error_block
            if not isinstance(inner, BibtexEntry):
                continue
            entry = _entry(inner, line, strings, parents)
            if isinstance(block, DuplicateFieldKeyBlock) and isinstance(entry, Entry):
                entry.facts.notes.append(f"{', '.join(sorted(block.duplicate_keys))} stands twice; the first was taken")
            yield entry
        elif isinstance(block, ParsingFailedBlock):
            yield Broken(line, _key(block.raw or ""), "its braces, quotes or commas are not complete")
        elif isinstance(block, BibtexEntry) and block.entry_type.lower() not in _VOLUMES:
            yield _entry(block, line, strings, parents)
        elif isinstance(block, BibtexEntry) and block.key.lower() not in parents:
            yield Broken(line, block.key, "it is a volume of papers, and no paper")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the parser from telling on the terminal what the report says."""
    logger = logging.getLogger("bibtexparser")
    root = logging.getLogger()
    before = logger.level, root.level
    logger.setLevel(logging.CRITICAL + 1)
    root.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before[0])
        root.setLevel(before[1])


def _key(raw: str) -> str:
    match = re.match(r"\s*@\w+\s*[{(]\s*([^\s,{}]*)", raw)
    return match[1] if match else ""


def _parents(library: Library, strings: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the fields of every entry that another one may inherit from by `crossref`."""
    items = (item for entry in library.entries for item in entry.fields)
    named = {str(item.value).lower() for item in items if item.key.lower() == "crossref"}
    return {entry.key.lower(): _values(entry, strings) for entry in library.entries if entry.key.lower() in named}


def _values(entry: BibtexEntry, strings: Mapping[str, str]) -> dict[str, str]:
    """Return the fields by lower-case name, the first of each, macros replaced."""
    values: dict[str, str] = {}
    for item in entry.fields:
        text = str(item.value).strip()
        values.setdefault(item.key.lower(), _expanded(text, strings) if _bare(entry, item.key) else text)
    return values


def _bare(entry: BibtexEntry, name: str) -> bool:
    """Return whether neither braces nor quotes enclose the value of a field, as with a macro."""
    return bool(entry.parser_metadata.get("removed_enclosing", {}).get(name, "no-enclosing") == "no-enclosing")


def _expanded(value: str, strings: Mapping[str, str]) -> str:
    """Replace a macro, and join what `#` joins: `neurips # " 2023"`; take enclosing quotes or braces away."""
    value = value.strip()
    if _JOINED.fullmatch(value):
        parts = re.findall(_PART, value)
        return "".join(part[1:-1] if part[0] in '"{' else strings.get(part.lower(), part) for part in parts)
    if len(value) > 1 and value[0] == '"' and value[-1] == '"' and '"' not in value[1:-1]:
        return value[1:-1]
    if value.startswith("{") and value.endswith("}") and _encloses(value):
        return value[1:-1]
    return strings.get(value.lower(), value)


def _encloses(value: str) -> bool:
    """Return whether the first brace is closed by the last one."""
    depth = 0
    for index, letter in enumerate(value):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return index == len(value) - 1
    return False


def _entry(
    block: BibtexEntry, line: int, strings: Mapping[str, str], parents: Mapping[str, Mapping[str, str]]
) -> Entry | Broken:
    values = _values(block, strings)
    bare = {item.key.lower(): str(item.value).strip() for item in block.fields if _bare(block, item.key)}
    if torn := [name for name in bare if values[name].startswith(("{", '"'))]:
        return Broken(line, block.key, f"no comma ends its {torn[0]}")
    macros = {name: bare[name] for name in _HOLDERS if _MACRO.fullmatch(bare.get(name, ""))}
    undefined = [name for name, macro in macros.items() if macro.lower() not in strings]
    notes = [f"its {name} is the macro {values.pop(name)!r}, which the file doesn't define" for name in undefined]
    parent = parents.get(values.get("crossref", "").lower(), {})
    if values.get("crossref") and not parent:
        notes.append(f"the entry {values['crossref']!r} that it refers to is not in the file")
    if parent:
        inherited = {**parent, "booktitle": parent.get("booktitle") or parent.get("title", "")}
        for name in ("title", "subtitle", "author", "key", "doi", "url", "crossref", "pages"):
            inherited.pop(name, None)
        values = {**inherited, **values}
    facts = _facts(block.entry_type.lower(), values, notes)
    return Entry(line, block.key, facts, _left(values, facts))


def _facts(kind: str, values: Mapping[str, str], notes: list[str]) -> Facts:
    facts = Facts(
        title=_title(values),
        authors=bibtex_authors(values.get("author") or (values.get("editor", "") if kind != "article" else "")),
        venue=_venue(kind, values),
        venue_type=TYPES.get(kind, ""),
        volume=_line(values.get("volume", "")),
        number=_line(values.get("number") or values.get("issue", "")),
        pages=_line(values.get("pages") or values.get("eid", "")),
        language=_line(values.get("langid") or values.get("language", "")),
        keywords=[word.strip() for word in re.split(r"[,;]", values.get("keywords", "")) if word.strip()],
        abstract=values.get("abstract", ""),
        notes=notes,
    )
    facts.date = values.get("date") or values.get("year", "")
    facts.year, facts.month = year_month(facts.date)
    facts.month = facts.month or month(values.get("month", ""))
    for name in _names(values.get("author", "")):
        # One name has two at most: particle and family, suffix, given.
        if name.count(",") > 2 and not name.startswith("{") and not _NAMED.match(name):
            facts.notes.append(f"{_line(name)!r} seems to be several authors; between two of them stands 'and'")
    if not values.get("author") and values.get("editor"):
        facts.notes.append("it names editors and no author; they stand as the authors")
    is_arxiv = "arxiv" in (values.get("archiveprefix") or values.get("eprinttype", "arxiv")).lower()
    texts = {"arxiv": values.get("arxivid", "") or (values.get("eprint", "") if is_arxiv else "")}
    if facts.venue.lower() == "corr" and (number := re.fullmatch(r"abs/(\S+)", facts.volume)):
        texts["arxiv"], facts.venue, facts.volume = texts["arxiv"] or number[1], "", ""  # so writes DBLP
    names = ("doi", "url", "journal", "note", "number", "howpublished")
    texts |= {name: _raw(_URL.sub(r"\1", values.get(name, ""))) for name in names}
    texts["url"] = texts["url"] or (texts["howpublished"] if texts["howpublished"].startswith("http") else "")
    add_identifiers(facts, texts)
    if facts.arxiv and facts.number == f"arXiv:{facts.arxiv}":
        facts.number = ""
    return facts


def _left(values: Mapping[str, str], facts: Facts) -> list[str]:
    """Return the fields of an entry that its facts hold nothing of."""
    left = {name for name in values if name not in _TAKEN}
    if _line(values.get("publisher", "")) == facts.venue:
        left.discard("publisher")
    if values.get("author") and "editor" in values:
        left.add("editor")
    taken = [text for text in (facts.arxiv, facts.doi, *facts.links.values()) if text]
    for name in ("doi", "url", "howpublished", "note"):
        text = _raw(_URL.sub(r"\1", values.get(name, "")))
        if text and not any(part in text for part in taken):
            none = {"doi": " (no DOI)", "url": " (no web address)"}.get(name, "")
            left.add(name if text.startswith("http") else f"{name}{none}")
    return sorted(left)


def _title(values: Mapping[str, str]) -> str:
    title, subtitle = (_line(values.get(name, "")) for name in ("title", "subtitle"))
    return f"{title.rstrip(':')}: {subtitle}" if title and subtitle else title


def _venue(kind: str, values: Mapping[str, str]) -> str:
    names = _VENUES.get(kind, ("booktitle", "journaltitle", "journal"))
    return next((_line(values[name]) for name in names if values.get(name)), "")


def _line(latex: str) -> str:
    return clean_line(from_latex(latex))


def _raw(value: str) -> str:
    """Return an identifier or address without the escapes that LaTeX needs."""
    return re.sub(r"\\([_%&#~$])", r"\1", value.replace("{\\_}", "_").replace(r"\textasciitilde{}", "~")).strip(" {}")


def bibtex_authors(written: str) -> list[str]:
    """Return the names of an author field as a record writes them."""
    line = " ".join(_SUPERSCRIPT.sub("", written).split())
    return read_names(_names(line), _name)


_MARK = re.compile(r"\\.|[{}]|\sand(?=\s)", re.IGNORECASE)
"""What may part two names, or hides what does: a brace that has no backslash before it."""


def _names(line: str) -> Iterator[str]:
    """Yield what stands between one `and` and the next, outside of braces."""
    start = depth = 0
    for mark in _MARK.finditer(line):
        if mark[0] in "{}":
            depth = max(0, depth + (1 if mark[0] == "{" else -1))
        elif not depth and mark[0][0] != "\\":
            yield line[start : mark.start()].strip()
            start = mark.end()
    yield line[start:].strip()


def _name(written: str) -> str:
    if written.startswith("{") and _encloses(written):
        return organization(_line(written[1:-1]))
    if _NAMED.match(written):
        pairs = (part.partition("=") for part in re.split(r",\s*(?=[\w-]+\s*=)", written))
        named = {name.strip().lower(): _line(value) for name, _, value in pairs}
        return written_name(*(named.get(name, "") for name in ("family", "given", "prefix", "suffix")))
    try:
        parts = parse_single_name_into_parts(written, strict=False)
    except ValueError:
        return written_name(_line(written))
    given, particle, family, suffix = (_line(" ".join(part)) for part in (parts.first, parts.von, parts.last, parts.jr))
    return written_name(family, given, particle, suffix)
