"""What studies found and how sure we are, from `docs/findings.yml`: each finding is told once, and each answer has one word.

A finding is one result of one study: who was studied, what was measured, who judged it, when, each arm's result, what the report
says of chance, who left and who paid. A claim is an answer that rests on findings or sources. How sure we are of it is not typed
in: it follows from how it was studied and what there is to doubt, by the same steps for and against (`certainty_of`).
Doubts of one kind take it one step down together, as in GRADE: else the study that was looked at most closely would end lowest,
only because more of its faults are known. A doubt counts where something that was read shows it, and not where a short summary is
silent; "small" counts the people of all studies of one answer.
A page takes them by id:

    <!-- how-sure: elbow -->                 the box with the word and the reason
    <!-- picture: nirschl-2003-2-days -->    the picture of a finding's numbers
    <!-- numbers: gain later harm -->        one table: a row for each group, a column for each finding about these same groups
    {{ sure:elbow }}                         the word alone, in a text or a table
    {{ count:rahim-2022 1 }}                 the count of a finding's first group in words, such as "25 of 35"
    {{ result:nirschl-2003-2-days 2 }}       the number of its second group alone, such as "33"; a finding of one group needs no 1
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from pydantic import Field, model_validator

from iontosite.content.figures import BarChart, Count, IconArray, Value
from iontosite.content.located import Located, twice, validate
from iontosite.content.record import Id, Plain, Record
from iontosite.faults import ContentError, did_you_mean

Sure = Literal["high", "moderate", "low", "very-low"]
STEPS: tuple[Sure, ...] = ("high", "moderate", "low", "very-low")
# How an answer was studied, and where it starts on the steps.
Design = Literal["trials", "one-trial", "reports", "experts"]
STARTS: dict[Design, int] = {"trials": 0, "one-trial": 1, "reports": 2, "experts": 2}
# What there is to doubt, and of which kind it is; each kind takes an answer one step down.
Doubt = Literal[
    "no-fake", "weakly-made", "many-left", "maker-paid", "short-report", "small", "disagree", "weak-measure", "indirect"
]
Kind = Literal["made", "few", "apart", "aside"]
KINDS: dict[Doubt, Kind] = {
    "no-fake": "made",
    "weakly-made": "made",
    "many-left": "made",
    "maker-paid": "made",
    "short-report": "made",
    "small": "few",
    "disagree": "apart",
    "weak-measure": "aside",
    "indirect": "aside",
}

_INCLUDE = re.compile(r"(how-sure|picture|numbers):\s*([a-z0-9-]+(?:\s+[a-z0-9-]+)*)")
_INLINE = re.compile(r"\{\{\s*sure:\s*([\w-]+)\s*\}\}")
_NUMBER = re.compile(r"\{\{\s*(count|result):\s*([\w-]+)(?:\s+(\d+))?\s*\}\}")


def certainty_of(design: Design, doubts: tuple[Doubt, ...]) -> Sure:
    """How sure an answer makes us: from where its design starts, each kind of doubt goes one step down (after GRADE)."""
    return STEPS[min(STARTS[design] + len({KINDS[doubt] for doubt in doubts}), len(STEPS) - 1)]


class ClaimWords(Record):
    """The reason in one language, as one or two sentences."""

    because: str = Field(min_length=5)
    of: str = ""  # what the word is about, where it needs saying: "for gel on a new sprain or strain"


class Claim(Record):
    """One answer, and what makes us more or less sure of it."""

    id: Id
    design: Design
    doubts: tuple[Doubt, ...] = ()
    sources: tuple[Id, ...] = Field(min_length=1)
    words: dict[str, ClaimWords]

    @property
    def certainty(self) -> Sure:
        """How sure we are."""
        return certainty_of(self.design, self.doubts)


class ArmWords(Record):
    """What one arm of a study is called in one language."""

    label: Plain


class Arm(Record):
    """One group of a study: how many people were counted, and what came out."""

    counted: int | None = Field(None, ge=1)  # null where the report that was read does not say
    result: float = Field(ge=0)
    words: dict[str, ArmWords]


class FindingWords(Record):
    """The title and the note of the picture in one language, the unit of a score, and what heads its column in a table: what was
    counted, and at which moment."""

    title: Plain
    note: str = ""
    unit: Plain = ""
    column: str = ""


class Finding(Record):
    """One result of one study. What its report does not say is "not shown"."""

    id: Id
    source: Id
    also: tuple[Id, ...] = ()
    who: str  # the problem, the ages, how long they had it
    measured: str
    judged_by: str
    when: str  # from what moment
    chance: str
    left: str
    paid: str
    kind: Literal["people", "percent", "score"]
    of: float | None = None  # of a score: the end of its scale
    arms: tuple[Arm, ...] = Field(min_length=1, max_length=4)
    words: dict[str, FindingWords]

    @model_validator(mode="after")
    def _fits(self) -> Finding:
        if self.kind == "score" and self.of is None:
            raise ValueError("a score needs `of`, the end of its scale: a bar without it says nothing")
        if self.kind == "people" and len({arm.counted for arm in self.arms}) > 1:
            raise ValueError("counts of people in one picture need groups of one size: make a finding of each group")
        if self.kind == "people" and any(arm.counted is None for arm in self.arms):
            raise ValueError("counts of people need `counted`")
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that it rests on."""
        return (self.source, *self.also)

    @property
    def whole(self) -> int:
        """How many people its counts are out of."""
        return 100 if self.kind == "percent" else (self.arms[0].counted or 100)

    def labels(self, language: str) -> list[str]:
        """What its groups are called; raises KeyError where one has no words in a language."""
        return [arm.words[language].label for arm in self.arms]

    def chart(self, language: str) -> IconArray | BarChart:
        """The picture of its numbers; raises KeyError where it has no words in a language."""
        words, labels = self.words[language], self.labels(language)
        common = {"title": words.title, "sources": list(self.sources), "note": words.note}
        if self.kind == "score":
            values = [Value(label=label, value=arm.result) for label, arm in zip(labels, self.arms, strict=True)]
            return BarChart(**common, max=self.of or 1, unit=words.unit, groups=values)
        counts = [Count(label=label, count=round(arm.result)) for label, arm in zip(labels, self.arms, strict=True)]
        return IconArray(**common, of=self.whole, groups=counts)


class SureWords(Record):
    """The words around certainty in one language: the question, the four words, each kind of doubt as half a sentence and each
    doubt as a sentence."""

    question: Plain
    words: dict[Sure, Plain]
    designs: dict[Design, Plain]
    kinds: dict[Kind, Plain]
    doubts: dict[Doubt, Plain]
    starts_at: Plain  # before the list of where an answer starts
    goes_down: Plain  # before the list of what takes it a step down

    @model_validator(mode="after")
    def _whole(self) -> SureWords:
        for known, given in (
            (STEPS, self.words),
            (get_args(Design), self.designs),
            (get_args(Kind), self.kinds),
            (get_args(Doubt), self.doubts),
        ):
            if missing := [name for name in known if name not in given]:
                raise ValueError(f"the words for {', '.join(missing)} are missing: add them")
        return self


class TableWords(Record):
    """The words of a table of numbers in one language: what heads its groups, and how a count is said."""

    group: Plain
    cell: str = Field(pattern=r"^[^{}]*(\{count\}[^{}]*\{of\}|\{of\}[^{}]*\{count\})[^{}]*$")


class _File(Record):
    sure: dict[str, SureWords] = Field(default_factory=dict)
    tables: dict[str, TableWords] = Field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Findings:
    """Every claim and finding, in the order of the file."""

    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    sure: Mapping[str, SureWords] = field(default_factory=dict)
    tables: Mapping[str, TableWords] = field(default_factory=dict)

    @cached_property
    def claim_by_id(self) -> dict[str, Claim]:
        """Each claim by its id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def finding_by_id(self) -> dict[str, Finding]:
        """Each finding by its id."""
        return {finding.id: finding for finding in self.findings}

    def claim(self, claim_id: str) -> Claim:
        """The claim with this id; raises ValueError with the nearest one where there is none."""
        if claim_id not in self.claim_by_id:
            raise ValueError(f'there is no claim "{claim_id}" in docs/findings.yml{did_you_mean(claim_id, self.claim_by_id)}')
        return self.claim_by_id[claim_id]

    def word(self, claim: Claim, language: str) -> str:
        """How sure we are of a claim, in one word; raises ValueError where a language has no words for it."""
        if language not in self.sure:
            raise ValueError(f'docs/findings.yml has no words in "{language}" under `sure`: add them')
        if language not in claim.words:
            raise ValueError(f'the claim "{claim.id}" has no words in "{language}": add them in docs/findings.yml')
        return self.sure[language].words[claim.certainty]

    def box(self, claim_id: str, language: str) -> str:
        """The Markdown of a claim's box. Raises ValueError as `claim` and `word` do."""
        claim = self.claim(claim_id)
        word, words = self.word(claim, language), claim.words[language]
        of = f", {words.of}" if words.of else ""
        cited = "".join(f"[^{source}]" for source in claim.sources)
        head = f"**{self.sure[language].question} {word}{of}.**"
        return f"/// html | div.certainty.certainty-{claim.certainty}\n{head} {words.because}{cited}\n///"

    def finding(self, finding_id: str) -> Finding:
        """The finding with this id; raises ValueError with the nearest one where there is none."""
        if finding_id not in self.finding_by_id:
            nearest = did_you_mean(finding_id, self.finding_by_id)
            raise ValueError(f'there is no finding "{finding_id}" in docs/findings.yml{nearest}')
        return self.finding_by_id[finding_id]

    def chart(self, finding_id: str, language: str) -> IconArray | BarChart:
        """The picture of a finding; raises ValueError where there is none, or it has no words in the language."""
        try:
            return self.finding(finding_id).chart(language)
        except KeyError as error:
            raise ValueError(f'the finding "{finding_id}" has no words in {error}') from error

    def table(self, ids: Sequence[str], language: str) -> str:
        """The Markdown of a table of findings about the same groups: benefit beside harm, all out of one number. Raises
        ValueError where a finding is missing, has no words, is no count of people, or cannot be compared with the first."""
        found = [self.finding(finding_id) for finding_id in ids]
        if language not in self.tables:
            raise ValueError(f'docs/findings.yml has no words in "{language}" under `tables`: add them')
        for each in found:
            if each.kind == "score":
                raise ValueError(f'the finding "{each.id}" is a score: a table of numbers counts people')
            said = language in each.words and all(language in arm.words for arm in each.arms)
            if not said or not each.words[language].column:
                raise ValueError(f'the finding "{each.id}" has no `column` in "{language}": say what was counted, and when')
            if (each.labels(language), each.whole) != (found[0].labels(language), found[0].whole):
                raise ValueError(
                    f'"{each.id}" has other groups than "{found[0].id}", or counts out of another number: make two tables'
                )
        words = self.tables[language]
        rows = [[words.group, *(each.words[language].column for each in found)], ["---"] * (len(found) + 1)]
        for index, label in enumerate(found[0].labels(language)):
            cells = [words.cell.format(count=round(each.arms[index].result), of=each.whole) for each in found]
            cited = ["".join(f"[^{source}]" for source in each.sources) for each in found]
            rows.append([label, *(cell + marks for cell, marks in zip(cells, cited, strict=True))])
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def number(self, how: str, finding_id: str, group: str | None, language: str) -> str:
        """One group's result: "count" for "25 of 35" in the words of a language, "result" for the number alone. Groups count
        from 1. Raises ValueError where there is no such finding or group, or a score would be counted."""
        finding = self.finding(finding_id)
        if group is None and len(finding.arms) > 1:
            raise ValueError(
                f'"{finding_id}" has {len(finding.arms)} groups: write which one, such as {{{{ {how}:{finding_id} 1 }}}}'
            )
        at = int(group or 1)
        if not 1 <= at <= len(finding.arms):
            raise ValueError(f'"{finding_id}" has no group {at}: it has {len(finding.arms)}, counted from 1')
        result = finding.arms[at - 1].result
        if how == "result":
            return f"{result:g}"
        if finding.kind == "score":
            raise ValueError(f'the finding "{finding_id}" is a score: write its number with "result"')
        if language not in self.tables:
            raise ValueError(f'docs/findings.yml has no words in "{language}" under `tables`: add them')
        return self.tables[language].cell.format(count=round(result), of=finding.whole)

    def with_words(self, text: str, language: str) -> str:
        """A page's text with each `{{ sure:claim }}` as its word and each number of a finding in its place; one that is not known
        stays."""

        def said(match: re.Match[str]) -> str:
            known = self.claim_by_id.get(match[1])
            return self.word(known, language) if known and language in known.words and language in self.sure else match[0]

        def told(match: re.Match[str]) -> str:
            try:
                return self.number(match[1], match[2], match[3], language)
            except ValueError:  # told by `unknown_words`
                return match[0]

        return _NUMBER.sub(told, _INLINE.sub(said, text))

    def claims_in(self, text: str) -> list[str]:
        """The ids of the claims whose word a text includes."""
        return [match[1] for match in _INLINE.finditer(text) if match[1] in self.claim_by_id]

    def unknown_words(self, line: str, language: str) -> list[str]:
        """What is wrong with each `{{ sure:claim }}` and each number of a finding in a line."""
        faults = []
        for match in _INLINE.finditer(line):
            try:
                self.word(self.claim(match[1]), language)
            except ValueError as error:
                faults.append(str(error))
        for match in _NUMBER.finditer(line):
            try:
                self.number(match[1], match[2], match[3], language)
            except ValueError as error:
                faults.append(str(error))
        return faults


def finding_include(comment: str) -> tuple[str, str] | None:
    """What a comment includes, "how-sure", "picture" or "numbers", and the id (of numbers: each id); None otherwise."""
    match = _INCLUDE.fullmatch(comment)
    return (match[1], match[2]) if match else None


def load_findings(located: Located) -> Findings:
    """Every claim and finding; raises ContentError for each that does not fit or stands twice."""
    data = validate(_File, located)
    claims = [(("claims", index), claim.id) for index, claim in enumerate(data.claims)]
    findings = [(("findings", index), finding.id) for index, finding in enumerate(data.findings)]
    once = '"{}" stands twice: what was found is told once'
    if faults := [*twice(located, claims, once), *twice(located, findings, once)]:
        raise ContentError(faults)
    return Findings(data.claims, data.findings, data.sure, data.tables)


def asked_for(text: str) -> list[str]:
    """The ids of claims and findings that a page's text asks for, known or not."""
    names = [name for match in _INCLUDE.finditer(text) for name in match[2].split()]
    names += [match[2] for match in _NUMBER.finditer(text)]
    return [*names, *(match[1] for match in _INLINE.finditer(text))]
