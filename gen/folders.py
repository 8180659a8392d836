"""What lies below a folder, and how files there are written whole, replaced and removed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath


def walk(folder: Path | str) -> Iterator[tuple[str, int]]:
    """Yield the relative path of every file and link below a folder, with its inode; nothing if there is no folder."""
    return ((path, entry.inode()) for path, entry in entries(folder))


def entries(folder: Path | str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield the relative path of every file and link below a folder, with what the system says of it."""
    left = [(str(folder), "")]
    while left:
        where, prefix = left.pop()
        try:
            found = os.scandir(where)
        except (FileNotFoundError, NotADirectoryError):
            continue
        with found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    left.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    yield prefix + entry.name, entry


def sources(folder: Path | str) -> list[str]:
    """Return the relative paths of all files below a folder, and behind links there, sorted.

    What an editor or macOS puts beside a file is none of them, nor is a link that leads nowhere.
    """
    found: list[str] = []
    seen: set[str] = set()
    for where, folders, files in os.walk(folder, followlinks=True):
        place = os.path.realpath(where)
        if place in seen:  # a link may lead to a folder that it lies in
            folders.clear()
            continue
        seen.add(place)
        folders.sort()
        below = Path(where).relative_to(folder)
        found += [(below / name).as_posix() for name in files if not is_beside(name) and Path(where, name).is_file()]
    return sorted(found)


def is_beside(path: str) -> bool:
    """Whether a file is what Emacs puts beside another one while that is edited, or macOS on a disk not its own."""
    return path.rpartition("/")[2].startswith((".#", "._"))


def not_plain(file: Path) -> str:
    """Return why what stands here is not to be read, in words; nothing for a file, or where there is none.

    A link may lead anywhere, and for a pipe one would wait.
    """
    if file.is_symlink():
        return "this is a link, not a file"
    return "this is no file" if file.exists() and not file.is_file() else ""


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
"""How a file is opened that isn't there yet; whatever stands there is told as an error, a link too."""


def write_file(path: str, data: bytes) -> None:
    """Write a file whole; `open` takes a fifth longer, and its `write` ends early without a word on a full disk.

    A file or link that stands there goes, and is never written into: a hard link to it keeps showing what it showed.
    It isn't renamed over either, since what is renamed so has to reach the disk first (ext4's `auto_da_alloc`).

    Raises:
        OSError: it can't be written.
    """
    try:
        file = os.open(path, _NEW, 0o666)
    except FileExistsError:
        Path(path).unlink()
        file = os.open(path, _NEW, 0o666)
    try:
        written = os.write(file, data)
        while written < len(data):
            written += os.write(file, data[written:])
    finally:
        os.close(file)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of the one that is there, if any; where it can't be written whole, that one stays.

    A link stays too, and leads to the new file.

    Raises:
        OSError: it can't be written; tells which file.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.new")
    try:
        write_file(str(beside), data)
        with suppress(FileNotFoundError):
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from error


def remove(folder: Path, paths: set[str]) -> None:
    """Remove files below a folder, and the folders that are empty then."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):  # gone, or what has its name stays
            (folder / path).unlink()
    parents = {folder / parent for path in paths for parent in PurePosixPath(path).parents}
    for parent in sorted(parents, key=lambda path: -len(path.parts)):
        if parent != folder and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
