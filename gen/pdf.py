"""Where a paper's PDF lies: named by the record, or told by the address of the paper's page.

Only hosts whose PDFs follow from the addresses of their pages are here; of others, records name the PDF themselves.
"""

import re

from gen.record import Record

_RULES = (
    # Each as the host's own pages link their PDFs.
    (r"https://openreview\.net/forum\?id=([\w-]+)", "https://openreview.net/pdf?id={}"),
    (r"https://aclanthology\.org/([\w.-]*\d[\w.-]*)/?", "https://aclanthology.org/{}.pdf"),
    (
        r"(https://(?:proceedings|papers)\.(?:neurips|nips)\.cc/.+)/hash/(\w+)-Abstract([\w-]*)\.html",
        "{}/file/{}-Paper{}.pdf",
    ),
    (r"(https://openaccess\.thecvf\.com/.+)/html/(.+_paper)\.html", "{}/papers/{}.pdf"),
)
_PAGES = tuple((re.compile(page), file) for page, file in _RULES)


def pdf(record: Record) -> str | None:
    """Return the address of the paper itself: as the record names it, else the publisher's, else arXiv's."""
    if record.links.pdf:
        return record.links.pdf
    for page, file in _PAGES:
        if match := page.fullmatch(record.links.paper or ""):
            return file.format(*match.groups())
    return f"https://arxiv.org/pdf/{record.arxiv}" if record.arxiv else None
