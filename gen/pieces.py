"""A sorted table in files that a browser can look one key up in: pieces, branches that name them, the branches' names.

Each file is named by a digest of its content, so a browser may keep it for ever and never takes one that belongs to
another state of the table: who begins with fresh names of the branches comes to pieces of that state or to none. Where
pieces end is decided by lot from the keys, as in rsync and git's packs of chunks; so one entry more or less changes
its own piece, that piece's branch, and few others.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from gen.pages.output import File, made_of

Key = str | int
Entries = list[tuple[Key, str]]
"""Keys in order, each with its value (as JSON), or with the name of a file."""

BRANCH = 2_000
"""About how many characters a branch has, which names some hundred pieces."""


class Tree:
    """One table in pieces below a folder."""

    def __init__(self, folder: str, piece: int) -> None:
        """Take what the table is like.

        Args:
            folder: where its files are, with a slash at the end.
            piece: about how many characters a piece has; half as many again at most, or a single entry.
        """
        self.folder = folder
        self.piece = piece
        self.branches: list[tuple[Key, str]] = []
        """Where each branch begins, and its name; known when all files are made."""

    def files(self, entries: Iterable[tuple[Key, str]]) -> Iterator[File]:
        """Yield the files of entries that come in the order of their keys."""
        pieces: list[tuple[Key, str]] = []
        for piece in cut(entries, self.piece):
            name, file = self._file("{" + ",".join(f'"{key}":{value}' for key, value in piece) + "}")
            pieces.append((piece[0][0], name))
            yield file
        for branch in cut(pieces, BRANCH):
            name, file = self._file(json.dumps(branch, ensure_ascii=False, separators=(",", ":")))
            self.branches.append((branch[0][0], name))
            yield file

    def _file(self, content: str) -> tuple[str, File]:
        name = digest(content)
        return name, File(f"{self.folder}{name}.json", lambda: content, made_of(name))


def digest(content: str) -> str:
    """Return the name of a file of that content."""
    return blake2b(content.encode(), digest_size=6).hexdigest()


def cut(entries: Iterable[tuple[Key, str]], size: int) -> Iterator[Entries]:
    """Yield entries in groups of about so many characters.

    A group ends before an entry that draws the lot, once it has three quarters of the size: with a chance that lets it
    grow by another quarter. After one and a half times the size it ends in any case.
    """
    group: Entries = []
    total = 0
    for key, value in entries:
        more = len(str(key)) + len(value)
        if group and (total + more > 1.5 * size or (total > 0.75 * size and lot(key) < 4 * more / size)):
            yield group
            group, total = [], 0
        group.append((key, value))
        total += more
    if group:
        yield group


def lot(key: Key) -> float:
    """Return a number from 0 to 1 that depends on nothing but the key."""
    return int.from_bytes(blake2b(str(key).encode(), digest_size=6).digest()) / 2**48
