"""Our browser modules as readers load them: without what only readers of the source need.

The modules are written with comments and indents. What the site serves has neither, which makes it a sixth smaller;
all else stays line by line, so that a message of the browser's console can be followed into the source. No module
holds a text of several lines, whose indents would matter, or one with what looks like a comment. Scripts of a
bibliography's own may, and what packages ship is shipped so: both are served as they are.
"""

import re
from pathlib import Path

from gen.site import PROJECT

FOLDER = PROJECT / "docs" / "assets" / "js"
"""Where they stand, and nothing else."""

_LEFT_OUT = re.compile(rb"^[ \t]*(?://[^\n]*\n|/\*\*.*?\*/[ \t]*\n|\n)?|(?<=[;{]) // [^\n]*", re.MULTILINE | re.DOTALL)


def served(file: Path) -> bytes:
    """Return what the site serves of a file, ours or anybody's."""
    data = file.read_bytes()
    return _LEFT_OUT.sub(b"", data) if file.suffix == ".js" and file.resolve().is_relative_to(FOLDER) else data
