"""How we score our own pages, from `docs/<language>/yardsticks.yml`: instruments, their items, one sheet for each page.

Only single scores are written down; every total is computed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, field_validator

from iontosite.content.located import Key, Located, twice, validate
from iontosite.content.record import Id, Plain, Record
from iontosite.faults import ContentError, Fault, did_you_mean

WHOLE_SITE = "site"  # stands for a page where an instrument looks at all pages together
_HANDOUT = re.compile(r"handouts/([a-z0-9-]+)\.yml")
NOT_APPLICABLE = "na"


class Part(Record):
    """A part of an instrument with a total and a goal of its own."""

    id: Id
    name: Plain
    goal: int


class Item(Record):
    """One thing that an instrument looks at, in our words."""

    id: Id
    part: str
    words: str
    may_not_apply: bool = False


class Score(Record):
    """What one item got on one page, why, and what would make it better."""

    score: int | Literal["na"]
    why: str = Field(min_length=10)
    better: str = ""

    @field_validator("score", mode="before")
    @classmethod
    def _is_score(cls, value: object) -> object:
        if value != NOT_APPLICABLE and (isinstance(value, bool) or not isinstance(value, int)):
            raise ValueError(f"{value!r} is no score: write a whole number, or {NOT_APPLICABLE}")
        return value


class Sheet(Record):
    """Every item's score on one page, or on one handout: `handouts/visit.yml`."""

    page: str
    scores: dict[str, Score]

    @property
    def handout(self) -> str:
        """The id of the handout that it scores; empty where it scores a page."""
        found = _HANDOUT.fullmatch(self.page)
        return found[1] if found else ""


@dataclass(frozen=True)
class Total:
    """The computed total of one part on one sheet."""

    part: Part
    points: int
    possible: int
    value: int  # what the goal is held against: the points, or the percentage that they make
    met: bool


class Instrument(Record):
    """One yardstick: who made it, how it is scored, its items and the sheets that were filled in."""

    id: Id
    name: Plain
    short: Plain  # what stands before each page's title, so that no two headings are the same
    maker: str
    about: str
    lowest: int
    highest: int
    unit: Literal["percent", "points"]
    no_item_under: int | None = None
    parts: list[Part] = Field(min_length=1)
    items: list[Item] = Field(min_length=1)
    sheets: list[Sheet] = Field(min_length=1)

    def items_of(self, part: Part) -> list[Item]:
        """The items of one part, in order."""
        return [item for item in self.items if item.part == part.id]

    def total(self, sheet: Sheet, part: Part) -> Total:
        """The total of one part; what does not apply counts neither way. A percentage is cut, never rounded up."""
        scores = [sheet.scores[item.id].score for item in self.items_of(part)]
        counted = [score for score in scores if isinstance(score, int)]
        points, possible = sum(counted), self.highest * len(counted)
        value = points * 100 // possible if self.unit == "percent" and possible else points
        low = self.no_item_under is not None and min(counted, default=self.highest) < self.no_item_under
        return Total(part, points, possible, value, value >= part.goal and not low)

    def totals(self, sheet: Sheet) -> list[Total]:
        """The totals of one sheet, one for each part."""
        return [self.total(sheet, part) for part in self.parts]


class _File(Record):
    instruments: list[Instrument] = Field(min_length=1)


@dataclass(frozen=True)
class Yardsticks:
    """All instruments of one language, and where their sheets stand in the file."""

    located: Located
    instruments: list[Instrument]

    @property
    def path(self) -> str:
        """The file that they were read from."""
        return self.located.path

    def line_of(self, instrument: Instrument, sheet: Sheet, item: str) -> int:
        """The line of one item's score."""
        number, index = self.instruments.index(instrument), instrument.sheets.index(sheet)
        return self.located.line(("instruments", number, "sheets", index, "scores", item))

    def sheets(self) -> Iterator[tuple[Instrument, Sheet]]:
        """Every sheet with its instrument, in the order of the file."""
        for instrument in self.instruments:
            for sheet in instrument.sheets:
                yield instrument, sheet

    def page_faults(self, pages: Iterable[str]) -> list[Fault]:
        """Sheets for pages that do not exist; `pages` are the paths of the language's pages and handouts."""
        known, faults = [*pages, WHOLE_SITE], []
        for instrument, sheet in self.sheets():
            if sheet.page not in known:
                place = ("instruments", self.instruments.index(instrument), "sheets", instrument.sheets.index(sheet))
                hint = did_you_mean(sheet.page, known)
                faults.append(Fault(self.path, self.located.line(place), f'scores "{sheet.page}", which does not exist{hint}'))
        return faults

    def missed_goals(self) -> list[str]:
        """Each total that is under its goal, or holds an item that is too low, in words."""
        return [
            f"{instrument.short}, {sheet.page}: {total.part.name} {total.value}, goal {total.part.goal}"
            for instrument, sheet in self.sheets()
            for total in instrument.totals(sheet)
            if not total.met
        ]


def load_yardsticks(located: Located) -> Yardsticks:
    """The sheets of one language; raises ContentError with every item that is missing, unknown or out of range."""
    instruments = validate(_File, located).instruments
    faults: list[Fault] = []
    pages: list[tuple[Key, str]] = []
    for number, instrument in enumerate(instruments):
        key: Key = ("instruments", number)
        faults += _part_faults(instrument, located, key)
        for index, sheet in enumerate(instrument.sheets):
            place: Key = (*key, "sheets", index)
            pages.append((place, f"{instrument.id}, {sheet.page}"))
            faults += _sheet_faults(instrument, sheet, located, place)
    faults += twice(located, pages, "{} stands twice: keep one sheet")
    if faults:
        raise ContentError(faults)
    return Yardsticks(located, instruments)


def _part_faults(instrument: Instrument, located: Located, key: Key) -> list[Fault]:
    """Items twice, or in a part that the instrument does not have."""
    parts = [part.id for part in instrument.parts]
    items: list[tuple[Key, str]] = [((*key, "items", index), item.id) for index, item in enumerate(instrument.items)]
    faults = twice(located, items, 'the item "{}" stands twice: keep one')
    for index, item in enumerate(instrument.items):
        line = located.line((*key, "items", index))
        if item.part not in parts:
            hint = did_you_mean(item.part, parts)
            faults.append(Fault(located.path, line, f'{item.id}: there is no part "{item.part}"{hint}'))
    return faults


def _sheet_faults(instrument: Instrument, sheet: Sheet, located: Located, key: Key) -> list[Fault]:
    """What one sheet lacks, has too much, or scores outside of the scale."""
    faults, items = [], {item.id: item for item in instrument.items}
    where = f"{instrument.short}, {sheet.page}"
    for item_id in items:
        if item_id not in sheet.scores:
            faults.append(Fault(located.path, located.line(key), f'{where}: "{item_id}" is missing: score it'))
    for item_id, score in sheet.scores.items():
        line = located.line((*key, "scores", item_id))
        if item_id not in items:
            hint = did_you_mean(item_id, items)
            faults.append(Fault(located.path, line, f'{where}: there is no item "{item_id}"{hint}'))
        elif problem := _problem(instrument, items[item_id], score):
            faults.append(Fault(located.path, line, f"{where}: {item_id}: {problem}"))
    return faults


def _problem(instrument: Instrument, item: Item, score: Score) -> str:
    """What is wrong with one score; empty if nothing is."""
    if not isinstance(score.score, int):
        return "" if item.may_not_apply else "always applies: give it a score"
    if not instrument.lowest <= score.score <= instrument.highest:
        return f"{score.score} is outside of the scale, {instrument.lowest} to {instrument.highest}"
    if score.score < instrument.highest and not score.better:
        return "is not at its best: say under `better` what would improve it"
    return ""
