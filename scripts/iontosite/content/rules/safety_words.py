"""No page writes a safety rule of its own: whom to call, where to go now, who must not have the treatment.

The words below are what such a rule cannot do without. They may stand in an included rule, in the heading of a care card, and
in the words of a link that leads to one; anywhere else they would be a second wording, which drifts from the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iontosite.content.markdown import Block
from iontosite.content.pages import Page
from iontosite.content.safety import without_sentences
from iontosite.faults import Fault, did_you_mean

# What is told -> the words that tell it.
TELLS = {
    "somebody to call {{ emergency }}": re.compile(
        r"\b(?:call|dial|phone)\b[^.?!]{0,30}(?:\{\{\s*emergency\s*\}\}|\b911\b)", re.IGNORECASE
    ),
    "somebody to go to an emergency room": re.compile(
        r"\b(?:go|come|get|rush|sent?)\b[^.?!]{0,40}\b(?:emergency (?:room|department|care)|ER)\b", re.IGNORECASE
    ),
    "somebody to be seen today": re.compile(
        r"\b(?:get help|be seen|get (?:it|them|that|a burn) (?:seen|checked)|see (?:a|your) doctor|get seen)\b[^.?!]{0,25}"
        r"\b(?:today|now|right away|at once|the same day|that day)\b",
        re.IGNORECASE,
    ),
    "who must not have the treatment": re.compile(
        r"\b(?:do not|don't|must not|should not|cannot|can't|never) (?:have|get|use|start) "
        r"(?:it|this|this treatment|iontophoresis|the treatment|the steroid|this kind of treatment) "
        r"(?:if|with|when|while|on|over|where|near|for|at all|until|unless)\b",
        re.IGNORECASE,
    ),
}
_ADVICE = "include the rule from docs/safety-rules.yml: <!-- safety: … --> or {{ rule:… }}"
CARDS = ("care-call", "care-today", "care-emergency")


def check_safety_words(page: Page) -> list[Fault]:
    """A fault for each place where a page tells a safety rule in words of its own, and for each rule that a page about a harm
    lacks, at its line."""
    found = [fault for block in page.own_blocks for fault in _told(block)]
    return [Fault(page.name, line, message) for line, message in [*found, *_missing(page)]]


def _missing(page: Page) -> Iterator[tuple[int, str]]:
    """Rules that a page about a harm has to hold and does not; and a harm in the title that the front matter does not name."""
    harms, safety = page.front.harms, page.safety
    for tag, words in safety.harms.items():
        own = words.get(page.language, ())
        named = next((word for word in own if re.search(rf"\b{word}", page.front.title, re.IGNORECASE)), None)
        if named and harms is None:
            yield page.line_of("title"), f'is about "{named}": add harms: [{tag}], or harms: [] where it tells of no danger'
    for tag in harms or ():
        if tag not in safety.harms:
            yield page.line_of("harms"), f'there is no harm "{tag}"{did_you_mean(tag, safety.harms)}'
        lacking = [rule.id for rule in safety.needed(tag) if rule.id not in page.rules]
        if lacking:
            yield page.line_of("harms"), f"is about {tag} and lacks its safety rules: include {', '.join(lacking)}"


def _told(block: Block) -> Iterator[tuple[int, str]]:
    if block.kind in ("code", "comment") or (block.kind == "heading" and block.is_in(*CARDS)):
        return
    if block.kind == "item" and block.is_in(*CARDS):
        yield block.line, f"“{block.text[:50]}” stands in a care card in words of its own: {_ADVICE}"
        return
    text = without_sentences(block.text)
    for link in block.links:  # a link says where it leads
        text = text.replace(link.words, "", 1)
    for what, pattern in TELLS.items():
        if match := pattern.search(text):
            yield block.line_at(match.start()), f"“{match[0][:50]}” tells {what} in words of its own: {_ADVICE}"
