"""What is no YAML is told where it was done, with the mend of what a person most likely meant."""

import pytest

from gen.source import parse

BRACKETS = "check quotes, brackets and indentation on this line and the one before"
CLOSE = 'close the quote at the end of the text, and write a quote inside it as \\"'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"title: a: b", "1:9: yaml-syntax: this is not YAML: mapping values are not allowed in this context; "
         'put the text that holds a colon between double quotes: title: "a: b"'),
        (b"a:\n\tb: 1", "2:1: yaml-syntax: this is not YAML: while scanning for the next token, found character that "
         "cannot start any token; indent with spaces, not tabs"),
        (b"a: 1\nb: 'x\nc: 2\n", "2:4: yaml-syntax: this is not YAML: while scanning a quoted scalar, found unexpected "
         f"end of stream; {CLOSE}"),
        (b"a: [1,\nb: 2\n", "1:4: yaml-syntax: this is not YAML: while parsing a flow sequence, did not find expected "
         f"',' or ']'; {BRACKETS}"),
        (b"a: 1\r\nb: [\r\n\r\n", "2:5: yaml-syntax: this is not YAML: while parsing a flow node, did not find expected "
         f"node content; {BRACKETS}"),
        (b"a: |\n  x\n y\n", "3:2: yaml-syntax: this is not YAML: while parsing a block mapping, did not find expected key; "
         "begin the line in the column where the fields beside it begin, not in column 2"),
        (b"a: `x`", "1:4: yaml-syntax: this is not YAML: while scanning for the next token, found character that cannot "
         "start any token; a text that starts with ` stands between double quotes: a: \"`x`\""),
        (b'a: "\\ud800"', "1:7: yaml-syntax: this is not YAML: while parsing a quoted scalar, found invalid Unicode "
         f"character escape code; {BRACKETS}"),
        (b"a: 1\n...\nb: 2", "3:1: yaml-syntax: this is not YAML: did not find expected <document start>; " + BRACKETS),
        (b"%YAML 9.9\n---\na: b", f"1:1: yaml-syntax: this is not YAML: found incompatible YAML document; {BRACKETS}"),
        ("a: 1\né: é\0".encode(), "2:5: yaml-syntax: the character U+0000 is not allowed; delete it"),
        ("é: é\a".encode(), "1:5: yaml-syntax: the character U+0007 is not allowed; delete it"),
        (b"a: 1\nvenue:acl\nb: 2", "2:1: yaml-syntax: this is not YAML: while scanning a simple key, could not find "
         "expected ':'; write a space after the colon: venue: acl"),
        (b"a: 1\nvenue acl\nb: 2", "2:1: yaml-syntax: this is not YAML: while scanning a simple key, could not find "
         "expected ':'; write the line as key: value"),
        (b"a:\n  b:c d\n    e\n\n  f: g", "2:4: yaml-syntax: this is not YAML: mapping values are not allowed in this "
         "context; write a space after the colon: b: c d"),
        (b"a: 1\nb: \"x\nc: 2\nd: \"y\"", "2:4: yaml-syntax: the quote opened here is not closed; " + CLOSE),
        (b"a:\n- 'x\n- 'y'", "2:3: yaml-syntax: the quote opened here is not closed; " + CLOSE),
        (b'a: "x\n  and "y" z"', "2:8: yaml-syntax: this is not YAML: while parsing a block mapping, did not find expected "
         f"key; {BRACKETS}"),
        (b"a: 1\n<<<<<<< HEAD\nb: 1\n", "2:1: yaml-syntax: this line marks an unresolved merge; keep one side and delete "
         "the marker lines"),
        (b"a: 1\r\n=======\r\nb: 1\n", "2:1: yaml-syntax: this line marks an unresolved merge; keep one side and delete "
         "the marker lines"),
        ("a:\n  b: 1\n \u00a0c: 1\n".encode(), "3:1: yaml-syntax: the line is indented with U+00A0, which only looks like "
         "a space; indent it with spaces"),
        ("a:\n\u3000- x: 1\n".encode(), "2:1: yaml-syntax: the line is indented with U+3000, which only looks like a space; "
         "indent it with spaces"),
        ("a: \ufffe".encode(), "1:4: yaml-syntax: the character U+FFFE is not allowed; delete it"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_yaml_says_where_and_why(raw: bytes, told: str) -> None:
    document = parse("x.yaml", raw)
    [fault] = document.faults
    assert f"{fault.position.line}:{fault.position.column}: {fault.check}: {fault.what}; {fault.mend}" == told
    assert document.value is None
