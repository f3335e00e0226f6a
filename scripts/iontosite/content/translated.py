"""Of which words each translation was made, and what has changed since.

A translation is made of what the first language says on one day. When that moves on, nobody may take the translation for the
same: its page says so and leads to the other one, `make review` lists it, and where a rule, a finding or the meaning of a code
moved on the build stops.
So the hash of the words that it was made from is kept: of a page in its own front matter (`made_from`), of everything else in
`docs/<language>/made-from.yml`. `make translated FILE=…` writes both, once somebody has held the two against each other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field

from iontosite.content.code_meanings import FILE as CODES
from iontosite.content.code_meanings import Meaning
from iontosite.content.findings import Findings
from iontosite.content.glossary import Entry
from iontosite.content.located import Key, Located, validate
from iontosite.content.pages import Page
from iontosite.content.record import Record, shaped
from iontosite.content.safety import SafetyRules

FILE = "made-from.yml"
RULES, FINDINGS, GLOSSARY = "safety-rules.yml", "findings.yml", "glossary.yml"
# What people act on: none of it may say in one language what it says no more in the first. A page on a code is one sentence of
# these words, and has no place to say that it was left behind.
STOPS = (RULES, FINDINGS, CODES)
_DIGITS = 12  # hex digits: 1 in 280 billion that two texts share them


@dataclass(frozen=True)
class Shared:
    """One piece of a shared file that has words in several languages: its file, its id, the words, and where they stand."""

    file: str
    id: str
    words: Mapping[str, Any]  # language -> what is said there
    key: Key  # where it stands in the file

    @property
    def name(self) -> str:
        """What it is called in made-from.yml, and when it is named to `make translated`."""
        return f"{self.file}#{self.id}"

    def hash_in(self, language: str) -> str:
        """The hash of its words in one language."""
        return hash_of(_plain(self.words[language]))


_Hash = Annotated[str, shaped(rf"[0-9a-f]{{{_DIGITS}}}", "is no hash: run `make translated` for it, and write none by hand")]


class _File(Record):
    hashes: dict[str, _Hash] = Field(default_factory=dict)


def load_made_from(located: Located) -> Mapping[str, str]:
    """By name, the hash of the words that each translation of one language was made from; raises ContentError with the line of
    what does not fit."""
    return validate(_File, located).hashes


def hash_of(data: object) -> str:
    """The hash of words in plain data. Spaces and line ends between words are none of their meaning, and change nothing."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(" ".join(text.replace("\\n", " ").split()).encode()).hexdigest()[:_DIGITS]


def page_hash(page: Page) -> str:
    """The hash of what a page says: title, description and body, with its includes as they are written."""
    return hash_of([page.front.title, page.front.description, page.written.strip()])


def shared_words(
    safety: SafetyRules, findings: Findings, glossary: tuple[Entry, ...], meanings: tuple[Meaning, ...]
) -> Iterator[Shared]:
    """Every piece of the shared files that has words. Ids of claims and findings are told apart by what they are."""
    for index, rule in enumerate(safety.rules):
        yield Shared(RULES, rule.id, rule.words, ("rules", index))
    if findings.sure:
        yield Shared(FINDINGS, "sure", findings.sure, ("sure",))
    if findings.tables:
        yield Shared(FINDINGS, "tables", findings.tables, ("tables",))
    for index, claim in enumerate(findings.claims):
        yield Shared(FINDINGS, f"claim-{claim.id}", claim.words, ("claims", index))
    for index, finding in enumerate(findings.findings):
        # A language in which one arm has no label has no words for the whole.
        every: list[Mapping[str, object]] = [finding.words, *(arm.words for arm in finding.arms)]
        known = [language for language in finding.words if all(language in words for words in every)]
        said = {language: [words[language] for words in every] for language in known}
        yield Shared(FINDINGS, f"finding-{finding.id}", said, ("findings", index))
    for index, entry in enumerate(glossary):
        yield Shared(GLOSSARY, entry.id, entry.words, ("entries", index))
    for index, meaning in enumerate(meanings):
        yield Shared(CODES, meaning.begins, meaning.words, ("meanings", index))


def _plain(words: Any) -> Any:
    if isinstance(words, list):
        return [_plain(each) for each in words]
    return words.model_dump() if isinstance(words, BaseModel) else words


def file_hash(located: Located) -> str:
    """The hash of a data file that each language has whole: messages, words of the frame, a handout."""
    return hash_of(located.data)


def is_translated_file(name: str) -> bool:
    """Whether a data file of a language (its path below the language's folder) is a translation of the first language's. What
    changed and how pages score is told of each language's own pages."""
    return name in ("strings.yml", "messages.yml") or name.startswith("handouts/")
