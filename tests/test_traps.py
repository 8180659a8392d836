"""The traps of YAML, each as a contributor would write it."""

from pathlib import Path

import pytest

from gen.checking import check_collection
from gen.checks.traps import other_reading
from gen.findings import as_text
from gen.source import parse

BASE = {"title": '"A Title"', "authors": "[A B]", "year": "2024", "added": "2026-04-01"}


def findings(root: Path, text: str | bytes, name: str = "trap2024") -> list[tuple[int, int, str, str]]:
    """Return place, check and words of what is found in a record of this text."""
    path = root / "papers" / "2024" / f"{name}.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    _, found = check_collection(root, drafts=True)
    return [(item.line, item.column, item.check, f"{item.what}; {item.mend}") for item in found]


def record(**fields: str) -> str:
    order = ("title", "authors", "year", "venue", "volume", "pages", "arxiv", "doi", "links", "system", "added")
    values = BASE | fields
    return "".join(f"{name}: {values[name]}\n" for name in order if name in values)


@pytest.mark.parametrize(
    ("fields", "place", "meant"),
    [
        ({"arxiv": "2310.15140"}, (4, 8), "without quotes is read as the number 2310.1514"),
        ({"volume": "no"}, (4, 9), "without quotes is read as the truth value false"),
        ({"title": "1984"}, (1, 8), "without quotes is read as the number 1984"),
        ({"title": "2023-05-01"}, (1, 8), "without quotes is read as the date 2023-05-01"),
        ({"authors": "[Yes]"}, (2, 11), "without quotes is read as the truth value true"),
        ({"pages": "1:30"}, (4, 8), "without quotes is read as the number 90"),
        ({"doi": "10.1234/x"}, (4, 6), "stands without quotes, and some identifiers are read as numbers then"),
    ],
)
def test_unquoted_text(toy_copy: Path, fields: dict[str, str], place: tuple[int, int], meant: str) -> None:
    value = next(iter(fields.values())).strip("[]")
    words = f'{value!r} {meant}; write "{value}"'
    assert findings(toy_copy, record(**fields)) == [(*place, "unquoted-text", words)]


def test_year_and_day_need_no_quotes(toy_copy: Path) -> None:
    assert findings(toy_copy, record()) == []
    assert findings(toy_copy, record(arxiv='"2310.15140"', volume='"12"', system="V2")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            record(title="“Smart”"),
            (1, 8, "smart-quotes", 'the quotation marks “ and ” become part of the text; use straight quotes: "..."'),
        ),
        (
            b"\xef\xbb\xbf" + record().encode(),
            (1, 1, "byte-order-mark", "the file starts with a byte order mark; save it as UTF-8 without BOM"),
        ),
        (
            record().replace("\n", "\r\n"),
            (1, 17, "line-end", "the line ends with a carriage return; save the file with LF line ends"),
        ),
        (record().rstrip("\n"), (4, 18, "line-end", "the last line does not end; add a line end after it")),
        (
            record().replace("year: 2024", "year: 2024  "),
            (3, 11, "stray-space", "there are spaces at the end of the line; delete them"),
        ),
        (record().replace("year: ", "year:\t"), (3, 6, "stray-space", "there is a tab; write spaces")),
        (
            record().replace("year: 2024\n", "") + "year: 2024\n",
            (4, 1, "field-order", "'year' stands after 'added'; put the fields in the order of the reference"),
        ),
        (
            record(title='"A\u202eB"'),
            (
                1,
                8,
                "invisible-character",
                "the text holds the invisible character U+202E (right-to-left override); delete it",
            ),
        ),
    ],
)
def test_layout(toy_copy: Path, text: str | bytes, found: tuple[int, int, str, str]) -> None:
    assert findings(toy_copy, text) == [found]


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("title: Towers: a Survey", 'put the text that holds a colon between double quotes: title: "Towers: a Survey"'),
        (
            "title: “Towers: a Survey”",
            'put the text that holds a colon between double quotes: title: "Towers: a Survey"',
        ),
        ("\ttitle: Towers", "indent with spaces, not tabs"),
        ('title: "Towers" and more', 'close the quote at the end of the text, and write a quote inside it as \\"'),
        ("title: @towers", 'a text that starts with @ stands between double quotes: title: "@towers"'),
        ("title: [Re] Towers", 'a text that starts with [ stands between double quotes: title: "[Re] Towers"'),
        ("title: {A} Towers ", 'a text that starts with { stands between double quotes: title: "{A} Towers"'),
        ("title: *SEM Towers", 'a text that starts with * stands between double quotes: title: "*SEM Towers"'),
        ("title: - Towers", 'a text that starts with - stands between double quotes: title: "- Towers"'),
        ("title: ? Towers", 'a text that starts with ? stands between double quotes: title: "? Towers"'),
        ("title: |x Towers", 'a text that starts with | stands between double quotes: title: "|x Towers"'),
        ("authors:\n  - [Re] A", 'a text that starts with [ stands between double quotes: - "[Re] A"'),
        ('title: ["A" B]', "check quotes, brackets and indentation on this line and the one before"),
    ],
)
def test_hints(line: str, mend: str) -> None:
    assert [fault.mend for fault in parse("x.yaml", f"{line}\n".encode()).faults] == [mend]


def test_letters_that_look_alike(toy_copy: Path) -> None:
    name = "tr\u0430p2024"
    words = f"the file's name '{name}' holds U+0430 (cyrillic small letter a); rename the file and type 'a' instead"
    assert findings(toy_copy, record(), name) == [(1, 1, "id-form", words)]


@pytest.mark.parametrize("head", ["|-", "|2-", ">-2"])
def test_trailing_space_inside_a_text_is_the_writers(toy_copy: Path, head: str) -> None:
    text = record().replace(
        "added", f"summary: {head}\n  One line of this summary,  \n  and one more that goes on.\nadded"
    )
    assert findings(toy_copy, text) == []


def test_other_reading() -> None:
    assert other_reading("Towers") is None
    assert other_reading("~") == "nothing"
    assert other_reading("0x1F") == "the number 31"
    assert other_reading("2023-99-99") == "a timestamp"


CUT = "the text ends before the '#', which begins a comment"
CUT_MEND = "put the text between double quotes, or the comment on a line of its own"
TWICE = r"between double quotes write each backslash twice (\\alpha), or put the text between single quotes"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": "Programs in C # and Towers"}, (1, 8, "cut-text", f"{CUT}; {CUT_MEND}")),
        ({"authors": "\n  - A B\n  - C D #1"}, (4, 5, "cut-text", f"{CUT}; {CUT_MEND}")),
        (
            {"title": r'"A $\tau$ Test"'},
            (1, 12, "swallowed-backslash", rf"the \t of \tau is read as a character of its own; {TWICE}"),
        ),
        (
            {"title": r'"A $x = \frac12$ Test"'},
            (1, 16, "swallowed-backslash", rf"the \f of \frac is read as a character of its own; {TWICE}"),
        ),
        (
            {"title": r'"A $\lambda$ Test"'},
            (
                1,
                12,
                "yaml-syntax",
                "this is not YAML: while parsing a quoted scalar, found unknown escape character; " + TWICE,
            ),
        ),
        (
            {"authors": "\n  -Jane Doe\n  -John Smith"},
            (3, 3, "bare-scalar", "'authors' is a list, but holds one bare value; write a space after each hyphen"),
        ),
        (
            {"authors": "[{Toy Group}]"},
            (
                2,
                11,
                "wrong-type",
                "'authors.1' should be a text, but is a mapping; write a text; one in braces stands between double"
                ' quotes, as "{Toy Group}"',
            ),
        ),
        (
            {"authors": '["Jane Doe*"]'},
            (2, 11, "author-name", "'Jane Doe*' holds '*', which is no part of a name; write the name alone"),
        ),
        (
            {"pages": '"pp. 1-10"'},
            (4, 8, "page-form", "the pages 'pp. 1-10' begin with a word; write only the numbers, such as 204-230"),
        ),
    ],
)
def test_what_looks_right_and_is_not(toy_copy: Path, fields: dict[str, str], found: tuple[int, int, str, str]) -> None:
    assert found in findings(toy_copy, record(**fields))


def test_what_looks_wrong_and_is_right(toy_copy: Path) -> None:
    title = r'"A $\\tau$ Test \u00e9 of \"C#\" # not cut"'
    assert findings(toy_copy, record(title=title, system="C#", links="{code: https://example.org/#a}  # ours")) == []


@pytest.mark.parametrize("name", ["trap2024.YAML", "trap2024.yaml.txt", "trap2024.Yml"])
def test_a_record_of_another_ending_is_told(toy_copy: Path, name: str) -> None:
    path = toy_copy / "papers" / "2024" / name
    path.write_text(record(), encoding="utf-8")
    told = [finding.what for finding in check_collection(toy_copy, drafts=True)[1] if finding.path.endswith(name)]
    assert "the file's name does not end in .yaml" in told


def test_a_folder_named_like_a_record_is_told(toy_copy: Path) -> None:
    (toy_copy / "papers" / "2024" / "trap2024.yaml").mkdir()
    [told] = check_collection(toy_copy, drafts=True)[1]
    assert (told.path, told.check, told.what) == ("papers/2024/trap2024.yaml", "unreadable-file", "this is no file")


@pytest.mark.parametrize("table", ["venues", "people"])
@pytest.mark.parametrize("ending", [".yml", ".YAML", ".yaml.txt"])
def test_a_table_of_another_ending_is_told(toy_copy: Path, table: str, ending: str) -> None:
    (toy_copy / f"{table}.yaml").rename(toy_copy / f"{table}{ending}")
    told = [as_text(finding) for finding in check_collection(toy_copy, drafts=True)[1]]
    assert told == [f"{table}{ending}:1:1: id-form: the file's name should be {table}.yaml; rename it"]


@pytest.mark.parametrize(
    "title",
    [
        '>-\n  They Call "$\\tau$-Decay" a Decay',
        "'The \"$\\beta$\" Bound'",
        '"The $\\\\tau$ Bound \\"$x$\\""',
        'The "$\\rho$" Bound',
    ],
)
def test_backslashes_that_yaml_leaves_alone_are_no_finding(toy_copy: Path, title: str) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in {**BASE, "title": title}.items())
    assert findings(toy_copy, text) == []


@pytest.mark.parametrize("title", [r'"$\alpha$ Towers"', r'"$\nu$ Towers"'])
def test_a_swallowed_backslash_is_told_once(toy_copy: Path, title: str) -> None:
    assert [check for _, _, check, _ in findings(toy_copy, record(title=title))] == ["swallowed-backslash"]


def test_a_value_that_is_wrong_needs_no_quotes(toy_copy: Path) -> None:
    text = record(arxiv="https://arxiv.org/abs/2305.07615v2")
    assert [check for _, _, check, _ in findings(toy_copy, text)] == ["wrong-value"]


def test_a_swallowed_backslash_is_found_in_a_text_of_several_lines(toy_copy: Path) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in {**BASE, "title": '"Towers\n  of Height $\\tau$"'}.items())
    told = rf"the \t of \tau is read as a character of its own; {TWICE}"
    assert (2, 14, "swallowed-backslash", told) in findings(toy_copy, text)
