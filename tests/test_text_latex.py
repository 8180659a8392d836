"""Lines as LaTeX: every special character right, math kept, braces balanced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from gen.text.latex import latex, latex_words
from gen.text.math import balanced


@pytest.mark.parametrize(
    ("line", "ascii_form"),
    [
        ("Beyond & 100% of_it #1 $5", r"Beyond \& 100\% of\_it \#1 \$5"),
        ("{a} \\ ~ ^", r"\textbraceleft{}a\textbraceright{} \textbackslash{} \textasciitilde{} \textasciicircum{}"),
        ("a < b > c | d", r"a \textless{} b \textgreater{} c \textbar{} d"),
        ("José Müller", r"Jos{\'e} M{\"u}ller"),
        ("in $O(n \\log n)$ time", r"in {$O(n \log n)$} time"),
        ("李 🙂", "李 🙂"),
        ("e\u0301", r"{\'e}"),
        ("ρ-VAE", r"{\ensuremath{\rho}}-VAE"),
        ("Ό. Ίων, ἀρχή αβ", "Ό. Ίων, ἀρχή αβ"),
        ("Ѓорѓи", "Ѓорѓи"),
        ("Ħal ɛ 𝟙", "Ħal ɛ 𝟙"),
        ("♯ ⊨ ⅓ ∰", r"{\ensuremath{\sharp}} {\ensuremath{\vDash}} {\ensuremath{\frac{1}{3}}} ∰"),
    ],
)
def test_a_line_as_latex(line: str, ascii_form: str) -> None:
    assert latex(line, ascii_only=True) == ascii_form


def test_biblatex_keeps_accents() -> None:
    assert latex("José & $x$", ascii_only=False) == r"José \& {$x$}"


def test_math_whose_braces_do_not_balance_is_text() -> None:
    assert latex("a $x_{$ b", ascii_only=True) == r"a \$x\_\textbraceleft{}\$ b"


def test_words_may_be_encoded_by_the_caller() -> None:
    assert latex("a $x$ b", ascii_only=True, words=str.upper) == "A {$x$} B"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60), st.booleans())
def test_braces_always_balance(line: str, ascii_only: bool) -> None:
    assert balanced(latex(line, ascii_only=ascii_only).replace("\\\\", ""))


@given(st.text("abcé üß&%#_~$\\ ø", max_size=40))
def test_latex_reads_back_as_the_words(words: str) -> None:
    written = latex_words(words, ascii_only=True)
    assert written.isascii()
    text: str = LatexNodes2Text(strict_latex_spaces=True, keep_braced_groups=False).latex_to_text(written)
    assert text.split() == words.split()
