"""Build the staged pages with ProperDocs and with Zensical, both without Material, and compare every page with MkDocs' own.

Addresses, titles, headings with their ids, words and links must be the same, and each finished site must pass every check. Exit 1
if one differs, or cannot be tried because its environment is not there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from pathlib import Path

from rich.console import Console

from iontosite.check.site import check_site
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.exits.builders import BUILDERS, Builder, build_with
from iontosite.exits.pages import Seen, differences, read_pages
from iontosite.faults import ContentError, Fault, say
from iontosite.finish.offline import write_offline_copy
from iontosite.pipeline import EPOCH, finish
from iontosite.project import DOCS, WORK
from setup import exit_program


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument(
        "--work", type=Path, default=WORK, help="where the last build staged and built its pages (default: build/)"
    )
    names = [builder.program for builder in BUILDERS]
    parser.add_argument("--only", choices=names, help="one builder alone")
    parser.add_argument("--site-url", default=os.environ.get("SITE_URL"), help="the address that it was built for")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Try every builder and say what differs; raises ContentError where there is no whole build to compare with."""
    work = arguments.work.resolve()
    if not (work / "rendered-from.txt").is_file():  # it stands only beside pages that were built to the end
        raise ContentError([Fault(arguments.work.as_posix(), 1, "holds no whole build: run `make site` first")])
    content = load_content(arguments.docs.resolve(), arguments.site_url)
    ours = read_pages(work / "rendered")
    chosen = [builder for builder in BUILDERS if arguments.only in (None, builder.program)]
    wrong = [_tried(builder, content, ours, work, console) for builder in chosen]
    return 1 if any(wrong) else 0


def _tried(builder: Builder, content: Content, ours: dict[str, Seen], work: Path, console: Console) -> bool:
    """Whether anything is wrong with one builder; it is said."""
    program = exit_program(builder.program)
    if not program:
        say(
            console,
            f"{builder.name} was not tried, because it is not here: make exits gets it from the package index",
            style="red",
        )
        return True
    start = time.perf_counter()
    try:
        rendered = build_with(builder, program, work / "stage", work / "rendered", work / "exits" / builder.program, EPOCH)
        seconds = time.perf_counter() - start
        told = differences(ours, read_pages(rendered))
        told += faults_of_finished(content, rendered)
    except ContentError as error:
        told, seconds = [str(fault) for fault in error.faults], 0.0
    for line in told:
        say(console, f"{builder.name}: {line}", style="red")
    if not told:
        same = "the same addresses, titles, headings, ids, words and links as with MkDocs; all checks pass"
        say(console, f"{builder.name}: {len(ours)} pages in {seconds:.1f} s, {same}", style="green")
    return bool(told)


def faults_of_finished(content: Content, rendered: Path) -> list[str]:
    """What the checks of the finished tree say of another builder's pages, once they were finished as ours are."""
    site = rendered.with_name("site")
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(rendered, site)
    finish(content, site)
    write_offline_copy(content, site)
    try:
        check_site(content, site)
    except ContentError as error:
        return [str(fault) for fault in error.faults]
    return []
