"""Numbers that a page shows as a picture: one fenced block is the only source of the drawing, its caption and its alt text."""
from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator

from iontosite.faults import ContentError, Fault
from iontosite.content.located import parse_yaml, validate
from iontosite.content.pages import Page

FENCE = re.compile(r"^```(icon-array|bar-chart)[ \t]*\n(.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)


class Count(BaseModel):
    """One group of an icon array: how many of the figure's `of`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    label: str
    count: int = Field(ge=0)


class Value(BaseModel):
    """One group of a bar chart."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    label: str
    value: float = Field(ge=0)


class IconArray(BaseModel):
    """Counts out of one denominator, the same for every group: two denominators cannot be compared at a glance."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    of: int = Field(ge=2, le=200)
    groups: list[Count] = Field(min_length=1, max_length=4)
    sources: list[str] = Field(min_length=1)
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> IconArray:
        for group in self.groups:
            if group.count > self.of:
                raise ValueError(f"{group.label}: {group.count} is more than the {self.of} that it is counted out of")
        return self


class BarChart(BaseModel):
    """Scores or times of two or more groups on one scale from 0 to `max`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    max: float = Field(gt=0)
    unit: str
    groups: list[Value] = Field(min_length=2, max_length=4)
    sources: list[str] = Field(min_length=1)
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> BarChart:
        for group in self.groups:
            if group.value > self.max:
                raise ValueError(f"{group.label}: {group.value} is over the scale's end, {self.max}")
        return self


@dataclass(frozen=True)
class Figure:
    """A figure and where it stands: the line in the file and the span in the page's body."""

    line: int
    start: int
    end: int
    chart: IconArray | BarChart


def figures_of(page: Page) -> list[Figure]:
    """Every figure of a page, in order; raises ContentError with all that do not fit."""
    found, faults = [], []
    for match in FENCE.finditer(page.body):
        line = page.first_line + page.body[: match.start()].count("\n")
        model = IconArray if match[1] == "icon-array" else BarChart
        try:
            chart = validate(model, parse_yaml(match[2], page.name, line + 1))
        except ContentError as error:
            faults += [Fault(f.path, f.line, f"{match[1]}: {f.message}") for f in error.faults]
            continue
        found.append(Figure(line, match.start(), match.end(), chart))
    if faults:
        raise ContentError(faults)
    return found
