"""Small pages for record systems: a code in the address leads to the page about that problem."""
from __future__ import annotations

from dataclasses import dataclass

from iontosite.paper import qr
from iontosite.content.codes import wording
from iontosite.content.library import Library
from iontosite.content.pages import Page
from iontosite.paper.layout import signed_off
from iontosite.stage.citations import without_marks
from iontosite.templates import fill

ICD_10_CM, CPT = "icd10cm", "cpt"
_FOLDER = "codes/"
_ANY_PROBLEM = "what-it-is.md"


@dataclass(frozen=True)
class Code:
    """One code: its system, the code as clinicians write it, its official wording where that is free, its page."""

    system: str
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


def all_codes(library: Library, language: str) -> list[Code]:
    """Every code that a page of this language names in its front matter. The first page that names a code has it; CPT
    codes, which say nothing about the problem, lead to the page that says what the treatment is. No wording of theirs may
    be printed, because it is under copyright."""
    found: dict[tuple[str, str], Code] = {}
    for page in library.pages_in(language):
        for code in page.front.codes.icd10cm:
            found.setdefault((ICD_10_CM, code), Code(ICD_10_CM, code, wording(code), page))
    home = next((page for page in library.pages_in(language) if page.path == _ANY_PROBLEM), None)
    for page in library.pages_in(language):
        for code in page.front.codes.cpt:
            found.setdefault((CPT, code), Code(CPT, code, "", home or page))
    return [found[key] for key in sorted(found)]


def code_spellings(library: Library) -> dict[str, str]:
    """The other addresses that record systems make of a code, in capitals and without its dot, each with the address that
    it leads to. A code that moved (docs/redirects.yml) keeps them, too."""
    leads = {}
    for language in library.site.languages:
        addresses = {f"/{language.path}{code.url}": f"/{language.path}{code.url}" for code in all_codes(library, language.code)}
        folder = f"/{language.path}{_FOLDER}"
        addresses |= {moved.old: moved.new for moved in library.redirects if moved.old.startswith(folder)}
        for address, target in addresses.items():
            leads |= {spelling: target for spelling in _other_spellings(address)}
    return leads


def _other_spellings(address: str) -> list[str]:
    folder, _, code = address.rstrip("/").rpartition("/")
    forms = {code.upper(), code.replace(".", ""), code.replace(".", "").upper()}
    return [f"{folder}/{form}/" for form in sorted(forms - {code})]


def code_page(code: Code, library: Library) -> str:
    """The staged Markdown of one code's page: which topic it is, the short answer, and the way on."""
    strings, message = library.strings[code.page.language], code.page.main_message
    words = strings.clinics
    dates = {"date": strings.say_date(code.page.front.evidence_checked)}
    return fill(
        "code.md.j2",
        code=code,
        words=words,
        topic=words[f"code_topic_{code.page.front.codes.topic}"],
        answer=without_marks(message.text) if message else "",
        evidence=words["code_evidence"].format(**dates),
        reviewed=signed_off(library, code.page.language, code.page.url) or words["code_not_reviewed"],
        checked=dates["date"],
        next_check=strings.say_date(code.page.front.next_check),
        qr=qr.file_name(code.url, "svg"),
    )
