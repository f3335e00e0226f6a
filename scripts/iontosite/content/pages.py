"""One page: its front matter, its Markdown, and what it cites and links."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, model_validator

from iontosite.content.codes import Codes
from iontosite.content.dates import IsoDate
from iontosite.faults import ContentError, Fault
from iontosite.content.located import parse_yaml, validate


class FrontMatter(BaseModel):
    """What stands between the two lines of three dashes. Dates are quoted: "2026-11-20"."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str = Field(min_length=3, max_length=80)
    description: str = Field(min_length=20, max_length=155)
    evidence_checked: IsoDate
    next_check: IsoDate
    aliases: list[str] = []
    codes: Codes = Codes()
    group: str | None = None
    order: int = 0
    text_message: str | None = None
    script: str | None = None  # a file under docs/assets/ that adds to the page; the page must work without it

    @model_validator(mode="after")
    def _dates_in_order(self) -> FrontMatter:
        if self.next_check <= self.evidence_checked:
            raise ValueError(f"next_check {self.next_check} is not after evidence_checked {self.evidence_checked}")
        return self


CITATION = re.compile(r"\[\^([^\]\s]+)\]")
INSERT = re.compile(r"^<!-- insert: ([a-z]+) -->[ \t]*$", re.MULTILINE)
# What staging computes and puts into a page (scripts/stage/inserts.py).
INSERTS = ("glossary", "sources", "questions", "codes", "messages", "permalinks", "handouts", "makers", "yardsticks")
_INSERT_LIKE = re.compile(r"<!--\s*insert\b.*", re.IGNORECASE)
MAIN_MESSAGE = re.compile(r"^/// html \| div\.main-message[ \t]*\n(.*?)^///[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)[^}]*\})?\s*$")


@dataclass(frozen=True)
class Heading:
    """A heading of a page: `id` is part of an address that people may keep, so second-level headings spell it out."""

    line: int
    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class MainMessage:
    """A page's main message: its text without block marks, its line in the file, and whether nothing stands before it."""

    text: str
    line: int
    comes_first: bool


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` is relative to its language's folder, `name` is the path as the writer knows it."""

    language: str
    path: str
    name: str
    front: FrontMatter
    body: str
    first_line: int  # the line of the file at which the body starts
    front_lines: dict[str, int] = field(default_factory=dict, compare=False)  # the line of each key of the front matter

    @property
    def url(self) -> str:
        """The address below the language's own: `conditions/jaw/`; empty for the home page."""
        where = PurePosixPath(self.path)
        parts = where.parent.parts if where.name == "index.md" else where.with_suffix("").parts
        return "/".join(parts) + "/" if parts else ""

    @property
    def section(self) -> str:
        """The folder that the page stands in: "questions", "conditions", or "" at the top."""
        parent = PurePosixPath(self.path).parent.as_posix()
        return "" if parent == "." else parent

    def line_of(self, key: str) -> int:
        """The line of a key of the front matter."""
        return self.front_lines.get(key, 1)

    @property
    def main_message(self) -> MainMessage | None:
        """The answer that the page begins with; None where it has none."""
        if not (match := MAIN_MESSAGE.search(self.body)):
            return None
        before = self.body[: match.start()]
        return MainMessage(match[1].strip(), self.first_line + before.count("\n"), not before.strip())

    def inserts(self) -> list[tuple[int, str]]:
        """Each `<!-- insert: name -->`, with its line. A comment that only looks like one comes with all its text."""
        found = []
        for number, line in self.numbered_lines():
            if mark := _INSERT_LIKE.search(line):
                insert = INSERT.fullmatch(line)
                found.append((number, insert[1] if insert else mark[0]))
        return found
    @property
    def is_problem(self) -> bool:
        """Whether it is about one health problem: a page of a condition, or one that a diagnosis code leads to."""
        return (self.section == "conditions" and not self.path.endswith("index.md")) or bool(self.front.codes.icd10cm)

    def numbered_lines(self) -> list[tuple[int, str]]:
        """The body's lines with their numbers in the file, without what stands in code fences."""
        lines, fenced = [], False
        for number, line in enumerate(self.body.splitlines(), self.first_line):
            if line.lstrip().startswith("```"):
                fenced = not fenced
            elif not fenced:
                lines.append((number, line))
        return lines

    def citations(self) -> list[tuple[int, str]]:
        """Each `[^id]` in the prose, with its line."""
        return [(n, m[1]) for n, line in self.numbered_lines() for m in CITATION.finditer(line)]

    def headings(self) -> list[Heading]:
        """The headings, in order."""
        found = []
        for number, line in self.numbered_lines():
            if match := _HEADING.match(line):
                found.append(Heading(number, len(match[1]), match[2], match[3]))
        return found


def parse_page(text: str, language: str, path: str, name: str) -> Page:
    """Split and validate one page; raises ContentError with everything that is wrong in its front matter."""
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*\n", text, re.DOTALL | re.MULTILINE)
    if not match:
        raise ContentError([Fault(name, 1, "has no front matter: start the file with ---, title and dates, and ---")])
    located = parse_yaml(match[1], name, first_line=2)
    front = validate(FrontMatter, located)
    first_line = text[: match.end()].count("\n") + 1
    lines = {key: located.line((key,)) for key in located.data}
    return Page(language, path, name, front, text[match.end() :], first_line, lines)
