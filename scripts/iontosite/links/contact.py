"""Addresses that a phone or a mail program opens: whether `mailto:`, `tel:` and `sms:` hold something that works."""

from __future__ import annotations

import re
from urllib.parse import unquote

# One @, something before it, a name with a dot after it, no space: what every mail program takes.
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_MAIL = re.compile(rf"[^@\s,;<>&?]+@{_LABEL}(?:\.{_LABEL})+")
# The parts of a mailto: address that name people too; RFC 6068.
_PEOPLE = ("to", "cc", "bcc")
# RFC 3966: digits, hyphens or dots between them for the eye, + in front of a country code, an extension at most.
_NUMBER = re.compile(r"\+?\d+([-.]\d+)*(;ext=\d+)?")


def mailto_trouble(address: str) -> str | None:
    """What is wrong with a `mailto:` address; None if nothing is."""
    first, _, query = address.partition(":")[2].partition("?")
    people = {"to": unquote(first).split(",") if first else []}
    for field in query.split("&"):
        name, _, value = field.partition("=")
        people.setdefault(name.lower(), []).extend(unquote(value).split(","))
    if not people["to"]:
        return "names no mail address: write mailto:name@clinic.org"
    bad = [person for name in _PEOPLE for person in people.get(name, []) if not _MAIL.fullmatch(person)]
    if bad and "&" in bad[0]:
        return f'"{bad[0]}" is not a mail address: the first of the details begins with ?, as in name@clinic.org?subject=…'
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
