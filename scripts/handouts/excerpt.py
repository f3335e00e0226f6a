"""Takes lines out of pages, word for word, and remembers which sources they rest on."""
from __future__ import annotations

import re
from dataclasses import dataclass

from content.faults import ContentError, Fault, did_you_mean
from content.library import VARIABLE, Library
from content.pages import CITATION, Page
from content.recipes import Part


@dataclass(frozen=True)
class Line:
    """One paragraph or list item of a page: its plain words, the ids of the sources cited in it, whether it ends in a
    line to write on, and a scale to circle a number on (empty where there is none)."""

    text: str
    sources: tuple[str, ...]
    blank: bool = False
    scale: str = ""


def find_page(library: Library, language: str, path: str, recipe: str) -> Page:
    """The page of a recipe; raises ContentError with the nearest name where there is none."""
    pages = {page.path: page for page in library.pages_in(language)}
    if path not in pages:
        raise ContentError([Fault(recipe, 1, f'takes from "{path}", which does not exist{did_you_mean(path, pages)}')])
    return pages[path]


def section_lines(page: Page, heading: str | None, recipe: str) -> list[str]:
    """The source lines of a page's section, joined to whole paragraphs and items; the main message where `heading` is
    None. A section ends at the next heading of its own level or a higher one."""
    lines = [line for _, line in page.numbered_lines()]
    if heading is None:
        start = next(i for i, line in enumerate(lines) if "div.main-message" in line) + 1
        end = next(i for i in range(start, len(lines)) if lines[i].strip() == "///")
    else:
        ids = {h.id: h for h in page.headings() if h.id}
        if heading not in ids:
            raise ContentError([Fault(recipe, 1, f'{page.name} has no heading "{heading}"{did_you_mean(heading, ids)}')])
        level = ids[heading].level
        marks = [i for i, line in enumerate(lines) if re.match(rf"#{{1,{level}}}\s", line)]
        start = next(i for i in marks if f"{{#{heading}" in lines[i])
        end = next((i for i in marks if i > start), len(lines))
        start += 1
    return _joined(lines[start:end])


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
_SCALE = re.compile(r"(.*[.?!]) (\S[^.?!]* 0 1 2 3 4 5 .*)")


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
        return Line(scale[1], cited, blank, scale[2])
    return Line(text, cited, blank)


def take(part: Part, library: Library, language: str, recipe: str) -> list[Line]:
    """The lines of one part, in the recipe's order. Raises ContentError where a line is no longer on the page, so that a
    rewritten page cannot drop a warning from the paper without a word."""
    if not part.page:
        return []
    page = find_page(library, language, part.page, recipe)
    available = [plain_line(line, library) for line in section_lines(page, part.heading, recipe)]
    if not part.lines:
        return available
    taken, faults = [], []
    for start in part.lines:
        found = next((line for line in available if line.text.startswith(start)), None)
        if found:
            taken.append(found)
        else:
            near = did_you_mean(start, [line.text[: len(start)] for line in available])
            faults.append(Fault(recipe, 1, f'no line of {page.name}#{part.heading} starts with "{start}"{near}'))
    if faults:
        raise ContentError(faults)
    return taken


@dataclass(frozen=True)
class Table:
    """A table of a page in plain words, and the sources cited in it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]


def section_table(part: Part, library: Library, language: str, recipe: str) -> Table:
    """The table in a page's section; raises ContentError where there is none. `lines` name the rows to take, in order."""
    page = find_page(library, language, part.page or "", recipe)
    rows, inside = [], False
    for _, line in page.numbered_lines():
        if line.startswith("#"):
            inside = f"{{#{part.heading}}}" in line
        elif inside and line.startswith("|") and not re.fullmatch(r"[\s|:-]+", line):
            rows.append([plain_line(cell, library) for cell in line.strip().strip("|").split("|")])
    if len(rows) < 2:
        raise ContentError([Fault(recipe, 1, f"{page.name}#{part.heading} holds no table")])
    head, body = rows[0], rows[1:]
    if part.lines:
        missing = [start for start in part.lines if not any(row[0].text.startswith(start) for row in body)]
        if missing:
            message = f"no row of the table in {page.name}#{part.heading} starts with"
            raise ContentError([Fault(recipe, 1, f'{message} "{start}"') for start in missing])
        body = [next(row for row in body if row[0].text.startswith(start)) for start in part.lines]
    cited = dict.fromkeys(source for row in body for cell in row for source in cell.sources)
    words = tuple(tuple(cell.text for cell in row) for row in body)
    return Table(tuple(cell.text for cell in head), words, tuple(cited))
