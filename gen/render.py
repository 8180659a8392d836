"""Render: a planned page through its Jinja template into Markdown with front matter."""

import json
import re
from collections.abc import Callable, MutableMapping
from functools import cached_property, lru_cache
from types import FunctionType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup

from gen import addresses
from gen.citation.coins import coins
from gen.citation.formats import FORMATS
from gen.collection import Collection
from gen.compiled import compiled
from gen.findings import RejectedError
from gen.folders import sources
from gen.generated_page import START
from gen.names import letter_label, parse_name, short_authors, slugify
from gen.pages.output import Page
from gen.record import Record, Topic
from gen.references import reference
from gen.site import Site
from gen.source_errors import told
from gen.text.html import escaped, html
from gen.text.markdown import markdown
from gen.text.plain import plain
from gen.text.prose import Target, prose, prose_inline, prose_text

LANGUAGE = "en"
"""What the pages are written in."""
_JSON = json.JSONEncoder(ensure_ascii=False)
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML refuses or takes for a line break."""


def _within(topic: Topic | None) -> str:
    """Return what makes a link lead to a paper as one of a topic's: its page shows those before and after it."""
    return f"?topic={topic.id}" if topic else ""


def _quoted(text: str) -> str:
    """Return a text as YAML's double-quoted scalar on one line."""
    quoted = _JSON.encode(text)
    if quoted.isprintable():  # most texts, told in a third of the time
        return quoted
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


_NO_LANG = Markup()


def _lang(record: Record) -> Markup:
    """Return the attribute that names the language of a paper's title where it isn't that of the pages."""
    return _NO_LANG if record.language == LANGUAGE else Markup(f' lang="{record.language}"')


_BASE, _QUERY = "\0", "\1"
"""What stands in a paper of a list where pages differ: letters that no text may have."""


class _Template(Template):
    """A template that escapes with `escaped`: with Jinja's own `escape` that takes three times as long."""

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], shared: MutableMapping[str, Any]
    ) -> Template:
        namespace["escape"] = escaped
        return super()._from_namespace(environment, namespace, shared)


class _Context(Context):
    """Calls a function or macro at once; Jinja first asks twice whether it wants a context, at each of many calls."""

    @internalcode
    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if not (kind is Macro or (kind is FunctionType and not called.__dict__)):  # what it wants is told there
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


class Renderer:
    """Renders the pages of one collection."""

    def __init__(self, collection: Collection, site: Site) -> None:
        self.collection = collection
        self.site = site
        self._items = lru_cache(maxsize=2**15)(self._make_item)  # some 30 MB
        self.environment = Environment(
            loader=FileSystemLoader(site.templates),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # a renderer lives as long as one build
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.template_class = _Template
        self.environment.context_class = _Context
        self.environment.filters |= {
            "plain": plain,
            "html": html,
            "md": markdown,
            "slug": slugify,
            "letter": letter_label,
            "coins": self.coins,
            "short_authors": short_authors,
            "item": self._item,
            "lang": _lang,
            "link": self._link,
            "full_name": lambda written: parse_name(written).full,
            "prose": self._filter(prose, kept=0),
            "prose_inline": self._filter(prose_inline, kept=2**12),
            "prose_text": lambda text: prose_text(text, self.resolve),
        }
        self.environment.globals |= {"address": addresses, "site": site, "FORMATS": FORMATS}

    def warm(self) -> None:
        """Read all templates, so that processes which are started afterwards need not; compile those that changed.

        Raises:
            RejectedError: some can't be read.
        """
        findings = []
        with compiled("templates") as self.environment.bytecode_cache:
            found = {name for folder in self.site.templates for name in sources(folder) if name.endswith(".j2")}
            for name in sorted(found):
                try:
                    with told(self.site):
                        self.environment.get_template(name)
                except RejectedError as error:
                    findings += error.findings
        self.environment.bytecode_cache = None
        if findings:
            raise RejectedError(findings)

    def page(self, page: Page) -> str:
        """Return a page's Markdown file.

        Raises:
            RejectedError: its template is wrong.
        """
        with told(self.site):
            body = self.environment.get_template(page.template).render(
                page=page, base=page.base, here=page.address, **page.show()
            )
        return f"{START}{self._front_matter(page)}---\n\n{body.strip()}\n"

    def resolve(self, name: str) -> Target | None:
        """Return what `[@id]` shows and where it leads."""
        return reference(self.collection.records, name)

    def coins(self, record: Record) -> Markup:
        """Return a paper of a list in the form that reference managers read there."""
        return coins(record, self.collection.venue(record))

    @pass_context
    def _link(self, context: Context, record: Record, topic: Topic | None = None) -> Markup:
        """Return a paper's title as a link to its page, which some thirty pages have."""
        address = f"{context['base']}{addresses.record(record)}{_within(topic)}"
        return Markup(f'<a href="{address}"{_lang(record)}>{html(record.title)}</a>')

    @pass_context
    def _item(self, context: Context, record: Record, topic: Topic | None) -> Markup:
        """Return a paper of a list, which stands on some eight of them: made once, then led to its place."""
        item = self._items(record.id).decode()
        return Markup(item.replace(_BASE, context["base"]).replace(_QUERY, _within(topic)))

    def _make_item(self, name: str) -> bytes:
        record = self.collection.records[name]
        item: Markup = self._macros.paper_item(record, self.collection.venue(record), _QUERY)  # type: ignore[attr-defined]
        return item.encode()

    @cached_property
    def _macros(self) -> TemplateModule:
        return self.environment.get_template("macros.j2").make_module({"base": _BASE})

    def _front_matter(self, page: Page) -> str:
        """Return the rest of the front matter; texts as JSON strings, which are YAML's double-quoted ones."""
        values = {"title": page.title, "description": page.description, "head": page.head(), "layout": page.layout}
        return "".join(f"{name}: {_quoted(value)}\n" for name, value in values.items() if value)

    def _filter(self, function: Callable[..., Markup], kept: int) -> Callable[..., Markup]:
        """Make a filter of a function that needs to know the page it writes for.

        A line of prose stands on many pages of one depth (summaries in lists, both ends of a relation), so what was
        rendered last is kept; paragraphs stand on one page only.
        """

        @lru_cache(maxsize=kept)
        def rendered(text: str, base: str) -> Markup:
            return function(text, base=base, resolve=self.resolve)

        @pass_context
        def run(context: Context, text: str) -> Markup:
            return rendered(text, context["base"])

        return run
