"""Finds the name that was probably meant, for "did you mean", among as many names as a large site has."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Iterable

# Names on both sides of the place that the asked one would have in the alphabet.
_NEIGHBOURS = 10
# Comparing takes the product of both lengths. Nobody mistypes names as long as this one, programs write them.
_LONGEST = 300


class Alike:
    """Names to look among. Most slips leave the beginning or the end of a name as it was, so only its neighbours in the
    alphabet are compared, read forwards and backwards: comparing with every name took 35 seconds for 3,000 misspelt
    addresses among 3,000 short ones, and grows with their product."""

    def __init__(self, names: Iterable[str]) -> None:
        self._forwards = sorted(names)
        self._backwards = sorted(name[::-1] for name in self._forwards)

    def nearest(self, asked: str, least: float = 0.6) -> str | None:
        """The name most like `asked`; None if none is at least so much alike, from 0 (nothing) to 1 (the same)."""
        if len(asked) > _LONGEST:
            return None
        near = set(_neighbours(self._forwards, asked))
        near.update(name[::-1] for name in _neighbours(self._backwards, asked[::-1]))
        found = difflib.get_close_matches(asked, sorted(near), n=1, cutoff=least)
        return found[0] if found else None


def _neighbours(names: list[str], asked: str) -> list[str]:
    """The names around the place where `asked` would stand in a sorted list."""
    place = bisect_left(names, asked)
    return names[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
