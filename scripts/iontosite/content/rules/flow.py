"""Whether a text's sentences lead on to each other: how long they are, how many are joined, and how many short ones stand in
a row. Easy words alone do not make easy reading: a page of short, lone sentences reads like telegrams (plainlanguage.gov,
Plain English Campaign: 15 to 20 words on average, varied; here less, because the readers are tired and afraid)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iontosite.content.markdown import Block
from iontosite.content.rules.reading import sentences, spoken, words

MEAN_WORDS = (11.0, 14.0)  # words in a sentence, over a page
LEAST_JOINED = 0.30  # share of sentences with a joining word
STUB = 9  # words; a shorter sentence is a stub
MOST_STUBS = 3  # in a row, in running text
FEWEST_SENTENCES = 8  # a mean of fewer says little

_JOINING = re.compile(
    r"\b(?:because|so|but|if|when|whenever|while|until|till|unless|although|though|even|once|whether|which|yet|still|since|"
    r"as|instead|where|who|whose|before you|after you|before the|after the|before they|after they|before it|after it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Flow:
    """What was measured in one text: its number of sentences, their mean length in words, the share of them that is joined,
    and the lines where more than `MOST_STUBS` stubs follow each other."""

    sentence_count: int
    mean_words: float
    joined: float
    stub_lines: tuple[int, ...]


def is_joined(sentence: str) -> bool:
    """Whether a sentence has a word that joins two thoughts."""
    return bool(_JOINING.search(sentence))


def told(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that tell something: paragraphs, and list items that are sentences. Links, names and questions to ask are
    looked up one by one, and do not follow from each other."""
    return [
        block
        for block in blocks
        if block.kind == "paragraph" or (block.kind == "item" and re.search(r"[.!…][\"”’)]*$", spoken(block.text).strip()))
    ]


def _stub_lines(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Lines where a run of too many stubs begins. A heading or a list ends a run: list items are read one by one."""
    lines: list[int] = []
    run = 0
    start = 0
    for block in blocks:
        if block.kind != "paragraph":
            run = 0
            continue
        for sentence in sentences(spoken(block.text)):
            if len(words(sentence)) >= STUB:
                run = 0
                continue
            run += 1
            start = block.line if run == 1 else start
            if run == MOST_STUBS + 1:
                lines.append(start)
    return tuple(lines)


def measure_flow(blocks: Sequence[Block]) -> Flow:
    """Measure the flow of a page's blocks."""
    said = [sentence for block in told(blocks) for sentence in sentences(spoken(block.text))]
    count = len(said)
    if not count:
        return Flow(0, 0.0, 0.0, ())
    mean = sum(len(words(sentence)) for sentence in said) / count
    return Flow(count, mean, sum(map(is_joined, said)) / count, _stub_lines(blocks))
