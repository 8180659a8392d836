"""Every format, written from records that nobody would write and from the real ones, and read back.

`GENERATED=10000 pytest tests/test_citation_formats.py` takes more of them than fits into every run.
"""

import csv
import io
import json
import os
import re
import unicodedata
from calendar import month_abbr
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bib
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from gen.citation.citations import Citations, write
from gen.citation.coins import coins
from gen.citation.entry import MONTHS, person
from gen.citation.formats import FORMATS, SUFFIXES
from gen.collection import Collection
from gen.names import OTHERS, parse_name
from gen.paper_data import jsonl, table
from gen.paper_schema import schema
from gen.record import Links, Notice, Record, Venue
from gen.text.plain import plain
from gen.text.segments import split
from tests.generated import VENUES, records

NUMBER = int(os.environ.get("GENERATED", "1500"))
"""How many records are made for each format."""

SCHEMA = json.loads((Path(__file__).parent / "csl-data.schema.json").read_text(encoding="utf-8"))


def _decoder() -> LatexNodes2Text:
    known = get_default_latex_context_db()
    commands = {
        "textasciigrave": "`",
        "ensuremath": "%s",
        "surd": "√",
        "textbar": "|",
        "textless": "<",
        "textgreater": ">",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciicircum": "^",
        "textasciitilde": "~",
    }
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in commands.items()]
    known.add_context_category("tests", macros=macros, prepend=True)
    return LatexNodes2Text(
        latex_context=known, math_mode="verbatim", keep_braced_groups=False, strict_latex_spaces=True
    )


DECODER = _decoder()


@lru_cache(maxsize=65536)
def decoded(latex: str) -> str:
    known = re.sub(r"\\textcommabelow\{(\w)\}", "\\1\u0326", latex)
    return canonical(str(DECODER.latex_to_text(known)))


def canonical(text: str) -> str:
    """Return text without what formats may write in their own way: the kind of quotes, dashes and white space."""
    text = unicodedata.normalize("NFKC", re.sub(r"ı(?=\u0301)", "i", text))
    text = text.translate({ord(c): "-" for c in "‐‑–—−"} | {ord(c): '"' for c in "“”„"} | {ord(c): "'" for c in "‘’"})
    kept = (c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co"))
    return re.sub(r"-+", "-", "".join(kept)).replace("''", '"')


def wanted_title(record: Record) -> str:
    """Return what a bibliography file's title says, its formulas as LaTeX."""
    return canonical("".join(f"${part.text}$" if part.math else part.text for part in split(record.title)))


def wanted_names(record: Record) -> list[tuple[str, ...]]:
    names = list(map(parse_name, record.named_authors))
    parts = [(name.given, name.particle, name.family, name.suffix) for name in names]
    return [tuple(canonical(part) for part in name) for name in parts]


def names_of(field: str) -> list[tuple[str, ...]]:
    """Return given, particle, family and suffix of each name in a field, as BibTeX splits them."""
    found = []
    for written in split_multiple_persons_names(field):
        if written != OTHERS:
            parts = parse_single_name_into_parts(written)
            groups = (parts.first, parts.von, parts.last, parts.jr)
            found.append(tuple(decoded(" ".join(group)) for group in groups))
    return found


def read_bib(text: str) -> dict[str, dict[str, str]]:
    library = parse_bib(text)
    assert library.failed_blocks == []
    assert not library.comments
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def file(items: list[tuple[Record, Venue | None]], suffix: str) -> str:
    style = FORMATS[suffix]
    return style.start + style.between.join(write(*item, suffix) for item in items) + style.end


def without_particles(names: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return names with particle and family as one: a family in braces hides where the particle ends."""
    return [(given, von + last, suffix) for given, von, last, suffix in names]


@pytest.mark.parametrize("suffix", ["bib", "biblatex.bib"])
def test_bibliography_files_say_the_same_when_read_back(suffix: str) -> None:
    items = records(NUMBER, seed=len(suffix))
    entries = read_bib(file(items, suffix))
    assert len(entries) == len(items)
    for record, _ in items:
        fields = entries[record.id]
        assert decoded(fields["title"]) == wanted_title(record), record.title
        assert without_particles(names_of(fields["author"])) == without_particles(wanted_names(record))
        assert fields["author"].endswith(" and others") == (not record.complete_authors)
        assert fields.get("doi", None) == record.doi
        month = month_abbr[record.month or 0].lower()
        if suffix == "bib":
            assert (fields["year"], fields.get("month", "")) == (str(record.cited_year), month)
        else:
            assert fields["date"] == (f"{record.year}-{record.month:02}" if record.month else str(record.cited_year))


def test_ris_says_the_same_when_read_back() -> None:
    items = records(NUMBER, seed=3)
    entries = rispy.load(io.StringIO(file(items, "ris")))
    assert len(entries) == len(items)
    for (record, _), read in zip(items, entries, strict=True):
        assert read["id"] == record.id
        assert canonical(read["title"]) == canonical(plain(record.title))
        assert len(read["authors"]) == len(record.listed_authors)
        assert read.get("doi") == record.doi
        for name, written in zip(record.listed_authors, read["authors"], strict=True):
            parts = parse_name(name)
            wanted = ", ".join(part for part in (parts.last, parts.given, parts.suffix) if part)
            if parts.corporate:  # as EndNote wants it
                wanted = wanted.replace(",", ",,", 1) if "," in wanted else f"{wanted},"
            assert name == OTHERS or canonical(written) == canonical(wanted)
        number = "issn" if read["type_of_reference"] == "RPRT" else "number"  # SN, which a report has for its number
        assert (read.get("volume"), read.get(number)) == (record.volume, record.number)
        assert read["year"] == str(record.cited_year)


def test_csl_json_is_valid_and_says_the_same() -> None:
    items = records(NUMBER, seed=4)
    read = json.loads(file(items, "csl.json"))
    jsonschema.Draft7Validator(SCHEMA).validate(read)
    for (record, _), item in zip(items, read, strict=True):
        assert item["id"] == record.id
        assert re.sub('<span class="nocase">|</span>', "", item["title"]) == plain(record.title)
        assert item["title"].count("<span") == sum(part.math for part in split(record.title))
        assert item.get("DOI") == record.doi
        for name, read_name in zip(record.listed_authors, item["author"], strict=True):
            parts = parse_name(name)
            keys = ("non-dropping-particle", "family", "given", "suffix")
            wanted = dict(zip(keys, (parts.particle, parts.family, parts.given, parts.suffix), strict=True))
            if name == OTHERS or parts.corporate:
                wanted = {"literal": OTHERS if name == OTHERS else parts.family}
            assert read_name == {key: value for key, value in wanted.items() if value}


def generated_collection(seed: int) -> Collection:
    """Return generated records as a collection, for what is written from a whole one."""
    made = {record.id: record for record, _ in records(NUMBER, seed=seed)}
    return Collection(Path(), made, topics={}, paths={}, venues=dict(VENUES), people={}, broken=frozenset())


def test_lines_of_data_say_the_same_when_read_back() -> None:
    collection = generated_collection(5)
    lines = jsonl(collection).decode().split("\n")
    assert lines.pop() == ""
    validator = jsonschema.Draft202012Validator(schema(""))
    for line, record in zip(lines, collection.records.values(), strict=True):
        read = json.loads(line)
        validator.validate(read)
        assert (read["id"], read["title"], read["doi"]) == (record.id, record.title, record.doi)
        assert (read["year"], read["pages"], read["volume"]) == (record.year, record.pages, record.volume)
        assert tuple(read["former_ids"]) == record.former_ids
        assert read["authors_complete"] == record.complete_authors
        names = list(map(parse_name, record.named_authors))
        wanted = [(name.full, name.last, name.given, name.suffix) for name in names]
        assert [(one["name"], one["family"], one["given"], one["suffix"]) for one in read["authors"]] == wanted


def test_rows_of_the_table_say_the_same_when_read_back() -> None:
    collection = generated_collection(6)
    rows = csv.DictReader(io.StringIO(table(collection), newline=""))
    for row, record in zip(rows, collection.records.values(), strict=True):
        assert row["id"] == record.id
        assert row["title"].removeprefix("'") == plain(record.title).removeprefix("'")
        names = [name if name == OTHERS else parse_name(name).inverted for name in record.listed_authors]
        assert row["authors"].removeprefix("'") == "; ".join(names)
        assert (row["doi"], row["volume"]) == (record.doi or "", record.volume or "")


class Spans(HTMLParser):
    """Reads the titles of all spans, and whatever else there is as wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a span's title."""
        known = dict(attrs)
        (self.titles if tag == "span" and known.keys() == {"class", "title"} else self.wrong).append(
            known["title"] or ""
        )

    def handle_data(self, data: str) -> None:
        """Note text that got out of an attribute."""
        self.wrong.append(data)


def test_coins_say_the_same_when_read_back() -> None:
    items = records(NUMBER, seed=7)
    page = Spans()
    page.feed("".join(coins(*item) for item in items))
    assert page.wrong == []
    for (record, _), title in zip(items, page.titles, strict=True):
        read = parse_qs(title, keep_blank_values=True)
        [named] = [read[name] for name in ("rft.atitle", "rft.title", "rft.btitle") if name in read][:1]
        assert named == [plain(record.title)]
        names = list(map(parse_name, record.named_authors))
        assert [author.removesuffix(",") for author in read["rft.au"]] == [
            name.inverted.removesuffix(",") for name in names
        ]
        assert (f"info:doi/{record.doi}" in read.get("rft_id", [])) == bool(record.doi)


def test_what_the_real_records_say(real: Collection) -> None:
    citations, every = Citations(real), list(real.records.values())
    for suffix in ("bib", "biblatex.bib"):
        for key, fields in read_bib(citations.file(every, suffix)).items():
            record = real.records[key]
            assert decoded(fields["title"]) == wanted_title(record)
            if record.listed_authors:
                assert names_of(fields["author"]) == wanted_names(record)
    jsonschema.Draft7Validator(SCHEMA).validate(json.loads(citations.file(every, "csl.json")))
    assert len(rispy.load(io.StringIO(citations.file(every, "ris")))) == len(every)


def test_pybtex_reads_the_same(real: Collection) -> None:
    read = parse_string(Citations(real).file(real.records.values(), "bib"), "bibtex")
    assert len(read.entries) == len(real.records)
    for key, entry in read.entries.items():
        record = real.records[key]
        assert decoded(entry.fields["title"]) == wanted_title(record)
        if record.listed_authors:
            people = [person for person in entry.persons["author"] if str(person) != OTHERS]
            families = [decoded(" ".join(person.prelast_names + person.last_names)) for person in people]
            assert families == [canonical(parse_name(name).last) for name in record.listed_authors if name != OTHERS]


def test_entries_of_the_toy_collection(toy: Collection) -> None:
    citations = Citations(toy)
    assert citations.one(toy.records["o2019report"], "biblatex.bib") == (
        "@report{o2019report,\n"
        "  author         = {O'Toy, Seán and {MiniToy}},\n"
        "  title          = {{{\\ensuremath{\\Omega}}}-Blocks and Émile's Tower -- a Report},\n"
        "  institution    = {Toy Institute},\n"
        "  type           = {techreport},\n"
        "  date           = {2019},\n"
        "  langid         = {english},\n"
        "}\n"
    )
    assert citations.one(toy.records["li2019chapter"]).startswith("@incollection{li2019chapter,\n")
    assert citations.one(toy.records["li2019chapter"], "biblatex.bib").startswith("@inbook{li2019chapter,\n")
    assert "  journaltitle   = {" in citations.one(toy.records["anon2019bridge"], "biblatex.bib")
    assert "publisher      = {Block \\& Sons}" in citations.one(toy.records["li2019chapter"])
    fast = citations.one(toy.records["example2023fast"])
    assert "month          = may,\n" in fast
    assert "volume         = {12}" in fast
    assert "note           = {Number 3}" in fast, "BibTeX warns of a number beside a volume"
    assert "number         = {3}" in citations.one(toy.records["example2023fast"], "biblatex.bib")
    alone = write(toy.records["example2023fast"].model_copy(update={"volume": None}), VENUES["journal"], "bib")
    assert "note           = {Number 3}" in alone, "BibTeX warns of a number without a volume"


def test_references_of_the_toy_collection(toy: Collection) -> None:
    citations = Citations(toy)
    assert citations.one(toy.records["example2023fast"], "ris").split("\r\n") == [
        "TY  - CPAPER",
        "ID  - example2023fast",
        "AU  - Example, Ada",
        "AU  - Müller-Ångström, José",
        "AU  - Sample, Bob, Jr",
        "TI  - FastBlock: Stacking in O(n log n) & Beyond, 100% of the Time_s #1",
        "PY  - 2023",
        "DA  - 2023/05//",
        "T2  - Proceedings of the Conference on Toys & Games",
        "VL  - 12",
        "IS  - 3",
        "SP  - 101",
        "EP  - 110",
        "DO  - 10.1234/toy_(1)",
        "AN  - arXiv:2305.00001",
        "UR  - https://example.org/papers/fast?a=1&b=2",
        "LA  - en",
        "ER  - ",
        "",
    ]
    [item] = json.loads(citations.one(toy.records["example2023fast"], "csl.json"))
    assert (item["type"], item["issued"]) == ("paper-conference", {"date-parts": [[2023, 5]]})
    assert item["container-title"] == "Proceedings of the Conference on Toys & Games"
    assert (item["volume"], item["issue"], item["page"]) == ("12", "3", "101-110")
    assert item["URL"] == "https://example.org/papers/fast?a=1&b=2"


def test_a_retracted_paper_is_cited_as_one(toy: Collection) -> None:
    citations, same = Citations(toy), toy.records["example2024same"]
    for suffix in ("bib", "biblatex.bib"):
        assert "  note           = {Retracted},\n" in citations.one(same, suffix)
    assert "\r\nN1  - Retracted\r\n" in citations.one(same, "ris")
    [item] = json.loads(citations.one(same, "csl.json"))
    assert item["status"] == "retracted"

    fast, venue = toy.records["example2023fast"], toy.venue(toy.records["example2023fast"])
    assert "Corrected" not in "".join(write(fast, venue, suffix) for suffix in SUFFIXES)
    withdrawn = fast.model_copy(update={"notice": Notice(kind="withdrawn")})
    assert "note           = {Withdrawn, number 3}" in write(withdrawn, venue, "bib")


def test_a_preprint_is_online_in_biblatex_where_it_has_an_address(toy: Collection) -> None:
    record = toy.records["example2024other"].model_copy(update={"arxiv": None, "doi": None})
    nowhere, linked = (
        record.model_copy(update={"links": Links(paper=link)}) for link in (None, "https://example.org/")
    )
    assert write(nowhere, None, "biblatex.bib").startswith("@misc{")
    assert write(linked, None, "biblatex.bib").startswith("@online{")
    assert write(linked, None, "bib").startswith("@misc{")


def spoken(record: Record, venue: Venue | None) -> dict[str, list[str]]:
    """Return what a span says."""
    page = Spans()
    page.feed(coins(record, venue))
    return parse_qs(page.titles[0])


def test_coins_of_the_toy_collection(toy: Collection) -> None:
    fast = toy.records["example2023fast"]
    said = spoken(fast, toy.venue(fast))
    assert said["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    assert (said["rft.genre"], said["rft.btitle"]) == (
        ["proceeding"],
        ["Proceedings of the Conference on Toys & Games"],
    )
    assert (said["rft.date"], said["rft.volume"], said["rft.issue"]) == (["2023-05"], ["12"], ["3"])
    assert (said["rft.spage"], said["rft.epage"]) == (["101"], ["110"])
    report = toy.records["o2019report"].model_copy(update={"number": "17"})
    said = spoken(report, toy.venue(report))
    assert said["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    assert (said["rft.genre"], said["rft.pub"]) == (["report"], ["Toy Institute"])
    assert "rft.issue" not in said, "the format has no place for it"
    group = toy.records["org2022toy"]
    assert spoken(group, toy.venue(group))["rft.au"] == ["Toy Institute and Friends,"], "or it would be a person"


def test_references_of_a_numbered_report(toy: Collection) -> None:
    record = toy.records["o2019report"].model_copy(update={"number": "17", "doi": "10.1234/report"})
    reference = write(record, toy.venue(record), "ris").split("\r\n")
    assert reference[5:] == [
        *("PY  - 2019", "PB  - Toy Institute", "SN  - 17", "DO  - 10.1234/report"),
        *("UR  - https://doi.org/10.1234/report", "LA  - en", "ER  - ", ""),
    ]
    item = json.loads(write(record, toy.venue(record), "csl.json"))
    assert (item["genre"], item["publisher"], item["number"]) == ("Technical report", "Toy Institute", "17")
    assert "issue" not in item
    assert item["issued"] == {"date-parts": [[2019]]}
    assert write(record, toy.venue(record), "bib") == (
        "@techreport{o2019report,\n"
        "  author         = {O'Toy, Se{\\'a}n and {MiniToy}},\n"
        "  title          = {{{\\ensuremath{\\Omega}}}-Blocks and {\\'E}mile's Tower -- a Report},\n"
        "  institution    = {Toy Institute},\n"
        "  year           = {2019},\n"
        "  number         = {17},\n"
        "  doi            = {10.1234/report},\n"
        "  url            = {https://doi.org/10.1234/report},\n"
        "}\n"
    )


def test_months_are_those_of_bibtex() -> None:
    assert [name.capitalize() for name in MONTHS] == list(month_abbr)[1:]


@pytest.mark.parametrize(
    ("name", "written"),
    [("- Bee", "Bee, {-}"), ("Bee, …, Ann", "Bee, {…}, Ann"), ("Ann – Bee", "Bee, Ann –")],
)
def test_a_part_of_a_name_without_a_letter_is_hidden_from_bibtex(name: str, written: str) -> None:
    """Bare signs BibTeX takes for no part, and the comma before them for an error."""
    assert person(parse_name(name), ascii_only=False) == written


def test_former_ids_stay_citable_in_biblatex() -> None:
    record = next(record for record, _ in records(50) if record.former_ids)
    assert f"ids            = {{{record.former_ids[0]}}}" in write(record, None, "biblatex.bib")


@pytest.mark.parametrize("volume", ["R0", "IV", "12–13"])
def test_a_volume_that_is_no_number_is_a_note_in_biblatex(volume: str, toy: Collection) -> None:
    record = toy.records["example2023fast"].model_copy(update={"volume": volume})
    text = write(record, toy.venue(record), "biblatex.bib")
    assert f"note           = {{Volume {volume}}}" in text, "biber would leave it out"
    assert "volume  " not in text
    assert "volume         = {" in write(record, toy.venue(record), "bib")


def test_there_is_no_other_format() -> None:
    with pytest.raises(ValueError, match="no format 'doc'"):
        write(records(1)[0][0], None, "doc")
