"""The renderer behind `printing`: WeasyPrint, kept away from every network. This module alone loads it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from iontosite.content.pictures import PICTURES
from iontosite.paper.layout import TEMPLATES
from iontosite.paper.wptags import finish_tags

STYLE_SHEET = TEMPLATES / "handout.css"


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


def lay_out(html: str, docs: Path, qr_code: bytes) -> tuple[int, Callable[[], bytes]]:
    """How many sides the HTML takes, and what writes its PDF/UA-1. Raises ValueError where a picture cannot be had."""
    source = weasyprint.HTML(string=html, base_url=f"{TEMPLATES}/", url_fetcher=OfflineFetcher(docs, qr_code))
    sheet, fonts = style_sheet(STYLE_SHEET.read_text(encoding="utf-8"))
    with _missing_picture_told():
        document = source.render(font_config=fonts, stylesheets=[sheet])

    def write() -> bytes:
        with _missing_picture_told():
            return bytes(document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tags))

    return len(document.pages), write


@functools.lru_cache(maxsize=1)
def style_sheet(css: str) -> tuple[weasyprint.CSS, FontConfiguration]:
    """The style sheet of all paper with its fonts, read once for all that a process prints."""
    fonts = FontConfiguration()
    return weasyprint.CSS(string=css, base_url=f"{TEMPLATES}/", font_config=fonts), fonts


@contextmanager
def _missing_picture_told() -> Iterator[None]:
    try:
        yield
    except FatalURLFetchingError as error:
        # The renderer's own error stands above the ordinary ones and would end the process without a word.
        raise ValueError(f"{error} ({error.__cause__})") from error


def _picture_type(path: Path) -> str:
    """The media type of a picture by its name; raises ValueError where it is none that paper can show."""
    if path.suffix not in PICTURES:
        raise ValueError(f"{path.name} is no picture that paper can show")
    return PICTURES[path.suffix]
