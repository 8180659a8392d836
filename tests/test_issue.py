"""Which paper an issue names, whatever else stands in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.issue import main, suggested
from tests.hostile import STRINGS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("### Link\n\nhttps://arxiv.org/abs/2310.15141\n\n### Why", ("--arxiv", "2310.15141")),
        ("https://arxiv.org/pdf/2310.15141v2.pdf", ("--arxiv", "2310.15141")),
        ("arXiv: cs.LG/0102003", ("--arxiv", "cs.LG/0102003")),
        ("https://doi.org/10.1145/3539618.3591977.", ("--doi", "10.1145/3539618.3591977")),
        ("https://doi.org/10.48550/arXiv.2310.15141", ("--arxiv", "2310.15141")),
        ("https://doi.org/10.1145/3539618, which builds on arXiv:2310.15141", ("--doi", "10.1145/3539618")),
        ("arXiv:2310.15141, published as 10.1145/3539618.3591977", ("--arxiv", "2310.15141")),
        ("10.1145/x$(touch y)", ("--doi", "10.1145/x")),
        ("It is (10.1145/3539618.3591977).", ("--doi", "10.1145/3539618.3591977")),
        ("[it](https://doi.org/10.1145/3539618.3591977)", ("--doi", "10.1145/3539618.3591977")),
        ("(10.1002/(SICI)1097-0258(1998).)", ("--doi", "10.1002/(SICI)1097-0258(1998)")),
        ("10.1145/)", None),
        ("arXiv:٢٣١٠.١٥١٤١, arXiv:ſ/0102003, 10.١١٤٥/x", None),
        ("_No response_", None),
        ("", None),
    ],
)
def test_the_reference_of_an_issue(text: str, found: tuple[str, str] | None) -> None:
    assert suggested(text) == found


@given(st.one_of(st.text(), st.sampled_from(STRINGS).map(lambda text: f"10.1145/{text}")))
def test_nothing_but_an_identifier_comes_out(text: str) -> None:
    found = suggested(text)
    assert found is None or (found[0] in ("--arxiv", "--doi") and re.fullmatch(r"[A-Za-z0-9._;()/:-]+", found[1]))


def test_the_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ISSUE_BODY", "https://arxiv.org/abs/2310.15141")
    assert main() == 0
    assert capsys.readouterr().out == "--arxiv\n2310.15141\n"
    monkeypatch.setenv("ISSUE_BODY", "nothing")
    assert main() == 1
    assert capsys.readouterr().err == "The issue names no arXiv id and no DOI.\n"
