"""What `/connect/` shows without a script, and how whoever sets up a record system asks it."""

from __future__ import annotations

import posixpath
from urllib.parse import urlencode

from iontosite.content.codes import SYSTEMS, Code
from iontosite.content.model import Content, Edition
from iontosite.content.topics import topics
from iontosite.templates import fill

# As HL7's URL-based implementation guide of the Infobutton standard and MedlinePlus Connect write them.
CODE, SYSTEM = "mainSearchCriteria.v.c", "mainSearchCriteria.v.cs"
LANGUAGE = "informationRecipient.languageCode.c"
CONNECT = "connect/"  # its address below a language's own
JSON_FILE, ATOM_FILE = f"{CONNECT}topics.json", f"{CONNECT}topics.atom"  # once, for all languages
_SHOWN_ON = "clinics/codes/"


def connect(content: Content, edition: Edition) -> str:
    """The place of the answer, and the list of all topics of a language with their codes."""
    shown = [(topic.page_in(edition), topic.codes) for topic in topics(content) if topic.page_in(edition)]
    return fill("connect.md.j2", topics=shown, words=edition.strings.connect)


def catalogue(content: Content, edition: Edition) -> str:
    """One example of a request for each system of codes, and the files that hold all topics."""
    here = edition.path_of(_SHOWN_ON)
    files = [posixpath.relpath(f"/{name}", here) for name in (JSON_FILE, ATOM_FILE)]
    way = posixpath.relpath(edition.path_of(CONNECT), here)
    shown = [{**each, "link": f"{way}/?{each['request'].partition('?')[2]}"} for each in examples(content, edition)]
    return fill("catalogue.md.j2", examples=shown, files=files, words=edition.strings.clinics)


def examples(content: Content, edition: Edition) -> list[dict[str, str]]:
    """For each system that a topic has a code of: its name, its OID, and the full address of a request."""
    codes: dict[str, Code] = {}
    for topic in topics(content):
        for code in topic.codes:
            codes.setdefault(code.system, code)
    return [
        {"name": SYSTEMS[code.system].name, "oid": SYSTEMS[code.system].oid, "request": request(content, edition, code)}
        for code in codes.values()
    ]


def request(content: Content, edition: Edition, code: Code) -> str:
    """The full address that asks for a code."""
    asked = {SYSTEM: SYSTEMS[code.system].oid, CODE: code.code, LANGUAGE: edition.code}
    return f"{content.base_url(edition)}{CONNECT}?{urlencode(asked)}"
