"""The formats that citations are taken away in, each by the suffix of its files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format that whole lists of papers are written in."""

    suffix: str
    """What a file's address ends with, without the first dot."""
    name: str
    """As readers say it."""
    media_type: str
    start: str = ""
    between: str = ""
    end: str = ""


FORMATS = {
    item.suffix: item
    for item in (
        Format("bib", "BibTeX", "application/x-bibtex", between="\n"),
        Format("biblatex.bib", "biblatex", "application/x-bibtex", between="\n"),
        Format("ris", "RIS", "application/x-research-info-systems", between="\r\n"),
        Format("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", "[\n", ",\n", "\n]\n"),
    )
}
"""All formats, in the order in which they are offered."""
SUFFIXES = tuple(FORMATS)
