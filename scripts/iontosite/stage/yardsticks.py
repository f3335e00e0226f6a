"""The sheets on which we score our own pages, written out; every total is computed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from iontosite.content.model import Edition
from iontosite.content.yardsticks import WHOLE_SITE, Instrument, Score, Sheet, Total
from iontosite.templates import fill

PAGE = "about/yardsticks.md"  # where the totals stand
FOLDER = "about/yardsticks"  # and the sheets


def yardsticks(edition: Edition) -> str:
    """Each instrument with the totals of its sheets, which stand on a page of their own; empty in a language that has none."""
    if not edition.yardsticks:
        return ""
    shown = [_shown(instrument, edition, posixpath.dirname(PAGE)) for instrument in edition.yardsticks.instruments]
    return fill("yardsticks.md.j2", shown=shown, words=edition.strings.yardsticks)


def sheet_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The path and the Markdown of each instrument's page of sheets: all on one page, they weigh too much for a weak link."""
    page = edition.by_path.get(PAGE)
    for instrument in edition.yardsticks.instruments if edition.yardsticks and page else ():
        shown = _shown(instrument, edition, FOLDER)
        text = fill("yardstick-sheets.md.j2", entry=shown, words=edition.strings.yardsticks, front=page.front if page else None)
        yield sheet_path(instrument), text


def sheet_addresses(edition: Edition) -> list[tuple[str, str]]:
    """The path of each page of sheets with the day that its page was checked."""
    page = edition.by_path.get(PAGE)
    if not edition.yardsticks or not page:
        return []
    return [(sheet_path(instrument), page.front.evidence_checked) for instrument in edition.yardsticks.instruments]


def sheet_path(instrument: Instrument) -> str:
    """The page of an instrument's sheets, as a path below the language's folder."""
    return f"{FOLDER}/{instrument.id}.md"


def _shown(instrument: Instrument, edition: Edition, folder: str) -> dict[str, Any]:
    """An instrument with its sheets, ready to be shown on a page in `folder`."""
    titles = {page.path: page.front.title for page in edition.pages}
    titles |= {f"handouts/{name}.yml": recipe.title for name, recipe in edition.recipes.items()}
    sheets = [_sheet(instrument, sheet, titles, edition.strings.yardsticks, folder) for sheet in instrument.sheets]
    return {"instrument": instrument, "sheets": sheets}


def _sheet(instrument: Instrument, sheet: Sheet, titles: dict[str, str], words: dict[str, str], folder: str) -> dict[str, Any]:
    """One sheet, ready to be shown."""
    whole = sheet.page == WHOLE_SITE
    name = sheet.page.removesuffix(".md").removesuffix(".yml").replace("/", "-")
    shown_on = f"handouts/index.md#{sheet.handout}" if sheet.handout else sheet.page
    return {
        "id": f"{instrument.id}-{name}",
        "title": words["whole_site"] if whole else titles[sheet.page],
        "link": "" if whole else posixpath.relpath(shown_on, folder),
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
