"""Lines as plain text, and the segments and math that every rendering starts from."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.text.html import html
from gen.text.latex import latex
from gen.text.math import MathError, balanced, math_text, mathml
from gen.text.plain import counted, plain
from gen.text.prose import prose_inline, prose_math, prose_text
from gen.text.segments import Segment, split


@pytest.mark.parametrize(
    ("line", "segments"),
    [
        ("words", [("words", False)]),
        ("$x$", [("x", True)]),
        ("a $x$ b $y$", [("a ", False), ("x", True), (" b ", False), ("y", True)]),
        ("$5 and $6", [("$5 and $6", False)]),
        ("from $5 to $60", [("from $5 to $60", False)]),
        (r"\$5 and $x$", [("$5 and ", False), ("x", True)]),
        (r"$a\$b$", [(r"a\$b", True)]),
        ("$ x$ and $y $", [("$ x$ and $y $", False)]),
        ("$x$2", [("$x$2", False)]),
        ("$", [("$", False)]),
        ("", []),
    ],
)
def test_a_line_is_split_into_words_and_math(line: str, segments: list[tuple[str, bool]]) -> None:
    assert split(line) == tuple(Segment(*segment) for segment in segments)


PIECES = st.sampled_from(
    ["$", "$5", "$10", "\\$", "5", "US$", "$x$", r"$\alpha^2$", " a day", "-", " ", "k", "(", ")", ", "]
)


@given(st.lists(PIECES, max_size=12).map("".join).map(str.strip))
def test_a_dollar_is_math_or_shown_in_every_form(line: str) -> None:
    """In a line and in Markdown, as HTML, plain text, BibTeX and biblatex."""
    formulas = [segment.text for segment in split(line) if segment.math]
    assert prose_math(line) == formulas
    dollars = line.count("$") - 2 * len(formulas) - sum(formula.count("$") for formula in formulas)
    shown = [html(line), prose_inline(line)]
    assert [re.sub("<math.*?</math>|<code>.*?</code>", "", form).count("$") for form in shown] == [dollars] * 2
    if not any("$" in formula for formula in formulas):
        assert [plain(line).count("$"), prose_text(line).count("$")] == [dollars] * 2
        for ascii_only in (True, False):
            written = latex(line, ascii_only=ascii_only)
            assert (written.count("\\$"), written.count("$")) == (dollars, dollars + 2 * len(formulas))


@pytest.mark.parametrize("text", ["costs $5 a day", "from $5 to $10", "cash: $", "$", "5$ and 6$", "Ke$ha"])
def test_money_stays_money(text: str) -> None:
    assert html(text) == prose_inline(text) == plain(text) == prose_text(text) == text
    assert latex(text, ascii_only=True) == text.replace("$", "\\$")


def test_a_text_may_begin_with_math_and_end_with_a_digit() -> None:
    assert prose_text(r"$\alpha$ is 5") == "α is 5"
    assert prose_text("$k$-means costs $5") == "k-means costs $5"


@given(st.text("ab $\\{}5 ", max_size=30))
def test_splitting_loses_nothing(line: str) -> None:
    joined = "".join(f"${segment.text}$" if segment.math else segment.text for segment in split(line))
    assert joined.replace("\\$", "$") == line.replace("\\$", "$")
    assert all(segment.text for segment in split(line))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("FastBlock: Stacking", "FastBlock: Stacking"),
        ("A $1-1/e$ bound", "A 1-1/e bound"),
        (r"$\alpha$-RT in $O(n \log n)$", "α-RT in O(n log n)"),
        (r"\$5 & <b>", "$5 & <b>"),
        (r"$\frac{1}{2}$ and $\tfrac{1}{2}$", "1/2 and 1/2"),
        (r"$\arg\min_i w_i$ of $\lg n$ and $\|x\|$", "arg min_i w_i of lg n and ‖x‖"),
        (r"$O(n\log n)$ and $2\log{n}$ and $(a+b)\exp x$", "O(n log n) and 2 log n and (a+b) exp x"),
        (
            r"$\log\log n$ and $\log^2n$ and $\log_2(n)$ and $x_i\max y$",
            "log log n and log^2n and log_2(n) and x_i max y",
        ),
        (r"$\widetilde{O}(\sqrt{n\log n})$ and $\widehat{x}$", "Õ(√(n log n)) and x̂"),
    ],
)
def test_a_line_as_plain_text(line: str, text: str) -> None:
    assert plain(line) == text


@given(st.text(max_size=60).filter(lambda text: "$" not in text))
def test_words_are_plain_text_already(line: str) -> None:
    assert plain(line) == line


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"K^{6/7}", "K^(6/7)"),
        (r"e^{-2K(p_{\mathrm{comp}}-0.5)^2}", "e^(-2K(p_comp-0.5)^2)"),
        (r"\sum_{i=1}^{n} C_{\tau,\varepsilon}", "∑_(i=1)^n C_(τ,ε)"),
        (r"a^{b^{c+1}} n^{-0.93} x_{ij} L^{*} + f^{(k)}", "a^(b^(c+1)) n^-0.93 x_ij L^* + f^(k)"),
        (r"\lambda_{\min} x^{a\}+b}", "λ_min x^(a}+b)"),
        (r"a\_{b+c}", "a_b+c"),
        (r"x^{1+", "x^1+"),
    ],
)
def test_a_script_of_several_parts_is_in_brackets(latex: str, plain: str) -> None:
    assert math_text(latex) == plain


def test_a_long_formula_takes_no_longer_than_its_length() -> None:
    assert math_text("x^{" + "{a}" * 20_000 + "}") == "x^(" + "a" * 20_000 + ")"


@given(st.text(r"\{}^_abc$ &%#~012[]()frac", max_size=30))
def test_no_math_raises_as_text(latex: str) -> None:
    assert isinstance(math_text(latex), str)


def test_math_becomes_mathml_that_holds_its_latex() -> None:
    element = mathml(r"x_1 < \frac{a}{b}")
    assert element.startswith("<math ")
    assert "<mfrac>" in element
    assert '<annotation encoding="application/x-tex">x_1 &lt; \\frac{a}{b}</annotation></semantics></math>' in element
    assert 'display="block"' in mathml("x", display=True)


NONE, THIN = "0", "0.1667em"


@pytest.mark.parametrize(
    ("latex", "spaces"),
    [
        (r"n \log n", [("log", THIN, THIN)]),
        (r"-\log(n)", [("log", NONE, NONE)]),
        (r"(a)\ln\frac{x}{2}", [("ln", THIN, THIN)]),
        (r"\log\log n", [("log", NONE, THIN), ("log", NONE, THIN)]),
        (r"x\log_2 N", [("log", THIN, THIN)]),
        (r"\log^2 \lceil n \rceil", [("log", NONE, NONE)]),
        (r"\lceil\log_{\ln k} N\rceil \sin x", [("log", NONE, THIN), ("ln", NONE, THIN), ("sin", THIN, THIN)]),
        (r"\mathrm{log}\text{log}", []),
    ],
)
def test_a_function_stands_apart_from_its_argument(latex: str, spaces: list[tuple[str, str, str]]) -> None:
    element = mathml(latex)
    found = re.findall(r'<mo lspace="([^"]*)" rspace="([^"]*)">(\w+)</mo>', element)
    assert found == [(before, after, name) for name, before, after in spaces]
    ElementTree.fromstring(element)


def test_a_fraction_on_a_line_is_close() -> None:
    assert '<mn>3</mn><mo lspace="0" rspace="0">&#x0002F;</mo><mn>4</mn>' in mathml("3/4")


@pytest.mark.parametrize(
    "latex",
    ["{", "}", "a}{b", r"\frac{1}{2", r"\frac", r"\left(", r"\left", r"a\big", r"x \text", "x^", r"\begin{matrix}"],
)
def test_math_that_is_not_complete_is_refused(latex: str) -> None:
    with pytest.raises(MathError):
        mathml(latex)


@given(st.text(r"\{}^_abc$ &%#~012[]()<>'", max_size=25) | st.text(max_size=15))
def test_any_math_is_mathml_or_refused(latex: str) -> None:
    try:
        element = mathml(latex)
    except MathError:
        return
    assert element.startswith("<math")
    assert element.endswith("</math>")
    assert names(element) <= MATHML


MATHML = {
    *(
        "math",
        "semantics",
        "annotation",
        "mrow",
        "mi",
        "mo",
        "mn",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
    ),
    *("msup", "msubsup", "munder", "mover", "munderover", "mstyle", "mpadded", "mphantom", "mtable", "mtr", "mtd"),
}


def names(element: str) -> set[str]:
    namespace = "{http://www.w3.org/1998/Math/MathML}"
    return {part.tag.removeprefix(namespace) for part in ElementTree.fromstring(element).iter()}


@pytest.mark.parametrize("command", ["text", "textbf", "textnormal", "mbox", "mathrm", "operatorname", "big", "left"])
@given(
    words=st.text("<>/!?-&;\"'=xa: \t\\\\", max_size=20)
    | st.sampled_from(["<b>", "</math>", "<!--", "<![CDATA[", "<a/>"])
)
def test_no_words_in_math_become_a_tag(command: str, words: str) -> None:
    for formula in (rf"\{command}{{{words}}}", rf"x \{command} {words}"):
        try:
            element = mathml(formula)
        except MathError:
            continue
        assert names(element) <= MATHML


def test_words_in_math_show_what_they_say() -> None:
    formula = ElementTree.fromstring(mathml(r"\text{a < b <i>x</i>}"))
    assert [part.text for part in formula.iter() if part.tag.endswith("}mtext")] == ["a\xa0<\xa0b\xa0<i>x</i>"]


@pytest.mark.parametrize(
    ("latex", "even"), [("", True), ("{a}", True), (r"\{", True), (r"{\}}", True), ("{", False), ("}{", False)]
)
def test_braces_balance(latex: str, even: bool) -> None:
    assert balanced(latex) is even


def test_one_thing_has_no_s() -> None:
    assert [counted(number, "paper") for number in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]
