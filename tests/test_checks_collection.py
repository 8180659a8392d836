"""Checks of the whole: each bad example gets exactly its line, the good one none."""

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.checks.collection import SHARED, frequent
from gen.checks.suggest import did_you_mean, suggest
from gen.collection import gather
from gen.reading import read_collection
from tests.cases import GOOD, RECORD, another, record, said

RELATION = "relations: [{{to: {}, kind: uses, why: It does.}}]\n"
NAMESAKES: dict[str, str | bytes] = {
    **another("roe2023other", ("[Jane Doe,", "['Doe, Jane',")),
    "people.yaml": "jane-doe-2: {name: Jane Doe, variants: ['Doe, Jane']}\n",
}
PATH = "title: T\nreader: R\ngoal: G\nintroduction: I\nsteps:\n- {{paper: doe2023towers, take: {}}}\n- {{paper: {}, take: T}}\n"

TOWERS = GOOD["topics/towers.yaml"]
VENUE = "toyconf: {{short: ToyConf, name: Conference on Toys, type: conference, former_ids: [{}]}}\n"
TOYS = "title: Toys\nscope: What is fun\nintroduction: Things.\n"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (record(("[towers]", "[towrs]")), f"{RECORD}:8:10: unknown-topic: there is no topic 'towrs'; did you mean 'towers'?"),
        (record(("[towers]", "[zzz]")), f"{RECORD}:8:10: unknown-topic: there is no topic 'zzz'; use a topic of topics/, or add its file there"),
        (record(("[towers]", "[towers, blocks]")), f"{RECORD}:8:18: unknown-topic: 'blocks' is an area, not a topic; use one of its topics: towers"),
        (record(("toyconf", "toyconv")), f"{RECORD}:4:8: unknown-venue: there is no venue 'toyconv'; did you mean 'toyconf'?"),
        (record(("toyconf", "tc")), f"{RECORD}:4:8: unknown-venue: there is no venue 'tc'; write 'toyconf'"),
        (record(("toyconf", "zzz")), f"{RECORD}:4:8: unknown-venue: there is no venue 'zzz'; add an entry to venues.yaml"),
        ({"topics/towers.yaml": GOOD["topics/towers.yaml"].replace("area: blocks", "area: bloks")}, "topics/towers.yaml:2:7: unknown-area: there is no area 'bloks'; did you mean 'blocks'?"),
        ({"topics/x.yaml": GOOD["topics/towers.yaml"].replace("area: blocks", "area: zzz")}, "topics/x.yaml:2:7: unknown-area: there is no area 'zzz'; the areas are blocks"),
        (record(add=RELATION.format("doe2023tower")), f"{RECORD}:19:18: broken-relation: there is no record 'doe2023tower'; did you mean 'doe2023towers'?"),
        (record(add=RELATION.format("zzz")), f"{RECORD}:19:18: broken-relation: there is no record 'zzz'; name a record of this collection"),
        (record(("One room", "As [@zzz]. One room")), f"{RECORD}:16:12: broken-reference: there is no record 'zzz'; name a record of this collection"),
        ({"topics/towers.yaml": GOOD["topics/towers.yaml"] + "start_here: [{paper: zzz, why: It is.}]\n"}, "topics/towers.yaml:5:22: broken-reference: there is no record 'zzz'; name a record of this collection"),
        ({"paths/p.yaml": PATH.format("T", "zzz")}, "paths/p.yaml:7:11: broken-reference: there is no record 'zzz'; name a record of this collection"),
        ({"paths/p.yaml": PATH.format('"As [@zzz]."', "doe2023towers")}, "paths/p.yaml:6:32: broken-reference: there is no record 'zzz'; name a record of this collection"),
        ({"papers/2024/doe2023towers.yaml": GOOD[RECORD].replace("year: 2023", "year: 2024")}, f"papers/2024/doe2023towers.yaml:1:1: double-id: the id 'doe2023towers' is taken by {RECORD}; choose another id"),
        (another("roe2023other", add="former_ids: [doe2023towers]\n"), "papers/2023/roe2023other.yaml:19:14: double-id: the id 'doe2023towers' is taken by papers/2023/doe2023towers.yaml; choose another id"),
        (record(add="former_ids: [doe2023towers]\n"), f"{RECORD}:19:14: double-id: the former id 'doe2023towers' is the present one; delete it"),
        ({"topics/bridges.yaml": GOOD["topics/towers.yaml"]}, "topics/bridges.yaml:1:1: unused-entry: no record belongs to 'bridges'; delete the file, or give it some"),
        ({"topics/empty.yaml": GOOD["topics/blocks.yaml"]}, "topics/empty.yaml:1:1: unused-entry: no topic belongs to 'empty'; delete the file, or give it some"),
        ({"venues.yaml": GOOD["venues.yaml"] + "jot: {short: JoT, name: J, type: journal}\n"}, "venues.yaml:2:1: unused-entry: no record uses 'jot'; delete the entry"),
        ({"people.yaml": GOOD["people.yaml"] + "john-roe: {name: John Roe}\n"}, "people.yaml:2:1: unused-entry: no record uses 'john-roe'; delete the entry"),
        ({"people.yaml": GOOD["people.yaml"] + "j-doe: {name: J. Doe, variants: [Jane Doe]}\n"}, "people.yaml:2:34: shared-name: 'Jane Doe' is a spelling of 'jane-doe' too; leave it with one of them"),
        ({"people.yaml": GOOD["people.yaml"] + "j-doe: {name: Jane Doe}\n"}, "people.yaml:2:15: shared-name: 'Jane Doe' is a spelling of 'jane-doe' too; leave it with one of them"),
        (record(add="former_ids: [old, old]\n"), f"{RECORD}:19:19: repeated-item: 'old' stands twice in 'former_ids'; keep one of the two"),
        ({"topics/towers.yaml": TOWERS + "former_ids: [towers]\n"}, "topics/towers.yaml:5:14: double-id: the former id 'towers' is the present one; delete it"),
        ({"topics/towers.yaml": TOWERS + "former_ids: [blocks]\n"}, "topics/towers.yaml:5:14: double-id: the id 'blocks' is taken by topics/blocks.yaml; choose another id"),
        ({"topics/towers.yaml": TOWERS + "former_ids: [a, a]\n"}, "topics/towers.yaml:5:17: repeated-item: 'a' stands twice in 'former_ids'; keep one of the two"),
        ({"venues.yaml": VENUE.format("toyconf")}, "venues.yaml:1:84: double-id: the former id 'toyconf' is the present one; delete it"),
        ({"venues.yaml": VENUE.format("index")}, "venues.yaml:1:84: double-id: the id 'index' is reserved for a page of the site; delete it"),
        ({"venues.yaml": VENUE.format("jot") + "jot: {short: JoT, name: J, type: journal}\n"}, "venues.yaml:1:84: double-id: the id 'jot' is taken by 'jot'; leave it with one of them"),
        ({"venues.yaml": VENUE.format("old, old")}, "venues.yaml:1:89: double-id: the id 'old' is taken by 'toyconf'; leave it with one of them"),
        ({"people.yaml": "jane-doe: {name: Jane Doe, former_ids: [ludwig-van-beethoven]}\n"}, "people.yaml:1:41: double-id: the id 'ludwig-van-beethoven' is that of 'Ludwig van Beethoven'; add that spelling to 'variants' if they are one person, or delete the id"),
        ({**record(("[towers]", "[spires]")), "topics/towers.yaml": TOWERS + "former_ids: [spires]\n"}, f"{RECORD}:8:10: unknown-topic: there is no topic 'spires'; it is now 'towers'"),
        ({"topics/towers.yaml": TOWERS.replace("area: blocks", "area: bricks"), "topics/blocks.yaml": GOOD["topics/blocks.yaml"] + "former_ids: [bricks]\n"}, "topics/towers.yaml:2:7: unknown-area: there is no area 'bricks'; it is now 'blocks'"),
        ({**record(("toyconf", "oldconf")), "venues.yaml": VENUE.format("oldconf")}, f"{RECORD}:4:8: unknown-venue: there is no venue 'oldconf'; write 'toyconf'"),
        (NAMESAKES, "people.yaml:1:20: namesakes-taken: all papers by 'Jane Doe' go to 'jane-doe-2'; call the entry 'jane-doe' if that is one person, else leave this spelling to the other and write this one as 'Doe, Jane' here and in the records"),
    ],
    ids=range(36),
)  # fmt: skip
def test_a_bad_collection(tmp_path: Path, changes: dict[str, str | bytes], told: str) -> None:
    assert told in said(tmp_path, changes)


def test_people_of_one_name_are_told_apart_by_their_spellings(tmp_path: Path) -> None:
    right = {**NAMESAKES, "people.yaml": "jane-doe-2: {name: 'Doe, Jane'}\n"}
    assert said(tmp_path, right) == []
    collection = gather(read_collection(tmp_path))
    found = {slug: author.records[0].id for slug, author in collection.authors.items() if "doe" in slug}
    assert found == {"jane-doe": "doe2023towers", "jane-doe-2": "roe2023other"}
    taken = {"people.yaml": "jane-doe-2: {name: 'Doe, Jane', variants: [Jane Doe]}\n"}
    assert ["namesakes-taken" in told for told in said(tmp_path, {**NAMESAKES, **taken})] == [True]


def test_a_reference_to_an_id_that_changed_or_is_gone_is_not_guessed_at(tmp_path: Path) -> None:
    changes = {
        **record(("One room", "As [@roe2022othr], [@doe2023tower] and [@Doe2023-towers2]. One room")),
        **another("roe2023other", add="former_ids: [roe2022othr]\n"),
        "ids.txt": "doe2023tower\n",
        "papers/2023/Doe2023-towers.yaml": "title: [\n",
    }
    assert [told.partition("broken-reference: ")[2] for told in said(tmp_path, changes) if "broken-ref" in told] == [
        "there is no record 'Doe2023-towers2'; did you mean 'doe2023towers'?",
        "there is no record 'doe2023tower'; name a record of this collection",
        "there is no record 'roe2022othr'; it is now 'roe2023other'",
    ]


def test_what_cannot_be_an_id_is_not_suggested(tmp_path: Path) -> None:
    changes = {
        **record(("[towers]", "[towers, rockng-towers]"), ("toyconf", "toyconv2")),
        "topics/Rocking-Towers.yaml": GOOD["topics/towers.yaml"].replace("area: blocks", "area: block"),
        "topics/Block.yaml": GOOD["topics/blocks.yaml"],
    }
    told = "\n".join(said(tmp_path, changes))
    assert "no topic 'rockng-towers'; use a topic of topics" in told
    assert "no area 'block'; did you mean 'blocks'?" in told


def test_an_area_that_names_an_area_is_told_once(tmp_path: Path) -> None:
    changes = {"topics/blocks.yaml": GOOD["topics/blocks.yaml"] + "area: toys\n", "topics/toys.yaml": TOYS}
    assert said(tmp_path, changes) == [
        "topics/towers.yaml:2:7: unknown-area: 'blocks' is a topic, since it names an area itself; take `area` out of topics/blocks.yaml"
    ]


def test_what_a_misspelled_name_leaves_unused_is_not_to_be_deleted(tmp_path: Path) -> None:
    misspelled: list[tuple[dict[str, str | bytes], str]] = [
        (record(("toyconf", "toycomf")), "unknown-venue"),
        (record(("[towers]", "[towrs]")), "unknown-topic"),
        ({"topics/towers.yaml": GOOD["topics/towers.yaml"].replace("area: blocks", "area: bloks")}, "unknown-area"),
    ]
    for number, (changes, check) in enumerate(misspelled):
        assert [line.split(": ")[1] for line in said(tmp_path / str(number), changes)] == [check]


def test_an_area_without_topics_is_named_with_its_file(tmp_path: Path) -> None:
    changes = {**record(("[towers]", "[towers, idle]")), "topics/idle.yaml": GOOD["topics/blocks.yaml"]}
    told = "'idle' is an area, not a topic; name a topic, or add 'area: ...' to topics/idle.yaml"
    assert f"{RECORD}:8:18: unknown-topic: {told}" in said(tmp_path, changes)


def test_references_that_hold(tmp_path: Path) -> None:
    changes = {
        **record(("One room", "As [@roe2023other] says, one room"), add=RELATION.format("roe2023other")),
        **another("roe2023other", add="former_ids: [roe2022other]\n"),
        "paths/p.yaml": PATH.format('"As `[@zzz]`, unlike [@doe2023towers]."', "roe2023other"),
    }
    assert said(tmp_path, changes) == []


@pytest.mark.parametrize("many", [0, 2000])
def test_a_phrase_that_four_annotations_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr("gen.checks.collection.MANY", many)
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(("b2023b", "c2023c", "d2023d")):
        words = " ".join(f"w{number}x{index}" for index in range(80))
        title = ('"Towers: A Start"', f"T{number}")
        changes = GOOD[RECORD].replace(*title)
        head, _, rest = changes.partition("annotation:")
        _, _, tail = rest.partition("annotated:")
        parts = "\n".join(f"  {part}: {words}{part}" for part in ("problem", "approach", "findings"))
        shared = "One room, one carpet, and a builder who knew what was measured"
        summary = f"summary: Number {number} is a tower of its own, with {words[:60]}."
        head = "\n".join(summary if line.startswith("summary") else line for line in head.splitlines())
        files[f"papers/2023/{name}.yaml"] = (
            f"{head}\nannotation:\n{parts}\n  caveats: {shared} {number}.\nannotated:{tail}"
        )
    said_of_three = [line for line in said(tmp_path, dict(list(files.items())[:2])) if "boilerplate" in line]
    assert said_of_three == []
    told = "boilerplate: a phrase of eight words here also stands in c2023c, d2023d, doe2023towers; write what is particular to this paper"
    assert [line for line in said(tmp_path, files) if "boilerplate" in line] == [
        f"papers/2023/b2023b.yaml:14:12: {told}"
    ]


@given(st.lists(st.sets(st.sampled_from([-(2**63), -1, 0, 1, 2, 2**63 - 1]))))
def test_phrases_are_counted_alike_in_few_and_in_many_notes(notes: list[set[int]]) -> None:
    written = [array("q", note) for note in notes]
    found = frequent(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gen.checks.collection.MANY", 0)
        assert frequent(written) == found
    assert found == {number for number in set().union(*notes) if sum(number in note for note in notes) >= SHARED}


def test_one_thing_spelled_in_two_ways(tmp_path: Path) -> None:
    changes = {
        **record(add="benchmarks: [MS MARCO]\nbuilds_on: [C++]\n"),
        **another("b2023b", add="benchmarks: [MS MARCO]\nbuilds_on: [C]\n"),
        **another("c2023c", add="benchmarks: [MS-Marco]\n"),
    }
    assert said(tmp_path, changes) == [
        "papers/2023/c2023c.yaml:19:14: entity-spelling: 'MS-Marco' is spelled 'MS MARCO' elsewhere; write 'MS MARCO'"
    ]


def test_suggestions_are_near_or_none() -> None:
    assert suggest("Sumary", ["summary", "system"]) == "summary"
    assert suggest("zzz", ["summary", "system"]) is None
    assert suggest("anything", []) is None
    assert did_you_mean("sytem", ["summary", "system"], "else") == "did you mean 'system'?"
    assert did_you_mean("zzz", ["summary"], "see the list") == "see the list"
