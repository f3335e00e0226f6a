"""The sheets on which we score our own pages, written out; every total is computed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from iontosite.content.model import Edition
from iontosite.content.pages import Page
from iontosite.content.yardsticks import WHOLE_SITE, Instrument, Score, Sheet, Total
from iontosite.templates import fill

INSERT = "yardsticks"


def yardsticks(edition: Edition) -> str:
    """Each instrument with the totals of its sheets, which stand on a page of their own; empty in a language that has none."""
    page = totals_page(edition)
    if not edition.yardsticks or not page:
        return ""
    shown = [_shown(instrument, edition, posixpath.dirname(page.path)) for instrument in edition.yardsticks.instruments]
    folder = posixpath.basename(_folder(page))
    return fill("yardsticks.md.j2", shown=shown, folder=folder, words=edition.strings.yardsticks)


def totals_page(edition: Edition) -> Page | None:
    """The page that shows the totals: the sheets stand in a folder of its name."""
    return next((page for page in edition.pages if any(insert.name == INSERT for insert in page.inserts)), None)


def _folder(page: Page) -> str:
    return page.path.removesuffix(".md")


def sheet_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """The path and the Markdown of each instrument's page of sheets: all on one page, they weigh too much for a weak link."""
    page = totals_page(edition)
    if not edition.yardsticks or not page:
        return
    for instrument in edition.yardsticks.instruments:
        shown = _shown(instrument, edition, _folder(page))
        values = {"entry": shown, "words": edition.strings.yardsticks, "front": page.front, "url": page.url}
        yield f"{_folder(page)}/{instrument.id}.md", fill("yardstick-sheets.md.j2", **values)


def sheet_addresses(edition: Edition) -> list[tuple[str, str]]:
    """The path of each page of sheets with the day that its page was checked."""
    page = totals_page(edition)
    if not edition.yardsticks or not page:
        return []
    return [(f"{_folder(page)}/{each.id}.md", page.front.evidence_checked) for each in edition.yardsticks.instruments]


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
