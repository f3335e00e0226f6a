"""Words that the reading grade has to know beyond the dictionary, from `docs/reading.yml`."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import PositiveInt

from iontosite.content.located import Located, validate
from iontosite.content.record import Record


@dataclass(frozen=True)
class Vocabulary:
    """Words that the dictionary lacks (word -> syllables) and names that a page cannot avoid (swapped for a short word)."""

    syllables: dict[str, int]
    names: tuple[str, ...]  # the longest first, so that "physical therapist" is found before "therapist"
    counted: dict[str, int] = field(
        default_factory=dict, compare=False, repr=False
    )  # each word that was looked up, as it was found


class _File(Record):
    syllables: dict[str, PositiveInt]
    names: list[str]


def load_vocabulary(located: Located) -> Vocabulary:
    """The words and names; raises ContentError with the line of what does not fit."""
    data = validate(_File, located)
    names = sorted(data.names, key=len, reverse=True)
    return Vocabulary({word.lower(): count for word, count in data.syllables.items()}, tuple(names))
