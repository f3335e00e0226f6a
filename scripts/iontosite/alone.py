"""One at a time: two builds in one folder would take each other's files away. The system lets a lock go with the process that
holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iontosite.faults import ContentError, Fault

LOCK = "in-use.txt"


@contextmanager
def alone_in(folder: Path, what: str, option: str = "--work") -> Iterator[None]:
    """Hold a folder, which is made where there is none, while `what` ("a build") works in it; raises ContentError with the number
    of the process that holds it already, and the command's `option` that names another folder, if it has one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCK
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(80).strip() or "another process"
            advice = "wait until it is done, or stop it" + (f", or choose another folder with {option}" if option else "")
            raise ContentError([Fault(path.as_posix(), 1, f"{holder} works in this folder: {advice}")]) from None
        file.truncate(0)
        file.write(f"{what} (process {os.getpid()})\n")
        file.flush()
        yield


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Wait until nobody else is in the middle of a short step in a folder that exists; nothing is written into it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
