"""Write: the one narrow door to a folder of generated files.

A file is touched only where its bytes changed, so that tools which go by modification time do as little as
possible; what nothing produces any more goes. Files are replaced and never written into, so that a hard link to one
(gen/publish.py makes them) keeps showing what it showed.
"""

import shutil
from collections.abc import Callable, Mapping, Set
from copy import copy
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from gen.fingerprint import SIZE
from gen.folders import not_plain, remove, walk, write_file


@dataclass(slots=True)
class Known:
    """What a writer knows of a folder's files, for the one that fills it next."""

    keys: dict[str, str] = field(default_factory=dict)
    """What each file was made of, or a digest of its bytes where nobody said."""
    batches: dict[str, list[str]] = field(default_factory=dict)
    """The files that were made together, by what they were made of."""


_OUTSIDE = frozenset(("", ".", ".."))
"""Parts of a path that don't lead straight down; the first is what stands before a slash at the beginning."""


class Writer:
    """Writes files below one folder; after `finish` the folder holds what was written or kept and nothing else."""

    def __init__(self, folder: Path, before: Known | None = None, present: Set[str] | None = None) -> None:
        """Look at what is there.

        Args:
            folder: made if it isn't there.
            before: what the writer knew that filled the folder last.
            present: the files that are there, if somebody knows; then nobody looks.
        """
        self.folder = folder
        self.known = Known()
        """What was written or kept in this run."""
        self.changed = 0
        """How many files were new or had other bytes than before."""
        self._before = before or Known()
        self._present = {path for path, _ in walk(folder)} if present is None else present
        self._folders: set[str] = set()

    def share(self) -> "Writer":
        """Return a writer of the same folder for another process; `take_over` counts what it did."""
        other = copy(self)
        other.known, other.changed, other._folders = Known(), 0, set()
        return other

    def keep(self, path: str, key: str) -> bool:
        """Leave a file as it is if it is there and was made of the same; return whether that is so."""
        if self._before.keys.get(path) != key or path not in self._present:
            return False
        self._once(path)
        self.known.keys[path] = key
        return True

    def keep_batch(self, key: str) -> bool:
        """Leave files as they are that were made together of the same; return whether all of them are there."""
        paths = self._before.batches.get(key)
        keys = self._before.keys
        if not paths or not all(path in self._present and path in keys for path in paths):
            return False
        self.known.batches[key] = paths
        return all(self.keep(path, keys[path]) for path in paths)

    def write(self, path: str, content: str | bytes, key: str = "") -> None:
        """Write one file.

        Args:
            path: relative, with forward slashes.
            content: text is written as UTF-8.
            key: what it was made of.

        Raises:
            ValueError: the path leaves the folder, or was written before in this run.
        """
        data = content.encode() if isinstance(content, str) else content
        self._claim(path)
        self.known.keys[path] = key or blake2b(data, digest_size=SIZE).hexdigest()
        if path in self._present and _holds(f"{self.folder}/{path}", data):
            return
        self.changed += 1
        try:
            self._put(path, data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            self._make_room(path)
            self._put(path, data)

    def _put(self, path: str, data: bytes) -> None:
        folder = path.rpartition("/")[0]  # called for every file; a Path costs ten times as much
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        write_file(f"{self.folder}/{path}", data)

    def _make_room(self, path: str) -> None:
        """Remove what an earlier run left where now a file is a folder, or a folder a file."""
        if not any(other.startswith(f"{path}/") for other in self.known.keys):
            shutil.rmtree(self.folder / path, ignore_errors=True)
        for parent in map(str, PurePosixPath(path).parents):
            if (self.folder / parent).is_file() and parent not in self.known.keys:
                (self.folder / parent).unlink()

    def copy_trees(self, *layers: Mapping[str, Path], read: Callable[[Path], bytes] = Path.read_bytes) -> None:
        """Write what `read` gives of every file of some folders, each under its relative path after its prefix.

        Where two layers have a file of the same path, the later layer's is written. A link is left out, and what is no
        file, such as a pipe that one would wait for.
        """
        sources = {
            prefix + path: folder / path
            for layer in layers
            for prefix, folder in layer.items()
            for path in sorted(path for path, _ in walk(folder))
        }
        for path, source in sources.items():
            if not not_plain(source):
                self.write(path, read(source))

    def take_over(self, known: Known, changed: int) -> None:
        """Count files that another writer of the same folder wrote.

        Raises:
            ValueError: one of them was written here too.
        """
        if twice := self.known.keys.keys() & known.keys.keys():
            raise ValueError(f"{min(twice)!r} is written twice")
        self.known.keys.update(known.keys)
        self.known.batches.update(known.batches)
        self.changed += changed

    def finish(self) -> None:
        """Remove files that were not written in this run, and folders that are empty then."""
        remove(self.folder, set(self._present) - self.known.keys.keys())

    def _claim(self, path: str) -> None:
        if not _OUTSIDE.isdisjoint(path.split("/")):
            raise ValueError(f"{path!r} is not a path below the folder")
        self._once(path)

    def _once(self, path: str) -> None:
        if path in self.known.keys:
            raise ValueError(f"{path!r} is written twice")


def _holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read() == data
    except OSError:
        return False
