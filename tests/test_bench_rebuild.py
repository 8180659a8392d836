"""The edits whose rebuilds are timed: each changes one record, which stays without a finding."""

import random
from pathlib import Path

import pytest

from bench.rebuild import EDITS, edit
from gen.checking import check_collection


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_changes_one_record_and_leaves_no_finding(toy_copy: Path, what: str) -> None:
    before = {path: path.read_bytes() for path in toy_copy.glob("papers/*/*.yaml")}
    changed = edit(toy_copy, *EDITS[what], random.Random(2))
    assert [path for path, data in before.items() if path.read_bytes() != data] == [changed]
    assert check_collection(toy_copy, drafts=True)[1] == []


def test_where_nothing_is_found_no_record_is_looked_for_forever(toy_copy: Path) -> None:
    with pytest.raises(LookupError, match="no record has 'zebra'"):
        edit(toy_copy, "zebra", "", random.Random(2))
