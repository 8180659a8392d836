"""Drafting: ids, venues, likely topics, and the YAML with marks where a person still has to write."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as some

from gen.checking import check_collection
from gen.checks.record import repeated_item
from gen.cli import main
from gen.collection import Collection, gather
from gen.drafting.draft import UnusableError, draft_text, facts_of_record, repeated, validate
from gen.drafting.drafter import Drafter, DuplicateError
from gen.drafting.ids import form_id, keep_key, taken_ids
from gen.drafting.start import StartError, start_record
from gen.drafting.topics import TopicSuggester
from gen.drafting.venues import VenueMatcher, is_preprint, new_venue, with_venues
from gen.facts.client import Client
from gen.facts.facts import Facts
from gen.findings import as_text
from gen.names import parse_name
from gen.reading import read_collection
from gen.record import Venue
from tests.cases import GOOD, write

TODAY = datetime.date(2026, 1, 2)
SETTINGS = "site_name: Own\nextra: {drafts: false}\n"


def facts(**values: Any) -> Facts:
    return Facts(**{"title": "Wind in Towers", "authors": ["Jane Doe"], "year": 2024, **values})


@pytest.mark.parametrize(
    ("title", "authors", "name"),
    [
        ("Wind in Towers", ("Jane Doe",), "doe2024wind"),
        ("The Art of Towers", ("Ludwig van Beethoven",), "vanbeethoven2024art"),
        ("On a the of", ("Jane Doe",), "doe2024on"),
        ("Ω-Blocks: Émile's Tower", ("Seán O'Toy",), "otoy2024blocks"),
        ("$O(n)$ Towers", ("Müller-Ångström, José",), "mullerangstrom2024towers"),
        ("Wind", ("{Toy Institute and Friends}",), "toy2024wind"),
        ("Wind", ("others",), "anon2024wind"),
        ("!!!", ("李 小龙",), "xiaolong2024untitled"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", ("Jane Doe",), "doe2024pneumonoultramicroscopic"),
    ],
)
def test_an_id_is_family_name_year_and_first_telling_word(title: str, authors: tuple[str, ...], name: str) -> None:
    assert form_id(title, authors, 2024, set()) == name


def test_a_taken_id_gets_the_next_words_and_then_letters() -> None:
    taken: set[str] = set()
    for name in ("doe2024wind", "doe2024windtall", "doe2024windtalltowers", "doe2024windtalltowersa"):
        assert form_id("Wind in Tall Towers", ("Jane Doe",), 2024, taken) == name
        taken.add(name)
    taken |= {f"doe2024windtalltowers{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"}
    assert form_id("Wind in Tall Towers", ("Jane Doe",), 2024, taken) == "doe2024windtalltowersaa"


@given(title=some.text(max_size=40), author=some.text(max_size=20), count=some.integers(1, 6))
def test_an_id_is_always_new_and_of_the_right_form(title: str, author: str, count: int) -> None:
    try:
        parse_name(author)
    except ValueError:
        return
    taken: set[str] = set()
    for _ in range(count):
        name = form_id(title, (author,), 2024, taken)
        assert name not in taken
        assert name.isascii()
        assert name.isalnum()
        assert name == name.lower()
        taken.add(name)


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("doe2024wind", True),
        ("doe2024", True),
        ("doe2023wind", False),
        ("Doe2024wind", False),
        ("doe:2024:wind", False),
        ("doe2024taken", False),
        ("2024wind", False),
        ("doe２０２４wind", False),
        ("", False),
    ],
)
def test_a_citation_key_is_kept_where_it_can_be_the_id(key: str, kept: bool) -> None:
    assert keep_key(key, 2024, {"doe2024taken"}) == (key if kept else None)


def test_an_id_that_was_ever_used_is_taken(tmp_path: Path) -> None:
    files = {**GOOD, "ids.txt": "gone2020\n", "papers/2023/bad2023.yaml": "title: ["}
    files["papers/2023/doe2023towers.yaml"] += "former_ids: [old2022]\n"
    collection = gather(read_collection(write(tmp_path, files)))
    assert taken_ids(collection) >= {"doe2023towers", "old2022", "gone2020", "bad2023"}


VENUES = {
    "toyconf": Venue(short="ToyConf", name="Proceedings of the Conference on Toys & Games", type="conference"),
    "toyw": Venue(short="ToyW", name="ToyConf Workshop on Small Things", type="workshop"),
    "jot": Venue(short="JoT", name="Journal of Toys", type="journal", aliases=("J. Toys",)),
    "at": Venue(short="AT", name="Toys", type="conference"),
    "findings": Venue(short="FT", name="Findings of Games: ToyConf", type="conference"),
}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("toyconf", "toyconf"),
        ("ToyConf 2023", "toyconf"),
        ("ToyConf '23", "toyconf"),
        ("Proc. 12th Annual International Conference on Toys and Games", "toyconf"),
        ("Twenty-third Conference on Toys &amp; Games (TOYCONF 2023), pages 3-4", "toyconf"),
        ("Some Meeting (ToyConf)", "toyconf"),
        ("J. Toys", "jot"),
        ("Journal of Toys, vol. 3", "jot"),
        ("ToyConf Workshop on Small Things", "toyw"),
        ("Workshop on Large Things (ToyConf)", None),
        ("Toys 36: Annual Conference on Toys and Games 2023, ToyConf 2023, Paris, France, May 1 - 3, 2023", "at"),
        ("Toys 30: Annual Conference on Toys and Games 2017, May 1-3, 2017, Paris, France", "at"),
        (
            "Proc. 6th Conference on Toys and Games (Volume 1: Long Papers), ToyConf 2024, Bonn, May 1-3, 2024",
            "toyconf",
        ),
        ("Findings of Games, ToyConf 2024, Bonn, Germany, May 1-3, 2024", "findings"),
        ("Findings of Games: ToyConf 2024, Bonn, Germany, May 1-3, 2024", "findings"),
        ("Conference on Toys and Games (Workshop Track), ToyConf 2024, Bonn, Germany", None),
        ("2nd Conference on Toys and Games, ToyConf 2013, Bonn, May 1-3, 2013, Workshop Track Proceedings", None),
        ("ToyConf 2023 Workshop on Blocks, ToyConf 2023, Bonn, Germany", None),
        ("Journal of Games", None),
        ("Proceedings", None),
        (f"ToyConf{' ' * 100_000}2023,\npages 3-4", "toyconf"),
        ("", None),
    ],
)
def test_a_venue_is_known_by_any_of_its_names(written: str, key: str | None) -> None:
    assert VenueMatcher(VENUES).match(written) == key


@pytest.mark.parametrize(
    ("written", "kind", "key"),
    [
        ("Wind", "journal", None),
        ("Wind", "conference", "wic"),
        ("Wind", "", "wic"),
        ("Proc. Conf. on Wind", "journal", "wic"),
        ("International Conference on Rain", "", None),
        ("Annual Rain", "journal", "rain"),
        ("Rain", "conference", "rain"),
    ],
)
def test_a_journal_is_no_conference_on_its_subject(written: str, kind: str, key: str | None) -> None:
    conference = Venue(short="WIC", name="International Conference on Wind", type="conference")
    journal = Venue(short="Rain", name="Rain", type="journal")
    assert VenueMatcher({"wic": conference, "rain": journal}).match(written, kind) == key


def test_a_name_that_two_venues_have_stays_with_the_first() -> None:
    matcher = VenueMatcher(VENUES)
    matcher.add("other", Venue(short="JoT", name="Journal of Trees", type="journal"))
    assert (matcher.match("JoT"), matcher.match("Journal of Trees")) == ("jot", "other")


@pytest.mark.parametrize(
    ("written", "none"),
    [
        ("CoRR", True),
        ("arXiv preprint arXiv:2310.15141", True),
        ("bioRxiv", True),
        ("OpenReview.net", True),
        ("abs/2310.15141", True),
        ("Journal of arXiv Studies", False),
        ("ToyConf", False),
    ],
)
def test_a_preprint_server_is_no_venue(written: str, none: bool) -> None:
    assert is_preprint(written) is none


@pytest.mark.parametrize(
    ("written", "kind", "key", "short", "name", "type_"),
    [
        ("Conference on Toys (TOYS 2023)", "", "toys", "TOYS", "Conference on Toys", "conference"),
        ("3rd Workshop on Wind", "", "workshop-on-wind", "Workshop on Wind", "Workshop on Wind", "workshop"),
        ("Journal of Winds", "journal", "journal-of-winds", "Journal of Winds", "Journal of Winds", "journal"),
        ("ToyConf", "", "toyconf-2", "ToyConf", "ToyConf", "conference"),
        ("Index", "journal", "index-2", "Index", "Index", "journal"),
        (
            "Advances in Wind 36: Annual Meeting on Wind 2023, WINDS 2023, Paris, December 10 - 16, 2023",
            "",
            "winds",
            "WINDS",
            "Advances in Wind: Annual Meeting on Wind",
            "conference",
        ),
        (
            "Advances in Wind 30: Annual Meeting on Wind 2017, December 4-9, 2017, Paris",
            "",
            "advances-in-wind-annual-meeting-on-wind",
            "Advances in Wind: Annual Meeting on Wind",
            "Advances in Wind: Annual Meeting on Wind",
            "conference",
        ),
        (
            "Workshop on Rain, Winds 2024, Paris",
            "",
            "workshop-on-rain",
            "Workshop on Rain",
            "Workshop on Rain",
            "workshop",
        ),
        (
            "International Symposium on Wooden Towers and Bridges",
            "",
            "iswtb",
            "ISWTB",
            "International Symposium on Wooden Towers and Bridges",
            "conference",
        ),
    ],
)
def test_an_unknown_venue_gets_an_entry(written: str, kind: str, key: str, short: str, name: str, type_: str) -> None:
    made = new_venue(written, kind, VENUES)
    assert made == (key, Venue.model_validate({"short": short, "name": name, "type": type_}))


def test_topics_are_those_of_the_papers_that_are_alike(real: Collection) -> None:
    suggester = TopicSuggester(real)
    for record in list(real.records.values())[::60]:
        assert record.topics[0] in suggester.suggest(f"{record.title} {record.summary}"), record.id
    assert suggester.suggest("") == []
    assert suggester.suggest("zzzz qqqq") == []
    assert len(suggester.suggest("speculative decoding of long sequences with a cache", limit=1)) == 1


def test_facts_become_fields_in_order_and_empty_ones_are_left_out() -> None:
    values = facts_of_record(
        facts(month=5, pages="3 -- 7", language="en", links={"pdf": "", "code": "https://example.org/c"}), "jot", TODAY
    )
    assert values == {
        "title": "Wind in Towers",
        "authors": ["Jane Doe"],
        "year": 2024,
        "month": 5,
        "venue": "jot",
        "pages": "3-7",
        "links": {"code": "https://example.org/c"},
        "added": TODAY,
    }
    assert facts_of_record(facts(authors=[], month=13), None, TODAY)["authors"] == ["others"]


def test_others_stand_last_and_namesakes_are_told_apart() -> None:
    names = ["others", "Jane Doe", "Jane Doe", "Kim Lee"]
    assert facts_of_record(facts(authors=names), None, TODAY)["authors"] == [
        "Jane Doe",
        "Doe, Jane",
        "Kim Lee",
        "others",
    ]
    assert repeated(names) == ["the author 'Jane Doe' stands twice; keep both only if they are two people"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": ""}, "it has no title"),
        ({"year": None}, r"it has no year \('Wind in Towers'\)"),
        ({"year": None, "date": "in press"}, r"its date 'in press' names no year from 1000 to 2100 \("),
    ],
)
def test_without_title_or_year_there_is_no_record(values: dict[str, Any], message: str) -> None:
    with pytest.raises(UnusableError, match=f"^{message}"):
        facts_of_record(facts(**values), None, TODAY)


def test_what_a_record_can_not_hold_is_left_out_and_told() -> None:
    values = {
        "title": "T",
        "authors": ["A B"],
        "year": 2024,
        "doi": "x",
        "links": {"code": "x", "pdf": "https://a.b/c"},
    }
    record, kept, notes = validate(values)
    assert (record.doi, record.links.code, record.links.pdf) == (None, None, "https://a.b/c")
    assert kept == {"title": "T", "authors": ["A B"], "year": 2024, "links": {"pdf": "https://a.b/c"}}
    assert sorted(notes) == ["doi can't be 'x' and was left out", "links.code can't be 'x' and was left out"]
    with pytest.raises(UnusableError, match=r"^its year can't be '0987'$"):
        validate({**values, "year": "0987"})
    with pytest.raises(UnusableError, match=r"^its title can't be 'TODO'$"):
        validate({**values, "title": "TODO"})


@pytest.mark.parametrize(
    ("written", "kept"), [("pp. 3--7", "3-7"), ("p.\xa012", "12"), ("3 – 7", "3-7"), ("3 - 7", "3-7"), ("P-12", "P-12")]
)
def test_pages_are_numbers_alone(written: str, kept: str) -> None:
    assert facts_of_record(facts(pages=written), None, TODAY)["pages"] == kept


class Counted(str):
    """A name that counts how often it was compared."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)


def test_work_grows_with_the_number_of_authors_and_not_with_its_square(root: Path) -> None:
    names = [Counted(f"Jane Doe{number}") for number in range(2000)]
    record = next(iter(gather(read_collection(root)).records.values())).model_copy(update={"authors": tuple(names)})
    assert facts_of_record(facts(authors=names), None, TODAY)["authors"] == names
    assert repeated(list(names)) == []
    assert list(repeated_item(record)) == []
    assert Counted.compared < 20 * len(names)


def test_a_draft_marks_each_part_that_is_still_to_be_written() -> None:
    values = facts_of_record(facts(), None, TODAY)
    text = draft_text(values, ["look\nhere"], ["towers", "wind"], marks=True)
    assert text.startswith('# Check: look here.\ntitle: "Wind in Towers"\n')
    assert "topics: [TODO]  # likely, by its words: towers, wind\n" in text
    assert text.count("TODO") == 8
    assert text.endswith("added: 2026-01-02\n")
    assert "TODO" not in draft_text(values, [], [], marks=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, GOOD)


def drafter(root: Path, known: dict[str, Venue] | None = None, *, drafts: bool = False) -> Drafter:
    return Drafter(gather(read_collection(root)), known or {}, drafts=drafts, today=TODAY)


def test_a_draft_is_written_and_says_by_checks_what_is_left_to_do(root: Path) -> None:
    made = drafter(root)
    draft = made.draft(facts(title="Wind in Towers", venue="Conf. on Toys", abstract="Towers of blocks stand."))
    made.write(draft)
    made.finish()
    assert draft.path == "papers/2024/doe2024wind.yaml"
    findings = [finding for finding in check_collection(root)[1] if finding.path == draft.path]
    assert {finding.check for finding in findings} == {"unwritten-part"}
    assert {finding.mend for finding in findings} == {"replace TODO"}
    with pytest.raises(FileExistsError):
        made.write(draft)


def test_a_mark_among_the_facts_is_left_out_and_told(root: Path) -> None:
    marked = facts(authors=["TODO", "Jane Doe"], venue="TODO", volume="TODO", pages="TODO", number="2")
    told = ["venue", "volume", "pages", "authors"]
    made = drafter(root, drafts=True)
    draft = made.draft(marked)
    assert draft.notes == tuple(f"{name} can't be 'TODO' and was left out" for name in told)
    assert (draft.record.authors, draft.record.number) == (("Jane Doe", "others"), "2")
    assert "TODO" not in draft.text.replace("'TODO'", "")
    assert made.added_venues == {}
    assert drafter(root).draft(facts(authors=["TODO"])).record.authors == ("others",)


def test_a_paper_that_is_there_is_refused(root: Path) -> None:
    made = drafter(root)
    with pytest.raises(
        DuplicateError, match=r"^papers/2023/doe2023towers\.yaml is of the same paper \(the same title\)$"
    ):
        made.draft(facts(title="Towers: a start", year=2023))
    made.draft(facts(arxiv="2401.00001"))
    with pytest.raises(
        DuplicateError, match=r"^papers/2024/doe2024wind\.yaml is of the same paper \(the same arXiv id\)$"
    ):
        made.draft(facts(title="Something Else", arxiv="2401.00001"))
    with pytest.raises(DuplicateError, match="the same arXiv id"):
        made.refuse_present(arxiv="2401.00001", doi=None)


def test_the_key_that_people_know_stays(root: Path) -> None:
    made = drafter(root)
    assert made.draft(facts(), "jane2024towers").id == "jane2024towers"
    assert made.draft(facts(title="Another"), "jane2024towers").id == "doe2024another"


def test_a_language_is_written_as_a_tag_where_it_is_known(root: Path) -> None:
    made = drafter(root, drafts=True)
    german, english = made.draft(facts(language="ger")), made.draft(facts(title="Rain", language="en-GB"))
    assert "language: de\n" in german.text
    assert "language" not in english.text
    unknown = made.draft(facts(title="Snow", language="ge"))
    assert unknown.notes == ("the language 'ge' is not known and was left out",)
    assert "language:" not in unknown.text


def test_no_file_that_can_not_be_read_is_written_over(root: Path) -> None:
    write(root, {"papers/2024/doe2024wind.yaml": "title: ["})
    assert drafter(root).draft(facts()).id == "doe2024windtowers"


def test_a_curated_table_of_venues_is_left_to_a_person(root: Path) -> None:
    before = (root / "venues.yaml").read_bytes()
    made = drafter(root)
    draft = made.draft(facts(venue="Journal of Winds", venue_type="journal"))
    made.write(draft)
    made.finish()
    assert draft.notes == (
        "venues.yaml knows no 'Journal of Winds'; name a venue of it, or add an entry for journal-of-winds",
    )
    assert (root / "venues.yaml").read_bytes() == before


def test_in_a_collection_of_ones_own_a_venue_is_added_once(root: Path) -> None:
    (root / "venues.yaml").write_text((root / "venues.yaml").read_text().rstrip("\n"))
    made = drafter(root, VENUES, drafts=True)
    for title, venue in (
        ("One", "Journal of Winds"),
        ("Two", "Journal of Winds"),
        ("Three", "J. Toys"),
        ("Four", "CoRR"),
    ):
        made.write(made.draft(facts(title=title, venue=venue)))
    made.finish()
    made.finish()
    collection = gather(read_collection(root))
    assert collection.venues.keys() == {"toyconf", "journal-of-winds", "jot"}
    assert [record.venue for record in collection.newest] == [
        None,
        "journal-of-winds",
        "jot",
        "journal-of-winds",
        "toyconf",
    ]


ANTS = "acl: {short: Ants, name: Ants and Lice, type: journal}\n"
ANEW = "acl:\n  short: Ants\n  name: Ants and Lice\n  type: journal\n"
RAIN = "@misc{a, title={Rain}, author={Jane Roe}, year=2020}"


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("", ""),
        ("{}", ""),
        ("# Ours\n{}\n", "# Ours\n"),
        (f"# Ours\n{ANTS.strip()} # so", f"# Ours\n{ANTS.strip()} # so\n"),
        (f"# Ours\n{{{ANTS.strip()}}}", f"# Ours\n{ANEW}"),
        (f"{ANTS}...\n", ANEW),
    ],
)
def test_a_table_of_venues_stays_readable_in_whichever_form_it_is(before: str, kept: str) -> None:
    longer = with_venues(before.encode(), {"toyw": VENUES["toyw"]})
    assert longer.decode() == kept + (
        "toyw:\n  short: ToyW\n  name: ToyConf Workshop on Small Things\n  type: workshop\n"
    )


def test_a_key_that_another_venue_has_is_not_taken(root: Path) -> None:
    table = root / "venues.yaml"
    table.write_text(table.read_text() + ANTS + "jot: {short: Trees}\n")
    known = {"acl": Venue(short="ACL", name="Meeting on Languages", type="conference")}
    told = "venues.yaml knows no 'Meeting on Languages'; name a venue of it, or add an entry for acl-2"
    assert drafter(root, known).draft(facts(venue="Meeting on Languages")).notes == (told,)
    made = drafter(root, known, drafts=True)
    made.write(made.draft(facts(venue="Meeting on Languages")))
    made.write(made.draft(facts(title="Rain", venue="Journal of Toys (JoT)")))
    made.finish()
    reading = read_collection(root)
    assert {key: venue.short for key, venue in reading.venues.items()} == {
        "toyconf": "ToyConf",
        "acl": "Ants",
        "acl-2": "ACL",
        "jot-2": "JoT",
    }
    assert "duplicate-key" not in {finding.check for finding in reading.findings}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"x: [\n", "venues.yaml:1:5: yaml-syntax: this is not YAML"),
        (b"# M\xfcller\n", "venues.yaml:1:4: unreadable-file: the file is not UTF-8 from here on; save it as UTF-8"),
        (2 * ANTS.encode(), "venues.yaml:2:1: duplicate-key: the key 'acl' stands a second time (first on line 1)"),
        (b"- x\n", "venues.yaml:1:1: wrong-type: the file should be a mapping (key: value), but is a list; write"),
    ],
)
def test_no_draft_is_made_while_its_venue_could_not_be_written(root: Path, table: bytes, told: str) -> None:
    write(root, {"mkdocs.yml": SETTINGS.replace("false", "true"), "venues.yaml": table, "one.bib": RAIN})
    for command in (["import", str(root / "one.bib")], ["new", "--title", "A"]):
        done = CliRunner().invoke(main, [*command, "--root", str(root)])
        assert done.exit_code == 1
        assert done.output.startswith(f"Error: no draft can be made before the table of venues is mended:\n{told}")
    assert (root / "venues.yaml").read_bytes() == table
    assert list(root.glob("papers/*/*.yaml")) == [root / "papers/2023/doe2023towers.yaml"]


def test_only_settled_ids_of_the_drafts_are_entered(root: Path) -> None:
    write(root, {"mkdocs.yml": SETTINGS, "ids.txt": "", "one.bib": RAIN})
    provisional = start_record(root, title="Snow on Towers")
    start_record(root, bibtex=root / "one.bib")
    assert (root / provisional.path).exists()
    assert (root / "ids.txt").read_text().splitlines()[1:] == ["roe2020rain"]


def test_ids_are_entered_where_a_ledger_is_kept(root: Path) -> None:
    made = drafter(root)
    made.write(made.draft(facts()))
    made.finish()
    assert not (root / "ids.txt").exists()
    (root / "ids.txt").write_text("doe2023towers\n")
    made.write(made.draft(facts(title="Rain")))
    made.finish()
    assert (root / "ids.txt").read_text().splitlines()[1:] == ["doe2023towers", "doe2024rain", "doe2024wind"]


def test_a_record_is_started_from_a_title_or_a_file(root: Path) -> None:
    write(root, {"mkdocs.yml": SETTINGS, "one.bib": "@misc{roe2020rain, title={Rain}, author={Jane Roe}, year=2020}"})
    assert start_record(root, bibtex=root / "one.bib").path == "papers/2020/roe2020rain.yaml"
    draft = start_record(root, title="Snow on Towers")
    assert draft.record.authors == ("others",)
    assert draft.notes[0].startswith("nothing but the title is known; write authors, year, venue and identifiers")
    assert "\nauthors: [TODO]  # or [others], where it names none\n" in draft.text
    _, findings = check_collection(root)
    told = list(map(as_text, findings))
    assert f"{draft.path}:3:10: unwritten-part: 'authors' is still to be written; replace TODO" in told
    assert f"{draft.path}:7:10: unwritten-part: 'summary' is still to be written; replace TODO" in told


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "two.bib",
            "@misc{a, title={A}}\n@misc{b, title={B}}",
            r"two\.bib holds 2 entries; to take them all, use: python",
        ),
        ("bad.bib", "\n@misc{a, title={A", r"bad\.bib:2: its braces, quotes or commas are not complete"),
        ("none.bib", "@misc{a, author={Jane Roe}, year=2020}", "it has no title"),
        ("same.bib", "@misc{a, title={Towers: A Start}, author={Jane Doe}, year=2023}", "is of the same paper"),
    ],
)
def test_why_a_record_was_not_started_is_told_in_one_line(root: Path, name: str, text: str, told: str) -> None:
    write(root, {"mkdocs.yml": SETTINGS, name: text})
    with pytest.raises(StartError, match=told) as caught:
        start_record(root, bibtex=root / name)
    assert "\n" not in str(caught.value)


def test_a_title_alone_starts_no_second_record(root: Path) -> None:
    write(root, {"mkdocs.yml": SETTINGS})
    told = (
        r"doe2023towers\.yaml is of the same paper \(the same title\); start another paper of that title from its arXiv"
    )
    with pytest.raises(StartError, match=told):
        start_record(root, title="Towers: a start")


def test_a_paper_that_is_there_is_not_asked_of_the_network(root: Path) -> None:
    def asked(_: float) -> None:
        raise AssertionError("asked")

    text = GOOD["papers/2023/doe2023towers.yaml"]
    write(root, {"mkdocs.yml": SETTINGS, "papers/2023/doe2023towers.yaml": f'{text}arxiv: "2301.00001"\n'})
    with pytest.raises(StartError, match=r"doe2023towers\.yaml is of the same paper \(the same arXiv id\)"):
        start_record(root, arxiv="https://arxiv.org/abs/2301.00001v3", client=Client(tries=0, sleep=asked))
