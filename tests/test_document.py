"""Every value of a YAML file has its place, counted as editors count."""

import pytest

from gen.document import Position
from gen.source import parse


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_lines_are_counted_as_editors_count_them(end: str) -> None:
    document = parse("x.yaml", f"a: 'one{end}two'\nb: [c, d]\nb: e\n".encode())
    assert document.at(("b", 1)) == Position(2, 8)
    assert [fault.position for fault in document.faults] == [Position(3, 1)]
    [fault] = parse("x.yaml", f"a: 'one{end}two'\nb: [c\n".encode()).faults
    assert (fault.position, fault.check) == (Position(2, 4), "yaml-syntax")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    document = parse("x.yaml", b"\xef\xbb\xbfa: 1\r\nb:\r\n  - c\r\n")
    assert document.value == {"a": "1", "b": ["c"]}
    assert document.faults == []
    assert document.at(("a",), key=True) == Position(1, 1)
    assert document.at(("b", 0)) == Position(3, 5)


def test_every_value_and_key_has_its_place() -> None:
    document = parse("x.yaml", "# comment\na: é\nlist: [x, {deep: y}]\n".encode())
    assert document.at(()) == (2, 1)
    assert document.at(("a",)) == (2, 4)
    assert document.at(("a",), key=True) == (2, 1)
    assert document.at(("list", 0)) == (3, 8)
    assert document.at(("list", 1, "deep")) == (3, 18)
    assert document.at(("list", 1, "deep"), key=True) == (3, 12)


def test_an_absent_value_stands_where_its_parent_does() -> None:
    document = parse("x.yaml", b"a: 1\nmap:\n  b: 2\n")
    assert document.at(("map", "missing", "deeper")) == (3, 3)
    assert document.at(("missing",)) == (1, 1)
    assert parse("x.yaml", b"").at(("missing",)) == (1, 1)
