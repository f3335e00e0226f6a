"""Numbers that a page shows as a picture: one fenced block is the only source of the drawing, its caption and its alt text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field, model_validator

from iontosite.content.located import parse_yaml, validate
from iontosite.content.markdown import Block
from iontosite.content.record import Plain, Record, Whole
from iontosite.faults import ContentError, Fault


class Count(Record):
    """One group of an icon array: how many of the figure's `of`."""

    label: Plain
    count: Whole = Field(ge=0)


class Value(Record):
    """One group of a bar chart."""

    label: Plain
    value: float = Field(ge=0)


class IconArray(Record):
    """Counts out of one denominator, the same for every group: two denominators cannot be compared at a glance."""

    title: Plain
    of: Whole = Field(ge=2, le=200)
    groups: list[Count] = Field(min_length=1, max_length=4)
    sources: list[str] = Field(min_length=1)
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> IconArray:
        for group in self.groups:
            if group.count > self.of:
                raise ValueError(f"{group.label}: {group.count} is more than the {self.of} that it is counted out of")
        return self


class BarChart(Record):
    """Scores or times of two or more groups on one scale from 0 to `max`."""

    title: Plain
    max: float = Field(gt=0)
    unit: Plain
    groups: list[Value] = Field(min_length=2, max_length=4)
    sources: list[str] = Field(min_length=1)
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> BarChart:
        for group in self.groups:
            if group.value > self.max:
                raise ValueError(f"{group.label}: {group.value} is over the scale's end, {self.max}")
        return self


FENCES: dict[str, type[IconArray | BarChart]] = {"icon-array": IconArray, "bar-chart": BarChart}


@dataclass(frozen=True)
class Figure:
    """A figure and the line of the file at which its fence begins."""

    line: int
    chart: IconArray | BarChart

    @property
    def said(self) -> str:
        """What it shows, in words without a language: its groups with their numbers, and its note."""
        chart = self.chart
        if isinstance(chart, IconArray):
            groups = [f"{group.label}: {group.count} / {chart.of}" for group in chart.groups]
        else:
            groups = [f"{group.label}: {group.value:g} {chart.unit} (0–{chart.max:g})" for group in chart.groups]
        return " ".join(filter(None, ["; ".join(groups) + ".", chart.note]))


def figures_in(blocks: Iterable[Block], name: str) -> tuple[Figure, ...]:
    """Every figure of a page, in order; `name` is the page's path for faults. Raises ContentError with all that do not fit."""
    found, faults = [], []
    for block in blocks:
        if block.kind != "code" or block.id not in FENCES:
            continue
        try:
            chart = validate(FENCES[block.id], parse_yaml(block.text, name, block.line + 1))
        except ContentError as error:
            faults += [Fault(fault.path, fault.line, f"{block.id}: {fault.message}") for fault in error.faults]
            continue
        found.append(Figure(block.line, chart))
    if faults:
        raise ContentError(faults)
    return tuple(found)
