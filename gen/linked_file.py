"""MkDocs' copying of files, done by a hard link: a site has thousands of small exports, and links cost a tenth.

Both folders are generated, and the generator replaces files rather than write into them (`gen.write`), so that a
link never shows what was written later.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from mkdocs.structure.files import File


class LinkedFile(File):
    """A generated file that needs no page."""

    def copy_file(self, dirty: bool = False) -> None:
        """Put the file into the site; where it can't be linked, as to another disk, copy it."""
        assert self.abs_src_path
        try:
            os.link(self.abs_src_path, self.abs_dest_path)
        except FileNotFoundError:
            Path(self.abs_dest_path).parent.mkdir(parents=True, exist_ok=True)
            os.link(self.abs_src_path, self.abs_dest_path)
        except OSError:
            super().copy_file(dirty)


def link_files(files: Iterable[File], folder: str) -> None:
    """Let every file of the generated folder that is no page be linked."""
    for file in files:
        generated = file.abs_src_path and file.abs_src_path.startswith(folder + os.sep)
        if generated and not file.is_documentation_page():
            file.__class__ = LinkedFile
