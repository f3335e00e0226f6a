"""Phone numbers as people write them: "1-800-222-1222", "(555) 555-0100", "+1 555 555 0100 ext. 12", "911"."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_WRITTEN = re.compile(r"\+?[0-9]*(?:\([0-9]{1,5}\))?[0-9 ./-]*[0-9](?: ?(?:ext\.?|x) ?[0-9]{1,6})?", re.ASCII)
_EXTENSION = re.compile(r" ?(?:ext\.?|x) ?[0-9]+$")
FEWEST, MOST = 3, 15  # digits: an emergency number, and the longest that any country has (ITU-T E.164)


def _is_phone(value: str) -> str:
    digits = re.sub(r"\D", "", _EXTENSION.sub("", value))
    if not _WRITTEN.fullmatch(value) or not FEWEST <= len(digits) <= MOST:
        raise ValueError(f'"{value}" is no phone number: write its digits with spaces or -, such as "1-800-222-1222"')
    return value


Phone = Annotated[str, AfterValidator(_is_phone)]
