"""Letters without case and accents."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gen.text.fold import fold


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
        ("Ħ and Σας", "h and σασ"),
        ("℡ and KELVIN \u212a", "tel and kelvin k"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("℡ \u0130")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
