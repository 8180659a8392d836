"""Makes drafts for one collection: knows its ids, venues, topics and papers, and remembers what it made."""

import datetime
from collections.abc import Mapping
from functools import cached_property

from gen.collection import Collection
from gen.drafting.draft import (
    Draft,
    draft_text,
    facts_of_record,
    repeated,
    unknown_language,
    validate,
    without_marks,
    write_draft,
)
from gen.drafting.ids import form_id, keep_key, taken_ids
from gen.drafting.topics import TopicSuggester
from gen.drafting.venues import VENUES, VenueMatcher, free_key, is_preprint, new_venue, with_venues
from gen.duplicates import Match, Seen
from gen.facts.facts import Facts
from gen.folders import replace_file
from gen.ledger import enter, read_ledger, venue_entry
from gen.record import Record, Venue

_ORDER = tuple(Record.model_fields)


class DuplicateError(Exception):
    """The paper is in the collection already."""

    def __init__(self, match: Match, path: str) -> None:
        super().__init__(f"{path} is of the same paper ({match.why})")
        self.match = match
        self.path = path


class Drafter:
    """Turns facts into drafts, one after the other.

    Args:
        collection: what is there already.
        known_venues: entries to take over for venues that the collection has not got yet.
        drafts: whether the collection takes records that are not annotated: then these hold no marks, and a venue
            that nobody knows is added. Otherwise it is left to a person, because the table is curated.
        today: the day that the drafts are added.
        head: the first line of each file, which names the schema to editors.
    """

    def __init__(
        self,
        collection: Collection,
        known_venues: Mapping[str, Venue],
        *,
        drafts: bool,
        today: datetime.date,
        head: str = "",
    ) -> None:
        self.collection = collection
        self.drafts = drafts
        self.today = today
        self.head = head
        self.added_venues: dict[str, Venue] = {}
        self._known = known_venues
        self._written: list[str] = []
        self._matcher = VenueMatcher(collection.venues)
        former = (name for venue in collection.venues.values() for name in venue.former_ids)
        self._venue_keys = {*collection.venues, *former, *collection.broken}
        self._known_matcher = VenueMatcher(known_venues)
        self._taken = taken_ids(collection)
        self._paths = {name: record.source.path for name, record in collection.records.items()}
        self._seen = Seen()
        for name, record in collection.records.items():
            self._seen.add(name, record)

    @cached_property
    def _suggester(self) -> TopicSuggester:
        return TopicSuggester(self.collection)

    def draft(self, facts: Facts, key: str = "") -> Draft:
        """Return the draft of a paper; its id is taken from then on.

        Args:
            facts: what is known.
            key: the citation key that people have it under, kept where it can be an id.

        Raises:
            DuplicateError: the collection has the paper, or an earlier draft is of it.
            gen.drafting.draft.UnusableError: the facts do not make a record.
        """
        facts = without_marks(facts)
        notes = [*facts.notes, *unknown_language(facts.language), *repeated(facts.authors)]
        record, values, wrong = validate(facts_of_record(facts, None, self.today))
        self._refuse(self._seen.match(record))
        venue = self._venue(facts, notes)
        if venue:
            values = {name: venue if name == "venue" else values[name] for name in _ORDER if name in {*values, "venue"}}
        name = self._free_id(record.title, record.authors, record.year, key)
        path = f"papers/{record.year}/{name}.yaml"
        marks = not self.drafts
        topics = self._suggester.suggest(f"{facts.title} {facts.title} {facts.abstract}") if marks else []
        notes += wrong
        self._taken.add(name)
        self._paths[name] = path
        self._seen.add(name, record)
        return Draft(name, path, self.head + draft_text(values, notes, topics, marks=marks), record, tuple(notes))

    def refuse_present(self, *, arxiv: str | None, doi: str | None) -> None:
        """Raise DuplicateError if the collection has the paper of an arXiv id or DOI."""
        self._refuse(self._seen.numbered(arxiv, doi))

    def refuse_titled(self, title: str) -> None:
        """Raise DuplicateError if the collection has a paper of a title: by nothing else can it be told apart."""
        self._refuse(self._seen.titled(title))

    def _refuse(self, match: Match | None) -> None:
        if match:
            raise DuplicateError(match, self._paths[match.id])

    def _free_id(self, title: str, authors: tuple[str, ...], year: int, key: str) -> str:
        kept = keep_key(key, year, self._taken)
        name = kept or form_id(title, authors, year, self._taken)
        while (self.collection.root / "papers" / str(year) / f"{name}.yaml").exists():  # one that can't be read
            self._taken.add(name)
            name = form_id(title, authors, year, self._taken)
        return name

    def _venue(self, facts: Facts, notes: list[str]) -> str | None:
        """Return the key of the venue; a preprint has none."""
        text = facts.venue
        if not text or is_preprint(text):
            return None
        if key := self._matcher.match(text, facts.venue_type):
            return key
        if known := self._known_matcher.match(text, facts.venue_type):
            key, venue = free_key(known, self._venue_keys), self._known[known]
        else:
            key, venue = new_venue(text, facts.venue_type, self._venue_keys)
        if self.drafts:
            return self._add_venue(key, venue)
        notes.append(f"venues.yaml knows no {text[:120]!r}; name a venue of it, or add an entry for {key}")
        return key

    def _add_venue(self, key: str, venue: Venue) -> str:
        self.added_venues[key] = venue
        self._venue_keys.add(key)
        self._matcher.add(key, venue)
        return key

    def write(self, draft: Draft) -> None:
        """Write a draft below the collection's folder.

        Raises:
            FileExistsError: something stands there.
        """
        write_draft(self.collection.root, draft)
        self._written.append(draft.id)

    def finish(self, *, settled: bool = True) -> None:
        """Add the venues of the drafts to `venues.yaml`, and enter the ids of both where a ledger is kept.

        Args:
            settled: whether the drafts have the ids that they will have; if not, they aren't entered yet.
        """
        root = self.collection.root
        if self.added_venues:
            path = root / VENUES
            replace_file(path, with_venues(path.read_bytes() if path.exists() else b"", self.added_venues))
            self._written += map(venue_entry, self.added_venues)
            self.added_venues = {}
        if settled and read_ledger(root) is not None:
            enter(root, self._written)
            self._written = []
