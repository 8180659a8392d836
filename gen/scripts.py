"""Our browser modules as readers load them: without what only readers of the source need.

The modules are written with comments, indents and names that say something. What the site serves has one line a module
and short names within it, which makes it a third smaller. It is what the tests run in a browser. Scripts of a
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
    import minify  # in most builds no file is copied anew

    minified: str = minify.string("application/javascript", data.decode())
    return minified.encode()
