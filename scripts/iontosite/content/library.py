"""Reads everything under `docs/` and holds each part against the others; every fault is reported at once."""
from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from iontosite.content.clinic import Clinic, load_clinic
from iontosite.faults import ContentError, Fault, did_you_mean, shown
from iontosite.content.figures import Figure, figures_of
from iontosite.content.glossary import Entry, load_glossary
from iontosite.content.ledger import Promise, Redirect, load_ledger, load_redirects
from iontosite.content.located import Key, Located, read_text, read_yaml, strings_in
from iontosite.content.messages import Messages, load_messages
from iontosite.content.pages import INSERTS, Page, parse_page
from iontosite.content.recipes import Recipe, load_recipes
from iontosite.content.reviews import SignOff, load_sign_offs
from iontosite.content.room import message_faults
from iontosite.content.site import Site, Strings, load_site, load_strings
from iontosite.content.sources import Source, load_sources
from iontosite.content.yardsticks import Yardsticks, load_yardsticks

Part = TypeVar("Part")


@dataclass
class Library:
    """The whole content, validated. Pages are in the order of their paths, so that a build repeats."""

    root: Path
    docs: Path
    site: Site
    strings: dict[str, Strings]
    sources: dict[str, Source]
    glossary: list[Entry]
    ledger: dict[str, Promise]
    redirects: list[Redirect]
    sign_offs: list[SignOff]
    clinic: Clinic
    messages: dict[str, Messages]
    recipes: dict[str, dict[str, Recipe]]  # language -> handout id -> what it holds
    pages: list[Page]
    files: dict[str, Located] = field(default_factory=dict)  # the data files, by their path from docs/
    figures: dict[str, list[Figure]] = field(default_factory=dict)  # by Page.name
    yardsticks: dict[str, Yardsticks] = field(default_factory=dict)  # by language; one without a file has none

    def pages_in(self, language: str) -> list[Page]:
        """The pages of one language."""
        return [page for page in self.pages if page.language == language]

    def address(self, language: str, url: str) -> str:
        """The address of a language's page from the top of the site: /after/."""
        return "/" + next(known.path for known in self.site.languages if known.code == language) + url

    def sign_offs_of(self, language: str, url: str) -> list[SignOff]:
        """Who stands by a page, oldest first; a translation has sign-offs of its own."""
        address = self.address(language, url)
        return sorted((s for s in self.sign_offs if s.page == address), key=lambda s: s.date)

    def fault(self, file: str, key: Key, message: str) -> Fault:
        """A fault at the value `key` of the data file `file` (its path from docs/)."""
        where = shown(self.docs / file, self.root)
        return Fault(where, self.files[file].line(key) if file in self.files else 1, message)

    def cited_by(self, page: Page) -> list[str]:
        """The ids of the sources that a page cites, in prose and figures, in the order of first use."""
        cited = [(line, source) for line, source in page.citations()]
        cited += [(figure.line, source) for figure in self.figures[page.name] for source in figure.chart.sources]
        return list(dict.fromkeys(source for _, source in sorted(cited, key=lambda item: item[0])))


def load_library(docs: Path) -> Library:
    """Read and check all of `docs/`; raises ContentError with every fault, in the order of files and lines."""
    root, faults = docs.parent, []
    files: dict[str, Located] = {}

    def attempt(load: Callable[[], Part], otherwise: Part) -> Part:
        try:
            return load()
        except ContentError as error:
            faults.extend(error.faults)
            return otherwise

    def data(name: str) -> Located:
        files[name] = read_yaml(docs / name, shown(docs / name, root))
        return files[name]

    site = attempt(lambda: load_site(data("site.yml")), None)
    sources, source_lines = attempt(lambda: load_sources(data("sources.yml")), ({}, {}))
    glossary = attempt(lambda: load_glossary(data("glossary.yml")), [])
    ledger = attempt(lambda: load_ledger(data("permalinks.yml")), {})
    redirects = attempt(lambda: load_redirects(data("redirects.yml")), [])
    sign_offs = attempt(lambda: load_sign_offs(data("reviews.yml")), [])
    clinic = attempt(lambda: load_clinic(data("clinic.yml"), docs), Clinic())
    if site is None:
        raise ContentError(faults)
    strings: dict[str, Strings] = {}
    messages: dict[str, Messages] = {}
    recipes: dict[str, dict[str, Recipe]] = {}
    pages: list[Page] = []
    for language in site.languages:
        folder, code = docs / language.code, language.code
        first = files.get(f"{site.languages[0].code}/strings.yml")  # None while it is the first that is read
        strings[code] = attempt(lambda code=code, first=first: load_strings(data(f"{code}/strings.yml"), first), None)
        messages[code] = attempt(lambda code=code: load_messages(data(f"{code}/messages.yml")), None)
        recipes[code] = attempt(lambda folder=folder: load_recipes(folder / "handouts", root), {})
        for path in sorted((folder / "handouts").glob("*.yml")):  # once more, with lines; what does not parse is told once
            attempt(lambda path=path: data(path.relative_to(docs).as_posix()), None)
        for path in _markdown_in(folder):
            page = attempt(lambda path=path, code=code, folder=folder: _read_page(path, code, folder, root), None)
            if page:
                pages.append(page)
    library = Library(
        root, docs, site, strings, sources, glossary, ledger, redirects, sign_offs, clinic, messages, recipes, pages, files
    )
    for page in pages:
        library.figures[page.name] = attempt(lambda page=page: figures_of(page), [])
    if sources:  # else every citation would be a fault of its own, and hide the one that matters
        faults += _citation_faults(library, source_lines)
    faults += _title_faults(library)
    faults += _group_faults(library)
    faults += _link_faults(library)
    faults += message_faults(library)
    faults += _sign_off_faults(library)
    for language in site.languages:
        faults += attempt(lambda code=language.code: _read_yardsticks(library, code), [])
    faults += _insert_faults(library)
    faults += _variable_faults(library)
    if faults:
        raise ContentError(faults)
    return library


def _markdown_in(folder: Path) -> list[Path]:
    """Every page's file. Editors keep hidden files beside the one that is open; they are no pages."""
    return sorted(path for path in folder.rglob("*.md") if not path.name.startswith("."))


def _read_page(path: Path, language: str, folder: Path, root: Path) -> Page:
    name = shown(path, root)
    return parse_page(read_text(path, name), language, path.relative_to(folder).as_posix(), name)


def _read_yardsticks(library: Library, language: str) -> list[Fault]:
    """Put the sheets of one language in their place, if it has any; the faults are scored pages that do not exist."""
    name = f"{language}/yardsticks.yml"
    path = library.docs / name
    if not path.exists():
        return []
    library.files[name] = read_yaml(path, shown(path, library.root))
    sheets = load_yardsticks(library.files[name])
    library.yardsticks[language] = sheets
    return sheets.page_faults(page.path for page in library.pages_in(language))


def _citation_faults(library: Library, source_lines: dict[str, int]) -> list[Fault]:
    """Unknown sources, sources that nobody read, and sources that no page cites."""
    faults, cited = [], set()
    for page in library.pages:
        uses = page.citations()
        uses += [(figure.line, source) for figure in library.figures[page.name] for source in figure.chart.sources]
        for line, source in uses:
            cited.add(source)
            if source not in library.sources:
                hint = did_you_mean(source, library.sources)
                faults.append(Fault(page.name, line, f'cites "{source}", which is not in sources.yml{hint}'))
            elif library.sources[source].status != "read":
                status = library.sources[source].status
                faults.append(Fault(page.name, line, f'cites "{source}", which is "{status}": only a read source may be cited'))
    for index, entry in enumerate(library.glossary):
        for language, word in entry.words.items():
            cited.add(word.source)
            if word.source and word.source not in library.sources:
                message = f'names "{word.source}", which is not in sources.yml{did_you_mean(word.source, library.sources)}'
                faults.append(library.fault("glossary.yml", ("entries", index, "words", language, "source"), message))
    where = shown(library.docs / "sources.yml", library.root)
    whole = len(library.pages) == sum(len(_markdown_in(library.docs / language.code)) for language in library.site.languages)
    for source in library.sources.values() if whole else ():  # a page that could not be read may cite the rest
        if source.status == "read" and source.id not in cited:
            line = source_lines[source.id]
            faults.append(Fault(where, line, f'"{source.id}" is cited by no page: cite it or take it out'))
    return faults


def _title_faults(library: Library) -> list[Fault]:
    """Two pages of one language with one title: nobody could tell them apart in a list or a tab."""
    faults, seen = [], {}
    for page in library.pages:
        key = (page.language, page.front.title.casefold())
        if key in seen:
            same = f'has the same title as {seen[key]} ("{page.front.title}"): change one'
            faults.append(Fault(page.name, page.line_of("title"), same))
        seen.setdefault(key, page.name)
    return faults


_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")


def _group_faults(library: Library) -> list[Fault]:
    """Questions in a group that the index does not have: they would be listed nowhere."""
    faults = []
    for page in library.pages:
        is_question = page.section == "questions" and not page.path.endswith("index.md")
        groups = strings.groups if (strings := library.strings[page.language]) else {}
        if is_question and groups and page.front.group not in groups:
            near = did_you_mean(page.front.group or "", groups) or f": write one of {', '.join(groups)}"
            faults.append(Fault(page.name, page.line_of("group"), f'group: the index has no group "{page.front.group}"{near}'))
    return faults


def _link_faults(library: Library) -> list[Fault]:
    """Links and pictures that lead to no file; anchors are checked on the finished tree, where all of them are known."""
    faults = []
    for page in library.pages:
        # What is on the disk: a page with a fault of its own is no missing page.
        own = library.docs / page.language
        known = {path.relative_to(own).as_posix() for path in _markdown_in(own)}
        folder = posixpath.dirname(page.path)
        script = page.front.script
        if script and not (library.docs / "assets" / script).is_file():
            near = did_you_mean(f"assets/{script}", _asset_paths(library.docs))
            faults.append(Fault(page.name, page.line_of("script"), f'script: there is no docs/assets/{script}{near}'))
        for number, line in page.numbered_lines():
            for match in _LINK.finditer(line):
                target = match[1].split("#")[0]
                if not target or re.match(r"[a-z][a-z0-9+.-]*:", target):
                    continue
                path = posixpath.normpath(posixpath.join(folder, target))
                if path.startswith("assets/"):
                    if not (library.docs / path).is_file():
                        near = did_you_mean(path, _asset_paths(library.docs))
                        faults.append(Fault(page.name, number, f'shows "{target}", but there is no docs/{path}{near}'))
                elif target.endswith(".md") and path not in known:
                    hint = did_you_mean(path, known)
                    faults.append(Fault(page.name, number, f'links to "{target}", which does not exist{hint}'))
                elif not target.endswith(".md"):
                    faults.append(Fault(page.name, number, f'links to "{target}": name the .md file instead'))
    return faults


def _asset_paths(docs: Path) -> list[str]:
    return [
        os.path.relpath(path, docs).replace(os.sep, "/")
        for path in sorted((docs / "assets").rglob("*"))
        if path.is_file()
    ]


VARIABLE = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")


def _variable_faults(library: Library) -> list[Fault]:
    """`{{ name }}` that stands for nothing, on a page, in its figures or in data that pages show."""
    known = {*library.site.numbers, "fill_in", "clinic_phone"}

    def faults_in(text: str, path: str, line: int) -> list[Fault]:
        return [
            Fault(path, line, f'has "{match[0]}", which stands for nothing{did_you_mean(match[1], known)}')
            for match in VARIABLE.finditer(text)
            if match[1] not in known
        ]

    faults: list[Fault] = []
    for page in library.pages:
        for number, line in enumerate(page.body.splitlines(), page.first_line):
            faults += faults_in(line, page.name, number)
    for located in library.files.values():
        for key, text in strings_in(located.data):
            faults += faults_in(text, located.path, located.line(key))
    return faults


def _insert_faults(library: Library) -> list[Fault]:
    """`<!-- insert: name -->` that nothing is computed for."""
    faults = []
    for page in library.pages:
        for number, name in page.inserts():
            if name not in INSERTS:
                hint = did_you_mean(name, INSERTS) or f": write one of {', '.join(INSERTS)}, on a line of its own"
                faults.append(Fault(page.name, number, f'inserts "{name}", which nothing is computed for{hint}'))
    return faults


def _sign_off_faults(library: Library) -> list[Fault]:
    """Sign-offs of pages that do not exist: they would be printed nowhere, and nobody would know."""
    known = [library.address(page.language, page.url) for page in library.pages]
    return [
        library.fault(
            "reviews.yml",
            ("sign_offs", index, "page"),
            f'signs off "{sign_off.page}", which does not exist{did_you_mean(sign_off.page, known)}',
        )
        for index, sign_off in enumerate(library.sign_offs)
        if sign_off.page not in known
    ]
