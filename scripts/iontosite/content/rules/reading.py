"""How hard a text is to read: its level by the language's own formula (english.py, spanish.py), and the limits of sentences,
paragraphs and sections that the pages of every language keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iontosite.content.markdown import FILL_INS, VARIABLE, Block
from iontosite.content.rules.tongue import Tongue
from iontosite.content.vocabulary import Vocabulary

LONG_SENTENCE = 20  # words; at most 5 in 100 sentences may be longer
MAX_SENTENCE = 25  # words; no sentence may be longer
MAX_LONG_SHARE = 0.05
MAX_PARAGRAPH = 3  # sentences
MAX_SECTION = 200  # words between two headings

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“¿¡(]?[A-ZÁÉÍÓÚÑ0-9¿¡“\"])")
_WORD = re.compile(r"[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9'’.,-]*")
_DOTTED = {"U.S.": "US", "U.K.": "UK", "EE. UU.": "EEUU", "e.g.": "eg", "i.e.": "ie", "Dr.": "Dr"}


def words(text: str) -> list[str]:
    """The words of a text; "20", "mA-min" and "don't" are one each."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of one block of text."""
    for dotted, plain in _DOTTED.items():
        text = text.replace(dotted, plain)
    return [s for s in _SENTENCE_END.split(text.strip()) if re.search(r"\w", s)]


def spoken(text: str) -> str:
    """A block's words as they are read out: a line to fill in is a pause, a number to call one word."""
    return VARIABLE.sub(lambda match: "…" if match[1] in FILL_INS else "911", text)


@dataclass(frozen=True)
class Reading:
    """What was measured on one page, and each limit that it breaks as (line, what is wrong and what to do). `grade` is its level
    by the language's formula: a school grade in English, the INFLESZ score in Spanish."""

    grade: float
    word_count: int
    faults: tuple[tuple[int, str], ...]


def measure(blocks: Sequence[Block], vocabulary: Vocabulary, tongue: Tongue, first_line: int = 1) -> Reading:
    """Measure a page against the limits of its language and those at the head of this file. Headings and table cells are not
    prose: they count for section length only, because short fragments would flatter the level."""
    prose = [block for block in blocks if block.kind in ("paragraph", "item") and spoken(block.text)]
    texts = [spoken(block.text) for block in prose]
    level, too_hard = tongue.level(texts, vocabulary)
    faults = [(first_line, message) for message in too_hard]
    faults += _sentence_faults(prose, round(LONG_SENTENCE * tongue.stretch))
    faults += _section_faults(blocks, first_line, round(MAX_SECTION * tongue.stretch))
    return Reading(level, sum(len(words(text)) for text in texts), tuple(faults))


def _sentence_faults(prose: list[Block], long_from: int) -> list[tuple[int, str]]:
    """Paragraphs of too many sentences, and sentences of too many words."""
    faults: list[tuple[int, str]] = []
    lengths: list[tuple[int, int]] = []
    for block in prose:
        parts = sentences(spoken(block.text))
        if block.kind == "paragraph" and len(parts) > MAX_PARAGRAPH:
            faults.append((block.line, f"paragraph of {len(parts)} sentences: split it, {MAX_PARAGRAPH} at most"))
        for sentence in parts:
            count = len(words(sentence))
            lengths.append((count, block.line))
            if count > MAX_SENTENCE:
                faults.append((block.line, f"sentence of {count} words, {MAX_SENTENCE} at most: “{sentence[:60]}…”"))
    long = [line for count, line in lengths if count > long_from]
    if len(long) > max(1, MAX_LONG_SHARE * len(lengths)):
        faults.append((long[0], f"{len(long)} of {len(lengths)} sentences are over {long_from} words: shorten them"))
    return faults


def _section_faults(blocks: Sequence[Block], first_line: int, most: int) -> list[tuple[int, str]]:
    """Headings with too many words below them; table cells are looked up, not read through."""
    faults: list[tuple[int, str]] = []
    counts: list[tuple[int, int]] = [(first_line, 0)]
    for block in blocks:
        if block.kind == "heading":
            counts.append((block.line, 0))
        elif block.kind in ("paragraph", "item"):
            line, count = counts[-1]
            counts[-1] = (line, count + len(words(spoken(block.text))))
    for line, count in counts:
        if count > most:
            faults.append((line, f"more than {most} words under one heading: add a heading that says something"))
    return faults
