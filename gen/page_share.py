"""MkDocs' work on generated pages, shared out to one process a core.

MkDocs puts pages into the theme one after the other. Before it starts, children are forked that do a share of
the pages each, by MkDocs' own function; in MkDocs' loop those pages have a template that makes nothing.
"""

from functools import partial

from jinja2 import Environment
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from gen.generated_page import GeneratedPage, adopt
from gen.parallel import Child, processes


class PageShare:
    """The pages of one build and the processes that write them."""

    def __init__(self, nav: Navigation, files: Files) -> None:
        """Let the pages that the generator wrote skip Python-Markdown, which would change nothing in them."""
        self.nav = nav
        self.children: list[Child[None]] = []
        for file in files.documentation_pages():
            if file.page is not None:
                adopt(file.page)

    def start(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Start writing all but the first share; that one is left to MkDocs' loop."""
        documents = files.documentation_pages()
        pages = [file.page for file in documents if isinstance(file.page, GeneratedPage)]
        share = processes()
        for part in range(1, share):
            mine = pages[part::share]
            self.children.append(Child(partial(self._build, mine, env, config, documents)))
        for part in range(1, share):
            for page in pages[part::share]:
                page.meta["template"] = "elsewhere.html"

    def finish(self) -> None:
        """Wait until all pages are written."""
        while self.children:
            self.children.pop().result()

    def _build(self, pages: list[GeneratedPage], env: Environment, config: MkDocsConfig, documents: object) -> None:
        for page in pages:
            _build_page(page, config, documents, self.nav, env)  # type: ignore[arg-type]
