"""The rules of the pages' language that a machine can see: reading level, sentence length, words that promise too much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iontosite.content.pages import Page
from iontosite.content.rules.reading import measure, sentences, spoken, words
from iontosite.content.rules.tongue import Tongue
from iontosite.content.vocabulary import Vocabulary
from iontosite.faults import Fault

# Correcting a wrong claim means quoting it; such a line says so by standing in quotation marks.
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_RANGE = re.compile(r"\d\s?–\s?\d")
_EMERGENCY = re.compile(r"\b911\b")
MAX_ANSWER = 45  # words of a question page's answer
MAX_MESSAGE, MAX_ANSWER_SENTENCES = 3, 4  # sentences of a page's main message, and of the answer to a question


def check_wording(page: Page, vocabulary: Vocabulary, tongue: Tongue) -> list[Fault]:
    """Every fault of one page, by the rules of its language."""
    reading = measure(page.blocks, vocabulary, tongue, page.first_line)
    found = [*reading.faults, *_wording_faults(page, tongue), *_message_faults(page, tongue), *_heading_faults(page)]
    return [Fault(page.name, line, message) for line, message in found]


def _texts(page: Page) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Everything that the page says, with (offset, line) pairs: its words, its pictures' words, its title and description."""
    yield page.front.title, [(0, page.line_of("title"))]
    yield page.front.description, [(0, page.line_of("description"))]
    for block in page.blocks:
        if block.kind not in ("code", "comment"):
            yield block.text, [(0, block.line), *block.lines]
        for picture in block.pictures:
            yield picture.words, [(0, picture.line)]
    for figure in page.figures:
        labels = [group.label for group in figure.chart.groups]
        yield " ".join([figure.chart.title, *labels, figure.chart.note]), [(0, figure.line)]


def _wording_faults(page: Page, tongue: Tongue) -> Iterator[tuple[int, str]]:
    for text, lines in _texts(page):
        own_words = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
        found = [(re.search(pattern, own_words, re.IGNORECASE), f": {reason}") for pattern, reason in tongue.forbidden.items()]
        found.append((_RANGE.search(own_words), ': a range with a dash: write "10 to 20", which reads aloud'))
        if text != page.front.title:  # nothing is filled in there
            found.append((_EMERGENCY.search(own_words), ": an emergency number in the text: write {{ emergency }}"))
        for match, reason in found:
            if match:
                yield max(line for at, line in lines if at <= match.start()), f'"{match[0]}"{reason}'


def _message_faults(page: Page, tongue: Tongue) -> Iterator[tuple[int, str]]:
    """The main message stands first and is short; a question is answered in few words."""
    if not page.main_message:
        yield page.first_line, "has no main message: start with /// html | div.main-message"
        return
    line = page.main_message[0].line
    if page.blocks[0] is not page.main_message[0]:
        yield line, "the main message must come first"
    said = [sentence for block in page.main_message for sentence in sentences(spoken(block.text))]
    limit = MAX_ANSWER_SENTENCES if page.is_question else MAX_MESSAGE
    if len(said) > limit:
        yield line, f"the main message has {len(said)} sentences, {limit} at most"
    count = sum(len(words(sentence)) for sentence in said)
    most = round(MAX_ANSWER * tongue.stretch)
    if page.is_question and count > most:
        yield line, f"the answer has {count} words, {most} at most"


def _heading_faults(page: Page) -> Iterator[tuple[int, str]]:
    for heading in page.headings:
        if heading.level == 1:
            yield heading.line, "a first-level heading: the title is the only one, use ##"
        if heading.level == 2 and not heading.id:
            yield heading.line, "a heading without an id: write ## Text {#short-id}"
