"""Citations that are written lawfully, and yet stand at the wrong place of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iontosite.content.markdown import CITATION
from iontosite.content.outline import outside_fences
from iontosite.content.pages import Page
from iontosite.faults import Fault

_CITED = CITATION.pattern
_BEFORE_STOP = re.compile(rf"(?<=\S)(?:{_CITED})+([.,;:!?])(?=\s|$)")


def mark_faults(page: Page) -> list[Fault]:
    """Every such mark of a page, with its line."""
    return [Fault(page.name, line, message) for line, message in sorted(set(_citation_slips(page)))]


def _citation_slips(page: Page) -> Iterator[tuple[int, str]]:
    """A mark stands behind the full stop of what it supports (CONTRIBUTING.md)."""
    for index, line in outside_fences(page.written.split("\n")):
        number = page.first_line + index
        if match := _BEFORE_STOP.search(line):
            mark = match[0][:-1]
            yield number, f"a citation before “{match[match.lastindex or 0]}”: write it behind, as {match[0][-1]}{mark}"
