"""Feeds: valid Atom by RFC 4287's own rules, with summaries, deterministic, whatever the titles hold."""

import datetime
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gen.collection import Collection
from gen.feeds import ATOM, ENTRIES, entry, feed, latest
from gen.pages import File, Page
from gen.pages.news import pages
from gen.record import Record
from gen.site import Site, load_site
from tests.conftest import PROJECT, TOY

A = f"{{{ATOM}}}"


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(TOY)


def feeds(collection: Collection, site: Site) -> dict[str, ET.Element]:
    files = (output for output in pages(collection, site) if isinstance(output, File))
    return {file.path: ET.fromstring(file.content()) for file in files}


def check(root: ET.Element) -> None:
    """What RFC 4287 demands of a feed (4.1.1) and an entry (4.1.2)."""
    assert root.tag == f"{A}feed"
    ids = [element.text for element in root.iter(f"{A}id")]
    assert len(ids) == len(set(ids))
    for element in (root, *root.iter(f"{A}entry")):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(f"{A}{tag}")) == 1
        identifier = element.findtext(f"{A}id")
        assert identifier
        assert identifier.startswith("https://")
        stamp = element.findtext(f"{A}updated")
        assert stamp
        assert datetime.datetime.fromisoformat(stamp).tzinfo is datetime.UTC
    assert root.find(f"{A}author/{A}name") is not None
    assert root.find(f"{A}link[@rel='self']") is not None
    for item in root.iter(f"{A}entry"):
        assert item.find(f"{A}link[@rel='alternate']") is not None


def test_there_is_one_of_all_and_one_of_each_topic_and_area(toy: Collection, site: Site) -> None:
    found = feeds(toy, site)
    assert set(found) == {
        "feed.xml",
        "topics/blocks.xml",
        "topics/bridges.xml",
        "topics/spires.xml",
        "topics/towers.xml",
    }
    for path, root in found.items():
        check(root)
        link = root.find(f"{A}link[@rel='self']")
        assert link is not None
        present = path.replace("spires", "towers")
        assert link.get("href") == f"https://example.org/toy/{present}"
        page = root.find(f"{A}link[@rel='alternate']")
        assert page is not None
        assert page.get("type") == "text/html"
        assert page.get("href") == root.findtext(f"{A}id")


def test_an_entry_says_what_a_reader_needs(toy: Collection, site: Site) -> None:
    root = feeds(toy, site)["feed.xml"]
    [entry] = [item for item in root.iter(f"{A}entry") if "example2023fast" in (item.findtext(f"{A}id") or "")]
    assert (entry.findtext(f"{A}title") or "").endswith(" & Beyond, 100% of the Time_s #1")
    assert entry.findtext(f"{A}updated") == "2026-01-02T00:00:00Z"
    assert (entry.findtext(f"{A}summary") or "").startswith("Stacks blocks two at a time")
    assert [name.text for name in entry.iter(f"{A}name")] == ["Ada Example", "José Müller-Ångström", "Bob Sample, Jr"]
    [link] = entry.findall(f"{A}link")
    assert (link.get("rel"), link.get("type")) == ("alternate", "text/html")
    assert link.get("href") == "https://example.org/toy/papers/example2023fast/"
    assert [category.get("term") for category in entry.iter(f"{A}category")] == ["towers", "bridges"]


def test_a_note_that_came_later_updates_the_entry_and_the_feed(toy: Collection, site: Site) -> None:
    record = toy.records["sample2024slow"]
    assert record.annotated
    later = record.model_copy(
        update={"annotated": record.annotated.model_copy(update={"on": datetime.date(2026, 11, 20)})}
    )
    made = ET.fromstring(f'<a xmlns="{ATOM}">{entry(toy, site, str, later)}</a>')
    stamps = [made.findtext(f"{A}entry/{A}{tag}") for tag in ("published", "updated")]
    assert stamps == ["2026-02-03T00:00:00Z", "2026-11-20T00:00:00Z"]
    assert "<updated>2026-11-20T00:00:00Z</updated>" in feed(site, [later, *toy.newest], None, str)


def test_entries_come_latest_first(toy: Collection, site: Site) -> None:
    stamps = [entry.findtext(f"{A}updated") or "" for entry in feeds(toy, site)["feed.xml"].iter(f"{A}entry")]
    assert len(stamps) == len(toy.records)
    assert stamps == sorted(stamps, reverse=True)


def test_a_site_without_address_has_no_feed(toy: Collection, site: Site) -> None:
    outputs = list(pages(toy, replace(site, url="")))
    assert not [output for output in outputs if isinstance(output, File)]
    [page] = [output for output in outputs if isinstance(output, Page)]
    assert page.head() == ""


def test_real_feeds_are_valid_and_not_endless(real: Collection) -> None:
    found = feeds(real, load_site(PROJECT))
    assert len(found) == 1 + len(real.topics)
    for root in found.values():
        check(root)
        entries = root.findall(f"{A}entry")
        assert 0 < len(entries) <= ENTRIES
        assert all(entry.findtext(f"{A}summary") for entry in entries)


def test_pages_lead_to_their_feed(toy_site: Path) -> None:
    def feed_of(page: str) -> str:
        html = (toy_site / page / "index.html").read_text(encoding="utf-8")
        return html.partition('type="application/atom+xml" href="')[2].partition('"')[0]

    assert feed_of("") == "feed.xml"
    assert feed_of("new") == "../feed.xml"
    assert feed_of("topics/towers") == "../../topics/towers.xml"
    assert feed_of("topics/blocks") == "../../topics/blocks.xml"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_text_gives_well_formed_xml(toy: Collection, site: Site, text: str) -> None:
    record = next(iter(toy.records.values()))
    strange = Record.model_construct(**{**dict(record), "title": text, "summary": text})
    strange._source = record.source
    assert latest([strange]) == [strange]
    check(ET.fromstring(feed(site, [strange], None, lambda _: entry(toy, site, str, strange))))
