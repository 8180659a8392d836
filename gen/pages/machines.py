"""Files for programs that visit the site: sitemap, robots.txt, OpenSearch, the citation."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from gen import addresses
from gen.collection import Collection
from gen.pages.output import File, Output, made_of
from gen.site import Site
from gen.text.html import filled
from gen.text.plain import plain

SITEMAP_ADDRESSES = 20_000
"""Addresses in one sitemap: its limits are 50,000, and 5 MB where Google Scholar reads it."""

DAY = len("2026-11-21")
"""Letters of a day."""

_XML = Markup('<?xml version="1.0" encoding="UTF-8"?>\n')
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Place(NamedTuple):
    """A page as the sitemap has it."""

    address: str
    """As it stands in a URL (RFC 3986): what a file's name may hold and a URL may not is encoded."""
    updated: datetime.date | None


def machines(collection: Collection, site: Site) -> Iterator[Output]:
    """Yield all of them but the sitemap, which needs to know the others' pages."""
    yield File("robots.txt", lambda: robots(site))
    citation = site.root / "CITATION.cff"
    if citation.exists():
        yield File("CITATION.cff", citation.read_bytes)
    if site.url:
        yield File("opensearch.xml", lambda: opensearch(site))
        yield File(addresses.card(None), partial(_card, site, site.description), made_of(site.description))
        for area in collection.areas.values():
            yield File(addresses.card(area.id), partial(_card, site, plain(area.title)), made_of(area.title))


def _card(site: Site, title: str) -> bytes:
    from gen.pages.card import card  # loads a library of its own, and is mostly not needed

    return card(site.name, title)


def robots(site: Site) -> str:
    """Return the rules for crawlers: all is open, and here is the sitemap."""
    rules = "User-agent: *\nDisallow:\n"
    return f"{rules}\nSitemap: {site.url}sitemap.xml\n" if site.url else rules


def opensearch(site: Site) -> str:
    """Return the description by which a browser offers the site as a search engine (OpenSearch 1.1)."""
    page = Markup(
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "<ShortName>{name}</ShortName>\n<Description>{description}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        '<Image width="16" height="16" type="image/svg+xml">{url}assets/favicon.svg</Image>\n'
        '<Url type="text/html" template="{url}search/?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )
    return _XML + page.format(name=site.name[:16], description=site.description[:1024], url=site.url)


def sitemap(places: list[Place], site: Site) -> Iterator[File]:
    """Yield the sitemap, in several files under an index where there are many pages; none without an address."""
    if not site.url:
        return
    groups = [places[start : start + SITEMAP_ADDRESSES] for start in range(0, len(places), SITEMAP_ADDRESSES)]
    if len(groups) == 1:
        yield File("sitemap.xml", lambda: _sitemap(groups[0], site))
        return
    for number, group in enumerate(groups, 1):
        yield File(f"sitemap-{number}.xml", lambda group=group: _sitemap(group, site))  # type: ignore[misc]
    yield File("sitemap.xml", lambda: _sitemap_index(len(groups), site))


Dated = tuple[str, datetime.date, datetime.date]
"""The address of a page, and the day of something that it shows, before and after."""


def amended(dated: Iterable[Dated], site: Site, read: Callable[[str], bytes]) -> list[File] | None:
    """Return the files of the sitemap in which pages have another day.

    Args:
        dated: what has another day, on each page that shows it; a page's day is the last one of all that it shows.
        site: has an address; without one there is no sitemap.
        read: gives a file as it was.

    Returns:
        None if a page isn't there, once, or only all that it shows tells its day now; then all must be made anew.
    """
    dated = list(dated) if site.url else []
    if not dated:
        return []
    parts = read("sitemap.xml").count(b"<sitemap>")
    paths = [f"sitemap-{number}.xml" for number in range(1, parts + 1)] or ["sitemap.xml"]
    before = {path: read(path) for path in paths}
    now = dict(before)
    for address, old, new in dated:
        start = filled("<loc>%s</loc><lastmod>", site.url + address).encode()
        found = [path for path, content in now.items() for _ in range(content.count(start))]
        if len(found) != 1:
            return None
        path = found[0]
        head, _, tail = now[path].partition(start)
        day = datetime.date.fromisoformat(tail[:DAY].decode())
        if old == day > new:  # perhaps no longer the last one
            return None
        now[path] = head + start + max(day, new).isoformat().encode() + tail[DAY:]
    return [File(path, partial(bytes, content)) for path, content in now.items() if content != before[path]]


def _sitemap(places: list[Place], site: Site) -> str:
    url = "<url><loc>%s</loc></url>\n"
    dated = "<url><loc>%s</loc><lastmod>%s</lastmod></url>\n"
    lines = "".join(
        filled(dated, site.url + place.address, place.updated.isoformat())
        if place.updated
        else filled(url, site.url + place.address)
        for place in places
    )
    return f'{_XML}<urlset xmlns="{_NAMESPACE}">\n{lines}</urlset>\n'


def _sitemap_index(number: int, site: Site) -> str:
    line = "<sitemap><loc>%ssitemap-%s.xml</loc></sitemap>\n"
    lines = "".join(filled(line, site.url, str(part)) for part in range(1, number + 1))
    return f'{_XML}<sitemapindex xmlns="{_NAMESPACE}">\n{lines}</sitemapindex>\n'
