"""The site's own full address: which addresses belong to it, and how its files look from outside."""

from __future__ import annotations

from urllib.parse import SplitResult, quote, urlsplit


class OwnSite:
    """A site at `https://host/` or, under a base path, at `https://host/base/`; raises ValueError for what is no such address."""

    def __init__(self, site_url: str) -> None:
        parts = urlsplit(site_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(f'"{site_url}" is no full address: write https://host/ or https://host/base/')
        self.scheme, self.host = parts.scheme, parts.netloc.lower()
        self._place = _place(parts, self.scheme)
        self.base = parts.path.rstrip("/") + "/"

    def is_host_of(self, address: SplitResult) -> bool:
        """Whether a full address has the site's host and port, in any writing: `host:443`, `user@host`, `host.`."""
        return _place(address, self.scheme) == self._place

    def is_written_well(self, address: SplitResult) -> bool:
        """Whether an address of the site has the host as the site itself writes it."""
        return address.netloc.lower() == self.host

    def is_below_base(self, path: str) -> bool:
        """Whether a path that begins at the root of the host is inside the site."""
        return path.startswith(self.base) or path + "/" == self.base

    def path(self, file: str) -> str:
        """The address of a file from the root of the host: `visit/index.html` → `/base/visit/`."""
        inside = file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file
        # A name that is no UTF-8 comes from the disk with stand-ins for its bytes.
        return self.base + quote(inside, safe="/@:!$&'()*+,;=~", errors="surrogateescape")

    def full(self, file: str) -> str:
        """The full address of a file, as canonical, hreflang and the sitemap have to write it."""
        return f"{self.scheme}://{self.host}{self.path(file)}"


def _place(address: SplitResult, own_scheme: str) -> tuple[str, int | None]:
    """Host and port; None is the usual port. An http address of an https site is in the same place."""
    usual = {"https": 443, "http": 80}
    port = None if address.port in (usual.get(address.scheme), usual.get(own_scheme)) else address.port
    return (address.hostname or "").rstrip("."), port
