"""Tables in pieces: whole, in order, and changed by an edit only near it."""

import json
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen import pieces
from gen.pieces import BRANCH, Change, Entries, Key, Tree, cut, digest, lot, order

SIZE = 300
ENTRIES: Entries = [(f"term{number:04}", "x" * (number % 40)) for number in range(2_000)]
LENGTHS = st.integers(0, 120) | st.integers(SIZE // 2, 2 * SIZE)
TABLES = st.dictionaries(st.text("abcde", min_size=1, max_size=5), LENGTHS.map("x".__mul__), max_size=60)


@given(TABLES)
def test_nothing_is_lost_and_no_group_is_long(table: dict[str, str]) -> None:
    entries: Entries = sorted(table.items())
    groups = list(cut(entries, SIZE))
    assert [entry for group in groups for entry in group] == entries
    for group in groups:
        assert group
        assert len(group) == 1 or sum(len(str(key)) + len(value) for key, value in group) <= 1.5 * SIZE


def test_groups_have_about_the_size() -> None:
    sizes = [sum(len(str(key)) + len(value) for key, value in group) for group in cut(ENTRIES, SIZE)]
    assert 0.8 * SIZE < sum(sizes) / len(sizes) < 1.2 * SIZE
    assert min(sizes[:-1]) > 0.75 * SIZE


def test_an_entry_more_moves_few_borders() -> None:
    before = {json.dumps(group) for group in cut(ENTRIES, SIZE)}
    moved = []
    for place in range(0, len(ENTRIES), 50):
        entries = [*ENTRIES[:place], (f"term{place:04}b", "new"), *ENTRIES[place:]]
        moved.append(len({json.dumps(group) for group in cut(entries, SIZE)} - before))
    assert sum(moved) / len(moved) < 4
    assert max(moved) < 20


def test_a_tree_leads_to_every_entry() -> None:
    tree = Tree("folder/", SIZE)
    made = {file.path: file.content() for file in tree.files((key, f'"{value}"') for key, value in ENTRIES)}
    assert all(path == f"folder/{digest(str(content))}.json" for path, content in made.items())
    assert len(tree.branches) > 1
    found: dict[str, str] = {}
    starts = []
    for start, branch in tree.branches:
        content = str(made.pop(f"folder/{branch}.json"))
        assert len(content) < 2 * BRANCH
        assert json.loads(content)[0][0] == start
        for first, piece in json.loads(content):
            values = json.loads(str(made.pop(f"folder/{piece}.json")))
            assert next(iter(values)) == first
            starts.append(first)
            found |= values
    assert list(found.items()) == ENTRIES
    assert made == {}
    assert all(one < other for one, other in pairwise(starts))


def test_an_empty_table_has_no_files() -> None:
    tree = Tree("folder/", SIZE)
    assert (list(tree.files([])), tree.branches) == ([], [])


@given(st.one_of(st.text(max_size=9), st.integers(0)))
def test_lots_are_shares(key: str | int) -> None:
    assert 0 <= lot(key) < 1
    assert lot(key) == lot(key)


def test_lots_are_spread_evenly() -> None:
    drawn = [lot(number) for number in range(1_000)]
    assert all(80 < sum(tenth <= 10 * share < tenth + 1 for share in drawn) < 120 for tenth in range(10))


TEXTS = st.text("ab\ufb01\U0001d54f", min_size=1, max_size=4)
VALUES = st.text("x", max_size=90)
EDITED = st.one_of(
    *(
        st.tuples(st.dictionaries(keys, VALUES, max_size=50), st.dictionaries(keys, st.none() | VALUES, max_size=8))
        for keys in (TEXTS, st.integers(0, 120))
    )
)
"""A table, and what becomes of some of its keys."""


def made(table: dict[Key, str]) -> tuple[Entries, dict[str, str]]:
    """The branches and files of a tree."""
    tree = Tree("folder/", 150)
    files = tree.files((key, f'"{table[key]}"') for key in sorted(table, key=order))
    return tree.branches, {file.path: str(file.content()) for file in files}


def instead(table: dict[Key, str], key: Key, value: str | None) -> Change:
    """Change a value, which is the one in a table."""

    def change(before: str | None) -> str | None:
        assert before == (f'"{table[key]}"' if key in table else None)
        return None if value is None else f'"{value}"'

    return change


@given(EDITED)
def test_an_amended_tree_is_the_one_made_anew(drawn: tuple[dict[Key, str], dict[Key, str | None]]) -> None:
    table, edits = drawn
    with patch.object(pieces, "BRANCH", 60):
        branches, before = made(table)
        merged = {key: value for key, value in {**table, **edits}.items() if value is not None}
        wanted, after = made(merged)
        tree = Tree("folder/", 150)
        changes = {key: instead(table, key, value) for key, value in edits.items()}
        files, gone = tree.amended(json.loads(json.dumps(branches)), changes, before.__getitem__)
    assert tree.branches == wanted
    assert {file.path: file.content() for file in files} == {path: after[path] for path in after.keys() - before.keys()}
    assert gone == sorted(before.keys() - after.keys())


@given(EDITED, st.integers(0, 120) | TEXTS)
def test_entries_since_a_key(drawn: tuple[dict[Key, str], object], key: Key) -> None:
    table = {one: value for one, value in drawn[0].items() if type(one) is type(key)}
    with patch.object(pieces, "BRANCH", 60):
        branches, before = made(table)
    found = list(Tree("folder/", 150).since(branches, key, before.__getitem__))
    assert found == [(one, f'"{table[one]}"') for one in sorted(table, key=order) if order(one) >= order(key)]


def test_only_pieces_around_an_edit_are_read() -> None:
    tree = Tree("folder/", SIZE)
    before = {file.path: str(file.content()) for file in tree.files((key, f'"{value}"') for key, value in ENTRIES)}
    asked: list[str] = []

    def read(path: str) -> str:
        asked.append(path)
        return before[path]

    amended = Tree("folder/", SIZE).amended(tree.branches, {"term1000": lambda _: '"other"'}, read)
    assert len(asked) <= len(tree.branches) + 4
    assert len(asked) == len(set(asked))
    assert len(amended.files) == len(amended.gone) == 2


def test_a_file_with_another_content_is_refused() -> None:
    branches, before = made({"tower": "x"})
    (path, _) = before.popitem()
    with pytest.raises(ValueError, match=f"{path} is not what its name says"):
        Tree("folder/", SIZE).amended(branches, {}, lambda _: "[]")
