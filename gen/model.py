"""The base of all models: frozen objects with digests, kept in a cache as little more than their values."""

import re
from collections.abc import Callable
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from sys import intern
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from gen.source import Source

_CITED = re.compile(r"\[@([^\]\s]+)\]")


_FIELDS: dict[frozenset[str], set[str]] = {}


def _share_fields(item: BaseModel) -> None:
    """Give an object the set of its written fields that others have: sets of its own take as much as its texts."""
    fields = item.__pydantic_fields_set__
    object.__setattr__(item, "__pydantic_fields_set__", _FIELDS.setdefault(frozenset(fields), fields))


class Model(BaseModel):
    """Base of all: frozen, closed to unknown keys, documented by the docstring under each field."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def model_post_init(self, context: Any) -> None:
        """Share the set of the fields that are written here with all objects that have the same."""
        _share_fields(self)

    def __reduce__(self) -> tuple[Callable[..., "Model"], tuple[object, ...]]:
        """Return what a cache keeps: values alone in the order of the fields, not their names anew in each object."""
        names, values = _names(type(self)), self.__dict__
        written = _places(type(self), frozenset(self.model_fields_set))
        derived = {name: value for name, value in values.items() if name not in names}
        return _restored, (type(self), [*map(values.__getitem__, names)], written, derived, self.__pydantic_private__)

    @cached_property
    def digest(self) -> str:
        """A digest of everything that is written here."""
        return digest_of(self.model_dump_json())


@cache
def _names(kind: type[Model]) -> tuple[str, ...]:
    """Return the names of a model's fields, in their order."""
    return tuple(kind.model_fields)


@cache
def _places(kind: type[Model], written: frozenset[str]) -> int:
    """Return the places of some fields of a model as bits, the first field's the lowest."""
    return sum(1 << place for place, name in enumerate(_names(kind)) if name in written)


@cache
def _written(kind: type[Model], places: int) -> set[str]:
    """Return the names of those fields of a model whose bits are set."""
    return {name for place, name in enumerate(_names(kind)) if places >> place & 1}


def _restored(
    kind: type[Model], values: list[Any], written: int, derived: dict[str, Any], private: dict[str, Any] | None
) -> Model:
    """Return an object as it was put into a cache; what was checked then isn't checked again."""
    item = kind.__new__(kind)
    state = dict(zip(_names(kind), values, strict=True))
    for name, value in derived.items():
        state[intern(name)] = value
    put = object.__setattr__  # the object is frozen
    put(item, "__dict__", state)
    put(item, "__pydantic_fields_set__", _written(kind, written))
    put(item, "__pydantic_extra__", None)
    put(item, "__pydantic_private__", private)
    return item


def digest_of(text: str) -> str:
    """Return a digest of a text, as hexadecimal digits."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


class Sourced(Model):
    """Something that has a file of its own; validated with `context={"source": ...}`."""

    _source: Source = PrivateAttr(default=Source("unnamed.yaml", Path()))

    def model_post_init(self, context: Any) -> None:
        """Take the source over from the validation's context."""
        super().model_post_init(context)
        if context:
            self._source = context["source"]

    @property
    def source(self) -> Source:
        """The file that it came from, and where in it each value stands."""
        return self._source

    @cached_property
    def id(self) -> str:
        """The file's name without its suffix; for a record, the citation key."""
        return self.source.stem

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """Ids of the papers that its texts refer to by `[@id]`, each once."""
        return tuple(dict.fromkeys(_CITED.findall(self.model_dump_json())))
