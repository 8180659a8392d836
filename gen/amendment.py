"""Whether only notes and details were edited since the last build, and which: what `gen.amend` brings up to date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

from gen.checking import PHRASES, UNWRITTEN
from gen.checks.duplicates import may_double
from gen.collection import Collection
from gen.fingerprint import SIZE
from gen.pages.coverage import gaps
from gen.pages.reach import TABLE as REACH
from gen.pages.reach import Index
from gen.reading import TABLE as RECORDS
from gen.reading import Loaded, file_key, load_file, unpacked
from gen.record import Record
from gen.shelf import TABLE as SHELF
from gen.shelf import Made, Shelved, taken
from gen.site import Site
from gen.standing import TABLE as STANDING
from gen.standing import WHOLE, Look, Whole, changed
from gen.store import Store
from gen.theme import navigation

Edit = tuple[Record, Record]
"""A record before and after."""
MOST = 20
"""Edited records up to which this is worth while; more reach much of a site."""


class WholeBuildError(Exception):
    """Something else than a few notes and details changed, or the store lacks what it takes."""


class Edited(NamedTuple):
    """A record whose note or details were edited."""

    path: str
    key: str
    """Under which the store is to keep it."""
    old: Loaded
    new: Loaded


@dataclass(frozen=True, slots=True)
class Amendment:
    """A bibliography of which some notes and details were edited since the last build."""

    site: Site
    store: Store
    look: Look
    seen: Mapping[str, Any]
    """What the last build saw (`gen.standing`)."""
    touched: Mapping[str, str]
    """Files that were looked into, with the key of what they hold now."""
    edited: Sequence[Edited]
    written: frozenset[int]
    """Phrases that one more note has than when all notes were compared."""
    collection: Shelved
    """With the records as they are now."""
    words: Sequence[str]
    """What each paper's neighbors were found by in the last build, in the order of the collection."""

    index: Index | None
    """What else decides where details show; none where only notes were edited."""

    @property
    def edits(self) -> list[Edit]:
        """The records, each before and after."""
        return [(item.old.instance, item.new.instance) for item in self.edited]

    @property
    def details(self) -> list[Edit]:
        """Those of which details were edited, each before and after."""
        return _details(self.edits)

    def derived(self, key: str) -> str:
        """Return a key for something of that key that these edits changed; no other way leads to the same one."""
        parts = (key, *(new.digest for _, new in self.edits))
        return blake2b("\n".join(parts).encode(), digest_size=SIZE).hexdigest()


def find(site: Site, store: Store, look: Look, made_of: str) -> Amendment:
    """Find out which notes and details were edited since the last build.

    Args:
        site: the settings.
        store: with what the last build left.
        look: the files now.
        made_of: settings, templates and the theme's part now.

    Raises:
        WholeBuildError: nothing changed, or something else than few notes and details did, or one has a finding.
    """
    seen = store.load(STANDING)
    known: Whole | None = seen.get(WHOLE)
    if known is None or known.made_of != made_of or not site.output.is_dir():
        raise WholeBuildError
    touched = _touched(site, look, seen)
    # First, since other edits are most often of a record too, and a large collection's tables take a second to load.
    read = {path: _read(site, path, key, seen[path].place) for path, key in touched.items() if key != seen[path].key}
    kept: dict[str, bytes] = store.load(RECORDS)
    index = store.load(SHELF)
    common: frozenset[int] | None = store.load(PHRASES).get("")
    files = dict(sorted((_id(path), file) for path, file in seen.items() if path != WHOLE and file.place))
    if "others" not in index or common is None or not all(file.key in kept for file in files.values()):
        raise WholeBuildError
    edited = [Edited(path, touched[path], unpacked(kept[seen[path].key]), new) for path, new in read.items()]
    now = {item.new.instance.id: item.new.instance for item in edited}
    if not all(files.keys() >= set(record.cited) for record in now.values()):
        raise WholeBuildError
    records = Made(files, lambda name, file: now.get(name) or unpacked(kept[file.key]).instance)
    written = _written(edited, common, known.written)
    collection = taken(index, site.root, records)
    words = [file.words for file in files.values()]
    more = _index(site, store, collection, _details([(item.old.instance, item.new.instance) for item in edited]))
    return Amendment(site, store, look, seen, touched, edited, written, collection, words, more)


def _details(edits: Sequence[Edit]) -> list[Edit]:
    return [(old, new) for old, new in edits if old.facts_digest != new.facts_digest]


_COMPARED = attrgetter("title", "also_titled", "arxiv", "doi")
"""Gives those details by which two records of one paper are found."""


def _index(site: Site, store: Store, collection: Collection, details: Sequence[Edit]) -> Index | None:
    """Return what decides where edited details show; None where none were.

    Raises:
        WholeBuildError: the store lacks it, or the details decide more than how a paper is shown.
    """
    if not details:
        return None
    kept = store.load(REACH)
    if not kept:
        raise WholeBuildError
    index, named = Index(**kept), navigation(site)
    # texts of topics show titles; those of a template of one's own may do so anywhere
    own = any(folder.is_dir() for folder in site.templates[:-1])
    texts = [*collection.topics.values(), *collection.paths.values()] if own else []
    for old, new in details:
        if (
            gaps(collection, old) != gaps(collection, new)
            or any(new.id in item.cited for item in texts)
            or f"papers/{new.id}.md" in named
            or (_COMPARED(old) != _COMPARED(new) and may_double(new, collection.records, index.by_id()))
        ):
            raise WholeBuildError
    return index


def _touched(site: Site, look: Look, seen: Mapping[str, Any]) -> dict[str, str]:
    """Return the files that may have changed, with the key of what they hold now.

    Raises:
        WholeBuildError: one of them is no record, or none has changed, or too many have.
    """
    paths = changed(seen, look)
    if paths is None or not all(seen[path].place for path in paths):
        raise WholeBuildError
    root = site.root.resolve()
    touched = {path: file_key(root, path) for path in paths}
    if not all(touched.values()) or not 0 < sum(key != seen[path].key for path, key in touched.items()) <= MOST:
        raise WholeBuildError
    return touched


def _read(site: Site, path: str, key: str, place: str) -> Loaded:
    """Return what became of an edited record's file.

    Raises:
        WholeBuildError: it has a finding, or stands elsewhere, or it is no longer the one that its key tells.
    """
    root = site.root.resolve()
    loaded = load_file(root, path, Record)
    if file_key(root, path) != key:
        raise WholeBuildError
    allowed = {UNWRITTEN} if site.drafts else set()
    found = {finding.check for finding in loaded.findings}
    if loaded.instance is None or found - allowed or loaded.instance.place_digest != place:
        raise WholeBuildError
    return loaded


def _id(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _written(edited: Sequence[Edited], common: frozenset[int], before: frozenset[int]) -> frozenset[int]:
    """Return the phrases that one more note has than when all notes were compared.

    Args:
        edited: what changed.
        common: phrases that no further note may have.
        before: those that one more note had before these edits.

    Raises:
        WholeBuildError: a phrase may now stand in too many notes.
    """
    written = set(before)
    for item in edited:
        old, new = set(item.old.phrases or ()), set(item.new.phrases or ())
        written -= old - new
        came = new - old
        if came & common or came & written:
            raise WholeBuildError
        written |= came
    return frozenset(written)
