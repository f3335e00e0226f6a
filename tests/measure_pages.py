"""Weighs and measures finished pages, as a phone of 360 x 640 px shows them, and holds them against tests/budgets.yml.

On the command line it prints a table of all pages, the worst first: .venv/bin/python tests/measure_pages.py [--site folder]
"""

from __future__ import annotations

import argparse
import functools
import http.server
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import brotli
import yaml
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":  # pytest has the path from pyproject.toml
    sys.path.insert(0, str(ROOT / "scripts"))

from iontosite.commands.serve import SiteHandler  # noqa: E402
from setup import browser as system_browser  # noqa: E402

SCREEN = {"width": 360, "height": 640}
FACES = "/assets/print/fonts/NotoSans-"
LATER = 0.1  # seconds by which everything but the page itself comes later
ARRIVAL = (ROOT / "tests" / "measure_arrival.js").read_text(encoding="utf-8").strip()
LENGTH = (ROOT / "tests" / "measure_length.js").read_text(encoding="utf-8").strip()


@dataclass(frozen=True)
class Kind:
    """One kind of page, and how long it may be."""

    name: str
    pages: str
    screens: float | None = None
    any_share: bool = False


@dataclass(frozen=True)
class Budgets:
    """What tests/budgets.yml says."""

    page_bytes: int
    median_bytes: int
    requests: int
    shift: float
    share: float
    apparatus: str
    longer: dict[str, float]
    kinds: list[Kind]

    def screens(self, page: str) -> float | None:
        """How long a page may be before its apparatus, in screens; None where it may be as long as it needs."""
        limit = self.kind_of(page).screens
        return round(limit * self.longer.get(page.partition("/")[0], 1), 2) if limit else None

    def kind_of(self, page: str) -> Kind:
        """The one kind of a page; raises ValueError where it has none or several, so that no new page slips through."""
        same = re.sub(r"^[a-z]{2}/", "", page)  # another language's pages have the addresses of the first one, in a folder
        found = [kind for kind in self.kinds if re.fullmatch(kind.pages, same)]
        if len(found) != 1:
            names = ", ".join(kind.name for kind in found) or "none"
            raise ValueError(f"/{page} needs just one kind in tests/budgets.yml, and has: {names}")
        return found[0]


@dataclass(frozen=True)
class Measured:
    """How one page came out. Lengths are in screens of 640 px, the share in percent of the whole height."""

    page: str
    screens: float
    share: float
    shift: float
    needed: list[str] = field(default_factory=list)  # what had to come before the first screen stood, the page itself first


def read_budgets(path: Path = ROOT / "tests" / "budgets.yml") -> Budgets:
    """The budgets; raises KeyError or TypeError for a file that lacks one or has an unknown field."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = [Kind(name, **fields) for name, fields in data["kinds"].items()]
    sizes = data["bytes"]
    limits = {name: data[name] for name in ("requests", "shift", "share", "apparatus", "longer")}
    return Budgets(page_bytes=sizes["page"], median_bytes=sizes["median"], kinds=kinds, **limits)


def written_pages(site: Path) -> list[str]:
    """The addresses of the pages that somebody wrote, without the first "/": all of the sitemap but the pages of codes, which are
    made from one template."""
    entries = ElementTree.parse(site / "sitemap.xml").findall(".//{*}loc")
    addresses = [urlsplit(entry.text or "").path for entry in entries]
    top = min(addresses, key=len)  # the home page's: a site may be published under a path
    pages = sorted(address.removeprefix(top) for address in addresses)
    return [page for page in pages if "codes/" not in page.removeprefix("clinics/")]


def weigh(site: Path) -> dict[str, int]:
    """The bytes of each HTML file of a tree, in Brotli at its best: by its address without the first "/"."""
    files = sorted(site.rglob("*.html"))
    names = [path.relative_to(site).as_posix().removesuffix("index.html") for path in files]
    return {name: len(brotli.compress(path.read_bytes(), quality=11)) for name, path in zip(names, files, strict=True)}


class LateHandler(SiteHandler):
    """Serves a site as a slow host does: the page at once, everything else a moment later. `instead` has other bytes for some
    addresses (known-bad pages of the tests)."""

    def __init__(self, *arguments: Any, later: float, instead: Mapping[str, bytes], **more: Any) -> None:
        self.later, self.instead = later, instead
        super().__init__(*arguments, **more)

    def do_GET(self) -> None:
        """A page, or a file a moment later; but not the faces to measure with, which no page asks for."""
        if not self.path.endswith("/") and not self.path.startswith(FACES):
            time.sleep(self.later)
        if self.path in self.instead:
            return self.send_text(self.instead[self.path], "image/svg+xml" if self.path.endswith(".svg") else "text/html")
        super().do_GET()


@contextmanager
def late_server(site: Path, later: float = LATER, instead: Mapping[str, bytes] | None = None) -> Iterator[str]:
    """The address of a server whose files come `later` seconds after their page."""
    handler = functools.partial(LateHandler, directory=str(site), later=later, instead=instead or {})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def measure(visitor: Page, address: str, page: str, apparatus: str) -> Measured:
    """One visit: how the page arrives, and then how long it is in the project's own Noto Sans, which is about as wide as the
    faces of phones, and the same on every machine."""
    visitor.set_viewport_size(SCREEN)
    visitor.goto(address + page, wait_until="load")
    arrival = visitor.evaluate(ARRIVAL)
    length = visitor.evaluate(LENGTH, [address.rstrip("/") + FACES, apparatus])
    share = 100 * (1 - length["before"] / length["height"])
    needed = [f"/{page}", *(url.removeprefix(address.rstrip("/")) for url in arrival["needed"])]
    return Measured(page, length["before"] / SCREEN["height"], share, arrival["shift"], needed)


def too_heavy(sizes: Mapping[str, int], pages: Iterable[str], budgets: Budgets) -> list[str]:
    """Every file over its bytes, the heaviest first, and the median of `pages` if that is over."""
    over = sorted(((size, name) for name, size in sizes.items() if size > budgets.page_bytes), reverse=True)
    middle = statistics.median(sizes[page] for page in pages)
    lines = [f"/{name}: {size:,} bytes of {budgets.page_bytes:,}" for size, name in over]
    return [*([f"median: {middle:,.0f} bytes of {budgets.median_bytes:,}"] if middle > budgets.median_bytes else []), *lines]


def too_long(found: Iterable[Measured], budgets: Budgets) -> list[str]:
    """Every page that is longer before its apparatus than its kind may be, the worst first."""
    limits = [(one, budgets.screens(one.page)) for one in found]
    over = [(one.screens / limit, one, limit) for one, limit in limits if limit and one.screens > limit]
    over.sort(key=lambda entry: -entry[0])
    return [f"/{one.page}: {one.screens:.1f} screens of {limit:g}" for _, one, limit in over]


def too_much_apparatus(found: Iterable[Measured], budgets: Budgets) -> list[str]:
    """Every page with more apparatus than its share, the worst first."""
    over = [one for one in found if one.share > budgets.share and not budgets.kind_of(one.page).any_share]
    over.sort(key=lambda one: -one.share)
    return [f"/{one.page}: apparatus is {one.share:.0f} % of its height, of {budgets.share:g} %" for one in over]


def too_many_requests(found: Iterable[Measured], budgets: Budgets) -> list[str]:
    """Every page whose first screen waits for too many files, and which they are."""
    over = [one for one in found if len(one.needed) > budgets.requests]
    over.sort(key=lambda one: -len(one.needed))
    return [f"/{one.page}: {len(one.needed)} requests of {budgets.requests}: {' '.join(one.needed)}" for one in over]


def too_restless(found: Iterable[Measured], budgets: Budgets) -> list[str]:
    """Every page that jumps while it loads."""
    over = sorted((one for one in found if one.shift > budgets.shift), key=lambda one: -one.shift)
    return [f"/{one.page}: layout shift {one.shift:.4f}" for one in over]


def measure_all(visitor: Page, site: Path, pages: Iterable[str], budgets: Budgets) -> list[Measured]:
    """Visit every page once. The first one is opened before, too: a browser that has just started is slow with its first page, and
    what moves there for that is none of the page's doing."""
    pages = list(pages)
    with late_server(site) as address:
        visitor.goto(address + pages[0], wait_until="load")
        return [measure(visitor, address, page, budgets.apparatus) for page in pages]


def table_of(found: Iterable[Measured], sizes: Mapping[str, int], budgets: Budgets) -> Table:
    """All pages, with what is furthest beyond its limit first."""
    table = Table("page", "kind", *(title for title in ("screens", "of", "apparatus %", "bytes", "requests", "shift", "worst")))
    rows: list[tuple[float, list[str]]] = []
    for one in found:
        kind, screens, size = budgets.kind_of(one.page), budgets.screens(one.page), sizes.get(one.page, 0)
        ratios = [size / budgets.page_bytes, len(one.needed) / budgets.requests]
        ratios += [one.screens / screens] if screens else []
        ratios += [] if kind.any_share else [one.share / budgets.share]
        limit = f"{screens:g}" if screens else "–"
        figures = [f"{one.screens:.1f}", limit, f"{one.share:.0f}", f"{size:,}", str(len(one.needed)), f"{one.shift:.3f}"]
        rows.append((max(ratios), [f"/{one.page}", kind.name, *figures, f"{max(ratios):.2f}"]))
    for _, cells in sorted(rows, key=lambda row: -row[0]):
        table.add_row(*cells)
    return table


MISSES: dict[str, Callable[[Iterable[Measured], Budgets], list[str]]] = {
    "too long before the sources": too_long,
    "too much apparatus": too_much_apparatus,
    "too many requests": too_many_requests,
    "layout shift": too_restless,
}


def main() -> int:
    """Print the table and how many pages miss each budget; 1 if any does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a finished site (default: site/)")
    site, budgets, console = parser.parse_args().site.resolve(), read_budgets(), Console(width=140)
    sizes = weigh(site)
    pages = written_pages(site)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=system_browser(), args=["--no-sandbox", "--font-render-hinting=none"]
        )
        found = measure_all(chromium.new_page(viewport=SCREEN, color_scheme="light"), site, [*pages, "search/"], budgets)
        chromium.close()
    console.print(table_of(found, sizes, budgets))
    heavy = [line for line in too_heavy(sizes, pages, budgets) if not line.startswith("median")]
    middle = statistics.median(sizes[page] for page in pages)
    console.print(f"{len(found)} pages; median {middle:,.0f} bytes of {budgets.median_bytes:,}; too heavy: {len(heavy)}")
    missed = {name: len(misses(found, budgets)) for name, misses in MISSES.items()}
    console.print("; ".join(f"{name}: {count}" for name, count in missed.items()))
    return 1 if heavy or middle > budgets.median_bytes or any(missed.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
