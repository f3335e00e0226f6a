"""Pictures of numbers: each drawing is computed from the page's own figures, and named after what it shows."""

from __future__ import annotations

import posixpath

from iontosite.content.figures import BarChart, Figure, IconArray
from iontosite.content.pages import Page
from iontosite.content.site import Strings
from iontosite.templates import fill

FOLDER = "assets/charts"
_CELL = 24  # drawing units from one figure of a person to the next


def plain(number: float) -> str:
    """A number as people write it: 23, 6.8."""
    return f"{number:g}"


def columns(of: int) -> int:
    """How many figures stand in a row: tens where ten can be counted, else a near square."""
    return 10 if of > 20 else 8 if of > 12 else 6 if of > 5 else of


def icon_array(count: int, of: int) -> str:
    """An SVG of `of` people, the first `count` filled in. Shape tells them apart, not colour (WCAG 1.4.1)."""
    wide = columns(of)
    people = [{"x": index % wide * _CELL, "y": index // wide * (_CELL + 6), "filled": index < count} for index in range(of)]
    rows = -(-of // wide)
    return fill("icon-array.svg.j2", people=people, width=wide * _CELL, height=rows * (_CELL + 6))


def bar(value: float, full: float) -> str:
    """An SVG bar, `value` long on a scale that ends at `full`."""
    return fill("bar.svg.j2", length=round(600 * value / full, 1))


def draw(figure: Figure) -> dict[str, str]:
    """Every drawing of a figure: file name -> SVG text."""
    chart = figure.chart
    if isinstance(chart, IconArray):
        return {_icon_name(g.count, chart.of): icon_array(g.count, chart.of) for g in chart.groups}
    return {_bar_name(g.value, chart.max): bar(g.value, chart.max) for g in chart.groups}


def _icon_name(count: int, of: int) -> str:
    return f"people-{count}-of-{of}.svg"


def _bar_name(value: float, full: float) -> str:
    return f"bar-{plain(value)}-of-{plain(full)}".replace(".", "-") + ".svg"


def markdown(figure: Figure, page: Page, strings: Strings) -> str:
    """The figure as Markdown: title, each group's drawing with its numbers in words, note and citations."""
    chart, words = figure.chart, strings.figures
    folder = posixpath.relpath(FOLDER, posixpath.dirname(page.path) or ".")
    if isinstance(chart, IconArray):
        return fill("figure.md.j2", chart=chart, kind="people", rows=_people(chart, words, folder))
    return fill("figure.md.j2", chart=chart, kind="bars", rows=_bars(chart, words, folder))


def _people(chart: IconArray, words: dict[str, str], folder: str) -> list[dict[str, object]]:
    wide = columns(chart.of)
    return [
        {
            "says": words["of"].format(count=group.count, of=chart.of),
            "label": group.label,
            "alt": words["icon_alt"].format(count=group.count, of=chart.of),
            "src": f"{folder}/{_icon_name(group.count, chart.of)}",
            "size": (wide * _CELL, -(-chart.of // wide) * (_CELL + 6)),
        }
        for group in chart.groups
    ]


def _bars(chart: BarChart, words: dict[str, str], folder: str) -> list[dict[str, object]]:
    return [
        {
            "says": words["value"].format(value=plain(group.value), unit=chart.unit),
            "label": group.label,
            "alt": words["bar_alt"].format(value=plain(group.value), max=plain(chart.max)),
            "src": f"{folder}/{_bar_name(group.value, chart.max)}",
            "size": (600, 40),
        }
        for group in chart.groups
    ]
