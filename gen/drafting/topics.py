"""Likely topics of a paper, by likeness to the papers that are there."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from anyascii import anyascii

from gen.collection import Collection
from gen.drafting.ids import STOP_WORDS
from gen.record import ANNOTATION_PARTS, Record

NEIGHBORS = 12
"""Papers that vote for their topics."""


class TopicSuggester:
    """Finds the nearest records by their words (tf-idf, cosine) and lets them vote for their topics."""

    def __init__(self, collection: Collection) -> None:
        self.topics = {slug for slug, topic in collection.topics.items() if topic.area}
        self.records = [record for record in collection.records.values() if record.topics]
        counts = [Counter(_words(_text(record))) for record in self.records]
        documents = Counter(word for count in counts for word in count)
        self.idf = {word: math.log((1 + len(counts)) / number) for word, number in documents.items()}
        self.postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, count in enumerate(counts):
            weights = self._weights(count)
            for word, weight in weights.items():
                self.postings[word].append((index, weight))

    def _weights(self, count: Counter[str]) -> dict[str, float]:
        weights = {word: (1 + math.log(n)) * self.idf[word] for word, n in count.items() if word in self.idf}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}

    def suggest(self, text: str, limit: int = 3) -> list[str]:
        """Return up to `limit` topics, the likeliest first; those far behind the first are left out."""
        likeness: defaultdict[int, float] = defaultdict(float)
        for word, weight in self._weights(Counter(_words(text))).items():
            for index, other in self.postings[word]:
                likeness[index] += weight * other
        nearest = sorted(likeness.items(), key=lambda item: (-item[1], item[0]))[:NEIGHBORS]
        votes: defaultdict[str, float] = defaultdict(float)
        for index, weight in nearest:
            for place, topic in enumerate(self.records[index].topics):
                if topic in self.topics:
                    votes[topic] += weight * weight / (1 + place)
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return [topic for topic, vote in ranked[:limit] if vote >= 0.35 * ranked[0][1]]


def _text(record: Record) -> str:
    note = record.annotation
    parts = [record.title, record.title, record.summary or ""]
    parts += [getattr(note, part) for part in ANNOTATION_PARTS] if note else []
    return " ".join([*parts, *record.benchmarks, *record.builds_on])


def _words(text: str) -> Iterator[str]:
    """Yield lower-case words without stop words and without the ending of the plural."""
    for word in re.findall(r"[a-z][a-z0-9]{2,}", anyascii(text).lower()):
        if word not in STOP_WORDS:
            yield word[:-1] if word.endswith("s") and not word.endswith("ss") else word
