"""The clinic that puts its name on this copy of the site, from `docs/clinic.yml`. Every field may stay empty."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field, field_validator

from iontosite.content.located import Located, validate
from iontosite.content.phones import Phone
from iontosite.content.pictures import PICTURES, open_picture
from iontosite.content.record import Plain, Record
from iontosite.faults import ContentError, Fault

_COLOUR = re.compile(r"^#[0-9a-f]{6}$")
MIN_CONTRAST = 7.0  # WCAG 1.4.6, on white paper
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")


class Clinic(Record):
    """Name, how to reach it, and its look on paper."""

    name: Plain = Field("", max_length=80)
    department: Plain = Field("", max_length=80)
    phone: Phone = Field("", max_length=40)
    hours: Plain = Field("", max_length=80)
    logo: str = ""  # a file under docs/assets/
    colour: str = ""

    @field_validator("colour", mode="before")
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
        if value and not _COLOUR.match(value):
            raise ValueError('must look like "#0b4955"')
        if value and contrast_on_white(value) < MIN_CONTRAST:
            found = contrast_on_white(value)
            raise ValueError(f"has a contrast of {found:.1f}:1 on white; text needs {MIN_CONTRAST:g}:1: take a darker one")
        return value


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of a #rrggbb colour on white (WCAG 2.2, relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


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
