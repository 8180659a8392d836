"""The home page and the pages by year, venue, person, system and benchmark."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gen import addresses
from gen.collection import Author, Collection
from gen.names import slugify
from gen.pages.news import feed_link
from gen.pages.output import Output, Page
from gen.pages.record import facts, lines, titles
from gen.record import Record
from gen.site import Site
from gen.text.plain import plain

LATEST = 8
"""How many of the latest additions the home page shows."""


def home(collection: Collection, site: Site) -> Iterator[Page]:
    """Yield the home page."""

    def show() -> dict[str, object]:
        return {
            "areas": [
                (area, collection.topics_of_area.get(slug, []), len(collection.by_area.get(slug, [])))
                for slug, area in collection.areas.items()
            ],
            "latest": lines(collection, collection.latest[:LATEST]),
            "paths": list(collection.paths.values()),
            "counts": collection.counts,
        }

    yield Page(
        "",
        "home.md.j2",
        site.name,
        site.description,
        show,
        lambda: feed_link(site, "", collection.newest),
        layout="home",
    )


def pages(collection: Collection) -> Iterator[Output]:
    """Yield the indexes and the pages below them."""
    yield from _papers(collection)
    yield from _years(collection)
    yield from _venues(collection)
    yield from _people(collection)
    yield Page(
        "systems/",
        "systems.md.j2",
        "Systems",
        "Every named system, method and data set that a paper of the collection introduces or builds on.",
        lambda: _systems(collection),
        of=lambda: (_named(collection.by_system), _named(collection.by_foundation)),
    )
    yield Page(
        "benchmarks/",
        "benchmarks.md.j2",
        "Benchmarks",
        "Every benchmark and data set that papers of the collection were measured on.",
        lambda: {"benchmarks": _entries(collection.by_benchmark, {"top"})},
        of=lambda: _named(collection.by_benchmark),
    )


def _named(groups: Mapping[str, Sequence[Record]]) -> object:
    return [(name, titles(records)) for name, records in groups.items()]


class Entry(NamedTuple):
    """A system or benchmark in its list."""

    anchor: str
    """Empty where an entry of a like name, just before, has it: `PaSE` and `PASE` share their address."""
    name: str
    records: Sequence[Record]


def _entries(groups: Mapping[str, Sequence[Record]], taken: set[str]) -> list[Entry]:
    """Return a list's entries in order; `taken` holds the anchors of the page and takes up those given out."""
    entries = []
    for name, records in groups.items():
        anchor = slugify(name)
        entries.append(Entry("" if anchor in taken else anchor, name, records))
        taken.add(anchor)
    return entries


def _systems(collection: Collection) -> dict[str, list[Entry]]:
    taken = {"top", "introduced", "built-on"}
    return {"systems": _entries(collection.by_system, taken), "foundations": _entries(collection.by_foundation, taken)}


def _papers(collection: Collection) -> Iterator[Output]:
    def show() -> dict[str, object]:
        found: defaultdict[str, list[tuple[str, object]]] = defaultdict(list)
        for record in collection.records.values():
            title = plain(record.title)
            first = next((letter for letter in title.upper() if letter.isalnum()), "0")
            found[first if first.isalpha() else "0"].append((title, record))
        return {
            "letters": {letter: sorted(found[letter], key=lambda item: item[0].lower()) for letter in sorted(found)}
        }

    yield Page(
        "papers/",
        "papers.md.j2",
        "All papers",
        "Every paper of the bibliography by title.",
        show,
        of=lambda: titles(collection.records.values()),
    )


def _years(collection: Collection) -> Iterator[Output]:
    years = {year: len(records) for year, records in collection.by_year.items()}
    yield Page("years/", "years.md.j2", "Years", "Papers by year of publication.", lambda: {"years": years})
    for year, records in collection.by_year.items():
        yield Page(
            addresses.year(year),
            "year.md.j2",
            f"Papers of {year}",
            f"Annotated papers published in {year}.",
            lambda year=year, records=records: {"year": year, "lines": lines(collection, records)},  # type: ignore[misc]
            of=lambda year=year, records=records: (year, facts(collection, records)),  # type: ignore[misc]
        )


def _venues(collection: Collection) -> Iterator[Output]:
    used = {key: collection.venues[key] for key in collection.venues if key in collection.by_venue}
    yield Page(
        "venues/",
        "venues.md.j2",
        "Venues",
        "Conferences, workshops and journals that the papers appeared in.",
        lambda: {
            "types": _by_type(collection),
            "counts": {key: len(records) for key, records in collection.by_venue.items()},
        },
    )
    for key, venue in used.items():
        yield Page(
            addresses.venue(key),
            "venue.md.j2",
            venue.short,
            f"Annotated papers published in {venue.name}.",
            lambda key=key, venue=venue: {  # type: ignore[misc]
                "key": key,
                "venue": venue,
                "lines": lines(collection, collection.by_venue[key]),
            },
            of=lambda key=key, venue=venue: (key, venue, facts(collection, collection.by_venue[key])),  # type: ignore[misc]
        )


def _by_type(collection: Collection) -> dict[str, list[tuple[str, object]]]:
    groups: defaultdict[str, list[tuple[str, object]]] = defaultdict(list)
    for key in collection.venues:
        if key in collection.by_venue:
            groups[collection.venues[key].type].append((key, collection.venues[key]))
    order = ("conference", "journal", "workshop", "book", "report", "thesis")
    return {kind: sorted(groups[kind], key=lambda item: item[1].short.lower()) for kind in order if groups[kind]}  # type: ignore[attr-defined]


def _people(collection: Collection) -> Iterator[Output]:
    letters: defaultdict[str, list[Author]] = defaultdict(list)
    for author in collection.authors.values():
        letters[addresses.letter(author)].append(author)
    several = [a for a in collection.authors.values() if addresses.has_page(a)]

    yield Page(
        "people/",
        "people.md.j2",
        "People",
        "Everyone who wrote a paper of the collection.",
        lambda: {
            "letters": {letter: len(letters[letter]) for letter in sorted(letters)},
            "several": sorted(several, key=lambda author: -len(author.records)),
        },
    )
    yield Page(
        "people/a-to-z/",
        "people_letters.md.j2",
        "People, A to Z",
        "Everyone who wrote a paper of the collection, by the first letter of the family name.",
        lambda: {"letters": {letter: len(letters[letter]) for letter in sorted(letters)}},
    )
    for letter in sorted(letters):
        yield Page(
            f"people/a-to-z/{letter}/",
            "people_letter.md.j2",
            f"People: {letter.upper()}",
            f"Authors whose family name begins with {letter.upper()}.",
            lambda letter=letter: {  # type: ignore[misc]
                "letter": letter,
                "letters": sorted(letters),
                "authors": letters[letter],
            },
            of=lambda letter=letter: (letter, sorted(letters), list(map(_entry, letters[letter]))),  # type: ignore[misc]
        )
    for author in several:
        yield person(author, collection)


def person(author: Author, collection: Collection) -> Page:
    """Return the page of someone who wrote several papers."""
    return Page(
        addresses.person(author),
        "person.md.j2",
        author.name.full,
        f"Annotated papers by {author.name.full}.",
        lambda: {"author": author, "lines": lines(collection, author.records)},
        of=lambda: (author.slug, author.name, author.person, list(author.records)),
    )


def _entry(author: Author) -> object:
    """Return what someone's entry in the A to Z is made of."""
    return author.slug, author.name, len(author.records), titles(author.records[:1])
