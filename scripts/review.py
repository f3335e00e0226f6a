"""Lists the pages whose evidence check or clinical review is due or missing (`make review`); exit 1 if any is overdue."""
from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from content.faults import ContentError
from content.library import Library, load_library

ROOT = Path(__file__).resolve().parents[1]
SOON = timedelta(days=60)


@dataclass(frozen=True)
class Standing:
    """One page's standing on one day."""

    page: str
    next_check: str
    overdue: bool
    due_soon: bool
    reviewed: bool


def standings(library: Library, today: date) -> list[Standing]:
    """Where every page stands today, the most urgent first."""
    signed = {sign_off.page for sign_off in library.sign_offs}
    result = []
    for page in library.pages:
        due = date.fromisoformat(page.front.next_check)
        soon = today <= due <= today + SOON
        result.append(Standing(page.name, page.front.next_check, due < today, soon, "/" + page.url in signed))
    return sorted(result, key=lambda s: (not s.overdue, s.next_check, s.page))


def main() -> int:
    """Print the table; 1 if an evidence check is overdue."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="pretend that it is this day")
    arguments = parser.parse_args()
    console = Console()
    try:
        found = standings(load_library(ROOT / "docs"), arguments.today)
    except ContentError as error:
        console.print(str(error), style="red", soft_wrap=True, markup=False, highlight=False)
        return 1
    table = Table("page", "next evidence check", "clinical review")
    for standing in found:
        word = " – OVERDUE" if standing.overdue else " – due soon" if standing.due_soon else ""
        if standing.overdue or standing.due_soon or not standing.reviewed:
            table.add_row(standing.page, standing.next_check + word, "done" if standing.reviewed else "missing")
    console.print(table)
    overdue = sum(standing.overdue for standing in found)
    unreviewed = sum(not standing.reviewed for standing in found)
    console.print(f"{overdue} overdue, {unreviewed} of {len(found)} without a clinical review")
    return 1 if overdue else 0


if __name__ == "__main__":
    sys.exit(main())
