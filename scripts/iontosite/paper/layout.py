"""What stands on a handout, in words and pictures, for paper and for the maker alike: one source, one template."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import jinja2

from iontosite.content.markdown import VARIABLE
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.recipes import Part, Recipe
from iontosite.content.source_notes import told
from iontosite.content.sources import Source
from iontosite.faults import ContentError, did_you_mean
from iontosite.paper.excerpt import find_page, take, take_caption, take_table
from iontosite.project import OVERRIDES
from iontosite.templates import filled

TEMPLATES = OVERRIDES / "print"
_BOXES = frozenset({"key", "stop", "do", "do-not", "care-call", "care-today", "care-emergency"})
_NUMBERED = frozenset({"steps", "ask"})
_MAY_BREAK = frozenset({"stop", "do", "do-not", "steps"})  # signs of danger always stay on one side
LONG = 6  # lines; a longer box or list of steps may go on over the page
MOST_SOURCES = 12  # that a sheet for patients names; of more it says how many, and where: names would push words off the paper
SOURCES = "sources/"
LONGEST_ADDRESS = 45  # characters that fit on one line beside the QR code, in large print too
Image = Callable[[str], str]  # turns a name ("qr", "logo", a drawing's file) into the address that it has where it is shown


@functools.cache
def environment() -> jinja2.Environment:
    """The print templates; what they are given is escaped where it lands."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["css_string"] = css_string
    return made


def fill_paper(name: str, **values: object) -> str:
    """A print template filled in; a name inside it that is not given raises jinja2.TemplateError."""
    return filled(environment(), name, values)


def css_string(text: str) -> str:
    """Text as a string of CSS that can end neither the string nor a style element around it (CSS Syntax 3, 4.3.7)."""
    return '"' + re.sub(r'["\\<\n]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def short_source(source: Source) -> str:
    """A source in the few words that a sheet has room for: first author and year, or the organisation."""
    author = source.authors.split(",")[0].split("(")[0].strip()
    return f"{author} {source.year}" if source.year else author


def content_of(recipe: Recipe, content: Content, edition: Edition, *, size: str | None, image: Image) -> dict[str, Any]:
    """Everything that the template `handout-body.html.j2` shows.

    `size` says which type size it is for; None keeps every part and marks those that only one size has room for. Raises
    ContentError with everything in the recipe that its pages do not hold.
    """
    page = find_page(edition, recipe.page, recipe.place)
    parts: list[dict[str, Any]] = []
    cited: list[str] = []
    faults = []
    for part in recipe.parts:
        if size and part.only not in (None, size):
            continue
        try:
            shown = _shown(part, content, edition, image)
        except ContentError as error:
            faults += error.faults
            continue
        cited += [source for line in shown["lines"] for source in line.sources]
        cited += shown["table"].sources if shown["table"] else ()
        parts.append(shown)
    if faults:
        raise ContentError(faults)
    strings, clinic = edition.strings, content.clinic
    address = content.address_of(page)
    return {
        "recipe": recipe,
        "language": edition.code,
        "parts": parts,
        "words": strings.handout,
        "clinic": clinic.model_copy(update={"logo": image("logo") if clinic.logo else ""}),
        "address": address,
        "shown_address": address.removeprefix("https://"),
        "longest_address": LONGEST_ADDRESS,
        "sources": list(dict.fromkeys(short_source(told(content.sources[source], strings.source_notes)) for source in cited)),
        "most_sources": MOST_SOURCES,
        "sources_address": f"{content.base_url(edition)}{SOURCES}".removeprefix("https://"),
        "checked": strings.say_date(page.front.evidence_checked),
        "checked_iso": page.front.evidence_checked,
        "next_check": strings.say_date(page.front.next_check),
        "reviewed": reviewed(content, page, *(find_page(edition, part.page, part.place) for part in recipe.parts if part.page)),
        "qr": image("qr"),
        "mistake": strings.frame["mistake"],
        "report": content.site.contact,
    }


def reviewed(content: Content, page: Page, *taken_from: Page) -> str:
    """Who of a clinic stands by a page, and by all the others that paper takes words from; or that no clinician does."""
    return content.signed_off(page, *taken_from) or content.edition(page.language).strings.handout["not_reviewed"]


def lines_of(recipe: Recipe, content: Content, edition: Edition) -> list[tuple[Part, str]]:
    """Every line of words that a handout takes from pages, with the part that takes it: what has to stand on those pages."""
    found = []
    for part in recipe.parts:
        if part.look == "table":
            table = take_table(part, content, edition)
            found += [(part, text) for text in (*table.head, *(cell for row in table.rows for cell in row))]
        else:
            for line in take(part, content, edition):
                found += [(part, text) for text in (line.text, *line.scale)]
    return found


def _shown(part: Part, content: Content, edition: Edition, image: Image) -> dict[str, Any]:
    classes = [f"box {part.look}" if part.look in _BOXES else part.look]
    if part.only:
        classes.append(f"{part.only}-only")
    lines = [] if part.look == "table" else take(part, content, edition)
    if part.look in _MAY_BREAK and len(lines) > LONG:
        classes.append("long")
    return {
        "title": _title(part, content.site.numbers),
        "look": part.look,
        "classes": " ".join(classes),
        "list": "ol" if part.look in _NUMBERED else "ul",
        "lines": lines,
        "table": take_table(part, content, edition) if part.look == "table" else None,
        "blanks": part.blanks,
        "blank_rows": part.blank_rows,
        "figure": _figure(part, edition, image) if part.figure else None,
    }


def _title(part: Part, numbers: dict[str, str]) -> str:
    """A part's title with the numbers to call filled in; raises ContentError where one has no such name."""
    unknown = [name for name in VARIABLE.findall(part.title) if name not in numbers]
    if unknown:
        raise ContentError(
            part.place.fault(f'has "{name}" in braces, which stands for nothing{did_you_mean(name, numbers)}', "title")
            for name in unknown
        )
    return VARIABLE.sub(lambda match: numbers[match[1]], part.title)


def _figure(part: Part, edition: Edition, image: Image) -> dict[str, str]:
    """A drawing with the alt text and caption that the page gives it."""
    page = find_page(edition, part.page or "", part.place)
    found = take_caption(page, part.figure or "")
    if not found:
        message = f"{page.name} does not show {part.figure} with a caption: name a drawing that stands there"
        raise ContentError([part.place.fault(message, "figure")])
    return {"alt": found[0], "caption": found[1], "src": image(part.figure or "")}
