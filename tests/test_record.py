"""Records: what each field takes and refuses, what is left out, and that nothing can be changed afterwards."""

import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from gen.record import PHRASE, Annotation, Person, Record, Topic, Venue, phrases
from gen.source import Source

FACTS: dict[str, Any] = {"title": "Towers", "authors": ["Jane Doe"], "year": "2023"}
NOTE = {"problem": "P.", "approach": "A.", "findings": "F.", "caveats": "C."}


def record(**values: Any) -> Record:
    return Record.model_validate({**FACTS, **values}, context={"source": Source("papers/2023/doe2023.yaml", Path())})


@pytest.mark.parametrize(
    ("field", "value", "becomes"),
    [
        ("year", "2023", 2023),
        ("month", "5", 5),
        ("title", "  Towers ", "Towers"),
        ("added", "2026-11-21", datetime.date(2026, 11, 21)),
        ("arxiv", "2310.15140", "2310.15140"),
        ("arxiv", "hep-th/9901001", "hep-th/9901001"),
        ("doi", "10.1234/a_(b);c", "10.1234/a_(b);c"),
        ("language", "pt-BR", "pt-BR"),
        ("authors", ["{Toy Institute}", "others"], ("{Toy Institute}", "others")),
    ],
)
def test_a_field_takes_what_it_is_for(field: str, value: object, becomes: object) -> None:
    assert getattr(record(**{field: value}), field) == becomes


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "two\nlines", "write it on one line"),
        ("year", "2_023", "write a number in digits"),
        ("year", "0999", "greater than or equal to 1000"),
        ("month", "13", "less than or equal to 12"),
        ("added", "1700000000", "write the day as 2026-11-21"),
        ("authors", [], "at least 1 item"),
        ("authors", "Jane Doe", "valid tuple"),
        ("authors", ["a, b, c, d, e"], "write 'Given Family', 'Family, Given' or '{Organization}'"),
        ("arxiv", "2310.15141v2", "should match pattern"),
        ("doi", "https://doi.org/10.1234/a", "should match pattern"),
        ("venue", "Neur IPS", "should match pattern"),
        ("links", {"code": "ftp://example.org/x"}, "write a web address that starts with https:// or http://"),
        ("topics", ["a", "b", "c", "d", "e"], "at most 4 items"),
        ("kind", "essay", "Input should be 'method'"),
        ("former_ids", ["Doe_2022"], "should match pattern"),
        ("annotated", {"by": "a", "on": "2026-01-01", "basis": "abstract", "version": "2"}, "should match pattern"),
        ("notice", {"kind": "doubted"}, "Input should be 'retracted', 'withdrawn' or 'corrected'"),
        ("notice", {"kind": "retracted", "on": "May 2024"}, "write the day as 2026-11-21"),
        ("notice", {"kind": "retracted", "url": "doi.org/10.1/x"}, "write a web address"),
        ("titel", "Towers", "Extra inputs are not permitted"),
        ("annotation", {**NOTE, "caveat": "x"}, "Extra inputs are not permitted"),
    ],
)
def test_a_field_refuses_everything_else(field: str, value: object, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        record(**{field: value})
    assert message in str(caught.value)


@pytest.mark.parametrize("field", FACTS)
def test_title_authors_and_year_are_needed_and_nothing_else(field: str) -> None:
    assert record().venue is None
    with pytest.raises(ValidationError, match="Field required"):
        Record.model_validate({name: value for name, value in FACTS.items() if name != field})


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("summary", "TODO"),
        ("topics", ["TODO"]),
        ("annotation", {**NOTE, "caveats": "TODO"}),
        ("annotated", {"by": "TODO", "on": "2026-01-01", "basis": "abstract"}),
    ],
)
def test_what_is_marked_as_to_be_written_is_absent(field: str, written: object) -> None:
    assert getattr(record(**{field: written}), field) in (None, ())
    assert record(summary="What is left to do: TODO.").summary == "What is left to do: TODO."


def test_an_object_can_not_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        record().title = "Other"
    with pytest.raises(ValidationError, match="frozen"):
        Annotation(**NOTE).problem = "Other"


def test_the_id_is_the_name_of_the_file_and_no_part_of_equality() -> None:
    other = Record.model_validate(FACTS, context={"source": Source("papers/2023/roe2023.yaml", Path())})
    assert (record().id, other.id) == ("doe2023", "roe2023")
    assert record() == other
    assert record().digest == other.digest


def test_a_digest_tells_any_two_contents_apart() -> None:
    digests = {record().digest, record(month=5).digest, record(title="towers").digest, record(number="5").digest}
    assert len(digests) == 4
    assert Venue(short="a", name="b", type="book").digest != Venue(short="b", name="a", type="book").digest


NOTED = {"by": "editors", "on": "2026-01-02", "basis": "abstract"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"summary": "Other."}, 1),
        ({"annotated": {**NOTED, "on": "2026-01-03"}}, 1),
        ({"annotated": {**NOTED, "version": "v2"}}, 1),
        ({"title": "Other"}, 2),
        ({"annotated": {**NOTED, "basis": "full text"}}, 3),
        ({"annotated": {**NOTED, "by": "bob-sample"}}, 3),
        ({"annotated": None}, 3),
        ({"summary": None}, 3),
        ({"year": 2022}, 3),
    ],
)
def test_digests_tell_a_note_from_details_and_these_from_what_decides_more(
    changed: dict[str, object], told: int
) -> None:
    given = {"summary": "One.", "annotated": NOTED}
    before, after = record(**given), record(**{**given, **changed})
    ways = attrgetter("digest", "facts_digest", "place_digest")
    assert [old != new for old, new in zip(ways(before), ways(after), strict=True)] == [n < told for n in range(3)]


def test_papers_that_a_text_refers_to_are_known_once_each() -> None:
    note = {**NOTE, "problem": "As in [@b2020] and [@a2019; p. 3], [@b2020].", "caveats": "See [@c-d]."}
    assert record(annotation=note, summary="After [@c-d].").cited == ("c-d", "b2020")
    assert record().cited == ()


def test_authors_are_complete_unless_others_stands_last() -> None:
    assert record().complete_authors
    assert not record(authors=["Jane Doe", "others"]).complete_authors


@given(words=some.lists(some.text("ab", min_size=1, max_size=2), max_size=20))
def test_phrases_are_eight_words_in_a_row(words: list[str]) -> None:
    runs = [tuple(words[start : start + PHRASE]) for start in range(len(words) - PHRASE + 1)]
    found = list(phrases("  ".join(words)))
    assert len(found) == len(runs)
    assert len(set(found)) == len(set(runs))
    assert list(phrases(" ".join(words).upper())) == found


def test_the_phrases_of_a_note_are_those_of_all_its_texts_each_once() -> None:
    eight = "one two three four five six seven eight"
    found = record(summary=eight, annotation={**NOTE, "caveats": f"{eight} nine"}).phrases()
    assert sorted(found) == sorted({*phrases(eight), *phrases(f"{eight} nine")})
    assert len(found) == 2
    assert not record().phrases()


def test_people_and_topics_have_their_own_forms() -> None:
    with pytest.raises(ValidationError, match="should match pattern"):
        Person(name="Jane Doe", orcid="0000-0002-1825")
    assert Person(name="Jane Doe", orcid="0000-0002-1694-233X").orcid
    with pytest.raises(ValidationError, match="Field required"):
        Topic.model_validate({"title": "Towers", "scope": "What is high"})
