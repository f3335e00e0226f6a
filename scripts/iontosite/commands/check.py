"""The checks alone: the content and its language under docs/, then the finished tree in site/."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from rich.console import Console

from iontosite.check.ledger import forgotten_promises
from iontosite.check.site import check_site
from iontosite.content.load import load_content
from iontosite.faults import ContentError, print_faults, say
from iontosite.kept import Kept
from iontosite.paper.printed_matter import draft_all
from iontosite.project import DOCS, KEPT, SITE


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (default: site/)")
    parser.add_argument(
        "--site-url", default=os.environ.get("SITE_URL"), help="the address that it was built for, if not the content's"
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Say every fault; 1 if there is any."""
    notes: list[str] = []
    try:
        content = load_content(arguments.docs.resolve(), arguments.site_url)
        draft_all(content, Kept(KEPT))
        if faults := forgotten_promises(arguments.site, content.ledger):
            raise ContentError(faults)
        if arguments.site.exists():
            notes = check_site(content, arguments.site.resolve())
        else:
            notes = ["there is no site yet: run `make site` to check that too"]
    except ContentError as error:
        print_faults(console, error.faults, "")
        return 1
    for note in notes:
        say(console, f"note: {note}", style="yellow")
    print_faults(console, [], "")
    return 0
