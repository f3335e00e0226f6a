"""Pictures of numbers: each drawing is computed from the page's own figures and stands in the page itself, so that it takes the
page's colours in the dark, on paper and where the system forces its own."""

from __future__ import annotations

from iontosite.content.figures import BarChart, Figure, IconArray
from iontosite.content.site import Strings
from iontosite.templates import fill

_WIDE, _HIGH = 24, 30  # drawing units from one figure of a person to the next, across and down
ROW = 25  # figures in a row at most: 100 people are four rows, and rows of one length compare by eye


def plain(number: float) -> str:
    """A number as people write it: 23, 6.8."""
    return f"{number:g}"


def columns(of: int) -> int:
    """How many figures stand in a row, so that all rows are as even as can be."""
    return -(-of // -(-of // ROW))


def icon_array(count: int, of: int, key: str, alt: str = "") -> str:
    """An SVG of `of` people, the first `count` filled in: shape tells them apart, not colour (WCAG 1.4.1). Each row is a strip
    that one figure fills again and again. `key` tells its figures from those of other drawings on a page."""
    wide = columns(of)
    strips = []
    for first in range(0, of, wide):
        filled, all_of_row = min(max(count - first, 0), wide), min(of - first, wide)
        y = first // wide * _HIGH
        strips += [("on", 0, y, filled * _WIDE), ("off", filled * _WIDE, y, (all_of_row - filled) * _WIDE)]
    drawn = [strip for strip in strips if strip[3]]
    height = -(-of // wide) * _HIGH
    return fill("icon-array.svg.j2", strips=drawn, width=wide * _WIDE, height=height, key=key, alt=alt).strip()


def bar(value: float, full: float, alt: str = "") -> str:
    """An SVG bar, `value` long on a scale that ends at `full`."""
    return fill("bar.svg.j2", length=round(600 * value / full, 1), alt=alt).strip()


def markdown(figure: Figure, strings: Strings) -> str:
    """The figure as Markdown: title, each group's numbers in words with its drawing, note and citations."""
    chart, words = figure.chart, strings.figures
    rows = _people(chart, words, figure.line) if isinstance(chart, IconArray) else _bars(chart, words)
    return fill("figure.md.j2", chart=chart, rows=rows)


def _people(chart: IconArray, words: dict[str, str], line: int) -> list[dict[str, str]]:
    return [
        {
            "says": words["of"].format(count=_large(str(group.count)), of=chart.of),
            "label": group.label,
            "drawing": icon_array(
                group.count, chart.of, f"p{line}-{index}", words["icon_alt"].format(count=group.count, of=chart.of)
            ),
        }
        for index, group in enumerate(chart.groups)
    ]


def _bars(chart: BarChart, words: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "says": words["value"].format(value=_large(plain(group.value)), unit=chart.unit),
            "label": group.label,
            "drawing": bar(group.value, chart.max, words["bar_alt"].format(value=plain(group.value), max=plain(chart.max))),
        }
        for group in chart.groups
    ]


def _large(number: str) -> str:
    return f'<span class="number">{number}</span>'
