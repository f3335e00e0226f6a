"""Gives scripts and style sheets a name with the fingerprint of their bytes, in one folder, so that hosts may let browsers keep
them for a year: other bytes have another name (RFC 9111; "immutable" is RFC 8246).

All of them stand in `static/`, because hosts tell headers apart by folder. Both languages share a file that is the same in both.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

FOLDER = "static"
DIGITS = 10  # of the fingerprint: 40 bits are plenty for the few files of one name
_KINDS = (".js", ".css")
_IN_PAGE = re.compile(r'(?P<before>\b(?:src|href)=")(?P<address>[^"?#:]+\.(?:js|css))(?=")')
_IN_SHEET = re.compile(r"""(?P<before>url\((?P<quote>["']?))(?P<address>[^"')?#:]+)(?=(?P=quote)\))""")


def fingerprint(site: Path, base_path: str = "/") -> dict[str, str]:
    """Move every script and style sheet of the tree under its new name, and lead every page there; returns the new name of each
    by its old one, paths from the top of the tree. `base_path` is where the site stands on its host: "/" or "/sub/". An address
    that leads nowhere stays as it is: the link checker tells of it."""
    names: dict[str, str] = {}
    for path in sorted(site.rglob("*")):
        if path.suffix in _KINDS and path.is_file():
            old = path.relative_to(site).as_posix()
            names[old] = _move(path, old, site)
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        led = lead(html, path.relative_to(site).as_posix(), names, base_path)
        if led != html:
            path.write_text(led, encoding="utf-8")
    return names


def lead(html: str, page: str, names: Mapping[str, str], base_path: str = "/") -> str:
    """The page with the new names of its scripts and sheets. `page` and `names` (old name → new name) are paths from the top of
    the tree; an address from the top of the host stays one."""
    here = posixpath.dirname(page) or "."

    def new(match: re.Match[str]) -> str:
        address = match["address"]
        if address.startswith("/"):
            name = names.get(address.removeprefix(base_path))
            return f"{match['before']}{base_path}{name}" if name else match[0]
        name = names.get(posixpath.normpath(posixpath.join(here, address)))
        return f"{match['before']}{posixpath.relpath(name, here)}" if name else match[0]

    return _IN_PAGE.sub(new, html)


def _move(path: Path, old: str, site: Path) -> str:
    """Move one file; returns its new name."""
    data = path.read_bytes()
    if path.suffix == ".css":
        data = _sheet_elsewhere(data.decode("utf-8"), posixpath.dirname(old)).encode("utf-8")
    mark = hashlib.sha256(data).hexdigest()[:DIGITS]
    stem = "search" if old.endswith("search/index.js") else path.stem
    new = f"{FOLDER}/{stem}.{mark}{path.suffix}"
    (site / FOLDER).mkdir(exist_ok=True)
    (site / new).write_bytes(data)
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return new


def _sheet_elsewhere(css: str, folder: str) -> str:
    """A sheet of a folder with its addresses as they are from the new one."""

    def new(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match["address"]))
        return match["before"] + posixpath.relpath(target, FOLDER)

    return _IN_SHEET.sub(new, css)
