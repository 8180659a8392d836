"""A page that the generator wrote as Markdown, read and converted without Python-Markdown.

The generator's pages are headings in Markdown and blocks of HTML between them. Python-Markdown leaves such
blocks as they are, but parses each of them three times to find that out, which is most of the time of a build.
This gives the same HTML; a test compares it for every kind of page.
"""

import json
import re
from typing import NamedTuple

START = "---\ngenerated: true\n"
"""How a generated page begins; one written by hand doesn't."""
_END = "\n---\n"
_JSON = json.JSONDecoder()
_HEADING = re.compile(r'\n(#{1,2}) (.+) \{: #([\w-]+)( lang="[\w-]+")? \}(?=\n|\Z)')
"""Begins with two plain characters: those are looked for ten times as fast as the beginnings of lines."""


class GeneratedPage(NamedTuple):
    """What stands in a generated page's file."""

    front: dict[str, str]
    """The front matter: title, description, head, layout."""
    content: str
    """The page's HTML."""


def read_page(source: str) -> GeneratedPage:
    """Take a generated page apart. Its front matter is one JSON string a line, as `gen.render` writes it."""
    lines = front_matter(source)
    pairs = (line.partition(": ") for line in lines[len(START) :].split("\n"))
    front = {name: _JSON.raw_decode(value)[0] for name, _, value in pairs if name}
    return GeneratedPage(front, to_html(source[len(lines) + len(_END) :]))


def front_matter(source: str) -> str:
    """Return a generated page up to the line that ends its front matter."""
    return source[: source.index(_END, len(START) - 1)]


def to_html(body: str) -> str:
    """Convert the body of a generated page as Python-Markdown with `attr_list` and `toc` would."""
    return _HEADING.sub(_heading, f"\n{body}")[1:]


def _heading(match: re.Match[str]) -> str:
    level, text, anchor, language = len(match[1]), match[2], match[3], match[4] or ""
    link = f'<a class="headerlink" href="#{anchor}" title="Link to this section">¶</a>'
    return f'\n<h{level} id="{anchor}"{language}>{text}{link}</h{level}>'
