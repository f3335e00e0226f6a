"""The codes of a patient's record that lead to a page, each proved against the official list or its form."""
from __future__ import annotations

import functools
import re
from types import ModuleType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from iontosite.faults import did_you_mean

_CPT = re.compile(r"\d{4}[\dA-Z]")  # five characters, the last one a letter in some categories (AMA, CPT code set)


@functools.cache
def _official_list() -> ModuleType:
    # It takes a second to load, and the processes that make handouts read pages without needing it.
    import simple_icd_10_cm

    return simple_icd_10_cm


def wording(code: str) -> str:
    """The wording of an ICD-10-CM code (public domain); raises ValueError for a code that no record holds: one that is
    not on the list, that is only a group, or that is not written as the list writes it, with a dot and capitals."""
    icd10cm = _official_list()
    if not icd10cm.is_valid_item(code):
        raise ValueError(f'"{code}" is not an ICD-10-CM code{did_you_mean(code.upper(), _alike(code.upper()))}')
    if icd10cm.add_dot(code) != code:
        raise ValueError(f'"{code}" lacks its dot; did you mean "{icd10cm.add_dot(code)}"?')
    if not icd10cm.is_leaf(code):
        leaves = [each for each in icd10cm.get_descendants(code) if icd10cm.is_leaf(each)]
        raise ValueError(f'"{code}" is a group of ICD-10-CM codes, not one that a record holds{did_you_mean(code, leaves)}')
    return icd10cm.get_description(code)


def _alike(code: str) -> list[str]:
    """The codes of the same group, or of the same letter and digit where there is no such group."""
    icd10cm = _official_list()
    codes = [each for each in icd10cm.get_all_codes() if icd10cm.is_leaf(each)]
    near = [each for each in codes if each.startswith(code[:3])]
    return near or [each for each in codes if each.startswith(code[:2])]


def _is_diagnosis(code: str) -> str:
    wording(code)
    return code


def _is_procedure(code: str) -> str:
    if not _CPT.fullmatch(code):
        raise ValueError(f'"{code}" is no CPT code: write five characters like "97033"')
    return code


class Codes(BaseModel):
    """Codes that lead to this page from a record system, and which kind of iontophoresis it is about: "medicine" pushed
    through the skin, or "water" in trays against sweating."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    icd10cm: list[Annotated[str, AfterValidator(_is_diagnosis)]] = []
    cpt: list[Annotated[str, AfterValidator(_is_procedure)]] = []
    topic: Literal["medicine", "water"] = "medicine"
