"""Tables in pieces: whole, in order, and changed by an edit only near it."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gen.pieces import BRANCH, Entries, Tree, cut, digest, lot

SIZE = 300
ENTRIES: Entries = [(f"term{number:04}", "x" * (number % 40)) for number in range(2_000)]
TABLES = st.dictionaries(st.text("abcde", min_size=1, max_size=5), st.text("x", max_size=120), max_size=60)


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
