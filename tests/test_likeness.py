"""Which papers are alike: neighbors, shared words, order."""

from pathlib import Path
from typing import Any

from gen.collection import Collection
from gen.likeness import NEIGHBORS, SHARED, Neighbor, likeness
from gen.pages.record import ALIKE, alike
from gen.record import Record
from gen.source import Source


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


def test_a_shared_topic_counts_but_is_no_word() -> None:
    papers = [record(name, title, topics=["towers"]) for name, title in (("a", "One stack"), ("b", "Some heap"))]
    (neighbor,) = likeness([*papers, record("c", "Elsewhere")])["a"]
    assert (neighbor.id, neighbor.words) == ("b", ())


def test_the_order_of_records_does_not_matter() -> None:
    assert likeness(TOWERS) == likeness(reversed(TOWERS))


def test_none_and_one() -> None:
    assert likeness([]) == {}
    assert likeness(TOWERS[:1]) == {"a": ()}


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
