"""Addresses that were promised: `docs/permalinks.yml` only grows, and `docs/redirects.yml` says where moved ones lead."""
from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from iontosite.content.dates import IsoDate
from iontosite.content.located import Located, validate


class Promise(BaseModel):
    """A published address: since when, and the heading ids that were published on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    since: IsoDate
    ids: list[str] = []


class _Ledger(BaseModel):
    model_config = ConfigDict(extra="forbid")
    addresses: dict[str, Promise]


# Names between slashes, none of which begins with a dot; at the end a slash, an #id after one, or a file with its suffix.
_ADDRESS = r"^/(?:[\w-][\w.-]*/)*(?:#[\w-]+|[\w-]+(?:\.[\w-]+)+)?$"


class Redirect(BaseModel):
    """An old address and the one that it leads to now: a page (`/after/`), a heading (`/after/#tonight`) or a file
    (`/handouts/visit.pdf`). Codes may hold capitals, and none may climb out of the site."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    old: str = Field(alias="from", pattern=_ADDRESS)
    new: str = Field(alias="to", pattern=_ADDRESS)
    why: str


class _Redirects(BaseModel):
    model_config = ConfigDict(extra="forbid")
    redirects: list[Redirect] = []


def load_ledger(located: Located) -> dict[str, Promise]:
    """Every promised address with its promise."""
    return validate(_Ledger, located).addresses


def load_redirects(located: Located) -> list[Redirect]:
    """Every redirect, in the order of the file."""
    return validate(_Redirects, located).redirects
