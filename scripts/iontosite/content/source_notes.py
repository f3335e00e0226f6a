"""Our own notes in what a source is called, in the words of another language: "(manufacturer)", "page 8", "a copy at …".

Names and titles stay as the source prints them, because that is how somebody finds it. What we added to them is no part of the
name, and a reader of another language should not have to guess it. The words stand under `source_notes` in
`docs/<language>/strings.yml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from iontosite.content.model import Content
from iontosite.content.sources import Source
from iontosite.faults import Fault, shown

SECTION = "source_notes"
_SHOWN = ("authors", "title", "container")
# What only we would write there. In a title it is the pages that were read alone: all else may be the title's own.
_BRACKETED = re.compile(
    r"\([^()]*\b(?:abstract|archived?|clinic|consumer|cop(?:y|ies)|England|excerpt|first advisor|Germany|guide|guidance|index"
    r"|Ireland|label|library|list|maker|manufacturer|New Zealand|news|notice|older|post|practice|pharmacy|provider|quoted|record"
    r"|reprinted|Scotland|seller|services?|site|summary|text|thesis|transcript|U\.K\.|U\.S\.|via)(?:\b|(?<=\.))[^()]*\)"
)
_BARE = re.compile(r"\bnot shown\b|\bpages? read\b|\bread on copies\b|\bcopy\b|\btrial record\b|\band others\b")
_PAGES = re.compile(r"\bpages? \d")


def told(source: Source, notes: Mapping[str, str]) -> Source:
    """The source with our notes in the words of a language; itself where the language has none."""
    if not notes:
        return source
    return source.model_copy(update={field: _said(getattr(source, field), notes) for field in _SHOWN})


def note_faults(content: Content, broken: frozenset[str]) -> list[Fault]:
    """Each note of a source that a language does not say, and each of its words that no source has any more. `broken` names the
    files that could not be read."""
    faults: list[Fault] = []
    for edition in content.editions[1:]:
        file = f"{edition.code}/strings.yml"
        if {file, "sources.yml"} & broken:
            continue
        notes = edition.strings.source_notes
        texts = [getattr(source, field) for source in content.sources.values() for field in _SHOWN]
        for note in notes:
            if not any(note in text for text in texts):
                faults.append(content.fault(file, (SECTION, note), f'{SECTION}: no source says "{note}" any more: take it out'))
        for index, source in enumerate(content.sources.values()):
            if note := _left_over(told(source, notes)):
                message = f'{shown(content.docs / file, content.root)} has no words for "{note}": add them under {SECTION}'
                faults.append(content.fault("sources.yml", ("sources", index), message))
    return faults


def _said(text: str, notes: Mapping[str, str]) -> str:
    return _any_of(tuple(notes)).sub(lambda match: notes[match[0]], text)


@functools.lru_cache(maxsize=8)
def _any_of(notes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(note) for note in sorted(notes, key=len, reverse=True))
    )  # " copy of the label" before " copy"


def _left_over(source: Source) -> str:
    """The first note of ours that is still in the first language."""
    for text, patterns in (
        (source.authors, (_BRACKETED, _BARE)), (source.container, (_BRACKETED, _BARE)), (source.title, (_PAGES,)),
    ):  # fmt: skip
        for pattern in patterns:
            if found := pattern.search(text):
                return found[0]
    return ""
