"""The renderer behind `printing`: WeasyPrint, kept away from every network. This module alone loads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from iontosite.content.pictures import PICTURES
from iontosite.paper.layout import TEMPLATES
from iontosite.paper.wptags import finish_tags


class OfflineFetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
    """Gives the renderer the QR code, drawings and fonts, and refuses anything from a network. What it cannot give stops
    the rendering: a sheet without one of its pictures is no sheet."""

    def __init__(self, docs: Path, qr_code: bytes):
        super().__init__(fail_on_errors=True)
        self._docs, self._qr_code = docs, qr_code

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The bytes at an address; raises ValueError for one on a network."""
        if url.endswith("/qr.svg"):
            return URLFetcherResponse(url, self._qr_code, {"Content-Type": "image/svg+xml"})
        if url.startswith("asset:"):
            path = self._docs / "assets" / url.removeprefix("asset:")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _picture_type(path)})
        if not url.startswith(("file:", "data:")):
            raise ValueError(f"a handout may not load {url}: nothing is fetched from a network")
        return super().fetch(url, headers)


def print_html(html: str, docs: Path, qr_code: bytes, most_sides: int) -> tuple[int, bytes | None]:
    """How many sides the HTML takes, and its PDF/UA-1, or None where it takes more than `most_sides`. Raises ValueError where a
    picture cannot be had."""
    try:
        source = weasyprint.HTML(string=html, base_url=f"{TEMPLATES}/", url_fetcher=OfflineFetcher(docs, qr_code))
        document = source.render(font_config=FontConfiguration())
        sides = len(document.pages)
        if sides > most_sides:
            return sides, None
        return sides, document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags)
    except FatalURLFetchingError as error:
        # The renderer's own error stands above the ordinary ones and would end the process without a word.
        raise ValueError(f"{error} ({error.__cause__})") from error


def _picture_type(path: Path) -> str:
    """The media type of a picture by its name; raises ValueError where it is none that paper can show."""
    if path.suffix not in PICTURES:
        raise ValueError(f"{path.name} is no picture that paper can show")
    return PICTURES[path.suffix]
