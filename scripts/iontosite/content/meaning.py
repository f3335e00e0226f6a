"""What a page or a safety rule says, as a hash of its words: what a clinician signs, and what must not change behind that back.

It holds what readers meet: title and description, every heading, sentence, cell and picture's words with the box that they
stand in (a line that moves from "Do" to "Do not" says something else), the rules and findings that a page includes, the numbers
to call. It does not hold marks of type, links, sources and dates, line ends, or how many spaces stand between two words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iontosite.content.glossary import Entry
from iontosite.content.markdown import VARIABLE, Block
from iontosite.content.pages import Page
from iontosite.content.safety import SafetyRule
from iontosite.content.translated import hash_of

_NO_WORDS = frozenset({"comment", "code"})  # what is computed for it is added; a picture's data is read as a figure


def page_meaning(page: Page, numbers: Mapping[str, str], glossary: tuple[Entry, ...] = ()) -> str:
    """The hash of what a page says, with the numbers to call in their places."""
    said = [[page.front.title], [page.front.description], *_blocks(page), *_figures(page), *_glossary(page, glossary)]
    return hash_of([[_plain(text, numbers) for text in each] for each in said])


def rule_meaning(rule: SafetyRule, language: str, numbers: Mapping[str, str]) -> str:
    """The hash of what a safety rule says in one language: its level, whom it is for, and its words in every form. Raises
    KeyError where it has no words in that language."""
    words = rule.words[language]
    return hash_of([_plain(text, numbers) for text in (rule.level, rule.who, words.say, words.tick, words.sentence)])


def _blocks(page: Page) -> Iterator[list[str]]:
    for block in page.blocks:
        if block.kind not in _NO_WORDS:
            yield [_box(block), block.text, *(picture.words for picture in block.pictures)]


def _box(block: Block) -> str:
    """The boxes around a block, without their numbers: one more box above changes nothing in what this one says."""
    return " ".join(container.name for container in block.within)


def _figures(page: Page) -> Iterator[list[str]]:
    yield from ([figure.chart.title, figure.said] for figure in page.figures)


def _glossary(page: Page, glossary: tuple[Entry, ...]) -> Iterator[list[str]]:
    if any(insert.name == "glossary" for insert in page.inserts):
        for entry in glossary:
            if word := entry.words.get(page.language):
                yield [word.word, word.meaning, word.say or ""]


def _plain(text: str, numbers: Mapping[str, str]) -> str:
    """A text with numbers to call filled in, and one space between words; what a clinic fills in stays a name."""
    return " ".join(VARIABLE.sub(lambda match: numbers.get(match[1], match[0]), text).split())
