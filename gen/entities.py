"""Systems and benchmarks, which have no pages of their own: each is an entry of a list that names its papers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gen import cuts
from gen.names import slugify
from gen.record import Record

SYSTEMS, BENCHMARKS = "systems/", "benchmarks/"
"""Addresses of both lists."""
INTRODUCED, BUILT_ON = "introduced", "built-on"
"""Sections of the list of systems, as their headings' anchors name them."""
MOST = 500
"""How many papers an entry names: the newest."""


class Entity(NamedTuple):
    """A system or benchmark in its list."""

    anchor: str
    """Empty where an entry of a like name, before it, has it: `PaSE` and `PASE` share their address."""
    section: str
    name: str
    records: Sequence[Record]
    """All of its papers."""

    @property
    def shown(self) -> Sequence[Record]:
        """The papers that it names."""
        return self.records[:MOST]

    @property
    def more(self) -> int:
        """How many it doesn't name."""
        return len(self.records) - len(self.shown)


def systems(introduced: Mapping[str, Sequence[Record]], built_on: Mapping[str, Sequence[Record]]) -> list[Entity]:
    """Return the list of systems: those that papers introduce, by name, then those that papers build on."""
    taken = {"top", INTRODUCED, BUILT_ON}
    return [*_entities(INTRODUCED, introduced, taken), *_entities(BUILT_ON, built_on, taken)]


def benchmarks(groups: Mapping[str, Sequence[Record]]) -> list[Entity]:
    """Return the list of benchmarks."""
    return list(_entities("", groups, {"top"}))


def _entities(section: str, groups: Mapping[str, Sequence[Record]], taken: set[str]) -> Iterator[Entity]:
    """Yield a list's entries in order; `taken` holds the anchors of the page and takes up those given out."""
    for name, records in groups.items():
        anchor = slugify(name)
        yield Entity("" if anchor in taken else anchor, section, name, records)
        taken.add(anchor)


def cut(entities: Sequence[Entity]) -> list[range]:
    """Return the places of the entries of each part; one weighs as much as the papers that it names."""
    return cuts.cut([len(entity.shown) for entity in entities], cuts.LINES)


def entity_parts(systems: Sequence[Entity], benchmarks: Sequence[Entity]) -> dict[str, int]:
    """Return the number of the part that an entry stands in, by its address in the list's first part.

    Those that stand there indeed are left out.
    """
    return {
        f"{page}#{entity.anchor}": number
        for page, entities in ((SYSTEMS, systems), (BENCHMARKS, benchmarks))
        for entity, number in zip(entities, cuts.numbers(cut(entities)), strict=True)
        if number and entity.anchor
    }
