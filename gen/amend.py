"""Bring a finished site up to date where only notes and details were edited, without looking at what these don't reach.

A note (summary and annotation) or a detail (a title, an identifier, a link) shows on few pages of many, and no index of
the collection depends on one. So where all that decides where papers stand is as it was, the collection is taken from
the store, record by record as somebody asks for one, and only what shows an edited record is rendered and written.
Whatever else may change is the business of a whole build.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from gen import addresses
from gen.amendment import Amendment, WholeBuildError
from gen.citation.citations import Citations
from gen.feeds import updated
from gen.fingerprint import Fingerprints
from gen.folders import remove
from gen.likeness import amended_likeness, words_key
from gen.outputs import BATCHES, DOCS, write_share
from gen.pages import File, Output, Page
from gen.pages.browse import amended as amended_table
from gen.pages.cite import LOOKUP
from gen.pages.cite import amended as amended_lookup
from gen.pages.data import amended as amended_data
from gen.pages.exports import amended as amended_exports
from gen.pages.exports import exports
from gen.pages.machines import Dated
from gen.pages.machines import amended as amended_sitemap
from gen.pages.moved import redirects
from gen.pages.news import feeds
from gen.pages.reach import TABLE as REACH
from gen.pages.reach import Index, Reach, listing
from gen.pages.search import LENGTH, MANIFEST
from gen.pages.search import amended as amended_index
from gen.parallel import beside, spread
from gen.progress import Progress
from gen.publish import TABLE as SITE
from gen.publish import generated_files, publish_changed
from gen.reading import TABLE as RECORDS
from gen.reading import packed
from gen.render import Renderer
from gen.standing import TABLE as STANDING
from gen.standing import WHOLE, Whole
from gen.store import Changes
from gen.text.plain import plain
from gen.theme import Theme
from gen.write import Known, Writer

Write = Callable[[Iterable[Output]], tuple[Known, int]]


class _Files(NamedTuple):
    """The files that are no pages, as they were written."""

    known: Known
    changed: int
    added: list[str]
    """Those of the search index that are new."""
    gone: list[str]
    """Those that belong to it no more."""
    length: int
    """How much all terms of the index count."""


def amend(amendment: Amendment, theme: Theme, progress: Progress, doubled: Callable[[], None]) -> int:
    """Bring `build/docs` and the site up to date; return how many files of `build/docs` changed.

    Args:
        amendment: what was edited.
        theme: has the shells.
        progress: told of each phase.
        doubled: waits until the folder that takes turns with the published one is there.

    Raises:
        WholeBuildError: it can't be done so after all; a whole build then looks at everything.
        OSError: a file can't be written; the old site still stands.
    """
    site, store = amendment.site, amendment.store
    before = Known(store.load(DOCS), store.load(BATCHES))
    length: int = store.load(LENGTH).get(LENGTH, 0)
    if not (before.keys and before.batches and length and store.has(SITE)):
        raise WholeBuildError
    with store.amending(DOCS, BATCHES, LENGTH, SITE, STANDING) as (docs, batches, lengths, published, standing):
        with progress.phase("render and write"):
            writer = Writer(site.build_docs, before, before.keys.keys())
            gone = _write(amendment, before, length, writer, batches, lengths)
            docs.came |= {path: key for path, key in writer.known.keys.items() if before.keys.get(path) != key}
            docs.gone += gone
        with progress.phase("publish"):
            doubled()
            known: Whole = amendment.seen[WHOLE]
            files = list(generated_files(site, docs.came, theme))
            published.came |= publish_changed(site, theme, files, set(gone), known.behind)
            published.gone += gone
            behind = frozenset(gone).union(item.path for item in files)
        _keep(amendment, replace(known, behind=behind, written=amendment.written), standing)
    return writer.changed


def _write(
    amendment: Amendment, before: Known, length: int, writer: Writer, batches: Changes, lengths: Changes
) -> list[str]:
    """Write what the edits reach, pages in this process and files in another; return the files that are gone."""
    site, collection = amendment.site, amendment.collection
    renderer = Renderer(collection, site)
    share = partial(write_share, renderer, Fingerprints(collection, site), writer)
    with beside(partial(_write_files, amendment, before, length, writer, share)) as writing:
        renderer.warm()
        for known, changed in spread(share, _pages(amendment)):
            writer.take_over(known, changed)
        files = writing.result()
    if files is None:
        raise WholeBuildError
    writer.take_over(files.known, files.changed)
    remove(site.build_docs, set(files.gone))
    for key, paths in before.batches.items():
        if MANIFEST in paths or (amendment.details and LOOKUP in paths):
            batches.gone.append(key)
            came = files.added if MANIFEST in paths else []
            batches.came[amendment.derived(key)] = sorted({*paths, *came} - set(files.gone))
    lengths.came[LENGTH] = files.length
    return files.gone


def _pages(amendment: Amendment) -> list[Page]:
    """Return the pages that may show an edited record, or whose papers read like others than before."""
    collection = amendment.collection
    edited = {new.id: new for _, new in amendment.edits}
    detailed = [new for _, new in amendment.details]
    found = amended_likeness(list(collection.records), amendment.words, edited, amendment.store)
    if found is None:
        raise WholeBuildError
    alike, moved = found
    papers = [collection.records[name] for name in sorted(moved)]
    reach = Reach(
        collection, amendment.site, alike, amendment.store, list(edited.values()), detailed, papers, amendment.index
    )
    return list(reach.pages())


def _write_files(amendment: Amendment, before: Known, length: int, shared: Writer, share: Write) -> _Files | None:
    """Write the feeds, citations and files of the whole; None if one of these must be made anew."""
    site, collection, edits = amendment.site, amendment.collection, amendment.edits

    def read(path: str) -> bytes:
        return (site.build_docs / path).read_bytes()

    try:
        whole = amended_data(collection, edits, read)
        more = _more(amendment, read)
        sitemap = amended_sitemap(_dated(amendment), site, read)
        found = amended_index(collection, edits, length, lambda path: read(path).decode())
    except (OSError, LookupError, ValueError):  # a file is missing, or isn't what it should be
        return None
    if whole is None or more is None or sitemap is None or found is None:
        return None
    index, total = found
    shown = {slug: papers for slug, papers in collection.feeds.items() if any(new in papers for _, new in edits)}
    known, changed = share([*feeds(collection, site, shown), *_own(amendment)])
    writer = shared.share()
    writer.take_over(known, changed)
    for file in [*whole, *more]:
        writer.write(file.path, file.content(), amendment.derived(before.keys[file.path]))
    for file in [*sitemap, *index.files]:
        writer.write(file.path, file.content())
    return _Files(writer.known, writer.changed, [file.path for file in index.files], list(index.gone), total)


def _dated(amendment: Amendment) -> Iterator[Dated]:
    """Yield the pages that show an edited record of another day."""
    for old, new in amendment.edits:
        before, after = updated([old]), updated([new])
        if before and after and before != after:
            yield from ((page, before, after) for page in listing(amendment.collection, amendment.site, new))


def _more(amendment: Amendment, read: Callable[[str], bytes]) -> list[File] | None:
    """Return the citations of lists and the browser's indexes, with edited details; None if they must be made anew."""
    collection, index, details = amendment.collection, amendment.index, amendment.details
    if index is None:
        return []
    lists = amended_exports(collection, amendment.site, details, index.former, read)
    lookup = amended_lookup(collection, details, read)
    if lists is None or lookup is None:
        return None
    return [*lists, *lookup, amended_table([new for _, new in details], read)]


def _own(amendment: Amendment) -> Iterator[Output]:
    """Yield the citations of each paper of which details were edited, and what leads on from its former addresses."""
    collection, site = amendment.collection, amendment.site
    former = amendment.index.former if amendment.index else {}
    citations = Citations(collection)
    for _, new in amendment.details:
        address = addresses.record(new)
        yield from exports(address, (new,), site, citations, former)
        yield from redirects(Page(address, "", plain(new.title)), former.get(address, ()), site)


def _keep(amendment: Amendment, known: Whole, standing: Changes) -> None:
    """Say in the store what the files are now."""
    standing.came[WHOLE] = replace(known, began=amendment.look.began)
    for path, key in amendment.touched.items():
        standing.came[path] = amendment.seen[path]._replace(stamp=amendment.look.stamps[path], key=key)
    records = Changes()
    for item in amendment.edited:
        standing.came[item.path] = standing.came[item.path]._replace(words=words_key(item.new.instance))
        records.came[item.key] = packed(item.new)
        records.gone.append(amendment.seen[item.path].key)
    amendment.store.add(RECORDS, records)
    if amendment.details or any(set(old.cited) != set(new.cited) for old, new in amendment.edits):
        kept = amendment.store.load(REACH)
        now = Index(**kept).amended(amendment.edits)._asdict() if kept else {}
        came = {name: value for name, value in now.items() if value != kept[name]}
        amendment.store.add(REACH, Changes(came))
