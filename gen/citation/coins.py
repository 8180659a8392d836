"""Records as COinS: a span whose title is an OpenURL context object, for lists that reference managers read.

Only for lists: on a paper's own page a span would hide the richer meta tags from Zotero.
"""

from collections.abc import Sequence
from urllib.parse import quote_plus

from markupsafe import Markup

from gen.citation.entry import page_range, paper_url
from gen.names import Name, parse_name
from gen.record import ISSUERS, Record, Venue
from gen.text.plain import plain

_FORMAT = "info:ofi/fmt:kev:mtx:"
_GENRES = {
    "conference": "proceeding",
    "workshop": "proceeding",
    "book": "bookitem",
    "report": "report",
    "publisher": "book",
}


def coins(record: Record, venue: Venue | None) -> Markup:
    """Return the span, or nothing where no author is known: Zotero would look such an item up elsewhere."""
    names = list(map(parse_name, record.named_authors))
    if not names:
        return Markup("")
    pages = page_range(record.pages) or ("", "")
    pairs: list[tuple[str, str | None]] = [("ctx_ver", "Z39.88-2004"), *_held_by(record, venue)]
    pairs += [("rft.date", f"{record.cited_year}-{record.month:02}" if record.month else str(record.cited_year))]
    # Not `rft.aulast` too: Zotero would list the first author twice where it takes the name apart in its own way;
    # nor `rft.aucorp`, which it puts before all others.
    pairs += [("rft.au", catalog_name(name)) for name in names]
    issue = None if venue and venue.type == "report" else record.number  # the format has no place for a report's number
    pairs += [("rft.volume", record.volume), ("rft.issue", issue), ("rft.language", record.language)]
    pairs += [("rft.spage", pages[0]), ("rft.epage", pages[1])]
    pairs += [("rft_id", f"info:doi/{record.doi}" if record.doi else ""), ("rft_id", paper_url(record))]
    return Markup('<span class="Z3988" title="%s"></span>') % _query([(name, value) for name, value in pairs if value])


def _query(pairs: Sequence[tuple[str, str]]) -> str:
    """Return fields as an address has them. They are quoted all at once, which takes half the time of one by one."""
    quoted = quote_plus("\n".join(value for _, value in pairs)).split("%0A")
    return "&".join(f"{name}={value}" for (name, _), value in zip(pairs, quoted, strict=True))


def catalog_name(name: Name) -> str:
    """Return `Family, Given`; an organization of several words ends with a comma, or it would be taken for a person."""
    return f"{name.family}," if name.corporate and " " in name.family else name.inverted


def _held_by(record: Record, venue: Venue | None) -> list[tuple[str, str]]:
    """Return the format and the fields that depend on it, as Zotero tells item types from them."""
    title = plain(record.title)
    if venue is None:
        return [("rft_val_fmt", f"{_FORMAT}dc"), ("rft.type", "preprint"), ("rft.title", title)]
    if venue.type == "journal":
        form = [("rft_val_fmt", f"{_FORMAT}journal"), ("rft.genre", "article")]
        return [*form, ("rft.atitle", title), ("rft.jtitle", venue.name)]
    if venue.type == "thesis":
        return [("rft_val_fmt", f"{_FORMAT}dissertation"), ("rft.title", title), ("rft.inst", venue.name)]
    form = [("rft_val_fmt", f"{_FORMAT}book"), ("rft.genre", _GENRES[venue.type])]
    if venue.type in ISSUERS:
        return [*form, ("rft.btitle", title), ("rft.pub", venue.name)]
    return [*form, ("rft.atitle", title), ("rft.btitle", venue.name), ("rft.pub", venue.publisher or "")]
