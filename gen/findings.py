"""What a check has to say: where, what is wrong, how to mend it."""

from dataclasses import dataclass

from gen.text.plain import counted


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that is wrong, as data. `as_text` makes a line of it; its other forms are in `gen.reports`."""

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


def visible(text: str) -> str:
    """Return the text with line breaks, control characters and lone surrogates written as escapes."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
