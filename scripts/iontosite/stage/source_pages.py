"""The sources of a language: one short list of all, and their full records on a page for each half of a letter.

One page with all records weighs more than a phone on a weak link should have to load, and grows with every source."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from iontosite.content.alternates import alternates
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.source_notes import told
from iontosite.content.sources import Source
from iontosite.content.statements import citing
from iontosite.stage.structured_data import MOST_CITED, of_made_page, script
from iontosite.templates import fill

SOURCES_PAGE = "sources.md"  # where the list stands; the records stand in a folder of the same name
MOST_LISTED = (
    20  # pages that a record leads to; what more rest on it are counted, because phones pay for each (/clinics/review/ has all)
)
_OTHER = "0"  # for what begins with no letter


def letter_of(source: Source) -> str:
    """The first letter of its authors, small and without accent; "0" where they begin with none."""
    first = _name(source)[:1]
    return first if "a" <= first <= "z" else _OTHER


def part_of(source: Source) -> str:
    """The part of the list that holds its record: half a letter, by the second one: "aa-am", "an-az". It never changes, however
    many sources come."""
    letter, second = letter_of(source), _name(source)[1:2]
    return f"{letter}a-{letter}m" if second < "n" else f"{letter}n-{letter}z"


def record_path(source: Source) -> str:
    """The page with the full record of a source, as a path below the language's folder."""
    return f"sources/{part_of(source)}.md"


def source_list(content: Content, edition: Edition) -> str:
    """Every source that a page of the language cites, under its letter; each name leads to its record."""
    cited = [(source, part_of(source)) for _, entries in _by_part(content, edition) for source, _ in entries]
    letters = [(letter.upper(), list(group)) for letter, group in groupby(cited, key=lambda each: letter_of(each[0]))]
    return fill("sources.md.j2", letters=letters)


def record_pages(content: Content, edition: Edition) -> Iterator[tuple[str, str]]:
    """The path and the Markdown of each page of records; none in a language without a list of them."""
    if SOURCES_PAGE not in edition.by_path:
        return
    strings, checked = edition.strings, edition.by_path[SOURCES_PAGE].front.evidence_checked
    shown_in = _shown_in(content)
    for part, entries in _by_part(content, edition):
        first, last = part.title().split("-")
        title = strings.frame["records_title"].format(first=first, last=last)
        url, description = f"sources/{part}/", strings.frame["records_description"]
        structured = of_made_page(content, edition, url, title, description, checked)
        if len(entries) <= MOST_CITED:
            structured["citation"] = [source.address for source, _ in entries]
        said = [(told(source, strings.source_notes), pages) for source, pages in entries]
        values = {"entries": said, "strings": strings, "frame": strings.frame, "title": title, "checked": checked}
        values["most"] = MOST_LISTED
        values["original"] = content.first_language(edition)
        ways = {"alternates": alternates(content, edition, dict.fromkeys(shown_in[part], url)), "structured": script(structured)}
        yield f"sources/{part}.md", fill("source-records.md.j2", description=description, **values, **ways)


def record_addresses(content: Content, edition: Edition) -> list[tuple[str, str]]:
    """The path of each page of records with the day that its list was checked."""
    page = edition.by_path.get(SOURCES_PAGE)
    return [(f"sources/{part}.md", page.front.evidence_checked) for part, _ in _by_part(content, edition)] if page else []


def _shown_in(content: Content) -> dict[str, list[str]]:
    """Each part with the languages that have a page for it."""
    shown: dict[str, list[str]] = {}
    for edition in content.editions:
        for part, _ in _by_part(content, edition) if SOURCES_PAGE in edition.by_path else ():
            shown.setdefault(part, []).append(edition.code)
    return shown


def _by_part(content: Content, edition: Edition) -> list[tuple[str, list[tuple[Source, list[Page]]]]]:
    """The cited sources with the pages that cite each, by part, author and year."""
    pages_of = citing(edition, content)
    cited = sorted(
        (source for source in content.sources.values() if source.id in pages_of),
        key=lambda source: (part_of(source), _plain(source.authors), source.year or 0, source.id),
    )
    return [(part, [(source, pages_of[source.id]) for source in group]) for part, group in groupby(cited, key=part_of)]


def _name(source: Source) -> str:
    return _plain(source.authors.lstrip("(\"'“"))


def _plain(text: str) -> str:
    """A sort key without accents and case."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()
