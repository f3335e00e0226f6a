"""The folder of staged files: only what differs is written, so that the builder and people see what a change changed."""

from __future__ import annotations

import shutil
from pathlib import Path


class StagedFolder:
    """Takes files one by one; `close` removes what an earlier staging left and this one did not write."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: set[Path] = set()
        self.changed: set[Path] = set()

    def write(self, name: str, data: str | bytes) -> None:
        """Put a file at `name`, a path with forward slashes below the folder."""
        path, wanted = self.root / name, data.encode() if isinstance(data, str) else data
        self.files.add(path)
        if not path.is_file() or path.read_bytes() != wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted)
            self.changed.add(path)

    def copy(self, source: Path, name: str) -> None:
        """Put a copy of every file below `source` under `name`; editors' own hidden files stay where they are."""
        for path in sorted(source.rglob("*")):
            inside = path.relative_to(source)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                self.write(f"{name}/{inside.as_posix()}", path.read_bytes())

    def close(self) -> None:
        """Remove every other file, and the folders that are empty then."""
        for path in sorted(self.root.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    shutil.rmtree(path)
            elif path not in self.files:
                path.unlink()
                self.changed.add(path)
