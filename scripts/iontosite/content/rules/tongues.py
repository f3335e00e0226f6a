"""The languages that the rules know. A language that is not here is held to what can be seen in any: its form, and parity with
the first language as far as numbers, links and headings go."""

from __future__ import annotations

import re

from iontosite.content.rules.english import ENGLISH
from iontosite.content.rules.spanish import SPANISH
from iontosite.content.rules.tongue import Tongue

TONGUES: dict[str, Tongue] = {tongue.code: tongue for tongue in (ENGLISH, SPANISH)}


def refused_words(language: str) -> list[tuple[str, str]]:
    """The words that no page of a language may use as its own, as people read them, each with what is wrong with it; none of a
    language that the rules do not know."""
    tongue = TONGUES.get(language)
    plain = {pattern: re.sub(r"\(\?<!.*?\)|\\b|[()?]", "", pattern) for pattern in (tongue.forbidden if tongue else ())}
    return [(plain[pattern], reason) for pattern, reason in (tongue.forbidden.items() if tongue else ())]
