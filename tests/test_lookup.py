"""The index by which the browser finds papers."""

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.citation.lookup import PER_PIECE, amended, bare, names, pieces
from gen.collection import Collection
from tests.conftest import changed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller-Ångström, José", "muller angstrom jose"),
        ("Łukasz Øre", "lukasz ore"),
        ("O(n²) & more!", "o(n2) more"),
        ("ﬁne", "fine"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_fold_to_the_same(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@given(st.text())
def test_folding_again_changes_nothing_that_matters(text: str) -> None:
    assert all(letter.isalnum() for letter in bare(text))
    assert bare(bare(text)) == bare(text)


def test_a_paper_is_found_by_all_it_is_known_by(toy: Collection) -> None:
    assert list(names(toy.records["example2023fast"])) == [
        "key:example2023fast",
        "key:example2022fast",
        "doi:10.1234/toy_(1)",
        "arxiv:2305.00001",
        "title:fastblockstackinginonlognbeyond100ofthetimes1",
        "title:fastblockstackingfast",
        "who:example2023",
    ]


def test_a_paper_of_unknown_authors_is_found_by_no_name(toy: Collection) -> None:
    assert not [name for name in names(toy.records["anon2019bridge"]) if name.startswith("who:")]


def test_amended_pieces_are_those_made_anew(real: Collection) -> None:
    first, second, third = list(real.records.values())[5:8]
    edits = [
        (first, changed(first, title="Of Zebras", arxiv=None, doi="10.7171/zebra", published=2030)),
        (second, changed(second, also_titled=("Of Zebras and Stripes", second.title))),
        (third, changed(third, title=third.title.upper())),
    ]
    before = pieces(list(real.records.values()))
    made = amended(len(real.records), edits, before.__getitem__)
    assert made is not None
    now = {**real.records, **{record.id: record for _, record in edits}}
    assert [made.get(number, piece) for number, piece in enumerate(before)] == pieces(list(now.values()))
    assert 2 < len(made) <= len(before)


@pytest.mark.parametrize("field", ["title", "arxiv", "doi"])
def test_what_was_another_paper_s_is_not_taken(real: Collection, field: str) -> None:
    first, second = [record for record in real.records.values() if getattr(record, field)][:2]
    edit = first, changed(first, **{field: getattr(second, field)})
    assert amended(len(real.records), [edit], pieces(list(real.records.values())).__getitem__) is None


def test_every_name_stands_in_its_piece(real: Collection) -> None:
    records = list(real.records.values())
    parts = [json.loads(piece) for piece in pieces(records)]
    assert len(parts) & (len(parts) - 1) == 0
    assert sum(len(part) for part in parts) <= len(parts) * PER_PIECE * 4
    for record in records:
        for name in names(record):
            assert record.id in parts[zlib.crc32(name.encode()) % len(parts)][name].split(" ")
