"""A finding is one line, whatever it quotes."""

from hypothesis import given
from hypothesis import strategies as st

from gen.findings import Finding, as_text
from gen.reports import as_github


def test_a_finding_as_text() -> None:
    finding = Finding("papers/2023/a.yaml", 3, 7, "wrong-value", "'year' can't be 'x'", "write the year")
    assert as_text(finding) == "papers/2023/a.yaml:3:7: wrong-value: 'year' can't be 'x'; write the year"


def test_a_finding_for_github_escapes_what_its_runner_reads() -> None:
    finding = Finding("papers/a,b:c.yaml", 3, 7, "raw-html", "100% of <b>\nit", "mend")
    assert as_github(finding) == (
        "::error file=papers/a%2Cb%3Ac.yaml,line=3,col=7,title=raw-html::100%25 of <b>%0Ait; mend"
    )


def test_line_breaks_controls_and_surrogates_are_written_as_escapes() -> None:
    finding = Finding("a\nb\udcff.yaml", 1, 1, "check", "it\r\n::error::\x1b[31m", "é \u202e")
    assert as_text(finding) == r"a\nb\udcff.yaml:1:1: check: it\r\n::error::\x1b[31m; é \u202e"


def test_findings_sort_by_place() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 5), ("a", 2, 1)]
    found = sorted(Finding(*place, "check", "what", "mend") for place in places)
    assert [(finding.path, finding.line, finding.column) for finding in found] == [
        ("a", 2, 1),
        ("a", 2, 5),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


@given(st.text(), st.text(), st.text())
def test_every_finding_is_one_printable_line(path: str, what: str, mend: str) -> None:
    finding = Finding(path, 1, 1, "check", what, mend)
    for shown in (as_text(finding), as_github(finding)):
        assert shown.isprintable()
        assert shown.encode()
