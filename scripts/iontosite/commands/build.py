"""Build everything into site/. A failed build exits 1, lists every fault, and changes nothing."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from rich.console import Console

from iontosite.faults import ContentError, print_faults, say
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.project import DOCS, KEPT, SITE, WORK


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument("--output", type=Path, default=SITE, help="where the site goes (default: site/)")
    parser.add_argument("--work", type=Path, default=WORK, help="a scratch folder (default: build/)")
    parser.add_argument("--kept", type=Path, default=KEPT, help="finished pieces of earlier builds (default: build/kept/)")
    parser.add_argument(
        "--site-url",
        default=os.environ.get("SITE_URL"),
        help="the address it will be published at, with its path (default: $SITE_URL, or else docs/site.yml)",
    )
    parser.add_argument("--proof", action="store_true", help="print the pack for committees, too, which takes half a minute")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Build; 1 if anything is wrong."""
    output = arguments.output.resolve()
    plan = Plan(arguments.docs.resolve(), output, arguments.work.resolve(), arguments.site_url, arguments.proof)
    try:
        build(plan, console, Kept(arguments.kept.resolve()))
    except ContentError as error:
        print_faults(console, error.faults, "The last good site was not touched.")
        return 1
    say(console, f"The site is at {output}. Look at it with: make serve")
    return 0
