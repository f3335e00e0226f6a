"""What the search knows about each language, from `docs/search.yml`: endings that a word may lose, and words that mean the same.

It is data and not code, so that a language is added by somebody who speaks it; `docs/assets/find.js` works it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pydantic import Field, NonNegativeInt, RootModel

from iontosite.content.located import Key, Located, validate
from iontosite.content.record import Record
from iontosite.faults import ContentError, Fault

_FOLDED = re.compile(r"[a-z0-9 ]+")  # as find.js folds a word: small letters, no accents, no apostrophes


class Round(Record):
    """One round of taking endings off: the first ending that leaves enough letters gives way to another text."""

    least: NonNegativeInt
    endings: dict[str, str] = Field(min_length=1)  # in the order in which they are tried


class SearchWords(Record):
    """What the search knows about one language; as it stands here, nothing."""

    sounds: dict[str, str] = Field(default_factory=dict)
    whole: dict[str, str] = Field(default_factory=dict)
    rounds: list[Round] = Field(default_factory=list)
    asking: list[str] = Field(default_factory=list)
    same: list[list[str]] = Field(default_factory=list)

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Every text that is held against folded words, with its place in the record."""
        for letters in self.sounds:
            yield ("sounds", letters), letters
        for word in self.whole:
            yield ("whole", word), word
        for number, one in enumerate(self.rounds):
            for ending in one.endings:
                yield ("rounds", number, "endings", ending), ending
        for number, word in enumerate(self.asking):
            yield ("asking", number), word
        for number, group in enumerate(self.same):
            for place, word in enumerate(group):
                yield ("same", number, place), word


class _File(RootModel[dict[str, SearchWords]]):
    pass


def load_search_words(located: Located) -> Mapping[str, SearchWords]:
    """Language -> what the search knows about it; raises ContentError with the line of what does not fit, and of each word
    with capitals, accents or signs, which nothing that is typed could ever match."""
    languages = validate(_File, located).root
    faults = [
        Fault(
            located.path,
            located.line((code, *key)),
            f'"{text}" matches nothing: write it in small letters, without accents or signs',
        )
        for code, words in languages.items()
        for key, text in words.texts()
        if not _FOLDED.fullmatch(text)
    ]
    if faults:
        raise ContentError(faults)
    return languages
