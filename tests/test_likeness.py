"""Which papers are alike: neighbors, shared words, order."""

import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.collection import Collection
from gen.likeness import (
    NEIGHBORS,
    SHARED,
    Awaited,
    Found,
    Likeness,
    Neighbor,
    amended_likeness,
    likeness,
    near_papers,
    near_to,
    term,
    words,
    words_key,
)
from gen.nearest import nearest
from gen.pages.record import ALIKE, alike
from gen.record import Record
from gen.source import Source
from gen.store import Store
from gen.vectors import LENGTH_STEP, RARITY_STEP, amended, started


def record(name: str, title: str, **values: Any) -> Record:
    source = Source(f"papers/2023/{name}.yaml", Path())
    return Record.model_validate(
        {"title": title, "authors": ["Jane Doe"], "year": 2023, **values}, context={"source": source}
    )


TOWERS = [
    record("a", "Stacking GPU towers", summary="Cache-aware towers stack queries."),
    record("b", "A tower of queries", summary="How GPU towers stack: cache-aware."),
    record("c", "Bridges for rivers", summary="A bridge spans a river."),
    record("d", "River crossings", summary="Which bridges last?"),
    record("e", "Nothing in common with $towers$ but math, [@a] and [a link](https://example.org/bridge)"),
]


def test_the_most_alike_stand_first_with_the_words_that_both_say() -> None:
    found = likeness(TOWERS)
    first = found["a"][0]
    assert first.id == "b"
    assert set(first.words) == {"GPU", "towers", "cache-aware", "queries"}
    assert [neighbor.id for neighbor in found["c"]] == ["d"]
    assert set(found["c"][0].words) == {"bridges", "river"}


def test_math_citations_and_addresses_say_nothing() -> None:
    assert likeness(TOWERS)["e"] == ()


def test_words_that_every_text_has_say_nothing() -> None:
    papers = [record("a", "Methods of a 7B tower"), record("b", "Two methods at 7B, with a tower")]
    (neighbor,) = likeness([*papers, record("c", "Elsewhere")])["a"]
    assert neighbor.words == ("tower",)


def test_a_word_that_many_texts_have_is_not_named_beside_one_that_tells() -> None:
    others = [record(f"o{number}", f"{'Stack' if number < 3 else 'Else'} number{number}") for number in range(43)]
    papers = [record(name, "Stack zeppelins", summary="zeppelin " * 8) for name in "ab"]
    assert likeness([*others, *papers])["a"][0].words == ("zeppelin",)


def test_a_shared_topic_counts_but_is_no_word() -> None:
    papers = [record(name, title, topics=["towers"]) for name, title in (("a", "One stack"), ("b", "Some heap"))]
    (neighbor,) = likeness([*papers, record("c", "Elsewhere")])["a"]
    assert (neighbor.id, neighbor.words) == ("b", ())


def told(found: Likeness) -> dict[str, list[Neighbor]]:
    """Return neighbors and words, most of which are read only when they are asked for."""
    return {key: list(neighbors) for key, neighbors in found.items()}


def test_the_order_of_records_does_not_matter() -> None:
    assert told(likeness(TOWERS)) == told(likeness(reversed(TOWERS)))


def test_none_and_one() -> None:
    assert likeness([]) == {}
    assert likeness(TOWERS[:1]) == {"a": ()}


def test_papers_of_the_same_words_are_wholly_alike() -> None:
    twins = [record(name, "A tower of blocks") for name in "ab"]
    (neighbor,) = likeness([*twins, record("c", "Elsewhere")])["a"]
    assert math.exp(-2 * LENGTH_STEP) - 0.001 < neighbor.likeness <= 1
    assert neighbor.words == ("blocks", "tower")


def test_a_compound_is_named_instead_of_its_parts() -> None:
    papers = [record(name, f"Cache-aware {what}") for name, what in (("a", "walls"), ("b", "gates"))]
    assert likeness([*papers, record("c", "Elsewhere")])["a"][0].words == ("cache-aware",)


def test_the_store_changes_nothing(tmp_path: Path, real: Collection) -> None:
    """Cold, with the words of papers known, and with all known: the same neighbors, to the last bit."""
    records = list(real.records.values())
    first, *others = records
    changed = [first.model_copy(update={"summary": "Towers of blocks, and rivers."}), *others]
    changed[0]._source = first.source
    store = Store(tmp_path)
    fresh = told(likeness(changed))
    assert told(likeness(records, store)) == told(likeness(records)) != fresh
    assert told(likeness(changed, store)) == told(likeness(changed, store)) == fresh
    with store.table("words") as words:
        assert all(words.known(key) for key in list(words.found))
        assert len(words.used) == len(records)


def test_a_change_moves_few_others(real: Collection) -> None:
    """Rarities are rounded, so that most papers keep their neighbors when one paper is gone."""
    before = likeness(real.records.values())
    gone = next(iter(real.records))
    after = likeness(record for record in real.records.values() if record.id != gone)
    same = sum(
        [n.id for n in after[key] if n.id != gone] == [n.id for n in before[key] if n.id != gone][:NEIGHBORS]
        for key in after
    )
    assert same > 0.8 * len(after)


def plainly(records: list[Record]) -> dict[str, dict[str, float]]:
    """The definition, written down: cosines of TF-IDF vectors of all terms."""
    counts: dict[str, Counter[str]] = {}
    for item in records:
        counts[item.id] = Counter()
        for word, count in words(item).items():
            counts[item.id][term(word)] += count
    spread = Counter(key for said in counts.values() for key in said)
    vectors = {}
    for key, said in counts.items():
        rarity = {
            t: round(math.log(len(records) / spread[t]) / RARITY_STEP) * RARITY_STEP for t in said if spread[t] > 1
        }
        vector = {t: (1 + math.log(said[t])) * rarity[t] for t in rarity}
        length = math.sqrt(sum(weight**2 for weight in vector.values())) or 1
        length = math.exp(math.ceil(math.log(length) / LENGTH_STEP) * LENGTH_STEP)
        vectors[key] = {t: weight / length for t, weight in vector.items() if weight}
    return {
        one: {
            other: sum(w * theirs.get(t, 0) for t, w in vector.items())
            for other, theirs in vectors.items()
            if other != one
        }
        for one, vector in vectors.items()
    }


SAID = ["tower", "bridge", "river", "stack", "query", "GPU", "heap"]


@given(st.lists(st.lists(st.sampled_from(SAID), min_size=1, max_size=9), max_size=9))
def test_few_short_texts_are_compared_in_full(texts: list[list[str]]) -> None:
    records = [record(f"r{number}", " ".join(text)) for number, text in enumerate(texts)]
    expected, found = plainly(records), likeness(records)
    for key, cosines in expected.items():
        alike = {other: cosine for other, cosine in cosines.items() if cosine > 0.001}
        assert {n.id: n.likeness for n in found[key] if n.likeness > 0.001} == pytest.approx(alike, abs=0.001)


def counted(said: list[str]) -> tuple[str, bytes]:
    counts = Counter(said)
    return " ".join(counts), bytes(counts.values())


TEXTS = st.lists(st.lists(st.sampled_from(SAID), max_size=9), max_size=9)


@given(TEXTS, TEXTS)
def test_rows_that_are_kept_are_those_that_would_be_made(before: list[list[str]], after: list[list[str]]) -> None:
    """A key tells rows apart: what was made for other texts under the same key is what would be made for these."""

    def rows(texts: list[list[str]], known: Mapping[str, str]) -> tuple[list[str], Mapping[str, str]]:
        ids = [f"r{number}" for number in range(len(texts))]
        return nearest(started(ids, map(counted, texts), term).space, 3, known)

    _, earlier = rows(before, {})
    keys, made = rows(after, earlier)
    assert made.keys() == set(keys) - earlier.keys()
    assert rows(after, {}) == (keys, {key: made.get(key, earlier.get(key)) for key in keys})


FORMS = [*SAID, "towers", "Tower", "bridges", "a1", "z9", "#tower"]


@given(st.data())
def test_amending_is_starting_anew(data: st.DataObject) -> None:
    """Whatever changes, with terms and forms that come and go: the same keys, and the same rows."""
    said = st.lists(st.sampled_from(FORMS), max_size=9)
    before = data.draw(st.lists(said, min_size=1, max_size=40))
    ids = [f"r{number}" for number in range(len(before))]
    state = started(ids, map(counted, before), term)
    for _ in range(2):  # the state stays as it is
        changed = data.draw(st.dictionaries(st.integers(0, len(before) - 1), said))
        after = [changed.get(number, text) for number, text in enumerate(before)]
        space = amended(state, {number: counted(text) for number, text in changed.items()}, term)
        assert nearest(space, 3) == nearest(started(ids, map(counted, after), term).space, 3)


def edited(record: Record, summary: str) -> Record:
    changed = record.model_copy(update={"summary": summary})
    changed._source = record.source
    return changed


def test_most_rows_are_kept_after_an_edit(tmp_path: Path, real: Collection) -> None:
    records = list(real.records.values())
    store = Store(tmp_path)
    likeness(records, store)
    likeness([*records[:7], edited(records[7], f"{records[7].summary} Speculatively."), *records[8:]], store)
    with store.table("likeness") as known:
        assert len(known.found) == len(records) + 1
    data = (tmp_path / "likeness").read_bytes()
    assert 32 < len(data) - 40 - int.from_bytes(data[32:40], "little") < 0.6 * len(data)  # a part of few rows was added


def test_edits_in_a_row(tmp_path: Path, real: Collection) -> None:
    """Each amended from what the one before left: the same neighbors as of all records, and whose changed is told."""
    records = dict(sorted(real.records.items()))
    ids, store = list(records), Store(tmp_path)
    before = told(likeness(records.values(), store))
    size = (tmp_path / "texts").stat().st_size
    summaries = ("Towers of blocks, and rivers.", "Zygotic quasars zip.", str(records[ids[3]].summary), "KV caches.")
    for summary, key in zip(summaries, (ids[3], ids[9], ids[3], ids[5]), strict=True):
        keys = [words_key(record) for record in records.values()]
        records[key] = edited(records[key], summary)
        result = amended_likeness(ids, keys, {key: records[key]}, store)
        assert result is not None
        after = told(result[0])
        assert after == told(likeness(records.values()))
        assert result[1] == {name for name in ids if unfigured(after[name]) != unfigured(before[name])}
        before = after
    assert told(likeness(records.values(), store)) == before
    assert (tmp_path / "texts").stat().st_size < 1.1 * size  # only words were added


def unfigured(neighbors: list[Neighbor]) -> list[Neighbor]:
    return [neighbor._replace(likeness=0) for neighbor in neighbors]


def test_a_store_that_lacks_something_is_left_alone(tmp_path: Path, real: Collection) -> None:
    records = dict(sorted(real.records.items()))
    ids, keys, store = list(records), [words_key(record) for record in records.values()], Store(tmp_path)
    changed = {ids[3]: edited(records[ids[3]], "Towers.")}
    assert amended_likeness(ids, keys, changed, store) is None
    likeness(records.values(), store)
    saved = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert amended_likeness(ids, [*keys[1:], keys[0]], changed, store) is None
    many = {key: edited(records[key], f"Towers of {key}.") for key in ids[::9]}
    assert amended_likeness(ids, keys, many, store) is None
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == saved
    result = amended_likeness(ids, keys, {ids[3]: records[ids[3]]}, store)  # edited, but not its words
    assert result == (likeness(records.values()), set())
    store.forget("texts")
    assert amended_likeness(ids, keys, changed, store) is None


def test_after_many_edits_all_are_counted_anew(tmp_path: Path, real: Collection) -> None:
    records = list(real.records.values())
    store = Store(tmp_path)
    likeness(records, store)
    many = [edited(record, f"Towers of {record.id}.") if at % 9 == 0 else record for at, record in enumerate(records)]
    assert told(likeness(many, store)) == told(likeness(many))
    with store.table("texts") as table:
        ((keys, _),) = table.found.values()
    assert keys == [words_key(record) for record in sorted(many, key=lambda record: record.id)]


def test_real_papers(real: Collection) -> None:
    found = likeness(real.records.values())
    assert list(found) == sorted(real.records)
    for key, neighbors in found.items():
        assert key not in {neighbor.id for neighbor in neighbors}
        assert [-n.likeness for n in neighbors] == sorted(-n.likeness for n in neighbors)
        assert all(0 < n.likeness <= 1.000001 and len(n.words) <= SHARED for n in neighbors)
        assert len({n.id for n in neighbors}) == len(neighbors) == NEIGHBORS


def test_the_curators_relations_are_found_again(real: Collection) -> None:
    """The measure of bench/likeness; a change that loses it by much is a mistake."""
    related: dict[str, set[str]] = {key: set() for key in real.records}
    for item in real.records.values():
        for relation in item.relations:
            related[item.id].add(relation.to)
            related[relation.to].add(item.id)
    found = likeness(real.records.values())
    asked = [key for key in related if related[key]]
    hits = sum(any(neighbor.id in related[key] for neighbor in found[key][:5]) for key in asked)
    assert hits / len(asked) > 0.8


def test_a_page_names_what_is_alike_and_not_related(real: Collection) -> None:
    found = likeness(real.records.values())
    full = 0
    for record in real.records.values():
        related = {relation.to for relation in record.relations}
        related |= {item.record.id for item in real.incoming.get(record.id, [])}
        named = alike(real, found, record)
        assert not related & {item.record.id for item in named}
        full += len(named) == ALIKE
    assert full > 0.9 * len(real.records)


def test_a_neighbor_without_a_shared_word_is_not_named(toy: Collection) -> None:
    neighbors = (Neighbor("z2024math", 0.5, ()), Neighbor("org2022toy", 0.4, ("toy",)))
    named = alike(toy, {"van1999thesis": neighbors}, toy.records["van1999thesis"])
    assert [item.record.id for item in named] == ["org2022toy"]


def test_who_is_near_a_paper_is_told_by_the_others_rows(real: Collection) -> None:
    found = likeness(real.records.values())
    near = near_papers(found)
    for name in list(real.records)[::20]:
        expected = [key for key, others in near.items() if name in others]
        assert near_to(found, name) == near_to(dict(found), name) == expected


def test_neighbors_are_waited_for_when_somebody_asks() -> None:
    asked: list[str] = []

    def find() -> Found:
        asked.append("once")
        return likeness(TOWERS)

    awaited = Awaited(find)
    assert asked == []
    awaited.wait()
    assert dict(awaited) == dict(likeness(TOWERS))
    assert near_papers(awaited) == near_papers(likeness(TOWERS))
    assert asked == ["once"]
