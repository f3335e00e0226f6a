"""The small language that pages are written in. Whatever the parser would let through as words, drop in silence or take for
something else is a fault here, with its line and what to write.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args

from iontosite.content.figures import FENCES
from iontosite.content.markdown import Block
from iontosite.content.outline import Box, boxes, fences, outside_fences
from iontosite.content.pages import Page
from iontosite.content.sources import Certainty
from iontosite.faults import Fault, did_you_mean

CAPTION = "caption"
MESSAGE = "div.main-message"
# What a main message may say in one sign: yes, no, in part, do this now, ask first, nobody knows.
VERDICTS = ("yes", "no", "some", "now", "ask", "unknown")
# Every box that a page may hold, and how many of it a page may have at most (None: as many as it needs).
BOXES: dict[str, int | None] = {
    MESSAGE: 1,
    **{f"{MESSAGE}.verdict-{verdict}": 1 for verdict in VERDICTS},
    "section.care.care-call": 1,
    "section.care.care-today": 1,
    "section.care.care-emergency": 1,
    **{f"div.certainty.certainty-{level}": None for level in get_args(Certainty) if level != "official"},
    "div.checklist.checklist-stop": 1,
    "div.checklist.checklist-tell": 1,
    "div.do": None,
    "div.do-not": None,
    "div.key-facts": None,
    "div.scale": None,
    "div.skin-tones": None,
    "nav.doors": 1,
    "section.step.step-normal": 1,
}
_HTML = re.compile(r"<[a-zA-Z/!?]")
_HEADING = re.compile(r"[ \t]*(#{1,6})([ \t]*)(.*)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+\S")
_UNDERLINE = re.compile(r"[ \t]*(=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:([-*_])[ \t]*)(?:\1[ \t]*){2,}")
_INDENTED = re.compile(r"[ \t]+(/{3,}|`{3,}|~{3,})")
_NO_SPACE = re.compile(r"[ \t]*[-+][A-Za-z]")
_DEFINITION = re.compile(r" {0,3}\[[^\]]*\]:")
_BRACES = re.compile(
    r"\{\{\s*(?:(?:rule|sure):\s*)?[\w-]+\s*\}\}|(?<=[^\s{])[ \t]+\{#[\w-]+\}[ \t]*$|(?<=\))\{[^{}]*\}"
)  # that mean something here
_DEEPER = 4  # spaces: what a list inside of a list is moved in by
# Signs of the language that are left in the words when a mark is wrong. What is right has become a link, a note or bold type.
_LEFT_OVER = re.compile(r"\]\[|\]\(|\[\^|!\[|\*\*|__|``|~~|\{#|\{:|\{\{|\}\}|///|[\[\]{}|<>\\`^*•]")
_OWN_VALUE = re.compile(r"\{\{\s*(?:(?:rule|sure):\s*)?[\w-]+\s*\}\}")  # one that stands for nothing is told elsewhere
_ESCAPE = "write it in words, or correct the mark that it is left from"


def syntax_faults(page: Page) -> list[Fault]:
    """Everything on a page that is no lawful writing, in the order of its lines."""
    found = [
        *_line_slips(page),
        *_box_slips(page),
        *_fence_slips(page),
        *_block_slips(page),
        *_table_slips(page),
        *_list_slips(page),
    ]
    found += _left_over(page, {line for line, _ in found})  # what a slip leaves in the words is no slip of its own
    return [Fault(page.name, line, message) for line, message in sorted(set(found))]


def _line_slips(page: Page) -> Iterator[tuple[int, str]]:
    """What single lines tell: marks of a merge, HTML, headings, and list items and tables that the parser did not take."""
    begins: set[tuple[int, str]] = {(block.line, block.kind) for block in page.blocks}
    before = ""
    for index, line in outside_fences(page.lines):
        number = page.first_line + index
        bare = line.replace("<!--", "") if page_insert(line) else line
        if "<!--" in line and "-->" not in "\n".join(page.lines[index:]):
            yield number, "a comment that is never closed: take it out"
        elif _HTML.search(bare):
            advice = "a picture, box or link has a writing of its own; see CONTRIBUTING.md"
            yield number, f"HTML (“{line.strip()[:40]}”): write Markdown: {advice}"
        elif heading := _HEADING.fullmatch(line):
            yield from _heading_slips(heading, number, begins)
        elif (_UNDERLINE.fullmatch(line) and before.strip()) or _RULE.fullmatch(line):
            yield number, "an underlined heading, or a rule: write a heading as ## Words {#id}, and leave rules out"
        elif indented := _INDENTED.match(line):
            yield number, f"a block that does not begin at the start of the line: take the spaces before {indented[1]} out"
        elif _DEFINITION.match(line):
            yield (
                number,
                "a note or an address on a line of its own: sources stand in sources.yml, and a link as [words](page.md)",
            )
        elif "{" in _BRACES.sub("", line):
            yield number, "braces that mean nothing here: only a heading has an id, and only a picture has a width"
        elif re.search(r"\\[^\s|]", line):
            yield number, "a \\ in front of a mark: say it in words, without the mark"
        elif _NO_SPACE.match(line):
            yield number, "a list mark without a space: write - and a space"
        elif _ITEM.match(line) and (len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())) % _DEEPER:
            yield number, f"a list item that is moved in by too few spaces, or too many: each level takes {_DEEPER}"
        elif _ITEM.match(line) and (number, "item") not in begins:
            yield number, "a list item that is read as part of the text before it: leave an empty line above the list"
        elif line.lstrip().startswith("|") and (number, "cell") not in begins and not re.fullmatch(r"[\s|:-]+", line):
            yield (
                number,
                "a table row that is read as text: a table needs an empty line above and a line |---|---| below its head",
            )
        elif line.lstrip().startswith(">"):
            yield number, "a quotation mark of Markdown (>): write the quotation in “ ”"
        before = line


def page_insert(line: str) -> bool:
    """Whether a line is a comment that asks for something computed; other comments are told elsewhere."""
    return bool(re.match(r"\s*<!--", line))


def _heading_slips(heading: re.Match[str], number: int, begins: set[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    marks, space, words = heading[1], heading[2], heading[3]
    if not words:
        yield number, "a heading without words: write them, or take the # out"
    elif not space:
        yield number, f"a heading without a space: write {marks} {words}"
    elif (number, "heading") not in begins:
        yield (
            number,
            f"a heading that is read as text: leave an empty line above it, and begin it at the start of the line: {words}",
        )


def _box_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Boxes that are not closed, cross each other, are not known, or stand too often on a page."""
    closed, slips = boxes(page.lines)
    for slip in slips:
        yield page.first_line + slip.line, slip.message
    count: Counter[str] = Counter()
    for box in closed:
        line = page.first_line + box.start
        if box.kind == CAPTION:
            if box.name:
                yield line, "a caption has no class: write /// caption"
            elif not _follows_a_picture(page, box):
                yield line, "a caption without a picture: put it right below the picture, after an empty line"
            continue
        if box.kind != "html":
            yield line, f'there is no block "{box.kind}": write /// html | … or /// caption'
        elif box.name not in BOXES:
            yield line, f'there is no box "{box.name}"{did_you_mean(box.name, BOXES) or ": see the list in CONTRIBUTING.md"}'
        else:
            family = MESSAGE if box.name.startswith(MESSAGE) else box.name  # whatever its verdict, it is the one message
            count[family] += 1
            if (most := BOXES[box.name]) and count[family] > most:
                yield line, f"a second {box.name} on one page: join the two, so that nobody reads only one of them"


def _follows_a_picture(page: Page, box: Box) -> bool:
    above = next((line for line in reversed(page.lines[: box.start]) if line.strip()), "")
    return above.lstrip().startswith("![")


def _fence_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Fences that are not closed, or that hold anything but a picture of numbers."""
    for fence in fences(page.lines):
        line = page.first_line + fence.start
        if fence.end is None:
            yield line, f"{fence.mark}{fence.info}: is never closed, and swallows the rest of the page: end it with {fence.mark}"
        elif not fence.mark.startswith("`"):
            yield line, f"a fence of {fence.mark}: write it with ```"
        elif fence.info not in FENCES:
            near = did_you_mean(fence.info, FENCES) or f": write one of {', '.join(FENCES)}"
            yield line, f'nothing is drawn from a fence "{fence.info}"{near}'


def _block_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Text that is no paragraph, headings that skip a level, and ids that stand twice."""
    level = 1
    ids: dict[str, int] = {}
    fenced = {page.first_line + fence.start for fence in fences(page.lines)}
    for block in page.blocks:
        if block.kind == "html":
            yield block.line, f"text outside of any paragraph (“{block.text[:40]}”): leave an empty line around it"
        if block.kind == "code" and block.line not in fenced:
            yield block.line, "text that begins with four spaces, and is shown as code: begin it at the start of the line"
        if block.kind == "heading":
            if block.level > level + 1:
                yield block.line, f"a heading of level {block.level} below one of level {level}: write {'#' * (level + 1)}"
            level = block.level
            if block.id and ids.setdefault(block.id, block.line) != block.line:
                yield block.line, f'the id "{block.id}" stands in line {ids[block.id]} already: give this heading another one'


def _left_over(page: Page, slips: set[int]) -> Iterator[tuple[int, str]]:
    """The first sign on each line that is left in the words, where nothing else is wrong with the text around it."""
    told = set(slips)
    for block in page.blocks:
        lines = [line for _, line in block.lines]
        # A line of marks alone is known to the lines around it only.
        near = slips & set(range(min(lines) - 1, max(lines) + 2)) if lines else slips
        if near or block.kind in ("code", "comment"):
            continue
        for match in _LEFT_OVER.finditer(_OWN_VALUE.sub(lambda value: "x" * len(value[0]), block.text)):
            line = block.line_at(match.start())
            if line not in told:
                yield line, f"“{match[0]}” is left over in “{_around(block, match)}”: {_ESCAPE}"
            told.add(line)
        for picture in block.pictures:
            if found := _LEFT_OVER.search(_OWN_VALUE.sub("", picture.words)):
                yield picture.line, f"“{found[0]}” is left over in a picture's alt text: {_ESCAPE}"


def _around(block: Block, match: re.Match[str]) -> str:
    """About 20 characters on both sides of what is left over."""
    return block.text[max(0, match.start() - 20) : match.end() + 20].strip()


def _list_slips(page: Page) -> Iterator[tuple[int, str]]:
    """A list with marks right below one with numbers, or the other way round: the parser would make one list of the two."""
    kinds: dict[int, str] = {}  # how far a list is moved in -> the kind of its last item
    before = ""
    for index, line in outside_fences(page.lines):
        moved = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if _ITEM.match(line):
            kind = "points" if line.lstrip()[0] in "-*+" else "numbers"
            kinds = {depth: known for depth, known in kinds.items() if depth <= moved}
            if kinds.get(moved, kind) != kind:
                advice = "put a sentence or a heading between them"
                yield page.first_line + index, f"a list of {kind} right below another list is read as one with it: {advice}"
            kinds[moved] = kind
        elif line.strip() and moved < _DEEPER and (not before.strip() or line.startswith(("#", "/"))):
            kinds = {}
        before = line


def _table_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Rows with more or fewer cells than the head: the parser would drop the rest, or leave cells empty."""
    head = 0
    for index, line in outside_fences(page.lines):
        bare = line.strip()
        if not bare.startswith("|"):
            head = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", bare.removeprefix("|"))) + (0 if bare.endswith("|") else 1)
        if not head:
            head = cells
        elif cells != head:
            yield (
                page.first_line + index,
                f"a row of {cells} cells in a table of {head} columns: every row needs as many as the head",
            )
