"""The pack for a committee as pages: a list of all, a sheet for each page and handout, and what concerns all of them.

The list is an insert of `clinics/review.md`; every other page stands in a folder of its name. They are for staff: no menu and no
search leads to them, only that list.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.rules.tongues import refused_words
from iontosite.content.sources import Source
from iontosite.content.statements import citing
from iontosite.proof.pack import GROUPS, Pack, Sheet
from iontosite.proof.told import Teller
from iontosite.stage.inserts import CHANGES_PAGE, SEARCHES_PAGE, search_id
from iontosite.stage.source_pages import SOURCES_PAGE, record_path
from iontosite.templates import fill

REVIEW_PAGE = "clinics/review.md"
RECORDS = {"changes_heading": CHANGES_PAGE, "searches_heading": SEARCHES_PAGE}  # pages that tell a part of the pack already
MOST_SOURCES = 30  # on one page: their records weigh up to 8 KB
FOLDER = REVIEW_PAGE.removesuffix(".md")


def has_pack(edition: Edition) -> bool:
    """Whether a language has the pack: the page that lists it, and its words."""
    return REVIEW_PAGE in edition.by_path and edition.proof is not None


def review_list(pack: Pack, files: Mapping[str, bytes], sides: int | None) -> str:
    """What the page `clinics/review.md` shows: counts, files (by their path below the language's folder, with their bytes), and
    the way to every sheet. `sides` are those of the PDF, None where there is none."""
    teller, edition = Teller(pack.content, pack.edition), pack.edition
    parts = []
    for folder, label in teller.proof.parts.items():
        own = [sheet for sheet in pack.sheets if _folder(sheet) == folder]
        groups = [("", own)] if folder != "questions" else _by_group(own, edition)
        if own:
            parts.append((label, groups))
    rest = [sheet for sheet in pack.sheets if _folder(sheet) not in teller.proof.parts]
    if rest:
        parts.append((teller.proof.parts.get("", ""), [("", rest)]))
    kinds = Counter(source.type for source in pack.sources)
    counts = {
        "pages": sum(sheet.page is not None for sheet in pack.sheets),
        "handouts": sum(sheet.page is None for sheet in pack.sheets),
        "statements": f"{sum(len(sheet.statements) for sheet in pack.sheets):,}",
        "sources": len(pack.sources),
    }
    return fill(
        "proof-list.md.j2",
        told=teller.told,
        counts=teller.told["counts"].format(**counts),
        kinds=[(edition.strings.kinds[kind], count) for kind, count in kinds.most_common()],
        files=[(posixpath.basename(name), _said_of(name, data, sides, teller, pack.content)) for name, data in files.items()],
        has_pdf=sides is not None,
        parts=parts,
        way=lambda sheet: f"review/{sheet.id}.md",
        groups=list(GROUPS),
        records=[(teller.told[said], page) for said, page in RECORDS.items() if page in edition.by_path],
        signed={sheet.id for sheet in pack.sheets if sheet.page and pack.content.sign_offs_of(sheet.page)},
    )


def _folder(sheet: Sheet) -> str:
    return sheet.page.section if sheet.page else "handouts"


def _by_group(sheets: list[Sheet], edition: Edition) -> list[tuple[str, list[Sheet]]]:
    """The sheets of questions under the groups of their index; what is no question comes first."""
    order = list(edition.strings.groups)
    placed = sorted(
        sheets, key=lambda each: order.index(each.page.front.group or "") if each.page and each.page.is_question else -1
    )
    grouped = groupby(placed, key=lambda each: each.page.front.group if each.page and each.page.is_question else None)
    return [(edition.strings.groups[group] if group else "", list(own)) for group, own in grouped]


def _said_of(name: str, data: bytes, sides: int | None, teller: Teller, content: Content) -> str:
    """What a file of the pack is, with its size in kilobytes."""
    stem, _, ending = posixpath.basename(name).rpartition(".")
    language = content.edition(stem.rpartition("-")[2]).language.name if ending == "csv" else ""
    return teller.told[ending].format(language=language, size=f"{round(len(data) / 1000):,}", sides=sides)


def proof_pages(pack: Pack) -> Iterator[tuple[str, str]]:
    """The path and the Markdown of each page of the pack but the list."""
    teller, edition = Teller(pack.content, pack.edition), pack.edition
    listing = edition.by_path[REVIEW_PAGE]
    recorded = set(citing(edition, pack.content)) if SOURCES_PAGE in edition.by_path else set()
    common: dict[str, Any] = {
        "teller": teller,
        "told": teller.told,
        "strings": edition.strings,
        "content": pack.content,
        "pack": pack,
        "front": listing.front,
        "section": {"title": teller.told["pack"], "url": listing.url},
        "sources": pack.content.sources,
        "label": lambda source_id: pack.content.sources[source_id].label,
        "record": lambda source_id: _record(pack.content.sources[source_id]) if source_id in recorded else "",
        "way": _way,
    }
    for sheet in pack.sheets:
        yield f"{FOLDER}/{sheet.id}.md", fill("proof-sheet.md.j2", **common, sheet=sheet, **_of_sheet(sheet, pack, teller))
        for name, sources in _apart(sheet):
            yield f"{FOLDER}/{name}.md", fill("proof-sources.md.j2", **common, sheet=sheet, read=sources)
    yield f"{FOLDER}/answers.md", fill("proof-answers.md.j2", **common)
    for group in GROUPS:
        yield f"{FOLDER}/rules-{group}.md", fill("proof-rules.md.j2", **common, group=group)
    searched = Counter(search.about for search in pack.content.searches)
    yield f"{FOLDER}/unknown.md", fill("proof-unknown.md.j2", **common, searched=searched, search_id=search_id)
    yield f"{FOLDER}/not-claimed.md", fill("proof-not-claimed.md.j2", **common, refused=refused_words(edition.code))


def _apart(sheet: Sheet) -> list[tuple[str, tuple[Source, ...]]]:
    """The pages that hold the sources of a sheet which would weigh too much with them, each with its name; none for a question,
    which is short. What a page is decides, and not how long it happens to be."""
    if sheet.page and sheet.page.is_question:
        return []
    parts = [sheet.sources[at : at + MOST_SOURCES] for at in range(0, len(sheet.sources), MOST_SOURCES)]
    return [(f"read-{f'{number}-' if number > 1 else ''}{sheet.id}", part) for number, part in enumerate(parts, 1)]


def _of_sheet(sheet: Sheet, pack: Pack, teller: Teller) -> dict[str, Any]:
    page, content, apart = sheet.page, pack.content, _apart(sheet)
    lapsed = page and any((each.name, bool(each.lapsed)) == (sheet.address, True) for each in content.signed)
    return {
        "link": f"../../{sheet.path}" if page else f"../../handouts/index.md#{sheet.id.removeprefix('handout-')}",
        "facts": teller.facts(sheet),
        "apart": [name for name, _ in apart],
        "where": {source.id: f"../{name}/" for name, sources in apart for source in sources},
        "signed": [teller.edition.strings.say_reviewed(each) for each in content.sign_offs_of(page)] if page else [],
        "lapsed": lapsed,
        "hash": content.meaning_of(page) if page else "",
        "searches": f"../../{SEARCHES_PAGE}#{search_id(page)}" if page and _is_searched(page, pack) else "",
    }


def _is_searched(page: Page, pack: Pack) -> bool:
    return SEARCHES_PAGE in pack.edition.by_path and any(each.about == page.path for each in pack.content.searches)


def _record(source: Source) -> str:
    """The way from a page of the pack to the record of a source, which it has where a page cites it."""
    return f"../../../{record_path(source).removesuffix('.md')}/#source-{source.id}"


def _way(page: Page) -> str:
    """The way from a page of the pack to a page, as its Markdown names it."""
    return f"../../{page.path}"
