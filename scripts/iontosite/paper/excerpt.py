"""Takes lines out of pages, word for word as the reader of the page sees them, and remembers which sources they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iontosite.content.markdown import Block
from iontosite.content.model import TO_FILL_IN, Content, Edition
from iontosite.content.pages import Page
from iontosite.content.recipes import Part, Place
from iontosite.faults import ContentError, did_you_mean

_SCALE = re.compile(r"(.*[.?!]) (1 [^.?!·]+(?: · \d [^.?!·]+)+)")


@dataclass(frozen=True)
class Line:
    """One paragraph or list item of a page: its plain words, the ids of the sources cited in it, whether it ends in a
    line to write on, and the numbers to circle one of, each with what it means."""

    text: str
    sources: tuple[str, ...]
    blank: bool = False
    scale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of a page in plain words, and the sources cited in it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]


def find_page(edition: Edition, path: str, place: Place) -> Page:
    """The page that a recipe names at `place`; raises ContentError with the nearest name where there is none."""
    if path not in edition.by_path:
        message = f'takes from "{path}", which does not exist{did_you_mean(path, edition.by_path)}'
        raise ContentError([place.fault(message, "page")])
    return edition.by_path[path]


def part_blocks(page: Page, heading: str | None, place: Place) -> tuple[Block, ...]:
    """The blocks of a page's part; the main message where `heading` is None. Raises ContentError where the page has none."""
    if heading is None:
        if not page.main_message:
            message = f"takes the main message of {page.name}, which has none: name a `heading:`, or write one there"
            raise ContentError([place.fault(message, "page")])
        return page.main_message
    blocks = page.part(heading)
    if blocks is None:
        near = did_you_mean(heading, [each.id for each in page.headings if each.id])
        raise ContentError([place.fault(f'{page.name} has no heading "{heading}"{near}', "heading")])
    return blocks


def line_of(block: Block, content: Content) -> Line:
    """A block as a line of paper."""
    cited = tuple(dict.fromkeys(source for _, source in block.cites))
    text = content.filled_in(block.text)
    blank = text.endswith(TO_FILL_IN)  # at the end of a line, paper gets a whole line to write on
    text = text.removesuffix(TO_FILL_IN).rstrip()
    if scale := _SCALE.fullmatch(text):
        return Line(scale[1], cited, blank, tuple(scale[2].split(" · ")))
    return Line(text, cited, blank)


def take(part: Part, content: Content, edition: Edition) -> list[Line]:
    """The lines of one part, in the recipe's order. Raises ContentError where a line is no longer on the page, so that a
    rewritten page cannot drop a warning from the paper without a word."""
    if not part.page:
        return []
    page = find_page(edition, part.page, part.place)
    blocks = part_blocks(page, part.heading, part.place)
    # A caption goes with its figure, and a table has a look of its own.
    available = [line_of(block, content) for block in blocks if block.kind in ("paragraph", "item") and not _is_caption(block)]
    if not part.lines:
        return available
    where = f"{page.name}#{part.heading}" if part.heading else f"the main message of {page.name}"
    found = _named([line.text for line in available], part, f"no line of {where} starts with")
    return [available[index] for index in found]


def _is_caption(block: Block) -> bool:
    return any(container.name == "figcaption" for container in block.within)


def _named(texts: Sequence[str], part: Part, problem: str) -> list[int]:
    """For each of a part's `lines` the index of the first text that starts with it; raises ContentError with all that no text
    starts with."""
    found, faults = [], []
    for index, start in enumerate(part.lines):
        at = next((at for at, text in enumerate(texts) if text.startswith(start)), None)
        if at is None:
            near = did_you_mean(start, [text[: len(start)] for text in texts])
            faults.append(part.place.fault(f'{problem} "{start}"{near}', "lines", index))
        else:
            found.append(at)
    if faults:
        raise ContentError(faults)
    return found


def take_table(part: Part, content: Content, edition: Edition) -> Table:
    """The first table in a page's part; raises ContentError where there is none. `lines` name the rows to take, in order."""
    page = find_page(edition, part.page or "", part.place)
    rows: dict[int, list[Block]] = {}
    tables = [block for block in part_blocks(page, part.heading, part.place) if block.table]
    for cell in tables:
        if cell.table and tables[0].table and cell.table[0] == tables[0].table[0]:
            rows.setdefault(cell.table[1], []).append(cell)
    if len(rows) < 2:
        message = f"{page.name}#{part.heading} holds no table: name the heading that it stands under"
        raise ContentError([part.place.fault(message, "heading")])
    head, *body = rows.values()
    if part.lines:
        firsts = [content.filled_in(row[0].text) for row in body]
        found = _named(firsts, part, f"no row of the table in {page.name}#{part.heading} starts with")
        body = [body[index] for index in found]
    cited = dict.fromkeys(source for row in body for cell in row for _, source in cell.cites)
    words = tuple(tuple(content.filled_in(cell.text) for cell in row) for row in body)
    return Table(tuple(cell.text for cell in head), words, tuple(cited))


def take_caption(page: Page, picture: str) -> tuple[str, str] | None:
    """The alternative text and the caption of a drawing on a page, by its file's name; None where the page does not show it
    with a caption. A numbered caption keeps its numbers."""
    for block in page.blocks:
        for shown in block.pictures:
            if shown.target.endswith(f"assets/figures/{picture}") and block.within:
                figure = block.within[-1]
                caption = [each for each in page.blocks if figure in each.within and _is_caption(each)]
                if caption:
                    return shown.words, " ".join(_numbered(caption))
    return None


def _numbered(blocks: list[Block]) -> list[str]:
    texts, number = [], 0
    for block in blocks:
        number = number + 1 if block.ordered else 0
        texts.append(f"{number}. {block.text}" if number else block.text)
    return texts
