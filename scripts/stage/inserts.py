"""What pages hold that is computed: the word list, the list of sources with the pages that cite each, the questions."""
from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from content.glossary import Word
from content.library import Library
from content.pages import Page
from content.sources import Source
from stage.templates import fill


def all_inserts(library: Library, language: str) -> dict[str, str]:
    """Every insert of one language by the name that a page calls it by: `<!-- insert: glossary -->`."""
    return {
        "glossary": glossary(library, language),
        "sources": sources(library, language),
        "questions": questions(library, language),
    }


def _plain(text: str) -> str:
    """A sort key without accents and case."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()


def glossary(library: Library, language: str) -> str:
    """The words of one language under their first letters, each with the address of its own section."""
    words: list[tuple[str, Word]] = [
        (entry.id, entry.words[language]) for entry in library.glossary if language in entry.words
    ]
    words.sort(key=lambda item: _plain(item[1].word))
    letters = [(k.upper(), list(group)) for k, group in groupby(words, key=lambda item: _plain(item[1].word)[0])]
    return fill("glossary.md.j2", letters=letters, frame=library.strings[language].frame)


def sources(library: Library, language: str) -> str:
    """Every source, by author and year, with the pages of this language that cite it."""
    entries: list[tuple[Source, list[Page]]] = []
    citing: dict[str, list[Page]] = {}
    for page in library.pages_in(language):
        for source in library.cited_by(page):
            citing.setdefault(source, []).append(page)
    for source in sorted(library.sources.values(), key=lambda s: (_plain(s.authors), s.year or 0, s.id)):
        if source.id in citing:
            entries.append((source, citing[source.id]))
    strings = library.strings[language]
    return fill("sources.md.j2", entries=entries, strings=strings, frame=strings.frame)


@dataclass(frozen=True)
class _Listed:
    front: object
    link: str


def questions(library: Library, language: str) -> str:
    """The questions in their groups; a new question appears here because its file exists."""
    asked = [page for page in library.pages_in(language) if page.section == "questions" and page.front.group]
    groups = []
    for group, label in library.strings[language].groups.items():
        pages = sorted((p for p in asked if p.front.group == group), key=lambda p: (p.front.order, p.path))
        if pages:
            groups.append((label, group, [_Listed(p.front, p.path.removeprefix("questions/")) for p in pages]))
    return fill("questions.md.j2", groups=groups)
