"""Checks of texts: each bad example gets exactly its line, and what only looks bad gets none."""

from pathlib import Path

import pytest

from tests.cases import GOOD, RECORD, another, record, said

SUMMARY = "Builds towers of wooden blocks and measures how long each of them stands."
HTML = "write it in Markdown or put it between backquotes"
SHOWN = "is no reference, and would be shown as it stands"
LINK = "write the full address, or [@id] for a paper"
WORDS = r"write \$ for a dollar, \text{...} for words in math"
LETTERS = "is LaTeX outside math, and would be shown as it stands; write plain letters, or math between dollars"
DOLLAR = r"close it with a $ without space, or write \$ for a dollar"
MATH = r"mend the LaTeX, or write \$ for a dollar"


def summary(text: str) -> dict[str, str | bytes]:
    return record((SUMMARY, f"|-\n  {SUMMARY} {text}"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is <b>high</b>.", f"raw-html: the text holds HTML ('<b>'); {HTML}"),
        ("<img src=x onerror=alert(1)>", f"raw-html: the text holds HTML ('<img src=x onerror=alert(1)>'); {HTML}"),
        ("A <!-- comment --> here.", f"raw-html: the text holds HTML ('<!--'); {HTML}"),
        ("[it](javascript:alert)", f"unsafe-link: the link to 'javascript:alert' does not start with https:// or http://; {LINK}"),
        ("[it](../other/)", f"unsafe-link: the link to '../other/' does not start with https:// or http://; {LINK}"),
        ("[it](<data:text/html,x>)", f"unsafe-link: the link to 'data:text/html,x' does not start with https:// or http://; {LINK}"),
        ("As [@a1; @b2].", f"reference-form: '[@a1; @b2]' {SHOWN}; write [@a1] [@b2]"),
        ("As [@a1, @b2].", f"reference-form: '[@a1, @b2]' {SHOWN}; write [@a1] [@b2]"),
        ("As [see @a1, p. 3].", f"reference-form: '[see @a1, p. 3]' {SHOWN}; write [@a1]"),
        ("As [-@a1].", f"reference-form: '[-@a1]' {SHOWN}; write [@a1]"),
        ("As [@ a1].", f"reference-form: '[@ a1]' {SHOWN}; write [@a1]"),
        ("As @sun2023gpt4 says.", f"reference-form: '@sun2023gpt4' {SHOWN}; write [@sun2023gpt4]"),
        ("As [see @sun2023gpt].", f"reference-form: '[see @sun2023gpt]' {SHOWN}; write [@sun2023gpt]"),
        ("As [@].", f"reference-form: '[@]' {SHOWN}; write [@id]"),
        (r"The rate is $\frac{1}{2$.", f"broken-math: the math $\\frac{{1}}{{2$ can't be read: its braces do not balance; {MATH}"),
        (r"The rate is $\frac$.", f"broken-math: the math $\\frac$ can't be read: it is not complete LaTeX math; {MATH}"),
        ("From US$5 to A$ 6.", f"stray-dollar: the dollars around '5 to A' make math out of words; {WORDS}"),
        ("It is $1,000/month and 2$/h.", f"stray-dollar: the dollars around '1,000/month and 2' make math out of words; {WORDS}"),
        ("By A$AP and B$.", f"stray-dollar: the dollars around 'AP and B' make math out of words; {WORDS}"),
        ("See $HOME/$USER.", f"stray-dollar: the dollars around 'HOME/' make math out of words; {WORDS}"),
        ("In $O(n) time.", f"stray-dollar: the dollar before 'O(n) time.' opens no math; {DOLLAR}"),
        ("In $ n $ steps.", f"stray-dollar: the dollar before 'n $ steps.' opens no math; {DOLLAR}"),
        (r"At $x$ and $\alpha of it.", f"stray-dollar: the dollar before '\\alpha of it.' opens no math; {DOLLAR}"),
        ("It takes O(n^2) steps.", f"latex-in-text: 'n^2' {LETTERS}"),
        (r"It is \textbf{high}.", f"latex-in-text: '\\textbf' {LETTERS}"),
        ("A zero\u200bwidth space.", "invisible-character: the text holds the invisible character U+200B (zero width space); delete it"),
        ("A soft\u00adhyphen.", "invisible-character: the text holds the invisible character U+00AD (soft hyphen); delete it"),
        ("A \u202eturned line.", "invisible-character: the text holds the invisible character U+202E (right-to-left override); delete it"),
        ("A\ttab.", "invisible-character: the text holds the invisible character U+0009 (control character); delete it; LaTeX's backslash is written twice"),
        ("In this paper.", "filler: 'this paper' could stand in any note; say what this paper does"),
        ("It is state of the art.", "filler: 'state of the art' could stand in any note; say what this paper does"),
        *(
            (f"Here {phrase}.", f"filler: '{phrase}' could stand in any note; say what this paper does")
            for phrase in (
                *("The paper presents", "the paper proposes", "the paper introduces"),
                *("We propose", "we PRESENT", "we introduce", "we show"),
                *("extensive experiments", "State-of-the-Art", "Groundbreaking", "cutting-edge", "cutting edge"),
                *("remarkable", "remarkably", "impressive"),
            )
        ),
    ],
)  # fmt: skip
def test_a_bad_text(tmp_path: Path, text: str, told: str) -> None:
    assert said(tmp_path, summary(text)) == [f"{RECORD}:9:10: {told}"]


@pytest.mark.parametrize(
    "text",
    [
        "Here `<b>` is code, and a < b > c is not.",
        "It cites [@roe2023other] and [a report](https://example.org/x_(y)).",
        r"It measures [P@10], [a@b.org], \[@a, `[@a; @b]` and [us @ home](https://example.org/).",
        r"It is by @toys, @toys2023, a@sun2023spectr.org, \@sun2023spectr, `@sun2023spectr` and <https://a.org/@sun2023spectr>.",
        r"It costs \$5, or $5 and $6, and $x^2$ more.",
        "It costs $5 a day, from $5 to $10.",
        "In US$ or 7 $, Ke$ha pays.",
        r"For $x \text{ and some } y$, $2 n \log n$ steps, $k$-means, $x \mathrm{ is } y$ and `$HOME` cost $5",
        r"The \$HOME of \$O and \$ signs.",
        r"In `O(n^2)` and $O(n^2)$ steps, 5\* and x\_y, {so} it is ^.",
        "Émile and 李 and \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.",
        "Here `[it](javascript:x)` is not a link: *it* and **it** are words.",
    ],
)
def test_a_text_that_only_looks_bad(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, {**summary(text), **another("roe2023other")}) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"Towers: A Start"', "Towers <sub>n</sub>", f"1:8: raw-html: the text holds HTML ('<sub>'); {HTML}"),
        ('"Towers: A Start"', "Towers $x_{$", f"1:8: broken-math: the math $x_{{$ can't be read: its braces do not balance; {MATH}"),
        ('"Towers: A Start"', "Towers of $n blocks", f"1:8: stray-dollar: the dollar before 'n blocks' opens no math; {DOLLAR}"),
        ('"Towers: A Start"', "A {BERT} of $x$", f"1:8: latex-in-text: '{{BERT}}' {LETTERS}"),
        ('"Towers: A Start"', r"Erd\H{o}s", f"1:8: latex-in-text: '\\H' {LETTERS}"),
        ('"Towers: A Start"', r"R\&D of Towers", f"1:8: latex-in-text: '\\&' {LETTERS}"),
        ('"Towers: A Start"', "On ``Towers''", f"1:8: latex-in-text: '``' {LETTERS}"),
        ("added:", "results: [{kind: bound, metric: m, value: n^2}]\nadded:", f"18:43: latex-in-text: 'n^2' {LETTERS}"),
        ('"Towers: A Start"', '"Tow\\xADers"', "1:8: invisible-character: the text holds the invisible character U+00AD (soft hyphen); delete it"),
        ("[Jane Doe,", '["Jane\\u200B Doe",', "2:11: invisible-character: the text holds the invisible character U+200B (zero width space); delete it"),
        ("added:", "volume: <b>1</b>\nadded:", f"18:9: raw-html: the text holds HTML ('<b>'); {HTML}"),
        ("added:", "builds_on: [<b>x</b>]\nadded:", f"18:13: raw-html: the text holds HTML ('<b>'); {HTML}"),
        ("added:", "also_titled: [x <i>y]\nadded:", f"18:15: raw-html: the text holds HTML ('<i>'); {HTML}"),
        ("added:", "results: [{kind: speed, metric: m, value: <b>}]\nadded:", f"18:43: raw-html: the text holds HTML ('<b>'); {HTML}"),
        ("added:", "notice: {kind: retracted, why: A <b>flaw</b>.}\nadded:", f"18:32: raw-html: the text holds HTML ('<b>'); {HTML}"),
        ("One room", "One [room](/x)", f"16:12: unsafe-link: the link to '/x' does not start with https:// or http://; {LINK}"),
    ],
)  # fmt: skip
def test_every_text_of_a_record_is_looked_at(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert f"{RECORD}:{told}" in said(tmp_path, record((old, new)))


@pytest.mark.parametrize(
    ("path", "entry", "told"),
    [
        ("venues.yaml", "toyconf:\n  short: <b>ToyConf</b>\n  name: Toys\n  type: conference\n", f"2:10: raw-html: the text holds HTML ('<b>'); {HTML}"),
        ("venues.yaml", "toyconf:\n  short: ToyConf\n  name: Toys\n  type: conference\n  aliases: [Toys, $\\frac$]\n", f"5:19: broken-math: the math $\\frac$ can't be read: it is not complete LaTeX math; {MATH}"),
        ("venues.yaml", 'toyconf:\n  short: ToyConf\n  name: "Toys\\x01"\n  type: conference\n', "3:9: invisible-character: the text holds the invisible character U+0001 (control character); delete it; LaTeX's backslash is written twice"),
        ("venues.yaml", "toyconf:\n  short: ToyConf\n  name: Toys\n  type: book\n  publisher: X{Y}\n", f"5:14: latex-in-text: '{{Y}}' {LETTERS}"),
        ("people.yaml", 'jane-doe:\n  name: Jane Doe\n  script: "J\\x00"\n', "3:11: invisible-character: the text holds the invisible character U+0000 (control character); delete it; LaTeX's backslash is written twice"),
        ("people.yaml", 'jane-doe:\n  name: Jane Doe\n  variants: ["J\\u200B Doe"]\n', "3:14: invisible-character: the text holds the invisible character U+200B (zero width space); delete it"),
    ],
)  # fmt: skip
def test_every_text_of_a_table_is_looked_at(tmp_path: Path, path: str, entry: str, told: str) -> None:
    assert f"{path}:{told}" in said(tmp_path, {path: entry})


def test_braces_are_a_part_of_names_in_a_table(tmp_path: Path) -> None:
    people = 'toys:\n  name: "{Toy Group}"\n  variants: ["{TG}", "{Toys}"]\n'
    assert not [line for line in said(tmp_path, {"people.yaml": people}) if "latex-in-text" in line]


@pytest.mark.parametrize("title", ["From {0, 1} to $x^2$", r"It costs \$5", "Towers ^ Bridges"])
def test_a_line_that_only_looks_like_latex(tmp_path: Path, title: str) -> None:
    assert said(tmp_path, record(('"Towers: A Start"', f"'{title}'"))) == []


def test_texts_of_topics_and_paths_are_looked_at(tmp_path: Path) -> None:
    changes: dict[str, str | bytes] = {
        "topics/towers.yaml": GOOD["topics/towers.yaml"].replace("How high?", "How <b>high</b>?")
        + "start_here: [{paper: doe2023towers, why: An <i>x}]\n",
        "topics/blocks.yaml": GOOD["topics/blocks.yaml"].replace("What stacks", "What <s>stacks"),
        "paths/start.yaml": "title: T <b>\nreader: R\ngoal: G\nintroduction: I <i>\nsteps:\n"
        "- {paper: doe2023towers, take: T <u>}\n- {paper: roe2023other, take: T}\n",
        **another("roe2023other"),
    }
    assert [line.split(";")[0] for line in said(tmp_path, changes)] == [
        "paths/start.yaml:1:8: raw-html: the text holds HTML ('<b>')",
        "paths/start.yaml:4:15: raw-html: the text holds HTML ('<i>')",
        "paths/start.yaml:6:32: raw-html: the text holds HTML ('<u>')",
        "topics/blocks.yaml:2:8: raw-html: the text holds HTML ('<s>')",
        "topics/towers.yaml:4:15: raw-html: the text holds HTML ('<b>')",
        "topics/towers.yaml:5:42: raw-html: the text holds HTML ('<i>')",
    ]
