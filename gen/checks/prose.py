"""Checks of the texts in a record, topic, path or table: their markup, links, math and characters."""

import re
import unicodedata
from collections.abc import Iterator

from gen.checks.latex import CODE, latex_outside_math, stray_dollars
from gen.checks.registry import check
from gen.checks.texts import Texts
from gen.findings import Finding
from gen.text.math import MathError, mathml
from gen.text.plain import JOINERS
from gen.text.prose import prose_links, prose_math
from gen.text.safe_math import unsafe_math
from gen.text.segments import split

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--|<!\[CDATA\[|<\?|<![a-zA-Z]")


@check("text")
def raw_html(written: Texts) -> Iterator[Finding]:
    """HTML in a text.

    It would be shown as written. Use Markdown: `*emphasis*`, `` `code` ``, `[text](https://...)`.
    """
    for keys, text, markdown in written.texts:
        match = _TAG.search(CODE.sub("", text) if markdown else text) if "<" in text else None
        if match:
            what = f"the text holds HTML ({match[0][:30]!r})"
            yield written.finding("raw-html", keys, what, "write it in Markdown or put it between backquotes")


@check("text")
def unsafe_link(written: Texts) -> Iterator[Finding]:
    """A link in a text that is not an http or https address.

    Relative addresses break when a text is shown on another page; point to a paper with `[@id]` instead.
    """
    for keys, text, markdown in written.texts:
        for address in prose_links(CODE.sub("", text)) if markdown and "](" in text else ():
            if not address.startswith(("https://", "http://")):
                what = f"the link to {address[:60]!r} does not start with https:// or http://"
                yield written.finding("unsafe-link", keys, what, "write the full address, or [@id] for a paper")


_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"
_REFERENCE = re.compile(
    rf"(?<!\\)\[(?!@{_ID}\])(?:[^\[\]@]*\s)?-?@[^\[\]]*\](?!\()"
    r"|(?<![\w\[@\\/.])@[a-z]+[12][0-9]{3}[a-z][a-z0-9]*(?![\w-])"
)
"""Brackets with an at sign before a word, as other programs cite, neither `[@id]` nor a link; or what has the form of
an id (name, year, word), behind an at sign without brackets."""


@check("text")
def reference_form(written: Texts) -> Iterator[Finding]:
    """A reference that is not written `[@id]`, such as `@sun2023spectr` or `[@sun2023spectr; @leviathan2023fast]`.

    It would be shown as it stands. Write each paper between brackets of its own:
    `[@sun2023spectr] [@leviathan2023fast]`.
    """
    for keys, text, markdown in written.texts:
        for found in _REFERENCE.findall(CODE.sub("", text)) if markdown and "@" in text else ():
            what = f"{found[:60]!r} is no reference, and would be shown as it stands"
            mend = " ".join(f"[@{name}]" for name in re.findall(rf"@\s*({_ID})", found))
            yield written.finding("reference-form", keys, what, f"write {mend or '[@id]'}")


@check("text")
def broken_math(written: Texts) -> Iterator[Finding]:
    r"""Math between dollars that can't be read as LaTeX.

    Braces must balance and commands have their arguments: `$\frac{1}{2}$`. A dollar that is money is
    written `\$`.
    """
    for keys, text, markdown in written.texts:
        for formula in _formulas(text, markdown):
            if unsafe_math(formula):
                continue  # another check says so
            try:
                mathml(formula)
            except MathError as error:
                what = f"the math ${formula[:40]}$ can't be read: {error}"
                yield written.finding("broken-math", keys, what, r"mend the LaTeX, or write \$ for a dollar")


def _formulas(text: str, markdown: bool) -> list[str]:
    if "$" not in text:
        return []
    return prose_math(text) if markdown else [segment.text for segment in split(text) if segment.math]


@check("text")
def stray_dollar(written: Texts) -> Iterator[Finding]:
    r"""A dollar that opens no math, or two that make math out of words.

    `from $5 to $10` is money and shown as such. In `US$5 and A$ 6` the dollars enclose `5 and A`, which would be
    set as a formula; in `in $O(n) time` the second dollar is missing, and in `$ x $` there are spaces inside. A dollar
    that is money or a sign is written `\$`, and words in a formula stand in `\text{...}`.
    """
    for keys, text, markdown in written.texts:
        for what, mend in stray_dollars(text, markdown=markdown):
            yield written.finding("stray-dollar", keys, what, mend)


@check("text")
def unsafe_latex(written: Texts) -> Iterator[Finding]:
    r"""A LaTeX command in math that does more than set a formula.

    What stands in a title is run by the LaTeX of everyone who cites the paper, so math holds the commands for
    symbols, fonts, accents, fractions and fences and no others: no `\input`, no `\write`, no `\def`, and no
    `^^`, which spells a command in disguise. `%`, `#` and `&` are written with a backslash.
    """
    for keys, text, markdown in written.texts:
        for formula in _formulas(text, markdown):
            for unsafe in unsafe_math(formula)[:1]:
                what = f"the math ${formula[:40]}$ holds {unsafe!r}, which is not for formulas"
                yield written.finding("unsafe-latex", keys, what, "write it without, or the math as plain words")


@check("text")
def latex_in_text(written: Texts) -> Iterator[Finding]:
    r"""LaTeX outside math: `{BERT}`, `Erd\H{o}s`, `R\&D`, `O(n^2)`.

    It comes along from a `.bib` file or an abstract, and would be shown as it stands. Write the letters themselves,
    `Erdős`, `R&D` (which capitals of a title have to stay is found out when it is cited), and formulas between
    dollars: `$O(n^2)$`. `python -m gen import` turns the LaTeX of a `.bib` file into letters by itself.
    """
    for keys, text, markdown in written.texts:
        # In a name, braces enclose an organization; another check looks at names.
        for what, mend in () if written.names & set(keys) else latex_outside_math(text, markdown=markdown):
            yield written.finding("latex-in-text", keys, what, mend)


_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
_ALLOWED = {"\n"} | JOINERS
"""Line breaks, and the joiners that Persian, Hindi and emoji need."""


@check("text")
def invisible_character(written: Texts) -> Iterator[Finding]:
    """A control character, zero-width space or direction mark in a text.

    They come with copied text, can't be seen, break search, and can make a line read as something else
    than it is. Delete it, or type the word again.
    """
    for keys, text, _ in written.texts:
        if text.isprintable() or text.replace("\n", "").isprintable():
            continue
        for character in text:
            if character not in _ALLOWED and unicodedata.category(character) in _INVISIBLE:
                name = unicodedata.name(character, "control character").lower()
                what = f"the text holds the invisible character U+{ord(character):04X} ({name})"
                mend = "delete it" + ("; LaTeX's backslash is written twice" if ord(character) < 32 else "")
                yield written.finding("invisible-character", keys, what, mend)
                break


_FILLER = re.compile(
    r"\b(this paper|the paper (?:presents|proposes|introduces)|we (?:propose|present|introduce|show)|"
    r"extensive experiments|state[- ]of[- ]the[- ]art|groundbreaking|cutting[- ]edge|remarkabl[ey]|impressive)\b",
    re.IGNORECASE,
)
_FILLER_WORDS = (
    *("this paper", "the paper ", "we propose", "we present", "we introduce", "we show"),
    *("extensive exp", "state", "groundbreaking", "cutting", "remarkabl", "impressive"),
)
"""One of these stands in each of these phrases."""


@check("text")
def filler(written: Texts) -> Iterator[Finding]:
    """A phrase that says nothing about this paper: "this paper presents", "extensive experiments", praise.

    Start with the substance: what is done, by which mechanism, with which figure against what.
    """
    folded = "\n".join(text for _, text, markdown in written.texts if markdown).lower()
    if not any(word in folded for word in _FILLER_WORDS):  # as in nearly every record, told in little time so
        return
    for keys, text, markdown in written.texts:
        if markdown and (match := _FILLER.search(text)):
            what = f"{match[0]!r} could stand in any note"
            yield written.finding("filler", keys, what, "say what this paper does")
