"""The clinic that puts its name on this copy of the site, from `docs/clinic.yml`. Every field may stay empty."""
from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from content.faults import ContentError, Fault
from content.located import Located, validate

_COLOUR = re.compile(r"^#[0-9a-f]{6}$")
MIN_CONTRAST = 7.0  # WCAG 1.4.6, on white paper


class Clinic(BaseModel):
    """Name, how to reach it, and its look on paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field("", max_length=80)
    department: str = Field("", max_length=80)
    phone: str = Field("", max_length=40)
    hours: str = Field("", max_length=80)
    logo: str = ""  # a file under docs/assets/
    colour: str = ""

    @field_validator("colour")
    @classmethod
    def _is_dark_enough(cls, value: str) -> str:
        if value and not _COLOUR.match(value):
            raise ValueError('must look like "#0b4955"')
        if value and contrast_on_white(value) < MIN_CONTRAST:
            found = contrast_on_white(value)
            raise ValueError(f"has a contrast of {found:.1f}:1 on white; text needs {MIN_CONTRAST:g}:1: take a darker one")
        return value

    @field_validator("phone")
    @classmethod
    def _has_digits(cls, value: str) -> str:
        if value and sum(c.isdigit() for c in value) < 3:
            raise ValueError("holds no phone number")
        return value


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of a #rrggbb colour on white (WCAG 2.2, relative luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def load_clinic(located: Located, docs: Path) -> Clinic:
    """The clinic's details; raises ContentError where one does not fit or the logo is not there."""
    clinic = validate(Clinic, located)
    if clinic.logo and not (docs / "assets" / clinic.logo).is_file():
        line = located.line(("logo",))
        raise ContentError([Fault(located.path, line, f'logo: there is no docs/assets/{clinic.logo}: put the file there')])
    return clinic
