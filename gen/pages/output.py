"""What a plan is made of: pages to render, files to write."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from gen import addresses
from gen.citation.citations import Citations
from gen.collection import Collection
from gen.record import Record

if TYPE_CHECKING:
    from gen.pages.parts import Part


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page to render."""

    address: str
    """Below the site's root, with a slash at its end; empty for the home page."""
    template: str
    title: str
    """Plain text for the browser's tab and search engines."""
    description: str = ""
    """One plain sentence for search engines and previews."""
    show: Callable[[], Mapping[str, Any]] = dict
    """Makes what the template shows; called only when the page is rendered, so no page is held in memory."""
    head: Callable[[], str] = str
    """Makes the page's own elements for the HTML head."""
    layout: str = "wide"
    """`wide` for lists, `record` for a paper, `text` for prose: a class of the page for the style sheet."""
    of: Callable[[], object] | None = None
    """What the page and its head are made of, where that is more than `show` gives, or cheaper to get: the page is
    rendered again only if it changed (`gen.fingerprint`)."""
    part: "Part[Any] | None" = None
    """What it shows of a list that stands on several pages."""

    @property
    def listed(self) -> str:
        """Address of the list that it shows, or a part of; its own if it is whole."""
        return self.part.whole.page if self.part else self.address

    @property
    def path(self) -> str:
        """The Markdown file below `build/docs`."""
        if not self.address:
            return "index.md"
        return f"{self.address}index.md" if self.is_index else f"{self.address.rstrip('/')}.md"

    @property
    def is_index(self) -> bool:
        """Whether other pages lie below this one."""
        return self.address.count("/") == 1

    @property
    def base(self) -> str:
        """The way from the page to the site's root: `../../`."""
        return "../" * addresses.depth(self.address)


@dataclass(frozen=True, slots=True)
class File:
    """A file to write as it is."""

    path: str
    content: Callable[[], str | bytes]
    of: Callable[[], object] | None = None
    """What it is made of; without it, the file is made in every build and compared with what stands there."""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers as files in several formats: they are looked at once for all of them.

    There are more of these than of pages, so they hold as little as they can.
    """

    page: str
    """Address of the page that shows the papers; the files stand beside it."""
    forms: tuple[str, ...]
    """Suffix of each file."""
    records: Sequence[Record]
    """What the files hold."""
    citations: Citations
    """Writes them."""

    def path(self, form: str) -> str:
        """Return where the file of a form stands."""
        return addresses.export(self.page, form)

    def of(self) -> object:
        """Return what the files are made of."""
        return list(map(self.citations.key, self.records))


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are made together and known only then, such as the pieces of an index."""

    files: Callable[[], Iterable[File]]
    of: Callable[[], object]
    """What they are made of, all together."""


def made_of(*values: object) -> Callable[[], object]:
    """Return values that never change as `of` wants them."""
    return lambda: values


def titles(records: Iterable[Record]) -> list[str]:
    """Return what a list of mere titles, with authors or years, is made of: no more than that shows of each."""
    return [record.title_digest for record in records]


def facts(collection: Collection, records: Iterable[Record]) -> list[str]:
    """Return what a list without summaries is made of."""
    return list(map(collection.facts_key, records))


Output = Page | File | Group | Batch


def members(output: Output) -> Iterator[Page | File]:
    """Yield the pages and files that an output is; none of a batch, where they are known only when they are made."""
    if isinstance(output, Group):
        for form in output.forms:
            yield File(output.path(form), partial(output.citations.encoded, output.records, form), output.of)
    elif not isinstance(output, Batch):
        yield output
