"""What checks found on pages before, for builds of one process that follow each other: a preview looks again only at what a save
has changed.

What was found on a page holds for as long as its own text, all data files and the question stay the same, byte by byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from iontosite.content.files import visible
from iontosite.content.pages import Page
from iontosite.faults import Fault

MOST = 5_000  # answers; a site of a thousand pages in two languages asks fewer


class Remembered:
    """The faults of pages by what they were found in. A new one remembers nothing."""

    def __init__(self) -> None:
        self._data = ""
        self._found: dict[tuple[str, ...], tuple[Fault, ...]] = {}

    def begin(self, data: str) -> None:
        """Begin a reading of the content whose data files have this hash; what was found beside other data is forgotten."""
        if data != self._data or len(self._found) > MOST:
            self._found.clear()
        self._data = data

    def faults(self, question: str, pages: Iterable[Page], look: Callable[[], Iterable[Fault]]) -> tuple[Fault, ...]:
        """What `look` finds on these pages, or what it found before. `question` names the check, with all that the answer depends
        on besides the pages and the data."""
        key = (question, *(part for page in pages for part in (page.name, page.text)))
        if key not in self._found:
            self._found[key] = tuple(look())
        return self._found[key]


def hash_of_data(docs: Path, *asked: str) -> str:
    """The hash of every data file under `docs`, with its path, and of what else was `asked` for (SHA-256)."""
    found = hashlib.sha256(repr(asked).encode())
    for path in sorted(path for path in visible(docs) if path.suffix == ".yml" and path.is_file()):
        found.update(repr((path.relative_to(docs).as_posix(), path.read_bytes())).encode())
    return found.hexdigest()
