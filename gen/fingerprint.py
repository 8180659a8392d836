"""Fingerprints of what pages and files are made of: where one is the same as in the last build, so is the output.

A record's fingerprint takes in whatever is written out with it though it stands in another file: its venue, and the
papers that its texts refer to by `[@id]`. So a page says what it is made of by naming records and topics, and cannot
forget what those bring along.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from hashlib import blake2b
from types import FunctionType
from typing import Any

from gen.collection import Collection
from gen.record import Model, Record, Sourced
from gen.references import reference
from gen.site import Site

SIZE = 16
"""Bytes of a fingerprint: with 128 bits, no two of a trillion outputs are alike by chance."""


LONG = 32
"""Items of a list from which on its fingerprint is remembered."""


class UnknownContentError(TypeError):
    """Something is of a type whose content can't be told, so whatever is made of it has to be made anew."""


class Fingerprints:
    """Fingerprints of values in one collection and with one set of templates."""

    def __init__(self, collection: Collection, site: Site) -> None:
        self.collection = collection
        self._seen: dict[int, bytes] = {}
        self._held: list[object] = []
        self._base = _settings(site)

    def of(self, *values: object) -> str:
        """Return the fingerprint of some values, as hexadecimal digits.

        Raises:
            UnknownContentError: a value, or one inside it, is of an unknown type.
        """
        parts = [self._base]
        for value in values:
            self._take(value, parts)
        return blake2b(b"".join(parts), digest_size=SIZE).hexdigest()

    def _take(self, value: Any, parts: list[bytes]) -> None:
        """Add a value's bytes, with lengths before texts and lists so that no two values give the same ones."""
        if isinstance(value, str):
            data = value.encode("utf-8", "surrogatepass")
            parts += (b"s%d:" % len(data), data)
        elif isinstance(value, Model):
            parts.append(self._model(value))
        elif isinstance(value, tuple | list):
            parts.append(self._long(value) if len(value) > LONG else self._list(value))
        elif isinstance(value, Mapping):
            parts.append(b"m%d:" % len(value))
            for key, item in value.items():
                self._take(key, parts)
                self._take(item, parts)
        elif value is None or isinstance(value, int | float | datetime.date):
            parts.append(b"v%a;" % value)
        elif is_dataclass(value) and not isinstance(value, type | Collection):
            for name in _names(type(value)):
                self._take(getattr(value, name), parts)
        elif isinstance(value, Collection):
            parts.append(self._whole)
        elif isinstance(value, FunctionType) and value.__closure__ is None:
            parts.append(b"f%a;" % value.__qualname__)
        else:
            raise UnknownContentError(type(value).__name__)

    def _list(self, value: Sequence[Any]) -> bytes:
        parts = [b"l%d:" % len(value)]
        for item in value:
            self._take(item, parts)
        return b"".join(parts)

    def _long(self, value: Sequence[Any]) -> bytes:
        """Return a long list's fingerprint, which is asked for again with each format that it is written in."""
        known = self._seen.get(id(value))
        if known is None:
            known = self._seen[id(value)] = blake2b(self._list(value), digest_size=SIZE).digest()
            self._held.append(value)  # or another list might come to have its identity
        return known

    @cached_property
    def _whole(self) -> bytes:
        """The fingerprint of the collection as a whole."""
        known = self.collection
        parts = [self._list(list(items.items())) for items in (known.venues, known.people)]
        parts += [self._list(list(items.values())) for items in (known.records, known.topics, known.paths)]
        return blake2b(b"".join(parts), digest_size=SIZE).digest()

    def _model(self, value: Model) -> bytes:
        """Return the fingerprint of a typed object; those with a file of their own are asked for many times."""
        if not isinstance(value, Sourced):
            return value.digest.encode()
        known = self._seen.get(id(value))
        if known is None:
            known = self._seen[id(value)] = self._sourced(value)
        return known

    def _sourced(self, value: Sourced) -> bytes:
        parts = [value.source.path, value.digest]
        parts += [repr(reference(self.collection.records, name)) for name in value.cited]
        if isinstance(value, Record) and (venue := self.collection.venue(value)):
            parts.append(venue.digest)
        return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _settings(site: Site) -> bytes:
    """Return what goes into every fingerprint: the site's settings and all templates."""
    digest = blake2b(digest_size=SIZE)
    for name in _names(Site):
        if name != "root":
            digest.update(repr(getattr(site, name)).encode() + b"\0")
    for folder in reversed(site.templates):
        for path in sorted(folder.glob("*.j2")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()
