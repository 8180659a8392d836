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
            "a b c * d",
        ),
        (
            r"\Citet{a} \Citep[p.]{b} \Citeauthor*{c} \Cites{d}{e} \newcite{f} \bibentry{g} \volcite{2}[3]{h}",
            "a b c d e f g h",
        ),
        (
            r"\setcitestyle{numbers,square} \citestyle{acm} \citereset{x} \DeclareCiteCommand{x}{y} \cite{a}",
            "a",
        ),
        (r"\newcommand{\mine}[1]{\cite{#1}} \mine{x} \cite{a}", "a"),
        ("\\cite{a} \\\\% \\cite{no}\n\\\\\\% \\cite{b}", "a b"),
        ("\\refsection{0}\n\\entry{a}{article}{}{}\n\\name{author}{1}{}{}\n\\entry{b}{misc}{skip}{}", "a b"),
        ("\\bibitem [{\\citenamefont {Smith}(2020)}]{a}\n\\bibitem[\\protect\\citeauthoryear{Li}{2020}]{b}", "a b"),
        ("- a5\n- b, c\n1. d\n2) e\n* f", "a5 b c d e f"),
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


def test_a_paper_that_is_cited_by_two_keys_stands_once_in_biblatex(page: Page, call: Module) -> None:
    tool = page.locator('[data-tool="cited"]')
    tool.locator("textarea").fill(r"\cite{example2022fast} \cite{example2023fast}")
    entries = tool.locator("pre")
    expect(entries).to_contain_text("@inproceedings{example2022fast,")
    page.get_by_label("biblatex", exact=True).check()
    expect(entries).to_contain_text("ids            = {example2022fast}")
    text = entries.inner_text()
    assert re.findall(r"@\w+\{(.*),", text) == ["example2023fast"]
    expect(tool.locator(".gl-says")).to_have_text("2 of 2 keys are papers of this collection.")


def test_whoever_cites_everything_is_led_to_the_whole(page: Page, call: Module) -> None:
    tool = page.locator('[data-tool="cited"]')
    tool.locator("textarea").fill(r"\nocite{*}")
    expect(tool.locator("[data-result] a")).to_have_attribute("href", re.compile(r"/bibliography\.bib$"))
    expect(tool.locator("[data-result]")).to_have_text(r"All papers are cited: they are one file.")


def test_files_are_read_where_they_are_chosen(page: Page, call: Module, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"\cite{sample2024slow}")
    (tmp_path / "b.aux").write_text("\\citation{z2024math}")
    tool = page.locator('[data-tool="cited"]')
    tool.locator("input[type=file]").set_input_files([tmp_path / "a.tex", tmp_path / "b.aux"])
    expect(tool.locator("[data-result]")).to_contain_text("2 of 2 keys")
    (tmp_path / "a.tex").write_text(r"\cite{nobody2020}")
    tool.locator("input[type=file]").set_input_files(tmp_path / "a.tex")
    expect(tool.locator("[data-result]")).to_contain_text("0 of 1 key")
    tool.locator("input[type=file]").set_input_files(tmp_path / "a.tex")
    assert tool.locator("input[type=file]").input_value() == ""


def test_a_dropped_text_goes_to_the_field_and_a_folder_is_told(page: Page, call: Module) -> None:
    prevented = page.evaluate(
        """() => {
          const box = document.querySelector('[data-tool="cited"]');
          const dataTransfer = new DataTransfer();
          dataTransfer.setData("text/plain", "dragged");
          return !box.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }"""
    )
    assert not prevented
    page.evaluate(
        """() => {
          File.prototype.arrayBuffer = () => Promise.reject(new DOMException("It is a folder", "NotFoundError"));
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([], "folder"));
          const box = document.querySelector('[data-tool="cited"]');
          box.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator('[data-tool="cited"] .gl-wrong')).to_contain_text("This could not be done: It is a folder.")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_mended_file_keeps_letters_and_line_ends(page: Page, call: Module, tmp_path: Path, encoding: str) -> None:
    source = "@misc{other, author={Müller – Ångström}}\n\n" + entries(0)
    (tmp_path / "old.bib").write_bytes(source.replace("\n", "\r\n").encode(encoding))
    page.locator('[data-tool="check"] input[type=file]').set_input_files(tmp_path / "old.bib")
    text = mended(page)
    assert "Müller – Ångström" in text
    assert text.count("\n") == text.count("\r\n") > 10


def entries(number: int) -> str:
    """A file of one entry to mend and so many others of some 1,100 characters each."""
    first = "@article{mine, title={FastBlock: Stacking, Fast}, author={Ada Example}, eprint={2305.00001}}\n"
    note = "x" * 1050
    return first + "".join(f"@misc{{k{i}, title={{None of ours {i}}}, note={{{note}}}}}\n" for i in range(number))


def mended(page: Page) -> str:
    with page.expect_download() as download:
        page.locator('[data-tool="check"]').get_by_role("button", name="Download the file").click()
    return Path(download.value.path()).read_bytes().decode()


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
        ("Conference on Toys and Games 32: Annual Meeting 2019, TC 2019, Toytown", "1 in agreement with ours."),
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


AGAIN = "@misc{mine, title={FastBlock, Again}, author={Ada Example}, year=2024%s}"


def test_of_a_retracted_paper_one_is_told_and_the_own_note_stays(page: Page, call: Module) -> None:
    assert fields(call, AGAIN % "") == [("mend", ["note missing"])]
    for noted in ("Since retracted!", "{RETRACTED} 2025"):
        assert fields(call, AGAIN % f", note={{{noted}}}") == [("same", [])]
        assert f"= {{{noted}}},\n" in repaired(page, AGAIN % f", note={{{noted}}}")
    mended_note = repaired(page, AGAIN % ', note="See " # jan')
    assert re.search(r'(?m)^  note +=  ?\{Retracted\} # \{\. \} # "See " # jan,$', mended_note), mended_note
    page.locator('[data-tool="check"] textarea').fill(AGAIN % "")
    expect(page.locator(".gl-check tbody")).to_have_text("notice missing–Retracted")


def repaired(page: Page, source: str, dialect: str = "bibtex") -> str:
    """Return a file with all of its entries mended, whatever state they have."""
    text: str = page.evaluate(
        """async ([source, dialect]) => {
          const load = (name) => import(new URL(`../assets/js/cite/${name}.js`, location.href));
          const [{ check, mendAll }, { remember }] = await Promise.all([load("check"), load("store")]);
          remember("dialect", dialect);
          const { entries } = await check(source);
          return mendAll(entries.filter(({ ours }) => ours), source);
        }""",
        [source, dialect],
    )
    return text


OWN_FIELDS = r"""@inproceedings{mine,
  author    = {Ada Example and Jos{\'e} M{\"u}ller-{\AA}ngstr{\"o}m and Sample, Jr, Bob},
  title     = {Fast{B}lock},
  subtitle  = {Stacking in $O(n \log n)$ \& Beyond, 100\% of the Time\_s \#1},
  year = 2023, month = apr, publisher = {Mine}, series = {S}, ids = {older}, langid = {english}, % here
  % volume  = {99},
  eprint = {2305.00001v1}, archiveprefix = {arXiv}, primaryclass = {cs.TOY}, pages = {1}
}"""


def test_the_mended_entry_loses_only_what_ours_replaces(page: Page, call: Module) -> None:
    """Without what holds it, but not a preprint; its title and authors differ from ours in how they are written."""
    assert fields(call, OWN_FIELDS) == [
        ("mend", ["venue missing", "volume missing", "number missing", "pages differs", "doi missing"])
    ]
    text = repaired(page, OWN_FIELDS)
    for kept in ("author", "title", "subtitle"):
        assert re.search(rf"  {kept} += (.*)", OWN_FIELDS)[1] in text  # type: ignore[index]
    names = re.findall(r"(?m)^  (\w+) += ", text)
    assert names[:8] == ["author", "title", "booktitle", "year", "month", "volume", "pages", "note"]
    assert names[8:] == [
        *("eprint", "archiveprefix", "doi", "url", "subtitle", "publisher", "series", "ids", "langid", "primaryclass"),
    ]
    assert {line.index("=") for line in text.splitlines()[1:-1]} == {17}
    assert "month          = may" in text
    biblatex = repaired(page, OWN_FIELDS.replace("2023, ", "2022, ").replace("subtitle", "x"), "biblatex")
    assert "month" not in biblatex
    assert biblatex.count("ids  ") == 1


def test_what_ours_does_not_know_stays(page: Page, call: Module) -> None:
    source = """@article{mine, title={FastBlock, Again}, author={Ada Example}, journal={Journal of Toys}, volume=2,
      year=2025, month=jan, eprint={2501.00001}, archiveprefix={arXiv}}"""
    text = repaired(page, source)
    assert text.startswith("@article{mine,\n")
    for kept in ("{Journal of Toys}", "= 2025", "= jan", "{2501.00001}", "{arXiv}", "= 2,"):
        assert kept in text
    assert "2024" not in text


def test_a_former_key_is_not_among_its_own_names(page: Page, call: Module) -> None:
    text = repaired(page, "@misc{example2022fast, title={FastBlock: Stacking, Fast}, eprint={2305.00001}}", "biblatex")
    assert text.startswith("@inproceedings{example2022fast,")
    assert "ids  " not in text


@pytest.mark.parametrize(
    "above",
    [
        "%@article{mine,\n%  title = {No}}\n",
        "@comment{@article{mine, title={No}}}\n",
        "As in @article{mine, x}, but\n",
        "@misc{other, note={@article{mine, title={No}}}}\n%@article{mine, title={No}}\n",
        "@misc{other, abstract={x\n@article{mine, title={No}}\n}}\n",
        "@article{mine, title={No}\n",
    ],
)
def test_only_the_entry_itself_is_mended(page: Page, call: Module, above: str) -> None:
    text = repaired(page, above + entries(0))
    assert text.startswith(f"{above}@inproceedings{{mine,\n")
    assert text.count("@inproceedings") == 1


CROSSREF = r"""@inproceedings{mine, title={FastBlock: Stacking, Fast},
  author={Ada Example and José Müller-Ångström and Bob Sample, Jr},
  pages={101--110}, volume=12, number=3, crossref={toys23}, doi={10.1234/toy\_(1).}}
@proceedings{toys23, title={Conference on Toys and Games 32: Annual Meeting, TC 2023, Toytown},
  year=2023, publisher={P}, doi={10.1234/all}}
@inproceedings{itself, title={Else}, crossref={itself}}"""


def test_an_entry_has_what_the_one_has_that_it_refers_to(page: Page, call: Module) -> None:
    assert [(state, found) for state, found in fields(call, CROSSREF)] == [
        ("mend", ["title differs"]),
        ("absent", []),
        ("absent", []),
    ]
    text = repaired(page, CROSSREF)
    assert "crossref={itself}" in text
    assert "toys23}," not in text
    assert "booktitle" in text


def test_repetitions_and_what_could_not_be_read_are_told(page: Page, call: Module) -> None:
    tool = page.locator('[data-tool="check"]')
    tool.locator("textarea").fill(
        f"{entries(0)}\n@misc{{broken,\n title={{B\n}}\n{entries(0).replace('mine', 'Other')}\n{entries(0)}"
    )
    expect(tool.locator(".gl-says")).to_have_text("3 entries: 3 to mend.")
    expect(tool.locator("p.gl-wrong")).to_have_text(
        [
            "The entry in line 3 could not be read: @misc{broken,",
            "The same key twice, an error for BibTeX: mine, mine",
            "The same paper twice: mine, Other, mine",
        ]
    )
    tool.locator("textarea").fill("@misc{broken, title={B\n")
    expect(tool.locator("[data-result]")).to_have_text("The entry in line 1 could not be read: @misc{broken, title={B")


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
    assert result["errors"] == [{"line": 2, "text": "@misc{broken, title={B, year=2000}"}]


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
    assert call("check", "samePerson", a, b) is same


@pytest.mark.parametrize("file", ["bibliography.bib", "bibliography.biblatex.bib"])
def test_our_own_bibliography_has_nothing_to_mend(page: Page, real_site: Path, real_address: str, file: str) -> None:
    page.goto(f"{real_address}cite/")
    source = (real_site / file).read_text(encoding="utf-8")
    wrong = page.evaluate(
        """async (source) => {
          const { check } = await import(new URL("../assets/js/cite/check.js", location.href));
          const { entries, errors } = await check(source);
          const wrong = entries.filter((entry) => entry.state !== "same" || entry.findings.length);
          return [entries.length, errors.length, ...wrong.map((entry) => entry.theirs.key)];
        }""",
        source,
    )
    assert wrong == [source.count("\n@") + 1, 0]
