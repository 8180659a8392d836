"""Our browser modules as readers load them: without what only readers of the source need.

The modules are written with comments and indents. What the site serves has neither, which makes it a sixth smaller;
all else stays line by line, so that a message of the browser's console can be followed into the source. No module
holds a text of several lines, whose indents would matter.
"""

import re

FOLDER = "assets/js/"
"""Where they stand on the site. What packages ship is served as they ship it."""

_LEFT_OUT = re.compile(rb"^[ \t]*(?://[^\n]*\n|/\*\*.*?\*/[ \t]*\n|\n)?|(?<=[;{]) // [^\n]*", re.MULTILINE | re.DOTALL)


def served(path: str, data: bytes) -> bytes:
    """Return what the site serves at a path.

    Args:
        path: below the site's root.
        data: the file as it is written.
    """
    return _LEFT_OUT.sub(b"", data) if path.startswith(FOLDER) and path.endswith(".js") else data
