"""How long a build takes as a site grows: the tiny site of the tests with so many toy pages, seconds for each stage.

Usage: .venv/bin/python tests/measure_growth.py [100 1000]   The first build has nothing kept; the second one saves one page.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":  # pytest has the path from pyproject.toml
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from rich.console import Console
from rich.table import Table

from conftest import copy_tiny
from iontosite.kept import Kept
from iontosite.pipeline import Plan, Stopwatch, build

TOY = (Path(__file__).parent / "fixtures" / "growth" / "page.md").read_text(encoding="utf-8")
FIRST = 10_001  # no page is called 911, which is a number to call and a fault in a title


def grow(folder: Path, pages: int) -> Plan:
    """Put the tiny site into a folder, with so many toy pages; returns the plan of its build."""
    questions = copy_tiny(folder) / "docs" / "en" / "questions"
    for number in range(FIRST, FIRST + pages):
        (questions / f"toy-{number}.md").write_text(TOY.replace("{number}", str(number)), encoding="utf-8")
    return Plan(folder / "docs", folder / "site", folder / "build")


def timed(plan: Plan) -> dict[str, float]:
    """Build; the seconds of each stage. Raises ContentError, as any build does."""
    watch = Stopwatch(Console(file=io.StringIO()))
    build(plan, watch.console, Kept(plan.work / "kept"), watch=watch)
    return watch.seconds


def measure(pages: int) -> tuple[dict[str, float], dict[str, float]]:
    """The seconds of a first build, and of the next one after the words of one page have changed."""
    with tempfile.TemporaryDirectory() as folder:
        plan = grow(Path(folder), pages)
        first = timed(plan)
        page = plan.docs / "en" / "questions" / f"toy-{FIRST}.md"
        page.write_text(page.read_text(encoding="utf-8").replace("Drink some water", "Drink a little"), encoding="utf-8")
        return first, timed(plan)


def main() -> int:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [100, 1000]
    found = {
        f"{size:,} {which}": seconds for size in sizes for which, seconds in zip(("first", "next"), measure(size), strict=True)
    }
    table = Table("stage", *found, title=f"seconds; load of the machine {os.getloadavg()[0]:.1f}")
    for stage in next(iter(found.values())):
        table.add_row(stage, *(f"{seconds[stage]:.2f}" for seconds in found.values()))
    table.add_row("all", *(f"{sum(seconds.values()):.2f}" for seconds in found.values()))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
