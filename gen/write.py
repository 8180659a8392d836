"""Write: the one narrow door to a folder of generated files.

A file is touched only where its bytes changed, so that tools which go by modification time do as little as
possible; what nothing produces any more goes.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath


class Writer:
    """Writes files below one folder; after `finish` the folder holds what was written and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: set[str] = set()
        self._folders: set[Path] = set()
        self.changed = 0
        """How many files were new or had other bytes than before."""

    def write(self, path: str, content: str | bytes) -> None:
        """Write one file.

        Args:
            path: relative, with forward slashes.
            content: text is written as UTF-8.

        Raises:
            ValueError: the path leaves the folder, or was written before in this run.
        """
        data = content.encode() if isinstance(content, str) else content
        target = self._claim(path)
        if _same(target, data):
            return
        self.changed += 1
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        partial = target.with_name(f".{target.name}.partial")
        partial.write_bytes(data)
        os.replace(partial, target)

    def copy_trees(self, *layers: Mapping[str, Path]) -> None:
        """Write every file of some folders, each under its relative path after its prefix.

        Where two layers have a file of the same path, the later layer's is written.
        """
        sources = {
            prefix + path.relative_to(folder).as_posix(): path
            for layer in layers
            for prefix, folder in layer.items()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        for path, source in sources.items():
            self.write(path, source.read_bytes())

    def take_over(self, paths: set[str], changed: int) -> None:
        """Count files that another writer of the same folder wrote.

        Raises:
            ValueError: one of them was written here too.
        """
        if twice := self.written & paths:
            raise ValueError(f"{min(twice)!r} is written twice")
        self.written |= paths
        self.changed += changed

    def finish(self) -> None:
        """Remove files that were not written in this run, and folders that are empty then."""
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(self.folder).as_posix() not in self.written:
                path.unlink()

    def _claim(self, path: str) -> Path:
        parts = PurePosixPath(path).parts
        if "/".join(parts) != path or not path or path.startswith("/") or ".." in parts:
            raise ValueError(f"{path!r} is not a path below the folder")
        if path in self.written:
            raise ValueError(f"{path!r} is written twice")
        self.written.add(path)
        return self.folder.joinpath(*parts)


def _same(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def replace_folder(new: Path, old: Path) -> None:
    """Put a finished folder in the place of another, which is there whole until then and gone afterwards."""
    aside = old.with_name(f".{old.name}.replaced")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)
