"""Findings as text, as JSON, as GitHub's annotations and as SARIF."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from gen.checks.catalog import CHECKS
from gen.findings import Finding, as_text, visible

Report = Callable[[Sequence[Finding], str], str]
"""Takes findings and the site's public address (or nothing) and returns text without a last line end."""


def text(findings: Sequence[Finding], url: str) -> str:
    """Return one line for each finding."""
    return "\n".join(map(as_text, findings))


def github(findings: Sequence[Finding], url: str) -> str:
    """Return GitHub's workflow command for each finding."""
    return "\n".join(map(as_github, findings))


def as_github(finding: Finding) -> str:
    """Return the workflow command that puts the finding on its line of the pull request.

    Escapes as GitHub's runner reads them: `%`, CR and LF everywhere, `:` and `,` in properties too
    (actions/toolkit, packages/core/src/command.ts).
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    place = f"file={prop(finding.path)},line={finding.line},col={finding.column}"
    return visible(f"::error {place},title={prop(finding.check)}::{data(f'{finding.what}; {finding.mend}')}")


def as_json(findings: Sequence[Finding], url: str) -> str:
    """Return a JSON list of objects with path, line, column, check, what, mend."""
    return _written(list(map(asdict, findings)))


def sarif(findings: Sequence[Finding], url: str) -> str:
    """Return a SARIF 2.1.0 log (OASIS) with one rule for each check that found something."""
    used = sorted({finding.check for finding in findings})
    index = {name: position for position, name in enumerate(used)}
    driver: dict[str, Any] = {"name": "gloss", "rules": [_rule(name, url) for name in used]}
    if url:
        driver["informationUri"] = f"{url}contribute/checks/"
    results = [
        {
            "ruleId": finding.check,
            "ruleIndex": index[finding.check],
            "level": "error",
            "message": {"text": f"{finding.what}; {finding.mend}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(os.fsencode(finding.path))},
                        "region": {"startLine": finding.line, "startColumn": finding.column},
                    }
                }
            ],
        }
        for finding in findings
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return _written({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _written(value: Any) -> str:
    """Return JSON, with an escape for what of a file's name is no letter of any encoding."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode(errors="backslashreplace").decode()


def _rule(name: str, url: str) -> dict[str, Any]:
    check = CHECKS[name]
    rule: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": " ".join(check.explanation.partition("\n\n")[0].split())},
        "fullDescription": {"text": " ".join(check.explanation.split())},
    }
    if url:
        rule["helpUri"] = f"{url}contribute/checks/#{name}"
    return rule


REPORTS: dict[str, Report] = {"text": text, "json": as_json, "github": github, "sarif": sarif}
