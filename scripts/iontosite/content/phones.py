"""Phone numbers as people write them: "1-800-222-1222", "(555) 555-0100 or 555-0101, extension 12", "+1 555 555 0100", "911"."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_NUMBER = r"\+?(?:\([0-9]{1,5}\)|[0-9])[0-9 ()./-]*[0-9]"
_MORE = rf"(?:(?: or | o ){_NUMBER})*"  # another one to try
_EXTENSION = r"(?:,? ?(?:ext\.?|extension|extensión|x) ?[0-9]{1,6})?"
_WRITTEN = re.compile(_NUMBER + _MORE + _EXTENSION)
FEWEST, MOST = 3, 15  # digits: an emergency number, and the longest that any country has (ITU-T E.164)


def _is_phone(value: str) -> str:
    """The same text, if it is a phone number, or empty; raises ValueError."""
    numbers = [re.sub(r"\D", "", number) for number in re.findall(_NUMBER, re.sub(_EXTENSION + "$", "", value))]
    fits = all(FEWEST <= len(digits) <= MOST for digits in numbers)
    if value and not (_WRITTEN.fullmatch(value) and fits):
        raise ValueError(f'"{value}" holds no phone number, or more: write its digits with spaces or -, like "1-800-222-1222"')
    return value


Phone = Annotated[str, AfterValidator(_is_phone)]
