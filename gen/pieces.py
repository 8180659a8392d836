"""A sorted table in files that a browser can look one key up in: pieces, branches that name them, the branches' names.

Each file is named by a digest of its content, so a browser may keep it for ever and never takes one that belongs to
another state of the table: who begins with fresh names of the branches comes to pieces of that state or to none. Where
pieces end is decided by lot from the keys, as in rsync and git's packs of chunks; so one entry more or less changes
its own piece, that piece's branch, and few others.
"""

import json
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from gen.pages.output import File, made_of

Key = str | int
Entries = list[tuple[Key, str]]
"""Keys in order, each with its value (as `compact` writes it), or with the name of a file."""
Change = Callable[[str | None], str | None]
"""Tells what becomes of a value; where there is or will be none, `None`."""
Read = Callable[[str], str]
"""Gives the content of a file by its path; raises `OSError` or `LookupError` where there is none."""

BRANCH = 2_000
"""About how many characters a branch has, which names some hundred pieces."""


class Amended(NamedTuple):
    """What an edit changes of files that are made together."""

    files: list[File]
    """Those that were not there before, or have another content."""
    gone: list[str]
    """Paths of those that are no more."""


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
        self.branches: Entries = []
        """Where each branch begins, and its name; known when all files are made."""

    def files(self, entries: Iterable[tuple[Key, str]]) -> Iterator[File]:
        """Yield the files of entries that come in the order of their keys."""
        pieces: Entries = []
        for piece in cut(entries, self.piece):
            yield self._piece(piece, pieces)
        yield from self._branches(pieces)

    def amended(self, branches: Entries, edits: Mapping[Key, Change], read: Read) -> Amended:
        """Return what edits change of the files; only the branches and the pieces around the edits are read.

        Where a piece ends depends on its entries and on the one after it, so pieces are cut again from the last one
        before an edit that begins as it did, until one begins where an old one did, and no edit is in between.

        Args:
            branches: those before.
            edits: what becomes of the values of some keys.
            read: reads the files before.

        Raises:
            ValueError: a file is not what its name says.
        """
        old = [(first, name) for _, branch in branches for first, name in json.loads(self._read(branch, read))]
        starts = [order(first) for first, _ in old]
        # where a piece may begin as it did: whether one does is decided by the size of its first entry too
        kept = {first: at for at, (first, _) in enumerate(old) if first not in edits}
        within: dict[int, dict[Key, Change]] = {}
        for key in sorted(edits, key=order):
            within.setdefault(max(bisect(starts, order(key)) - 1, 0), {})[key] = edits[key]

        def entries(start: int) -> Iterator[tuple[Key, str]]:
            for at in range(start, max(len(old), 1)):
                found: dict[Key, str | None] = {**self._entries(*old[at], read)} if old else {}
                for key, change in within.get(at, {}).items():
                    found[key] = change(found.get(key))
                for key in sorted(found, key=order) if at in within else found:
                    if (value := found[key]) is not None:
                        yield key, value

        pieces: Entries = []
        files: list[File] = []
        done = 0
        for near in within:
            start = next(at for at in range(near, -1, -1) if not at or old[at][0] in kept)
            if start < done:
                continue
            pieces += old[done:start]
            for piece in cut(entries(start), self.piece):
                done = kept.get(piece[0][0], 0)
                if done > start:
                    break
                files.append(self._piece(piece, pieces))
            else:
                done = len(old)
        pieces += old[done:]
        files += self._branches(pieces)
        before = {self._path(name) for _, name in (*old, *branches)}
        after = {self._path(name) for _, name in (*pieces, *self.branches)}
        return Amended([file for file in files if file.path not in before], sorted(before - after))

    def since(self, branches: Entries, key: Key, read: Read) -> Iterator[tuple[Key, str]]:
        """Yield the entries from a key on; only the branches and pieces up to the last one asked for are read.

        Raises:
            ValueError: a file is not what its name says.
        """
        for _, branch in _since(branches, key):
            for first, name in _since(json.loads(self._read(branch, read)), key):
                found = self._entries(first, name, read)
                yield from ((other, value) for other, value in found.items() if order(other) >= order(key))

    def _piece(self, piece: Entries, pieces: Entries) -> File:
        return self._file("{" + ",".join(f'"{key}":{value}' for key, value in piece) + "}", piece[0][0], pieces)

    def _branches(self, pieces: Entries) -> Iterator[File]:
        for branch in cut(pieces, BRANCH):
            yield self._file(compact(branch), branch[0][0], self.branches)

    def _file(self, content: str, first: Key, names: Entries) -> File:
        """Return a file, and add its name and where it begins to those of the others."""
        name = digest(content)
        names.append((first, name))
        return File(self._path(name), lambda: content, made_of(name))

    def _path(self, name: str) -> str:
        return f"{self.folder}{name}.json"

    def _entries(self, first: Key, name: str, read: Read) -> dict[Key, str]:
        kind = type(first)  # in the piece all keys are texts
        return {kind(key): compact(value) for key, value in json.loads(self._read(name, read)).items()}

    def _read(self, name: str, read: Read) -> str:
        content = read(self._path(name))
        if digest(content) != name:
            raise ValueError(f"{self._path(name)} is not what its name says")
        return content


def _since(entries: Entries, key: Key) -> Entries:
    """Return entries from the one on that a key falls into."""
    return entries[max(bisect(entries, order(key), key=lambda entry: order(entry[0])) - 1, 0) :]


def order(key: Key) -> Any:
    """Return what keys are in the order of: numbers as such, texts as browsers compare them."""
    return key.encode("utf-16-be") if isinstance(key, str) else key


compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Returns a value as JSON without spaces; made once, since it is asked for every entry of a piece."""


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
