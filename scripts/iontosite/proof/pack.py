"""The pack for a committee, as plain facts: a sheet for each page and handout, the answers, the decisions, what nobody knows.

Nothing is written here that does not stand in `docs/`: it follows from the pages as the one reader of Markdown sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from iontosite.content.findings import Claim, Finding, finding_include
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.recipes import Part
from iontosite.content.safety import LEVELS, Level, SafetyRule
from iontosite.content.sources import Source
from iontosite.content.statements import Statement, statements_of, uncited_of
from iontosite.paper.excerpt import take, take_table

# Levels that are read together, each with the name that its page of decisions has in its address.
GROUPS: dict[str, tuple[Level, ...]] = {
    "help": ("call-911", "emergency-room", "today", "call-clinic", "normal"),
    "who": ("never", "specialist", "tell-first"),
    "what-to-do": ("stop", "first-aid", "do", "do-not"),
}
if sorted(level for levels in GROUPS.values() for level in levels) != sorted(LEVELS):
    raise ValueError("proof/pack.py: GROUPS must hold each level of content/safety.py once")
FEWEST = 5  # words; a shorter sentence says nothing without those around it
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s+")


@dataclass(frozen=True)
class Line:
    """Words that name no source, and where they stand."""

    line: int
    text: str


@dataclass(frozen=True)
class Sheet:
    """What stands behind one page or handout. `parts` are its statements under the words of each heading, in its order."""

    id: str  # a part of its own address: page-after, handout-visit
    language: str
    title: str
    path: str  # of the page, or handouts/<id>.yml
    file: str
    address: str  # of the page, or of the handouts' page at this handout, from the top of the site
    checked: str
    next_check: str
    parts: tuple[tuple[str, tuple[Statement, ...]], ...]
    uncited: tuple[Line, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    rules: tuple[SafetyRule, ...]
    sources: tuple[Source, ...]
    page: Page | None  # the page that it is about; None for a handout

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in order."""
        return tuple(statement for _, statements in self.parts for statement in statements)


@dataclass(frozen=True)
class Unknown:
    """A sentence that says that something is not known, and the pages that say it."""

    text: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Pack:
    """Everything about one language's pages."""

    content: Content
    edition: Edition
    sheets: tuple[Sheet, ...]
    unknown: tuple[Unknown, ...]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that a sheet names, in the order of the file."""
        named = {source.id for sheet in self.sheets for source in sheet.sources}
        return tuple(source for source in self.content.sources.values() if source.id in named)

    @cached_property
    def unread(self) -> tuple[Source, ...]:
        """Sources that are known, but were not read: nothing rests on them."""
        return tuple(source for source in self.content.sources.values() if source.status != "read")

    @cached_property
    def rule_pages(self) -> dict[str, list[Page]]:
        """The pages that include each safety rule, by its id."""
        found: dict[str, list[Page]] = {}
        for page in self.edition.pages:
            for rule_id in page.rules:
                found.setdefault(rule_id, []).append(page)
        return found

    @cached_property
    def claim_pages(self) -> dict[str, list[Page]]:
        """The pages that give each answer, by its id."""
        found: dict[str, list[Page]] = {}
        for sheet in self.sheets:
            for claim in sheet.claims:
                if sheet.page:
                    found.setdefault(claim.id, []).append(sheet.page)
        return found

    def rules_in(self, group: str) -> list[tuple[Level, list[SafetyRule]]]:
        """The safety rules of one group of levels, the gravest level first."""
        rules = self.content.safety.rules
        return [(level, own) for level in GROUPS[group] if (own := [rule for rule in rules if rule.level == level])]

    @property
    def disputed(self) -> list[Claim]:
        """The answers whose studies do not agree."""
        return [claim for claim in self.content.findings.claims if "disagree" in claim.doubts]


def pack_of(content: Content, edition: Edition) -> Pack:
    """The pack of one language; raises ContentError where a handout names what its pages do not hold."""
    pages = [sheet for page in edition.pages if (sheet := page_sheet(page, content, edition)).statements or sheet.uncited]
    handouts = [handout_sheet(recipe_id, content, edition) for recipe_id in edition.recipes]
    return Pack(content, edition, (*pages, *handouts), tuple(_unknown(edition)))


def page_sheet(page: Page, content: Content, edition: Edition) -> Sheet:
    """What stands behind one page."""
    statements = statements_of(page, content)
    words = {heading.id: content.filled_in(heading.text) for heading in page.headings if heading.id}
    words |= {entry.id: entry.words[page.language].word for entry in content.glossary if page.language in entry.words}
    parts = [(words.get(heading, ""), tuple(own)) for heading, own in groupby(statements, key=lambda each: each.heading)]
    included = [finding_include(insert.text) for insert in page.inserts]
    claims = {each[1] for each in included if each and each[0] == "how-sure"} | set(content.findings.claims_in(page.written))
    shown = {name for each in included if each and each[0] in ("picture", "numbers") for name in each[1].split()}
    rules = [rule for rule in content.safety.rules if rule.id in page.rules]
    return Sheet(
        id=f"page-{page.stem}",
        language=page.language,
        title=page.front.title,
        path=page.path,
        file=page.name,
        address=edition.path_of(page.url),
        checked=page.front.evidence_checked,
        next_check=page.front.next_check,
        parts=tuple(parts),
        uncited=tuple(Line(line, content.filled_in(text)) for line, text in uncited_of(page)),
        claims=tuple(claim for claim in content.findings.claims if claim.id in claims),
        findings=tuple(finding for finding in content.findings.findings if finding.id in shown),
        rules=tuple(rules),
        sources=_sources(statements, content),
        page=page,
    )


def handout_sheet(recipe_id: str, content: Content, edition: Edition) -> Sheet:
    """What stands behind one handout: the lines that it takes from pages, with the sources that they have there."""
    recipe, path = edition.recipes[recipe_id], f"handouts/{recipe_id}.yml"
    parts: list[tuple[str, tuple[Statement, ...]]] = []
    uncited: list[Line] = []
    for part in recipe.parts:
        line, cited = part.place.fault("").line, []
        for text, sources in _taken(part, content, edition):
            if sources:
                file = part.place.located.path
                cited.append(Statement(edition.code, path, file, line, "", "item", text, sources, part.page or ""))
            else:
                uncited.append(Line(line, text))
        if cited:
            parts.append((content.filled_in(part.title), tuple(cited)))
    page = edition.by_path[recipe.page]
    return Sheet(
        id=f"handout-{recipe_id}",
        language=edition.code,
        title=recipe.title,
        path=path,
        file=recipe.place.located.path,
        address=f"{edition.path_of('handouts/')}#{recipe_id}",
        checked=page.front.evidence_checked,
        next_check=page.front.next_check,
        parts=tuple(parts),
        uncited=tuple(uncited),
        claims=(),
        findings=(),
        rules=(),
        sources=_sources([statement for _, own in parts for statement in own], content),
        page=None,
    )


def _taken(part: Part, content: Content, edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line that a part of a handout takes from its page, with its sources; a row of a table is one line."""
    if not part.page:
        return
    if part.look == "table":
        table = take_table(part, content, edition)
        yield from ((" | ".join(row), table.sources) for row in table.rows)
        return
    yield from ((line.text, line.sources) for line in take(part, content, edition) if line.text)


def _sources(statements: Iterable[Statement], content: Content) -> tuple[Source, ...]:
    named = dict.fromkeys(source for statement in statements for source in statement.sources)
    return tuple(content.sources[name] for name in sorted(named))


def _unknown(edition: Edition) -> Iterator[Unknown]:
    """Each sentence of the pages that says that something is not known, once, with its pages."""
    if edition.proof is None:
        return
    says = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in edition.proof.unknown), re.IGNORECASE)
    found: dict[str, dict[str, Page]] = {}
    for page in edition.pages:
        for block in page.blocks:
            if block.kind in ("paragraph", "item", "cell") and says.search(block.text):
                for sentence in _SENTENCE.split(block.text):
                    if says.search(sentence):
                        sentence = block.text if len(sentence.split()) < FEWEST else sentence
                        found.setdefault(sentence.strip(), {})[page.path] = page
    yield from (Unknown(text, tuple(pages.values())) for text, pages in found.items())
