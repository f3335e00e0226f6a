"""Reads everything under `docs/` into one frozen `Content`; every fault is reported at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from iontosite.content.changes import Change, load_changes
from iontosite.content.clinic import Clinic, load_clinic
from iontosite.content.code_meanings import FILE as MEANINGS
from iontosite.content.code_meanings import Meaning, load_meanings
from iontosite.content.cross import cross_faults
from iontosite.content.dates import today as clock_today
from iontosite.content.files import file_faults, visible
from iontosite.content.findings import Findings, load_findings
from iontosite.content.glossary import load_glossary
from iontosite.content.ledger import load_ledger, load_redirects
from iontosite.content.left_out import without_left_out
from iontosite.content.located import Located, read_text, read_yaml
from iontosite.content.menu import menu_faults
from iontosite.content.messages import LINK, Messages, load_messages
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page, parse_page
from iontosite.content.proof_words import ProofWords, load_proof_words
from iontosite.content.recipes import Recipe, load_recipe
from iontosite.content.remembered import Remembered, hash_of_data
from iontosite.content.reviews import load_sign_offs
from iontosite.content.rules.all_rules import rule_faults
from iontosite.content.safety import SafetyRules, load_safety
from iontosite.content.search_words import SearchWords, load_search_words
from iontosite.content.searches import load_searches
from iontosite.content.site import Language, Site, Strings, load_site, load_strings, stand_in
from iontosite.content.sources import Source, load_sources
from iontosite.content.sums import load_sums
from iontosite.content.translated import FILE as MADE_FROM
from iontosite.content.translated import load_made_from
from iontosite.content.vocabulary import Vocabulary, load_vocabulary
from iontosite.content.yardsticks import Yardsticks, load_yardsticks
from iontosite.faults import ContentError, Fault, shown

Part = TypeVar("Part")


def load_content(
    docs: Path, site_url: str | None = None, today: date | None = None, remembered: Remembered | None = None
) -> Content:
    """Read and check all of `docs`, for the address `site_url` where it is not the one of `docs/site.yml`, and for the day
    `today` where it is not that of the clock; raises ContentError with every fault, in the order of files and lines. A process
    that reads again and again gives `remembered`, in which the faults of pages that have not changed stand."""
    remembered = remembered or Remembered()
    remembered.begin(hash_of_data(docs, site_url or ""))
    reading = _Reading(docs, today or clock_today())
    site = reading.file("site.yml", lambda located: load_site(located, site_url), None)
    if site is None:  # nothing else can be told apart from its languages
        raise ContentError(reading.faults)
    content = reading.content(site)
    languages = [language.code for language in site.languages]
    broken = frozenset(reading.broken)
    faults = [*file_faults(docs.parent, docs, languages, reading.logo()), *reading.faults]
    faults += cross_faults(content, broken, remembered) + rule_faults(content, broken, remembered)
    faults += menu_faults(content, broken)
    if faults:
        raise ContentError(faults)
    return without_left_out(content)


def page_files(folder: Path) -> list[Path]:
    """Every page's file. Editors keep hidden files beside the one that is open; they are no pages, nor is a folder with a page's
    name, or a link to elsewhere (`files.py` tells those)."""
    return [path for path in visible(folder) if path.suffix == ".md" and path.is_file() and not path.is_symlink()]


def _is_recipe(path: Path) -> bool:
    return path.suffix == ".yml" and path.is_file() and not path.is_symlink()


class _Reading:
    """One reading of `docs/`. A file that does not fit leaves its faults, its name in `broken`, and something empty in its
    place, so that the others can still be held against each other."""

    def __init__(self, docs: Path, today: date) -> None:
        self.docs, self.root, self.today = docs, docs.parent, today
        self.faults: list[Fault] = []
        self.broken: set[str] = set()
        self.files: dict[str, Located] = {}
        self.safety = SafetyRules()
        self.findings = Findings()

    def file(self, name: str, load: Callable[[Located], Part], otherwise: Part) -> Part:
        """What `load` makes of the data file `docs/<name>`, or `otherwise`."""
        try:
            self.files[name] = read_yaml(self.docs / name, shown(self.docs / name, self.root))
            return load(self.files[name])
        except ContentError as error:
            self.faults += error.faults
            self.broken.add(name)
            return otherwise

    def content(self, site: Site) -> Content:
        """Everything, with the faults on the way in `faults`."""
        no_sources: dict[str, Source] = {}
        no_search_words: dict[str, SearchWords] = {}
        # Pages are read with the rules and the findings in their places.
        self.safety = self.file("safety-rules.yml", load_safety, SafetyRules())
        self.findings = self.file("findings.yml", load_findings, Findings())
        first = site.languages[0]
        strings = {first.code: self._strings(first, None)}
        for language in site.languages[1:]:
            strings[language.code] = self._strings(language, self.files.get(f"{first.code}/strings.yml"))
        clinic = self.file("clinic.yml", lambda located: load_clinic(located, self.docs), Clinic())
        return Content(
            root=self.root,
            docs=self.docs,
            site=clinic.applied_to(site),
            sources=self.file("sources.yml", load_sources, no_sources),
            safety=self.safety,
            findings=self.findings,
            searches=self.file("searches.yml", load_searches, ()),
            sums=self.file("sums.yml", load_sums, ()),
            meanings=self._meanings(),
            glossary=self.file("glossary.yml", load_glossary, ()),
            vocabulary=self.file("reading.yml", load_vocabulary, Vocabulary({}, ())),
            search_words=self.file("search.yml", load_search_words, no_search_words),
            ledger=self.file("permalinks.yml", load_ledger, {}),
            redirects=self.file("redirects.yml", load_redirects, ()),
            sign_offs=self.file("reviews.yml", load_sign_offs, ()),
            clinic=clinic,
            editions=tuple(self._edition(language, strings[language.code]) for language in site.languages),
            files=self.files,
            today=self.today,
        )

    def _meanings(self) -> tuple[Meaning, ...]:
        """What codes mean; a site whose pages name none needs no such file."""
        return self.file(MEANINGS, load_meanings, ()) if (self.docs / MEANINGS).exists() else ()

    def logo(self) -> Path | None:
        """The file that the clinic names as its logo, whether it is one or not."""
        data = self.files["clinic.yml"].data if "clinic.yml" in self.files else None
        name = data.get("logo") if isinstance(data, dict) else None
        return self.docs / "assets" / name if isinstance(name, str) and name else None

    def _strings(self, language: Language, first: Located | None) -> Strings:
        return self.file(f"{language.code}/strings.yml", lambda located: load_strings(located, first), stand_in())

    def _edition(self, language: Language, strings: Strings) -> Edition:
        folder = self.docs / language.code
        nothing = Messages(moments=[], condition_text=LINK, condition_line=LINK)
        return Edition(
            language=language,
            strings=strings,
            messages=self.file(f"{language.code}/messages.yml", load_messages, nothing),
            recipes=self._recipes(folder),
            pages=tuple(page for path in page_files(folder) if (page := self._page(path, folder))),
            yardsticks=self._yardsticks(folder),
            changes=self._changes(folder),
            proof=self._proof(folder),
            made_from=self._made_from(folder),
        )

    def _recipes(self, folder: Path) -> dict[str, Recipe]:
        names = [path.relative_to(self.docs).as_posix() for path in visible(folder / "handouts") if _is_recipe(path)]
        loaded = {Path(name).stem: self.file(name, load_recipe, None) for name in names}
        kept = {recipe_id: recipe for recipe_id, recipe in loaded.items() if recipe}
        return dict(sorted(kept.items(), key=lambda item: item[1].order))

    def _yardsticks(self, folder: Path) -> Yardsticks | None:
        name = f"{folder.name}/yardsticks.yml"
        return self.file(name, load_yardsticks, None) if (self.docs / name).exists() else None

    def _changes(self, folder: Path) -> tuple[Change, ...]:
        name = f"{folder.name}/changes.yml"
        return self.file(name, load_changes, ()) if (self.docs / name).exists() else ()

    def _proof(self, folder: Path) -> ProofWords | None:
        name = f"{folder.name}/proof.yml"
        return self.file(name, load_proof_words, None) if (self.docs / name).exists() else None

    def _made_from(self, folder: Path) -> Mapping[str, str]:
        name = f"{folder.name}/{MADE_FROM}"
        nothing: Mapping[str, str] = {}
        return self.file(name, load_made_from, nothing) if (self.docs / name).exists() else nothing

    def _page(self, path: Path, folder: Path) -> Page | None:
        name = shown(path, self.root)
        try:
            page = parse_page(
                read_text(path, name), folder.name, path.relative_to(folder).as_posix(), name, self.safety, self.findings
            )
            _ = page.figures  # read once here, so that what does not fit is told with the rest
            return page
        except ContentError as error:
            self.faults += error.faults
            self.broken.add(path.relative_to(self.docs).as_posix())
            return None
