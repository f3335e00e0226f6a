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
from pathlib import Path
from urllib.parse import urlsplit

from iontosite.content.model import Content
from iontosite.project import OVERRIDES
from iontosite.stage.inserts import OFFLINE_FILE, OFFLINE_SIZE

_TOP = "iontophoresis-offline"  # the folder that unpacking makes
_SCRIPT = "static/offline.js"
_EMPTY = b"PK\5\6" + bytes(18)  # nothing but the record that ends an archive (APPNOTE.TXT, 4.3.16)
# What speaks to hosts and to search engines.
_LEFT_OUT = frozenset({"404.html", "sitemap.xml", "robots.txt", "_headers", "_redirects", OFFLINE_FILE})
_PACKED = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".webp"})  # compressed in themselves
_OFFER = re.compile(r'<p class="offline-zip">.*?</p>\s*', re.DOTALL)
# One for each, because what begins with a plain text is found many times faster than a choice.
_ADDRESSES = [
    re.compile(rf'(?P<before>{before})(?P<path>[^"#?:]*)(?=["#?])')
    for before in (' href="', ' src="', ' action="', 'content="0; url=')
]
_IN_JSON = re.compile(r'(?P<before>")(?P<path>\.{1,2}/[^"#?:\\]*)(?=["#?])')
_JSON = re.compile(r'<script type="application/json"[^>]*>.*?</script>', re.DOTALL)
# Some browsers do not count files on a disk to the page's own origin (https://www.w3.org/TR/CSP3/#match-url-to-source-expression).
_POLICY = re.compile(r'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\s*')  # browsers refuse one from a disk, and say so


def on_disk(html: str, page: str, base_path: str) -> str:
    """A page (its path from the top of the tree) with addresses that hold on a disk. Its links were checked before: what ends
    in a slash is a folder with a page."""
    here = posixpath.dirname(page) or "."

    def lead(match: re.Match[str]) -> str:
        path = match["path"]
        if path.startswith("/"):
            path = posixpath.relpath(path.removeprefix(base_path) or ".", here) + ("/" if path.endswith("/") else "")
        elif path.rpartition("/")[2] in (".", ".."):
            path += "/"
        return match["before"] + (f"{path}index.html" if path.endswith("/") else path)

    head, middle, body = html.partition("</head>")
    head = _POLICY.sub(lambda match: match[0].replace("'self'", "'self' file:"), _MANIFEST.sub("", head))
    if "application/json" in body:
        body = _JSON.sub(lambda match: _IN_JSON.sub(lead, match[0]), body)
    script = f'<script src="{posixpath.relpath(_SCRIPT, here)}"></script>'
    html = f"{head}{middle}{body}".replace("</body>", f"{script}</body>")
    for pattern in _ADDRESSES:
        html = pattern.sub(lead, html)
    return html


def write_offline_copy(content: Content, site: Path, wanted: bool = True) -> None:
    """Write the ZIP file into the tree, and its size onto the pages that offer it; without such a page there is none. Where it is
    not `wanted`, as in a preview, it is empty, because its address is promised, and the offer goes."""
    offering = [
        site / edition.path_of(page.url).strip("/") / "index.html"
        for edition in content.editions
        for page in edition.pages
        if any(insert.name == "offline" for insert in page.inserts)
    ]
    if not offering:
        return
    with_offer = {path: path.read_text(encoding="utf-8") for path in offering}
    for path, html in with_offer.items():  # the copy itself has none
        path.write_text(_OFFER.sub("", html), encoding="utf-8")
    if not wanted:
        (site / OFFLINE_FILE).write_bytes(_EMPTY)
    else:
        packed = offline_copy(site, urlsplit(content.site.site_url).path, content.newest_check)
        (site / OFFLINE_FILE).write_bytes(packed)
        for path, html in with_offer.items():
            path.write_text(html.replace(OFFLINE_SIZE, f"{len(packed) / 1e6:.1f}"), encoding="utf-8")


def offline_copy(site: Path, base_path: str, day: str) -> bytes:
    """The bytes of the ZIP file of a tree that would stand at `base_path` of its host; its files have the date `day`."""
    year, month, date = map(int, day.split("-"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted([*_files(site), _SCRIPT]):
            entry = zipfile.ZipInfo(f"{_TOP}/{name}", (year, month, date, 0, 0, 0))
            entry.create_system = 3  # as Unix writes it, on every system
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _PACKED else zipfile.ZIP_DEFLATED
            archive.writestr(entry, _bytes(site, name, base_path))
    return packed.getvalue()


def _bytes(site: Path, name: str, base_path: str) -> bytes:
    if name == _SCRIPT:
        return (OVERRIDES / "hosts" / "offline.js").read_bytes()
    data = (site / name).read_bytes()
    return on_disk(data.decode("utf-8"), name, base_path).encode("utf-8") if name.endswith(".html") else data


def _files(site: Path) -> Iterator[str]:
    """The files that a disk gets. Many disks do not tell capitals from small letters: of two names that differ in nothing else,
    as the spellings of a code do, only the one in small letters goes along."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    small = {name for name in names if name == name.lower()}
    for name in names:
        if posixpath.basename(name) not in _LEFT_OUT and (name in small or name.lower() not in small):
            yield name
