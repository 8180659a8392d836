"""Fingerprints of what pages and files are made of: where one is the same as in the last build, so is the output.

A record's fingerprint takes in whatever is written out with it though it stands in another file: its venue, and the
papers that its texts refer to by `[@id]`. So a page says what it is made of by naming records and topics, and cannot
forget what those bring along. A dataclass that follows from something simpler, as a row of figures does from its
record and result, names that in a property `of`.
"""

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter
from types import FunctionType
from typing import Any

from gen.collection import Collection
from gen.folders import sources
from gen.model import Model, Sourced
from gen.record import Record
from gen.references import reference
from gen.site import Site

SIZE = 16
"""Bytes of a fingerprint: with 128 bits, no two of a trillion outputs are alike by chance."""
LONG = 32
"""Items of a list from which on its fingerprint is remembered."""


class UnknownContentError(TypeError):
    """Something is of a type whose content can't be told, so whatever is made of it has to be made anew."""


class _Ways(dict[type, Callable[[Any], bytes]]):
    """How values of each type become bytes, found out once."""

    def __init__(self, find: Callable[[type], Callable[[Any], bytes]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, kind: type) -> Callable[[Any], bytes]:
        way = self[kind] = self._find(kind)
        return way


class Fingerprints:
    """Fingerprints of values in one collection and with one set of templates.

    Each value becomes bytes, with lengths before texts and lists so that no two values give the same ones.
    """

    def __init__(self, collection: Collection, site: Site) -> None:
        self.collection = collection
        self._base = base(site)
        self._seen: dict[int, bytes] = {}
        """What is asked for many times, by identity."""
        self._held: list[object] = []
        """What has these identities: were it gone, something else might come to have one."""
        self._ways = _Ways(self._way)

    def of(self, *values: object) -> str:
        """Return the fingerprint of some values, as hexadecimal digits.

        Raises:
            UnknownContentError: a value, or one inside it, is of an unknown type.
        """
        return blake2b(self._base + self._list(values), digest_size=SIZE).hexdigest()

    def _way(self, kind: type) -> Callable[[Any], bytes]:
        """Return how values of a type become bytes; it is found out once for each type."""
        ways: list[tuple[type | tuple[type, ...], Callable[[Any], bytes]]] = [
            (str, _text),
            (Sourced, self._sourced),
            (Model, lambda value: value.digest.encode()),
            ((tuple, list), self._list),
            (Mapping, lambda value: self._list(tuple(value)) + self._list(tuple(value.values()))),
            ((type(None), int, float, datetime.date), lambda value: b"v%a;" % value),
            (Collection, lambda _: self._whole),
            (FunctionType, _function),
        ]
        for kinds, way in ways:
            if issubclass(kind, kinds):
                return way
        if is_dataclass(kind):
            if isinstance(getattr(kind, "of", None), property):
                return lambda value: self._take(value.of)
            parts = attrgetter("__class__.__name__", *(field.name for field in fields(kind)))
            return lambda value: self._list(parts(value))
        raise UnknownContentError(kind.__name__)

    def _take(self, value: object) -> bytes:
        return self._ways[type(value)](value)

    def _list(self, value: tuple[Any, ...] | list[Any]) -> bytes:
        """Return a list's bytes; a long one's are asked for again with each format that it is written in."""
        if not value:  # most that a page may show is not there
            return b"l0:"
        if len(value) <= LONG:
            return self._items(value)
        known = self._seen.get(id(value))
        if known is None:
            known = self._seen[id(value)] = blake2b(self._items(value), digest_size=SIZE).digest()
            self._held.append(value)
        return known

    def _items(self, value: tuple[Any, ...] | list[Any]) -> bytes:
        if isinstance(value[0], str) and isinstance(value[-1], str):
            try:
                text = "\0".join(value)  # a letter that the checks let into no text
            except TypeError:  # not all of them are texts
                pass
            else:
                return b"t%d:" % len(value) + _text(text)
        ways = self._ways
        return b"l%d:" % len(value) + b"".join([ways[type(item)](item) for item in value])

    @cached_property
    def _whole(self) -> bytes:
        """The fingerprint of the collection as a whole."""
        known = self.collection
        parts = [self._take(items) for items in (known.venues, known.people)]
        parts += [self._list(list(items.values())) for items in (known.records, known.topics, known.paths)]
        return blake2b(b"".join(parts), digest_size=SIZE).digest()

    def _sourced(self, value: Sourced) -> bytes:
        """Return the bytes of something that has a file of its own, which is asked for many times."""
        known = self._seen.get(id(value))
        if known is None:
            parts = [value.source.path, value.digest]
            parts += [repr(reference(self.collection.records, name)) for name in value.cited]
            if isinstance(value, Record) and (venue := self.collection.venue(value)):
                parts.append(venue.digest)
            data = "\n".join(parts).encode("utf-8", "surrogatepass")
            known = self._seen[id(value)] = blake2b(data, digest_size=SIZE).digest()
            self._held.append(value)
        return known


def _text(value: str) -> bytes:
    data = value.encode("utf-8", "surrogatepass")
    return b"s%d:%b" % (len(data), data)


def _function(value: FunctionType) -> bytes:
    if value.__closure__ is not None:
        raise UnknownContentError(value.__qualname__)
    return b"f%a;" % value.__qualname__


def base(site: Site) -> bytes:
    """Return what goes into every fingerprint: the site's settings and all templates but the theme's."""
    digest = blake2b(digest_size=SIZE)
    for field in fields(site):
        if field.name != "root":
            digest.update(repr(getattr(site, field.name)).encode() + b"\0")
    for folder in reversed(site.templates):
        for path in sources(folder):
            if path.startswith("theme/"):
                continue
            digest.update(os.fsencode(path) + b"\0" + (folder / path).read_bytes() + b"\0")
    return digest.digest()
