"""Who signed a page off, from `docs/reviews.yml`. Nobody is named on a page who does not stand there."""

from __future__ import annotations

from pydantic import Field, field_validator

from iontosite.content.dates import IsoDate
from iontosite.content.located import Located, validate
from iontosite.content.record import Plain, Record, once


class SignOff(Record):
    """A person who read a page and stands by it: name, role and date as that person gave them."""

    page: str  # its address from the top of the site: /after/
    name: Plain = Field(min_length=3, max_length=80)
    role: Plain = Field(min_length=3, max_length=80)
    date: IsoDate


class _Reviews(Record):
    sign_offs: tuple[SignOff, ...] = ()

    @field_validator("sign_offs")
    @classmethod
    def _each_once(cls, sign_offs: tuple[SignOff, ...]) -> tuple[SignOff, ...]:
        once(f"{each.page} {each.name} {each.date}" for each in sign_offs)
        return sign_offs


def load_sign_offs(located: Located) -> tuple[SignOff, ...]:
    """Every sign-off, oldest first as the file has them."""
    return tuple(validate(_Reviews, located).sign_offs)
