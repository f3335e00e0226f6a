"""Hard words and what they mean, from `docs/glossary.yml`."""

from __future__ import annotations

from pydantic import Field

from iontosite.content.located import Located, validate
from iontosite.content.record import Id, Plain, Record


class Word(Record):
    """One word in one language: its own section on the words page, so that its address can be sent to somebody."""

    word: Plain = Field(min_length=2)
    meaning: str
    say: Plain | None = None
    source: str | None = None  # the id of the source that tells how to say it


class Entry(Record):
    """One idea in every language; `id` is its anchor, the same everywhere."""

    id: Id
    words: dict[str, Word]


class _File(Record):
    entries: list[Entry]


def load_glossary(located: Located) -> tuple[Entry, ...]:
    """Every entry of the glossary, in the order of the file."""
    return tuple(validate(_File, located).entries)
