"""What the theme puts around a page: the same for all pages at one depth, but for a few slots.

MkDocs would run the theme's templates for every page, which takes longer than all else together. So it runs them for
one page of each depth, and for each page of the navigation, whose own entry is marked there. Such a page has markers
where the pages differ; cut at them, it is a shell that others are put into.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from markupsafe import escape
from mkdocs.exceptions import Abort

from gen.fingerprint import SIZE
from gen.generated_page import START, GeneratedPage, front_matter

SAMPLES = "gloss-shell/"
"""Below this address stand the pages that shells are cut from; the finished site has none of it."""
_MARKER = "\ue000{}\ue001"
"""Characters for private use: no text of a page has them."""
_CONTENT = f"<!--{_MARKER.format('content')}-->"
_CUT = re.compile("(?:<!--)?\ue000([a-z]+)\ue001(?:-->)?")
_BREAK = re.compile(r"[ \t\r\n]*\n[ \t\r\n]*")
_AS_WRITTEN = re.compile("<(?:pre|textarea)\\b|`", re.IGNORECASE)
"""Begins text whose white space means something; a backquote, such a text in a script."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The HTML around a page."""

    parts: tuple[str, ...]
    """Text, name of a slot, text, name of a slot, ..., text."""
    digest: str = field(compare=False)

    def fill(self, slots: Mapping[str, str]) -> str:
        """Return a whole page."""
        parts = list(self.parts)
        parts[1::2] = [slots[name] for name in parts[1::2]]
        return "".join(parts)


def cut(html: str) -> Shell:
    """Make a shell of a page that has markers.

    Raises:
        Abort: something besides the markers is of that page only, or there is no place for what a page shows.
    """
    if SAMPLES in html:
        raise Abort(
            "A template of the theme shows page.url, page.edit_url or the like of a generated page, which is the same "
            "for all pages; take it out, or put it into the page's own template"
        )
    if _CONTENT not in html:
        raise Abort(
            "The theme made a page without the text that belongs there; show page.content in its templates, and name "
            "the hooks of one copy of the generator only in mkdocs.yml"
        )
    html = _narrow(html)
    return Shell(tuple(_CUT.split(html)), blake2b(html.encode(), digest_size=SIZE // 2).hexdigest())


def _narrow(html: str) -> str:
    """Return HTML without indents and empty lines, which templates leave behind: each page would have them anew."""
    return html if _AS_WRITTEN.search(html) else _BREAK.sub("\n", html)


def sample(slots: Iterable[str] = ("title", "description", "head", "layout")) -> str:
    """Return the Markdown of a page that a shell is cut from."""
    front = "".join(f'{name}: "{_MARKER.format(name)}"\n' for name in slots)
    return f"{START}{front}---\n\n{_CONTENT}\n"


def emptied(source: str) -> str:
    """Return a generated page with nothing but the marker for its content."""
    return f"{front_matter(source)}\n---\n\n{_CONTENT}\n"


def sample_path(depth: int) -> str:
    """Return where the page stands that the shell of a depth is cut from; 1 is `topics/`."""
    return f"{SAMPLES}index.md" if depth == 1 else f"{SAMPLES}{f'{depth}/' * (depth - 2)}{depth}.md"


def slots(page: GeneratedPage, canonical: str, description: str) -> dict[str, str]:
    """Return what goes into a shell's slots, as HTML.

    Args:
        page: what is shown.
        canonical: the page's own address.
        description: of the site, for pages that have none.
    """
    front = page.front
    return {
        "title": str(escape(front.get("title", ""))),
        "description": str(escape(front.get("description") or description)),
        "head": front.get("head", ""),
        "layout": front.get("layout", "text"),
        "canonical": str(escape(canonical)),
        "content": page.content,
    }


def mark_canonical(html: str, address: str | None) -> str:
    """Put the marker in the place of a sample's own address."""
    return html.replace(address, _MARKER.format("canonical")) if address else html
