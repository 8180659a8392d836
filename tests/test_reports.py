"""Findings in each of their forms."""

import json
from pathlib import Path

import pytest
from sarif_pydantic import Sarif

from gen.checks.catalog import CHECKS
from gen.findings import Finding
from gen.reports import REPORTS, sarif

FOUND = [
    Finding("papers/2024/a,b.yaml", 3, 7, "unquoted-text", "'no' is read as 100% false", 'write "no"'),
    Finding("papers/2024/c.yaml", 1, 1, "line-end", "the line ends: badly", "mend it"),
]


def test_text() -> None:
    first = "papers/2024/a,b.yaml:3:7: unquoted-text: 'no' is read as 100% false; write \"no\""
    assert REPORTS["text"](FOUND, "").splitlines()[0] == first


def test_github() -> None:
    assert REPORTS["github"](FOUND, "").splitlines()[1] == (
        "::error file=papers/2024/c.yaml,line=1,col=1,title=line-end::the line ends: badly; mend it"
    )


def test_json() -> None:
    assert json.loads(REPORTS["json"](FOUND, ""))[0] == {
        "path": "papers/2024/a,b.yaml",
        "line": 3,
        "column": 7,
        "check": "unquoted-text",
        "what": "'no' is read as 100% false",
        "mend": 'write "no"',
    }
    assert json.loads(REPORTS["json"]([], "")) == []


def test_sarif() -> None:
    run = json.loads(sarif(FOUND, "https://example.org/g/"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["line-end", "unquoted-text"]
    assert rules[0]["helpUri"] == "https://example.org/g/contribute/checks/#line-end"
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["unquoted-text", "line-end"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 7}
    assert "helpUri" not in json.loads(sarif(FOUND, ""))["runs"][0]["tool"]["driver"]["rules"][0]


def test_names_that_are_not_utf8_do_no_harm() -> None:
    found = [Finding("papers/2024/a b\udcff.yaml", 1, 1, "line-end", "it is", "mend it")]
    for name, form in REPORTS.items():
        form(found, "").encode()
        assert "\\udcff" in form(found, "") or name == "sarif"
    uri = json.loads(sarif(found, ""))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert uri == {"uri": "papers/2024/a%20b%FF.yaml"}


@pytest.mark.parametrize("url", ["", "https://example.org/g/"])
@pytest.mark.parametrize("found", [[], FOUND])
def test_sarif_is_of_the_form_that_the_standard_gives(found: list[Finding], url: str) -> None:
    """The models of sarif-pydantic are those of the standard's schema."""
    log = json.loads(sarif(found, url))
    read = Sarif.model_validate(log)
    assert len(read.runs[0].results or []) == len(found)
    assert ("informationUri" in log["runs"][0]["tool"]["driver"]) == bool(url)


def test_the_site_has_a_place_that_explains_each_check(toy_site: Path) -> None:
    page = (toy_site / "contribute" / "checks" / "index.html").read_text(encoding="utf-8")
    assert [name for name in CHECKS if f'<h2 id="{name}"' not in page and f'<h3 id="{name}"' not in page] == []


def test_every_check_explains_itself() -> None:
    for name, check in CHECKS.items():
        first, _, rest = check.explanation.partition("\n\n")
        assert first, f"{name} does not say what it finds"
        assert rest.strip(), f"{name} does not say how to mend it"
