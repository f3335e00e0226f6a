"""Lists the pages whose evidence check or clinical review is due or missing (`make review`); exit 1 if any is overdue."""
from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from iontosite.faults import ContentError
from iontosite.content.library import Library, load_library
from iontosite.content.pages import Page
from iontosite.project import ROOT

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Standing:
    """One page's standing on one day."""

    page: str
    next_check: str
    overdue: bool
    due_soon: bool
    review: str  # the clinical review: "missing", "due" or "done"


def standings(library: Library, today: date) -> list[Standing]:
    """Where every page stands today, the most urgent first."""
    result = []
    for page in library.pages:
        due = date.fromisoformat(page.front.next_check)
        soon = today <= due <= today + SOON
        result.append(Standing(page.name, page.front.next_check, due < today, soon, clinical_review(page, library, today)))
    return sorted(result, key=lambda s: (not s.overdue, s.next_check, s.page))


def clinical_review(page: Page, library: Library, today: date) -> str:
    """How the newest sign-off of a page stands. It is due again once the evidence was checked after it (the text may have
    changed), and once a day has passed on which the evidence should have been checked."""
    signed = [sign_off.date for sign_off in library.sign_offs_of(page.language, page.url)]
    if not signed:
        return "missing"
    passed = page.front.next_check < today.isoformat()
    return "due" if signed[-1] < (page.front.next_check if passed else page.front.evidence_checked) else "done"


def main() -> int:
    """Print the table; 1 if an evidence check is overdue."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="the content (default: docs/)")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="pretend that it is this day")
    arguments = parser.parse_args()
    console = Console()
    try:
        found = standings(load_library(arguments.docs.resolve()), arguments.today)
    except ContentError as error:
        console.print(str(error), style="red", soft_wrap=True, markup=False, emoji=False, highlight=False)
        return 1
    table = Table("page", "next evidence check", "clinical review")
    for standing in found:
        word = " – OVERDUE" if standing.overdue else " – due soon" if standing.due_soon else ""
        if standing.overdue or standing.due_soon or standing.review != "done":
            table.add_row(standing.page, standing.next_check + word, standing.review)
    console.print(table)
    overdue = sum(standing.overdue for standing in found)
    missing, due = (sum(standing.review == word for standing in found) for word in ("missing", "due"))
    console.print(f"{overdue} overdue; clinical review: {missing} of {len(found)} missing, {due} due again")
    return 1 if overdue else 0


if __name__ == "__main__":
    sys.exit(main())
