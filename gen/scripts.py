"""Our browser modules as readers load them: without what only readers of the source need.

The modules are written with comments and indents. What the site serves has neither, and no space that the language
doesn't need, which makes it a fifth smaller. rjsmin takes out of a template literal within another one what it
shouldn't, so no module has one; a test compares what is served with the source, token by token. Scripts of a
bibliography's own are served as they are, and so is what packages ship.
"""

from pathlib import Path

from gen.site import PROJECT

FOLDER = PROJECT / "docs" / "assets" / "js"
"""Where they stand, and nothing else."""


def served(file: Path) -> bytes:
    """Return what the site serves of a file, ours or anybody's."""
    data = file.read_bytes()
    if file.suffix != ".js" or not file.resolve().is_relative_to(FOLDER):
        return data
    from rjsmin import jsmin  # in most builds no file is copied anew

    minified: bytes = jsmin(data)
    return minified
