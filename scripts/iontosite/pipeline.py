"""Builds the site: content → handouts → stage → render → finish → check → publish.

A build that fails at any stage lists every fault it found, exits 1 and leaves the last good site where it is.
"""
from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import jinja2
from rich.console import Console
from rich.table import Table

from iontosite.check.site import check_site
from iontosite.faults import ContentError, Fault, shown
from iontosite.content.library import Library, load_library
from iontosite.content.room import room_notes
from iontosite.paper.maker import write_makers
from iontosite.finish.permalinks import write_permalinks
from iontosite.finish.redirects import write_code_redirects, write_redirects
from iontosite.finish.search_index import write_search_index
from iontosite.finish.sitemap import write_sitemap
from iontosite.finish.styles import trim_styles
from iontosite.finish.tables import label_tables
from iontosite.finish.tidy import tidy
from iontosite.paper.handouts import make_all
from iontosite.publish import publish, refuse_to_replace
from iontosite.render import render
from iontosite.stage.write import stage
from iontosite.project import ROOT

EPOCH = 1_700_000_000  # stands for the time of every build, so that the same input gives the same bytes
Result = TypeVar("Result")


@dataclass
class Stopwatch:
    """Runs the stages one by one, says which one is running, and remembers how long each took."""

    console: Console
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, name: str, what: str, stage_function: Callable[[], Result]) -> Result:
        with self.console.status(f"{name}: {what}"):
            start = time.perf_counter()
            result = stage_function()
            self.seconds[name] = time.perf_counter() - start
        self.console.print(f"[green]✓[/green] {name}: {what} ({self.seconds[name]:.1f} s)")
        return result


def build(docs: Path, output: Path, work: Path, console: Console) -> None:
    """Build the content of `docs` into `output`, using the folder `work`; raises ContentError with every fault."""
    try:
        _build(docs, output, work, console)
    except jinja2.TemplateError as error:
        raise ContentError([template_fault(error)]) from error


def template_fault(error: jinja2.TemplateError) -> Fault:
    """What a template's error says, with the template's own path and line: it is the last one in the way to the error."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        path, line = error.filename or error.name or "overrides", error.lineno
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).suffix in (".j2", ".html")]
        path, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else ("overrides", 1)
    return Fault(shown(Path(path), ROOT), line, f"broken template ({error.message}): correct what stands between the braces")


def _build(docs: Path, output: Path, work: Path, console: Console) -> None:
    watch = Stopwatch(console)
    refuse_to_replace(output, docs, work)
    library = watch.run("content", "reading and checking docs", lambda: load_library(docs))
    finished = work / "site"
    shutil.rmtree(finished, ignore_errors=True)
    sheets = watch.run("handouts", "making the PDF handouts", lambda: make_all(library))
    configs = watch.run("stage", "writing plain Markdown", lambda: stage(library, sheets, work / "stage", finished))
    watch.run("render", f"running the builder, {len(configs)} language(s)", lambda: render(configs, EPOCH))
    watch.run("finish", "sitemap, redirects, search, styles", lambda: finish(library, finished))
    report = watch.run("check", "links, anchors, ledger", lambda: check_site(library, finished))
    watch.run("publish", "swapping the new site in", lambda: publish(finished, output))
    _print_table(console, watch, output)
    for note in report + room_notes(library):
        console.print(f"[yellow]note[/yellow] {note}", soft_wrap=True, highlight=False)
    console.print(f"The site is at {output}. Look at it with: make serve", soft_wrap=True)


def finish(library: Library, site: Path) -> None:
    """Everything that a builder cannot do, in an order in which each step sees what it needs."""
    paths = [language.path for language in library.site.languages]
    tidy(site, paths)
    write_search_index(library, site)
    label_tables(site)
    write_makers(library, site)
    write_redirects(library, site)
    write_code_redirects(library, site)
    write_permalinks(library, site)
    write_sitemap(library, site)
    trim_styles(site)


def _print_table(console: Console, watch: Stopwatch, site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files)
    table = Table("stage", "seconds", title=f"{pages} pages, {len(files)} files, {size:,} bytes")
    for name, seconds in watch.seconds.items():
        table.add_row(name, f"{seconds:.2f}")
    table.add_row("all", f"{sum(watch.seconds.values()):.2f}")
    console.print(table)


def print_faults(console: Console, faults: list[Fault]) -> None:
    """Every fault on a line of its own, then how many there are."""
    for fault in faults:
        console.print(str(fault), style="red", soft_wrap=True, highlight=False, markup=False, emoji=False)
    console.print(f"{len(faults)} fault(s). The last good site was not touched.", style="bold", soft_wrap=True)


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="A failed build exits 1 and changes nothing.")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="the content (default: docs/)")
    parser.add_argument("--output", type=Path, default=ROOT / "site", help="where the site goes (default: site/)")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="a scratch folder (default: build/)")
    parser.add_argument("--site-url", help="the address it will be published at, with its path (default: docs/site.yml)")
    arguments = parser.parse_args()
    if arguments.site_url:
        os.environ["SITE_URL"] = arguments.site_url
    console = Console(stderr=False)
    try:
        build(arguments.docs.resolve(), arguments.output.resolve(), arguments.work.resolve(), console)
    except ContentError as error:
        print_faults(console, error.faults)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
