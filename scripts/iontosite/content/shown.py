"""Pictures and the pages that show them: none is stretched, and none lies about unused."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from iontosite.content.files import visible
from iontosite.content.model import Content
from iontosite.content.pages import Page
from iontosite.content.pictures import PICTURES, open_picture
from iontosite.faults import Fault, shown

_SIZED = re.compile(r'!\[[^\]]*\]\(([^()\s]+)\)\{ ?width="(\d+)" height="(\d+)" ?\}')
_CODE = frozenset({".css", ".js", ".html", ".j2", ".webmanifest"})  # what pages load, and what they are made from
_MOST = 0.02  # by which the two sides of a picture may be out of proportion: whole pixels are rounded


def picture_faults(content: Content) -> list[Fault]:
    """Every picture that a page stretches, and every one that nothing shows."""
    stretched = [fault for page in content.pages for fault in _stretched(page, content.docs)]
    return [*stretched, *_unused(content)]


def _stretched(page: Page, docs: Path) -> Iterator[Fault]:
    """Pictures that a page shows in another proportion than their own; a page without room for a picture jumps as it comes."""
    for number, line in enumerate(page.lines, page.first_line):
        for match in _SIZED.finditer(line):
            path = docs / posixpath.normpath(posixpath.join(posixpath.dirname(page.path), match[1]))
            try:
                size = open_picture(path, match[1])
            except ValueError:
                continue  # told with the files
            width, height = int(match[2]), int(match[3])
            if not height or abs(width / height / (size.width / size.height) - 1) > _MOST:
                fits = round(width * size.height / size.width)
                message = f'{match[1]} is {size.width:g} by {size.height:g}: write width="{width}" height="{fits}"'
                yield Fault(page.name, number, message)


def _unused(content: Content) -> Iterator[Fault]:
    """Pictures that no page, handout, template, style, script or setting names: they would be published all the same."""
    assets = content.docs / "assets"
    named = {posixpath.basename(link.target) for page in content.pages for block in page.blocks for link in block.pictures}
    named |= {part.figure or "" for edition in content.editions for recipe in edition.recipes.values() for part in recipe.parts}
    named.add(posixpath.basename(content.clinic.logo))
    code = [path for path in [*visible(assets), *visible(content.root / "overrides")] if path.suffix in _CODE and path.is_file()]
    code += sorted(content.root.glob("mkdocs*.yml"))
    text = "\n".join(path.read_text("utf-8", errors="replace") for path in code if path.is_file())
    for path in visible(assets):
        if path.suffix in PICTURES and path.is_file() and path.name not in named and path.name not in text:
            yield Fault(shown(path, content.root), 1, "no page, handout or template shows it: show it, or take it out")
