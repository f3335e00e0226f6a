"""Dates as the project writes them: "2026-11-20", in quotes."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator

EARLIEST, LATEST = "2000-01-01", "2999-12-31"  # what lies outside is a slip of the hand


def _is_date(value: str) -> str:
    """The same text, if it is a day of the calendar in the one form that sorts as text; raises ValueError."""
    try:
        written_so = date.fromisoformat(value).isoformat() == value  # "20261120" and "2026-W47-5" are dates too, elsewhere
    except ValueError:
        written_so = False
    if not written_so:
        raise ValueError(f'"{value}" is not a date: write it like "2026-11-20"')
    if not EARLIEST <= value <= LATEST:
        raise ValueError(f'"{value}" is no day of this site: write one between {EARLIEST} and {LATEST}')
    return value


IsoDate = Annotated[str, AfterValidator(_is_date)]


def today() -> date:
    """The day for which a site is built: that of SOURCE_DATE_EPOCH, in seconds since 1970, where it is set, so that an older
    build can be repeated (reproducible-builds.org); else the day of the clock, in UTC. Raises ValueError for no number."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given) if given else time.time(), UTC).date()
