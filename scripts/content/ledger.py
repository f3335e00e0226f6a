"""Addresses that were promised: `docs/permalinks.yml` only grows, and `docs/redirects.yml` says where moved ones lead."""
from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from content.dates import IsoDate
from content.located import Located, validate


class Promise(BaseModel):
    """A published address: since when, and the heading ids that were published on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    since: IsoDate
    ids: list[str] = []


class _Ledger(BaseModel):
    model_config = ConfigDict(extra="forbid")
    addresses: dict[str, Promise]


class Redirect(BaseModel):
    """An old address, with or without `#id`, and the one that it leads to now. Both start with `/`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    old: str = Field(alias="from", pattern=r"^/[a-z0-9/.-]*(#[\w-]+)?$")
    new: str = Field(alias="to", pattern=r"^/[a-z0-9/.-]*(#[\w-]+)?$")
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
