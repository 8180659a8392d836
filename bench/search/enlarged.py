"""A larger collection than the real one, to weigh the index: records whose sentences are those of real ones, mixed."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

from gen.collection import Collection
from gen.pages.output import Batch
from gen.pages.search import pages
from gen.record import ANNOTATION_PARTS, Annotation, Record
from gen.source import Source


def copy_enlarged(collection: Collection, number: int, site: Path, folder: Path) -> None:
    """Copy a built site, without the pages of its papers, with the search index of `number` invented records."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("papers"))
    shutil.rmtree(folder / "search")
    write_pieces(collection, number, folder)


def write_pieces(collection: Collection, number: int, folder: Path) -> None:
    """Write the search index of `number` invented records below `folder`, the same ones every time."""
    batches = (output for output in pages(enlarge(collection, number)) if isinstance(output, Batch))
    for file in (file for batch in batches for file in batch.files()):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = file.content()
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def enlarge(collection: Collection, number: int) -> Collection:
    """Return a collection of `number` records, each with title, authors, summary and note of different ones.

    One word in twenty is replaced by one that few records share, since a larger collection also has more words.
    """
    chance = random.Random(20_000)
    models = [record for record in collection.records.values() if record.annotation and record.summary]
    letters = "abcdefghiklmnoprstuvw"

    def varied(text: str) -> str:
        words = text.split()
        for position in range(len(words)):
            if words[position].isalpha() and chance.random() < 0.05:
                words[position] += "".join(chance.choices(letters, k=2))
        return " ".join(words)

    def invented(position: int) -> Record:
        facts, names, note = chance.choices(models, k=3)
        assert note.annotation
        note_parts = {part: varied(getattr(chance.choice(models).annotation, part)) for part in ANNOTATION_PARTS}
        record = facts.model_copy(
            update={
                "title": varied(facts.title),
                "system": facts.system and varied(facts.system),
                "authors": names.authors,
                "summary": varied(note.summary or ""),
                "annotation": Annotation(**note_parts),
                "former_ids": (),
            }
        )
        record._source = Source(f"invented{position}.yaml", facts.source.root)
        for known in ("id", "digest", "cited"):  # what the model has worked out for itself
            record.__dict__.pop(known, None)
        return record

    records = sorted((invented(position) for position in range(number)), key=lambda record: record.id)
    return replace(collection, records={record.id: record for record in records})
