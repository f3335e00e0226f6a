"""The topics that codes lead to: what a record system can ask for, and what it gets (`/connect/`, the catalogue beside it)."""

from __future__ import annotations

from dataclasses import dataclass

from iontosite.content.codes import Code
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page

CONNECT_PAGE = "connect.md"  # where record systems send people to


@dataclass(frozen=True)
class Topic:
    """One topic: the page in each language that has it, and the codes that lead there, in order."""

    pages: tuple[tuple[Edition, Page], ...]
    codes: tuple[Code, ...]

    def page_in(self, edition: Edition) -> Page | None:
        """Its page in one language; None where that has none."""
        return next((page for other, page in self.pages if other.code == edition.code), None)


def topics(content: Content) -> list[Topic]:
    """Every topic that a code leads to, in the order of the first language's paths. A code leads to the page with the same path
    in every language, because codes are held alike in all (rules/parity.py)."""
    coded = {edition.code: edition.codes for edition in content.editions}
    found = []
    for path in dict.fromkeys(page.path for edition in content.editions for page in edition.pages):
        pages = tuple((edition, edition.by_path[path]) for edition in content.editions if path in edition.by_path)
        codes = tuple(code for code in coded[pages[0][0].code] if code.page.path == path)
        if codes:
            found.append(Topic(pages, codes))
    return found
