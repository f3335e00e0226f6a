"""The finished tree: which files there are, what stands in them, and which of them is nearest to a wrong address."""

from __future__ import annotations

import os
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from iontosite.links.alike import Alike


class Near(NamedTuple):
    """A file that was probably meant, and the kind of fault that asking for the other one is."""

    kind: str
    file: str


class Tree:
    """The files of a site by their path relative to it, listed once. Paths have "/" between folders on every system."""

    def __init__(self, site: Path) -> None:
        self.site = site
        listed = {Path(folder, name).relative_to(site).as_posix() for folder, _, names in os.walk(site) for name in names}
        # Links on the disk whose file is gone: a server has nothing to send for them.
        self.dangling = sorted(file for file in listed if not (site / file).exists())
        self.files = frozenset(listed.difference(self.dangling))
        # A picture that is missing from every page is missed once a page: comparing with all names is the slow part.
        self._alike = cache(self._find_alike)

    def read(self, file: str) -> str:
        """The text of a file without its byte order mark. Bytes that are no UTF-8 are another check's business.

        Raises OSError if the file may not be read.
        """
        return (self.site / file).read_text(encoding="utf-8-sig", errors="replace")

    def ending(self, *endings: str) -> list[str]:
        """The files whose names end so, in order."""
        return sorted(file for file in self.files if file.endswith(endings))

    def file_at(self, path: str) -> str | None:
        """The file that a web server sends for a decoded path inside the site, if there is one."""
        file = path + "index.html" if not path or path.endswith("/") else path
        return file if file in self.files else None

    def near(self, path: str) -> Near | None:
        """The file that a path without a file probably means: the same name written a little differently, or one
        spelled alike; None if there is nothing like it."""
        asked = path.rstrip("/")
        if not path.endswith("/") and f"{asked}/index.html" in self.files:
            return Near("missing-slash", f"{asked}/index.html")
        for name in (asked, f"{asked}/index.html"):
            if file := self._by_lower.get(name.lower()):
                return Near("letter-case", file)
        for stem in (asked, os.path.splitext(asked)[0]):
            if file := self._by_stem.get(stem):
                return Near("other-extension", file)
        alike = self._alike(asked)
        return Near("missing-target", alike) if alike else None

    def _find_alike(self, asked: str) -> str | None:
        """The file whose path is most like the one that was asked for."""
        stem = self._stems.nearest(asked, least=0.75)
        return None if stem is None else self._by_stem[stem]

    @cached_property
    def _stems(self) -> Alike:
        return Alike(self._by_stem)

    @cached_property
    def _by_lower(self) -> dict[str, str]:
        """Every file by its path in small letters."""
        return {file.lower(): file for file in sorted(self.files)}

    @cached_property
    def _by_stem(self) -> dict[str, str]:
        """Every file by its path without the ending, and every folder's page by the folder."""
        stems = {os.path.splitext(file)[0]: file for file in sorted(self.files)}
        return stems | {file.removesuffix("/index.html"): file for file in self.files if file.endswith("/index.html")}
