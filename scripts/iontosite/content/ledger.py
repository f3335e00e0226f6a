"""Addresses that were promised: `docs/permalinks.yml` only grows, and `docs/redirects.yml` says where moved ones lead."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, field_validator

from iontosite.content.dates import IsoDate
from iontosite.content.located import Located, validate
from iontosite.content.record import Record, once, shaped


class Promise(Record):
    """A published address: since when, and the heading ids that were published on it."""

    since: IsoDate
    ids: tuple[str, ...] = ()

    @field_validator("ids")
    @classmethod
    def _each_once(cls, ids: tuple[str, ...]) -> tuple[str, ...]:
        once(ids)
        return ids


# Names between slashes, none of which begins with a dot; at the end a slash, an #id after one, or a file with its suffix. Before
# an #id, `*` stands for each page of a folder.
_Address = Annotated[
    str,
    shaped(
        r"/(?:[\w-][\w.-]*/)*(?:\*/(?=#))?(?:#[\w-]+|[\w-]+(?:\.[\w-]+)+)?",
        "is no address of this site: write it from the top, like /after/, /after/#tonight or /handouts/visit.pdf",
    ),
]


class _Ledger(Record):
    addresses: dict[_Address, Promise]


class Redirect(Record):
    """An old address and the one that it leads to now: a page (`/after/`), a heading (`/after/#tonight`; `/questions/*/#why` is
    that of every page of the folder that promised it) or a file (`/handouts/visit.pdf`). Codes may hold capitals, and none may
    climb out of the site."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    old: _Address = Field(alias="from")
    new: _Address = Field(alias="to")
    why: str


class _Redirects(Record):
    redirects: tuple[Redirect, ...] = ()


def load_ledger(located: Located) -> dict[str, Promise]:
    """Every promised address with its promise."""
    return validate(_Ledger, located).addresses


def load_redirects(located: Located) -> tuple[Redirect, ...]:
    """Every redirect, in the order of the file."""
    return tuple(validate(_Redirects, located).redirects)
