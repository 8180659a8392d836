"""Start one record: fetch or read its facts, draft it, write it."""

import datetime
from pathlib import Path

from gen.collection import gather
from gen.drafting.draft import Draft, UnusableError
from gen.drafting.drafter import Drafter, DuplicateError
from gen.facts.arxiv import fetch_arxiv
from gen.facts.clean import clean_line
from gen.facts.client import Client, FetchError
from gen.facts.crossref import fetch_doi
from gen.facts.facts import Facts, arxiv_id
from gen.facts.facts import doi as find_doi
from gen.findings import as_text
from gen.importing.entries import Entry
from gen.importing.run import entries
from gen.names import OTHERS
from gen.reading import read_collection, read_venues
from gen.record_schema import schema_line
from gen.site import PROJECT, load_site


class StartError(Exception):
    """No record could be started; the message says why."""


def drafter_for(root: Path, today: datetime.date | None = None) -> Drafter:
    """Return what makes drafts for the collection below `root`.

    Raises:
        StartError: venues will be added to `venues.yaml`, and that can't be read.
    """
    reading = read_collection(root)
    site = load_site(root)
    wrong = [finding for finding in reading.findings if finding.path.lower().startswith("venues.")]
    if site.drafts and wrong and "venues" in reading.broken:
        told = "\n".join(map(as_text, sorted(wrong)))
        raise StartError(f"no draft can be made before the table of venues is mended:\n{told}")
    today = today or datetime.date.today()
    return Drafter(gather(reading), read_venues(PROJECT), drafts=site.drafts, today=today, head=schema_line(site.url))


def start_record(
    root: Path,
    *,
    arxiv: str | None = None,
    doi: str | None = None,
    bibtex: Path | None = None,
    title: str | None = None,
    client: Client | None = None,
) -> Draft:
    """Write a draft of one paper and return it.

    Args:
        root: folder of the bibliography.
        arxiv: its arXiv id or address; exactly one of the four sources is given.
        doi: its DOI or address.
        bibtex: a file with one entry, in any format that can be imported.
        title: its title, where nothing else is known.
        client: asks the databases.

    Raises:
        StartError: the facts could not be had, do not make a record, or the record is there already.
    """
    drafter = drafter_for(root)
    client = client or Client()
    key = ""
    try:
        number = arxiv_id(arxiv or doi or "")
        drafter.refuse_present(arxiv=number, doi=find_doi(doi or ""))  # before the network is asked
        if arxiv is not None or number:
            facts = fetch_arxiv(arxiv or doi or "", client)
        elif doi is not None:
            facts = fetch_doi(doi, client)
        elif bibtex:
            entry = _only_entry(bibtex)
            facts, key = entry.facts, entry.key
        else:
            drafter.refuse_titled(title or "")
            facts = _from_title(title or "", drafter.today)
        draft = drafter.draft(facts, key)
        drafter.write(draft)
        drafter.finish(settled=title is None)
    except DuplicateError as error:
        advice = "; start another paper of that title from its arXiv id, its DOI or a file" if title else ""
        raise StartError(f"{error}{advice}") from error
    except (FetchError, UnusableError) as error:
        raise StartError(str(error)) from error
    except OSError as error:
        raise StartError(f"the draft can't be written ({error.strerror})") from error
    return draft


def _only_entry(path: Path) -> Entry:
    found = list(entries(path))
    if len(found) != 1:
        raise StartError(f"{path} holds {len(found)} entries; to take them all, use: python -m gen import {path}")
    if not isinstance(found[0], Entry):
        raise StartError(f"{path}:{found[0].line}: {found[0].why}")
    return found[0]


def _from_title(title: str, today: datetime.date) -> Facts:
    note = "nothing but the title is known; write authors, year, venue and identifiers, then name the file after them"
    return Facts(title=clean_line(title), authors=[OTHERS], year=today.year, notes=[note])
