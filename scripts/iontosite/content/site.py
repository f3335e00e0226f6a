"""Facts about the whole site: its address, its languages, the numbers to call, the words of the frame around a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, field_validator

from iontosite.content.addresses import SiteAddress
from iontosite.content.located import Located, validate
from iontosite.content.phones import Phone
from iontosite.content.record import Plain, Record, once, shaped
from iontosite.content.reviews import SignOff
from iontosite.content.words import NEEDED, line_faults, word_faults, words_of
from iontosite.faults import ContentError

Name = Annotated[str, shaped(r"[a-z][a-z0-9_]*", "is no name for braces: write small letters, digits and _")]
# What mail programs take after mailto: without escapes (RFC 6068), and nothing that would need them.
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FORM = re.compile(r"https://[A-Za-z0-9.-]+\.[a-z]{2,}(/[^\s<>\"']*)?")


class Language(Record):
    """One language: its folder under `docs/`, the path that it is published at, and its builder configuration."""

    code: Annotated[str, shaped(r"[a-z]{2}", 'is no code of a language: write two letters, like "es" (ISO 639-1)')]
    name: Plain
    path: Annotated[str, shaped(r"([a-z]{2}/)?", 'is no path of a language: write "" or two letters and a slash, like "es/"')]
    config: Annotated[str, shaped(r"mkdocs(\.[a-z]{2})?\.yml", "is no configuration: write mkdocs.yml, or mkdocs.es.yml")]
    not_translated: tuple[str, ...] = ()  # pages that stay in the first language; links to them say so


class Site(Record):
    """`docs/site.yml`."""

    name: Plain
    site_url: SiteAddress
    contact: str = ""  # of those who keep the site: where a mistake can be told of without an account
    languages: list[Language] = Field(min_length=1)
    numbers: dict[Name, Phone]

    @field_validator("contact")
    @classmethod
    def _can_be_reached(cls, value: str) -> str:
        if value and not (_EMAIL.fullmatch(value) or _FORM.fullmatch(value)):
            raise ValueError(f'"{value}" is no way to reach you: write an email address, or the address of a form (https://…)')
        return value

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: list[Language]) -> list[Language]:
        for key in ("code", "path", "config"):
            once(getattr(language, key) for language in languages)
        return languages

    @field_validator("numbers")
    @classmethod
    def _all_given(cls, numbers: dict[str, str]) -> dict[str, str]:
        if empty := [name for name, number in numbers.items() if not number]:
            raise ValueError(f'"{empty[0]}" has no number: write its digits, or take it out')
        return numbers


def load_site(located: Located, site_url: str | None = None) -> Site:
    """The site's facts; `site_url` is the address to build for, where it is not the file's."""
    if site_url and isinstance(located.data, dict):
        located = replace(located, data={**located.data, "site_url": site_url})
    return validate(Site, located)


class Floors(Record):
    """What rules/floors.py looks for in one language."""

    empty_headings: list[str]  # headings that say nothing
    weighs: list[str]  # pages, or folders that end with a slash, that weigh a treatment
    both_sides: dict[str, list[str]]  # what such a page must name -> words that name it


class Strings(Record):
    """`docs/<language>/strings.yml`: every word of the frame, so that no template and no script holds one."""

    site_name: str
    tagline: str
    frame: dict[str, str]
    certainty: dict[str, str]
    kinds: dict[str, str]
    kinds_short: dict[str, str]  # in a word
    groups: dict[str, str]
    figures: dict[str, str]
    care: dict[str, str]
    handout: dict[str, str]
    tools: dict[str, str]
    maker: dict[str, str]
    clinics: dict[str, str]
    connect: dict[str, str]
    structured: dict[str, str]
    translation: dict[str, str]
    yardsticks: dict[str, str]
    floors: Floors
    months: list[str] = Field(min_length=12, max_length=12)
    date: str
    stop_words: list[str]  # words that say nothing about the page that is looked for
    topic_words: list[str]  # names of the topic itself, which every page is about
    source_notes: dict[str, str] = Field(default_factory=dict)  # our notes in names of sources, in this language's words

    def say_date(self, iso: str) -> str:
        """An ISO date as people of this language write it."""
        year, month, day = iso.split("-")
        return self.date.format(year=year, month=self.months[int(month) - 1], day=int(day))

    def say_reviewed(self, by: SignOff, signed: str = "", until: str = "") -> str:
        """Who signed something off, and from when to when that holds: its own days, or those that are given (ISO)."""
        return self.frame["reviewed_by"].format(
            name=by.name,
            role=by.role,
            registration=by.registration,
            date=self.say_date(signed or by.date),
            until=self.say_date(until or by.until),
        )


def load_strings(located: Located, first: Located | None = None) -> Strings:
    """The frame's words in one language, `first` being those of the site's first one, which the others have to follow;
    raises ContentError with every key that is missing, mistyped or needless."""
    strings = validate(Strings, located)
    needed = NEEDED if first is None else words_of(first)
    if faults := [*word_faults(located, needed), *line_faults(located)]:
        raise ContentError(faults)
    return strings


def stand_in() -> Strings:
    """Strings that say nothing, to be held in the place of a file that could not be read."""
    words = {section: dict.fromkeys(keys, "") for section, keys in NEEDED.items()}
    floors = Floors(empty_headings=[], weighs=[], both_sides={})
    rest: dict[str, Any] = {"groups": {}, "floors": floors, "months": [""] * 12, "stop_words": [], "topic_words": []}
    return Strings(site_name="", tagline="", date="", **words, **rest)
