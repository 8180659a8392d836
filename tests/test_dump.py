"""Writing YAML: what is written is read back as it was, by our reader and by any other."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gen.collection import Collection
from gen.dump import PROSE, QUOTED, WIDTH, dump, flow, scalar
from gen.record import Record
from gen.source import parse
from tests.hostile import STRINGS

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
TRICKY = st.sampled_from([
    "no", "y", "N", "null", "~", "2310.15140", "1e3", "0o17", "017", "1:30", "2026-11-21", ".5", "+1", ".inf", "NaN",
    "<<", "=", "'", '"', "\\", "[", "}", ",", "é", "🙂", "|-", "---", "#a", "&a", "*a", "!a", "- a", "? a", "a: b",
    "a #b", "%a", "@a", "`a`", " a", "a ", "a\n", "\na", "a\n\nb", "a\r\nb", "a\tb", "a\u2028b", "\x85", "\ufeff",
    "a  b", "a\n b", ":a", "::a", "?a", "a:?", "a:?b", "a?:b", "a:-",
])  # fmt: skip
ANY = TEXT | TRICKY
KEYS = st.sampled_from(sorted(QUOTED | PROSE | {"system", "scope"})) | st.from_regex("[a-z_]{1,8}", fullmatch=True)
VALUES = st.dictionaries(
    KEYS,
    ANY
    | st.lists(ANY, min_size=1, max_size=4)
    | st.dictionaries(KEYS, ANY, min_size=1, max_size=3)
    | st.lists(st.dictionaries(KEYS, ANY, min_size=1, max_size=3), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


def _only_texts(values: dict[str, Any]) -> dict[str, Any]:
    """Prose is always one text; other shapes are for other keys."""
    return {key: value if key not in PROSE or isinstance(value, str) else "prose" for key, value in values.items()}


@given(VALUES)
def test_what_is_written_is_read_back(values: dict[str, Any]) -> None:
    values = _only_texts(values)
    written = dump(values)
    document = parse("x.yaml", written.encode())
    assert document.faults == []
    assert document.value == values
    assert yaml.safe_load(written) == values


@given(st.text(":?-# a", min_size=1, max_size=6).filter(lambda text: text == text.strip()))
def test_a_list_in_brackets_is_read_by_libyaml(text: str) -> None:
    document = parse("x.yaml", dump({"authors": ["Ann Lee", text, "Bob Who"]}).encode())
    assert document.faults == []
    assert document.value == {"authors": ["Ann Lee", text, "Bob Who"]}


@given(ANY)
def test_a_scalar_is_one_line_and_stays_text(text: str) -> None:
    written = scalar(text)
    assert len(written.splitlines()) == 1
    assert yaml.safe_load(f"key: {written}") == {"key": text}
    assert yaml.safe_load(flow({"key": text, "value": text})) == {"key": text, "value": text}


@pytest.mark.parametrize("text", ["0o17", "1e3", "y", "N", ".5e-3", "NaN", "-.inf", "007"])
def test_what_only_other_readers_take_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text)[0] in "\"'"


def test_whatever_a_list_holds_comes_back() -> None:
    for text in (*STRINGS, "::x", ":x", "?x", "? x", "x:", "-x", "#x"):
        document = parse("x.yaml", dump({"authors": [text, "Ada Example"], "results": [{"kind": text}]}).encode())
        assert document.faults == [], text
        assert document.value == {"authors": [text, "Ada Example"], "results": [{"kind": text}]}


def test_numbers_and_days_stay_bare() -> None:
    assert dump({"year": 2023, "added": datetime.date(2026, 1, 2)}) == "year: 2023\nadded: 2026-01-02\n"


def test_what_is_empty_is_left_out() -> None:
    assert dump({"title": "T", "venue": None, "topics": [], "also_titled": (), "links": {}}) == 'title: "T"\n'


def test_prose_is_folded_and_paragraphs_stay_apart() -> None:
    long = " ".join(["word"] * 40)
    written = dump({"summary": long, "annotation": {"problem": "One.\n\n- a\n- b"}})
    assert written.startswith("summary: >-\n  word word")
    assert max(len(line) for line in written.splitlines()) <= WIDTH
    assert written.endswith("annotation:\n  problem: |-\n    One.\n\n    - a\n    - b\n")


def test_a_whole_record() -> None:
    assert dump(
        {
            "title": 'A "quoted" title: \\ more',
            "authors": ["Jane Doe", "Sample, Jr, Bob"],
            "links": {"paper": "https://example.org/x#y"},
            "results": [{"kind": "speed", "metric": "m", "value": "2x", "on": "a, b", "versus": None}],
            "relations": [{"to": "x", "kind": "uses", "why": "It does."}],
            "annotated": {"by": "editors", "on": datetime.date(2026, 1, 2), "basis": "full text"},
        }
    ) == (
        'title: "A \\"quoted\\" title: \\\\ more"\n'
        'authors: [Jane Doe, "Sample, Jr, Bob"]\n'
        "links:\n  paper: https://example.org/x#y\n"
        'results:\n  - {kind: speed, metric: "m", value: "2x", on: "a, b"}\n'
        "relations:\n  - to: x\n    kind: uses\n    why: >-\n      It does.\n"
        "annotated: {by: editors, on: 2026-01-02, basis: full text}\n"
    )


def test_a_list_too_long_for_one_line_has_a_line_for_each() -> None:
    names = [f"Someone Number{index}" for index in range(9)]
    assert dump({"authors": names}) == "authors:\n" + "".join(f"  - {name}\n" for name in names)


def test_real_records_survive(real: Collection, tmp_path: Path) -> None:
    for record in list(real.records.values())[::5]:
        written = dump(record.model_dump(exclude_unset=True))
        document = parse(record.source.path, written.encode())
        assert document.faults == []
        assert Record.model_validate(document.value, context={"source": record.source}) == record
