"""Addresses are promises: each one is written down here, and whoever changes one has to change this."""

import pytest

from gen import addresses
from gen.collection import Author, Collection
from gen.names import parse_name


def test_addresses_of_everything_that_has_a_page(toy: Collection) -> None:
    record, topic, path = toy.records["example2023fast"], toy.topics["towers"], toy.paths["first-tower"]
    assert addresses.record(record) == addresses.record("example2023fast") == "papers/example2023fast/"
    assert addresses.topic(topic) == addresses.topic("towers") == "topics/towers/"
    assert addresses.path(path) == "paths/first-tower/"
    assert addresses.year(2023) == "years/2023/"
    assert addresses.venue("jot") == "venues/jot/"
    assert addresses.results("speed") == "results/speed/"
    assert addresses.gap("code") == "coverage/code/"


def test_addresses_of_files(toy: Collection) -> None:
    assert addresses.record_file(toy.records["example2023fast"], "bib") == "papers/example2023fast.bib"
    assert addresses.export("topics/towers/", "csl.json") == "topics/towers.csl.json"
    assert addresses.export("", "bib") == "bibliography.bib"
    assert addresses.feed() == "feed.xml"
    assert addresses.feed("towers") == "topics/towers.xml"
    assert addresses.card(None) == "assets/preview/index.png"
    assert addresses.card("blocks") == "assets/preview/blocks.png"
    assert (addresses.SCHEMA, addresses.RECORD_SCHEMA) == ("schema/paper.schema.json", "schema/record.schema.json")


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("10.1145/3447548.3467", "10.1145/3447548.3467"),
        ("10.1002/(SICI)1097-4571<1::AID-X>3.0.CO;2-Y", "10.1002/(SICI)1097-4571%3C1::AID-X%3E3.0.CO;2-Y"),
        ("10.1000/456#789", "10.1000/456%23789"),
        ("10.1000/4?5%6", "10.1000/4%3F5%256"),
        ("10.1000/ü", "10.1000/%C3%BC"),
    ],
)  # fmt: skip
def test_a_doi_leads_to_itself(identifier: str, address: str) -> None:
    assert addresses.doi(identifier) == f"https://doi.org/{address}"


def test_addresses_of_entries_in_a_list(toy: Collection) -> None:
    assert addresses.system(toy, "MS MARCO+") == "systems/#ms-marco-plus"
    assert addresses.benchmark(toy, "Ω-Blocks") == "benchmarks/#o-blocks"


def test_people_of_several_papers_have_a_page_and_others_an_entry(toy: Collection) -> None:
    assert addresses.written_person(toy, "A. Example") == "people/ada-example/"
    assert addresses.written_person(toy, "Guy van der Toy") == "people/a-to-z/v/#guy-van-der-toy"
    papers = tuple(toy.newest[:2])
    assert addresses.person(Author("x", parse_name("X Y"), papers, None)) == "people/x/"
    assert addresses.person(Author("x", parse_name("X Y"), papers[:1], None)) == "people/a-to-z/y/#x"
    assert addresses.person(Author("x", parse_name("X Y"), papers[:1], None, 2)) == "people/a-to-z/y/part_2/#x"


@pytest.mark.parametrize(
    ("written", "letter"), [("Jane Doe", "d"), ("{3M}", "0"), ("李 小龙", "x"), ("Östen Åberg", "a"), ("{!?}", "u")]
)
def test_everyone_stands_under_a_letter_or_the_nought(written: str, letter: str) -> None:
    assert Author("", parse_name(written), (), None).letter == letter


@pytest.mark.parametrize(
    ("address", "depth"), [("", 0), ("topics/", 1), ("papers/a/", 2), ("people/a-to-z/v/#x/y", 3), ("systems/#a", 1)]
)
def test_depth_counts_folders_and_no_anchor(address: str, depth: int) -> None:
    assert addresses.depth(address) == depth
