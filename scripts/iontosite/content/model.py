"""The whole content, validated and frozen: what every later stage reads and none can change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from iontosite.content.changes import Change
from iontosite.content.clinic import Clinic
from iontosite.content.code_meanings import Meaning
from iontosite.content.codes import Code, all_codes, code_spellings
from iontosite.content.findings import Findings
from iontosite.content.glossary import Entry
from iontosite.content.ledger import Promise, Redirect
from iontosite.content.located import Key, Located
from iontosite.content.markdown import VARIABLE
from iontosite.content.meaning import page_meaning, rule_meaning
from iontosite.content.messages import Messages
from iontosite.content.pages import Page
from iontosite.content.proof_words import ProofWords
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
    proof: ProofWords | None  # the words of the pack for committees; a language may have none
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


Lapse = Literal["", "words", "date"]


@dataclass(frozen=True)
class Signed:
    """One page or rule of a sign-off, as it stands today: whether it lapsed, because its words say something else ("words") or
    its last day is over ("date"). `name` is the address of a page from the top of the site, or the id of a rule."""

    sign_off: SignOff
    kind: Literal["page", "rule"]
    name: str
    lapsed: Lapse


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
    today: date  # sign-offs end on a day
    left_out: frozenset[str] = frozenset()  # pages that a clinic's own copy does without, by their path (content/left_out.py)

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page of every language."""
        return tuple(page for edition in self.editions for page in edition.pages)

    @property
    def newest_check(self) -> str:
        """The day of the newest evidence check of any page: 2026-11-20."""
        return max(page.front.evidence_checked for page in self.pages)

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

    def meaning_of(self, page: Page) -> str:
        """The hash of what a page says, for who signs it off."""
        return page_meaning(page, self.site.numbers, self.glossary)

    @cached_property
    def signed(self) -> tuple[Signed, ...]:
        """Everything that somebody signed off, as it stands today, the oldest first. What is not there is left out: it is a fault
        of its own (content/cross.py)."""
        return tuple(sorted(self._signed(), key=lambda each: each.sign_off.date))

    def _signed(self) -> Iterator[Signed]:
        by_address = {self.path_of(page): page for page in self.pages} if self.sign_offs else {}
        for sign_off in self.sign_offs:
            for address, read in sign_off.pages.items():
                if page := by_address.get(address):
                    yield Signed(sign_off, "page", address, self._lapse(sign_off, read, self.meaning_of(page)))
            for rule_id, read in sign_off.rules.items():
                rule, language = self.safety.by_id.get(rule_id), sign_off.language or self.editions[0].code
                if rule and language in rule.words:
                    now = rule_meaning(rule, language, self.site.numbers)
                    yield Signed(sign_off, "rule", rule_id, self._lapse(sign_off, read, now))

    def _lapse(self, sign_off: SignOff, read: str, now: str) -> Lapse:
        if read != now:
            return "words"
        return "date" if sign_off.until < self.today.isoformat() else ""

    def sign_offs_of(self, page: Page) -> list[SignOff]:
        """Who stands by a page as it is today, oldest first; a translation has sign-offs of its own. One that has lapsed is not
        among them."""
        here = self.path_of(page)
        return [each.sign_off for each in self.signed if (each.kind, each.name, each.lapsed) == ("page", here, "")]

    def rule_sign_offs_of(self, page: Page) -> list[SignOff]:
        """Who stands by every safety rule that a page includes, oldest first; nobody where it includes none."""
        found = []
        for sign_off in sorted(self.sign_offs, key=lambda each: each.date):
            holds = {each.name for each in self.signed if each.sign_off is sign_off and each.kind == "rule" and not each.lapsed}
            if page.rules and page.rules <= holds and (sign_off.language or self.editions[0].code) == page.language:
                found.append(sign_off)
        return found

    def first_language(self, edition: Edition) -> str:
        """The code of the language in which what is not translated stands, to be marked as such on pages of another one
        (WCAG 2.2, 3.1.2); empty for the first language itself."""
        first = self.editions[0]
        return "" if edition.code == first.code else first.code

    def signed_off(self, *pages: Page) -> str:
        """Who of a clinic stands by all of these pages, in words, the last one to sign the first of them; empty where nobody
        does. What it says is the oldest of that person's days, and the first on which one of them ends."""
        if not self.sign_offs:
            return ""
        strings = self.edition(pages[0].language).strings
        for last in reversed(self.sign_offs_of(pages[0])):
            own = [[each for each in self.sign_offs_of(page) if each.person == last.person] for page in pages]
            if all(own):
                newest = [found[-1] for found in own]
                said = strings.say_reviewed(last, min(each.date for each in newest), min(each.until for each in newest))
                return f"{strings.frame['clinical_review']}: {said}."
        return ""

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
