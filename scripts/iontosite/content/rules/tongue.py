"""What the rules of the pages' language need to know of one language. Limits of sentences are alike in all; how hard words are,
which words promise too much and which tell somebody what to do are each language's own (english.py, spanish.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from iontosite.content.vocabulary import Vocabulary

# Of some texts: how easy or hard they are by the language's own formula, and what is said of it where it is too hard.
Level = Callable[[Sequence[str], Vocabulary], tuple[float, list[str]]]


_NAMED = re.compile(r"\{\{[^{}]*\}\}")


@dataclass(frozen=True)
class Tongue:
    """One language as the rules see it."""

    code: str
    level: Level
    forbidden: Mapping[str, str]  # a pattern of words that no page may use as its own -> what is wrong with it
    tells: Mapping[str, re.Pattern[str]]  # what only a safety rule may tell -> the words that tell it
    orders_not: re.Pattern[str]  # each order not to do something: "do not", "never"
    negates: re.Pattern[str]  # any word that says no
    units: Mapping[str, str]  # what is counted, by one name in all languages -> a pattern of the words for it
    stretch: float = 1.0  # how many words it takes where English takes one

    def count_orders(self, text: str) -> int:
        """How many times a text orders not to do something; what it includes by a name in braces is not its own."""
        return len(self.orders_not.findall(_NAMED.sub(" ", text)))

    def says_no(self, text: str) -> bool:
        """Whether any word of a text says no, what it includes aside."""
        return bool(self.negates.search(_NAMED.sub(" ", text)))
