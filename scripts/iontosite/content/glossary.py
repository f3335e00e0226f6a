"""Hard words and what they mean, from `docs/glossary.yml`."""
from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from iontosite.content.located import Located, validate


class Word(BaseModel):
    """One word in one language: its own section on the words page, so that its address can be sent to somebody."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    word: str
    meaning: str
    say: str | None = None
    source: str | None = None  # the id of the source that tells how to say it


class Entry(BaseModel):
    """One idea in every language; `id` is its anchor, the same everywhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    words: dict[str, Word]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    entries: list[Entry]


def load_glossary(located: Located) -> list[Entry]:
    """Every entry of the glossary, in the order of the file."""
    return validate(_File, located).entries
