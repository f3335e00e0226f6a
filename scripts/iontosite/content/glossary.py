"""Hard words and what they mean, from `docs/glossary.yml`."""

from __future__ import annotations

from pydantic import Field

from iontosite.content.located import Key, Located, twice, validate
from iontosite.content.record import Id, Plain, Record
from iontosite.faults import ContentError


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
    """Every entry of the glossary, in the order of the file; raises ContentError for each that stands twice, by its id or by its
    word in a language: a reader who looks a word up finds one meaning."""
    entries = validate(_File, located).entries
    ids: list[tuple[Key, str]] = [(("entries", index), entry.id) for index, entry in enumerate(entries)]
    words: list[tuple[Key, str]] = [
        (("entries", index, "words", language, "word"), f"{language}: {word.word.casefold()}")
        for index, entry in enumerate(entries)
        for language, word in entry.words.items()
    ]
    faults = twice(located, ids, 'the id "{}" stands twice: keep one entry')
    faults += twice(located, words, 'the word "{}" stands twice: keep one entry of it')
    if faults:
        raise ContentError(faults)
    return tuple(entries)
