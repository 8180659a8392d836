"""Reading YAML: every trap is named with its place, nothing raises, and no value is changed."""

import os
import pickle
from copy import deepcopy
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.source import MAX_BYTES, MAX_DEPTH, Source, parse, read


def faults(raw: bytes) -> list[str]:
    return [
        f"{fault.position.line}:{fault.position.column}: {fault.check}: {fault.what}; {fault.mend}"
        for fault in parse("x.yaml", raw).faults
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("arxiv: 2310.15140", {"arxiv": "2310.15140"}),
        ("answer: no", {"answer": "no"}),
        ("day: 2026-11-21", {"day": "2026-11-21"}),
        ("count: 0o17", {"count": "0o17"}),
        ("hours: 1:30", {"hours": "1:30"}),
        ("nothing:", {"nothing": None}),
        ("nothing: ~", {"nothing": None}),
        ("nothing: null", {"nothing": None}),
        ("text: 'null'", {"text": "null"}),
        ('text: ""', {"text": ""}),
        ("text: ! word", {"text": "word"}),
        ("no: 1", {"no": "1"}),
        ("list: [a, [b], {c: d}]", {"list": ["a", ["b"], {"c": "d"}]}),
        ("- a\n- b", ["a", "b"]),
        ("word", "word"),
        ("", None),
        ("# only a comment\n", None),
        ("\n  \n", None),
        ("--- # one document\na: b\n...\n", {"a": "b"}),
    ],
)
def test_values_are_what_was_written(written: str, value: object) -> None:
    document = parse("x.yaml", written.encode())
    assert document.value == value
    assert document.faults == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"a: &x 1", "1:4: yaml-feature: the anchor &x is not allowed here; write the value out where it is used"
         ", or put double quotes around a text that starts with &"),
        (b"a: *x", "1:4: yaml-feature: the alias *x is not allowed here; write the value out"
         ", or put double quotes around a text that starts with *"),
        (b"*x", "1:1: yaml-feature: the alias *x is not allowed here; write the value out"
         ", or put double quotes around a text that starts with *"),
        (b"*x : 1", "1:1: yaml-feature: the alias *x is not allowed here; write the value out"
         ", or put double quotes around a text that starts with *"),
        (b"<<: *x", "1:5: yaml-feature: the alias *x is not allowed here; write the value out"
         ", or put double quotes around a text that starts with *"),
        (b"a: !!int 1", "1:4: yaml-feature: the tag tag:yaml.org,2002:int is not allowed here; leave the tag out"
         ", or put double quotes around a text that starts with !"),
        (b"a: !!python/name:os.system x", "1:4: yaml-feature: the tag tag:yaml.org,2002:python/name:os.system is not "
         "allowed here; leave the tag out"
         ", or put double quotes around a text that starts with !"),
        (b"a: 1\n--- b", "2:1: yaml-feature: a second document (---) is not allowed here; put it in a file of its own"),
        (b"a: 1\n? [b, c]\n: d", "2:3: yaml-feature: a list or mapping as a key is not allowed here; use a plain word as key"),
        (b"{{a: b}: c}", "1:2: yaml-feature: a list or mapping as a key is not allowed here; use a plain word as key"),
        (b"[" * 100_000, "1:21: yaml-feature: nesting deeper than 20 levels is not allowed here; write it flatter"),
        (b"- " * 100_000, "1:41: yaml-feature: nesting deeper than 20 levels is not allowed here; write it flatter"),
        (b"{a: " * 100_000, "1:81: yaml-feature: nesting deeper than 20 levels is not allowed here; write it flatter"),
        (b"".join(b" " * depth + b"k:\n" for depth in range(1000)),
         "21:21: yaml-feature: nesting deeper than 20 levels is not allowed here; write it flatter"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_records_have_no_use_for_is_refused(raw: bytes, told: str) -> None:
    assert faults(raw) == [told]


def test_complex_keys_at_any_depth_end_in_one_fault() -> None:
    assert len(faults(b"? " * 100_000)) == 1
    assert len(faults(b"{" * 100_000)) == 1


def test_nesting_up_to_the_limit_is_read() -> None:
    assert faults(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) == []


def test_a_duplicate_key_names_the_first_one_and_loses_nothing_silently() -> None:
    document = parse("x.yaml", b"a: {b: 1}\nc: 2\na: {b: 3, d: 4}\n")
    assert [fault[:3] for fault in document.faults] == [
        ("duplicate-key", (3, 1), "the key 'a' stands a second time (first on line 1)")
    ]
    assert document.value == {"a": {"b": "1"}, "c": "2"}
    assert document.at(("a", "b"), key=True) == (1, 5)


def test_all_faults_are_told_not_just_the_first() -> None:
    assert [told.split(": ")[1] for told in faults(b"a: &x 1\nb: !t 2\nc: *x\na: 3")] == [
        "yaml-feature",
        "yaml-feature",
        "yaml-feature",
        "duplicate-key",
    ]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: 1\nb: \xff", "2:4"),
        ("é: é".encode() + b"\xff", "1:5"),
        (b"\xef\xbb\xbfa: 1\nb: \xff", "2:4"),
        (b"\xff\xfea\0:\0", "1:1"),
        (b"a: \xed\xa0\x80", "1:4"),
    ],
)
def test_a_file_that_is_not_utf8_says_where(raw: bytes, place: str) -> None:
    assert faults(raw) == [f"{place}: unreadable-file: the file is not UTF-8 from here on; save it as UTF-8"]


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    told = "1:1: unreadable-file: the file has more than 1,000,000 bytes; keep one record to a file"
    (tmp_path / "x.yaml").write_bytes(b"# " + b"x" * MAX_BYTES)
    fault = read(tmp_path, "x.yaml").faults[0]
    assert f"1:1: {fault.check}: {fault.what}; {fault.mend}" == told
    assert faults(b"#" * MAX_BYTES) == []


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("folder.yaml", "pipe.yaml"):
        assert read(tmp_path, name).faults[0].what == "this is no file"
    assert read(tmp_path, "absent.yaml").faults[0].what == "the file can't be read (No such file or directory)"


def test_a_source_knows_its_places_and_does_not_count_in_equality(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: 1\nb: [2]\n")
    source = Source("x.yaml", tmp_path)
    assert source.stem == "x"
    assert source.at(("b", 0)) == (2, 5)
    assert source == Source("other.yaml", tmp_path)
    assert hash(source) == hash(Source("other.yaml", tmp_path))
    assert source != "x.yaml"


def test_a_source_tells_places_of_its_file_as_it_is_now(tmp_path: Path) -> None:
    source = Source("x.yaml", tmp_path)
    for text, place in (("a: 1\n", (1, 4)), ("# one more line\na: 2\n", (2, 4))):
        (tmp_path / "x.yaml").write_text(text)
        assert source.at(("a",)) == place
        assert source.written(("a",)) == text[-2]
    (tmp_path / "x.yaml").unlink()
    assert source.at(("a",)) == (1, 1)


def test_a_source_is_copied_and_kept_as_it_is(tmp_path: Path) -> None:
    source = Source("papers/2023/x.yaml", tmp_path)
    assert deepcopy(source) is source
    kept = pickle.loads(pickle.dumps(source))
    assert (kept.path, kept.root) == (source.path, source.root)


@pytest.mark.parametrize("name", ["x.yaml", "x.y.yml", "x", ".yaml", "x.", "..yaml", "a.b/x"])
def test_the_stem_of_a_source_is_that_of_its_path(name: str) -> None:
    assert Source(f"papers/{name}", Path()).stem == PurePosixPath(name).stem


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    document = parse("x.yaml", raw)
    assert all(fault.position >= (1, 1) for fault in document.faults)


@given(st.text("abc:-[]{}?&*!|>'\"#%@`,~ \n\t0é", max_size=60))
def test_no_punctuation_raises_and_faults_lie_in_the_file(text: str) -> None:
    lines = text.rstrip().splitlines() or [""]
    for fault in parse("x.yaml", text.encode()).faults:
        assert 1 <= fault.position.line <= len(text.splitlines()) + 1, lines
