"""Citations and links that are written lawfully and yet lead nowhere, stand twice, or stand at the wrong place of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from iontosite.content.markdown import CITATION
from iontosite.content.outline import outside_fences
from iontosite.content.pages import Page
from iontosite.faults import Fault

_CITED = CITATION.pattern
_RUN = re.compile(rf"(?:{_CITED})+")
_BEFORE_STOP = re.compile(rf"(?<=\S)(?:{_CITED})+([.,;:!?])(?=\s|$)")
_SPACED = re.compile(rf"\S[ \t]+{_CITED}")
_NOWHERE = re.compile(r"\]\([ \t]*\)")
_SIZE = re.compile(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})")
_PIXELS = re.compile(r'\{ ?width="[1-9]\d{0,3}" height="[1-9]\d{0,3}" ?\}')
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


def mark_faults(page: Page) -> list[Fault]:
    """Every such mark of a page, with its line."""
    return [
        Fault(page.name, line, message)
        for line, message in sorted({*_citation_slips(page), *_link_slips(page), *_size_slips(page)})
    ]


def _citation_slips(page: Page) -> Iterator[tuple[int, str]]:
    """A mark stands behind the full stop of what it supports, with no space, and once (CONTRIBUTING.md)."""
    for index, line in outside_fences(page.written.split("\n")):
        number = page.first_line + index
        for run in _RUN.finditer(line):
            cited = CITATION.findall(run[0])
            twice = next((source for at, source in enumerate(cited) if source in cited[:at]), None)
            if twice:
                yield number, f"[^{twice}] stands twice at one place: take one out"
        if match := _BEFORE_STOP.search(line):
            mark = match[0][:-1]
            yield number, f"a citation before “{match[match.lastindex or 0]}”: write it behind, as {match[0][-1]}{mark}"
        if (match := _SPACED.search(line)) and not line.lstrip().startswith("|"):
            yield number, f"a space before {match[0][1:].strip()}: take it out, or the mark can stand at the start of a line"


def _size_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Pictures whose width or height is no number of pixels: browsers leave no room for them until they are there."""
    for index, line in outside_fences(page.written.split("\n")):
        size = _SIZE.search(line)
        if size and not _PIXELS.fullmatch(size[1]):
            yield page.first_line + index, f'{size[1].strip()} is no size: write {{ width="640" height="320" }}, in pixels'


def _link_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Links without an address or without words (WCAG 2.2, 2.4.4), and pictures that became links."""
    for index, line in outside_fences(page.written.split("\n")):
        if _NOWHERE.search(line):
            yield page.first_line + index, "a link without an address: write [words](page.md)"
    for block in page.own_blocks:
        for link in block.links:
            if link.target and not link.words.strip():
                yield link.line, f"a link to {link.target} without words: write between [ and ] where it leads"
            elif PurePosixPath(link.target).suffix in _PICTURES and "assets/figures/" in link.target:
                yield link.line, f"a link to the picture {link.target}: write ! before its [ to show it"
