"""Read which paper an issue suggests: `python -m gen.issue` prints the arguments of `python -m gen new`.

The issue's text comes in the environment variable ISSUE_BODY and is anyone's; what goes out is an option and an
identifier of a closed set of characters, one a line.
"""

import os
import re
import sys

_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.I | re.A
)
_DOI = re.compile(r"\b(10\.\d{4,9}/(?:[A-Za-z0-9._;/:-]|\([A-Za-z0-9._;/:-]*\))*(?:[A-Za-z0-9]|(?<=\))))", re.A)
"""A bracket belongs to it only together with its partner: many a DOI stands in brackets itself."""


def suggested(text: str) -> tuple[str, str] | None:
    """Return the first paper that a text names, as option and identifier; arXiv's own DOIs count as arXiv.

    >>> suggested("see https://arxiv.org/pdf/2310.15141v2.pdf")
    ('--arxiv', '2310.15141')
    """
    found = [match for pattern in (_ARXIV, _DOI) if (match := pattern.search(text))]
    if not found:
        return None
    first = min(found, key=re.Match.start)
    own = re.fullmatch(r"10\.48550/arxiv\.(.+)", first[1], re.I)
    if own or first.re is _ARXIV:
        return "--arxiv", (own or first)[1]
    return "--doi", first[1]


def main() -> int:
    """Print the arguments, or say that there are none."""
    found = suggested(os.environ.get("ISSUE_BODY", "")[:100_000])
    if not found:
        print("The issue names no arXiv id and no DOI.", file=sys.stderr)
        return 1
    print("\n".join(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
