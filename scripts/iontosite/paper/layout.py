"""What stands on a handout, in words and pictures, for paper and for the maker alike: one source, one template."""
from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import jinja2

from iontosite.faults import ContentError, did_you_mean
from iontosite.content.library import VARIABLE, Library
from iontosite.content.recipes import Part, Recipe
from iontosite.content.sources import Source
from iontosite.paper.excerpt import find_page, section_table, take
from iontosite.project import OVERRIDES

TEMPLATES = OVERRIDES / "print"
_BOXES = frozenset({"key", "stop", "do", "do-not", "care-call", "care-today", "care-emergency"})
_NUMBERED = frozenset({"steps", "ask"})
_MAY_BREAK = frozenset({"stop", "do", "do-not", "steps"})  # signs of danger always stay on one side
LONG = 6  # lines; a longer box or list of steps may go on over the page
LONGEST_ADDRESS = 44  # characters that fit on one line beside the QR code, in large print too


def environment() -> jinja2.Environment:
    """The print templates; what they are given is escaped where it lands."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["css_string"] = css_string
    return made


def css_string(text: str) -> str:
    """Text as a string of CSS that can end neither the string nor a style element around it (CSS Syntax 3, 4.3.7)."""
    return '"' + re.sub(r'["\\<\n]', lambda match: f"\\{ord(match[0]):x} ", text) + '"'


def address_of(recipe: Recipe, library: Library, language: str) -> str:
    """The full address of the page that a handout's QR code opens."""
    page = find_page(library, language, recipe.page, recipe.place)
    path = next(item.path for item in library.site.languages if item.code == language)
    return library.site.site_url + path + page.url


def short_source(source: Source) -> str:
    """A source in the few words that a sheet has room for: first author and year, or the organisation."""
    author = source.authors.split(",")[0].split("(")[0].strip()
    return f"{author} {source.year}" if source.year else author


def content_of(
    recipe: Recipe, library: Library, language: str, *, size: str | None, image: Callable[[str], str]
) -> dict:
    """Everything that the template `handout-body.html.j2` shows.

    `size` says which type size it is for; None keeps every part and marks those that only one size has room for. `image`
    turns a name ("qr", "logo", a drawing's file) into the address that it has where the handout is shown.
    """
    page = find_page(library, language, recipe.page, recipe.place)
    parts, cited = [], []
    for part in recipe.parts:
        if size and part.only not in (None, size):
            continue
        shown = _shown(part, library, language, image)
        cited += [source for line in shown["lines"] for source in line.sources]
        cited += shown["table"].sources if shown["table"] else ()
        parts.append(shown)
    strings, clinic = library.strings[language], library.clinic
    address = address_of(recipe, library, language)
    return {
        "recipe": recipe,
        "language": language,
        "parts": parts,
        "words": strings.handout,
        "clinic": clinic.model_copy(update={"logo": image("logo") if clinic.logo else ""}),
        "address": address,
        "shown_address": address.removeprefix("https://"),
        "longest_address": LONGEST_ADDRESS,
        "sources": list(dict.fromkeys(short_source(library.sources[source]) for source in cited)),
        "checked": strings.say_date(page.front.evidence_checked),
        "checked_iso": page.front.evidence_checked,
        "next_check": strings.say_date(page.front.next_check),
        "reviewed": reviewed(library, language, page.url),
        "qr": image("qr"),
    }


def reviewed(library: Library, language: str, url: str) -> str:
    """Who of a clinic signed a page last, in words; or that no clinician has."""
    strings = library.strings[language]
    return signed_off(library, language, url) or strings.handout["not_reviewed"]


def signed_off(library: Library, language: str, url: str) -> str:
    """Who of a clinic signed a page last, in words; empty where nobody did."""
    strings = library.strings[language]
    signed = library.sign_offs_of(language, url)
    if not signed:
        return ""
    last = signed[-1]
    said = strings.frame["reviewed_by"].format(name=last.name, role=last.role, date=strings.say_date(last.date))
    return f"{strings.frame['clinical_review']}: {said}."


def _shown(part: Part, library: Library, language: str, image: Callable[[str], str]) -> dict:
    classes = [f"box {part.look}" if part.look in _BOXES else part.look]
    if part.only:
        classes.append(f"{part.only}-only")
    lines = [] if part.look == "table" else take(part, library, language)
    if part.look in _MAY_BREAK and len(lines) > LONG:
        classes.append("long")
    return {
        "title": _title(part, library.site.numbers),
        "look": part.look,
        "classes": " ".join(classes),
        "list": "ol" if part.look in _NUMBERED else "ul",
        "lines": lines,
        "table": section_table(part, library, language) if part.look == "table" else None,
        "blanks": part.blanks,
        "blank_rows": part.blank_rows,
        "figure": _figure(part, library, language, image) if part.figure else None,
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


def _figure(part: Part, library: Library, language: str, image: Callable[[str], str]) -> dict:
    """A drawing with the alt text and caption that the page gives it."""
    page = find_page(library, language, part.page, part.place)
    pattern = rf"!\[([^\]]+)\]\([./]*assets/figures/{re.escape(part.figure)}\)[^\n]*\n\s*/// caption\n(.*?)\n///"
    match = re.search(pattern, page.body, re.DOTALL)
    if not match:
        message = f"{page.name} does not show {part.figure} with a caption: name a drawing that stands there"
        raise ContentError([part.place.fault(message, "figure")])
    return {"alt": match[1], "caption": " ".join(match[2].split()), "src": image(part.figure)}
