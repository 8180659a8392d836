"""What pages say to machines, tag by tag as Zotero's translator for embedded metadata reads it."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from gen.citation.entry import paper_url
from gen.citation.formats import FORMATS
from gen.collection import Collection
from gen.names import parse_name
from gen.pages.metadata import json_ld, record_head, scholarly_article
from gen.pages.people import person
from gen.references import reference
from gen.site import load_site
from gen.text.plain import plain
from gen.text.prose import prose_text
from tests.conftest import PROJECT, TOY

META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

DECIDES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_book_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
"""Item types by tag; the translator takes the last of them in the page, then `DC.type`."""


def head(toy: Collection, name: str) -> str:
    return record_head(toy.records[name], toy, load_site(TOY))


def tags(toy: Collection, name: str) -> list[tuple[str, str]]:
    return [(tag, unescape(value)) for tag, value in META.findall(head(toy, name))]


def item_type(found: list[tuple[str, str]]) -> str:
    deciding = [DECIDES[name] for name, _ in found if name in DECIDES]
    return deciding[-1] if deciding else dict(found).get("DC.type", "journalArticle")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("example2023fast", "conferencePaper"),
        ("org2022toy", "conferencePaper"),
        ("anon2019bridge", "journalArticle"),
        ("van1999thesis", "thesis"),
        ("li2019chapter", "bookSection"),
        ("o2019report", "report"),
        ("toy1962book", "book"),
        ("sample2024slow", "preprint"),
    ],
)
def test_the_item_type(toy: Collection, name: str, kind: str) -> None:
    assert item_type(tags(toy, name)) == kind


def test_a_record_says_all_that_is_known_of_the_paper(toy: Collection) -> None:
    found = tags(toy, "example2023fast")
    assert [value for name, value in found if name == "citation_author"] == [
        "Example, Ada",
        "Müller-Ångström, José",
        "Sample, Bob, Jr",
    ]
    values = dict(found)
    assert values["citation_title"] == "FastBlock: Stacking in O(n log n) & Beyond, 100% of the Time_s #1"
    assert values["citation_publication_date"] == "2023/05"
    assert values["citation_inbook_title"] == "Proceedings of the Conference on Toys & Games"
    assert values["citation_conference_title"] == "Conference on Toys & Games"
    assert (values["citation_firstpage"], values["citation_lastpage"]) == ("101", "110")
    assert (values["citation_volume"], values["citation_issue"]) == ("12", "3")
    assert values["citation_doi"] == "10.1234/toy_(1)"
    assert values["citation_public_url"] == "https://example.org/papers/fast?a=1&b=2"
    assert values["citation_pdf_url"] == "https://example.org/papers/fast.pdf"
    assert values["citation_abstract_html_url"] == "https://example.org/toy/papers/example2023fast/"
    record = toy.records["example2023fast"]
    assert record.annotation
    assert len(values["citation_abstract"]) > len(record.annotation.approach)
    assert "og:site_name" not in values, "Zotero would take it for the publication"
    assert values["og:image"] == "https://example.org/toy/assets/preview/blocks.png"


def test_what_every_real_record_says_tag_by_tag(real: Collection) -> None:
    site = load_site(PROJECT)
    kinds = {"conference": "conferencePaper", "workshop": "conferencePaper", "journal": "journalArticle"}
    kinds |= {"thesis": "thesis", "book": "bookSection", "report": "report", "publisher": "book"}
    for record in real.records.values():
        found = [(tag, unescape(value)) for tag, value in META.findall(record_head(record, real, site))]
        values = dict(found)
        venue = real.venue(record)
        assert item_type(found) == (kinds[venue.type] if venue else "preprint")
        assert values["citation_title"] == plain(record.title)
        assert values["citation_publication_date"].replace("/", "-") == f"{record.cited_year}" + (
            f"-{record.month:02}" if record.month else ""
        )
        names = list(map(parse_name, record.named_authors))
        authors = [value for name, value in found if name == "citation_author"]
        assert [author.strip(",") for author in authors] in ([n.inverted for n in names], [n.full for n in names])
        held = [value for name, value in found if name in DECIDES]
        assert (venue.name in held) if venue else not held
        assert values.get("citation_doi") == record.doi
        assert values.get("citation_public_url") == paper_url(record)
        assert values["citation_abstract_html_url"] == f"{site.url}papers/{record.id}/"
        assert record.summary
        assert record.annotation
        abstract = values["citation_abstract"]
        summary = prose_text(record.summary, lambda name: reference(real.records, name))
        assert abstract.startswith(f"Note by Gloss, not the authors' abstract: {summary}")
        assert abstract.endswith(prose_text(record.annotation.caveats, lambda name: reference(real.records, name)))
        repeated = [name for name, _ in found if name != "citation_author"]
        assert len(repeated) == len(set(repeated)), "Zotero takes the first or joins them"


def test_an_organization_is_not_taken_apart(toy: Collection) -> None:
    found = [value for name, value in tags(toy, "org2022toy") if name == "citation_author"]
    assert found == ["Toy Institute and Friends,"]


def test_a_single_author_is_not_taken_for_two(toy: Collection) -> None:
    one = toy.records["example2024same"].model_copy(update={"authors": ("van der Toy, Guy Paul",)})
    found = [unescape(value) for name, value in META.findall(record_head(one, toy, load_site(TOY))) if "author" in name]
    assert found == ["Guy Paul van der Toy"]


def test_no_tag_is_empty_and_alternates_are_there(toy: Collection) -> None:
    for name in toy.records:
        assert 'content=""' not in head(toy, name)
        for suffix, form in FORMATS.items():
            link = f'<link rel="alternate describedby" type="{form.media_type}" href="../../papers/{name}.{suffix}"'
            assert link in head(toy, name)


def test_json_ld_is_true(toy: Collection) -> None:
    site = load_site(TOY)
    for name, record in toy.records.items():
        match = SCRIPT.search(head(toy, name))
        assert match
        work = json.loads(match[1])
        assert work == json.loads(json.dumps(scholarly_article(record, toy, site)))
        assert work["@type"] == {"van1999thesis": "Thesis", "toy1962book": "Book"}.get(name, "ScholarlyArticle")
        assert work.get("publisher", {}).get("name") == ("Block & Sons" if name == "toy1962book" else None), (
            "the site is not the publisher"
        )
        assert work["headline"]
        assert re.fullmatch(r"\d{4}(-\d\d)?", work["datePublished"])
        assert {author["@type"] for author in work.get("author", [])} <= {"Person", "Organization"}
    fast = scholarly_article(toy.records["example2023fast"], toy, site)
    assert [author.get("@id") for author in fast["author"]] == ["https://orcid.org/0000-0002-1825-0097", None, None]
    assert fast["creativeWorkStatus"] == "Corrected"
    assert fast["sameAs"] == ["https://doi.org/10.1234/toy_(1)", "https://arxiv.org/abs/2305.00001"]


def test_the_page_of_someone_names_them_by_their_orcid(toy: Collection) -> None:
    heads = {page.address: page.head() for author in toy.authors.values() for page in person(author, toy)}
    match = SCRIPT.search(heads["people/ada-example/"])
    assert match
    ada = {"@type": "Person", "@id": "https://orcid.org/0000-0002-1825-0097", "name": "Ada Example"}
    assert json.loads(match[1]) == {
        "@context": "https://schema.org",
        **ada,
        "givenName": "Ada",
        "familyName": "Example",
    }
    assert heads["people/zoe-zwolf/"] == ""


def test_no_text_ends_the_script() -> None:
    element = json_ld({"name": "</script><!-- & \u2028"})
    assert element.count("<") == 2
    match = SCRIPT.search(element)
    assert match
    assert json.loads(match[1]) == {"name": "</script><!-- & \u2028"}


def test_lists_have_coins_and_papers_have_none(toy_site: Path) -> None:
    paper = (toy_site / "papers/example2023fast/index.html").read_text(encoding="utf-8")
    assert "Z3988" not in paper, "it would win over the richer tags"
    assert '<pre id="bibtex"' in paper
    for page in ("topics/towers", "years/2024", "people/ada-example", "paths/first-tower"):
        text = (toy_site / page / "index.html").read_text(encoding="utf-8")
        assert "citation_title" not in text
        spans = [parse_qs(unescape(query)) for query in re.findall(r'<span class="Z3988" title="([^"]+)">', text)]
        assert len(spans) >= 2, page
        for span in spans:
            assert span["rft.au"]
            assert {"rft.atitle", "rft.title", "rft.btitle"} & span.keys()


def test_every_list_is_linked_in_each_format(toy_site: Path) -> None:
    for page in (
        "topics/towers",
        "topics/blocks",
        "years/2024",
        "venues/toyconf",
        "people/ada-example",
        "paths/first-tower",
    ):
        text = (toy_site / page / "index.html").read_text(encoding="utf-8")
        for suffix in FORMATS:
            name = page.rpartition("/")[2]
            assert f'{page}.{suffix}"' in text or f'{name}.{suffix}"' in text
            assert (toy_site / f"{page}.{suffix}").stat().st_size > 100
    for name in ("bibliography.bib", "bibliography.biblatex.bib", "bibliography.ris", "bibliography.csl.json"):
        assert (toy_site / name).stat().st_size > 1000
