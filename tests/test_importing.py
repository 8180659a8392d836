"""Every format, entry by entry: what is taken, what is left and why."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from gen.checking import check_collection
from gen.citation.bibtex import bibtex
from gen.citation.citations import write
from gen.citation.entry import Dialect, entry
from gen.citation.formats import FORMATS
from gen.cli import main
from gen.collection import Collection, gather
from gen.drafting.drafter import Drafter
from gen.facts.clean import clean_line
from gen.importing.bibtex import bibtex_authors, read_bibtex
from gen.importing.csl import read_csl
from gen.importing.entries import Broken, Entry, year_month
from gen.importing.latex import from_latex
from gen.importing.markdown import markdown_authors, read_markdown
from gen.importing.rdf import read_rdf
from gen.importing.ris import read_ris, ris_author
from gen.importing.run import READERS, decoded, entries, format_of, import_files
from gen.reading import read_collection
from gen.record import Record
from gen.site import load_site
from gen.source import Source
from tests.hostile import STRINGS

BIB = r"""% a comment
@string{toys = "Journal of Toys"}
@inproceedings{zwolf2020wind,
  title     = {{W}ind and {\'E}tude: 50\% of $O(n)$},
  author    = {van der Toy, Guy and {Toy Institute} and Zw{\"o}lf, Zo{\"e} and others},
  booktitle = {Proceedings of the 3rd Conference on Toys \& Games (ToyConf '20)},
  year = 2020, month = jun, pages = {1--12}, file = {a.pdf}, eprint = {2006.00001}, archiveprefix = {arXiv}
}
@article{Odd:Key, title = "On " # "Wind", author = {Doe, Jane}, journal = toys, year = {2021}, doi = {10.1234/a\_b},
  url = {https://doi.org/10.1234/a_b}}
@misc{broken, title = {never closed}
@online{xx2022y, title={A Site}, author={Doe, Jane}, date={2022-03-04}, url={https://example.org/a\_site.pdf}}
@misc{noyear, title={No Year}, author={Jane Doe}}
@misc{xx2022y, title={Another}, title={Twice}, author={Jane Roe}, year=2022}
@phdthesis{t, title={A Thesis}, author={Jane Roe}, school={Toy University}, year={2019}}
"""


def facts(entries: list[Entry | Broken], index: int = 0) -> Entry:
    found = entries[index]
    assert isinstance(found, Entry)
    return found


def test_bibtex() -> None:
    found = list(read_bibtex(BIB))
    assert [entry.line for entry in found] == [3, 9, 11, 12, 13, 14, 15]
    first = facts(found)
    assert first.facts.title == "Wind and Étude: 50% of $O(n)$"
    assert first.facts.authors == ["Guy van der Toy", "{Toy Institute}", "Zoë Zwölf", "others"]
    assert first.facts.venue == "Proceedings of the 3rd Conference on Toys & Games (ToyConf '20)"
    assert (first.facts.year, first.facts.month, first.facts.arxiv) == (2020, 6, "2006.00001")
    assert first.left == ["file"]
    second = facts(found, 1)
    assert (second.facts.title, second.facts.venue, second.facts.doi) == ("On Wind", "Journal of Toys", "10.1234/a_b")
    assert second.facts.links == {}
    assert found[2] == Broken(11, "broken", "its braces, quotes or commas are not complete")
    assert facts(found, 3).facts.links == {"pdf": "https://example.org/a_site.pdf"}
    assert facts(found, 3).facts.month == 3
    assert facts(found, 5).facts.notes == ["title stands twice; the first was taken"]


def test_bibtex_as_people_and_dblp_write_it() -> None:
    found = list(
        read_bibtex(
            r"""@article{a, author={Brown, Tom et al.}, title={A}, year=2020, journal={CoRR}, volume={abs/2005.14165}}
@techreport{b, author={{OpenAI}}, title={B}, year=2023, institution={OpenAI}, number={arXiv:2303.08774}}
@misc{c, author={{WHO} and others}, title={C}, year={in press}, howpublished={\url{https://who.int/a_b}}}
@article{d, author={Roe, J.}, editor={Doe, J.}, title={D}, year=98, note={To appear}, url={javascript:alert(1)}}
@article{e, author={Smith, John, Doe, Jane, Roe, Ann}, title={E}, year=2018}
@book{f, author={family=Grave, given={J\'er\^ome}, prefix=de, useprefix=true and
  Family=Doe, given=Jo, given-i=J, suffix=Jr.},
  title={F}, year=1763}
"""
        )
    )
    a, b, c, d, e, f = (facts(found, index).facts for index in range(6))
    assert (a.authors, a.arxiv, a.venue, a.volume) == (["Tom Brown", "others"], "2005.14165", "", "")
    assert (b.arxiv, b.number) == ("2303.08774", "")
    assert (c.links, c.year, c.date) == ({"paper": "https://who.int/a_b"}, None, "in press")
    assert (d.links, d.year, facts(found, 3).left) == ({}, None, ["editor", "note", "url (no web address)"])
    assert e.notes == [
        "'Smith, John, Doe, Jane, Roe, Ann' seems to be several authors; between two of them stands 'and'"
    ]
    (g,) = read_bibtex("@misc{g, author={Roe, Ann and\n Doe, Jo AND Lee, Kim}, title={G}, year=2020}")
    assert facts([g]).facts.notes == []
    assert (f.authors, f.year, f.notes) == (["Jérôme de Grave", "Doe, Jr., Jo"], 1763, [])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Ann Bee and \'Emile Zola", ["Ann Bee", "Émile Zola"]),
        (r"\O stergaard, Bo and \L{}ukasz Cee and \v{C}ech, Dan", ["Bo Østergaard", "Łukasz Cee", "Dan Čech"]),
        (r"A B AND \textbf{C} D and and {Bee and Sons}", ["A B", "C D", "{Bee and Sons}"]),
        (r"A B and {C \} and D} and others", ["A B", "{C and D}", "others"]),
        ("Sandy And", ["Sandy And"]),
    ],
)
def test_authors_in_bibtex(written: str, read: list[str]) -> None:
    assert bibtex_authors(written) == read


def test_bibtex_that_is_not_whole_is_told_and_not_guessed() -> None:
    found = list(
        read_bibtex(
            r"""@string{toys = jt # " of Toys"}
@article{a, title={A} author={Doe, Jane}, year=2020}
@article{b, title="B", author="Jane Doe" year="2020"}
@article{c, title={C}, author={Doe, Jane$^{1,*}$ and Roe, Ann\textsuperscript{2}}, journal=nowhere, year=2020}
@article{d, title={D} # { or {D}}, journal=toys, CrossRef={P}, year=2020}
"""
        )
    )
    assert found[:2] == [Broken(2, "a", "no comma ends its title"), Broken(3, "b", "no comma ends its author")]
    c, d = (facts(found, index).facts for index in (2, 3))
    assert (c.authors, c.venue) == (["Jane Doe", "Ann Roe"], "")
    assert c.notes == ["its journal is the macro 'nowhere', which the file doesn't define"]
    assert (d.title, d.venue) == ("D or D", "jt of Toys")
    assert d.notes == ["the entry 'P' that it refers to is not in the file"]


def test_bibtex_inherits_by_crossref() -> None:
    text = "@inproceedings{a, title={X}, author={A B}, crossref={P}}\n@proceedings{P, title={Proc. of Toys}, year=2001}"
    first = facts(list(read_bibtex(text)))
    assert (first.facts.venue, first.facts.year, first.facts.title) == ("Proc. of Toys", 2001, "X")


def test_a_volume_of_papers_is_no_paper() -> None:
    volume = "@proceedings{P, title={Proc. of Toys}, editor={C D}, year=2001}\n"
    assert len(list(read_bibtex(f"@inproceedings{{a, title={{X}}, author={{A B}}, crossref={{P}}}}\n{volume}"))) == 1
    assert list(read_bibtex(volume)) == [Broken(1, "P", "it is a volume of papers, and no paper")]


RIS = """TY  - CONF
TI  - Wind in
      Towers
AU  - van der Toy, Guy
AU  - Doe, Jane, Jr.
PY  - 2020/06/01/
T2  - Conference on Toys
SP  - 1
EP  - 12
DO  - 10.1234/w
ID  - toy2020wind
N1  - a note
ER  -

TY  - JOUR
TI  - Never Ends
TY  - JOUR
TI  - Ends
PY  - 2021
ER  -
stray
"""


def test_ris() -> None:
    found = list(read_ris(RIS))
    first = facts(found)
    assert first.facts.title == "Wind in Towers"
    assert first.facts.authors == ["Guy van der Toy", "Doe, Jr., Jane"]
    assert (first.facts.year, first.facts.month, first.facts.pages, first.key) == (2020, 6, "1-12", "toy2020wind")
    assert first.left == ["N1"]
    assert found[1] == Broken(15, "", "it does not end with ER before the next one starts")
    assert facts(found, 2).line == 17
    assert found[3] == Broken(21, "", "'stray' stands outside of any entry")


def test_a_value_of_many_lines_in_ris() -> None:
    text = "TY  - JOUR\nTI  - On\n" + "and on\n" * 200_000 + "ER  - \n"
    assert len(facts(list(read_ris(text))).facts.title) == len("On") + 200_000 * len(" and on")


def test_an_empty_line_within_an_entry_in_ris() -> None:
    text = "TY  - JOUR\nTI  - A\nVL  - 12\n \nIS  - 3\nER  - \n"
    entry = facts(list(read_ris(text))).facts
    assert (entry.volume, entry.number) == ("12", "3")


def test_keywords_in_bibtex() -> None:
    [entry] = read_bibtex("@misc{a, title={A}, keywords={towers, , strong wind;}}")
    assert facts([entry]).facts.keywords == ["towers", "strong wind"]


@pytest.mark.parametrize("eprint", ["2006.00001", "2006.00001v2", "arXiv:2006.00001"])
def test_an_arxiv_number_in_bibtex_is_taken_without_its_version(eprint: str) -> None:
    [entry] = read_bibtex(f"@misc{{a, title={{A}}, eprint={{{eprint}}}, archiveprefix={{arXiv}}}}")
    assert facts([entry]).facts.arxiv == "2006.00001"


def test_a_single_page_and_an_arxiv_number_in_ris() -> None:
    text = "TY  - UNPB\nTI  - A\nSP  - 7\nEP  - 7\nAN  - arXiv:2001.00001\nUR  - https://example.org/a\nER  -\n"
    preprint, other = read_ris(f"{text}{text.replace('arXiv', 'WOS')}")
    assert isinstance(preprint, Entry)
    assert isinstance(other, Entry)
    assert (preprint.facts.pages, preprint.facts.arxiv, preprint.left) == ("7", "2001.00001", [])
    assert (other.facts.arxiv, other.left) == ("", ["AN"])


CSL = """[
  {"id": "a", "type": "paper-conference", "title": "Wind <i>in</i> Towers", "container-title": "ToyConf",
   "author": [{"family": "Toy", "given": "Guy", "non-dropping-particle": "van der"}, {"literal": "Toy Institute"}],
   "issued": {"date-parts": [["2020", 6]]}, "DOI": "10.1234/w", "custom": {"x": 1}},
  {"id": "b", "title": "Bad, },
  {"id": 7, "title": "Later", "issued": {"raw": "May 2021"}, "author": []},
  "no item",
  {"id": "d", "title": "Odd", "author": "Jane"}
]
"""


NAMES = [
    ["others"],
    ["Jane Doe", "others"],
    ["{Toy Institute}", "others"],
    ["Guy van der Berg", "Van den Broeck, Guy", "Jean-Luc O'Toy"],
    ["Smith, Jr., John", "Madonna", "李 小龙"],
    ["{Toy Institute}", "{OpenAI}", "{Toys, Inc.}", "{Toys, Towers, and Sons}"],
]


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_the_authors_of_a_file_of_the_site_come_back(tmp_path: Path, suffix: str) -> None:
    style = FORMATS[suffix]
    records = [
        Record.model_validate(
            {"title": f"Paper {number}", "authors": names, "year": 2020, "arxiv": f"2001.0000{number}"},
            context={"source": Source(f"papers/2020/doe2020paper{number}.yaml", Path())},
        )
        for number, names in enumerate(NAMES)
    ]
    file = tmp_path / f"all.{suffix}"
    file.write_text(style.start + style.between.join(write(record, None, suffix) for record in records) + style.end)
    drafter = Drafter(gather(read_collection(tmp_path)), {}, drafts=True, today=datetime.date(2026, 1, 1))
    drafts = [drafter.draft(facts([found]).facts, found.key) for found in entries(file)]
    assert [(draft.id, list(draft.record.authors)) for draft in drafts] == [
        (record.id, list(record.authors)) for record in records
    ]


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_a_whole_book_of_a_file_of_the_site_comes_back(toy: Collection, tmp_path: Path, suffix: str) -> None:
    style, record = FORMATS[suffix], toy.records["toy1962book"]
    file = tmp_path / f"all.{suffix}"
    file.write_text(style.start + write(record, toy.venue(record), suffix) + style.end, encoding="utf-8")
    found = facts(list(entries(file)))
    book = found.facts
    assert (book.venue, book.venue_type, book.volume, found.left) == ("Block & Sons", "publisher", "2", [])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("et al.", "others"),
        ("et al.,", "others"),
        ("Toy Institute,", "{Toy Institute}"),
        ("Toys,, Inc.", "{Toys, Inc.}"),
        ("Doe, Jane,", "Jane Doe"),
        ("Doe, Jane, Jr.", "Doe, Jr., Jane"),
        (",", ""),
    ],
)
def test_an_author_in_ris(written: str, read: str) -> None:
    assert ris_author(written) == read


def test_csl() -> None:
    found = list(read_csl(CSL))
    first = facts(found)
    assert first.facts.title == "Wind in Towers"
    assert first.facts.authors == ["Guy van der Toy", "{Toy Institute}"]
    assert (first.facts.year, first.facts.month, first.left) == (2020, 6, ["custom"])
    assert (first.facts.venue, first.facts.venue_type) == ("ToyConf", "conference")
    assert isinstance(found[1], Broken)
    assert found[1].line == 5
    assert found[1].why.startswith("it is no JSON (")
    assert (facts(found, 2).key, facts(found, 2).facts.year, facts(found, 2).facts.month) == ("7", 2021, 5)
    numbers = '[{"volume": 3.10, "issued": {"date-parts": [[1e999]]}},'
    numbers += '{"volume": NaN, "issued": {"date-parts": [[2020.0]]}}]'
    huge, other = (facts([item]).facts for item in read_csl(numbers))
    assert (huge.year, huge.date, huge.volume) == (None, "1e999", "3.10")
    assert (other.year, other.volume) == (2020, "")
    assert found[3:] == [
        Broken(7, "", "it is no item ({...})"),
        Broken(8, "d", "a field has another form than CSL-JSON gives it"),
    ]


def test_latex_that_cannot_be_read_is_no_noise(caplog: pytest.LogCaptureFixture) -> None:
    assert facts(list(read_bibtex(r"@misc{a, title={See \url}, author={Ann Lee}, year=2020}"))).key == "a"
    assert caplog.records == []


def test_zotero() -> None:
    item = {
        "itemType": "conferencePaper",
        "title": "Wind",
        "creators": [
            {"creatorType": "author", "firstName": "Jane", "lastName": "Doe"},
            {"creatorType": "editor", "firstName": "E", "lastName": "D"},
            {"creatorType": "author", "name": "Toy Institute"},
        ],
        "date": "2020-06-01",
        "proceedingsTitle": "ToyConf",
        "pages": "1-2",
        "citationKey": "doe2020wind",
        "extra": "arXiv:2006.00001 [cs]",
        "tags": [{"tag": "x"}],
    }
    first = facts(list(read_csl(json.dumps({"config": {}, "items": [item]}))))
    assert first.facts.authors == ["Jane Doe", "{Toy Institute}"]
    assert (first.facts.venue, first.facts.arxiv, first.key) == ("ToyConf", "2006.00001", "doe2020wind")
    assert first.left == []
    collections = {"A": {"name": "Winds", "items": [1, 2], "collections": []}, "B": {"name": "None", "items": []}}
    again = facts(list(read_csl(json.dumps({"config": {}, "collections": collections, "items": [item]}))))
    assert again.facts == first.facts
    assert list(read_csl(json.dumps({"collections": collections, "items": []}))) == []


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
  <bib:Article rdf:about="https://example.org/wind">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person>
        <foaf:surname>van der Toy</foaf:surname><foaf:givenName>Guy</foaf:givenName>
      </foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>Toy Institute</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <bib:editors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>No</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:editors>
    <dc:subject>wind</dc:subject>
    <dc:identifier><dcterms:URI><rdf:value>https://example.org/wind</rdf:value></dcterms:URI></dc:identifier>
    <bib:pages>1-12</bib:pages>
    <dc:date>2020-06-01</dc:date>
    <dc:description>arXiv:2006.00001 [cs]</dc:description>
    <z:citationKey>toy2020wind</z:citationKey>
    <dc:title>Wind &amp; Étude</dc:title>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1234-5678">
    <prism:volume>6</prism:volume><prism:number>4</prism:number><dc:title>Annals of Wind</dc:title>
    <dc:identifier>ISSN 1234-5678</dc:identifier><dc:identifier>DOI 10.1234/wind.1</dc:identifier>
  </bib:Journal>
  <z:Attachment rdf:about="#item_1"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
  <rdf:Description rdf:about="#item_2">
    <z:itemType>conferencePaper</z:itemType>
    <dcterms:isPartOf><bib:Journal/></dcterms:isPartOf>
    <bib:presentedAt><bib:Conference><dc:title>ToyConf 2021</dc:title></bib:Conference></bib:presentedAt>
    <dc:title>On Rain</dc:title><dc:date>2021</dc:date>
  </rdf:Description>
"""


def test_zotero_rdf() -> None:
    first, second = list(read_rdf(RDF + "</rdf:RDF>"))
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert (first.line, first.key, first.left) == (5, "toy2020wind", [])
    found = first.facts
    assert (found.title, found.authors) == ("Wind & Étude", ["Guy van der Toy", "{Toy Institute}"])
    assert (found.year, found.month, found.venue, found.venue_type) == (2020, 6, "Annals of Wind", "journal")
    assert (found.volume, found.number, found.pages) == ("6", "4", "1-12")
    assert (found.arxiv, found.doi, found.links) == (
        "2006.00001",
        "10.1234/wind.1",
        {"paper": "https://example.org/wind"},
    )
    assert (second.line, second.facts.title, second.facts.venue) == (28, "On Rain", "ToyConf 2021")
    assert format_of(".txt", RDF) == format_of(".xml", f'<?xml version="1.0"?>\n{RDF}') == "rdf"


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("text", "taken", "line", "why"),
    [
        (RDF, 2, 34, "from here on it is no XML (no element found)"),
        (RDF + "<dc:title>x</dc:date>", 2, 34, "from here on it is no XML (mismatched tag)"),
        (f"{BOMB}\n{RDF}</rdf:RDF>", 0, 1, "it declares a document type or entities, which no export of Zotero does"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + RDF, 0, 1, "it declares a document type or entities, which"),
        (RDF + "&c;</rdf:RDF>", 2, 34, "from here on it is no XML (undefined entity)"),
        ("<a>" * 100_000, 0, 1, "from here on it is no XML (no element found)"),
        ("<a>" * 100_000 + "</a>" * 100_000, 0, 1, "it holds no item of Zotero's RDF; of other RDF, export"),
        ("<a/>", 0, 1, "it holds no item of Zotero's RDF; of other RDF, export"),
    ],
)
def test_rdf_that_can_not_be_read_is_told_with_its_line(text: str, taken: int, line: int, why: str) -> None:
    *items, last = read_rdf(text)
    assert len(items) == taken
    assert isinstance(last, Broken)
    assert last.line == line
    assert last.why.startswith(why)


def test_markdown() -> None:
    text = """---
layout: publication
title: "Wind: in Towers"
authors: Jane Doe, Guy van der Toy, and Zoë Zwölf
conference: ToyConf
year: 2020
url: https://arxiv.org/abs/2006.00001
tags: [x]
---
Text.
"""
    numbered = text.replace("layout: publication", "volume: 12\nissue: 3\npages: 1-9\nlang: de")
    entry = facts(list(read_markdown(numbered))).facts
    assert (entry.volume, entry.number, entry.pages, entry.language) == ("12", "3", "1-9", "de")
    first = facts(list(read_markdown(text)))
    assert first.facts.authors == ["Jane Doe", "Guy van der Toy", "Zoë Zwölf"]
    assert (first.facts.title, first.facts.venue, first.facts.arxiv) == ("Wind: in Towers", "ToyConf", "2006.00001")
    assert first.left == ["layout", "the text below the front matter"]
    assert list(read_markdown("# No front matter")) == [
        Broken(1, "", "it has no front matter between two lines of ---")
    ]
    bad = list(read_markdown("---\ntitle: a: b\n---\n"))
    assert bad == [Broken(2, "", "its front matter: this is not YAML: mapping values are not allowed in this context")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Doe, Jane", ["Jane Doe"]),
        ("van der Toy, Guy", ["Guy van der Toy"]),
        ("Jane Doe, Kim Lee", ["Jane Doe", "Kim Lee"]),
        ("Jane Doe, and Kim Lee", ["Jane Doe", "Kim Lee"]),
        ("Jane Doe, Ann Roe and Kim Lee", ["Jane Doe", "Ann Roe", "Kim Lee"]),
        ("Doe, Jane and Lee, Kim", ["Jane Doe", "Kim Lee"]),
        ("Doe, Jane; Lee, Kim", ["Jane Doe", "Kim Lee"]),
        ("Jane Doe, Kim Lee et al.", ["Jane Doe", "Kim Lee", "others"]),
        (["Jane Doe,", {"family": "Lee", "given": "Kim"}, "et al.", None], ["Jane Doe", "Kim Lee", "others"]),
        ([{"name": "Ann Roe"}, {"literal": "Toy"}, {"other": "x"}], ["Ann Roe", "Toy"]),
        ({"last": "Lee", "first": "Kim"}, ["Kim Lee"]),
    ],
)
def test_authors_in_markdown(written: object, read: list[str]) -> None:
    assert markdown_authors(written) == read


def test_report(toy_copy: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.bib"
    file.write_text(BIB + "@misc{dup, title={FastBlock again}, author={X Y}, year=2023, eprint={2305.00001}}\n")
    arguments = ["import", str(file), str(tmp_path / "absent.bib"), "--root", str(toy_copy)]
    dry = CliRunner().invoke(main, [*arguments, "--dry-run"])
    result = CliRunner().invoke(main, arguments)
    assert dry.stdout == result.stdout
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{file}:3: zwolf2020wind: taken as papers/2020/zwolf2020wind.yaml; left: file",
        f"{file}:9: Odd:Key: taken as papers/2021/doe2021wind.yaml",
        f"{file}:11: broken: not taken: its braces, quotes or commas are not complete",
        f"{file}:12: xx2022y: taken as papers/2022/xx2022y.yaml",
        f"{file}:13: noyear: not taken: it has no year ('No Year')",
        f"{file}:14: xx2022y: taken as papers/2022/roe2022another.yaml; title stands twice; the first was taken",
        f"{file}:15: t: taken as papers/2019/roe2019thesis.yaml",
        f"{file}:16: dup: not written: papers/2023/example2023fast.yaml is of the same paper (the same arXiv id)",
        f"{tmp_path}/absent.bib:1: not taken: the file can't be read (No such file or directory)",
    ]
    assert result.stderr == "5 taken, 1 there already, 3 not taken.\n"
    collection, findings = check_collection(toy_copy, drafts=True)
    assert findings == []
    assert collection.records["zwolf2020wind"].venue == "toyconf"
    again = CliRunner().invoke(main, arguments)
    assert again.stderr == "0 taken, 6 there already, 3 not taken.\n"


@pytest.mark.parametrize(("name", "text"), [("a.bib", ""), ("a.bib", "% no entry"), ("a.ris", "\n"), ("a.json", "[]")])
def test_a_file_without_an_entry_is_told(toy_copy: Path, tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    result = CliRunner().invoke(main, ["import", str(file), "--root", str(toy_copy)])
    assert result.exit_code == 1
    assert result.stdout == f"{file}:1: not taken: there is no entry in it\n"
    assert result.stderr == "0 taken, 0 there already, 1 not taken.\n"


def test_what_cuts_an_import_short_leaves_a_whole_collection(
    toy_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (toy_copy / "ids.txt").write_text("")
    file = tmp_path / "a.x"
    file.write_text("@article{doe2020wind, title={Wind}, author={Jane Doe}, year=2020, journal={Annals of Wind}}")

    def cut(text: str) -> Iterator[Entry | Broken]:
        yield from read_bibtex(text)
        raise KeyboardInterrupt

    monkeypatch.setitem(READERS, "bibtex", cut)
    drafter = Drafter(gather(read_collection(toy_copy)), {}, drafts=True, today=datetime.date(2026, 1, 1))
    with pytest.raises(KeyboardInterrupt):
        list(import_files(drafter, [file]))
    assert "annals-of-wind:\n" in (toy_copy / "venues.yaml").read_text()
    assert (toy_copy / "ids.txt").read_text().splitlines()[1:] == ["doe2020wind", "venues/annals-of-wind"]


def test_a_key_that_can_not_be_shown_is_told_by_its_codes(toy_copy: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(r'[{"id": "\ud800\u001b[2J", "title": "A", "volume": "\ud800", "issued": {"raw": "2020"}}]')
    result = CliRunner().invoke(main, ["import", str(file), "--root", str(toy_copy)])
    assert result.stdout == (
        f"{file}:1: \\ud800\\x1b[2J: taken as papers/2020/anon2020a.yaml; volume can't be '\\ud800' and was left out\n"
    )


def test_what_a_person_wrote_beside_the_facts_is_told(toy_copy: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.bib"
    file.write_text("@misc{a, title={Wind}, author={A B}, year=2020, abstract={X}, keywords={y}, doi={none}}\n")
    result = CliRunner().invoke(main, ["import", str(file), "--root", str(toy_copy)])
    assert result.stdout.endswith("taken as papers/2020/b2020wind.yaml; left: doi (no DOI), abstract, keywords\n")


def test_nothing_is_overwritten(toy_copy: Path, tmp_path: Path) -> None:
    there = toy_copy / "papers/2024/doe2024wind.yaml"
    there.write_text("title: [broken\n")
    file = tmp_path / "a.bib"
    file.write_text("@misc{doe2024wind, title={Wind}, author={Jane Doe}, year=2024}")
    result = CliRunner().invoke(main, ["import", str(file), "--root", str(toy_copy)])
    assert "taken as papers/2024/doe2024winda.yaml" in result.output
    assert there.read_text() == "title: [broken\n"


@pytest.mark.parametrize("dialect", list(Dialect))
def test_real_records_come_back(real: Collection, tmp_path: Path, dialect: Dialect) -> None:
    records = list(real.records.values())[::4]
    file = tmp_path / "all.bib"
    file.write_text(bibtex([entry(record, real.venue(record), dialect) for record in records]), encoding="utf-8")
    drafter = Drafter(gather(read_collection(tmp_path)), real.venues, drafts=True, today=datetime.date(2026, 1, 1))
    drafts = [drafter.draft(facts([found]).facts, found.key) for found in read_bibtex(file.read_text(encoding="utf-8"))]
    for record, draft in zip(records, drafts, strict=True):
        assert draft.id == record.id or record.published, "an id has the year"
        assert draft.record.title == record.title.replace("--", "–")
        assert (draft.record.authors, draft.record.year) == (record.authors, record.cited_year)
        assert (draft.record.arxiv, draft.record.doi, draft.record.pages) == (record.arxiv, record.doi, record.pages)
    kept = {name: venue.name for name, venue in drafter.added_venues.items()}
    assert kept == {name: real.venues[name].name for name in kept}


@settings(max_examples=60)
@given(st.sampled_from(list(READERS)), st.text(alphabet='@{}",=\\#%[]: -TYER\nab1$<>/&;!', max_size=120))
def test_readers_never_raise(name: str, text: str) -> None:
    start = RDF.partition("\n  <")[0]
    prefix = {"bibtex": "@misc{a,", "ris": "TY  - CONF\n", "csl": "[", "markdown": "---\n", "rdf": start}[name]
    for found in READERS[name](prefix + text):
        assert found.line >= 1


def test_hostile_texts_are_imported_as_the_text_they_are_or_left(toy_copy: Path, tmp_path: Path) -> None:
    """Of each hostile text, in every field of an item: a file of its own in its folder, and nothing else."""
    items = [
        {"id": text, "type": "article-journal", "title": text, "author": [{"family": text, "given": text}],
         "issued": {"date-parts": [[2024]]}, "container-title": text, "volume": text, "page": text, "DOI": text,
         "URL": text, "keyword": text, "abstract": text, "note": text}
        for text in STRINGS
    ]  # fmt: skip
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(items), encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    drafter = Drafter(gather(read_collection(toy_copy)), {}, drafts=True, today=datetime.date(2026, 1, 1))
    outcomes = list(import_files(drafter, [file]))
    assert len(outcomes) == len(STRINGS)
    assert all(outcome.what for outcome in outcomes)
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.parent for path in new} == {toy_copy / "papers/2024"}
    assert all(re.fullmatch(r"[a-z0-9]+\.yaml", path.name) for path in new)
    assert len(new) == sum(outcome.status == "taken" for outcome in outcomes)
    collection, findings = check_collection(toy_copy, drafts=True)
    assert {record.source.path for record in collection.records.values()} >= {
        path.relative_to(toy_copy).as_posix() for path in new
    }
    assert all(finding.line >= 1 and finding.mend for finding in findings)
    assert not {finding.check for finding in findings} & {"yaml-syntax", "entry-key", "id-form", "wrong-value"}


def test_deep_nesting_ends_as_broken() -> None:
    assert isinstance(next(iter(read_csl("[" * 100_000))), Broken)
    assert all(isinstance(found, Broken) for found in read_bibtex("@misc{a, title=" + "{" * 50_000))


def test_lines_of_marks_come_to_an_end() -> None:
    assert from_latex("\\(" * 100_000).startswith("\\(")
    assert bibtex_authors("," * 300_000) == []
    assert bibtex_authors("{}" * 4_000) == []


def test_decoding_and_formats() -> None:
    assert decoded("\ufeffMüller\r\n".encode()) == ("Müller\n", True)
    assert decoded("Müller".encode("cp1252")) == ("Müller", False)
    assert decoded("Müller".encode("utf-16")) == ("Müller", True)
    for codec in ("utf-16-le", "utf-16-be"):
        assert decoded("@misc{Müller}\r\n".encode(codec)) == ("@misc{Müller}\n", True)
    assert decoded("10.1234/\u200babc\ufeff".encode()) == ("10.1234/abc", True)
    assert format_of(".txt", "  @article{") == "bibtex"
    assert format_of(".txt", f"<!DOCTYPE html>{' <!-- -->' * 400}") is None
    assert format_of(".txt", f'<?xml version="1.0"?>\n<!-- a --> <!-- b -->\n{RDF}') == "rdf"
    assert format_of(".txt", "TY  - JOUR") == "ris"
    assert format_of(".txt", "hello") is None


def test_letters_of_an_unknown_encoding_are_told(toy_copy: Path) -> None:
    file = toy_copy / "x.bib"
    text = "@misc{a, title={Wind}, author={Müller, Jo}, year=2024}\n@misc{b, title={Rain}, author={Doe, J}, year=2024}"
    file.write_bytes(text.encode("mac-roman"))
    drafter = Drafter(gather(read_collection(toy_copy)), {}, drafts=True, today=datetime.date(2026, 1, 1))
    first, second = import_files(drafter, [file])
    assert first.notes == (
        "the file is not UTF-8 and was read as Windows-1252; look at its letters, or save it as UTF-8",
    )
    assert second.notes == ()


def test_dates_and_latex() -> None:
    assert year_month("2023/05/01") == (2023, 5)
    assert year_month("12 December 1999") == (1999, 12)
    assert year_month("0000, 1763-12") == (1763, 12)
    assert year_month("in press") == (None, None)
    assert year_month("２０２３-٠٥, 2023-٠٥") == (2023, None)
    assert from_latex(r"\textbf{Bold} {\o}re--x ``q'' {$\alpha_i$} \(x\) \ensuremath{\beta}") == (
        "Bold øre–x “q” $\\alpha_i$ $x$ β"
    )
    assert from_latex(r"\ensuremath{\alpha\beta}") == r"$\alpha\beta$", "a formula of more than one sign stays one"
    assert from_latex(r"a \textless{} b \textgreater{} c") == "a < b > c"
    assert from_latex("costs $5") == "costs $5"
    assert clean_line(from_latex(r"Neac{\textcommabelow{s}}u")) == "Neacșu"
    assert (
        from_latex("does `Deep Learning' `don't' work in ```a' b''") == "does ‘Deep Learning’ ‘don't’ work in “‘a’ b”"
    )
    assert from_latex(r"$\ell_{\ensuremath{\infty}}$ $\frac{1}{∞}$ {\`a}") == r"$\ell_∞$ $\frac{1}{∞}$ à"


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"Wind\footnote{Of a tower} \cite[p.~1]{a} and Rain\thanks{To all}\footnotemark[1]", "Wind and Rain"),
        (r"\href{https://example.org/a%20b}{Wind} at \url{https://example.org}", "Wind at https://example.org"),
        (r"\includegraphics{a.png} \underline{Wind}, see \ref{b}", "Wind, see"),
        (r"Measures in \frac", r"Measures in \frac"),
        (r"{Wind} \underline", r"Wind \underline"),
        ("100%s of \\%s", "100%s of %s"),
        (r"\today", r"\today"),
    ],
)
def test_latex_that_is_no_text_of_a_title(latex: str, line: str) -> None:
    assert from_latex(latex) == line


@pytest.mark.parametrize("suffix", list(FORMATS))
@pytest.mark.parametrize(
    "title",
    [
        "col·lecció ∕ slash, x − y, q∗, ⁴/₅, √n, ⅓, ⊨ ≔ ♯ ≤ ρ-VAE, Όμηρος Ѓ ħ ⋘",
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u0915\u094d\u200d\u0937 \U0001f469\u200d\U0001f52c",
    ],
)
def test_signs_of_a_file_of_the_site_come_back(tmp_path: Path, suffix: str, title: str) -> None:
    written = {"title": title, "authors": [f"Ann {title.split()[0]}"], "year": 2020}
    record = Record.model_validate(written, context={"source": Source("papers/2020/a.yaml", Path())})
    file = tmp_path / f"all.{suffix}"
    file.write_text(FORMATS[suffix].start + write(record, None, suffix) + FORMATS[suffix].end, encoding="utf-8")
    found = facts(list(entries(file))).facts
    assert (found.title, tuple(found.authors)) == (title, record.authors)


def test_two_authors_of_one_name_both_stay(toy_copy: Path) -> None:
    file = toy_copy / "x.bib"
    file.write_text("@misc{xu2024wind, title={Wind}, author={Kun Xu and Jane Doe and Kun Xu}, year={2024}}")
    drafter = Drafter(gather(read_collection(toy_copy)), {}, drafts=True, today=datetime.date(2026, 1, 1))
    (outcome,) = import_files(drafter, [file])
    assert outcome.notes == ("the author 'Kun Xu' stands twice; keep both only if they are two people",)
    record = next(record for record in read_collection(toy_copy).records if record.id == "xu2024wind")
    assert record.authors == ("Kun Xu", "Jane Doe", "Xu, Kun")


def test_drafts_of_the_toy_take_own_venues(toy_copy: Path) -> None:
    assert load_site(toy_copy).drafts
    file = toy_copy / "x.ris"
    file.write_text("TY  - JOUR\nTI  - Wind\nPY  - 2020\nAU  - Doe, Jane\nT2  - Annals of Wind\nER  -\n")
    drafter = Drafter(gather(read_collection(toy_copy)), {}, drafts=True, today=datetime.date(2026, 1, 1))
    assert [outcome.status for outcome in import_files(drafter, [file])] == ["taken"]
    assert "annals-of-wind:\n  short: Annals of Wind\n  name: Annals of Wind\n  type: journal\n" in (
        toy_copy / "venues.yaml"
    ).read_text(encoding="utf-8")
