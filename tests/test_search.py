"""The search index: what stands in it, in which pieces, and that it is the same every time."""

import json
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.collection import Collection
from gen.pages.output import Batch
from gen.pages.search import pages
from gen.search import (
    DOCS,
    PIECE,
    STOPWORDS,
    facets,
    fold,
    ordered,
    shown,
    stem,
    term_pieces,
    terms,
    whole,
)


def found(collection: Collection, term: str) -> set[str]:
    """Ids of the records in a term's postings."""
    postings = {term: row for piece in term_pieces(collection) for term, row in piece.items()}.get(term, [])
    records = ordered(collection)
    return {records[number].id for number in accumulate(postings[::2])}


def files(collection: Collection) -> dict[str, str]:
    """Every file of the index by its path."""
    batches = (output for output in pages(collection) if isinstance(output, Batch))
    made = {file.path: file.content() for batch in batches for file in batch.files()}
    return {path: content for path, content in made.items() if isinstance(content, str)}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hajič", "hajic"),
        ("Müller-Ångström", "muller-angstrom"),
        ("Łukasz Øster", "lukasz oster"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("Ωmega", "ωmega"),
        ("李小龙", "李小龙"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_terms_are_stems_and_compounds_without_words_of_questions() -> None:
    assert list(terms("Which of the KV-caches are quantized?")) == ["kv", "cach", "quantiz", "kvcach"]


def test_every_stop_word_is_folded_and_never_a_term() -> None:
    assert all(fold(word) == word for word in STOPWORDS)
    assert list(terms(" ".join(sorted(STOPWORDS)))) == []


@pytest.mark.parametrize(
    ("word", "stemmed"), [("quantization", "quantiz"), ("as", "as"), ("ω", "ω"), ("methodology", "methodolog")]
)
def test_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_whole_name() -> None:
    assert whole("CS. Drafting") == "=csdrafting"
    assert whole("LLM.int8()") == "=llmint8"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("FastBlock", "example2023fast"),  # system
        ("muller", "example2023fast"),  # author, without the accent
        ("handed", "example2023fast"),  # builds_on
        ("playroom", "org2022toy"),
        ("volunteers", "org2022toy"),  # annotation
        ("pictures", "org2022toy"),  # summary
        ("小龙", "li2019chapter"),
        ("1999", "van1999thesis"),
    ],
)
def test_each_field_is_found(toy: Collection, text: str, record: str) -> None:
    (term,) = terms(text)
    assert record in found(toy, term)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("FastBlock", {"example2023fast", "example2024same", "example2024other"}),
        ("example2022fast", {"example2023fast"}),  # a former id
        ("example2023fast", {"example2023fast"}),
        ("FastBlock: Stacking, Fast", {"example2023fast"}),  # also_titled
        ("a bridge too far", {"anon2019bridge"}),
    ],
)
def test_whole_names_lead_to_their_records(toy: Collection, name: str, ids: set[str]) -> None:
    assert found(toy, whole(name)) == ids


def test_unknown_authors_are_no_word(toy: Collection) -> None:
    assert "anon2019bridge" not in found(toy, stem("others"))


def test_pieces_are_small_and_in_order(real: Collection) -> None:
    pieces = term_pieces(real)
    names = [term for piece in pieces for term in piece]
    assert names == sorted(set(names), key=lambda term: term.encode("utf-16-be"))
    for piece in pieces:
        assert len(piece) == 1 or sum(len(term) + 4 * len(row) for term, row in piece.items()) <= PIECE


def test_postings_name_each_record_once_with_a_score(real: Collection) -> None:
    for piece in term_pieces(real):
        for term, row in piece.items():
            numbers = list(accumulate(row[::2]))
            assert numbers == sorted(set(numbers)), term
            assert 0 <= numbers[0] <= numbers[-1] < len(real.records)
            assert min(row[1::2]) >= 1


def test_the_title_weighs_more_than_the_note(toy: Collection) -> None:
    records = ordered(toy)
    row = {term: row for piece in term_pieces(toy) for term, row in piece.items()}[stem("bridges")]
    scores = {records[number].id: score for number, score in zip(accumulate(row[::2]), row[1::2], strict=True)}
    assert scores["anon2019bridge"] > scores["example2023fast"]


def test_what_results_show(toy: Collection) -> None:
    record = toy.records["example2023fast"]
    identity, title, system, authors, venue, year, summary, code = shown(record, toy)
    assert (identity, system, authors, venue, year, code) == (
        record.id,
        "FastBlock",
        "Example et al.",
        toy.venues["toyconf"].short,
        2023,
        1,
    )
    assert str(title).startswith("FastBlock: Stacking in O(n")
    assert "*" not in str(summary)


def test_facets_count_what_the_collection_has(real: Collection) -> None:
    records = ordered(real)
    table = facets(records, real)
    assert sorted(table.pop("titles")) == list(range(len(records)))  # type: ignore[call-overload]
    assert list(table) == ["topic", "area", "year", "venue", "kind", "code", "basis"]
    for name, column in table.items():
        assert isinstance(column, dict)
        assert len(column["rows"]) == len(records), name
        assert {number for row in column["rows"] for number in row} == set(range(len(column["values"]))), name
    topic, code = table["topic"], table["code"]
    assert isinstance(topic, dict)
    assert isinstance(code, dict)
    for slug, members in real.by_topic.items():
        number = topic["values"].index(real.topics[slug].title)
        assert sum(number in row for row in topic["rows"]) == len(members)
    assert sum(map(bool, code["rows"])) == sum(bool(record.links.code) for record in records)


def test_the_manifest_names_every_file(toy: Collection) -> None:
    made = files(toy)
    manifest = json.loads(made.pop("search/index.json"))
    folder = f"search/{manifest['folder']}/"
    assert manifest["records"] == len(toy.records)
    assert {path.removeprefix(folder) for path in made} == {
        "facets.json",
        *(f"terms/{number}.json" for number in range(len(manifest["starts"]))),
        *(f"docs/{number}.json" for number in range(-(-len(toy.records) // DOCS))),
    }
    for number, start in enumerate(manifest["starts"]):
        assert next(iter(json.loads(made[f"{folder}terms/{number}.json"]))) == start


def test_same_records_same_bytes(toy: Collection) -> None:
    turned = replace(toy, records=dict(reversed(list(toy.records.items()))))
    assert files(turned) == files(toy)


def test_another_summary_is_another_folder(toy: Collection) -> None:
    record = toy.records["org2022toy"]
    changed = record.model_copy(update={"summary": "Another."})
    other = replace(toy, records={**toy.records, record.id: changed})
    folders = [json.loads(files(collection)["search/index.json"])["folder"] for collection in (toy, other)]
    assert folders[0] != folders[1]


def test_an_empty_collection_has_an_index(toy: Collection) -> None:
    empty = replace(toy, records={})
    assert json.loads(files(empty)["search/index.json"])["starts"] == [""]
