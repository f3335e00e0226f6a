"""The floors of the public checklists (PEMAT-P, CDC Clear Communication Index, DISCERN) that a machine can see.

Presence and form only: a page on these floors can still be a bad page. What a reader thinks of it is scored by people,
in `docs/<language>/yardsticks.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from iontosite.content.pages import Page
from iontosite.content.site import Floors
from iontosite.faults import Fault

MAX_COLUMNS = 4  # a wider table does not fit a phone, nor an eye
NEXT = "what-to-do-next"  # the heading id of each page's last section


def check_floors(page: Page, floors: Floors) -> list[Fault]:
    """What one page lacks; pages that weigh a treatment (`weighs` in strings.yml) also show both sides."""
    found = [*_heading_faults(page, floors.empty_headings), *_action_faults(page), *_picture_faults(page), *_table_faults(page)]
    if any(page.path == path or (path.endswith("/") and page.path.startswith(path)) for path in floors.weighs):
        found += _balance_faults(page, floors.both_sides)
    return [Fault(page.name, line, message) for line, message in found]


def _heading_faults(page: Page, empty: list[str]) -> Iterator[tuple[int, str]]:
    """PEMAT-P 9: headings that inform."""
    unwanted = {words.casefold() for words in empty}
    for heading in page.headings:
        if heading.text.casefold().strip("?.: ") in unwanted:
            yield heading.line, f'the heading "{heading.text}" says nothing: write what the part tells'


def _action_faults(page: Page) -> Iterator[tuple[int, str]]:
    """PEMAT-P 20 and 22, CDC 5: the page ends with what to do, in steps. A question page is an answer and ends with links."""
    if page.is_question:
        return
    sections = [heading for heading in page.headings if heading.level == 2]
    if not sections or sections[-1].id != NEXT:
        yield page.first_line, f"does not end with what to do next: add a last part with {{#{NEXT}}}"
    elif not any(block.kind == "item" for block in page.part(NEXT) or ()):
        yield sections[-1].line, "no steps: write what to do next as a list"


def _picture_faults(page: Page) -> Iterator[tuple[int, str]]:
    """PEMAT-P 17: each picture has words beside it and words for who cannot see it."""
    for block in page.blocks:
        for picture in block.pictures:
            if not picture.words.strip():
                yield picture.line, "a picture without an alt text: say between [ and ] what it shows"
            if not block.within or block.within[-1].name != "figure":
                yield picture.line, "a picture without a caption: add /// caption below it"


def _table_faults(page: Page) -> Iterator[tuple[int, str]]:
    """PEMAT-P 19: tables with short headings, and few columns."""
    heads: dict[int, list[tuple[int, str]]] = {}
    for block in page.blocks:
        if block.table and block.table[1] == 0:
            heads.setdefault(block.table[0], []).append((block.line, block.text))
    for cells in heads.values():
        if len(cells) > MAX_COLUMNS:
            yield cells[0][0], f"a table of {len(cells)} columns: {MAX_COLUMNS} at most"
        if not all(text for _, text in cells):
            yield cells[0][0], "a column without a heading: name it"


def _balance_faults(page: Page, both_sides: dict[str, list[str]]) -> Iterator[tuple[int, str]]:
    """DISCERN 8 and 10 to 12, CDC 19: gain, harm, no treatment and what is not known, each at least named."""
    text = " ".join([page.body, *(block.text for block in page.blocks)]).casefold()  # with the rules and findings it includes
    for side, words in both_sides.items():
        if not any(word.casefold() in text for word in words):
            yield page.first_line, f"weighs a treatment and does not name {side}: use words such as “{words[0]}”"
