"""The small language that pages are written in. Whatever the parser would let through as words, drop in silence or take for
something else is a fault here, with its line and what to write.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from iontosite.content.figures import FENCES
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
_NUMBER = re.compile(r"[ \t]*(\d+)\.[ \t]+\S")
_OTHER_MARK = re.compile(r"[ \t]*(?:([*+–—·•‣▪])[ \t]+\S|([a-z])[.)][ \t]+\S|(\d+)\.(?=[^\W\d_])|([-*+]|\d+\.)[ \t]*$)")
_OTHER_LANGUAGE = re.compile(
    r"(?:!!!|\?\?\?\+?|===|:::|\+\+\+|''|``(?!`)|[:~][ \t]+\S)"
)  # of other programs' Markdown, and of half a fence
_TITLE = re.compile(r"(#{2,6}) [^#\s](?:[^#{}]*[^#{}\s])?(?: \{#([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\})?[ \t]*")
_PICTURE = re.compile(r'!\[[^\]]*\]\([^()\s]*\)\{ ?width="\d{1,4}" height="\d{1,4}" ?\}')
_LINK_TITLE = re.compile(r"\]\([^()\s]*[ \t]+[\"'(]")
_CITED_TWICE = re.compile(r"(\[\^[^\]]+\])(?:\[\^[^\]]+\])*\1")
_UNDERSCORE = re.compile(r"(?<![\w`/])_{1,2}[^\W_](?:[^_`]*[^\W_])?_{1,2}(?![\w`])")
_CITED_LOOSE = re.compile(r"(?:^|[ \t])\[\^")
_ROW_RULE = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*")
_UNDERLINE = re.compile(r"[ \t]*(=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:([-*_])[ \t]*)(?:\1[ \t]*){2,}")
_INDENTED = re.compile(r"[ \t]+(/{3,}|`{3,}|~{3,})")
_NO_SPACE = re.compile(r"[ \t]*[-+][A-Za-z]")
_DEFINITION = re.compile(r" {0,3}\[[^\]]*\]:")
_NAMED = r"(?:(?:(?:rule|sure):\s*)?[\w-]+|(?:count|result):\s*[\w-]+(?:\s+\d+)?)"  # what may stand in braces
_BRACES = re.compile(rf"\{{\{{\s*{_NAMED}\s*\}}\}}|{_PICTURE.pattern}")  # that mean something here
_DEEPER = 4  # spaces: what a list inside of a list is moved in by
# Signs of the language that are left in the words when a mark is wrong. What is right has become a link, a note or bold type.
_LEFT_OVER = re.compile(
    r"\]\[|\]\(|\[\^|!\[|\*\*|__|``|~~|\{#|\{:|\{\{|\}\}|///|--8<--|==|\+\+|\(\(|\)\)|:[a-z]+(?:_[a-z]+)*:|\$[A-Za-z\\]"
    r"|#(?=\w)|(?<=\w)#|[\[\]{}|<>\\`^*•~\u00ad]|(?<!\w)_|_(?!\w)"
)
_ENTITY = re.compile(r"&(?:#\w+|[A-Za-z][A-Za-z0-9]*);|&(?:amp|lt|gt|nbsp|copy|quot|reg)(?![A-Za-z])")  # HTML, 13.5
# An address among words: readers can press none of it, and on paper it breaks (a link has words of its own).
_BARE = re.compile(
    r"\bhttps?:\S*|\bwww\.\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.\w+)+|(?<![\w-])[\w-]+\.(?:com|org|net|gov|edu|info|example|md|html|pdf|svg)\b(?:/\S*)?",
    re.IGNORECASE,
)
# What a hand slips on: what readers stumble over, or a voice reads wrong.
_TYPOS = (
    (re.compile(r"\b(?!x+\b)([^\W\d_]{2,}) \1\b", re.IGNORECASE), "stands twice: keep one"),
    (re.compile(r"\w [.,;:!?](?=\s|$)"), "has a space before it: take it out"),
    (re.compile(r"[^\W\d_]{2}[.!?][A-Z][a-záéíóúñ]"), "lacks a space: put one behind the sign"),
    (re.compile(r"(?<!\.)\.\.(?!\.)|\.{3,}|,,|;;"), "is a sign too many: write one, or …"),
    (re.compile(r"(?![0-9])\d+"), "is in digits that not everybody reads: write 0 to 9"),
)
_CODE = re.compile(r"`([^`\n]{2,})`")
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX+)\b|\b[Ll]orem ipsum\b|\?\?")
_OWN_VALUE = re.compile(rf"\{{\{{\s*{_NAMED}\s*\}}\}}")  # one that stands for nothing is told elsewhere
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
    slips = {line for line, _ in found}  # what a slip leaves in the words is no slip of its own
    found += [*_bare_headings(page, slips), *_left_over(page, slips)]
    return [Fault(page.name, line, message) for line, message in sorted(set(found))]


def _line_slips(page: Page) -> Iterator[tuple[int, str]]:
    """What single lines tell: marks of a merge, HTML, headings, and list items and tables that the parser did not take."""
    begins: set[tuple[int, str]] = {(block.line, block.kind) for block in page.blocks}
    before = ""
    for index, line in outside_fences(page.lines):
        number = page.first_line + index
        bare = line.replace("<!--", "") if page_insert(line) else line
        company = (before, page.lines[index + 1] if index + 1 < len(page.lines) else "")
        if page_insert(line) and "-->" in line and any(each.strip() and not each.startswith(("/", "<!--")) for each in company):
            yield number, "text right above or below what is included: leave an empty line on both sides, or the two run together"
        elif "<!--" in line and "-->" not in "\n".join(page.lines[index:]):
            yield number, "a comment that is never closed: take it out"
        elif _HTML.search(bare):
            advice = "a picture, box or link has a writing of its own; see CONTRIBUTING.md"
            yield number, f"HTML (“{line.strip()[:40]}”): write Markdown: {advice}"
        elif heading := _HEADING.fullmatch(line):
            yield from _heading_slips(heading, number, begins)
        elif (_UNDERLINE.fullmatch(line) and before.strip()) or _RULE.fullmatch(line):
            yield number, "an underlined heading, or a rule: write a heading as ## Words {#id}, and leave rules out"
        elif _OTHER_LANGUAGE.match(line):
            yield (
                number,
                "a mark that this site's Markdown does not know: boxes begin with /// html, pictures of numbers with ```",
            )
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
        elif _LINK_TITLE.search(line):
            yield number, "a link with more than its address in the brackets, which nobody would read: write [words](page.md)"
        elif entity := _ENTITY.search(line):
            yield number, f"“{entity[0]}”, a sign as HTML spells it: write the sign itself"
        elif _UNDERSCORE.search(line):
            yield number, "type that is set with _: write **important words**"
        elif _CITED_TWICE.search(line):
            yield number, "one source cited twice in a row: once is enough"
        elif _CITED_LOOSE.search(line):
            yield number, "a citation with a space before it, or at the start of a line: put it right behind what it supports"
        elif _NO_SPACE.match(line):
            yield number, "a list mark without a space: write - and a space"
        elif (other := _OTHER_MARK.match(line)) and (not before.strip() or _ITEM.match(before) or _OTHER_MARK.match(before)):
            found = next(mark for mark in other.groups() if mark)
            what = (
                "a list mark without a space" if found.isdigit() else f"a list mark “{found}” that is none here, or without words"
            )
            yield number, f"{what}: write - or 1. and a space, then the words"
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
    elif "[^" in words:
        yield number, "a citation in a heading, which stands in lists of headings too: cite the text below it"
    elif len(marks) > 1 and not _TITLE.fullmatch(_OWN_VALUE.sub("x", heading[0].strip())):
        advice = f"write {marks} Words {{#an-id}}, the id in small letters, digits and -, beginning with a letter"
        yield number, f"a heading with other signs than its words and one id: {advice}"


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
        if not any(each.strip() for each in page.lines[box.start + 1 : box.end]):
            yield line, "a box with nothing in it: write what belongs there, or take it out"
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
    for block in page.own_blocks:
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


def _bare_headings(page: Page, slips: set[int]) -> Iterator[tuple[int, str]]:
    """Headings with nothing below them, where nothing else is wrong with them or with what follows."""
    blocks = page.own_blocks
    for block, after in itertools.zip_longest(blocks, blocks[1:]):
        alone = after is None or (after.kind == "heading" and after.level <= block.level)
        if (
            block.kind == "heading"
            and block.text
            and alone
            and not slips & {block.line, block.line + 1, after.line if after else 0}
        ):
            yield block.line, "a heading with nothing below it: write what belongs there, or take it out"


def _left_over(page: Page, slips: set[int]) -> Iterator[tuple[int, str]]:
    """The first sign on each line that is left in the words, where nothing else is wrong with the text around it."""
    told, codes = set(slips), sorted(set(_CODE.findall(page.written)), key=len, reverse=True)
    for block in page.own_blocks:
        lines = [line for _, line in block.lines]
        # A line of marks alone is known to the lines around it only.
        near = slips & set(range(min(lines) - 1, max(lines) + 2)) if lines else slips
        if near or block.kind in ("code", "comment"):
            continue
        for at, message in inline_slips(block.text, codes):
            line = block.line_at(at)
            if line not in told:
                yield line, message
            told.add(line)
        for picture in block.pictures:
            if found := _LEFT_OVER.search(_OWN_VALUE.sub("", picture.words)):
                yield picture.line, f"“{found[0]}” is left over in a picture's alt text: {_ESCAPE}"


def inline_slips(text: str, codes: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
    """What is left in the words of one block: the offset in them, and what to do. Marks that were right are gone from them. What
    the page shows as `codes` is meant as it stands."""
    words = _OWN_VALUE.sub(lambda value: "x" * len(value[0]), text)
    for code in codes:
        words = words.replace(code, "x" * len(code))
    for match in _LEFT_OVER.finditer(_BARE.sub(lambda address: "x" * len(address[0]), words)):  # an address holds many signs
        yield match.start(), f"“{match[0]}” is left over in “{_around(text, match)}”: {_ESCAPE}"
    for match in _BARE.finditer(words):
        yield match.start(), f"“{match[0]}” is an address among words: write a link, [words](address)"
    for match in _PLACEHOLDER.finditer(words):
        yield match.start(), f"“{match[0]}” holds the place of something: write it, or take it out"
    for typo, advice in _TYPOS:
        for match in typo.finditer(words):
            yield match.start(), f"“{match[0]}” {advice}"
    opened: list[int] = []
    for match in re.finditer(r"[()]", words):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            yield match.start(), f"a “)” that nothing opened, in “{_around(text, match)}”: take it out, or open it"
    for at in opened:
        yield at, f"a “(” that is never closed, in “{words[at : at + 30].strip()}”: close it"


def _around(text: str, match: re.Match[str]) -> str:
    """About 20 characters on both sides of what is left over."""
    return text[max(0, match.start() - 20) : match.end() + 20].strip()


def _list_slips(page: Page) -> Iterator[tuple[int, str]]:
    """A list with marks right below one with numbers, or the other way round: the parser would make one list of the two. Numbers
    that do not count on: the parser counts by itself. Text right below an item, which the parser takes into it."""
    kinds: dict[int, str] = {}  # how far a list is moved in -> the kind of its last item
    last: dict[int, int] = {}  # how far a list is moved in -> its last number
    before = ""
    inside = False  # right below an item, or below text that follows one
    for index, line in outside_fences(page.lines):
        number, moved = page.first_line + index, len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if _ITEM.match(line):
            kind = "points" if line.lstrip()[0] in "-*+" else "numbers"
            kinds = {depth: known for depth, known in kinds.items() if depth <= moved}
            last = {depth: known for depth, known in last.items() if depth <= moved and depth in kinds}
            if kinds.get(moved, kind) != kind:
                advice = "put a sentence or a heading between them"
                yield number, f"a list of {kind} right below another list is read as one with it: {advice}"
            elif (counted := _NUMBER.match(line)) and int(counted[1]) != last.get(moved, 0) + 1:
                yield (
                    number,
                    f"number {counted[1]} where {last.get(moved, 0) + 1} comes next: readers see {last.get(moved, 0) + 1}",
                )
            kinds[moved] = kind
            last[moved] = last.get(moved, 0) + 1
            inside = True
        elif inside and line.strip() and not moved and before.strip() and not line.startswith(("#", "/", "|", "<!--")):
            yield number, "text right below a list is read as part of its last item: leave an empty line above it"
            inside = False
        elif line.strip() and moved < _DEEPER and (not before.strip() or line.startswith(("#", "/"))):
            kinds, last, inside = {}, {}, False
        before = line


def _table_slips(page: Page) -> Iterator[tuple[int, str]]:
    """Rows with more or fewer cells than the head, which the parser would cut or fill up; lines that it takes for rows although
    they do not look like any; a second rule line; cells and tables with nothing in them."""
    head = rows = start = 0
    ruled = False
    for index, line in [*outside_fences(page.lines), (len(page.lines), "")]:
        bare, number = line.strip(), page.first_line + index
        if not bare.startswith("|"):
            if ruled and rows == 2:
                yield start, "a table without rows: write one below its line |---|---|"
            head = rows = 0
            ruled = False
            continue
        cells = len(re.findall(r"(?<!\\)\|", bare.removeprefix("|"))) + (0 if bare.endswith("|") else 1)
        head, start, rows = head or cells, start if rows else number, rows + 1
        ruled = ruled or bool(_ROW_RULE.fullmatch(bare))
        if cells != head:
            yield number, f"a row of {cells} cells in a table of {head} columns: every row needs as many as the head"
        elif _ROW_RULE.fullmatch(bare) and rows != 2:
            yield number, "a line |---|---| that is not the second of its table: take it out"
        elif _ROW_RULE.fullmatch(bare) and ":" in bare:
            yield number, "a column that is set to one side: write the line below the head as |---|---|"
        elif rows != 2 and re.search(r"\|[ \t]*\|", bare):
            yield number, "an empty cell: say what is so, if only “none” or “not known”"
    for number in sorted({block.line for block in page.own_blocks if block.kind == "cell"}):
        bare = page.lines[number - page.first_line].strip()
        if not bare.startswith("|"):
            yield number, "a line that is read as a row of the table: begin and end it with |, or leave an empty line above it"
