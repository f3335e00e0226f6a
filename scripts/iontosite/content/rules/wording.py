"""The rules of the pages' language that a machine can see: reading grade, sentence length, words that promise too much."""
from __future__ import annotations

import re

from iontosite.content.rules.reading import Vocabulary, blocks_of, measure, sentences, words
from iontosite.faults import Fault
from iontosite.content.library import Library
from iontosite.content.pages import CITATION, Page

# Words that no page may use as its own, with what is wrong with each (CONTENT.md's list, kept here with the reason).
FORBIDDEN = {
    r"safe and effective": "promises too much: say what was seen, and in how many people",
    r"\bpainless\b": "people feel tingling, and some are burned",
    r"\b(clinically )?proven\b": "nothing here is proved: say how sure the studies make us",
    r"\bcures?\b(?<!not a cure)(?<!no cure)": "this treatment cures nothing",
    r"\bdissolves?\b": "no trial showed that it dissolves anything",
    r"\bno side effects?\b": "there are side effects",
    r"works as well as a shot": "no trial shows that",
    r"\bplease note\b": "say it outright",
    r"\bsimply\b": "nothing is simple for a worried reader",
}
# Correcting a wrong claim means quoting it; such a line says so by standing in quotation marks.
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
MAX_ANSWER = 45  # words of a question page's answer


def check_prose(library: Library, vocabulary: Vocabulary) -> list[Fault]:
    """Every fault of every English page; other languages have rules of their own."""
    return [fault for page in library.pages_in("en") for fault in check_page(page, vocabulary)]


def check_page(page: Page, vocabulary: Vocabulary) -> list[Fault]:
    """Every fault of one English page."""
    return _reading_faults(page, vocabulary) + _wording_faults(page) + _shape_faults(page)


def _reading_faults(page: Page, vocabulary: Vocabulary) -> list[Fault]:
    return [Fault(page.name, line, message) for line, message in measure(page.body, vocabulary, page.first_line).faults]


def _wording_faults(page: Page) -> list[Fault]:
    faults = []
    for number, line in page.numbered_lines():
        own_words = CITATION.sub("", _QUOTED.sub("", line))
        for pattern, reason in FORBIDDEN.items():
            if match := re.search(pattern, own_words, re.IGNORECASE):
                faults.append(Fault(page.name, number, f'"{match[0]}": {reason}'))
        if re.search(r"\d\s?–\s?\d", own_words):
            faults.append(Fault(page.name, number, 'a range with a dash: write "10 to 20", which reads aloud'))
        if re.search(r"\b911\b", own_words):
            faults.append(Fault(page.name, number, "an emergency number in the text: write {{ emergency }}"))
    return faults


def _shape_faults(page: Page) -> list[Fault]:
    """Main message first and short; every second-level heading with an id; a question answered in few words."""
    faults = []
    message = page.main_message
    if not message:
        faults.append(Fault(page.name, page.first_line, "has no main message: start with /// html | div.main-message"))
    else:
        line = message.line
        if not message.comes_first:
            faults.append(Fault(page.name, line, "the main message must come first"))
        said = [sentence for block in blocks_of(message.text) for sentence in sentences(block.text)]
        limit = 4 if page.front.group else 3
        if len(said) > limit:
            faults.append(Fault(page.name, line, f"the main message has {len(said)} sentences, {limit} at most"))
        count = sum(len(words(sentence)) for sentence in said)
        if page.front.group and count > MAX_ANSWER:
            faults.append(Fault(page.name, line, f"the answer has {count} words, {MAX_ANSWER} at most"))
    for heading in page.headings():
        if heading.level == 1:
            faults.append(Fault(page.name, heading.line, "a first-level heading: the title is the only one, use ##"))
        if heading.level == 2 and not heading.id:
            faults.append(Fault(page.name, heading.line, "a heading without an id: write ## Text {#short-id}"))
    return faults
