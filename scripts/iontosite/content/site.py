"""Facts about the whole site: its address, its languages, the numbers to call, the words of the frame around a page."""
from __future__ import annotations

import os

from pydantic import BaseModel, ConfigDict, Field, field_validator

from iontosite.faults import ContentError
from iontosite.content.located import Located, validate
from iontosite.content.words import NEEDED, word_faults, words_of


class Language(BaseModel):
    """One language: its folder under `docs/`, the path that it is published at, and its builder configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str = Field(pattern=r"^[a-z]{2}$")
    name: str
    path: str = Field(pattern=r"^([a-z]{2}/)?$")
    config: str


class Site(BaseModel):
    """`docs/site.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    site_url: str
    languages: list[Language] = Field(min_length=1)
    numbers: dict[str, str]

    @field_validator("site_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        if not value.startswith("https://") and not value.startswith("http://127.0.0.1"):
            raise ValueError("must start with https://")
        return value if value.endswith("/") else value + "/"


def load_site(located: Located) -> Site:
    """The site's facts. The environment's SITE_URL, where it is set, stands before the one in the file."""
    if (address := os.environ.get("SITE_URL")) and isinstance(located.data, dict):
        located.data["site_url"] = address
    return validate(Site, located)


class Floors(BaseModel):
    """What check/floors.py looks for in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    empty_headings: list[str]  # headings that say nothing
    weighs: list[str]  # pages, or folders that end with a slash, that weigh a treatment
    both_sides: dict[str, list[str]]  # what such a page must name -> words that name it


class Strings(BaseModel):
    """`docs/<language>/strings.yml`: every word of the frame, so that no template and no script holds one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    site_name: str
    tagline: str
    frame: dict[str, str]
    certainty: dict[str, str]
    kinds: dict[str, str]
    groups: dict[str, str]
    figures: dict[str, str]
    care: dict[str, str]
    handout: dict[str, str]
    tools: dict[str, str]
    maker: dict[str, str]
    clinics: dict[str, str]
    yardsticks: dict[str, str]
    floors: Floors
    months: list[str] = Field(min_length=12, max_length=12)
    date: str
    stop_words: list[str]  # words that say nothing about the page that is looked for
    topic_words: list[str]  # names of the topic itself, which every page is about

    def say_date(self, iso: str) -> str:
        """An ISO date as people of this language write it."""
        year, month, day = iso.split("-")
        return self.date.format(year=year, month=self.months[int(month) - 1], day=int(day))


def load_strings(located: Located, first: Located | None = None) -> Strings:
    """The frame's words in one language, `first` being those of the site's first one, which the others have to follow;
    raises ContentError with every key that is missing, mistyped or needless."""
    strings = validate(Strings, located)
    needed = NEEDED if first is None else words_of(first)
    if faults := word_faults(located, needed):
        raise ContentError(faults)
    return strings
