"""Two records of one paper: by arXiv id, DOI, title, or nearly the same title with authors in common.

Papers are added one after the other and each is compared only with those that share an author and one of the
longest words of its title, so the work grows with the number of papers and not with its square.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from anyascii import anyascii

from gen.names import OTHERS, parse_name, slugify
from gen.text.plain import plain

LIGHT = frozenset("a an the and of on in for with to via by from towards toward using at".split())  # noqa: SIM905
"""Words that differ between two listings of one paper."""
BLOCK = 40
"""Papers compared within one block of same author and same word; more are never of one paper."""
_COMMAND = re.compile(r"\\[a-zA-Z]+\s*|\\.")


class Paper(Protocol):
    """What is compared."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def also_titled(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def authors(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def year(self) -> int: ...  # noqa: D102
    @property
    def arxiv(self) -> str | None: ...  # noqa: D102
    @property
    def doi(self) -> str | None: ...  # noqa: D102


class Match(NamedTuple):
    """An earlier paper that is the same."""

    id: str
    field: str
    """The field that gives it away: `arxiv`, `doi` or `title`."""
    why: str
    """In words: `the same arXiv id`."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    titles: tuple[str, ...]
    authors: frozenset[str]
    year: int
    complete: bool
    blocks: tuple[int, ...]
    """What it shares with its doubles: an author and one of the three longest words of a title."""


@lru_cache(maxsize=2**17)
def normal_title(title: str) -> str:
    """Return a title without case, accents, LaTeX and punctuation, words parted by one space."""
    text = unicodedata.normalize("NFKC", plain(title))
    text = anyascii(_COMMAND.sub("", text)).lower()
    return " ".join(re.findall(r"[a-z0-9+]+", re.sub(r"['’{}$^_]", "", text)))


def _head(title: str) -> str:
    """Return the title before its subtitle."""
    return re.split(r":\s|\s[-–—]{1,3}\s|\?\s", title, maxsplit=1)[0]


@lru_cache(maxsize=65536)
def _family(author: str) -> str:
    try:
        return slugify(parse_name(author).last.split()[-1])
    except ValueError:
        return slugify(author)


class Seen:
    """The papers so far; says of a further one whether it is among them."""

    def __init__(self) -> None:
        self._arxiv: dict[str, str] = {}
        self._doi: dict[str, str] = {}
        self._titles: defaultdict[str, list[_Known]] = defaultdict(list)
        self._blocks: defaultdict[int, list[_Known]] = defaultdict(list)

    def add(self, name: str, paper: Paper) -> None:
        """Remember a paper under its id."""
        self._add(name, paper, _known(name, paper))

    def meet(self, name: str, paper: Paper) -> Match | None:
        """Return the earlier paper that this one is, or None; then remember it."""
        known = _known(name, paper)
        match = self._match(paper, known)
        self._add(name, paper, known)
        return match

    def match(self, paper: Paper) -> Match | None:
        """Return the earlier paper that this one is, or None."""
        return self._match(paper, _known("", paper))

    def _add(self, name: str, paper: Paper, known: _Known) -> None:
        if paper.arxiv:
            self._arxiv.setdefault(paper.arxiv, name)
        if paper.doi:
            self._doi.setdefault(paper.doi.lower(), name)
        for title in known.titles:
            self._titles[title].append(known)
        head = normal_title(_head(paper.title))
        if head and head not in known.titles:
            self._titles[f"{head}:"].append(known)
        for block in known.blocks:
            if len(self._blocks[block]) < BLOCK:
                self._blocks[block].append(known)

    def numbered(self, arxiv: str | None, doi: str | None) -> Match | None:
        """Return the earlier paper of an arXiv id or DOI, or None."""
        if arxiv and arxiv in self._arxiv:
            return Match(self._arxiv[arxiv], "arxiv", "the same arXiv id")
        if doi and doi.lower() in self._doi:
            return Match(self._doi[doi.lower()], "doi", "the same DOI")
        return None

    def titled(self, title: str) -> Match | None:
        """Return the earlier paper of a title, whoever wrote it, or None."""
        known = self._titles.get(normal_title(title))
        return Match(known[0].id, "title", "the same title") if known else None

    def _match(self, paper: Paper, new: _Known) -> Match | None:
        if match := self.numbered(paper.arxiv, paper.doi):
            return match
        for title in new.titles:
            for known in self._titles.get(title, ()):
                if _same_people(known, new):
                    return Match(known.id, "title", "the same title")
        for known in self._other_length(paper, new):
            return Match(known.id, "title", "the same title but for the subtitle")
        for known in {id(other): other for block in new.blocks for other in self._blocks.get(block, ())}.values():
            if _common(known, new) and any(near_titles(one, other) for one in known.titles for other in new.titles):
                return Match(known.id, "title", "nearly the same title and authors in common")
        return None

    def _other_length(self, paper: Paper, new: _Known) -> Iterable[_Known]:
        """Yield papers of the same authors whose title is this one's without its subtitle, or the other way."""
        whole = normal_title(paper.title)
        head = normal_title(_head(paper.title))
        found = list(self._titles.get(f"{whole}:", ()))
        if head != whole:
            found += self._titles.get(head, ())
        return (known for known in found if _mostly(known, new) and abs(known.year - new.year) <= 3)


def _known(name: str, paper: Paper) -> _Known:
    normal = (normal_title(title) for title in (paper.title, *paper.also_titled))
    titles = tuple(title for title in normal if title)
    authors = frozenset(_family(author) for author in paper.authors if author != OTHERS)
    return _Known(name, titles, authors, paper.year, OTHERS not in paper.authors, _blocks(titles, authors))


def _blocks(titles: Iterable[str], authors: Iterable[str]) -> tuple[int, ...]:
    """Return the blocks that a paper is in, each once, in an order that is the same in every run.

    They are hashes, which take less memory than the words; two blocks of one hash would only be searched together.
    """
    blocks: dict[int, None] = {}
    for title in titles:
        words = sorted(set(title.split()), key=lambda word: (-len(word), word))[:3]
        blocks |= dict.fromkeys(hash((author, word)) for author in sorted(authors)[:3] for word in words)
    return tuple(blocks)


def _common(one: _Known, other: _Known) -> bool:
    """Whether two papers share half of the shorter list of authors."""
    shared = len(one.authors & other.authors)
    return shared > 0 and 2 * shared >= min(len(one.authors), len(other.authors))


def _mostly(one: _Known, other: _Known) -> bool:
    """Whether two papers have nearly the same authors."""
    shared = len(one.authors & other.authors)
    return shared > 0 and 3 * shared >= 2 * max(len(one.authors), len(other.authors))


def _same_people(one: _Known, other: _Known) -> bool:
    """Whether two papers of one title can be by the same people; unknown authors are told apart by the year."""
    if not one.authors or not other.authors:
        return one.year == other.year
    return bool(one.authors & other.authors)


def near_titles(one: str, other: str) -> bool:
    """Return whether two normal titles differ by a slip of the pen and not by a word that tells.

    Words that all titles have may be absent; another word may be misspelled by a letter or two, if it is long.
    A number, `part ii`, or a word of another meaning (`supervised`, `unsupervised`) makes another paper.
    """
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    left, right = one.split(), other.split()
    if min(len(left), len(right)) < 3:
        return False
    only_left = [word for word in left if word not in right and word not in LIGHT]
    only_right = [word for word in right if word not in left and word not in LIGHT]
    if len(only_left) != len(only_right) or len(only_left) > 2:
        return "".join(only_left) == "".join(only_right) != ""
    if not only_left:
        return _bare(left) == _bare(right)
    return all(_misspelled(a, b) for a, b in zip(only_left, only_right, strict=True)) or (
        "".join(only_left) == "".join(only_right)
    )


def _bare(words: list[str]) -> list[str]:
    return [word for word in words if word not in LIGHT]


def _misspelled(one: str, other: str) -> bool:
    """Whether one word is the other with a slip: a letter of a word of five, two of a long one, none of a number."""
    if one[0] != other[0] or min(len(one), len(other)) < 5 or re.search(r"\d", one + other):
        return False
    from rapidfuzz.distance import Levenshtein  # takes its time, and hardly ever is needed

    return Levenshtein.distance(one, other, score_cutoff=2) <= (2 if min(len(one), len(other)) >= 10 else 1)
