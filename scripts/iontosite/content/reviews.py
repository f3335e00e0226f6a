"""Who signed what off, from `docs/reviews.yml`. Nobody is named on a page who does not stand there.

A sign-off says what was read, by the hash of its words (`content/meaning.py`), and until when it holds. It lapses by itself once
those words say something else, or once that day has passed; from then on no page shows the name. `make sign OF=…` prints what to
enter, `make review` lists what has lapsed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from iontosite.content.dates import IsoDate
from iontosite.content.located import Located, validate
from iontosite.content.record import Id, Plain, Record, once, shaped

LONGEST = timedelta(days=731)  # two years: our own limit, so that somebody reads again what has not changed, too
Hash = Annotated[
    str, shaped(r"[0-9a-f]{12}", "is no hash of words: `make sign OF=…` prints it, 12 small letters and digits, in quotes")
]


class SignOff(Record):
    """A person who read pages or safety rules and stands by them: what that person gave, and the hash of what was read."""

    name: Plain = Field(min_length=3, max_length=80)
    role: Plain = Field(min_length=3, max_length=80)
    registration: Plain = Field(min_length=3, max_length=120)  # the body that registers or licenses the person
    date: IsoDate  # the day on which the person said so
    until: IsoDate  # the last day on which it holds
    language: str = ""  # of the rules that were read; empty for the site's first one. A page's address tells its own
    pages: dict[str, Hash] = Field(default_factory=dict)  # address from the top of the site, such as /after/ -> hash
    rules: dict[Id, Hash] = Field(default_factory=dict)  # id of a safety rule -> hash

    @model_validator(mode="after")
    def _fits(self) -> SignOff:
        if not self.pages and not self.rules:
            raise ValueError("signs nothing off: add `pages:` or `rules:`, as `make sign OF=…` prints them")
        signed, until = date.fromisoformat(self.date), date.fromisoformat(self.until)
        if until <= signed:
            raise ValueError(f"until {self.until} is not after {self.date}: write the last day on which it holds")
        if until - signed > LONGEST:
            raise ValueError(f"until {self.until} is more than two years after {self.date}: write an earlier day")
        return self

    @property
    def person(self) -> tuple[str, str, str]:
        """Who it is, apart from what was signed and when."""
        return (self.name, self.role, self.registration)


class _Reviews(Record):
    sign_offs: tuple[SignOff, ...] = ()

    @field_validator("sign_offs")
    @classmethod
    def _each_once(cls, sign_offs: tuple[SignOff, ...]) -> tuple[SignOff, ...]:
        once(f"{each.name}, {each.date}, {', '.join([*each.pages, *each.rules])}" for each in sign_offs)
        return sign_offs


def load_sign_offs(located: Located) -> tuple[SignOff, ...]:
    """Every sign-off, in the order of the file; raises ContentError with the line of all that does not fit."""
    return validate(_Reviews, located).sign_offs
