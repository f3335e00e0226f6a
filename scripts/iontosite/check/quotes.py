"""The reasons of our own scores quote pages; a page that was rewritten takes its scores with it."""

from __future__ import annotations

import re

from iontosite.check.finished import FinishedPages, plain
from iontosite.content.model import Content
from iontosite.content.yardsticks import WHOLE_SITE
from iontosite.faults import Fault

_QUOTE = re.compile(r"“([^”]+)”")


def check_quotes(content: Content, pages: FinishedPages) -> list[Fault]:
    """A fault for each quotation that does not stand on the page that it speaks of, at the line of its score."""
    faults = []
    for edition in content.editions:
        for instrument, sheet in edition.yardsticks.sheets() if edition.yardsticks else ():
            if sheet.page == WHOLE_SITE or not edition.yardsticks:
                continue
            said = pages.words(edition.path_of(edition.by_path[sheet.page].url))
            for item, score in sheet.scores.items():
                for quote in _QUOTE.findall(score.why):
                    if plain(quote) not in said:
                        line = edition.yardsticks.line_of(instrument, sheet, item)
                        message = f"{instrument.short}, {sheet.page}, {item}: “{quote}” does not stand there: score it anew"
                        faults.append(Fault(edition.yardsticks.path, line, message))
    return faults
