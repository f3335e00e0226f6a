"""Make the PDF handouts alone, with progress: the quick way to see what a changed page does on paper."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from rich.console import Console

from iontosite.content.load import load_content
from iontosite.faults import say
from iontosite.kept import Kept
from iontosite.paper.printed_matter import Drafts, draft_all, print_drafts
from iontosite.project import DOCS, KEPT, WORK


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument("--output", type=Path, default=WORK / "handouts", help="default: build/handouts/")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Write every handout; raises ContentError with every fault when one does not fit or a page no longer holds a line."""
    start, kept = time.perf_counter(), Kept(KEPT)
    drafts = draft_all(load_content(arguments.docs.resolve()), kept)
    printed = print_drafts(Drafts(drafts.handouts, [], drafts.pairs), kept, tell=lambda line: say(console, line))
    files = [(sheet.language, sheet.name, sheet.pdf) for sheet in printed.sheets]
    files += [(pair.language, pair.name, pair.pdf) for pair in printed.pairs]
    for language, name, pdf in files:
        target = arguments.output / language / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
    say(console, f"{len(files)} handouts in {time.perf_counter() - start:.1f} s: {arguments.output}")
    return 0
