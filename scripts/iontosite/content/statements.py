"""Which words rest on which sources: every cited statement of the pages with its place.

A page shows readers one quiet mark for a whole paragraph, list or table. Who holds the text against its sources needs more:
which words each source stands for, and where. That is written down here, from what the writer wrote, and never from the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from iontosite.content.markdown import Block, Kind
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")


@dataclass(frozen=True)
class Statement:
    """Words of a page and the ids of the sources that they rest on. `line` is in the file `file`; `heading` is the id of the
    nearest heading above, empty before the first one; `context` names the row and column of a table's cell, or the picture."""

    language: str
    page: str  # its path below the language's folder: `conditions/jaw.md`
    file: str  # as its writer knows it: `docs/en/conditions/jaw.md`
    line: int
    heading: str
    kind: Kind
    text: str
    sources: tuple[str, ...]
    context: str = ""


def all_statements(content: Content) -> tuple[Statement, ...]:
    """Every cited statement of every page, language by language, in the order of the pages."""
    return tuple(found for edition in content.editions for page in edition.pages for found in statements_of(page, content))


def statements_of(page: Page, content: Content) -> tuple[Statement, ...]:
    """The cited statements of one page, in the order of its lines: its prose, its pictures of numbers, and the words of the
    glossary where it shows them."""
    found = [*_of_blocks(page), *_of_figures(page), *_of_glossary(page, content)]
    return tuple(sorted(found, key=lambda statement: statement.line))


def uncited_of(page: Page) -> Iterator[tuple[int, str]]:
    """Line and words of what a page says without naming a source: advice, questions to ask, links, and what nobody can cite.
    Heads of tables are left out."""
    for block in page.blocks:
        if block.kind in ("paragraph", "item", "cell") and not (block.table and block.table[1] == 0):
            start = _sentence_end(block.text, block.cited_at[-1]) if block.cites else 0
            text = block.text[start:].strip()
            if any(character.isalnum() for character in text):
                yield block.line_at(start), text


def cited_on(page: Page, content: Content) -> tuple[str, ...]:
    """The ids of all sources that a page cites, in the order of first use; those of the glossary's words come last."""
    words = (source for statement in _of_glossary(page, content) for source in statement.sources)
    return tuple(dict.fromkeys([*page.sources, *words]))


def _of_blocks(page: Page) -> Iterator[Statement]:
    heading = ""
    for block in page.blocks:
        heading = (block.id or heading) if block.kind == "heading" else heading
        for line, text, sources in _cited(block):
            yield _statement(page, line, heading, block.kind, text, sources, _of_cell(block, page))


def _cited(block: Block) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Line, words and sources of each statement of a block. A mark stands at the end of what it supports (CONTRIBUTING.md), so a
    statement goes from the mark before it to its own, and to whole sentences at both ends."""
    start = 0
    places = zip(block.cited_at, block.cites, strict=True)
    for end, group in groupby(places, key=lambda place: place[0]):
        cites = [cite for _, cite in group]
        stop = _sentence_end(block.text, end)
        text = block.text[_sentence_start(block.text, start) : stop].strip()
        yield cites[0][0], text, tuple(dict.fromkeys(source for _, source in cites))
        start = end if any(character.isalnum() for character in block.text[end:stop]) else stop


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins in which the character at `at` stands, or which begins there."""
    return max((match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= at), default=0)


def _sentence_end(text: str, at: int) -> int:
    """Where the sentence ends that the mark at `at` stands in, or stands behind."""
    return next((match.end() for match in _SENTENCE_END.finditer(text) if match.end() >= len(text[:at].rstrip())), len(text))


def _of_cell(block: Block, page: Page) -> str:
    """What the first row and the first column say of a cell: alone, "24 of 28" says nothing."""
    if block.table is None:
        return ""
    table, row, column = block.table
    cells = {each.table: each.text for each in page.blocks if each.table}
    return " | ".join(dict.fromkeys(filter(None, (cells.get((table, row, 0)), cells.get((table, 0, column))))))


def _of_figures(page: Page) -> Iterator[Statement]:
    for figure in page.figures:
        above = [block for block in page.headings if block.id and block.line < figure.line]
        heading = above[-1].id if above else ""
        yield _statement(page, figure.line, heading, "code", figure.said, tuple(figure.chart.sources), figure.chart.title)


def _of_glossary(page: Page, content: Content) -> Iterator[Statement]:
    for insert in page.inserts:
        for entry in content.glossary if insert.name == "glossary" else ():
            word = entry.words.get(page.language)
            if word and word.say and word.source:
                yield _statement(page, insert.line, entry.id, "paragraph", f"{word.word}: {word.say}", (word.source,))


def _statement(
    page: Page, line: int, heading: str, kind: Kind, text: str, sources: tuple[str, ...], context: str = ""
) -> Statement:
    return Statement(page.language, page.path, page.name, line, heading, kind, text, sources, context)


def citing(edition: Edition, content: Content) -> dict[str, list[Page]]:
    """The pages of one language by the id of each source that they cite."""
    pages: dict[str, list[Page]] = {}
    for page in edition.pages:
        for source in cited_on(page, content):
            pages.setdefault(source, []).append(page)
    return pages
