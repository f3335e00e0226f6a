"""Whether translations are whole, and of what the first language says now (content/translated.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import BaseModel

from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.translated import FILE, GLOSSARY, STOPS, Shared, file_hash, is_translated_file, shared_words
from iontosite.faults import Fault, did_you_mean


@dataclass(frozen=True)
class Owed:
    """One piece that a translation owes: its name as `make translated` takes it, and what is the matter."""

    name: str
    why: str


def translation_faults(content: Content, broken: frozenset[str]) -> list[Fault]:
    """What no translation may be without: where each page was made from, and all that people act on as it is said now."""
    faults = [
        Fault(page.name, page.line_of("made_from"), "made_from: this page is no translation: take it out")
        for page in content.editions[0].pages
        if page.front.made_from
    ]
    faults += _not_translated_faults(content, broken)
    for edition in content.editions[1:]:
        faults += [fault for page in edition.pages for fault in _page_faults(page, content, broken)]
        if not broken & {*STOPS, GLOSSARY, f"{edition.code}/{FILE}"}:
            faults += _shared_faults(edition, content)
    return faults


def _not_translated_faults(content: Content, broken: frozenset[str]) -> Iterator[Fault]:
    """Pages that a language leaves to the first one, and that the first one lacks, or that are there all the same."""
    first = content.editions[0]
    for index, edition in enumerate(content.editions):
        for at, path in enumerate(edition.language.not_translated):
            key = ("languages", index, "not_translated", at)
            if path not in first.by_path and f"{first.code}/{path}" not in broken:
                near = did_you_mean(path, first.by_path)
                yield content.fault("site.yml", key, f"there is no docs/{first.code}/{path}{near}")
            elif path in edition.by_path:
                yield content.fault("site.yml", key, f"docs/{edition.code}/{path} is there: take it out of this list")


def _page_faults(page: Page, content: Content, broken: frozenset[str]) -> Iterator[Fault]:
    first = content.editions[0]
    if content.original_of(page) is None:
        if f"{first.code}/{page.path}" not in broken:
            near = did_you_mean(page.path, first.by_path)
            yield Fault(page.name, 1, f"there is no docs/{first.code}/{page.path} that it could be a translation of{near}")
    elif not page.front.made_from:
        advice = f"once it says what docs/{first.code}/{page.path} says, run `make translated FILE={page.name}`"
        yield Fault(page.name, 1, f"does not tell what it was made from: {advice}")


def _shared_faults(edition: Edition, content: Content) -> Iterator[Fault]:
    """Rules, findings and meanings of codes that lack words, or whose first language moved on; and names that nothing has."""
    first = content.editions[0].code
    pieces = list(shared_words(content.safety, content.findings, content.glossary, content.meanings))
    for piece in pieces:
        if piece.file in STOPS and first in piece.words and (why := _what_is_owed(piece, edition, first)):
            yield content.fault(piece.file, (*piece.key, "words"), f'"{piece.id}" in "{edition.code}": {why}')
    known = {piece.name for piece in pieces} | set(_own_files(edition, content))
    for name in edition.made_from:
        if name not in known:
            hint = did_you_mean(name, known)
            yield content.fault(f"{edition.code}/{FILE}", ("hashes", name), f'nothing is called "{name}": take it out{hint}')


def _what_is_owed(piece: Shared, edition: Edition, first: str) -> str | None:
    """What is the matter with one piece in one language; None if nothing is."""
    if edition.code not in piece.words:
        return "has no words: write them beside the others"
    lacks = _forms(piece.words[first]) - _forms(piece.words[edition.code]) if piece.file in STOPS else set()
    if lacks:
        return f"lacks {', '.join(f'`{form}`' for form in sorted(lacks))}: write it beside the others"
    made_from, now = edition.made_from.get(piece.name), piece.hash_in(first)
    if made_from == now:
        return None
    run = f"run `make translated FILE=docs/{piece.name}`"
    if made_from is None:
        return f"nothing tells what it was made from: hold it against the first language, then {run}"
    held = f"docs/{edition.code}/{FILE} holds the hash of other words"
    return f"the first language says something else by now ({held}): say it here too, then {run}"


def _forms(words: object) -> set[str]:
    """Which of their keys words fill in: a rule may be said, ticked and told in a sentence, a finding have a note or none."""
    if isinstance(words, list):
        return {form for each in words for form in _forms(each)}
    return {form for form, text in words.model_dump().items() if text} if isinstance(words, BaseModel) else set()


def _own_files(edition: Edition, content: Content) -> dict[str, str]:
    """The data files of one language that are translations, by their path below its folder, with the hash of the original."""
    first, folder = content.editions[0].code, f"{edition.code}/"
    names = [name.removeprefix(folder) for name in content.files if name.startswith(folder)]
    return {
        name: file_hash(content.files[f"{first}/{name}"])
        for name in names
        if is_translated_file(name) and f"{first}/{name}" in content.files
    }


def owed(content: Content) -> list[Owed]:
    """What every translation owes though the build goes through: pages, words and files whose original moved on, and what is
    there in the first language only."""
    first = content.editions[0]
    found: list[Owed] = []
    for edition in content.editions[1:]:
        folder = f"docs/{edition.code}/"
        found += [Owed(page.name, f"docs/{first.code}/{page.path} moved on") for page in edition.pages if content.moved_on(page)]
        here = {*edition.by_path, *edition.language.not_translated}
        found += [Owed(folder + path, "is not there yet") for path in first.by_path if path not in here]
        for piece in shared_words(content.safety, content.findings, content.glossary, content.meanings):
            if piece.file not in STOPS and first.code in piece.words and (why := _what_is_owed(piece, edition, first.code)):
                found.append(Owed(f"docs/{piece.name}", f"in {edition.code}: {why}"))
        for name, now in _own_files(edition, content).items():
            if edition.made_from.get(name) != now:
                found.append(Owed(folder + name, f"docs/{first.code}/{PurePosixPath(name)} moved on"))
        handouts = [f"handouts/{name}.yml" for name in first.recipes if name not in edition.recipes]
        found += [Owed(folder + name, "is not there yet") for name in handouts]
    return found
