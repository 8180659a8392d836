"""The search index: what stands in it, in which files, that it is the same every time, and that little changes it."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.collection import Collection
from gen.pages.output import Batch
from gen.pages.search import DOCS, LENGTH, MANIFEST, TERMS, amended, pages
from gen.record import Record
from gen.search import ROOM, STOPWORDS, entries, entry, facets, fields, numbered, shown, stem, terms, whole
from gen.store import Store
from gen.text.fold import fold
from gen.text.plain import plain
from tests.conftest import changed
from tests.test_postings import read

NO_STORE = Store(None)


def files(collection: Collection, store: Store = NO_STORE) -> dict[str, str]:
    """Every file of the index by its path."""
    batches = (output for output in pages(collection, store) if isinstance(output, Batch))
    made = {file.path: file.content() for batch in batches for file in batch.files()}
    return {path: content for path, content in made.items() if isinstance(content, str)}


def table(made: dict[str, str], name: str) -> dict[str, Any]:
    """A table put together from its pieces, as a browser reaches them from the manifest."""
    branches = json.loads(made["search/index.json"])[name]
    starts = [start for start, _ in branches]
    pieces = [piece for _, branch in branches for piece in json.loads(made[f"search/{name}/{branch}.json"])]
    assert set(starts) <= {start for start, _ in pieces}
    found: dict[str, Any] = {}
    for start, piece in pieces:
        values = json.loads(made[f"search/{name}/{piece}.json"])
        assert next(iter(values)) == str(start)
        found |= values
    return found


def scores(collection: Collection, term: str) -> dict[str, int]:
    """Scores of the records in a term's postings, by their ids."""
    made = files(collection)
    row = table(made, "terms").get(term, "")
    docs = table(made, "docs")
    return {docs[str(number)][0]: score for number, score in read(row)}


def found(collection: Collection, term: str) -> set[str]:
    return set(scores(collection, term))


def edited(collection: Collection, record: Record, **values: object) -> Collection:
    """The collection with other values in one record."""
    return replace(collection, records={**collection.records, record.id: changed(record, **values)})


def test_terms_are_stems_and_compounds_without_words_of_questions() -> None:
    assert list(terms("Which of the KV-caches are quantized?")) == ["kv", "cach", "kvcach", "quantiz"]


def test_a_hyphen_that_joins_no_words_belongs_to_none() -> None:
    """CPython before 3.11.5 took it into the word, where a pattern was possessive (its issue 106052)."""
    assert list(terms("low-(rank a-lora--galore k-_v")) == ["low", "rank", "lora", "alora", "galor", "k", "v"]


def test_each_term_of_an_entry_has_a_weight(real: Collection) -> None:
    for record in real.records.values():
        found = entry(record, real)
        assert len(found.terms.split()) == len(found.weights), record.id


def test_every_stop_word_is_folded_and_never_a_term() -> None:
    assert all(fold(word) == word for word in STOPWORDS)
    assert list(terms(" ".join(sorted(STOPWORDS)))) == []


@pytest.mark.parametrize(
    ("word", "stemmed"), [("quantization", "quantiz"), ("as", "as"), ("ω", "ω"), ("methodology", "methodolog")]
)
def test_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_writing_without_spaces_is_found_from_any_place_in_it() -> None:
    parts = "大规 规模 模推 推理 大规模 规模推 模推理 大规模推 规模推理"
    assert list(terms("大规模推理")) == ["大规模推理", *parts.split()]
    assert list(terms("推理 モデル")) == ["推理", "モテル", "モテ", "テル"]
    assert list(terms("모델 лес")) == [fold("모델"), "лес"], "words with spaces between them"


def test_people_are_found_by_the_names_on_their_own_pages(toy: Collection) -> None:
    assert toy.people["ada-example"].script == "アダ"
    short = next(record for record in toy.records.values() if "A. Example" in record.authors)
    found = dict(fields(short, toy))["author"].split()
    assert {"A.", "Example", "Ada", "アダ"} <= set(found)
    assert found.count("Example") == 1
    other = edited(toy, short, authors=("王, 小明",))
    assert dict(fields(other.records[short.id], other))["author"] == "王小明"


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
        ("TWR", "example2023fast"),  # a keyword of a topic
        ("pictures", "org2022toy"),  # summary
        ("小龙", "li2019chapter"),
        ("1999", "van1999thesis"),
        ("retracted", "example2024same"),  # its notice
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
        ("2305.00001", {"example2023fast"}),  # arxiv
        ("10.1234/toy_(1)", {"example2023fast"}),  # doi
    ],
)
def test_whole_names_lead_to_their_records(toy: Collection, name: str, ids: set[str]) -> None:
    assert found(toy, whole(name)) == ids


def test_whole_names_are_those_that_are_shown(toy: Collection) -> None:
    record = changed(toy.records["sample2024slow"], system=r"$\omega$-Net", also_titled=(r"Nets of $\sqrt{n}$", "N 2"))
    names = {term for term in entry(record, toy).terms.split() if term.startswith("=")}
    assert {"=ωnet", whole(plain(r"Nets of $\sqrt{n}$")), "=n2"} <= names
    assert "=omeganet" not in names


def test_unknown_authors_are_no_word(toy: Collection) -> None:
    assert "anon2019bridge" not in found(toy, stem("others"))


def test_pieces_are_small_and_in_order(real: Collection) -> None:
    made = files(real)
    for name, size in (("terms", TERMS), ("docs", DOCS)):
        assert max(len(content) for path, content in made.items() if f"/{name}/" in path) < 2 * size
    names = list(table(made, "terms"))
    assert names == sorted(set(names), key=lambda term: term.encode("utf-16-be"))
    numbers = list(map(int, table(made, "docs")))
    assert numbers == sorted(set(numbers))


def test_postings_name_each_record_once_with_a_score(real: Collection) -> None:
    made = files(real)
    known = set(map(int, table(made, "docs")))
    assert len(known) == len(real.records)
    for term, row in table(made, "terms").items():
        numbers = [number for number, _ in read(row)]
        assert numbers == sorted(set(numbers)), term
        assert set(numbers) <= known
        assert all(score >= 1 for _, score in read(row))


def test_the_title_weighs_more_than_the_note(toy: Collection) -> None:
    found = scores(toy, stem("bridges"))
    assert found["anon2019bridge"] > found["example2023fast"]


def test_numbers_hardly_change_when_a_record_comes() -> None:
    ids = [f"paper{number}" for number in range(300)]
    before, after = numbered(ids), numbered([*ids, "another"])
    assert sum(before[key] != after[key] for key in ids) < 3
    assert list(before.values()) == sorted(set(before.values()))
    assert max(before.values()) < 512 * ROOM + 3


@given(st.sets(st.text(max_size=4), max_size=40))
def test_numbers_do_not_depend_on_the_order(ids: set[str]) -> None:
    assert numbered(sorted(ids)) == numbered(sorted(ids, reverse=True))
    assert len(set(numbered(ids).values())) == len(ids)


def test_what_results_show(toy: Collection) -> None:
    record = toy.records["example2023fast"]
    identity, title, system, authors, venue, year, summary, code = shown(record, toy)
    assert (identity, system, authors, venue, year, code) == (
        record.id,
        "FastBlock",
        "Example et al.",
        f"corrected · {toy.venues['toyconf'].short}",
        2023,
        1,
    )
    assert str(title).startswith("FastBlock: Stacking in O(n")
    assert "*" not in str(summary)


def test_facets_count_what_the_collection_has(real: Collection) -> None:
    indexed = entries(real, NO_STORE)
    records = [record for record, _ in indexed.values()]
    table = facets(indexed, real)
    assert table.pop("numbers") == list(indexed)
    order = table.pop("titles")
    assert isinstance(order, list)
    assert sorted(order) == list(range(len(records)))
    titles = [fold(records[row].title) for row in order if "$" not in records[row].title]
    assert titles == sorted(titles)
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


def test_the_manifest_leads_to_every_file(toy: Collection) -> None:
    made = files(toy)
    manifest = json.loads(made["search/index.json"])
    assert manifest["records"] == len(toy.records)
    named = {"search/index.json", f"search/facets/{manifest['facets']}.json"}
    for name in ("terms", "docs"):
        branches = [branch for _, branch in manifest[name]]
        pieces = [piece for branch in branches for _, piece in json.loads(made[f"search/{name}/{branch}.json"])]
        named |= {f"search/{name}/{file}.json" for file in branches + pieces}
    assert set(made) == named


def test_same_records_same_bytes(toy: Collection) -> None:
    turned = replace(toy, records=dict(reversed(list(toy.records.items()))))
    assert files(turned) == files(toy)


def test_the_store_changes_nothing(tmp_path: Path, real: Collection) -> None:
    store = Store(tmp_path)
    record = next(iter(real.records.values()))
    changed = edited(real, record, summary="Towers of blocks.")
    fresh = files(changed)
    assert files(real, store) == files(real) != fresh
    assert files(changed, store) == files(changed, store) == fresh
    with store.table("search") as known:
        assert len(known.found) == len(real.records)


def test_what_other_files_say_of_a_record_is_kept_up(tmp_path: Path, toy: Collection) -> None:
    store = Store(tmp_path)
    files(toy, store)
    key, venue = next(iter(toy.venues.items()))
    named = venue.model_copy(update={"name": "Symposium of Zebras"})
    named.__dict__.pop("digest", None)
    other = replace(toy, venues={**toy.venues, key: named})
    assert files(other, store) == files(other) != files(toy)


def test_an_edit_changes_few_files(real: Collection) -> None:
    """A word more: the piece of the word and of the result, their branches, the manifest."""
    before = files(real)
    record = real.records["sun2023spectr"]
    after = files(edited(real, record, summary=f"{record.summary} Unheardof."))
    assert "unheardof" in table(after, "terms")
    assert len(set(after.items()) - set(before.items())) <= 6
    fewer = replace(real, records={key: item for key, item in real.records.items() if key != record.id})
    docs = [path for path, content in files(fewer).items() if "/docs/" in path and before.get(path) != content]
    assert len(docs) <= 8


def noted(record: Record, random: Random, words: list[str]) -> Record:
    """The record with another summary, or annotation."""
    said = " ".join(random.choices(words, k=random.choice((0, 3, 30, 200))))
    if random.random() < 0.5 and record.summary:
        return changed(record, summary=f"{record.summary[: random.randrange(len(record.summary))]} {said}")
    annotation = record.annotation
    return changed(record, annotation=annotation and annotation.model_copy(update={"findings": f"Found. {said}"}))


def details(record: Record, random: Random, words: list[str]) -> dict[str, object]:
    """Another title that begins otherwise, and another identifier where there is one."""
    found: dict[str, object] = {"title": f"{' '.join(random.sample(words, 2))} {record.title}"}
    return found | ({"arxiv": f"1701.0{random.randrange(1000, 9999)}"} if record.arxiv else {})


@pytest.mark.parametrize("name", ["toy", "real"])
def test_an_amended_index_is_the_one_made_anew(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Some edits in a row, each of one record or of several, of notes alone or of details too."""
    collection: Collection = request.getfixturevalue(name)
    store, random = Store(tmp_path), Random(2)
    before = files(collection, store)
    length = store.load(LENGTH)[LENGTH]
    words = [word.strip("=") for word in table(before, "terms")] + ["unheardof"]
    apart = 0
    for _ in range(8):
        records = random.sample([*collection.records.values()], random.choice((1, 1, 3)))
        edits = [(record, noted(record, random, words)) for record in records]
        if random.random() < 0.5:
            edits = [(old, changed(new, **details(new, random, words))) for old, new in edits]
        collection = replace(collection, records={**collection.records, **{new.id: new for _, new in edits}})
        after = files(collection, store)
        found = amended(collection, edits, length, before.__getitem__)
        length = store.load(LENGTH)[LENGTH]
        if found:
            (made, gone), total = found
            assert total == length
            assert made[-1].path == MANIFEST
            kept = {path: content for path, content in before.items() if path not in gone}
            assert {**kept, **{file.path: file.content() for file in made}} == after
            assert not after.keys() & set(gone)
            apart += 1
        before = after
    assert apart >= 6


def test_another_average_length_makes_the_index_anew(tmp_path: Path, toy: Collection) -> None:
    before = files(toy, store := Store(tmp_path))
    record = toy.records["example2023fast"]
    edit = record, changed(record, summary=" ".join(map(str, range(5000))))
    assert amended(toy, [edit], store.load(LENGTH)[LENGTH], before.__getitem__) is None


def test_an_index_of_other_records_is_made_anew(tmp_path: Path, real: Collection) -> None:
    before = files(real, store := Store(tmp_path))
    length = store.load(LENGTH)[LENGTH]
    record = real.records["sun2023spectr"]
    edit = record, changed(record, summary=f"{record.summary} Unheardof.")
    needed: list[str] = []

    def read(path: str) -> str:
        needed.append(path)
        return before[path]

    assert amended(real, [edit], length, read)
    assert amended(real, [edit[::-1]], length, before.__getitem__) is None
    assert amended(replace(real, records={record.id: record}), [edit], length, before.__getitem__) is None
    for content in ("", "[]", "{}"):
        assert amended(real, [edit], length, {**before, MANIFEST: content}.__getitem__) is None
    edit = record, changed(edit[1], title="Towers")
    assert amended(real, [edit], length, read)
    for path in set(needed) - {MANIFEST}:
        assert amended(real, [edit], length, {**before, path: f"{before[path]} "}.__getitem__) is None
        assert amended(real, [edit], length, {key: before[key] for key in before if key != path}.__getitem__) is None


def test_files_are_named_by_their_content(real: Collection) -> None:
    """So that a browser never mixes what it kept with what was published since."""
    record = next(iter(real.records.values()))
    before, after = files(real), files(edited(real, record, title="Towers", summary="Rivers and bridges."))
    same = before.keys() & after.keys() - {"search/index.json"}
    assert all(before[path] == after[path] for path in same)


def test_an_empty_collection_has_an_index(toy: Collection) -> None:
    manifest = json.loads(files(replace(toy, records={}))["search/index.json"])
    assert (manifest["terms"], manifest["docs"]) == ([], [])
