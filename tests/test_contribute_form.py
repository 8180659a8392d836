"""The form that starts a record, and the schema that it and editors check records with."""

import json
import random
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from gen.checking import check_collection
from gen.checks.latex import latex_outside_math, stray_dollars
from gen.collection import Collection
from gen.duplicates import near_titles, normal_title
from gen.fixing import fix_collection
from gen.ledger import enter_ids
from gen.record import Record
from gen.source import parse
from tests.cases import GOOD, RECORD, write
from tests.conftest import copy_project
from tests.hostile import STRINGS
from tests.test_duplicates import OTHER, SAME


@pytest.mark.browser
def test_whatever_is_typed_comes_back_from_the_yaml(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    typed = [text.replace("\x00", "") for text in STRINGS]
    written = page.evaluate(
        """async (texts) => {
          const { dump } = await import(new URL("../../assets/js/new/yaml.js", location));
          return texts.map((text) => dump({ title: text, system: text, authors: [text], summary: text }));
        }""",
        typed,
    )
    for text, yaml_text in zip(typed, written, strict=True):
        document = parse("x.yaml", yaml_text.encode())
        assert document.faults == [], text
        assert document.value["title"] == document.value["system"] == document.value["authors"][0] == text
        assert document.value["summary"].split() == text.replace("\ufeff", " ").split()


@pytest.mark.browser
def test_what_was_typed_is_there_again_until_the_form_is_emptied(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=title]", "Towers")
    page.fill("[name=problem]", "They fall.\nAlways.")
    page.select_option("[name=topics]", ["towers", "bridges"])
    page.select_option("[name=basis]", "full text")
    written = page.locator("[data-yaml]").inner_text()
    page.goto(f"{toy_address}about/")
    page.goto(f"{toy_address}contribute/new/")
    expect(page.locator("[data-yaml]")).to_have_text(written)
    expect(page.locator("[name=topics]")).to_have_values(["bridges", "towers"])
    expect(page.locator("[name=basis]")).to_have_value("full text")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Empty the form").click()
    expect(page.locator("[name=title]")).to_have_value("Towers")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Empty the form").click()
    expect(page.locator("[name=title]")).to_be_focused()
    for _ in range(2):
        expect(page.locator("[name=title]")).to_have_value("")
        expect(page.locator("[name=topics]")).to_have_values([])
        expect(page.locator("[name=basis]")).to_have_value("abstract")
        expect(page.locator("[data-yaml]")).not_to_contain_text("Towers")
        page.reload()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("pasted", "arxiv"),
    [
        ("https://arxiv.org/html/2401.01234v2#S1", "2401.01234"),
        ("arXiv:2401.01234v1 [cs.CL]", "2401.01234"),
        ("10.48550/arXiv.2401.01234", "2401.01234"),
        ("https://arxiv.org/pdf/cs/0112017.pdf", "cs/0112017"),
        ("math.GT/0309136v1", "math.GT/0309136"),
        ("2401.012345", "2401.012345"),
    ],
)
def test_an_arxiv_id_is_taken_out_of_what_is_pasted(toy_address: str, page: Page, pasted: str, arxiv: str) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=arxiv]", pasted)
    page.fill("[name=doi]", "https://dl.acm.org/doi/10.1234/towers")
    expect(page.locator("[data-yaml]")).to_contain_text(f'arxiv: "{arxiv}"\ndoi: "10.1234/towers"\n')


@pytest.mark.browser
def test_a_paper_is_typed_checked_and_opened_on_github(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=title]", "Towers: A New Way")
    page.wait_for_selector("[data-says] >> text=authors is missing")
    page.fill("[name=authors]", "Ada Example\nBob Sample")
    page.fill("[name=year]", "2024")
    page.fill("[name=doi]", "wrong")
    page.wait_for_selector('[data-says] >> text=doi: "wrong" does not fit.')
    assert page.locator("[data-open]").get_attribute("href") is None
    page.fill("[name=doi]", "https://doi.org/10.1234/towers")
    page.fill("[name=arxiv]", "https://arxiv.org/abs/2401.01234v2")
    page.wait_for_selector("[data-open][href]")
    assert 'arxiv: "2401.01234"\ndoi: "10.1234/towers"\n' in page.locator("[data-yaml]").inner_text()
    page.fill("[name=doi]", "")
    page.fill("[name=arxiv]", "")
    page.fill("[name=authors]", "Ada Example, Bob Sample, Cy Third")
    page.wait_for_selector("[data-says] >> text=may be several; write one a line.")
    page.fill("[name=authors]", "増川 宏一")
    page.wait_for_selector("[data-says] >> text=name its file in Latin letters")
    assert page.locator("[data-open]").get_attribute("href") is None
    page.fill("[name=authors]", "Example, Jr., Ada\nBob Sample")
    page.select_option("[name=topics]", ["towers"])
    page.wait_for_selector("[data-open][href*='value=']")
    assert page.locator("[data-says] li").count() == 0
    lacks = page.locator("[data-lacks]")
    begin = "Still to be written, here or in the pull request:"
    assert lacks.inner_text() == f"{begin} kind, summary, problem, approach, findings, caveats, your handle."
    address = urlsplit(page.locator("[data-open]").get_attribute("href") or "")
    assert address.path == "/repository/new/main"
    query = parse_qs(address.query)
    assert query["filename"] == ["papers/2024/example2024towers.yaml"]
    record = yaml.safe_load(query["value"][0])
    assert record["title"] == "Towers: A New Way"
    assert record["authors"] == ["Example, Jr., Ada", "Bob Sample"]
    assert record["topics"] == ["towers"]


NAMES = {
    "Ann Smith": False,
    "Smith, Ann": False,
    "Smith, Jr., Ann": False,
    "Smith, III, Ann": False,
    "{Smith, Bo and Cy, Inc.}": False,
    "Ann Smith and Bo Li": True,
    "Ann Smith & Bo Li": True,
    "Ann Smith; Bo Li": True,
    "Ann Smith, Bo Li, Cy Wu": True,
    "Ann Smith, Bo Li, Cy Wu, Di Xu": True,
    "Ann Smith et al.": True,
}
"""Names, and whether the form and the check take them for several."""


@pytest.mark.browser
def test_form_and_check_agree_on_what_are_several_names(toy_address: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{toy_address}contribute/new/")
    for name, several in NAMES.items():
        page.fill("[name=authors]", name)
        told = page.locator("[data-says] li", has_text="authors: ")
        expect(told).to_have_count(int(several))
        record = GOOD[RECORD].replace("[Jane Doe, ", f"[{json.dumps(name)}, ")
        assert record != GOOD[RECORD]
        _, findings = check_collection(write(tmp_path, {**GOOD, RECORD: record}))
        assert bool({"author-name", "wrong-value"} & {finding.check for finding in findings}) == several, name


@pytest.mark.browser
def test_the_record_that_is_opened_is_the_one_that_is_shown_where_lookups_fail(toy_address: str, page: Page) -> None:
    page.route("**/cite/lookup/**", lambda route: route.abort())
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=authors]", "Ada Example")
    page.fill("[name=year]", "2024")
    for title in ("Towers of Glass", "Bridges of Wood"):
        page.fill("[name=title]", title)
        page.wait_for_selector(f"[data-open][href*='{title.replace(' ', '%20')}']")
    page.wait_for_selector("[data-says] >> text=could not be looked up")
    page.fill("[name=doi]", "wrong")
    page.wait_for_selector("[data-open]:not([href])")


@pytest.mark.browser
def test_a_paper_that_is_there_is_named(toy: Collection, toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=title]", toy.records["sample2024slow"].title.upper())
    link = page.locator("[data-says] a")
    link.wait_for()
    assert link.inner_text() == "sample2024slow"
    assert link.get_attribute("href") == "../../papers/sample2024slow/"


@pytest.mark.browser
def test_a_paper_of_nearly_the_same_title_is_named(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=title]", "The Slow and Steddy Towers for Large Rooms")
    page.wait_for_selector("[data-says] >> text=sample2024slow")
    page.fill("[name=authors]", "Nobody Else")
    page.locator("[data-says] a").wait_for(state="detached")
    page.fill("[name=authors]", "Nobody Else\nSample, Carol")
    page.wait_for_selector("[data-says] >> text=sample2024slow")
    page.fill("[name=title]", "Slow and Steady Bridges for Large Rooms")
    page.locator("[data-says] a").wait_for(state="detached")


@pytest.mark.browser
def test_browser_and_check_agree_on_what_is_nearly_the_same(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    pairs = [(one.title, other.title) for one, other, *_ in (*SAME, *OTHER)]
    found = page.evaluate(
        """async (pairs) => {
          const { nearTitles } = await import(new URL("../../assets/js/new/doubles.js", location));
          return pairs.map(([one, other]) => nearTitles(one, other));
        }""",
        pairs,
    )
    assert found == [near_titles(normal_title(one), normal_title(other)) for one, other in pairs]


DOLLARS = [
    *("From US$5 to A$ 6.", "It is $1,000/month and 2$/h.", "By A$AP and B$.", "See $HOME/$USER."),
    *("In $O(n) time and $x$.", "In $ n $ steps.", r"At $x$ and $\alpha of it.", "From US$5 to 'A$ or \"B$ 7."),
    *(
        "Don't pay $5 to Ann's or A$.",
        "$5 to 7, “𝔸𝔹 and é”, or a very, very long way behind it$",
        "$\t(𝔸\u00ad\U000e0001 \t'",
    ),
    *("It costs $5 a day, from $5 to $10.", "In US$ or 7 $, Ke$ha pays.", r"The \$HOME of \$O and \$ signs."),
    *(
        r"For $x \text{ and some } y$, $2 n \log n$, $k$-means, $x \mathrm{ is } y$ and `$HOME` cost $5",
        "`$a b`$c",
        "$٣ to or$٤",
    ),
]
"""Texts with dollars that are math, money, signs, or a slip."""


def texts_with_latex() -> list[str]:
    """Return those texts, hostile ones, and many that are put together by chance."""
    chance = random.Random(5)
    pieces = [
        "$",
        "$",
        "$",
        " ",
        "5",
        "x",
        "to ",
        " and ",
        "\\",
        r"\$",
        r"\text{of it}",
        "`",
        "/",
        "(",
        "é",
        "'",
        '"',
        "\n",
        "{",
        "}",
        "^",
        "``",
    ]
    mixed = ["".join(chance.choices(pieces, k=chance.randint(3, 12))) for _ in range(4000)]
    return [" ".join(text.split()) for text in (*DOLLARS, *STRINGS, *mixed)]


def told_of(text: str, *, markdown: bool, name: bool) -> list[str]:
    """Return what the checks tell of a text: of its dollars, or else of LaTeX outside math."""
    found = [*stray_dollars(text, markdown=markdown)] or ([] if name else latex_outside_math(text, markdown=markdown))
    return [f"{what}; {mend}" for what, mend in found]


@pytest.mark.browser
def test_browser_and_checks_say_the_same_of_latex(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    texts = texts_with_latex()
    kinds = [(False, False), (True, False), (False, True)]
    said = page.evaluate(
        """async ([texts, kinds]) => {
          const { strayLatex } = await import(new URL("../../assets/js/new/latex.js", location));
          return texts.map((text) => kinds.map((kind) => strayLatex(text, ...kind)));
        }""",
        [texts, kinds],
    )
    meant = [[told_of(text, markdown=markdown, name=name) for markdown, name in kinds] for text in texts]
    assert [item for item in zip(texts, said, meant, strict=True) if item[1] != item[2]] == []
    for words in ("outside math", "opens no math", "out of words"):
        assert sum(any(words in line for line in lines) for lines, *_ in meant) > 100, words


PARTS = ("problem", "approach", "findings", "caveats")
WRONG = {
    "stray-dollar": {
        "title": "Towers of $n Blocks",
        "authors": "Ada Example\nBob S$ample",
        "system": "US$5 to A$",
        "summary": "Builds towers that cost $1,000/month\nand 2$/h and `$n` blocks.",
        **dict.fromkeys(PARTS, "Costs $5 and takes $ n $ steps."),
    },
    "latex-in-text": {
        "title": "A {BERT} of $n$ Towers",
        "authors": "Ada Example\n{Toy Institute}",
        "system": r"R\&D",
        "summary": "Builds towers in O(n^2)\nsteps and `O(n^3)` blocks.",
        **dict.fromkeys(PARTS, r"Is \textbf{high}, with $x^2$ steps."),
    },
}


@pytest.mark.browser
@pytest.mark.parametrize("check", WRONG)
def test_the_form_says_of_latex_what_the_check_says(toy_copy: Path, toy_address: str, page: Page, check: str) -> None:
    page.goto(f"{toy_address}contribute/new/")
    typed = {"year": "2024", "paper": "https://example.org/towers", "topics": ["towers"], **WRONG[check]}
    ((path, text),) = page.evaluate(FILL, [typed])
    page.wait_for_selector("[data-says] >> text=title: ")
    told = page.locator("[data-says] li").all_inner_texts()
    assert page.locator("[data-open]").get_attribute("href") is None
    (toy_copy / path).parent.mkdir(parents=True, exist_ok=True)
    (toy_copy / path).write_text(text, encoding="utf-8")
    found = [finding for finding in check_collection(toy_copy)[1] if finding.check == check]
    assert {finding.path for finding in found} == {path}
    places = ["title", "system", "summary", *(f"annotation/{part}" for part in PARTS)]
    assert told == [f"{place}: {item.what}; {item.mend}" for place, item in zip(places, found, strict=True)]


@pytest.mark.browser
def test_what_is_typed_never_becomes_an_element(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.evaluate("() => { window.hostile = () => { window.ran = true; }; }")
    before = page.evaluate("document.querySelectorAll('*').length")
    fields = ("title", "authors", "year", "arxiv", "doi", "paper", "code", "system", "summary", "problem", "by")
    for text in STRINGS[::12]:
        page.evaluate(
            """([names, text]) => {
              for (const name of names) document.querySelector(`[name=${name}]`).value = text;
              document.querySelector("[name=title]").dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            [fields, text],
        )
    page.wait_for_selector("[data-says] li")
    page.evaluate(
        """() => {
          for (const area of document.querySelectorAll("input, textarea")) area.value = "";
          document.querySelector("[name=title]").dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.wait_for_selector("[data-says] >> text=title")
    told = page.evaluate("document.querySelectorAll('[data-says] *').length")
    assert page.evaluate("document.querySelectorAll('*').length") <= before + told
    assert page.evaluate("window.ran") is None


FILL = """(records) => records.map((record) => {
  for (const [name, value] of Object.entries(record)) {
    const field = document.querySelector(`[name="${name}"]`);
    if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
  document.querySelector("[name=title]").dispatchEvent(new Event("input", { bubbles: true }));
  return ["path", "yaml"].map((name) => document.querySelector(`[data-${name}]`).textContent);
})"""


@pytest.mark.browser
def test_what_the_form_writes_has_no_findings(real: Collection, real_address: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{real_address}contribute/new/")
    typed = [fields(record) for record in list(real.records.values())[::4]]
    root = copy_project(tmp_path / "typed")
    shutil.rmtree(root / "papers")
    written = page.evaluate(FILL, typed)
    for path, text in written:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    fix_collection(root, check_collection(root)[0])
    enter_ids(root, *check_collection(root))  # as the form tells to
    assert page.locator("[data-id]").inner_text() == Path(written[-1][0]).stem
    for path, text in written:
        assert (root / path).read_text(encoding="utf-8") == text
    collection, findings = check_collection(root)
    assert [str(finding) for finding in findings if finding.path.startswith("papers/")] == []
    assert len(collection.records) == len({path for path, _ in written}) == len(typed)
    titles = {record.title for record in collection.records.values()}
    assert titles == {record["title"] for record in typed}


def fields(record: Record) -> dict[str, Any]:
    """A record as it is typed into the form."""
    parts = record.annotation.model_dump() if record.annotation else {}
    return {
        "title": record.title,
        "authors": "\n".join(record.authors),
        "year": str(record.year),
        "venue": record.venue or "",
        "arxiv": record.arxiv or "",
        "doi": record.doi or "",
        "paper": record.links.paper or "",
        "code": record.links.code or "",
        "system": record.system or "",
        "kind": record.kind or "",
        "topics": list(record.topics),
        "summary": record.summary or "",
        **{name: str(text or "") for name, text in parts.items()},
        "by": "somebody",
    }


@pytest.mark.browser
def test_a_long_record_is_copied_instead(toy_address: str, page: Page) -> None:
    page.goto(f"{toy_address}contribute/new/")
    page.fill("[name=title]", "Towers")
    page.fill("[name=authors]", "Ada Example")
    page.fill("[name=year]", "2024")
    page.fill("[name=approach]", "word " * 2000)
    for part in ("problem", "findings", "caveats"):
        page.fill(f"[name={part}]", "Some words.")
    page.wait_for_selector("text=Open on GitHub, then paste")
    assert "value=" not in (page.locator("[data-open]").get_attribute("href") or "")
