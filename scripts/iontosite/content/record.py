"""What every record of the content has in common: it knows all of its keys, and never changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

Item = TypeVar("Item", bound=Hashable)
_MARKS = re.compile(r"[<>{}|`\\^]|\*\*|__|~~|\]\(|\[\^")  # of HTML, of Markdown, of templates; a title may hold [ and ]
_BEGINS = re.compile(r"(?:#{1,6}|[-+*>]|\d+\.|///) ")  # a heading, an item, a quotation, a box
_SIGNS = frozenset("®©™°")


class Record(BaseModel):
    """A record that refuses keys that it does not know, and is frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def shaped(pattern: str, advice: str) -> AfterValidator:
    """A check that a text has a shape; a fault quotes the text and gives the advice, never the pattern."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(f'"{value}" {advice}')
        return value

    return AfterValidator(check)


Id = Annotated[str, shaped(r"[a-z0-9]+(-[a-z0-9]+)*", "is no id: write small letters and digits, with - between words")]


def is_plain(value: str) -> str:
    """The same text, if it is a name or a line of words: one line, no marks, nothing that a sheet of paper cannot print."""
    if value != value.strip() or "\n" in value or "\t" in value or "  " in value:
        raise ValueError("holds needless space, or more than one line: write it in one line")
    if value and value[0] in "“”„«" and value[-1] in "“”»":
        raise ValueError(f"stands in quotes that a word processor made ({value[0]}…{value[-1]}): type plain ones in their place")
    if match := _MARKS.search(value) or _BEGINS.match(value):
        raise ValueError(f"holds “{match[0]}”, which would be shown as it is, or do harm: write plain words")
    if picture := next((letter for letter in value if unicodedata.category(letter) == "So" and letter not in _SIGNS), None):
        raise ValueError(f"holds {picture}, which paper cannot print: write plain words")
    return value


def _is_whole(value: object) -> object:
    """A number that is written as one: YAML reads `yes` as 1, and "40" as a text."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("must be a whole number, without quotes")
    return value


def once(items: Iterable[Item]) -> None:
    """Raises ValueError for the first thing that stands in a list twice."""
    seen: set[Item] = set()
    for item in items:
        if item in seen:
            raise ValueError(f'"{item}" stands here twice: keep one')
        seen.add(item)


Plain = Annotated[str, AfterValidator(is_plain)]
Whole = Annotated[int, BeforeValidator(_is_whole)]
