"""No page writes a safety rule of its own: whom to call, where to go now, who must not have the treatment.

The words below are what such a rule cannot do without. They may stand in an included rule, in the heading of a care card, and
in the words of a link that leads to one; anywhere else they would be a second wording, which drifts from the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iontosite.content.markdown import Block
from iontosite.content.pages import Page
from iontosite.content.rules.tongue import Tongue
from iontosite.content.safety import without_sentences
from iontosite.faults import Fault, did_you_mean

_ADVICE = "include the rule from docs/safety-rules.yml: <!-- safety: … --> or {{ rule:… }}"
CARDS = ("care-call", "care-today", "care-emergency")
# The front matter is too short for a rule. It may name what the page's own rules tell, and no more.
_IN_SHORT = ("title", "description", "text_message")
_LEVELS = {
    "somebody to call {{ emergency }}": ("call-911",),
    "somebody to go to an emergency room": ("emergency-room",),
    "somebody to be seen today": ("today",),
    "who must not have the treatment": ("never", "specialist"),
}


def check_safety_words(page: Page, tongue: Tongue) -> list[Fault]:
    """A fault for each place where a page tells a safety rule in words of its own, and for each rule that a page about a harm
    lacks, at its line."""
    found = [fault for block in page.own_blocks for fault in _told(block, tongue)]
    return [Fault(page.name, line, message) for line, message in [*found, *_missing(page), *_in_short(page, tongue)]]


def _in_short(page: Page, tongue: Tongue) -> Iterator[tuple[int, str]]:
    """A title, a description or a text message that tells what no rule of the page tells."""
    levels = {rule.level for rule in page.safety.rules if rule.id in page.rules}
    for name in _IN_SHORT:
        text = getattr(page.front, name, None) or ""
        for what, pattern in tongue.tells.items():
            match = pattern.search(text)
            if match and not levels.intersection(_LEVELS[what]):
                advice = "include the rule on the page, or leave it out here"
                yield page.line_of(name), f"“{match[0][:50]}” tells {what}, and no rule of the page does: {advice}"


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


def _told(block: Block, tongue: Tongue) -> Iterator[tuple[int, str]]:
    if block.kind in ("code", "comment") or (block.kind == "heading" and block.is_in(*CARDS)):
        return
    if block.kind == "item" and block.is_in(*CARDS):
        yield block.line, f"“{block.text[:50]}” stands in a care card in words of its own: {_ADVICE}"
        return
    text = without_sentences(block.text)
    for link in block.links:  # a link says where it leads
        text = text.replace(link.words, "", 1)
    for what, pattern in tongue.tells.items():
        if match := pattern.search(text):
            yield block.line_at(match.start()), f"“{match[0][:50]}” tells {what} in words of its own: {_ADVICE}"
