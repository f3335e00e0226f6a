"""The reasons of our own scores quote pages; a page that was rewritten takes its scores with it."""

from __future__ import annotations

import re

from iontosite.check.finished import FinishedPages, plain
from iontosite.content.model import Content, Edition
from iontosite.content.yardsticks import WHOLE_SITE
from iontosite.faults import Fault
from iontosite.paper.layout import lines_of

_QUOTE = re.compile(r"“([^”]+)”")


def check_quotes(content: Content, pages: FinishedPages) -> list[Fault]:
    """A fault for each quotation that does not stand on the page or handout that it speaks of, at the line of its score."""
    if content.left_out:
        return []  # with a page, the lines that lead to it are gone: the scores are those of the whole site
    faults = []
    for edition in content.editions:
        for instrument, sheet in edition.yardsticks.sheets() if edition.yardsticks else ():
            if sheet.page == WHOLE_SITE or not edition.yardsticks:
                continue
            if sheet.handout:
                said = _printed(content, edition, sheet.handout)
            else:
                said = pages.words(edition.path_of(edition.by_path[sheet.page].url))
            for item, score in sheet.scores.items():
                for quote in _QUOTE.findall(score.why):
                    if plain(quote) not in said:
                        line = edition.yardsticks.line_of(instrument, sheet, item)
                        message = f"{instrument.short}, {sheet.page}, {item}: “{quote}” does not stand there: score it anew"
                        faults.append(Fault(edition.yardsticks.path, line, message))
    return faults


def _printed(content: Content, edition: Edition, handout: str) -> str:
    """The words of a handout: its title, whom it is for, and its parts with their lines."""
    recipe = edition.recipes[handout]
    lines = [text for _, text in lines_of(recipe, content, edition)]
    return plain(" ".join([recipe.title, recipe.audience, *(part.title for part in recipe.parts), *lines]))
