"""Measure pages on a weak phone connection, beside stock Material from the same words. 1 if an aim is missed.

It wants a quiet machine. What it models, and what not, stands in scripts/iontosite/bench/link.py.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from rich.console import Console

from iontosite.bench.stock import build_stock
from iontosite.faults import say
from iontosite.project import SITE, WORK

PAGES = ["", "your-visit/", "questions/burn/"]  # one of each kind


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--site", type=Path, default=SITE, help="the finished site (default: site/)")
    parser.add_argument("--staged", type=Path, default=WORK / "stage" / "en.yml", help="what it was built from, staged")
    parser.add_argument(
        "--output", type=Path, default=WORK / "bench", help="for the stock site and the result (default: build/bench/)"
    )
    parser.add_argument("--pages", nargs="+", default=PAGES, metavar="ADDRESS", help="such as questions/burn/")
    parser.add_argument("--runs", type=int, default=5, help="views of each page in each site (default: 5)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build stock Material, measure both, print the table and keep it as a file."""
    # What only this command needs: a build works without a browser.
    from iontosite.bench.measure import Conditions, compare
    from iontosite.bench.report import OURS, STOCK, as_markdown, missed
    from setup import browser

    start, output = time.perf_counter(), arguments.output.resolve()
    for needed in (arguments.site / "index.html", arguments.staged):
        if not needed.is_file():
            say(console, f"{needed} is missing: run make site first", style="red")
            return 1
    chromium = browser()
    if not chromium:
        say(console, "Chromium is missing: run make test, which sets it up", style="red")
        return 1
    sites = {OURS: arguments.site.resolve(), STOCK: build_stock(arguments.staged.resolve(), output / "stock")}
    say(console, f"stock Material built; {arguments.runs} runs; the machine's load: {os.getloadavg()[0]:.1f}")
    conditions = Conditions(runs=arguments.runs)
    found = compare(sites, arguments.pages, conditions, chromium, lambda line: say(console, line))
    result = as_markdown(found, conditions)
    (output / "result.md").write_text(result, encoding="utf-8")
    say(console, f"\n{result}")
    load = os.getloadavg()[0]
    say(console, f"{time.perf_counter() - start:.0f} s, load at the end {load:.1f}; the table is in {output / 'result.md'}")
    return 1 if missed(found) else 0
