"""Files of the whole with some records edited are those that would be made anew."""

from dataclasses import replace

import pytest

from gen.collection import Collection
from gen.pages import data
from gen.pages.amended import UnlikeError
from gen.pages.amended import data as amended
from gen.paper_data import jsonl, table
from gen.record import Record


def edited(record: Record) -> Record:
    other = record.model_copy(update={"summary": 'Says "so, too", and more.'})
    other._source = record.source
    other.__dict__.pop("digest", None)
    return other


def whole(collection: Collection) -> dict[str, bytes]:
    return {data.LINES: jsonl(collection), data.TABLE: table(collection).encode()}


@pytest.mark.parametrize("places", [[0], [-1], [3, 7]])
def test_edited_records_stand_in_the_place_of_what_they_were(real: Collection, places: list[int]) -> None:
    records = list(real.records.values())
    edits = [(records[place], edited(records[place])) for place in places]
    after = replace(real, records=dict(real.records) | {new.id: new for _, new in edits})
    made = {file.path: file.content() for file in amended(after, edits, whole(real).__getitem__)}
    assert made == whole(after)


def test_a_file_that_does_not_hold_a_record_is_refused(toy: Collection) -> None:
    record = next(iter(toy.records.values()))
    files = whole(replace(toy, records={key: item for key, item in toy.records.items() if item is not record}))
    with pytest.raises(UnlikeError):
        list(amended(toy, [(record, edited(record))], files.__getitem__))


def test_a_file_that_holds_a_record_twice_is_refused(toy: Collection) -> None:
    record = next(iter(toy.records.values()))
    files = {path: content * 2 for path, content in whole(toy).items()}
    with pytest.raises(UnlikeError):
        list(amended(toy, [(record, edited(record))], files.__getitem__))
