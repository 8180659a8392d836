"""Write what was planned, as far as it is made of something else than in the last build."""

from collections.abc import Iterable

from gen.fingerprint import Fingerprints, UnknownContentError
from gen.pages import Batch, File, Group, Output, Page
from gen.pages.output import members
from gen.render import Renderer
from gen.write import Known, Writer

DOCS, BATCHES = "docs", "batches"
"""Tables of what each file of `build/docs` was made of, and of the files that were made together."""


def write_share(
    renderer: Renderer, fingerprints: Fingerprints, shared: Writer, outputs: Iterable[Output]
) -> tuple[Known, int]:
    """Write some outputs, perhaps in a process of its own; return what each was made of, and how many changed."""
    writer = shared.share()
    for output in outputs:
        if isinstance(output, Batch):
            _write_batch(output, fingerprints.of(output.of()), writer)
            continue
        key = key_of(output, fingerprints)
        for item in members(output):
            if not (key and writer.keep(item.path, key)):
                writer.write(item.path, renderer.page(item) if isinstance(item, Page) else item.content(), key)
    return writer.known, writer.changed


def _write_batch(batch: Batch, key: str, writer: Writer) -> None:
    if writer.keep_batch(key):
        return
    paths = writer.known.batches[key] = []
    for file in batch.files():
        writer.write(file.path, file.content())
        paths.append(file.path)


def key_of(output: Page | File | Group, fingerprints: Fingerprints) -> str:
    """Return what an output is made of; nothing if that can't be told."""
    try:
        if not isinstance(output, Page):
            return fingerprints.of(output.of()) if output.of else ""
        of = output.of or output.show
        return fingerprints.of(output.title, output.description, output.template, output.layout, of())
    except UnknownContentError:
        return ""
