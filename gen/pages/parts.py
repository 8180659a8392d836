"""Pages of long lists: the list's own page shows the first part, and the others stand on pages below it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import takewhile
from typing import Any, Generic, NamedTuple, TypeVar

from gen import addresses, parts
from gen.pages.output import Page
from gen.record import Record

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
LONGEST = 24
"""Letters up to which the beginning of a name is told."""


class Name(NamedTuple):
    """What an item of a list goes by, in the order of the list."""

    group: int | str
    """What many share, as the year of papers; empty where there is no such thing."""
    own: str
    """Plain text by which the items of a group are in order."""


class Label(NamedTuple):
    """What a part is called: by its first and last item, or what they have in common."""

    first: str
    last: str
    group: str = ""

    def between(self, sign: str) -> str:
        """Return the label with a sign, or a word, between first and last."""
        span = self.first if self.first == self.last else f"{self.first}{sign}{self.last}"
        return f"{self.group}, {span}" if self.group else span

    @property
    def short(self) -> str:
        """`2019–2021`, `A – Cam`."""
        return self.between("–" if self.first.isdecimal() else " – ")

    @property
    def words(self) -> str:
        """`2019 to 2021`, `A to Cam`."""
        return self.between(" to ")


@dataclass(frozen=True)
class Parts(Generic[T]):
    """A list as its pages show it."""

    page: str
    """Address of the list."""
    items: Sequence[T]
    name: Callable[[T], Name]
    ranges: Sequence[range]
    """The places of each part's items (`gen.parts`)."""

    def __iter__(self) -> Iterator["Part[T]"]:
        for at in range(len(self.ranges)):
            yield Part(self, at)

    @cached_property
    def labels(self) -> list[Label]:
        """What each part is called; of the items only those at its ends are looked at."""
        ends = ((self.items[places[0]], self.items[places[-1]]) for places in self.ranges)
        return labels([(self.name(first), self.name(last)) for first, last in ends])

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
    def items(self) -> Sequence[T]:
        """What it shows."""
        places = self.whole.ranges[self.at]
        return self.whole.items[places.start : places.stop]

    @property
    def suffix(self) -> str:
        """What its page adds to the title of the list's."""
        return f", {self.whole.labels[self.at].words}" if self.at else ""

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


def labels(ends: Sequence[tuple[Name, Name]]) -> list[Label]:
    """Return what the parts of a list are called, so that no two are called the same.

    A part goes by its groups, `2019–2021`. Where they don't tell it from another one, or all of the list are of one
    group, it goes by the beginnings of its first and last item, just long enough to tell where it is cut.
    """
    spans = [(first.group, last.group) for first, last in ends]
    known = Counter(spans)
    groups = {group for span in spans for group in span}
    found = []
    for at, (first, last) in enumerate(ends):
        if len(groups) > 1 and known[spans[at]] == 1:
            low, high = sorted(spans[at]) if isinstance(first.group, int) else spans[at]
            found.append(Label(str(low), str(high)))
            continue
        before = ends[at - 1][1] if at else None
        after = ends[at + 1][0] if at + 1 < len(ends) else None
        group = str(first.group) if len(groups) > 1 else ""
        found.append(Label(_beginning(first, before), _beginning(last, after), group))
    return found


def _beginning(name: Name, beside: Name | None) -> str:
    """Return the beginning of a name by which it is told from the one beside it, beyond the cut."""
    own, other = words(name.own), words(beside.own) if beside and beside.group == name.group else ""
    pairs = zip(own.lower(), other.lower(), strict=False)
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) + 1
    if own[length - 1 : length] == " ":
        length += 1
    return own[: min(length, LONGEST)].strip() or "…"


def words(text: str) -> str:
    """Return the letters and digits of a text, which mean nothing in Markdown, with blanks between its words."""
    return " ".join(_WORD.findall(text))


def by_time(page: str, records: Sequence[Record]) -> Parts[Record]:
    """Return the parts of a list of papers in order of time."""
    return Parts(page, records, in_time, parts.cut([1] * len(records), parts.PAPERS))


def in_time(record: Record) -> Name:
    """Return what a paper goes by in a list of papers, newest first and by id within a year."""
    return Name(record.year, record.id.replace(str(record.year), " ", 1).strip().capitalize())


def by_name(page: str, items: Sequence[T], name: Callable[[T], Name]) -> Parts[T]:
    """Return the parts of a list of short lines."""
    return Parts(page, items, name, parts.cut([1] * len(items), parts.LINES))


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
