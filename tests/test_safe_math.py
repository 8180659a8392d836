"""Which LaTeX may stand in math, and that nothing else reaches a bibliography file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.text.latex import braced, latex
from gen.text.math import MathError, mathml
from gen.text.safe_math import unsafe_math
from tests.hostile import LATEX


@pytest.mark.parametrize(
    "formula",
    [
        "k",
        r"O(n \log n)",
        r"1-\frac{1}{e}",
        r"\tilde{O}(\sqrt{T})",
        r"\mathcal{L}_{\text{aux}}",
        r"\{a, b\}",
        r"\left| x \right\rangle",
        r"x\,\%",
        r"\alpha_1^{2}",
    ],
)
def test_formulas_that_papers_have_are_safe(formula: str) -> None:
    assert unsafe_math(formula) == ()


@pytest.mark.parametrize(
    ("formula", "unsafe"),
    [
        (r"\input{x}", r"\input"),
        (r"\write18{x}", r"\write"),
        (r"\mathrm{\csname input\endcsname}", r"\csname"),
        (r"\catcode`\%=12", r"\catcode"),
        (r"^^5cinput", "^^"),
        (r"\begin{array}", r"\begin"),
        (r"a%b", "%"),
        (r"a#1", "#"),
        (r"a&b", "&"),
        (r"a\\b", "\\\\"),
        ("a\\", "\\"),
        ("a\x00b", "\x00"),
        (r"\Input", r"\Input"),
        (r"\écrire", "\\é"),
        (r"\@input", r"\@"),
        (r"\(", r"\("),
    ],
)
def test_what_is_not_for_formulas_is_named(formula: str, unsafe: str) -> None:
    assert unsafe_math(formula)[0] == unsafe
    with pytest.raises(MathError):
        mathml(formula)


@pytest.mark.parametrize("text", LATEX)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_no_hostile_command_reaches_latex(text: str, ascii_only: bool) -> None:
    written = latex(text, ascii_only=ascii_only)
    active = re.findall(r"(?<!textbackslash\{\})\\(write|input|catcode|open|csname|def|begin|end|href|read)", written)
    assert active == []
    assert braced(written)
    assert "^^" not in written


@given(st.text(alphabet="\\${}^%#&_~ab1\x00\u200d\u202eé", max_size=40), st.booleans())
def test_what_is_written_is_braced_and_runs_nothing(text: str, ascii_only: bool) -> None:
    written = latex(text, ascii_only=ascii_only)
    assert braced(written)
    assert not re.search(r"(?<!\\)[%#&]|\^\^|\x00|\u202e", written)
