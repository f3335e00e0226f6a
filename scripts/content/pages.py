"""One page: its front matter, its Markdown, and what it cites and links."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, field_validator

from content.codes import Codes
from content.faults import ContentError, Fault
from content.located import parse_yaml, validate

Group = str


class FrontMatter(BaseModel):
    """What stands between the two lines of three dashes. Dates are quoted: "2026-11-20"."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str = Field(min_length=3, max_length=80)
    description: str = Field(min_length=20, max_length=155)
    evidence_checked: str
    next_check: str
    aliases: list[str] = []
    codes: Codes = Codes()
    group: str | None = None
    order: int = 0
    text_message: str | None = None
    script: str | None = None  # a file under docs/assets/ that adds to the page; the page must work without it

    @field_validator("evidence_checked", "next_check")
    @classmethod
    def _is_date(cls, value: str) -> str:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise ValueError(f'"{value}" is not a date: write it like "2026-11-20"') from None
        return value


CITATION = re.compile(r"\[\^([^\]\s]+)\]")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)[^}]*\})?\s*$")


@dataclass(frozen=True)
class Heading:
    """A heading of a page: `id` is part of an address that people may keep, so second-level headings spell it out."""

    line: int
    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` is relative to its language's folder, `name` is the path as the writer knows it."""

    language: str
    path: str
    name: str
    front: FrontMatter
    body: str
    first_line: int  # the line of the file at which the body starts

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
    match = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n", text, re.DOTALL | re.MULTILINE)
    if not match:
        raise ContentError([Fault(name, 1, "has no front matter: start the file with ---, title and dates, and ---")])
    front = validate(FrontMatter, parse_yaml(match[1], name, first_line=2))
    first_line = text[: match.end()].count("\n") + 1
    return Page(language, path, name, front, text[match.end() :], first_line)
