"""Enter what a translation was made from, once somebody has held it against the first language: make translated FILE=…

FILE is a page (docs/es/after.md), a file of a language (docs/es/messages.yml), or one piece of a shared file by its id
(docs/safety-rules.yml#chest-pain, docs/findings.yml#claim-heel, docs/codes.yml#M77.1). A shared file without an id enters only
what was never entered: a rule that moved on has to be named, so that somebody looks at it. A page also takes over the dates of
its original: the studies behind both are the same.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from iontosite.content.code_meanings import FILE as CODES
from iontosite.content.code_meanings import load_meanings
from iontosite.content.findings import Findings, load_findings
from iontosite.content.glossary import load_glossary
from iontosite.content.located import read_text, read_yaml
from iontosite.content.pages import Page, parse_page
from iontosite.content.safety import SafetyRules, load_safety
from iontosite.content.site import Language, Site, load_site
from iontosite.content.translated import (
    FILE,
    FINDINGS,
    GLOSSARY,
    RULES,
    Shared,
    file_hash,
    is_translated_file,
    load_made_from,
    page_hash,
    shared_words,
)
from iontosite.faults import ContentError, Fault, did_you_mean, say, shown
from iontosite.project import DOCS

HEAD = """\
# The hash of the words that each translation was made from, by its name. `make translated FILE=docs/<name>` enters it here, once
# somebody has held both languages against each other. What pages were made from stands in their own front matter.
"""
_SHARED = (RULES, FINDINGS, GLOSSARY, CODES)
_DATES = ("evidence_checked", "next_check")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("files", nargs="+", help="what is translated: docs/es/after.md, docs/safety-rules.yml#chest-pain")
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Enter each file, and say so. Raises ContentError at the first one that is no translation of anything."""
    for name in arguments.files:
        for entered in enter(arguments.docs.resolve(), name):
            say(console, f"entered: {entered}")
    return 0


def enter(docs: Path, name: str) -> list[str]:
    """Enter what one file, or one piece of it, was made from; `name` is its path from the top of the project, or from `docs`.
    Returns the names of all that was entered."""
    path, _, piece = name.removeprefix("docs/").partition("#")
    site = load_site(read_yaml(docs / "site.yml", "docs/site.yml"))
    code, _, inside = path.partition("/")
    language = next((each for each in site.languages[1:] if each.code == code), None)
    if path in _SHARED:
        return _enter_shared(docs, site, path, piece)
    if language is None or not (docs / path).is_file():
        raise _refused(name, "is no file of a translation: name one like docs/es/after.md, or docs/safety-rules.yml#an-id")
    if inside.endswith(".md"):
        return _enter_page(docs, site, language, inside)
    if not is_translated_file(inside):
        raise _refused(name, "is no translation of another file")
    original = read_yaml(docs / site.languages[0].code / inside, f"docs/{site.languages[0].code}/{inside}")
    return _write(docs, language, {inside: file_hash(original)})


def _refused(name: str, why: str) -> ContentError:
    return ContentError([Fault(name, 1, why)])


def _enter_page(docs: Path, site: Site, language: Language, inside: str) -> list[str]:
    """Write the hash, and the original's dates, into a page's front matter; all else stays as it is, byte for byte."""
    original = _page(docs, site.languages[0].code, inside)
    file = docs / language.code / inside
    text = read_text(file, shown(file, docs.parent))
    values = {name: getattr(original.front, name) for name in _DATES} | {"made_from": page_hash(original)}
    end = text.index("\n---", 3)
    front = text[:end]
    for key, value in values.items():
        line = f'{key}: "{value}"'
        front, found = re.subn(rf"^{key}:.*$", line, front, count=1, flags=re.MULTILINE)
        front += "" if found else f"\n{line}"
    parse_page(front + text[end:], language.code, inside, shown(file, docs.parent))  # never leave a page that cannot be read
    file.write_text(front + text[end:], encoding="utf-8")
    return [shown(file, docs.parent)]


def _page(docs: Path, code: str, inside: str) -> Page:
    path = docs / code / inside
    name = shown(path, docs.parent)
    if not path.is_file():
        raise _refused(name, "is not there: there is nothing that the page could be a translation of")
    return parse_page(read_text(path, name), code, inside, name)


def _enter_shared(docs: Path, site: Site, file: str, piece: str) -> list[str]:
    """Enter one piece of a shared file for every language that has words for it; without an id, what was never entered."""
    first = site.languages[0].code
    pieces = {each.id: each for each in _shared(docs, file)}
    if piece and piece not in pieces:
        raise _refused(f"docs/{file}", f'nothing is called "{piece}" there{did_you_mean(piece, pieces)}')
    entered: list[str] = []
    for language in site.languages[1:]:
        known = _known(docs, language)
        chosen = [pieces[piece]] if piece else [each for each in pieces.values() if each.name not in known]
        said = [each for each in chosen if language.code in each.words and first in each.words]
        entered += _write(docs, language, {each.name: each.hash_in(first) for each in said})
    return entered


def _shared(docs: Path, file: str) -> list[Shared]:
    """Every piece of one shared file."""
    located = read_yaml(docs / file, f"docs/{file}")
    safety = load_safety(located) if file == RULES else SafetyRules()
    findings = load_findings(located) if file == FINDINGS else Findings()
    glossary = load_glossary(located) if file == GLOSSARY else ()
    meanings = load_meanings(located) if file == CODES else ()
    return list(shared_words(safety, findings, glossary, meanings))


def _known(docs: Path, language: Language) -> Mapping[str, str]:
    path = docs / language.code / FILE
    return load_made_from(read_yaml(path, shown(path, docs.parent))) if path.exists() else {}


def _write(docs: Path, language: Language, new: Mapping[str, str]) -> list[str]:
    """Put hashes into a language's file, one a line and in order, so that two people's lines seldom meet."""
    if not new:
        return []
    hashes = {**_known(docs, language), **new}
    lines = "".join(f"  {name}: {json.dumps(value)}\n" for name, value in sorted(hashes.items()))
    (docs / language.code / FILE).write_text(f"{HEAD}hashes:\n{lines}", encoding="utf-8")
    return [f"{language.code}: {name}" for name in new]
