"""The whole content, validated and frozen: what every later stage reads and none can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from iontosite.content.changes import Change
from iontosite.content.clinic import Clinic
from iontosite.content.code_meanings import Meaning
from iontosite.content.codes import Code, all_codes, code_spellings
from iontosite.content.findings import Findings
from iontosite.content.glossary import Entry
from iontosite.content.ledger import Promise, Redirect
from iontosite.content.located import Key, Located
from iontosite.content.markdown import VARIABLE
from iontosite.content.messages import Messages
from iontosite.content.pages import Page
from iontosite.content.recipes import Recipe
from iontosite.content.reviews import SignOff
from iontosite.content.safety import SafetyRules
from iontosite.content.search_words import SearchWords
from iontosite.content.searches import Search
from iontosite.content.site import Language, Site, Strings
from iontosite.content.sources import Source
from iontosite.content.sums import Sum
from iontosite.content.translated import page_hash
from iontosite.content.vocabulary import Vocabulary
from iontosite.content.yardsticks import Yardsticks
from iontosite.faults import Fault, shown

TO_FILL_IN = "……………………"  # where somebody has to write, on paper


@dataclass(frozen=True)
class Edition:
    """The content in one language. Pages are in the order of their paths, so that a build repeats."""

    language: Language
    strings: Strings
    messages: Messages
    recipes: Mapping[str, Recipe]  # handout id -> what it holds
    pages: tuple[Page, ...]
    yardsticks: Yardsticks | None  # a language may have none
    changes: tuple[Change, ...]  # of meaning, the newest first
    made_from: Mapping[str, str]  # name -> the hash of the words that a translation was made from (content/translated.py)

    @property
    def code(self) -> str:
        """The language's code: "en"."""
        return self.language.code

    @cached_property
    def by_path(self) -> Mapping[str, Page]:
        """Every page by its path below the language's folder: `conditions/jaw.md`."""
        return {page.path: page for page in self.pages}

    def questions_in(self, group: str) -> list[Page]:
        """The questions of one group of their index, in its order."""
        return sorted((page for page in self.questions if page.front.group == group), key=lambda p: (p.front.order, p.path))

    @cached_property
    def questions(self) -> tuple[Page, ...]:
        """The pages that answer one question each."""
        return tuple(page for page in self.pages if page.is_question)

    @cached_property
    def codes(self) -> list[Code]:
        """Every code that a page names."""
        return all_codes(self.pages)

    def path_of(self, url: str) -> str:
        """The address of a page from the top of the site: `after/` is `/after/`, or `/es/after/`."""
        return f"/{self.language.path}{url}"


@dataclass(frozen=True)
class Content:
    """Everything under `docs/`: what all languages share, and one edition for each."""

    root: Path
    docs: Path
    site: Site
    sources: Mapping[str, Source]
    safety: SafetyRules
    findings: Findings
    searches: tuple[Search, ...]
    sums: tuple[Sum, ...]
    meanings: tuple[Meaning, ...]  # of codes, for patients
    glossary: tuple[Entry, ...]
    vocabulary: Vocabulary
    search_words: Mapping[str, SearchWords]  # language -> what the search knows about it
    ledger: Mapping[str, Promise]
    redirects: tuple[Redirect, ...]
    sign_offs: tuple[SignOff, ...]
    clinic: Clinic
    editions: tuple[Edition, ...]  # the first one is the site's own language
    files: Mapping[str, Located]  # the data files, by their path from docs/

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page of every language."""
        return tuple(page for edition in self.editions for page in edition.pages)

    def edition(self, code: str) -> Edition:
        """The edition of one language; raises KeyError where there is none."""
        for edition in self.editions:
            if edition.code == code:
                return edition
        raise KeyError(code)

    def base_url(self, edition: Edition) -> str:
        """The full address of an edition's home page, with a slash at its end."""
        return self.site.site_url + edition.language.path

    def path_of(self, page: Page) -> str:
        """The address of a page from the top of the site: /after/."""
        return self.edition(page.language).path_of(page.url)

    def original_of(self, page: Page) -> Page | None:
        """The page of the site's first language that a page is a translation of; None where it is none."""
        first = self.editions[0]
        return first.by_path.get(page.path) if page.language != first.code else None

    def moved_on(self, page: Page) -> Page | None:
        """The original of a page, where it says something else by now than what the page was made from."""
        original = self.original_of(page)
        return original if original and page.front.made_from != page_hash(original) else None

    def address_of(self, page: Page) -> str:
        """The full address of a page."""
        return self.site.site_url.rstrip("/") + self.path_of(page)

    def sign_offs_of(self, page: Page) -> list[SignOff]:
        """Who stands by a page, oldest first; a translation has sign-offs of its own."""
        return sorted((s for s in self.sign_offs if s.page == self.path_of(page)), key=lambda sign_off: sign_off.date)

    def signed_off(self, page: Page) -> str:
        """Who of a clinic signed a page last, in words; empty where nobody did."""
        strings, signed = self.edition(page.language).strings, self.sign_offs_of(page)
        if not signed:
            return ""
        last = signed[-1]
        said = strings.frame["reviewed_by"].format(name=last.name, role=last.role, date=strings.say_date(last.date))
        return f"{strings.frame['clinical_review']}: {said}."

    def filled_in(self, text: str) -> str:
        """A text with numbers to call in the place of their names, and dots where somebody has to write."""
        values = {**self.site.numbers, "clinic_phone": self.clinic.phone}
        return VARIABLE.sub(lambda match: values.get(match[1]) or TO_FILL_IN, text)

    @cached_property
    def code_spellings(self) -> Mapping[str, str]:
        """The other addresses that record systems make of codes, each with the address that it leads to."""
        leads: dict[str, str] = {}
        for edition in self.editions:
            leads |= code_spellings(edition.path_of(""), edition.codes, self.redirects)
        return leads

    def fault(self, file: str, key: Key, message: str) -> Fault:
        """A fault at the value `key` of the data file `file` (its path from docs/)."""
        line = self.files[file].line(key) if file in self.files else 1
        return Fault(shown(self.docs / file, self.root), line, message)
