"""What was made before and has not changed: finished pieces, kept under the hash of everything that they are made from.

A piece that was half written, or changed on the disk, does not hold its own hash and is made again. Deleting the folder is
always safe.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

MONTH = 30 * 24 * 3600  # seconds; what no build asked for so long goes


class Kept:
    """A folder of finished pieces. `reused` and `made` count them by what they are called, for the table after a build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reused: Counter[str] = Counter()
        self.made: Counter[str] = Counter()

    def get(self, name: str, *made_from: str | bytes) -> bytes | None:
        """The piece called `name` (such as "handout") that was made from just this; None if there is none, or it is damaged."""
        path = self._path(name, made_from)
        try:
            digest, _, piece = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if digest != _digest(piece):
            return None
        with contextlib.suppress(OSError):  # somebody else's folder may be read only
            os.utime(path)
        self.reused[name] += 1
        return piece

    def put(self, piece: bytes, name: str, *made_from: str | bytes) -> bytes:
        """Keep a piece and return it. It is written beside and moved into its place, so that nobody reads half of it; where the
        disk cannot take it, it is not kept."""
        self.made[name] += 1
        path = self._path(name, made_from)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_digest(piece) + b"\n" + piece)
                os.replace(beside, path)
            except OSError:
                os.unlink(beside)  # half a piece on a full disk
                raise
        return piece

    def ask(self, name: str, *made_from: str | bytes, make: Callable[[], bytes]) -> bytes:
        """The kept piece, or the one that `make` makes, which is then kept."""
        piece = self.get(name, *made_from)
        return self.put(make(), name, *made_from) if piece is None else piece

    def tidy(self, now: float | None = None) -> None:
        """Take out what nobody asked for in a month; `now` is in seconds since 1970."""
        oldest = (time.time() if now is None else now) - MONTH
        for path in sorted(self.folder.glob("*/*")):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except OSError:
                continue

    def _path(self, name: str, made_from: tuple[str | bytes, ...]) -> Path:
        found = hashlib.sha256()
        for part in made_from:
            data = part.encode() if isinstance(part, str) else part
            found.update(f"{len(data)}:".encode() + data)  # "ab", "c" is not "a", "bc"
        return self.folder / name / found.hexdigest()


def _digest(piece: bytes) -> bytes:
    return hashlib.sha256(piece).hexdigest().encode()
