"""A new, empty bibliography: its settings, tables, hand-written pages and workflows."""

from pathlib import Path
from urllib.parse import urlsplit

from gen.dump import scalar
from gen.ledger import LEDGER, enter
from gen.site import PROJECT, load_site

FILES = Path(__file__).with_name("scaffolding")
"""The files of a new bibliography; `__NAME__` and its like are filled in, `github` and `gitignore` get their dot."""
_DOTTED = ("github", "gitignore")


def scaffold(folder: Path, name: str) -> list[str]:
    """Write a new bibliography.

    Args:
        folder: where; made if it is not there. May hold a `.git`, and nothing else.
        name: name of the site.

    Returns:
        The paths of the files written, relative to the folder.

    Raises:
        FileExistsError: the folder holds something already.
    """
    if folder.exists() and any(item.name != ".git" for item in folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    name = " ".join(name.split()) or "Bibliography"
    generator = load_site(PROJECT).repository
    filled = {
        "__NAME__": scalar(name),
        "__TITLE__": name,
        "__DESCRIPTION__": scalar("A bibliography."),
        "__GENERATOR__": generator,
        "__REPOSITORY__": urlsplit(generator).path.strip("/"),
    }
    written = []
    for source in sorted(path for path in FILES.rglob("*") if path.is_file()):
        text = source.read_text(encoding="utf-8")
        for mark, value in filled.items():
            text = text.replace(mark, value)
        parts = source.relative_to(FILES).parts
        path = Path(f".{parts[0]}" if parts[0] in _DOTTED else parts[0], *parts[1:])
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(path.as_posix())
    (folder / "papers").mkdir()
    enter(folder, [])
    return [*written, LEDGER]
