"""A page whose Markdown the generator wrote, read and converted without Python-Markdown.

The generator's pages are headings in Markdown and blocks of HTML between them. Python-Markdown leaves such
blocks as they are, but parses each of them three times to find that out, which is most of the time of a
build. This page type gives the same HTML (a test compares it for every kind of page) and holds no content in
memory: it is read again when the theme asks for it.
"""

import re
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,2}) (.+) \{: #([\w-]+) \}$", re.MULTILINE)


class GeneratedPage(Page):
    """Takes the place of MkDocs' own page where the file's front matter says that it was generated."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the front matter; the body is left in its file."""
        front, _ = _parts(self.file.content_string)
        self.meta = yaml.load(front, _LOADER)  # noqa: S506 - the loader is a safe one, in C
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Do nothing: `content` is made when it is asked for."""
        self.toc = TableOfContents([])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}

    @property
    def content(self) -> str:
        """The page's HTML."""
        return to_html(_parts(self.file.content_string)[1])

    @content.setter
    def content(self, value: Any) -> None:
        """Refuse to hold content; MkDocs sets None at first and what it just read later."""


def _parts(source: str) -> tuple[str, str]:
    match = _FRONT_MATTER.match(source)
    assert match, "a generated page has front matter"
    return match[1], source[match.end() :]


def to_html(body: str) -> str:
    """Convert the body of a generated page as Python-Markdown with `attr_list` and `toc` would."""
    return _HEADING.sub(_heading, body)


def _heading(match: re.Match[str]) -> str:
    level, text, anchor = len(match[1]), match[2], match[3]
    link = f'<a class="headerlink" href="#{anchor}" title="Link to this section">¶</a>'
    return f'<h{level} id="{anchor}">{text}{link}</h{level}>'


def adopt(page: Page) -> None:
    """Turn MkDocs' page into a generated one, if its file says so."""
    if page.file.content_string.startswith("---\ngenerated: true\n"):
        page.__class__ = GeneratedPage
        vars(page).pop("content", None)
