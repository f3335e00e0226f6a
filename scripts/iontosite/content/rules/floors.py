"""The floors of the public checklists (PEMAT-P, CDC Clear Communication Index, DISCERN) that a machine can see.

Presence and form only: a page on these floors can still be a bad page. What a reader thinks of it is scored by people,
in `docs/<language>/yardsticks.yml`.
"""
from __future__ import annotations

import re

from iontosite.faults import Fault
from iontosite.content.library import Library
from iontosite.content.pages import Page

MAX_COLUMNS = 4  # a wider table does not fit a phone, nor an eye
NEXT = "what-to-do-next"  # the heading id of each page's last section
_IMAGE = re.compile(r"^!\[([^\]]*)\]\(")
_ROW = re.compile(r"^\|.*\|[ \t]*$")
_RULE = re.compile(r"^\|[\s:|-]+\|[ \t]*$")
_LIST_ITEM = re.compile(r"^(\d+\.|-) ", re.MULTILINE)


def check_floors(library: Library) -> list[Fault]:
    """Every page of every language; pages that weigh a treatment (`weighs` in strings.yml) also show both sides."""
    faults: list[Fault] = []
    for page in library.pages:
        floors = library.strings[page.language].floors
        faults += _heading_faults(page, floors.empty_headings)
        faults += _action_faults(page)
        faults += _picture_faults(page)
        faults += _table_faults(page)
        if any(page.path == path or (path.endswith("/") and page.path.startswith(path)) for path in floors.weighs):
            faults += _balance_faults(page, floors.both_sides)
    return faults


def _heading_faults(page: Page, empty: list[str]) -> list[Fault]:
    """PEMAT-P 9: headings that inform."""
    unwanted = {words.casefold() for words in empty}
    return [
        Fault(page.name, heading.line, f'the heading "{heading.text}" says nothing: write what the part tells')
        for heading in page.headings()
        if heading.text.casefold().strip("?.: ") in unwanted
    ]


def _action_faults(page: Page) -> list[Fault]:
    """PEMAT-P 20 and 22, CDC 5: the page ends with what to do, in steps. A question page is an answer and ends with links."""
    if page.front.group:
        return []
    sections = [heading for heading in page.headings() if heading.level == 2]
    if not sections or sections[-1].id != NEXT:
        return [Fault(page.name, page.first_line, f"does not end with what to do next: add a last part with {{#{NEXT}}}")]
    text = page.body.split(f"{{#{NEXT}}}", 1)[1]
    return [] if _LIST_ITEM.search(text) else [Fault(page.name, sections[-1].line, "no steps: write what to do next as a list")]


def _picture_faults(page: Page) -> list[Fault]:
    """PEMAT-P 17: each picture has words beside it and words for who cannot see it."""
    faults, lines = [], page.numbered_lines()
    for index, (number, line) in enumerate(lines):
        if not (match := _IMAGE.match(line)):
            continue
        if not match[1].strip():
            faults.append(Fault(page.name, number, "a picture without an alt text: say between [ and ] what it shows"))
        following = next((text for _, text in lines[index + 1 :] if text.strip()), "")
        if following.strip() != "/// caption":
            faults.append(Fault(page.name, number, "a picture without a caption: add /// caption below it"))
    return faults


def _table_faults(page: Page) -> list[Fault]:
    """PEMAT-P 19: tables with short headings, and few columns."""
    faults, before = [], ""
    for number, line in page.numbered_lines():
        if _RULE.match(line) and _ROW.match(before):
            cells = [cell.strip() for cell in before.strip().strip("|").split("|")]
            if len(cells) > MAX_COLUMNS:
                faults.append(Fault(page.name, number - 1, f"a table of {len(cells)} columns: {MAX_COLUMNS} at most"))
            if not all(cells):
                faults.append(Fault(page.name, number - 1, "a column without a heading: name it"))
        before = line
    return faults


def _balance_faults(page: Page, both_sides: dict[str, list[str]]) -> list[Fault]:
    """DISCERN 8 and 10 to 12, CDC 19: gain, harm, no treatment and what is not known, each at least named."""
    text = page.body.casefold()
    return [
        Fault(page.name, page.first_line, f"weighs a treatment and does not name {side}: use words such as “{words[0]}”")
        for side, words in both_sides.items()
        if not any(word.casefold() in text for word in words)
    ]
