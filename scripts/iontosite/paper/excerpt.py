"""Takes lines out of pages, word for word, and remembers which sources they rest on."""
from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from iontosite.faults import ContentError, did_you_mean
from iontosite.content.library import VARIABLE, Library
from iontosite.content.pages import CITATION, Page
from iontosite.content.recipes import Part, Place


@dataclass(frozen=True)
class Scale:
    """Numbers to circle, and what the least and the most of them mean."""

    least: str
    digits: str
    most: str


@dataclass(frozen=True)
class Line:
    """One paragraph or list item of a page: its plain words, the ids of the sources cited in it, whether it ends in a
    line to write on, and a scale to circle a number on."""

    text: str
    sources: tuple[str, ...]
    blank: bool = False
    scale: Scale | None = None


def find_page(library: Library, language: str, path: str, place: Place) -> Page:
    """The page that a recipe names at `place`; raises ContentError with the nearest name where there is none."""
    pages = {page.path: page for page in library.pages_in(language)}
    if path not in pages:
        message = f'takes from "{path}", which does not exist{did_you_mean(path, pages)}'
        raise ContentError([place.fault(message, "page")])
    return pages[path]


def section_lines(page: Page, heading: str | None, place: Place) -> list[str]:
    """The source lines of a page's section, joined to whole paragraphs and items; the main message where `heading` is
    None. Raises ContentError where the page has no such section."""
    return _joined(_main_message(page, place) if heading is None else _section(page, heading, place))


def _main_message(page: Page, place: Place) -> list[str]:
    lines = [line for _, line in page.numbered_lines()]
    start = next((i for i, line in enumerate(lines) if "div.main-message" in line), len(lines)) + 1
    end = next((i for i in range(start, len(lines)) if lines[i].strip() == "///"), None)
    if end is None:
        message = f"takes the main message of {page.name}, which has none: name a `heading:`, or write one there"
        raise ContentError([place.fault(message, "page")])
    return lines[start:end]


def _section(page: Page, heading: str, place: Place) -> list[str]:
    """The lines below a heading, up to the next one of its own level or a higher one."""
    headings = page.headings()
    ids = {h.id: h for h in headings if h.id}
    if heading not in ids:
        message = f'{page.name} has no heading "{heading}"{did_you_mean(heading, ids)}'
        raise ContentError([place.fault(message, "heading")])
    own = ids[heading]
    end = next((h.line for h in headings if h.line > own.line and h.level <= own.level), None)
    return [line for number, line in page.numbered_lines() if number > own.line and (end is None or number < end)]


def _joined(lines: list[str]) -> list[str]:
    """Paragraphs and list items, each on one line, without block fences and headings."""
    whole: list[str] = []
    fresh, caption = True, False
    for line in lines:
        bare = line.strip()
        caption = bare.startswith("/// caption") or (caption and bare != "///")
        if caption:  # a caption goes with its figure
            continue
        if not bare or bare.startswith(("///", "#", "<!--", "![", "|", "{:")):
            fresh = True
        elif item := re.match(r"(?:[-*+]|\d+[.)])\s+(.*)", bare):
            whole.append(item[1])
            fresh = False
        elif fresh:
            whole.append(bare)
            fresh = False
        else:
            whole[-1] += " " + bare
    return whole


_MARKUP = (
    (re.compile(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?"), r"\1"),
    (re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}"), ""),
    (re.compile(r"\s*\{[:#.][^}]*\}"), ""),
)
_TO_FILL_IN = "……………………"  # within a sentence; at its end, paper gets a whole line
_SCALE = re.compile(r"(.*[.?!]) (\S[^.?!]*) (0 1 2 3 4 5) (.*)")


def plain_line(source: str, library: Library) -> Line:
    """A source line as plain words, numbers to call filled in, with its sources apart."""
    cited = tuple(dict.fromkeys(CITATION.findall(source)))
    text = CITATION.sub("", source)
    values = {**library.site.numbers, "clinic_phone": library.clinic.phone}
    text = VARIABLE.sub(lambda m: values.get(m[1]) or _TO_FILL_IN, text)
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    text = re.sub(r"\s+", " ", text).strip()
    blank = text.endswith(_TO_FILL_IN)
    text = text.removesuffix(_TO_FILL_IN).rstrip()
    if scale := _SCALE.fullmatch(text):
        return Line(scale[1], cited, blank, Scale(scale[2], scale[3], scale[4]))
    return Line(text, cited, blank)


def take(part: Part, library: Library, language: str) -> list[Line]:
    """The lines of one part, in the recipe's order. Raises ContentError where a line is no longer on the page, so that a
    rewritten page cannot drop a warning from the paper without a word."""
    if not part.page:
        return []
    page = find_page(library, language, part.page, part.place)
    available = [plain_line(line, library) for line in section_lines(page, part.heading, part.place)]
    where = f"{page.name}#{part.heading}" if part.heading else f"the main message of {page.name}"
    if not part.lines:
        return available
    taken, faults = [], []
    for index, start in enumerate(part.lines):
        found = next((line for line in available if line.text.startswith(start)), None)
        if found:
            taken.append(found)
        else:
            near = did_you_mean(start, [line.text[: len(start)] for line in available])
            faults.append(part.place.fault(f'no line of {where} starts with "{start}"{near}', "lines", index))
    if faults:
        raise ContentError(faults)
    return taken


@dataclass(frozen=True)
class Table:
    """A table of a page in plain words, and the sources cited in it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]


def section_table(part: Part, library: Library, language: str) -> Table:
    """The first table in a page's section; raises ContentError where there is none. `lines` name the rows to take, in
    order."""
    page = find_page(library, language, part.page, part.place)
    below = itertools.dropwhile(lambda line: not line.startswith("|"), _section(page, part.heading, part.place))
    written = itertools.takewhile(lambda line: line.startswith("|"), below)
    rows = [
        [plain_line(cell, library) for cell in line.strip().strip("|").split("|")]
        for line in written
        if not re.fullmatch(r"[\s|:-]+", line)
    ]
    if len(rows) < 2:
        message = f"{page.name}#{part.heading} holds no table: name the heading that it stands under"
        raise ContentError([part.place.fault(message, "heading")])
    head, body = rows[0], rows[1:]
    if part.lines:
        firsts = [row[0].text for row in body]
        message = f"no row of the table in {page.name}#{part.heading} starts with"
        missing = [
            part.place.fault(f'{message} "{start}"{did_you_mean(start, firsts)}', "lines", index)
            for index, start in enumerate(part.lines)
            if not any(first.startswith(start) for first in firsts)
        ]
        if missing:
            raise ContentError(missing)
        body = [next(row for row in body if row[0].text.startswith(start)) for start in part.lines]
    cited = dict.fromkeys(source for row in body for cell in row for source in cell.sources)
    words = tuple(tuple(cell.text for cell in row) for row in body)
    return Table(tuple(cell.text for cell in head), words, tuple(cited))
