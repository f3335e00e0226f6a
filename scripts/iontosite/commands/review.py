"""List the pages whose evidence check is due, those that no clinician signed off, sign-offs that lapsed, and translations that
their originals left behind; exit 1 if any check is overdue."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from iontosite.content.lapsed import lapsed
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.pages import Page
from iontosite.content.rules.translation import owed
from iontosite.faults import say
from iontosite.project import DOCS

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Standing:
    """One page's standing on one day."""

    page: str
    next_check: str
    overdue: bool
    due_soon: bool
    review: str  # the clinical review: "missing", "lapsed" or "done"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="pretend that it is this day")


def standings(content: Content, today: date) -> list[Standing]:
    """Where every page stands today, the most urgent first."""
    result = []
    for page in content.pages:
        due = date.fromisoformat(page.front.next_check)
        soon = today <= due <= today + SOON
        result.append(Standing(page.name, page.front.next_check, due < today, soon, clinical_review(page, content)))
    return sorted(result, key=lambda standing: (not standing.overdue, standing.next_check, standing.page))


def clinical_review(page: Page, content: Content) -> str:
    """How a page stands with the clinicians who signed it: one still stands by it, or all sign-offs lapsed, or there was none."""
    if content.sign_offs_of(page):
        return "done"
    return "lapsed" if any((each.kind, each.name) == ("page", content.path_of(page)) for each in content.signed) else "missing"


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the table; 1 if an evidence check is overdue."""
    content = load_content(arguments.docs.resolve(), today=arguments.today)
    found = standings(content, arguments.today)
    table = Table("page", "next evidence check", "clinical review")
    for standing in found:
        word = " – OVERDUE" if standing.overdue else " – due soon" if standing.due_soon else ""
        if standing.overdue or standing.due_soon or standing.review != "done":
            table.add_row(standing.page, standing.next_check + word, standing.review)
    console.print(table)
    overdue = sum(standing.overdue for standing in found)
    missing, again = (sum(standing.review == word for standing in found) for word in ("missing", "lapsed"))
    console.print(f"{overdue} overdue; clinical review: {missing} of {len(found)} missing, {again} lapsed")
    signed = {each.name for each in content.signed if each.kind == "rule" and not each.lapsed}
    console.print(f"safety rules: {len(signed)} of {len(content.safety.rules)} signed off")
    for told in lapsed(content):
        say(console, f"sign-off: {told}", style="yellow")
    owing = owed(content)
    for each in owing:
        say(console, f"translation: {each.name}: {each.why}", style="yellow")
    if len(content.editions) > 1:
        say(console, f"translations: {len(owing)} to look at")
    return 1 if overdue else 0
