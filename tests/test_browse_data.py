"""The table's data: every paper in every column, decoded to what its record says."""

import json
from dataclasses import replace
from typing import Any

from gen.browse_data import amended, browse_data
from gen.collection import Collection
from gen.record import Links
from gen.text.plain import plain


def rows(collection: Collection) -> list[dict[str, Any]]:
    """Decode the columns as the browser does."""
    data = json.loads(browse_data(collection))
    columns, dictionaries = data["columns"], data["dictionaries"]

    def one(name: str, row: int) -> str | None:
        place = columns[name][row]
        return None if place < 0 else str(dictionaries[name][place][0])

    return [
        {
            "id": columns["id"][row],
            "title": columns["title"][row],
            "year": columns["year"][row],
            "authors": ["others" if place < 0 else dictionaries["authors"][place] for place in columns["authors"][row]],
            "venue": one("venue", row),
            "kind": one("kind", row),
            "added": one("added", row),
            "topics": [dictionaries["topics"][place][0] for place in columns["topics"][row]],
            **{name: columns[name].get(str(row)) for name in ("system", "notice", "code", "arxiv", "doi")},
        }
        for row in range(data["rows"])
    ]


def test_each_paper_is_decoded_to_its_record(real: Collection) -> None:
    decoded = rows(real)
    assert [row["id"] for row in decoded] == list(real.records)
    for row, record in zip(decoded, real.records.values(), strict=True):
        assert row["title"] == plain(record.title)
        assert row["year"] == record.year
        assert len(row["authors"]) == len(record.authors)
        assert (row["authors"][-1] == "others") != record.complete_authors
        assert (row["venue"], row["kind"]) == (record.venue, record.kind)
        assert row["added"] == (record.added and record.added.isoformat())
        assert row["topics"] == list(record.topics)
        assert (row["system"], row["code"]) == (record.system and plain(record.system), record.links.code)
        assert (row["arxiv"], row["doi"]) == (record.arxiv, record.doi)
        assert row["notice"] == (record.notice and record.notice.kind)


def test_what_a_draft_lacks_is_empty(toy: Collection) -> None:
    row = next(row for row in rows(toy) if row["id"] == "anon2019bridge")
    assert row["authors"] == ["others"]
    assert row["code"] is None


def test_what_became_of_a_paper_is_told(toy: Collection) -> None:
    told = {row["id"]: row["notice"] for row in rows(toy) if row["notice"]}
    assert told == {record.id: record.notice.kind for record in toy.records.values() if record.notice}
    assert {"retracted", "corrected"} <= set(told.values())


def test_amended_data_are_those_made_anew(toy: Collection) -> None:
    fields = {"title": "Of $n$ Zebras", "arxiv": "1701.00001", "doi": None, "notice": None, "links": Links()}
    edited = [record.model_copy(update=fields) for record in list(toy.records.values())[1:8:2]]
    now = replace(toy, records={**toy.records, **{record.id: record for record in edited}})
    assert amended(browse_data(toy).encode(), edited) == browse_data(now)
    assert amended(browse_data(now).encode(), [toy.records[record.id] for record in edited]) == browse_data(toy)


def test_a_paper_takes_few_bytes(real: Collection) -> None:
    assert len(browse_data(real).encode()) / len(real.records) < 350
