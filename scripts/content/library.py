"""Reads everything under `docs/` and holds each part against the others; every fault is reported at once."""
from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from content.clinic import Clinic, load_clinic
from content.faults import ContentError, Fault, did_you_mean, shown
from content.figures import Figure, figures_of
from content.glossary import Entry, load_glossary
from content.ledger import Promise, Redirect, load_ledger, load_redirects
from content.located import Located, read_text, read_yaml
from content.messages import LINK, Messages, load_messages, text_faults
from content.pages import Page, parse_page
from content.recipes import Recipe, load_recipes
from content.reviews import SignOff, load_sign_offs
from content.site import Site, Strings, load_site, load_strings
from content.sources import Source, load_sources
from content.yardsticks import Yardsticks, load_yardsticks

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
    figures: dict[str, list[Figure]] = field(default_factory=dict)  # by Page.name
    yardsticks: dict[str, Yardsticks] = field(default_factory=dict)  # by language; one without a file has none

    def pages_in(self, language: str) -> list[Page]:
        """The pages of one language."""
        return [page for page in self.pages if page.language == language]

    def cited_by(self, page: Page) -> list[str]:
        """The ids of the sources that a page cites, in prose and figures, in the order of first use."""
        cited = [(line, source) for line, source in page.citations()]
        cited += [(figure.line, source) for figure in self.figures[page.name] for source in figure.chart.sources]
        return list(dict.fromkeys(source for _, source in sorted(cited, key=lambda item: item[0])))


def load_library(docs: Path) -> Library:
    """Read and check all of `docs/`; raises ContentError with every fault, in the order of files and lines."""
    root, faults = docs.parent, []

    def attempt(load: Callable[[], Part], otherwise: Part) -> Part:
        try:
            return load()
        except ContentError as error:
            faults.extend(error.faults)
            return otherwise

    def data(name: str, folder: Path = docs):
        return read_yaml(folder / name, shown(folder / name, root))

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
    message_lines: dict[str, Located] = {}
    recipes: dict[str, dict[str, Recipe]] = {}
    pages: list[Page] = []
    for language in site.languages:
        folder = docs / language.code
        strings[language.code] = attempt(lambda folder=folder: load_strings(data("strings.yml", folder)), None)
        message_lines[language.code] = attempt(lambda folder=folder: data("messages.yml", folder), None)
        located = message_lines[language.code]
        messages[language.code] = attempt(lambda located=located: load_messages(located), None) if located else None
        recipes[language.code] = attempt(lambda folder=folder: load_recipes(folder / "handouts", root), {})
        for path in sorted(folder.rglob("*.md")):
            page = attempt(lambda path=path, code=language.code, folder=folder: _read_page(path, code, folder, root), None)
            if page:
                pages.append(page)
    library = Library(
        root, docs, site, strings, sources, glossary, ledger, redirects, sign_offs, clinic, messages, recipes, pages
    )
    for page in pages:
        library.figures[page.name] = attempt(lambda page=page: figures_of(page), [])
    if sources:  # else every citation would be a fault of its own, and hide the one that matters
        faults += _citation_faults(library, source_lines)
    faults += _title_faults(library)
    faults += _link_faults(library)
    faults += _variable_faults(library)
    faults += _message_faults(library, message_lines)
    for language in site.languages:
        faults += attempt(lambda code=language.code: _read_yardsticks(library, code), [])
    if faults:
        raise ContentError(faults)
    return library


def _read_page(path: Path, language: str, folder: Path, root: Path) -> Page:
    name = shown(path, root)
    return parse_page(read_text(path, name), language, path.relative_to(folder).as_posix(), name)


def _read_yardsticks(library: Library, language: str) -> list[Fault]:
    """Put the sheets of one language in their place, if it has any; the faults are scored pages that do not exist."""
    path = library.docs / language / "yardsticks.yml"
    if not path.exists():
        return []
    sheets = load_yardsticks(read_yaml(path, shown(path, library.root)))
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
    for word in (word for entry in library.glossary for word in entry.words.values() if word.source):
        cited.add(word.source)
        if word.source not in library.sources:
            faults.append(Fault("docs/glossary.yml", 1, f'names "{word.source}", which is not in sources.yml'))
    where = shown(library.docs / "sources.yml", library.root)
    for source in library.sources.values():
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
            faults.append(Fault(page.name, 2, f'has the same title as {seen[key]} ("{page.front.title}"): change one'))
        seen.setdefault(key, page.name)
    return faults


_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")


def _link_faults(library: Library) -> list[Fault]:
    """Links and pictures that lead to no file; anchors are checked on the finished tree, where all of them are known."""
    faults = []
    for page in library.pages:
        known = {other.path for other in library.pages_in(page.language)}
        folder = posixpath.dirname(page.path)
        script = page.front.script
        if script and not (library.docs / "assets" / script).is_file():
            near = did_you_mean(f"assets/{script}", _asset_paths(library.docs))
            faults.append(Fault(page.name, 2, f'script: there is no docs/assets/{script}{near}'))
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
    """`{{ name }}` that stands for nothing."""
    faults, known = [], {*library.site.numbers, "fill_in", "clinic_phone"}
    for page in library.pages:
        for number, line in page.numbered_lines():
            for match in VARIABLE.finditer(line):
                if match[1] not in known:
                    hint = did_you_mean(match[1], known)
                    faults.append(Fault(page.name, number, f'has "{match[0]}", which stands for nothing{hint}'))
    return faults


def _message_faults(library: Library, message_lines: dict[str, Located]) -> list[Fault]:
    """Texts that are no single text message, and messages that lead to no page."""
    faults = []
    for language in library.site.languages:
        base = library.site.site_url + language.path
        pages = {page.path: page for page in library.pages_in(language.code)}
        if messages := library.messages[language.code]:
            faults += _kit_faults(messages, pages, base, message_lines[language.code])
        for page in pages.values():
            if page.front.text_message:
                text = f"{page.front.text_message} {base}{page.url}"
                faults += [Fault(page.name, 2, f"text_message: {problem}") for problem in text_faults(text)]
    return faults


def _kit_faults(messages: Messages, pages: dict[str, Page], base: str, located: Located) -> list[Fault]:
    """The faults of one language's ready messages, each with its line: every text is tried with every address it can have."""
    faults = []
    for number, moment in enumerate(messages.moments):
        if moment.page not in pages:
            line = located.line(("moments", number, "page"))
            hint = did_you_mean(moment.page, pages)
            faults.append(Fault(located.path, line, f'{moment.id}: leads to "{moment.page}", which does not exist{hint}'))
            continue
        line = located.line(("moments", number, "text"))
        for problem in text_faults(moment.text.replace(LINK, base + pages[moment.page].url)):
            faults.append(Fault(located.path, line, f"{moment.id}: the text {problem}"))
    line = located.line(("condition_text",))
    for page in pages.values():
        if page.is_problem:
            for problem in text_faults(messages.condition_text.replace(LINK, base + page.url)):
                faults.append(Fault(located.path, line, f"condition_text: with the address of {page.name} it {problem}"))
    return faults
