"""What changed in meaning, from `docs/<language>/changes.yml`: for readers who come back, and clinics that gave a page out."""

from __future__ import annotations

import itertools
from collections.abc import Container

from pydantic import Field

from iontosite.content.dates import IsoDate
from iontosite.content.located import Located, validate
from iontosite.content.record import Record
from iontosite.faults import ContentError, Fault, did_you_mean


class Change(Record):
    """One change of meaning: the day, the pages that say something else now, what they said and say, and why."""

    date: IsoDate
    pages: tuple[str, ...] = Field(min_length=1)  # paths below the language's folder: after.md
    change: str = Field(min_length=10)
    why: str = Field(min_length=10)


class _File(Record):
    changes: tuple[Change, ...]


def load_changes(located: Located) -> tuple[Change, ...]:
    """Every change, the newest first; raises ContentError where one does not fit, or stands above a newer one."""
    changes = validate(_File, located).changes
    faults = [
        Fault(located.path, located.line(("changes", index)), f"{later.date} stands below {earlier.date}: put the newest first")
        for index, (earlier, later) in enumerate(itertools.pairwise(changes), 1)
        if later.date > earlier.date
    ]
    if faults:
        raise ContentError(faults)
    return changes


def change_faults(changes: tuple[Change, ...], located: Located, known: Container[str], names: list[str]) -> list[Fault]:
    """Changes of pages that do not exist. A page that is gone is named as what it became."""
    return [
        Fault(
            located.path,
            located.line(("changes", number, "pages", index)),
            f'there is no page "{page}"{did_you_mean(page, names)}',
        )
        for number, change in enumerate(changes)
        for index, page in enumerate(change.pages)
        if page not in known
    ]
