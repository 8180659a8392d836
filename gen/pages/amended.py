"""Files of the whole collection, brought up to date where notes were edited: the rest of them stays as it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from gen.collection import Collection
from gen.pages.data import LINES, TABLE
from gen.pages.output import File
from gen.paper_data import line, row
from gen.record import Record

Edit = tuple[Record, Record]
"""A record as it was and as it is."""


class UnlikeError(Exception):
    """A file doesn't hold what it should."""


def data(collection: Collection, edits: Sequence[Edit], read: Callable[[str], bytes]) -> Iterator[File]:
    """Yield the files that hold every record.

    Args:
        collection: knows venues and people; they are the same for both states of a record.
        edits: what changed.
        read: gives a file as it was.

    Raises:
        UnlikeError: a file doesn't hold a record as it was, once.
    """
    for path, write in ((LINES, line), (TABLE, row)):
        changes = [(write(old, collection), write(new, collection)) for old, new in edits]
        yield File(path, partial(bytes, _replaced(read(path), changes)))


def _replaced(content: bytes, changes: Iterable[tuple[bytes, bytes]]) -> bytes:
    for old, new in changes:
        if content.count(old) != 1:
            raise UnlikeError
        content = content.replace(old, new)
    return content
