"""The site as one ZIP file to unpack on a disk: a clinic's PC without the internet, or a share of its own network.

A disk shows the list of a folder where a host shows the folder's page, so each link names its `index.html`. Addresses that a
script makes are led there by `overrides/hosts/offline.js`. The same site gives the same bytes: names are sorted, and every file
has the day of the newest evidence check.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from iontosite.content.model import Content
from iontosite.project import OVERRIDES
from iontosite.stage.inserts import OFFLINE_FILE, OFFLINE_SIZE

_TOP = "iontophoresis-offline"  # the folder that unpacking makes
_SCRIPT = "static/offline.js"
# What speaks to hosts and to search engines.
_LEFT_OUT = frozenset({"404.html", "sitemap.xml", "robots.txt", "_headers", "_redirects", OFFLINE_FILE})
_PACKED = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".webp"})  # compressed in themselves
_OFFER = re.compile(r'<p class="offline-zip">.*?</p>\s*', re.DOTALL)
_ADDRESS = re.compile(r'(?P<before>\b(?:href|src|action)="|content="0; url=)(?P<path>[^"#?:]*)(?=["#?])')
_IN_JSON = re.compile(r'(?P<before>")(?P<path>\.{1,2}/[^"#?:\\]*)(?=["#?])')
_JSON = re.compile(r'<script type="application/json"[^>]*>.*?</script>', re.DOTALL)
# Some browsers do not count files on a disk to the page's own origin (https://www.w3.org/TR/CSP3/#match-url-to-source-expression).
_POLICY = re.compile(r'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\s*')  # browsers refuse one from a disk, and say so


@dataclass(frozen=True)
class _Tree:
    """The finished tree by the paths of its files, and where it would stand on its host."""

    files: frozenset[str]
    base_path: str

    def on_disk(self, html: str, page: str) -> str:
        """A page with addresses that hold on a disk."""
        html = _MANIFEST.sub("", _OFFER.sub("", html))
        html = _POLICY.sub(lambda match: match[0].replace("'self'", "'self' file:"), html)
        html = _JSON.sub(lambda match: self._lead(match[0], page, _IN_JSON), html)
        script = f'<script src="{posixpath.relpath(_SCRIPT, posixpath.dirname(page) or ".")}"></script>'
        return self._lead(html, page, _ADDRESS).replace("</body>", f"{script}</body>")

    def _lead(self, text: str, page: str, pattern: re.Pattern[str]) -> str:
        here = posixpath.dirname(page) or "."

        def new(match: re.Match[str]) -> str:
            path = match["path"]
            if not path:
                return match[0]
            inside = path.startswith("/")
            target = posixpath.normpath(path.removeprefix(self.base_path) if inside else posixpath.join(here, path))
            index = posixpath.normpath(posixpath.join(target, "index.html"))
            if index in self.files and target not in self.files:
                return match["before"] + posixpath.relpath(index, here)
            return match["before"] + (posixpath.relpath(target, here) if inside else path)

        return pattern.sub(new, text)


def write_offline_copy(content: Content, site: Path, wanted: bool = True) -> None:
    """Write the ZIP file into the tree, and its size onto the pages that offer it; without such a page there is none. Where it is
    not `wanted`, as in a preview, the offer goes."""
    offering = [
        site / edition.path_of(page.url).strip("/") / "index.html"
        for edition in content.editions
        for page in edition.pages
        if any(insert.name == "offline" for insert in page.inserts)
    ]
    if not offering:
        return
    packed = offline_copy(site, urlsplit(content.site.site_url).path, content.newest_check) if wanted else b""
    if wanted:
        (site / OFFLINE_FILE).write_bytes(packed)
    for path in offering:
        html = path.read_text(encoding="utf-8")
        html = html.replace(OFFLINE_SIZE, f"{len(packed) / 1e6:.1f}") if wanted else _OFFER.sub("", html)
        path.write_text(html, encoding="utf-8")


def offline_copy(site: Path, base_path: str, day: str) -> bytes:
    """The bytes of the ZIP file of a tree that would stand at `base_path` of its host; its files have the date `day`."""
    tree = _Tree(frozenset(_files(site)), base_path)
    year, month, date = map(int, day.split("-"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted({*tree.files, _SCRIPT}):
            entry = zipfile.ZipInfo(f"{_TOP}/{name}", (year, month, date, 0, 0, 0))
            entry.create_system = 3  # as Unix writes it, on every system
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _PACKED else zipfile.ZIP_DEFLATED
            archive.writestr(entry, _bytes(site, name, tree))
    return packed.getvalue()


def _bytes(site: Path, name: str, tree: _Tree) -> bytes:
    if name == _SCRIPT:
        return (OVERRIDES / "hosts" / "offline.js").read_bytes()
    data = (site / name).read_bytes()
    return tree.on_disk(data.decode("utf-8"), name).encode("utf-8") if name.endswith(".html") else data


def _files(site: Path) -> Iterator[str]:
    """The files that a disk gets. Many disks do not tell capitals from small letters: of two names that differ in nothing else,
    as the spellings of a code do, only the one in small letters goes along."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    small = {name for name in names if name == name.lower()}
    for name in names:
        if posixpath.basename(name) not in _LEFT_OUT and (name in small or name.lower() not in small):
            yield name
