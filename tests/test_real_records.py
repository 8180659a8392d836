"""What the bibliography promises of its content, held against the real records."""

from collections import Counter

import pytest

from gen.collection import Collection
from gen.text.prose import prose_citations


def _words(text: str) -> int:
    return len(text.split())


def test_the_collection_is_large_and_every_record_is_annotated(real: Collection) -> None:
    assert len(real.records) >= 475
    for record in real.records.values():
        assert record.annotated, record.id
        assert record.summary, record.id
        assert 1 <= len(record.topics) <= 4, record.id


def test_papers_are_woven_together(real: Collection) -> None:
    degree: Counter[str] = Counter()
    for record in real.records.values():
        for relation in record.relations:
            degree[record.id] += 1
            degree[relation.to] += 1
    assert sum(degree.values()) // 2 >= 600
    alone = [name for name in real.records if not degree[name]]
    assert len(alone) <= 40, alone


def test_the_taxonomy_has_a_shape_one_can_browse(real: Collection) -> None:
    assert 10 <= len(real.areas) <= 16
    topics = [topic for topic in real.topics.values() if topic.area]
    assert 50 <= len(topics) <= 80
    sizes = {topic.id: len(real.by_topic[topic.id]) for topic in topics}
    assert {slug: size for slug, size in sizes.items() if not 3 <= size <= 40} == {}


def test_topics_are_introduced(real: Collection) -> None:
    for topic in real.topics.values():
        if topic.area is None:
            assert 40 <= _words(topic.introduction) <= 150, topic.id
            continue
        assert 100 <= _words(topic.introduction) <= 260, topic.id
        assert 2 <= len(topic.start_here) <= 4, topic.id
        members = {record.id for record in real.by_topic[topic.id]}
        cited = set(prose_citations(topic.introduction)) & members
        assert len(cited) >= min(3, len(members)), topic.id
        assert {start.paper for start in topic.start_here} <= members, topic.id


def test_reading_paths_have_five_to_nine_steps(real: Collection) -> None:
    assert len(real.paths) >= 8
    for path in real.paths.values():
        assert 5 <= len(path.steps) <= 9, path.id


@pytest.mark.parametrize("kind", ["speed", "memory", "quality", "bound"])
def test_results_of_the_usual_kinds_are_recorded(real: Collection, kind: str) -> None:
    found = [result for record in real.records.values() for result in record.results if result.kind == kind]
    assert len(found) >= 10


def test_a_published_title_is_carried_beside_the_listed_one(real: Collection) -> None:
    assert sum(bool(record.also_titled) for record in real.records.values()) >= 18
