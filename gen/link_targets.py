"""What pages written by hand may link to: whatever the generator wrote, though MkDocs reads none of it."""

from collections.abc import Collection
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


class LinkTargets(Files):
    """MkDocs' files, and those of `build/docs` as far as a link asks for them."""

    def __init__(self, files: Files, docs: Path, planned: Collection[str], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._docs = docs
        self._planned = planned
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file of a path, or None if nothing of that path will be in the site."""
        found = super().get_file_from_path(path)
        if found is None and (path in self._planned or (self._docs / path).is_file()):
            return File.generated(self._config, path, abs_src_path=str(self._docs / path))
        return found
