"""Render: a planned page through its Jinja template into Markdown with front matter."""

from collections.abc import Callable
from functools import partial
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from gen import addresses
from gen.citation.coins import coins
from gen.citation.formats import FORMATS
from gen.collection import Collection
from gen.names import parse_name, short_authors, slugify
from gen.pages.output import Page
from gen.record import Record
from gen.references import reference
from gen.site import Site
from gen.text.html import html
from gen.text.markdown import markdown
from gen.text.plain import plain
from gen.text.prose import Target, prose, prose_inline, prose_text

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Renderer:
    """Renders the pages of one collection."""

    def __init__(self, collection: Collection, site: Site) -> None:
        self.collection = collection
        self.site = site
        self.environment = Environment(
            loader=FileSystemLoader(site.templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters |= {
            "plain": plain,
            "html": html,
            "md": markdown,
            "slug": slugify,
            "coins": self.coins,
            "short_authors": short_authors,
            "full_name": lambda written: parse_name(written).full,
            "prose": self._filter(prose),
            "prose_inline": self._filter(prose_inline),
            "prose_text": lambda text: prose_text(text, self.resolve),
        }
        self.environment.globals |= {"address": addresses, "site": site, "FORMATS": FORMATS}

    def page(self, page: Page) -> str:
        """Return a page's Markdown file."""
        body = self.environment.get_template(page.template).render(
            page=page, base=page.base, here=page.address, **page.show()
        )
        return f"---\n{self._front_matter(page)}---\n\n{body.strip()}\n"

    def resolve(self, name: str) -> Target | None:
        """Return what `[@id]` shows and where it leads."""
        return reference(self.collection.records, name)

    def coins(self, record: Record) -> Markup:
        """Return a paper of a list in the form that reference managers read there."""
        return coins(record, self.collection.venue(record))

    def _front_matter(self, page: Page) -> str:
        values: dict[str, Any] = {"generated": True, "title": page.title}
        if page.description:
            values["description"] = page.description
        if head := page.head():
            values["head"] = head
        values["layout"] = page.layout
        return str(yaml.dump(values, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10**9))

    def _filter(self, function: Callable[..., Markup]) -> Callable[..., Markup]:
        """Make a filter of a function that needs to know the page it writes for."""

        @pass_context
        def run(context: Context, text: str) -> Markup:
            return partial(function, base=context["base"], resolve=self.resolve)(text)

        return run
