"""What stands on a handout, in words and pictures, for paper and for the maker alike: one source, one template."""
from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import jinja2

from content.faults import ContentError, Fault
from content.library import Library
from content.recipes import Part, Recipe
from content.sources import Source
from handouts.excerpt import find_page, section_table, take

TEMPLATES = Path(__file__).resolve().parents[2] / "overrides" / "print"
_BOXES = frozenset({"key", "stop", "do", "do-not", "care-call", "care-today", "care-emergency"})
_NUMBERED = frozenset({"steps", "ask"})


def environment() -> jinja2.Environment:
    """The print templates; what they are given is escaped where it lands."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def address_of(recipe_id: str, recipe: Recipe, library: Library, language: str) -> str:
    """The full address of the page that a handout's QR code opens."""
    page = find_page(library, language, recipe.page, recipe_name(recipe_id, language))
    path = next(item.path for item in library.site.languages if item.code == language)
    return library.site.site_url + path + page.url


def recipe_name(recipe_id: str, language: str) -> str:
    """The recipe's file as the writer knows it."""
    return f"docs/{language}/handouts/{recipe_id}.yml"


def short_source(source: Source) -> str:
    """A source in the few words that a sheet has room for: first author and year, or the organisation."""
    author = source.authors.split(",")[0].split("(")[0].strip()
    return f"{author} {source.year}" if source.year else author


def content_of(
    recipe_id: str, recipe: Recipe, library: Library, language: str, *, size: str | None, image: Callable[[str], str]
) -> dict:
    """Everything that the template `handout-body.html.j2` shows.

    `size` says which type size it is for; None keeps every part and marks those that only one size has room for. `image`
    turns a name ("qr", "logo", a drawing's file) into the address that it has where the handout is shown.
    """
    name = recipe_name(recipe_id, language)
    page = find_page(library, language, recipe.page, name)
    parts, cited = [], []
    for part in recipe.parts:
        if size and part.only not in (None, size):
            continue
        shown = _shown(part, library, language, name, image)
        cited += [source for line in shown["lines"] for source in line.sources]
        cited += shown["table"].sources if shown["table"] else ()
        parts.append(shown)
    strings, clinic = library.strings[language], library.clinic
    address = address_of(recipe_id, recipe, library, language)
    return {
        "recipe": recipe,
        "language": language,
        "parts": parts,
        "words": strings.handout,
        "clinic": clinic.model_copy(update={"logo": image("logo") if clinic.logo else ""}),
        "address": address,
        "shown_address": address.removeprefix("https://"),
        "sources": list(dict.fromkeys(short_source(library.sources[source]) for source in cited)),
        "checked": strings.say_date(page.front.evidence_checked),
        "checked_iso": page.front.evidence_checked,
        "next_check": strings.say_date(page.front.next_check),
        "reviewed": reviewed(library, language, page.url),
        "qr": image("qr"),
    }


def reviewed(library: Library, language: str, url: str) -> str:
    """Who of a clinic signed a page last, in words; or that no clinician has."""
    return signed_off(library, language, url) or library.strings[language].handout["not_reviewed"]


def signed_off(library: Library, language: str, url: str) -> str:
    """Who of a clinic signed a page last, in words; empty where nobody did."""
    strings = library.strings[language]
    signed = [sign_off for sign_off in library.sign_offs if sign_off.page == "/" + url]
    if not signed:
        return ""
    last = signed[-1]
    said = strings.frame["reviewed_by"].format(name=last.name, role=last.role, date=strings.say_date(last.date))
    return f"{strings.frame['clinical_review']}: {said}."


def _shown(part: Part, library: Library, language: str, name: str, image: Callable[[str], str]) -> dict:
    classes = [f"box {part.look}" if part.look in _BOXES else part.look]
    if part.only:
        classes.append(f"{part.only}-only")
    title = part.title
    for key, value in library.site.numbers.items():
        title = title.replace("{{ " + key + " }}", value)
    return {
        "title": title,
        "look": part.look,
        "classes": " ".join(classes),
        "list": "ol" if part.look in _NUMBERED else "ul",
        "lines": [] if part.look == "table" else take(part, library, language, name),
        "table": section_table(part, library, language, name) if part.look == "table" else None,
        "blanks": part.blanks,
        "blank_rows": part.blank_rows,
        "figure": _figure(part, library, language, name, image) if part.figure else None,
    }


def _figure(part: Part, library: Library, language: str, name: str, image: Callable[[str], str]) -> dict:
    """A drawing with the alt text and caption that the page gives it."""
    page = find_page(library, language, part.page, name)
    pattern = rf"!\[([^\]]+)\]\([./]*assets/figures/{re.escape(part.figure)}\)[^\n]*\n\s*/// caption\n(.*?)\n///"
    match = re.search(pattern, page.body, re.DOTALL)
    if not match:
        raise ContentError([Fault(name, 1, f"{page.name} does not show {part.figure} with a caption")])
    return {"alt": match[1], "caption": " ".join(match[2].split()), "src": image(part.figure)}

