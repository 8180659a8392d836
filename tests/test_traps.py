"""The traps of YAML, each as a contributor would write it."""

from pathlib import Path

import pytest

from gen.checking import check_collection
from gen.checks.traps import other_reading
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
        ({"arxiv": "2310.15140"}, (4, 8), "the number 2310.1514"),
        ({"volume": "no"}, (4, 9), "the truth value false"),
        ({"title": "1984"}, (1, 8), "the number 1984"),
        ({"title": "2023-05-01"}, (1, 8), "the date 2023-05-01"),
        ({"authors": "[Yes]"}, (2, 11), "the truth value true"),
        ({"pages": "1:30"}, (4, 8), "the number 90"),
        ({"doi": "10.1234/x"}, (4, 6), "a number, if it is digits and a point only"),
    ],
)
def test_unquoted_text(toy_copy: Path, fields: dict[str, str], place: tuple[int, int], meant: str) -> None:
    value = next(iter(fields.values())).strip("[]")
    words = f'{value!r} without quotes is read as {meant}; write "{value}"'
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
        ("title: @towers", "a text that starts with @ stands between double quotes"),
    ],
)
def test_hints(line: str, mend: str) -> None:
    assert [fault.mend for fault in parse("x.yaml", f"{line}\n".encode()).faults] == [mend]


def test_letters_that_look_alike(toy_copy: Path) -> None:
    name = "tr\u0430p2024"
    words = f"the file's name '{name}' holds U+0430 (cyrillic small letter a); rename the file and type 'a' instead"
    assert findings(toy_copy, record(), name) == [(1, 1, "id-form", words)]


def test_trailing_space_inside_a_text_is_the_writers(toy_copy: Path) -> None:
    text = record().replace("added", "summary: |-\n  One line of this summary,  \n  and one more that goes on.\nadded")
    assert findings(toy_copy, text) == []


def test_other_reading() -> None:
    assert other_reading("Towers") is None
    assert other_reading("~") == "nothing"
    assert other_reading("0x1F") == "the number 31"
    assert other_reading("2023-99-99") == "a timestamp"
