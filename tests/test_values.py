"""Kinds of values: what each takes, and what is said of everything else."""

import datetime
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from gen.values import DIGITS, Day, Line, Name, Orcid, Prose, Slug, Url, names_host

Number = Annotated[int, DIGITS]


@pytest.mark.parametrize(
    ("kind", "written", "becomes"),
    [
        (Line, "  Towers ", "Towers"),
        (Prose, " They\nfall. ", "They\nfall."),
        (Url, " https://example.org/a%20b?c=(d) ", "https://example.org/a%20b?c=(d)"),
        (Name, "{Toy Institute}", "{Toy Institute}"),
        (Number, "2023", 2023),
        (Day, "2026-11-21", datetime.date(2026, 11, 21)),
        (Slug, "toy-towers-2", "toy-towers-2"),
        (Orcid, "0000-0002-1694-233X", "0000-0002-1694-233X"),
    ],
)
def test_a_kind_takes_what_it_is_for(kind: Any, written: str, becomes: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == becomes


@pytest.mark.parametrize(
    ("kind", "written", "message"),
    [
        (Line, "two\nlines", "write it on one line"),
        (Line, "a\u2028b", "write it on one line"),
        (Line, "   ", "at least 1 character"),
        (Line, "x" * 1001, "at most 1000 characters"),
        (Prose, "x" * 20_001, "at most 20000 characters"),
        (Url, "ftp://example.org/x", "write a web address that starts with https:// or http://"),
        (Url, "https://example.org/a b", "write the web address without blanks; one that belongs to it is %20"),
        (Url, "https://example.org/\u202e", "write a web address that starts with"),
        (Url, 'https://example.org/"', "write a web address that starts with"),
        (Url, "https://[x.y", "write a web address that names its host, such as https://example.org/paper"),
        (Url, "https://example.org:99999/", "write a web address that names its host"),
        (Url, "https://.../", "write a web address that names its host"),
        (Name, "a, b, c, d, e", "write 'Given Family', 'Family, Given' or '{Organization}'"),
        (Number, "2_023", "write a number in digits"),
        (Number, "2023.0", "write a number in digits"),
        (Number, "२०२३", "write a number in digits"),
        (Day, "1700000000", "write the day as 2026-11-21"),
        (Day, "2026-02-30", "valid date"),
        (Slug, "Toy_Towers", "should match pattern"),
        (Orcid, "0000-0002-1825", "should match pattern"),
        (Orcid, "0000-0002-1694-2330", "copy it anew from orcid.org: its last sign does not fit the others"),
    ],
)
def test_a_kind_refuses_everything_else(kind: Any, written: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(written)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://example.org/", True),
        ("http://localhost:8000/", True),
        ("https://example.org:0/", False),
        ("https://example.org:x/", False),
        ("https:///paper", False),
    ],
)
def test_an_address_names_its_host_or_not(address: str, named: bool) -> None:
    assert names_host(address) is named
