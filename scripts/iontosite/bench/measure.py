"""Cold views of pages in a real browser, through a weak link and on a slow processor: what each costs a reader."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from iontosite.bench.server import WeakHost, serving

PHONE: ViewportSize = {"width": 360, "height": 640}
QUIET = 1.5  # seconds without any traffic, after which a page is taken to be whole
PATIENCE = 120.0  # seconds that one view may take
_VIEW = Path(__file__).with_name("view.js").read_text(encoding="utf-8").strip()


@dataclass(frozen=True)
class Conditions:
    """The phone and its connection: bits a second, seconds of a round trip, how many times slower the processor is, and how
    often each page is viewed."""

    rate: float = 400_000
    round_trip: float = 0.4
    slowdown: float = 6
    runs: int = 5


@dataclass(frozen=True)
class View:
    """One cold view. Bytes are those of all answers, with their heads; moments are in ms from the start of the visit."""

    requests: float
    bytes: float
    first_paint: float
    largest_paint: float
    load_event: float
    loaded: float  # the end of the last answer, or the load event if that is later: what scripts ask for after it, too


def median_of(views: Iterable[View]) -> View:
    """The median of each figure by itself."""
    return View(*(statistics.median(values) for values in zip(*(astuple(view) for view in views), strict=True)))


def view(browser: Browser, host: WeakHost, page: str, slowdown: float) -> View:
    """View a page with nothing kept from before. Raises playwright's TimeoutError for a page that does not come."""
    host.forget()
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)
    try:
        tab = context.new_page()
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        tab.goto(host.address + page, wait_until="load", timeout=PATIENCE * 1000)
        patience = time.monotonic() + PATIENCE
        while not host.is_quiet(QUIET) and time.monotonic() < patience:
            tab.wait_for_timeout(50)
        seen = tab.evaluate(_VIEW)
    finally:
        context.close()
    last = max(one.at for one in host.sent) * 1000 - seen["started"]
    size = sum(one.size for one in host.sent)
    return View(len(host.sent), size, seen["first"], seen["largest"], seen["event"], max(last, seen["event"]))


def compare(
    sites: dict[str, Path], pages: list[str], conditions: Conditions, chromium: str, tell: Callable[[str], None]
) -> dict[str, dict[str, View]]:
    """The medians of every page in every site: by page, then by site. The views of the sites take turns, so that whatever else
    the machine does meets all of them; a first view of each, which warms the machine up, does not count."""
    found: dict[str, dict[str, list[View]]] = {page: {name: [] for name in sites} for page in pages}
    with ExitStack() as stack:
        hosts = {name: stack.enter_context(serving(WeakHost(site, 1e9, 0))) for name, site in sites.items()}
        playwright = stack.enter_context(sync_playwright())
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        browser = stack.enter_context(playwright.chromium.launch(executable_path=chromium, args=arguments))
        for page in pages:
            for host in hosts.values():
                view(browser, host, page, 1)
        for host in hosts.values():
            host.rate, host.round_trip = conditions.rate, conditions.round_trip
        for run in range(conditions.runs):
            for page in pages:
                for name in sorted(hosts, reverse=bool(run % 2)):  # neither is always the one that comes after the other
                    found[page][name].append(view(browser, hosts[name], page, conditions.slowdown))
            tell(f"run {run + 1} of {conditions.runs}")
    return {page: {name: median_of(views) for name, views in by_site.items()} for page, by_site in found.items()}
