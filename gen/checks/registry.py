"""The list of all checks: each a small named function that returns findings and never raises."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, Literal

from gen.findings import Finding

Phase = Literal["file", "record", "text", "collection", "site"]


@dataclass(frozen=True, slots=True)
class Check:
    """A check as data: the terminal, the documentation and `--explain` are made from it."""

    name: str
    """The function's name with hyphens; stands in every finding."""
    phase: Phase
    """What it looks at: one file as written, one record, its texts, the collection as a whole, or, while the site is
    built, what else it is made of."""
    explanation: str
    """The function's docstring: what it finds, why that matters, how to mend it, in Markdown."""
    run: Callable[..., Iterable[Finding]]
    of: Callable[[Any], Iterable[object]] | None = None
    """For a check that takes long: gives all that decides whether it finds something, as values whose `repr` tells
    them apart. If it found nothing, it needn't run again while that is the same."""

    @property
    def summary(self) -> str:
        """First line of the explanation."""
        return self.explanation.partition("\n")[0]


CHECKS: dict[str, Check] = {}


def check(
    phase: Phase, of: Callable[[Any], Iterable[object]] | None = None
) -> Callable[[Callable[..., Iterable[Finding]]], Callable[..., Iterable[Finding]]]:
    """Register the decorated function as a check of the given phase; `of` as in `Check`."""

    def register(function: Callable[..., Iterable[Finding]]) -> Callable[..., Iterable[Finding]]:
        name = function.__name__.replace("_", "-")
        assert name not in CHECKS, f"two checks are named {name}"
        assert function.__doc__, f"the check {name} has no docstring"
        CHECKS[name] = Check(name, phase, cleandoc(function.__doc__), function, of)
        return function

    return register


def run_phase(phase: Phase, subject: Any) -> list[Finding]:
    """Run all checks of a phase on its subject, in the order they were registered."""
    return [finding for item in CHECKS.values() if item.phase == phase for finding in item.run(subject)]
