"""The catalogue of all topics: what a program reads that picks a page by a code, `/connect/topics.json` and
`/connect/topics.atom`.

Its shape is a promise: fields may be added, none may go or change what it means.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, model_validator

from iontosite.content.dates import IsoDate
from iontosite.content.record import Record, shaped

Web = Annotated[str, shaped(r"https?://[^\s<>\"]+", "is no full address: it begins with https://")]
Oid = Annotated[str, shaped(r"[0-2](\.(0|[1-9]\d*))+", "is no OID: numbers with dots between (ITU-T X.660)")]


class ListedSystem(Record):
    """A system of codes, and an example of a request with one of its codes."""

    name: str = Field(min_length=2)
    oid: Oid
    example: Web

    @model_validator(mode="after")
    def _asks_by_its_own_number(self) -> ListedSystem:
        if parse_qs(urlsplit(self.example).query).get("mainSearchCriteria.v.cs") != [self.oid]:
            raise ValueError(f"the example does not ask with {self.oid}")
        return self


class ListedCode(Record):
    """A code and the OID of its system."""

    system: Oid
    code: Annotated[str, shaped(r"[0-9A-Z][0-9A-Z.]{2,7}", "is no code: capitals, digits and a dot")]


class ListedPage(Record):
    """A topic's page in one language."""

    language: Annotated[str, shaped(r"[a-z]{2}", "is no code of a language")]
    title: str = Field(min_length=3)
    description: str = Field(min_length=20)
    address: Web
    evidence_checked: IsoDate
    next_check: IsoDate


class ListedTopic(Record):
    """A topic: its codes, and its page in each language that has one."""

    codes: tuple[ListedCode, ...] = Field(min_length=1)
    pages: tuple[ListedPage, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_page_a_language(self) -> ListedTopic:
        languages = [page.language for page in self.pages]
        if len(languages) != len(set(languages)):
            raise ValueError("a topic has two pages in one language")
        return self


class Catalogue(Record):
    """The whole catalogue. `updated` is the day on which the evidence of a page was last checked, never the day of a build."""

    title: str = Field(min_length=3)
    described_at: Web
    updated: IsoDate
    license: Web
    reviewed_by_clinician: bool  # whether every page is signed off (docs/reviews.yml)
    systems: tuple[ListedSystem, ...] = Field(min_length=1)
    topics: tuple[ListedTopic, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Catalogue:
        known = {system.oid for system in self.systems}
        codes = [(code.system, code.code) for topic in self.topics for code in topic.codes]
        if unknown := {system for system, _ in codes} - known:
            raise ValueError(f"codes of a system that is not listed: {', '.join(sorted(unknown))}")
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"a code leads to two topics: {', '.join(sorted(code for _, code in twice))}")
        if self.updated != max(page.evidence_checked for topic in self.topics for page in topic.pages):
            raise ValueError("updated is not the last day on which a page's evidence was checked")
        return self
