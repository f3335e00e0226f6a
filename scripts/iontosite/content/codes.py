"""The codes of a patient's record that lead to a page, each proved against the official list or its form, and the other
spellings that record systems use for their addresses."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import Literal

from iontosite.content.ledger import Redirect
from iontosite.content.pages import Page
from iontosite.faults import did_you_mean
from iontosite.kept import Kept
from iontosite.project import KEPT

ICD_10_CM, CPT = "icd10cm", "cpt"
System = Literal["icd10cm", "cpt"]
_FOLDER = "codes/"
_ANY_PROBLEM = "what-it-is.md"
_CPT = re.compile(r"\d{4}[\dA-Z]")  # five characters, the last one a letter in some categories (AMA, CPT code set)


@dataclass(frozen=True)
class CodeSystem:
    """A system of codes as record systems name it: its OID (HL7 OID registry), its own name, and what else it is called. In a
    nested one a code that begins another one stands for the whole group: M77.1 for M77.10, M77.11 and M77.12."""

    oid: str
    name: str
    also: tuple[str, ...]
    nested: bool


# Others call them by the addresses of FHIR (https://terminology.hl7.org/), or by names of their own.
SYSTEMS: Mapping[System, CodeSystem] = {
    "icd10cm": CodeSystem(
        "2.16.840.1.113883.6.90", "ICD-10-CM", ("ICD-10", "I10", "http://hl7.org/fhir/sid/icd-10-cm"), nested=True
    ),
    "cpt": CodeSystem(
        "2.16.840.1.113883.6.12", "CPT", ("CPT-4", "C4", "HCPCS I", "http://www.ama-assn.org/go/cpt"), nested=False
    ),
}


@dataclass(frozen=True)
class Code:
    """One code: its system, the code as clinicians write it, its official wording where that is free, its page."""

    system: System
    code: str
    wording: str
    page: Page

    @property
    def url(self) -> str:
        """The address below the language's own: lower-case, because addresses are."""
        return f"{_FOLDER}{self.system}/{self.code.lower()}/"

    @property
    def path(self) -> str:
        """The staged file."""
        return self.url.rstrip("/") + ".md"


def all_codes(pages: tuple[Page, ...]) -> list[Code]:
    """Every code that the pages of one language name in their front matter, in order. CPT codes, which say nothing about the
    problem, lead to the page that says what the treatment is. No wording of theirs may be printed: it is under copyright.
    Raises ValueError for a code that is on no list; `load` reports those before."""
    found = [Code("icd10cm", code, wording(code), page) for page in pages for code in page.front.codes.icd10cm]
    home = next((page for page in pages if page.path == _ANY_PROBLEM), None)
    procedures = {code: page for page in reversed(pages) for code in page.front.codes.cpt}
    found += [Code("cpt", code, "", home or page) for code, page in procedures.items()]
    return sorted(found, key=lambda code: (code.system, code.code))


def code_spellings(base: str, codes: list[Code], redirects: tuple[Redirect, ...]) -> dict[str, str]:
    """The other addresses that record systems make of a code, in capitals and without its dot, each with the address that it
    leads to. `base` is the path of the language ("/" or "/es/"). A code that moved keeps them, too."""
    addresses = {base + code.url: base + code.url for code in codes}
    addresses |= {moved.old: moved.new for moved in redirects if moved.old.startswith(base + _FOLDER)}
    return {spelling: target for address, target in addresses.items() for spelling in _other_spellings(address)}


def _other_spellings(address: str) -> list[str]:
    folder, _, code = address.rstrip("/").rpartition("/")
    forms = {code.upper(), code.replace(".", ""), code.replace(".", "").upper()}
    return [f"{folder}/{form}/" for form in sorted(forms - {code})]


def code_trouble(system: System, code: str) -> str | None:
    """What is wrong with a code; None if nothing is."""
    if system == "cpt":
        return None if _CPT.fullmatch(code) else f'"{code}" is no CPT code: write five characters like "97033"'
    try:
        wording(code)
    except ValueError as error:
        return str(error)
    return None


@functools.cache
def wording(code: str) -> str:
    """The wording of an ICD-10-CM code (public domain); raises ValueError for a code that no record holds: one that is
    not on the list, that is only a group, or that is not written as the list writes it, with a dot and capitals."""
    # The list takes two seconds to load, so what it said of a code is kept.
    source = f"simple-icd-10-cm {version('simple-icd-10-cm')}"
    return Kept(KEPT).ask("code", source, code, make=lambda: _wording(code).encode()).decode()


def _wording(code: str) -> str:
    icd10cm = _official_list()
    if not icd10cm.is_valid_item(code):
        raise ValueError(f'"{code}" is not an ICD-10-CM code{did_you_mean(code.upper(), _alike(code.upper()))}')
    if icd10cm.add_dot(code) != code:
        raise ValueError(f'"{code}" lacks its dot; did you mean "{icd10cm.add_dot(code)}"?')
    if not icd10cm.is_leaf(code):
        leaves = [each for each in icd10cm.get_descendants(code) if icd10cm.is_leaf(each)]
        raise ValueError(f'"{code}" is a group of ICD-10-CM codes, not one that a record holds{did_you_mean(code, leaves)}')
    return str(icd10cm.get_description(code))


@functools.cache
def _official_list() -> ModuleType:
    return import_module("simple_icd_10_cm")  # reads ten megabytes as it is imported


def _alike(code: str) -> list[str]:
    """The codes of the same group, or of the same letter and digit where there is no such group."""
    icd10cm = _official_list()
    codes = [each for each in icd10cm.get_all_codes() if icd10cm.is_leaf(each)]
    near = [each for each in codes if each.startswith(code[:3])]
    return near or [each for each in codes if each.startswith(code[:2])]
