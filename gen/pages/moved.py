"""What stands at former addresses and leads on to the present ones."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import get_args

from markupsafe import Markup

from gen import addresses
from gen.collection import Author, Collection
from gen.names import person_slug
from gen.pages.output import File, Page, made_of
from gen.record import RESULT_KINDS
from gen.site import Site

LONGEST = 200
"""Letters of a slug, made of a name, that a folder can be called by anywhere."""


def former_addresses(collection: Collection) -> dict[str, list[str]]:
    """Return the former addresses of each page, and of each entry in the A to Z, that has some."""
    found = {address(name): list(map(address, former)) for address, name, former in _renamed(collection) if former}
    for author, former in _people(collection):
        found[addresses.person(author)] = list(map(addresses.person_page, former))
    return found


def _renamed(collection: Collection) -> Iterator[tuple[Callable[[str], str], str, tuple[str, ...]]]:
    """Yield what gives an address to an id, each id, and its former ones."""
    yield from ((addresses.record, item.id, item.former_ids) for item in collection.records.values())
    yield from ((addresses.topic, item.id, item.former_ids) for item in collection.topics.values())
    yield from ((addresses.path, item.id, item.former_ids) for item in collection.paths.values())
    yield from ((addresses.venue, key, item.former_ids) for key, item in collection.venues.items())
    for kind in get_args(RESULT_KINDS):
        results = partial(addresses.results, kind)
        yield from ((results, area.id, area.former_ids) for area in collection.areas.values())


def _people(collection: Collection) -> Iterator[tuple[Author, list[str]]]:
    """Yield everyone of `people.yaml` with the slugs of other addresses than the present one that lead to them.

    These are former ones, the slug itself of whom too few papers are left for a page, and those that the spellings of
    the name would have by themselves, unless they are somebody else's.
    """
    taken = {*collection.authors, *(name for person in collection.people.values() for name in person.former_ids)}
    for slug, person in collection.people.items():
        if author := collection.authors.get(slug):
            own = [] if addresses.has_page(author) else [slug]
            spelled = dict.fromkeys(map(person_slug, (person.name, *person.variants)))
            free = [name for name in spelled if name not in taken and len(name) <= LONGEST]
            taken.update(free)
            yield author, [*own, *person.former_ids, *free]


def redirects(page: Page, former: Iterable[str], site: Site) -> Iterator[File]:
    """Yield what leads to a page from the former addresses of its list."""
    for address in former:
        yield _redirect(address + page.address.removeprefix(page.listed), page.address, page.title, site)


def redirects_to_entries(collection: Collection, former: Mapping[str, list[str]], site: Site) -> Iterator[File]:
    """Yield what leads to people who have no page but an entry in the A to Z."""
    for author in filter(None, map(collection.authors.get, collection.people)):
        if not addresses.has_page(author):
            present = addresses.person(author)
            yield from (_redirect(address, present, author.name.full, site) for address in former[present])


def _redirect(former: str, present: str, title: str, site: Site) -> File:
    target = "../" * addresses.depth(former) + present
    canonical = (site.url + present if site.url else target).partition("#")[0]
    return File(f"{former}index.html", partial(_html, target, canonical, title), made_of(target, canonical, title))


def _html(target: str, canonical: str, title: str) -> str:
    """Return a page that leads on at once; search engines take that, and the canonical address, for a lasting move."""
    page = Markup(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<link rel="canonical" href="{canonical}"><meta http-equiv="refresh" content="0; url={target}"></head>'
        '<body><p>This is now at <a href="{target}">{title}</a>.</p></body></html>\n'
    )
    return str(page.format(title=title, canonical=canonical, target=target))
