"""Ask the site's own nginx for a page, a PDF and the search index, by 1 to 200 connections at once, and write down what it does.

It runs nginx with the configuration of `make hosting` on this machine. Exit 1 if one answer fails.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from iontosite.bench.load import Target, as_rows, sent, under_load
from iontosite.bench.nginx import nginx_serving
from iontosite.content.load import load_content
from iontosite.faults import ContentError, Fault, say
from iontosite.project import DOCS, ROOT, WORK
from setup import NGINX_MODULES, NGINX_PACKAGES, nginx

PAGE = ROOT / "contributing" / "load.md"
_FIGURES = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of the figures -->)", re.DOTALL)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument(
        "--hosting", type=Path, default=WORK / "hosting", help="what make hosting wrote (default: build/hosting/)"
    )
    parser.add_argument("--site-url", default=os.environ.get("SITE_URL"), help="the address that it was made for")
    parser.add_argument("--seconds", type=int, default=5, help="of each run (default: 5)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the table stands (default: contributing/load.md)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Measure, and put the table into the page; raises ContentError with what is missing."""
    program, wrk, hosting = nginx(), shutil.which("wrk"), arguments.hosting.resolve()
    if not program or not wrk:
        packages = " ".join((*(NGINX_PACKAGES if not program else ()), *(("wrk",) if not wrk else ())))
        raise ContentError([Fault("make load", 1, f"needs what is not here: on Debian, apt-get install {packages}")])
    if not (hosting / "nginx.conf").is_file():
        raise ContentError([Fault(arguments.hosting.as_posix(), 1, "holds no site for a server: run `make hosting` first")])
    base = urlsplit(load_content(arguments.docs.resolve(), arguments.site_url).site.site_url).path
    rows, errors, before = [], 0, os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory() as folder,
        nginx_serving(program, list(NGINX_MODULES), hosting, base, Path(folder)) as port,
    ):
        for target in targets(hosting / "site", base):
            answer = sent(port, target)
            runs = under_load(wrk, port, target, arguments.seconds, lambda line: say(console, line))
            rows += as_rows(target, answer, runs)
            errors += sum(each.errors for each in runs)
    table = as_table(rows, arguments.seconds, before)
    text = arguments.page.read_text(encoding="utf-8")
    arguments.page.write_text(_FIGURES.sub(lambda _: table, text), encoding="utf-8")
    say(console, f"\n{table}\n{errors} error(s). The table is in {arguments.page}", style="red" if errors else None)
    return 1 if errors else 0


def targets(site: Path, base: str) -> list[Target]:
    """A page, a PDF and the search index, as phones ask for them: nearly all take Brotli, and what is between may leave gzip."""
    tree = LexborHTMLParser((site / "search" / "index.html").read_text(encoding="utf-8"))
    index = str(tree.css("script[src]")[-1].attributes["src"])  # the page's own script stands before it
    pdf = next(path for path in sorted((site / "handouts").glob("*.pdf")))
    both = [("the page /after/", f"{base}after/"), ("the search index", urljoin(f"{base}search/", index))]
    texts = [Target(name, path, accepts) for name, path in both for accepts in ("br, gzip", "gzip")]
    return [*texts, Target("a PDF", f"{base}handouts/{pdf.name}", "br, gzip")]


def as_table(rows: list[str], seconds: int, before: float) -> str:
    """The table, with what it was measured on; `before` is the machine's load before."""
    head = (
        "file, as sent",
        "bytes",
        "connections",
        "answers a second",
        "Mbit/s",
        "half within, ms",
        "99 of 100 within, ms",
        "errors",
    )
    machine = f"{seconds} seconds a row, on {os.cpu_count()} processors that nginx shares with what asks"
    return "\n".join(
        [
            f"{machine}. Its load before: {before:.1f}; at the end, our own connections among it: {os.getloadavg()[0]:.1f}.",
            "",
            f"| {' | '.join(head)} |",
            "|---|--:|--:|--:|--:|--:|--:|--:|",
            *rows,
            "",
        ]
    )
