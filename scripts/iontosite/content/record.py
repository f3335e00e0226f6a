"""What every record of the content has in common: it knows all of its keys, and never changes."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


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
