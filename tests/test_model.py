"""The base of all models: what comes out of a cache is what went in, and takes no more room than that did."""

import pickle
from pathlib import Path

from gen.collection import Collection
from gen.model import digest_of
from gen.record import NOTE, Links, Record
from gen.source import Source

WRITTEN = {
    "title": "On Towers",
    "authors": ["Jane Doe", "others"],
    "year": 2023,
    "links": {"paper": "https://example.org/towers"},
    "relations": [{"to": "b2023", "kind": "uses", "why": "It stacks [@c2023]."}],
}


def record(name: str) -> Record:
    return Record.model_validate(WRITTEN, context={"source": Source(f"papers/2023/{name}.yaml", Path("/somewhere"))})


def kept(item: Record) -> Record:
    found: Record = pickle.loads(pickle.dumps(item))
    return found


def test_what_comes_out_of_a_cache_is_what_went_in() -> None:
    before = record("a2023")
    after = kept(before)
    assert after == before
    assert after.model_dump() == before.model_dump()
    assert after.model_dump(exclude_unset=True) == before.model_dump(exclude_unset=True)
    assert (after.source.path, after.source.root) == ("papers/2023/a2023.yaml", Path("/somewhere"))
    assert isinstance(after.links, Links)
    assert after.relations[0].why == "It stacks [@c2023]."


def test_every_real_record_comes_out_as_it_went_in(real: Collection) -> None:
    for before in real.records.values():
        after = kept(before)
        assert after == before
        assert after.model_dump_json() == before.model_dump_json()
        assert after.model_fields_set == before.model_fields_set


def test_what_was_worked_out_is_kept_and_nothing_else_is() -> None:
    before = record("a2023")
    assert "digest" not in vars(kept(before))
    assert before.cited == ("c2023",)
    after = kept(before)
    assert vars(after).keys() - Record.model_fields.keys() == {"cited"}
    assert after.digest == before.digest == digest_of(before.facts_digest + before.model_dump_json(include=NOTE))


def test_objects_share_the_names_of_their_fields() -> None:
    one, other = kept(record("a2023")), kept(record("b2023"))
    assert one.model_fields_set is other.model_fields_set
    assert all(name is same for name, same in zip(vars(one), vars(other), strict=True))
    _ = one.id, one.digest
    assert all(name is same for name, same in zip(vars(kept(one)), vars(one), strict=True))
    assert record("a2023").model_fields_set is record("b2023").model_fields_set
