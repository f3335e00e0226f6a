"""What a code of a record or a bill means, in plain words for the patient, from `docs/codes.yml`.

An entry counts for each code that begins like its own, and the longest one wins: `M77.1` for M77.10, M77.11 and M77.12, which
differ in the side alone. The side comes from the official wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from iontosite.content.codes import Code
from iontosite.content.located import Located, twice, validate
from iontosite.content.record import Id, Record
from iontosite.faults import ContentError, Fault

FILE = "codes.yml"
Side = Literal["right", "left", "both", "unsaid", ""]
# In the order in which they are looked for: "Bilateral" names both, "Unspecified … of right shoulder" names one.
_SIDES: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("both", re.compile(r"\bbilateral\b", re.IGNORECASE)),
    ("right", re.compile(r"\bright\b", re.IGNORECASE)),
    ("left", re.compile(r"\bleft\b", re.IGNORECASE)),
    (
        "unsaid",
        re.compile(r"\bunspecified (?:elbow|hip|knee|leg|shoulder|side|temporomandibular joint|upper limb)\b", re.IGNORECASE),
    ),
)


class Meaning(Record):
    """What the codes that begin like `begins` mean, by language: words that follow "stands for". Sources where it takes some: a
    diagnosis code is explained by its official wording."""

    begins: str = Field(min_length=3)
    sources: tuple[Id, ...] = ()
    words: dict[str, str]


class _File(Record):
    meanings: tuple[Meaning, ...]


def load_meanings(located: Located) -> tuple[Meaning, ...]:
    """Every meaning, in the order of the file; raises ContentError for one that stands twice."""
    meanings = validate(_File, located).meanings
    names = [(("meanings", index), meaning.begins) for index, meaning in enumerate(meanings)]
    if faults := twice(located, names, '"{}" stands twice: a code means one thing'):
        raise ContentError(faults)
    return meanings


def meaning_of(code: str, meanings: Iterable[Meaning]) -> Meaning | None:
    """The meaning whose beginning fits a code best; None where none does."""
    fitting = [meaning for meaning in meanings if code.startswith(meaning.begins)]
    return max(fitting, key=lambda meaning: len(meaning.begins), default=None)


def side_of(wording: str) -> Side:
    """The side of the body that an official wording names; "unsaid" where it says that nobody wrote it down, "" where it has
    none."""
    return next((side for side, pattern in _SIDES if pattern.search(wording)), "")


def meaning_faults(meanings: tuple[Meaning, ...], located: Located | None, language: str, codes: Iterable[Code]) -> list[Fault]:
    """Codes that lead to pages of the first language and have no meaning in it, and meanings of no code. What a translation lacks
    is told with all else that it lacks, among the rules."""
    if located is None:  # a site without codes needs no file
        return []
    faults: list[Fault] = []
    used: set[str] = set()
    for code in codes:
        found = meaning_of(code.code, meanings)
        if found is None:
            message = f'nothing says what "{code.code}" means: add an entry that begins like it'
            faults.append(Fault(located.path, located.line(("meanings",)), message))
            continue
        used.add(found.begins)
        if language not in found.words:
            line = located.line(("meanings", meanings.index(found), "words"))
            faults.append(Fault(located.path, line, f'"{found.begins}" has no words in "{language}": add them'))
    for index, meaning in enumerate(meanings):
        if meaning.begins not in used:
            message = f'no page names a code that begins like "{meaning.begins}": correct it, or take it out'
            faults.append(Fault(located.path, located.line(("meanings", index)), message))
    return faults
