"""Safety rules, from `docs/safety-rules.yml`: each is said once, and pages, handouts and tools include it.

Every rule has one level, one reason and its sources; where sources differ the stricter one that was read wins, and `decided`
says so. A page takes rules by level and tags, or by id:

    <!-- safety: call-911 breathing allergy -->     a list of all such rules, as lines of a care card
    <!-- safety-ticks: never -->                    the same in the first person, to tick
    <!-- safety-steps: first-aid burn -->           numbered, in the order of the file
    {{ rule:burn-first }}                           one rule as a sentence in the text
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from pydantic import Field

from iontosite.content.located import Located, twice, validate
from iontosite.content.record import Id, Record
from iontosite.faults import ContentError, did_you_mean

# Getting help, from the mildest to the gravest; having the treatment: tell us, only with a yes of your own specialist, not at
# all; and what to do.
Level = Literal[
    "normal", "call-clinic", "today", "emergency-room", "call-911",
    "tell-first", "specialist", "never",
    "first-aid", "do", "do-not", "stop",
]  # fmt: skip
LEVELS: tuple[Level, ...] = get_args(Level)
NEEDED_LEVELS = ("first-aid", "today", "emergency-room", "call-911")
Form = Literal["safety", "safety-ticks", "safety-steps"]
FORMS: tuple[Form, ...] = get_args(Form)

_INCLUDE = re.compile(rf"({'|'.join(FORMS)}):\s*(.+)")
_INLINE = re.compile(r"\{\{\s*rule:\s*([\w-]+)\s*\}\}")


class RuleWords(Record):
    """One rule in one language."""

    say: str = Field(min_length=3)  # as a line of a card or list
    tick: str = ""  # in the first person, for the checklist
    sentence: str = ""  # as a whole sentence or two, for the text of a page


class SafetyRule(Record):
    """One rule: its level, for whom it is, what it is about, what it rests on, and how its level was decided."""

    id: Id
    level: Level
    who: str = "anyone"
    tags: tuple[Id, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = Field(min_length=1)
    decided: str = Field(min_length=10)
    words: dict[str, RuleWords]


class _File(Record):
    harms: dict[Id, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    rules: tuple[SafetyRule, ...]


@dataclass(frozen=True)
class SafetyRules:
    """Every rule, in the order of the file."""

    rules: tuple[SafetyRule, ...] = ()
    harms: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # tag -> language -> words in titles

    @cached_property
    def by_id(self) -> dict[str, SafetyRule]:
        """Each rule by its id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def tags(self) -> set[str]:
        """Every tag that a rule has."""
        return {tag for rule in self.rules for tag in rule.tags}

    def needed(self, harm: str) -> list[SafetyRule]:
        """The rules that a page about a harm has to hold: what to do first, and where to go."""
        return [rule for rule in self.rules if harm in rule.tags and rule.level in NEEDED_LEVELS]

    def select(self, words: str) -> list[SafetyRule]:
        """The rules that an include asks for: a level and tags (all of the level without a tag), or ids. Raises ValueError with
        what nothing is known by, and where no rule is meant."""
        first, *rest = words.split()
        if first not in LEVELS:
            unknown = [word for word in (first, *rest) if word not in self.by_id]
            if unknown:
                raise ValueError(f'there is no rule "{unknown[0]}"{did_you_mean(unknown[0], [*self.by_id, *LEVELS])}')
            return [self.by_id[word] for word in (first, *rest)]
        for tag in rest:
            if tag not in self.tags:
                raise ValueError(f'no rule has the tag "{tag}"{did_you_mean(tag, self.tags)}')
        chosen = [rule for rule in self.rules if rule.level == first and (not rest or set(rest) & set(rule.tags))]
        if not chosen:
            raise ValueError(f'no rule of the level "{first}" has one of these tags: {", ".join(rest)}')
        return chosen

    def markdown(self, form: Form, words: str, language: str) -> str:
        """The Markdown of an include. Raises ValueError as `select` does, and where a rule lacks the words for it."""
        lines: list[str] = []
        for rule in self.select(words):
            text = _words(rule, language, "tick" if form == "safety-ticks" else "say")
            mark = f"{len(lines) + 1}." if form == "safety-steps" else "-"
            lines.append(f"{mark} {text}{_cited(rule.sources)}")
        return "\n".join(lines)

    def with_sentences(self, text: str, language: str) -> str:
        """A page's text with each `{{ rule:id }}` as its sentence; one that is not known, or has no sentence, stays."""

        def said(match: re.Match[str]) -> str:
            rule = self.by_id.get(match[1])
            known = rule.words.get(language) if rule else None
            return known.sentence + _cited(rule.sources) if rule and known and known.sentence else match[0]

        return _INLINE.sub(said, text)

    def sentences_in(self, text: str) -> list[str]:
        """The ids of the rules that a text includes as sentences."""
        return [match[1] for match in _INLINE.finditer(text) if match[1] in self.by_id]

    def unknown_sentences(self, line: str, language: str) -> list[str]:
        """What is wrong with each `{{ rule:id }}` of a line."""
        faults = []
        for match in _INLINE.finditer(line):
            try:
                rule = self.select(match[1])[0] if match[1] not in LEVELS else None
                if rule is None:
                    raise ValueError(f'"{match[1]}" is a level, not a rule')
                _words(rule, language, "sentence")
            except ValueError as error:
                faults.append(str(error))
        return faults


def include_of(comment: str) -> tuple[Form, str] | None:
    """The form and the words of a comment that includes rules; None for any other comment."""
    match = _INCLUDE.fullmatch(comment)
    form = next((form for form in FORMS if match and match[1] == form), None)
    return (form, match[2].strip()) if match and form else None


def without_sentences(text: str) -> str:
    """A text as its page writes it by itself: every included sentence left out, each in its place."""
    return _INLINE.sub("", text)


def _words(rule: SafetyRule, language: str, kind: Literal["say", "tick", "sentence"]) -> str:
    words = rule.words.get(language)
    text = getattr(words, kind) if words else ""
    if not text:
        raise ValueError(f'the rule "{rule.id}" has no `{kind}` in "{language}": write one in docs/safety-rules.yml')
    return str(text)


def _cited(sources: Iterable[str]) -> str:
    return "".join(f"[^{source}]" for source in sources)


def load_safety(located: Located) -> SafetyRules:
    """Every safety rule; raises ContentError for each that does not fit or stands twice."""
    data = validate(_File, located)
    names = [(("rules", index), rule.id) for index, rule in enumerate(data.rules)]
    if faults := twice(located, names, 'the rule "{}" stands twice: a rule is said once'):
        raise ContentError(faults)
    return SafetyRules(data.rules, data.harms)
