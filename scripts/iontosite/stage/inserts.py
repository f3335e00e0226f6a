"""What pages hold that is computed: the word list, the list of sources with the pages that cite each, the questions."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from iontosite.content.glossary import Word
from iontosite.content.library import Library
from iontosite.content.pages import Page
from iontosite.content.sources import Source
from iontosite.paper.handouts import PAPERS, SIZES, Sheet
from iontosite.stage.codes import all_codes, code_spellings
from iontosite.stage.messages import messages
from iontosite.templates import fill
from iontosite.stage.yardsticks import yardsticks


def all_inserts(library: Library, sheets: list[Sheet], language: str) -> dict[str, str]:
    """Every insert of one language by the name that a page calls it by: `<!-- insert: glossary -->`."""
    return {
        "glossary": glossary(library, language),
        "sources": sources(library, language),
        "questions": questions(library, language),
        "codes": code_list(library, language),
        "messages": messages(library, language),
        "permalinks": permalinks(library, language),
        "handouts": handouts(library, sheets, language),
        "makers": makers(library, language),
        "yardsticks": yardsticks(library, language),
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


def code_list(library: Library, language: str) -> str:
    """Every code with the page that it leads to, one table for each system."""
    words = library.strings[language].clinics
    systems = []
    for system, codes in groupby(all_codes(library, language), key=lambda code: code.system):
        systems.append((system, words[system], list(codes)))
    return fill("codes.md.j2", systems=systems, words=words)


# Promised files, and other spellings of codes, are too many to list one by one: the page counts them, the data holds all.
_COUNTED = {
    "promised_handouts": re.compile(r"/handouts/[^/]+\.pdf$"),
    "promised_posters": re.compile(r"/assets/posters/[^/]+\.pdf$"),
    "promised_qr": re.compile(r"/assets/qr/[^/]+\.(svg|png)$"),
}


def permalinks(library: Library, language: str) -> str:
    """The ledger for people: every promised address, since when, and where it leads now; of files, how many of each kind."""
    strings = library.strings[language]
    words = strings.clinics
    spellings = code_spellings(library)
    moved = {redirect.old: redirect.new for redirect in library.redirects}
    titles = {"/" + page.url: page.front.title for page in library.pages_in(language)}
    rows, counts = [], Counter()
    for address, promise in library.ledger.items():
        kind = next((name for name, pattern in _COUNTED.items() if pattern.search(address)), None)
        if kind or address in spellings:
            counts[kind or "promised_spellings"] += 1
            continue
        since = words["since"].format(date=strings.say_date(promise.since))
        rows.append({"address": address, "title": titles.get(address, ""), "since": since, "moved": moved.get(address)})
    counted = [words[kind].format(count=counts[kind]) for kind in (*_COUNTED, "promised_spellings") if counts[kind]]
    return fill("permalinks.md.j2", rows=rows, counted=counted, words=words)


def handouts(library: Library, sheets: list[Sheet], language: str) -> str:
    """Every handout: a picture, what it is for, all its versions with their size."""
    strings = library.strings[language]
    words, fronts = strings.maker, {page.path: page.front for page in library.pages_in(language)}
    by_key = {(s.recipe_id, s.paper, s.size.name): s for s in sheets}
    shown = []
    for recipe_id, recipe in library.recipes[language].items():
        versions = [
            _version(by_key[recipe_id, paper, size.name], words)
            for paper in PAPERS
            for size in SIZES
            if (recipe_id, paper, size.name) in by_key
        ]
        checked = words["checked"].format(date=strings.say_date(fronts[recipe.page].evidence_checked))
        shown.append({"id": recipe_id, "recipe": recipe, "versions": versions, "checked": checked})
    return fill("handouts.md.j2", handouts=shown, words=words)


def _version(sheet: Sheet, words: dict[str, str]) -> dict:
    facts = words["facts_one"] if sheet.sides == 1 else words["facts"]
    size = round(len(sheet.pdf) / 1000)
    return {
        "file": sheet.name,
        "label": words["version"].format(paper=words[sheet.paper], size=words[sheet.size.name].lower()),
        "facts": facts.format(sides=sheet.sides, points=f"{sheet.points:g}", kilobytes=size),
    }


def makers(library: Library, language: str) -> str:
    """The handouts that can be made with a clinic's name; their pages stand outside of the builder, so the links are HTML."""
    return fill("makers.md.j2", recipes=library.recipes[language])
