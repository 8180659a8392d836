"""The heads of pages: elements that some need more than every page has, and the whole heads of lists."""

from collections.abc import Container
from dataclasses import replace
from typing import NamedTuple

from gen import addresses
from gen.collection import Collection
from gen.pages.metadata import alternates, open_graph
from gen.pages.output import Output, Page
from gen.site import Site
from gen.text.html import filled


def assets(base: str, *names: str) -> str:
    """Return the elements that load files of `docs/assets`: `css/browse.css`, `js/browse.js`.

    Args:
        base: the way from the page to the site's root.
        names: below `assets/`, by their suffix a style sheet or a module.
    """
    forms = {
        "css": '<link rel="stylesheet" href="%sassets/%s">',
        "js": '<script type="module" src="%sassets/%s"></script>',
    }
    return "".join(filled(forms[name.rpartition(".")[2]], base, name) for name in names)


def feed(base: str, address: str, title: str) -> str:
    """Return the element by which browsers and feed readers find a page's feed."""
    # The second word keeps Material's script away, which takes a sole "alternate" for a translation of the site.
    element = '<link rel="alternate feed" type="application/atom+xml" href="%s%s" title="%s">'
    return filled(element, base, address, title)


class Heads:
    """The heads of pages: those of lists are the same everywhere but for a few elements of their own."""

    def __init__(self, collection: Collection, site: Site, exported: Container[str]) -> None:
        """Take what heads are made of; `exported` has the addresses of pages whose papers stand in other forms too."""
        self._site = site
        self._exported = exported
        self._areas = {addresses.topic(topic): topic.area or topic.id for topic in collection.topics.values()}

    def on(self, output: Output) -> Output:
        """Return a page with its whole head; what is none, as it is."""
        return self.page(output) if isinstance(output, Page) else output

    def page(self, page: Page) -> Page:
        """Return a page with its whole head."""
        if page.layout == "record":
            return page
        headed = _Headed(page, self._site, self._areas.get(page.listed), exported=page.listed in self._exported)
        return replace(page, head=headed.head, of=headed.of)


class _Headed(NamedTuple):
    """A list page with its whole head: its own elements, the preview, and its papers in other forms."""

    page: Page
    site: Site
    area: str | None
    exported: bool

    def head(self) -> str:
        page, site = self.page, self.site
        parts = [page.head(), open_graph(site, page.address, page.title, page.description, self.area)]
        parts += [alternates(page.listed, page.base, site.formats_of(page.listed))] if self.exported else []
        return " ".join(part for part in parts if part)

    def of(self) -> object:
        return (self.page.of or self.page.show)(), self.area, self.exported
