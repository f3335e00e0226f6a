"""The comparison as a table in Markdown, and whether it meets its aims."""

from __future__ import annotations

from iontosite.bench.measure import Conditions, View

OURS, STOCK = "this site", "stock"
# The figures of a view, in the words of the table.
FIGURES = {
    "requests": "requests",
    "bytes": "bytes",
    "first_paint": "first paint, ms",
    "largest_paint": "largest paint, ms",
    "load_event": "load event, ms",
    "loaded": "all loaded, ms",
}
# What each figure may be, as a part of stock Material's.
AIMS = {"first_paint": 0.60, "loaded": 0.30}


def quotient(views: dict[str, View], figure: str) -> float:
    """Ours over stock's."""
    return float(getattr(views[OURS], figure) / getattr(views[STOCK], figure))


def missed(found: dict[str, dict[str, View]]) -> list[str]:
    """Every aim that a page misses, with its figures."""
    return [
        f"/{page}: {FIGURES[figure]}: {value:.2f} of stock, aim {aim:.2f}"
        for page, views in found.items()
        for figure, aim in AIMS.items()
        if (value := quotient(views, figure)) > aim
    ]


def as_markdown(found: dict[str, dict[str, View]], conditions: Conditions) -> str:
    """One row a page and figure: ours, stock's, and ours over stock's, with the aim where there is one."""
    rate, delay, slowdown = conditions.rate / 1000, conditions.round_trip * 1000, conditions.slowdown
    lines = [
        f"Medians of {conditions.runs} interleaved cold views in Chromium, 360 x 640 px: {rate:g} kbit/s,",
        f"a round trip of {delay:g} ms, a processor slowed {slowdown:g} times, Brotli, HTTP/1.1.",
        "",
        f"| page | | {OURS} | {STOCK} Material | quotient | aim |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for page, views in found.items():
        for figure, words in FIGURES.items():
            aim = f"{AIMS[figure]:.2f}" if figure in AIMS else ""
            ours, stock = (f"{getattr(views[name], figure):,.0f}" for name in (OURS, STOCK))
            lines.append(f"| /{page} | {words} | {ours} | {stock} | {quotient(views, figure):.2f} | {aim} |")
    return "\n".join([*lines, "", *(f"- missed: {line}" for line in missed(found) or ["none"])]) + "\n"
