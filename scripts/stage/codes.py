"""Small pages for record systems: a code in the address leads to the page about that problem."""
from __future__ import annotations

from dataclasses import dataclass

import simple_icd_10_cm as icd10cm

from content.library import Library
from content.pages import Page
from stage.citations import without_marks
from stage.templates import fill

ICD_10_CM, CPT = "icd10cm", "cpt"


@dataclass(frozen=True)
class Code:
    """One code: its system, the code as clinicians write it, its official wording where that is free, its page."""

    system: str
    code: str
    wording: str
    page: Page

    @property
    def path(self) -> str:
        """The staged file: lower-case, because addresses are."""
        return f"codes/{self.system}/{self.code.lower()}.md"


def wording(code: str) -> str:
    """The wording of an ICD-10-CM code (public domain); raises ValueError for a code that the list does not have."""
    if not icd10cm.is_valid_item(code):
        raise ValueError(f'"{code}" is not an ICD-10-CM code')
    if not icd10cm.is_leaf(code):
        raise ValueError(f'"{code}" is a group of ICD-10-CM codes, not one that a record holds')
    return icd10cm.get_description(code)


def all_codes(library: Library, language: str) -> list[Code]:
    """Every code that a page of this language names in its front matter. The first page that names a code has it; CPT
    codes belong to the page about cost, because no wording of theirs may be printed (it is under copyright)."""
    found: dict[tuple[str, str], Code] = {}
    for page in library.pages_in(language):
        for code in page.front.codes.icd10cm:
            found.setdefault((ICD_10_CM, code), Code(ICD_10_CM, code, wording(code), page))
    home = next((page for page in library.pages_in(language) if page.path == "what-it-is.md"), None)
    for page in library.pages_in(language):
        for code in page.front.codes.cpt:
            found.setdefault((CPT, code), Code(CPT, code, "", home or page))
    return [found[key] for key in sorted(found)]


def code_page(code: Code, library: Library) -> str:
    """The staged Markdown of one code's page: which topic it is, the short answer, and the way on."""
    strings, message = library.strings[code.page.language], code.page.main_message
    answer = without_marks(message.text) if message else ""
    return fill("code.md.j2", code=code, frame=strings.frame, words=strings.clinics, answer=answer)
