"""Pages of long lists: the list's own page shows the first part, and the others stand on pages below it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from gen import addresses, cuts
from gen.pages.labels import Label, Name, labels
from gen.pages.output import Page
from gen.record import Record

T = TypeVar("T")


@dataclass(frozen=True)
class Parts(Generic[T]):
    """A list as its pages show it."""

    page: str
    """Address of the list."""
    items: Sequence[T]
    name: Callable[[T], Name]
    ranges: Sequence[range]
    """The places of each part's items (`gen.cuts`)."""
    unit: str = ""
    """What stands behind a group that is a number."""

    def __iter__(self) -> Iterator["Part[T]"]:
        for at in range(len(self.ranges)):
            yield Part(self, at)

    @cached_property
    def labels(self) -> list[Label]:
        """What each part is called; of the items only those at its ends are looked at."""
        ends = ((self.items[places[0]], self.items[places[-1]]) for places in self.ranges)
        return labels([(self.name(first), self.name(last)) for first, last in ends], self.unit)

    @cached_property
    def pager(self) -> list[tuple[str, str]]:
        """Label and address of each part."""
        return [(label.short, part.address) for label, part in zip(self.labels, self, strict=True)]


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """What of a list stands on one page."""

    whole: Parts[T]
    at: int
    """Its place among the parts; the first stands on the page of the list."""

    @property
    def of(self) -> object:
        """What shows of it besides its items."""
        return self.at, self.pager

    @property
    def address(self) -> str:
        """Where it stands."""
        return addresses.part(self.whole.page, len(self.whole.ranges) - self.at if self.at else 0)

    @property
    def places(self) -> range:
        """The places of what it shows in the whole list."""
        return self.whole.ranges[self.at]

    @property
    def items(self) -> Sequence[T]:
        """What it shows."""
        return self.whole.items[self.places.start : self.places.stop]

    @property
    def words(self) -> str:
        """What it is called, in words."""
        return self.whole.labels[self.at].words

    @property
    def suffix(self) -> str:
        """What its page adds to the title of the list's."""
        return f", {self.words}" if self.at else ""

    @property
    def pager(self) -> Sequence[tuple[str, str]]:
        """Label and address of each part of the list; none if there is only one."""
        return self.whole.pager if len(self.whole.ranges) > 1 else ()

    @property
    def before(self) -> tuple[str, str] | None:
        """Label and address of the part before it."""
        return self.pager[self.at - 1] if self.at else None

    @property
    def after(self) -> tuple[str, str] | None:
        """Label and address of the part after it."""
        return self.pager[self.at + 1] if self.at + 1 < len(self.pager) else None

    def crumbs(self, title: str) -> list[tuple[str, str]]:
        """Return the step to the list, of that title; none from its own page."""
        return [(title, self.whole.page)] if self.at else []


def by_time(page: str, records: Sequence[Record], size: int) -> Parts[Record]:
    """Return the parts of a list of papers in order of time, so many in each."""
    return Parts(page, records, in_time, cuts.cut([1] * len(records), size))


def in_time(record: Record) -> Name:
    """Return what a paper goes by in a list of papers, newest first and by id within a year."""
    return Name(record.year, record.id.replace(str(record.year), " ", 1).strip().capitalize())


def by_name(page: str, items: Sequence[T], name: Callable[[T], Name], unit: str = "") -> Parts[T]:
    """Return the parts of a list of short lines."""
    return Parts(page, items, name, cuts.cut([1] * len(items), cuts.LINES), unit)


Shown = Mapping[str, Any]


def in_parts(
    page: Page,
    listed: Parts[T],
    show: Callable[[Part[T]], Shown],
    of: Callable[[Part[T]], object],
    head: Callable[[str], str] | None = None,
) -> Iterator[Page]:
    """Yield the page of a list and those of its other parts.

    Args:
        page: has the title and description of the list; those of parts say besides what they hold.
        listed: the list.
        show: makes what the template shows of a part, besides `part` itself.
        of: what of the papers and the like a part is made of.
        head: makes the elements for the head, given the way to the site's root.
    """
    for part in listed:
        title = page.title + part.suffix
        whole = replace(
            page,
            address=part.address,
            title=title,
            description=f"{title}. {page.description}" if part.at else page.description,
            show=partial(_shown, part, show),
            of=partial(_made_of, part, of),
            part=part if part.pager else None,
        )
        yield replace(whole, head=partial(head, whole.base)) if head else whole


def _shown(part: Part[T], show: Callable[[Part[T]], Shown]) -> Shown:
    return {"part": part, **show(part)}


def _made_of(part: Part[T], of: Callable[[Part[T]], object]) -> object:
    return part, of(part)
