"""The tools of the page on citing, in a browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gen.citation.lookup import TITLE_LENGTH, bare
from tests.conftest import STRICT_CLIPBOARD

pytestmark = pytest.mark.browser

Module = Callable[..., Any]


@pytest.fixture
def call(page: Page, toy_address: str) -> Module:
    """Calls a function of a module on the page on citing."""
    page.goto(f"{toy_address}cite/")

    def run(module: str, function: str, *arguments: object) -> Any:
        return page.evaluate(
            """async ([name, f, rest]) => {
              const module = await import(new URL(`../assets/js/cite/${name}.js`, location.href));
              return module[f](...rest);
            }""",
            [module, function, list(arguments)],
        )

    return run


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "\\documentclass{a} \\cite[see][p.~3]{a, b}\\textcite*{c} % \\cite{no}\n100\\% \\nocite{*}\\nocite{d}",
            "a b c d",
        ),
        ("\\begin{x}\\parencites(x)[p]{a,b}[q]{c} \\citet{d} \\cite\n{e}", "a b c d e"),
        ("\\relax\n\\citation{a,b}\n\\bibcite{a}{1}\n\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}", "a b c d"),
        (r"\begin{thebibliography}{9} \bibitem[A(2020)]{a} x \bibitem{b}", "a b"),
        (
            '<bcf:x xmlns:bcf="x"><bcf:citekey order="1">a</bcf:citekey><bcf:citekey>b</bcf:citekey></bcf:x>',
            "a b",
        ),
        ("a, b\nc;d  a", "a b c d"),
        ("As shown [@a; see @b, p. 3] and by @c.", "a b c"),
        ("@article{a,\n title={x}}\n@string{no = {x}}\n@misc{b,}", "a b"),
    ],
)
def test_keys_are_found_in_whatever_is_pasted(call: Module, text: str, keys: str) -> None:
    assert call("keys", "citedKeys", text) == keys.split()


def test_browser_and_generator_fold_alike(call: Module) -> None:
    for text in ("Müller-Ångström", "Łukasz Øre ß", "O(n²) ﬁ ½", "東京 Тест İ", "x_1 & 100% $y$"):
        assert call("lookup", "bare", text) == bare(text)


@pytest.mark.parametrize("title", ["Towers: A Start", "x" * 150, "\U00020000" * 99 + "two"])
def test_browser_and_generator_name_titles_alike(call: Module, title: str) -> None:
    assert call("lookup", "titled", title) == f"title:{bare(title)[:TITLE_LENGTH]}"


def test_entries_of_just_what_is_cited(page: Page, call: Module) -> None:
    tool = page.locator('[data-tool="cited"]')
    tool.locator("textarea").fill(r"\cite{example2023fast,nobody2020} \cite{example2022fast}")
    result = tool.locator("[data-result]")
    expect(result).to_contain_text("2 of 3 keys are papers of this collection.")
    expect(result).to_contain_text("@inproceedings{example2022fast,")
    expect(result.locator("pre").last).to_have_text("nobody2020")
    page.get_by_label("biblatex", exact=True).check()
    expect(result).to_contain_text("eprinttype")


def test_files_are_read_where_they_are_chosen(page: Page, call: Module, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"\cite{sample2024slow}")
    (tmp_path / "b.aux").write_text("\\citation{z2024math}")
    tool = page.locator('[data-tool="cited"]')
    tool.locator("input[type=file]").set_input_files([tmp_path / "a.tex", tmp_path / "b.aux"])
    expect(tool.locator("[data-result]")).to_contain_text("2 of 2 keys")


def entries(number: int) -> str:
    """A file of one entry to mend and so many others of some 1,100 characters each."""
    first = "@article{mine, title={FastBlock: Stacking, Fast}, author={Ada Example}, eprint={2305.00001}}\n"
    note = "x" * 1050
    return first + "".join(f"@misc{{k{i}, title={{None of ours {i}}}, note={{{note}}}}}\n" for i in range(number))


def mended(page: Page) -> str:
    with page.expect_download() as download:
        page.locator('[data-tool="check"]').get_by_role("button", name="Download the file").click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def test_a_key_stroke_after_a_long_file_was_chosen_loses_nothing(page: Page, call: Module, tmp_path: Path) -> None:
    (tmp_path / "long.bib").write_text(entries(200))
    tool = page.locator('[data-tool="check"]')
    tool.locator("input[type=file]").set_input_files(tmp_path / "long.bib")
    expect(tool.locator("[data-result]")).to_contain_text("201 entries")
    tool.locator("textarea").press("Control+End")
    page.keyboard.type("@misc{added, title={Added}}")
    expect(tool.locator("[data-result]")).to_contain_text("202 entries")
    text = mended(page)
    assert text.count("@misc{k") == 200
    assert text.endswith("}\n@misc{added, title={Added}}")


def test_a_file_too_long_to_show_is_named_and_checked_whole(page: Page, call: Module, tmp_path: Path) -> None:
    (tmp_path / "huge.bib").write_text(entries(300))
    tool = page.locator('[data-tool="check"]')
    field, result = tool.locator("textarea"), tool.locator("[data-result]")
    hint = field.get_attribute("placeholder") or ""
    tool.locator("input[type=file]").set_input_files(tmp_path / "huge.bib")
    expect(result).to_contain_text("301 entries")
    expect(field).to_have_value("")
    expect(field).to_have_attribute("placeholder", re.compile(r"^huge\.bib: 3\d\d,\d{3} characters"))
    assert mended(page).count("@misc{k") == 300
    field.press_sequentially("@misc{new, title={New}}")
    expect(result).to_contain_text("1 entry:")
    expect(field).to_have_attribute("placeholder", hint)


def fields(call: Module, source: str) -> list[tuple[str, list[str]]]:
    result = call("check", "check", source)
    return [(entry["state"], [f"{f['field']} {f['what']}" for f in entry["findings"]]) for entry in result["entries"]]


TOYCONF = "Proceedings of the Conference on Toys & Games"
SAME = r"""@inproceedings{mine,
  title = {{FastBlock}: stacking in {$O(n \log n)$} \& beyond, 100\% of the time\_s \#1},
  author = {Example, A. and Jos{\'e} M{\"u}ller-{\AA}ngstr{\"o}m and Sample, Jr, Bob},
  booktitle = {VENUE}, year = 2023, month = may, volume = 12, number = 3, pages = {101 -- 110},
  doi = {https://doi.org/10.1234/TOY_(1)}, eprint = {2305.00001v2}, archiveprefix = {arXiv}
}"""


def test_other_spellings_are_no_differences(call: Module, toy: Any) -> None:
    assert fields(call, SAME.replace("VENUE", toy.venues["toyconf"].name)) == [("same", [])]


@pytest.mark.parametrize(
    ("venue", "says"),
    [
        ("Proceedings of the Conference on Toys {\\&} Games", "1 in agreement with ours."),
        ("ToyConf", "1 in agreement with ours."),
        ("TC 2023", "1 in agreement with ours."),
        ("Proc. 2nd Int. Conf. Toys and Games", "1 in agreement with ours."),
        ("Twenty-second Conference on Toys and Games, TC 2023, Toytown", "1 in agreement with ours."),
        ("Journal of Toys", "1 to mend."),
        ("JoT", "1 to mend."),
        ("Toy Book", "1 to mend."),
        ("ToyConf (Workshop Track)", "1 in agreement with ours but for the venue"),
        ("Conference on Toys, Games and Puzzles", "1 in agreement with ours but for the venue"),
        ("Games", "1 in agreement with ours but for the venue"),
    ],
)
def test_a_venue_goes_by_its_names_alone(page: Page, call: Module, venue: str, says: str) -> None:
    tool = page.locator('[data-tool="check"]')
    tool.locator("textarea").fill(SAME.replace("VENUE", venue))
    expect(tool.locator(".gl-says")).to_contain_text(f"1 entry: {says}")
    if "mend" in says:
        expect(tool.locator("tr.gl-check--differs")).to_have_text(f"venue differs{venue}{TOYCONF}")
        expect(tool.locator("tbody tr")).to_have_count(1)
    if "but for" in says:
        expect(tool.get_by_text(f"Yours: {venue}. Ours: {TOYCONF}.")).to_be_visible()


def test_a_paper_of_one_conference_does_not_agree_under_another(page: Page, real_address: str) -> None:
    page.goto(f"{real_address}papers/liu2024kivi/")
    ours = page.locator("#bibtex").inner_text()
    assert "Proceedings of the International Conference on Machine Learning" in ours
    page.goto(f"{real_address}cite/")
    tool = page.locator('[data-tool="check"]')
    for venue in ("Advances in Neural Information Processing Systems", "ACL"):
        entry = ours.replace("Proceedings of the International Conference on Machine Learning", venue)
        tool.locator("textarea").fill(entry)
        expect(tool.locator("tr.gl-check--differs")).to_contain_text(f"venue differs{venue}")
        expect(tool.locator(".gl-says")).to_have_text("1 entry: 1 to mend.")


def test_what_differs_is_said(call: Module, toy: Any) -> None:
    source = (
        SAME.replace("VENUE", toy.venues["toyconf"].name)
        .replace("101 -- 110", "1--9")
        .replace("2023", "2022")
        .replace("Bob", "Mary")
    )
    source = source.replace("  doi = {https://doi.org/10.1234/TOY_(1)},", " ")
    assert fields(call, source) == [("mend", ["author differs", "year differs", "pages differs", "doi missing"])]


def test_a_preprint_that_was_published_since(call: Module) -> None:
    source = """@article{mine, title={FastBlock: Stacking}, author={Example, Ada and others},
      journal={arXiv preprint arXiv:2305.00001}, volume={abs/2305.00001}, year=2023, note={read}, keywords={own}}"""
    (state, found), *_ = fields(call, source)
    assert state == "mend"
    assert "published missing" in found
    assert "pages missing" in found
    assert "doi missing" in found


def test_the_mended_entry_keeps_key_and_own_fields(page: Page, call: Module) -> None:
    tool = page.locator('[data-tool="check"]')
    tool.locator("textarea").fill(
        "% kept\n@article{mine, title={FastBlock: Stacking, Fast}, author={Ada Example}, journal={CoRR},\n"
        '  volume={abs/2305.00001}, eprint={2305.00001}, year="2023", keywords = {own, {nested}}, note={gone}}\n'
        "@misc{other, title={Else}}\n"
    )
    tool.get_by_text("Mended entry", exact=True).click()
    entry = tool.locator("pre")
    expect(entry).to_contain_text("@inproceedings{mine,")
    expect(entry).to_contain_text("keywords      = {own, {nested}},")
    expect(entry).not_to_contain_text("CoRR")
    with page.expect_download() as download:
        tool.get_by_role("button", name="Download the file").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("% kept\n@inproceedings{mine,")
    assert text.endswith("}\n@misc{other, title={Else}}\n")


def test_the_mended_entry_is_copied_where_that_must_begin_at_once(page: Page, toy_address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script(STRICT_CLIPBOARD)
    page.goto(f"{toy_address}cite/")
    page.locator('[data-tool="check"] textarea').fill(entries(0))
    page.get_by_role("button", name="Copy the mended entry").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@inproceedings{mine,\n")
    assert copied.endswith("}\n")


def test_entries_of_one_key_are_mended_each_in_its_place(page: Page, call: Module) -> None:
    entry = "@article{mine, title={FastBlock: Stacking, Fast}, author={Ada Example}, eprint={2305.00001}, note={%s}}"
    other = "@misc{other, title={Else}, note={see @article{mine, 1}}}"
    source = f"% 1\n{entry % 'one'}\n% 2\n{other}\n% 3\n{entry % 'two'}\n% 4\n"
    page.locator('[data-tool="check"] textarea').fill(source.replace("note", "keywords"))
    parts = re.split(r"(?m)^(?=[%@])", mended(page))
    assert [part[:3] for part in parts[1:]] == ["% 1", "@in", "% 2", "@mi", "% 3", "@in", "% 4"]
    assert re.findall(r"keywords += \{(\w+)\},", "".join(parts)) == ["one", "two"]


def test_a_title_or_key_alone_proves_nothing(call: Module) -> None:
    source = """@misc{one, title={FastBlock: Stacking, Fast}, author={Nobody, Else}, year=1990}
    @misc{sample2024slow, title={Something else entirely}, author={Nobody, Else}, year=1990}"""
    assert fields(call, source) == [("absent", []), ("other", [])]


def test_a_shortened_title_is_known_by_key_and_author(call: Module) -> None:
    source = "@misc{KEY, title={Slow and Steady Towers}, author={Sample, B.}, year=2024}"
    assert [state for state, _ in fields(call, source.replace("KEY", "sample2024slow"))] == ["mend"]
    assert [state for state, _ in fields(call, source.replace("KEY", "mine"))] == ["absent"]


def test_one_open_brace_costs_one_entry(call: Module) -> None:
    source = "@misc{one, title={A}}\n@misc{broken, title={B, year=2000}\n@misc{three, title={C}}\n"
    result = call("check", "check", source)
    assert [entry["theirs"]["key"] for entry in result["entries"]] == ["one", "three"]
    assert result["errors"] == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Sun", "Z."), ("Sun", "Ziteng"), True),
        (("Zhang", "Wei"), ("Wei", "Zhang"), True),
        (("Le", "Quoc"), ("Le", "Quoc V."), True),
        (("van der Berg", "A."), ("Berg", "Anna van der"), True),
        (("Kaiser", "Lukasz"), ("Kaiser", "Łukasz"), True),
        (("Li", "Wei"), ("Li", "Wen"), False),
        (("Sun", "Z."), ("Sun", "Felix"), False),
        (("OpenAI Inc.", ""), ("OpenAI Inc.", ""), True),
    ],
)
def test_names_of_the_same_person(call: Module, one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    a, b = ({"family": family, "given": given} for family, given in (one, other))
    assert call("compare", "samePerson", a, b) is same


@pytest.mark.parametrize("file", ["bibliography.bib", "bibliography.biblatex.bib"])
def test_our_own_bibliography_has_nothing_to_mend(page: Page, real_site: Path, real_address: str, file: str) -> None:
    page.goto(f"{real_address}cite/")
    source = (real_site / file).read_text(encoding="utf-8")
    wrong = page.evaluate(
        """async (source) => {
          const { check } = await import(new URL("../assets/js/cite/check.js", location.href));
          const { entries, errors } = await check(source);
          const wrong = entries.filter((entry) => entry.state !== "same" || entry.findings.length);
          return [entries.length, errors, ...wrong.map((entry) => entry.theirs.key)];
        }""",
        source,
    )
    assert wrong == [source.count("\n@") + 1, 0]
