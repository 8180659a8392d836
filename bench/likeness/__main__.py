"""How well neighbors by likeness find the papers that curators related by hand, and what that costs.

Run from the root: `python -m bench.likeness`. The alternatives need `pip install scikit-learn bm25s`.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gen.checking import check_collection
from gen.likeness import likeness, near_papers, term, words
from gen.pictures.layout import apart, layout
from gen.record import Record

FIRST = 5
Ranking = Mapping[str, Sequence[str]]


def ours(records: Sequence[Record]) -> Ranking:
    """The generator's own."""
    return {key: [neighbor.id for neighbor in found] for key, found in likeness(records).items()}


def _documents(records: Sequence[Record]) -> list[list[str]]:
    return [[term(word) for word in words(record).elements()] for record in records]


def scikit(records: Sequence[Record]) -> Ranking:
    """TF-IDF of scikit-learn over all terms, cosine of all pairs, the same words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=2).fit_transform(_documents(records))
    cosine = (matrix @ matrix.T).toarray()
    return _ranked(records, cosine)


def bm25(records: Sequence[Record]) -> Ranking:
    """bm25s with each paper's whole text as the question, the same words."""
    import bm25s

    documents = _documents(records)
    index = bm25s.BM25()
    index.index(documents, show_progress=False)
    return _ranked(records, [index.get_scores(list(dict.fromkeys(document))) for document in documents])


def _ranked(records: Sequence[Record], scores: Sequence[Sequence[float]]) -> Ranking:
    ids = [record.id for record in records]
    return {
        key: [other for _, other in sorted(zip(-row, ids, strict=True)) if other != key][:FIRST]  # type: ignore[operator]
        for key, row in zip(ids, scores, strict=True)
    }


def measure(name: str, rank: Callable[[Sequence[Record]], Ranking], records: Sequence[Record]) -> str:
    """Return one line: hits, recall, processor time with imports."""
    related: dict[str, set[str]] = {record.id: set() for record in records}
    for record in records:
        for relation in record.relations:
            related[record.id].add(relation.to)
            related[relation.to].add(record.id)
    start = time.process_time()
    ranking = rank(records)
    spent = time.process_time() - start
    asked = [key for key in related if related[key]]
    found = {key: len(related[key] & set(ranking[key][:FIRST])) for key in asked}
    hits = sum(map(bool, found.values())) / len(asked)
    recall = sum(found.values()) / sum(min(FIRST, len(related[key])) for key in asked)
    return f"{name:8} {hits:8.3f} {recall:8.3f} {spent:8.2f}"


Placed = Mapping[str, tuple[float, float]]


def places(records: Sequence[Record]) -> Placed:
    """The generator's own layout."""
    return apart(layout(near_papers(likeness(records)), 960, 680), 960, 680, 12)


def tsne(records: Sequence[Record]) -> Placed:
    """The t-SNE of scikit-learn on the same vectors."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.manifold import TSNE

    matrix = TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=2).fit_transform(_documents(records))
    plane = TSNE(metric="cosine", init="random", perplexity=15, random_state=0).fit_transform(matrix)
    return {record.id: tuple(point) for record, point in zip(records, plane.tolist(), strict=True)}


def kept(records: Sequence[Record], placed: Placed) -> float:
    """Return how many of each paper's ten most alike are among the ten nearest on the plane, as a share."""
    total = 0
    for key, found in likeness(records).items():
        x, y = placed[key]
        near = sorted(placed, key=lambda other: (placed[other][0] - x) ** 2 + (placed[other][1] - y) ** 2)[1:11]
        total += len({neighbor.id for neighbor in found[:10]} & set(near))
    return total / (10 * len(placed))


def main() -> None:
    """Print the table of bench/likeness/README.md."""
    collection, _ = check_collection(Path())
    records = list(collection.records.values())
    print(f"{'':8} {'any of 5':>8} {'recall 5':>8} {'CPU s':>8}")
    for name, rank in {"ours": ours, "scikit": scikit, "bm25s": bm25}.items():
        print(measure(name, rank, records))
    print(f"{'':8} {'kept':>8} {'CPU s':>8}")
    for name, place in {"ours": places, "t-SNE": tsne}.items():
        start = time.process_time()
        placed = place(records)
        print(f"{name:8} {kept(records, placed):8.3f} {time.process_time() - start:8.2f}")
    for times in (10, 20):
        many = [record.model_copy() for _ in range(times) for record in records]
        for number, record in enumerate(many):
            record.__dict__["id"] = f"{record.id}-{number}"
        start = time.process_time()
        likeness(many)
        print(f"ours, {len(many)} papers: {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
