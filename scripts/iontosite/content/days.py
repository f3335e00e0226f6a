"""Days that are told of as past, and are still to come: a check of the evidence, a search, a change, a promise.

The day for which the site is built says so, as it does of sign-offs; it changes no byte, and only runs on, so what builds today
builds in every year after. A clock that stands before the oldest promise of the site was never set, or SOURCE_DATE_EPOCH names
a day of old: it knows nothing of such days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from iontosite.content.located import Key, Located
from iontosite.content.model import Content
from iontosite.faults import Fault

AHEAD = timedelta(days=1)  # the day begins on islands of the Pacific 14 hours before it does in UTC


def day_faults(content: Content) -> list[Fault]:
    """Each of these days that nobody has seen yet, at its line."""
    latest = (content.today + AHEAD).isoformat()
    begun = min((promise.since for promise in content.ledger.values()), default="")
    if latest < begun:
        return []
    advice = f"is still to come (this machine's clock says {content.today.isoformat()}): write the day on which it was"
    return [
        Fault(located.path, located.line(key), f"{key[-1]}: {day} {advice}")
        for located, key, day in _days(content)
        if day > latest
    ]


def _days(content: Content) -> Iterator[tuple[Located, Key, str]]:
    """Every such day with the place where it stands."""
    for page in content.pages:
        yield page.front_lines, ("evidence_checked",), page.front.evidence_checked
    for index, search in enumerate(content.searches):
        yield content.files["searches.yml"], ("searches", index, "date"), search.date
    for edition in content.editions:
        for index, change in enumerate(edition.changes):
            yield content.files[f"{edition.code}/changes.yml"], ("changes", index, "date"), change.date
    for address, promise in content.ledger.items():
        yield content.files["permalinks.yml"], ("addresses", address, "since"), promise.since
