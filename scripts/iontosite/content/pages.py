"""One page: its front matter, its Markdown, and what the reader of Markdown found in it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from iontosite.content.dates import IsoDate
from iontosite.content.figures import Figure, figures_in
from iontosite.content.findings import Findings, finding_include
from iontosite.content.located import Located, parse_yaml, validate
from iontosite.content.markdown import Block, Link, read_markdown
from iontosite.content.outline import MOST_CITED, MOST_OPEN, crowd, tangle
from iontosite.content.record import Plain, Record, Whole, once
from iontosite.content.safety import SafetyRules, include_of
from iontosite.faults import ContentError, Fault

# What staging computes and puts into a page (`stage/inserts.py`).
INSERTS = (
    "glossary",
    "sources",
    "questions",
    "codes",
    "messages",
    "question-texts",
    "permalinks",
    "permalinks-file",
    "offline",
    "handouts",
    "makers",
    "yardsticks",
    "changes",
    "how-sure-rules",
    "searches",
    "body-map",
    "reminder",
    "review",
    "connect",
    "catalogue",
    "report",
)
WITHOUT_IDS = frozenset({"body-map", "reminder"})  # inserts that hold no heading, so that the page's own file tells all its ids
# Letters that need no escaping, alike on every disk (RFC 3986, 2.3).
_ADDRESS = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_INSERT = re.compile(r"insert: ([a-z-]+)")
_NO_RULES, _NO_FINDINGS = SafetyRules(), Findings()
LONGEST_WAIT = 5  # years between two looks at the evidence; most guidelines are withdrawn or renewed by then
QUESTIONS = "questions"  # the folder of the pages that answer one question each


def page_url(path: str) -> str:
    """The address below the language's own of a page's file: `conditions/jaw.md` is `conditions/jaw/`."""
    where = PurePosixPath(path)
    parts = where.parent.parts if where.name == "index.md" else where.with_suffix("").parts
    return "/".join(parts) + "/" if parts else ""


def file_stem(url: str) -> str:
    """What the files made for one address are called, without an ending: `conditions-jaw`, or `home` for the home page."""
    return url.strip("/").replace("/", "-") or "home"


class Codes(Record):
    """Codes that lead to this page from a record system, and which kind of iontophoresis it is about: "medicine" pushed
    through the skin, or "water" in trays against sweating."""

    icd10cm: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    topic: Literal["medicine", "water"] = "medicine"

    @field_validator("icd10cm", "cpt")
    @classmethod
    def _each_once(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        once(codes)
        return codes


class BodyPlace(Record):
    """Where on the body a problem is: its turn from head to heel, its short name, and its dot on the drawing of the body
    (`overrides/staged/body.svg.j2`, 150 wide and 330 high). What has no one place, such as sore muscles, has no dot."""

    order: Whole = Field(ge=1, le=99)
    name: Plain = Field(min_length=2, max_length=24)
    x: int | None = Field(None, ge=0, le=150)
    y: int | None = Field(None, ge=0, le=330)

    @model_validator(mode="after")
    def _whole(self) -> BodyPlace:
        if (self.x is None) != (self.y is None):
            raise ValueError("a dot needs `x` and `y`: add the other one, or leave both out")
        return self


class FrontMatter(Record):
    """What stands between the two lines of three dashes. Dates are quoted: "2026-11-20"."""

    title: Plain = Field(min_length=3, max_length=80)
    description: Plain = Field(min_length=20, max_length=155)
    evidence_checked: IsoDate
    next_check: IsoDate
    aliases: tuple[Annotated[Plain, Field(min_length=2)], ...] = ()
    codes: Codes = Codes()
    group: str | None = None  # of a question: the group of the index that it stands in
    order: Whole = 0  # of a question: its place in the group
    text_message: str | None = None
    harms: tuple[str, ...] | None = None  # harms that the page is about: the rules tagged with them have to stand on it
    place: BodyPlace | None = None  # of a problem: where on the body it is
    script: str | None = None  # a file under docs/assets/ that adds to the page; the page must work without it
    made_from: str = ""  # of a translation: the hash of the page that it was made from (content/translated.py)

    @field_validator("aliases")
    @classmethod
    def _each_once(cls, aliases: tuple[str, ...]) -> tuple[str, ...]:
        once(alias.casefold() for alias in aliases)
        return aliases

    @field_validator("next_check")
    @classmethod
    def _dates_in_order(cls, value: str, known: ValidationInfo) -> str:
        checked = known.data.get("evidence_checked", "")
        if value <= checked:
            raise ValueError(f'"{value}" is not after evidence_checked, which is "{checked}"')
        if checked and int(value[:4]) - int(checked[:4]) > LONGEST_WAIT:
            raise ValueError(f'"{value}" is more than {LONGEST_WAIT} years after evidence_checked, which is "{checked}"')
        return value


@dataclass(frozen=True)
class Insert:
    """A comment of a page: the name of what is computed there; or whether it includes rules or findings; neither where it is a
    comment of another kind."""

    line: int
    name: str
    text: str
    includes: bool = False


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` is relative to its language's folder, `name` is the path as the writer knows it."""

    language: str
    path: str
    name: str
    front: FrontMatter
    written: str  # the Markdown as it stands in the file
    first_line: int  # the line of the file at which the Markdown starts
    front_lines: Located = field(compare=False)  # the line of each value of the front matter
    safety: SafetyRules = field(default=_NO_RULES, compare=False)
    findings: Findings = field(default=_NO_FINDINGS, compare=False)
    text: str = field(default="", compare=False)  # the whole file, front matter too

    @cached_property
    def body(self) -> str:
        """The Markdown with every sentence of a safety rule and every word of certainty in its place."""
        return self.findings.with_words(self.safety.with_sentences(self.written, self.language), self.language)

    @cached_property
    def url(self) -> str:
        """The address below the language's own: `conditions/jaw/`; empty for the home page."""
        return page_url(self.path)

    @property
    def stem(self) -> str:
        """What the files made for this page are called, without an ending."""
        return file_stem(self.url)

    @property
    def section(self) -> str:
        """The folder that the page stands in: "questions", "conditions", or "" at the top."""
        parent = PurePosixPath(self.path).parent.as_posix()
        return "" if parent == "." else parent

    @property
    def is_index(self) -> bool:
        """Whether it is the first page of its folder."""
        return PurePosixPath(self.path).name == "index.md"

    @property
    def is_question(self) -> bool:
        """Whether it answers one question, and so stands in the index of questions."""
        return self.section == QUESTIONS and not self.is_index

    @property
    def may_name_a_problem(self) -> bool:
        """Whether its address may say something about the health of those whom it is sent to."""
        return self.is_problem or (self.section in ("conditions", "other-uses", QUESTIONS) and not self.is_index)

    @property
    def is_problem(self) -> bool:
        """Whether it is about one health problem: a page of a condition, or one that a diagnosis code leads to."""
        return (self.section == "conditions" and not self.is_index) or bool(self.front.codes.icd10cm)

    def line_of(self, *key: str | int) -> int:
        """The line of a value of the front matter: `line_of("codes", "icd10cm", 0)`."""
        return self.front_lines.line(key)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the Markdown."""
        return self.body.split("\n")

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What the page says, block by block, the rules and findings that it includes among them; raises ContentError where marks
        stand inside each other without an end."""
        blocks: list[Block] = []
        for block in self._read(self.body):
            blocks += self._included(block) if block.kind == "comment" and includes(block.text) else [block]
        return tuple(blocks)

    @cached_property
    def own_blocks(self) -> tuple[Block, ...]:
        """What the page says by itself: no rule and no finding is among it."""
        return self._read(self.written)

    def _read(self, text: str) -> tuple[Block, ...]:
        at = tangle(self.lines)
        if at is not None:
            message = f"more than {MOST_OPEN} brackets are open here: close them, or take them out"
            raise ContentError([Fault(self.name, self.first_line + at, message)])
        at = crowd(self.lines)
        if at is not None:
            message = f"more than {MOST_CITED} citations in one paragraph: take out what is too much"
            raise ContentError([Fault(self.name, self.first_line + at, message)])
        try:
            return read_markdown(text, self.first_line)
        except RecursionError:
            message = "too many marks stand inside each other on this page: take out what was put in by mistake"
            raise ContentError([Fault(self.name, self.first_line, message)]) from None

    def included(self, comment: str) -> str:
        """The Markdown that a comment stands for: safety rules, a claim's box, or a table of numbers; empty for a picture,
        which is drawn. Raises ValueError where the comment asks for what there is not."""
        if rules := include_of(comment):
            return self.safety.markdown(*rules, self.language)
        kind, name = finding_include(comment) or ("", "")
        if kind == "how-sure":
            return self.findings.box(name, self.language)
        if kind == "numbers":
            return self.findings.table(name.split(), self.language)
        self.findings.chart(name, self.language)
        return ""

    def _included(self, where: Block) -> list[Block]:
        """The blocks that stand at a comment; none where it asks for what there is not."""
        try:
            text = self.included(where.text)
        except ValueError:
            return []
        return [
            replace(
                block,
                line=where.line,
                within=(*where.within, *block.within),
                lines=(),
                table=(-where.line, *block.table[1:]) if block.table else None,  # apart from the page's own tables
                cites=tuple((where.line, source) for _, source in block.cites),
            )
            for block in read_markdown(text)
        ]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link and picture, in order."""
        return tuple(link for block in self.blocks for link in (*block.links, *block.pictures))

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """The headings, in order."""
        return tuple(block for block in self.blocks if block.kind == "heading")

    @cached_property
    def main_message(self) -> tuple[Block, ...]:
        """The answer that the page begins with; empty where it has none."""
        return tuple(block for block in self.blocks if block.is_in("main-message"))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture of numbers; raises ContentError with all that do not fit."""
        drawn = list(figures_in(self.own_blocks, self.name))
        for insert in self.inserts:
            kind, name = finding_include(insert.text) or ("", "")
            if kind == "picture":
                with suppress(ValueError):
                    drawn.append(Figure(insert.line, self.findings.chart(name, self.language)))
        return tuple(sorted(drawn, key=lambda figure: figure.line))

    @cached_property
    def inserts(self) -> tuple[Insert, ...]:
        """Every comment of the page, most of which ask for something computed."""
        comments = [block for block in self.own_blocks if block.kind == "comment"]
        matches = [(block, _INSERT.fullmatch(block.text)) for block in comments]
        return tuple(Insert(block.line, match[1] if match else "", block.text, includes(block.text)) for block, match in matches)

    @cached_property
    def rules(self) -> frozenset[str]:
        """The ids of the safety rules that the page includes."""
        found: set[str] = set(self.safety.sentences_in(self.written))
        for insert in self.inserts:
            if rules := include_of(insert.text):
                with suppress(ValueError):  # what is wrong with an include is told by the checks
                    found |= {rule.id for rule in self.safety.select(rules[1])}
        return frozenset(found)

    @cached_property
    def citations(self) -> tuple[tuple[int, str], ...]:
        """Each source that the prose and the figures cite, with its line, in the order of the page."""
        found = [cited for block in self.blocks for cited in block.cites]
        found += [(figure.line, source) for figure in self.figures for source in figure.chart.sources]
        return tuple(sorted(found, key=lambda cited: cited[0]))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that the page cites, in the order of first use."""
        return tuple(dict.fromkeys(source for _, source in self.citations))

    def part(self, heading: str) -> tuple[Block, ...] | None:
        """The blocks below the heading with this id, up to the next one of its own level or a higher one, or to the end of the
        box that the heading stands in; None if the page has no such heading."""
        at = next((at for at, block in enumerate(self.blocks) if block.kind == "heading" and block.id == heading), None)
        if at is None:
            return None
        own, taken = self.blocks[at], []
        for block in self.blocks[at + 1 :]:
            left = block.within[: len(own.within)] != own.within
            if left or (block.kind == "heading" and block.level <= own.level):
                break
            taken.append(block)
        return tuple(taken)


def includes(comment: str) -> bool:
    """Whether a comment includes safety rules or a finding."""
    return bool(include_of(comment) or finding_include(comment))


def parse_page(
    text: str, language: str, path: str, name: str, safety: SafetyRules = _NO_RULES, findings: Findings = _NO_FINDINGS
) -> Page:
    """Split and validate one page; raises ContentError with everything that is wrong in its front matter."""
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        raise ContentError([Fault(name, 1, "has no front matter: start the file with ---, title and dates, and ---")])
    if not _ADDRESS.fullmatch(path):
        message = f'"{path}" would be part of an address: name it in small letters, digits and -, with no space'
        raise ContentError([Fault(name, 1, message)])
    located = parse_yaml(match[1], name, first_line=2)
    front = validate(FrontMatter, located)
    first_line = text[: match.end()].count("\n") + 1
    return Page(language, path, name, front, text[match.end() :], first_line, located, safety, findings, text)
