"""What was searched for, when and where, from `docs/searches.yml`: "we found none" is as good as the searches behind it."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from iontosite.content.dates import IsoDate
from iontosite.content.located import Located, validate
from iontosite.content.record import Record
from iontosite.faults import Fault, did_you_mean


class Search(Record):
    """One search: for which page, on which day, where, with which words, and what came back."""

    about: str  # the path of a page below the language's folder
    date: IsoDate
    where: str = Field(min_length=5)
    query: str = Field(min_length=3)
    found: str = Field(min_length=3)


class _File(Record):
    searches: tuple[Search, ...]


def load_searches(located: Located) -> tuple[Search, ...]:
    """Every search, in the order of the file."""
    return validate(_File, located).searches


def search_faults(searches: tuple[Search, ...], located: Located, known: Iterable[str]) -> list[Fault]:
    """Searches for pages that do not exist."""
    names = list(known)
    return [
        Fault(
            located.path,
            located.line(("searches", index, "about")),
            f'there is no page "{each.about}"{did_you_mean(each.about, names)}',
        )
        for index, each in enumerate(searches)
        if each.about not in names
    ]
