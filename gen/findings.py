"""What a check has to say: where, what is wrong, how to mend it."""

from dataclasses import dataclass

from gen.text.plain import counted


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that is wrong, as data. How it is shown is decided elsewhere (`as_text`, `as_github`)."""

    path: str
    """File, relative to the collection's folder, with forward slashes."""
    line: int
    """1-based line."""
    column: int
    """1-based column, in characters."""
    check: str
    """Name of the check that found it."""
    what: str
    """What is wrong, in one plain sentence without a full stop."""
    mend: str
    """How to mend it, in the imperative, without a full stop."""


class RejectedError(Exception):
    """Something has findings, so the site was left as it was."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)  # as they are, so that the error can be sent from process to process
        self.findings = findings

    def __str__(self) -> str:
        """Return how many there are."""
        return counted(len(self.findings), "finding")


def as_text(finding: Finding) -> str:
    """Return the one line that a person reads in the terminal."""
    where = f"{finding.path}:{finding.line}:{finding.column}"
    return visible(f"{where}: {finding.check}: {finding.what}; {finding.mend}")


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


def visible(text: str) -> str:
    """Return the text with line breaks, control characters and lone surrogates written as escapes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
