"""The sheets on which we score our own pages, written out; every total is computed."""

from __future__ import annotations

import posixpath
from typing import Any

from iontosite.content.model import Edition
from iontosite.content.yardsticks import WHOLE_SITE, Instrument, Score, Sheet, Total
from iontosite.templates import fill

PAGE = "about/yardsticks.md"  # where the sheets are shown: links to the scored pages start there


def yardsticks(edition: Edition) -> str:
    """Each instrument with its sheets; empty in a language that has none."""
    if not edition.yardsticks:
        return ""
    words = edition.strings.yardsticks
    titles = {page.path: page.front.title for page in edition.pages}
    titles |= {f"handouts/{name}.yml": recipe.title for name, recipe in edition.recipes.items()}
    shown = [
        {"instrument": instrument, "sheets": [_sheet(instrument, sheet, titles, words) for sheet in instrument.sheets]}
        for instrument in edition.yardsticks.instruments
    ]
    return fill("yardsticks.md.j2", shown=shown, words=words)


def _sheet(instrument: Instrument, sheet: Sheet, titles: dict[str, str], words: dict[str, str]) -> dict[str, Any]:
    """One sheet, ready to be shown."""
    whole = sheet.page == WHOLE_SITE
    name = sheet.page.removesuffix(".md").removesuffix(".yml").replace("/", "-")
    shown_on = f"handouts/index.md#{sheet.handout}" if sheet.handout else sheet.page
    return {
        "id": f"{instrument.id}-{name}",
        "title": words["whole_site"] if whole else titles[sheet.page],
        "link": "" if whole else posixpath.relpath(shown_on, posixpath.dirname(PAGE)),
        "totals": [_total(instrument, total, words) for total in instrument.totals(sheet)],
        "parts": [
            {
                "id": part.id,
                "name": part.name if len(instrument.parts) > 1 else "",
                "rows": [_row(instrument, item.words, sheet.scores[item.id], words) for item in instrument.items_of(part)],
            }
            for part in instrument.parts
        ],
    }


def _total(instrument: Instrument, total: Total, words: dict[str, str]) -> str:
    """One total in words, with its goal and whether it is met."""
    said = words[f"total_{instrument.unit}"].format(
        part=total.part.name, value=total.value, points=total.points, possible=total.possible, goal=total.part.goal
    )
    return f"{said} {words['met'] if total.met else words['missed']}"


def _row(instrument: Instrument, item: str, score: Score, words: dict[str, str]) -> dict[str, str]:
    """One item as it is shown."""
    given = words["not_applicable"]
    if isinstance(score.score, int):
        given = words["score"].format(score=score.score, highest=instrument.highest)
    return {"words": item, "score": given, "why": score.why, "better": score.better}
