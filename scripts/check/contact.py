"""Addresses that a phone or a mail program opens: whether `mailto:`, `tel:` and `sms:` hold something that works."""
from __future__ import annotations

import re
from urllib.parse import unquote

# One @, something before it, a name with a dot after it, no space: what every mail program takes.
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
# RFC 3966: digits, hyphens between them for the eye, + in front of a country code, an extension at most.
_NUMBER = re.compile(r"\+?\d+(-\d+)*(;ext=\d+)?")


def mailto_trouble(address: str) -> str | None:
    """What is wrong with a `mailto:` address; None if nothing is."""
    people = unquote(address.partition(":")[2].partition("?")[0])
    if not people:
        return "names no mail address: write mailto:name@clinic.org"
    bad = [person for person in people.split(",") if not _MAIL.fullmatch(person)]
    if bad:
        return f'"{bad[0]}" is not a mail address: write mailto:name@clinic.org, without spaces'
    # A subject with a raw space is cut off by some mail programs.
    return "holds a space: write %20 in its place" if any(c.isspace() for c in address) else None


def number_trouble(address: str) -> str | None:
    """What is wrong with a `tel:` or `sms:` address; None if nothing is."""
    scheme, _, rest = address.partition(":")
    number = rest.partition("?")[0]
    if not number and scheme.lower() == "sms" and "?" in rest:
        return None  # a text to a person whom the reader will choose
    if _NUMBER.fullmatch(number):
        return None
    what = f'"{number}" is not a telephone number' if number else "has no telephone number"
    return f"{what}: write digits, with - between them at most, best with the country code: {scheme}:+1-555-010-0199"
