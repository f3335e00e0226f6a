"""The clinic that puts its name on this copy of the site, from `docs/clinic.yml`. Every field may stay empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, field_validator

from iontosite.content.located import Located, validate
from iontosite.content.phones import Phone
from iontosite.content.pictures import PICTURES, open_picture
from iontosite.content.record import Plain, Record, once
from iontosite.content.site import Site
from iontosite.faults import ContentError, Fault

_COLOUR = re.compile(r"^#[0-9a-f]{6}$")
MIN_CONTRAST = 7.0  # WCAG 1.4.6
# The grounds that links stand on, as docs/assets/site.css has them: its darkest for light screens, its lightest for dark ones.
LIGHT = {"white": "#ffffff", "the grey of boxes": "#f1f5f3"}
DARK = {"a dark screen": "#0e1716", "the grey of boxes": "#172321"}
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")


class Clinic(Record):
    """Name, how to reach it, and its look on paper."""

    name: Plain = Field("", max_length=80)
    department: Plain = Field("", max_length=80)
    phone: Phone = Field("", max_length=40)
    hours: Plain = Field("", max_length=80)
    address: Plain = Field("", max_length=120)
    emergency: str = Field("", max_length=20)  # the number to call in an emergency, where it is not that of docs/site.yml
    logo: str = ""  # a file under docs/assets/
    colour: str = ""  # on light screens and on paper
    colour_on_dark: str = ""
    leave_out: tuple[str, ...] = ()  # addresses of pages that this copy does without (content/left_out.py)

    def applied_to(self, site: Site) -> Site:
        """The facts of the site with the clinic's own number for emergencies, if it gave one."""
        return site.model_copy(update={"numbers": {**site.numbers, "emergency": self.emergency}}) if self.emergency else site

    @field_validator("colour", "colour_on_dark", mode="before")
    @classmethod
    def _in_small_letters(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("logo")
    @classmethod
    def _is_a_picture_s_name(cls, value: str) -> str:
        if value and (not _FILE.fullmatch(value) or Path(value).suffix not in PICTURES):
            raise ValueError(
                f'"{value}" is not the name of a picture under docs/assets/: '
                f"take letters, digits, - and _, and end it in {', '.join(PICTURES)}"
            )
        return value

    @field_validator("colour")
    @classmethod
    def _is_dark_enough(cls, value: str) -> str:
        return _readable(value, LIGHT, "take a darker one")

    @field_validator("colour_on_dark")
    @classmethod
    def _is_light_enough(cls, value: str) -> str:
        return _readable(value, DARK, "take a lighter one")

    @field_validator("leave_out")
    @classmethod
    def _each_once(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        once(addresses)
        return addresses

    @field_validator("emergency")
    @classmethod
    def _can_be_dialled(cls, value: str) -> str:
        if value and not re.fullmatch(r"\+?\d[\d -]*\d", value):
            raise ValueError(f'"{value}" is no number to call: write its digits, such as "112"')
        return value


def _readable(colour: str, grounds: Mapping[str, str], advice: str) -> str:
    """The colour; raises ValueError where it is none, or where text in it is hard to read on one of the grounds."""
    if colour and not _COLOUR.match(colour):
        raise ValueError('must look like "#0b4955"')
    for where, ground in grounds.items() if colour else ():
        if (found := contrast(colour, ground)) < MIN_CONTRAST:
            raise ValueError(f"has a contrast of {found:.1f}:1 on {where}; text needs {MIN_CONTRAST:g}:1: {advice}")
    return colour


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def to_dial(number: str) -> str:
    """A number as a phone dials it (RFC 3966): its digits, with the country's code where it has one. What follows the first
    letter is an extension, which people dial by hand."""
    digits = re.sub(r"[^\d+]", "", re.split(r"[A-Za-z]", number)[0])
    return f"+{digits}" if len(digits) > 10 and not digits.startswith("+") else digits


def load_clinic(located: Located, docs: Path) -> Clinic:
    """The clinic's details; raises ContentError where one does not fit, or where the logo is not there or no safe picture."""
    clinic = validate(Clinic, located)
    if clinic.logo and (trouble := _logo_trouble(docs / "assets", clinic.logo)):
        raise ContentError([Fault(located.path, located.line(("logo",)), f"logo: {trouble}")])
    return clinic


def _logo_trouble(assets: Path, name: str) -> str | None:
    """What is wrong with a logo's file; None if nothing is."""
    path = (assets / name).resolve()
    if not path.is_relative_to(assets.resolve()):
        return f"docs/assets/{name} is a link to a file elsewhere: put the picture itself there"
    if not path.exists():
        return f"there is no docs/assets/{name}: put the file there"
    try:
        open_picture(path, f"docs/assets/{name}")
    except ValueError as error:
        return str(error)
    return None
