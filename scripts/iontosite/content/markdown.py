"""The one reader of Markdown: what a page says, block by block, as the parser that renders it understands it.

Paper, reading measures, citations, search excerpts and rules all use these blocks, so page and paper cannot differ. The parser
is the builder's own (Python-Markdown with `EXTENSIONS`, which staging hands to the builder too). It forgets lines, so each
line of text goes into it with an invisible mark in front, and the marks that come out of it tell where each word stood.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import markdown
from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.content.outline import fences, outside_fences

# The extensions of every page, with their settings; the builder gets the same from `stage/configuration.py`.
EXTENSIONS: dict[str, dict[str, Any]] = {
    "attr_list": {},
    "fenced_code": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {},
    "pymdownx.blocks.html": {},
    "pymdownx.blocks.caption": {},
}
VARIABLE = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
FILL_INS = ("fill_in", "clinic_phone")  # what a page may ask for in braces besides the numbers to call of site.yml
CITATION = re.compile(r"\[\^([^\]\s]+)\]")
Kind = Literal["heading", "paragraph", "item", "cell", "image", "code", "comment", "html"]

_LINE = 0xF0000  # the mark of line n is the character _LINE + n, from a plane that no script uses (Unicode, private use)
_VALUE = 0x100000  # {{ the nth value }} goes through the parser as one such character
_MARKS = re.compile(f"[{chr(_LINE)}-{chr(_VALUE - 1)}]")
_VALUES = re.compile(f"[{chr(_VALUE)}-{chr(_VALUE + 0xFFFF)}]")
# What citations, links and pictures leave in the words while their lines are looked up.
_SIGNS = {"cites": "\ue001", "links": "\ue002", "pictures": "\ue003"}
_OWN = re.compile(f"[{chr(_LINE)}-{chr(_VALUE + 0xFFFF)}{''.join(_SIGNS.values())}\x02\x03]")  # the last two are the parser's
_LINE_END = re.compile("\r\n?")
_MOST = 0xFFFF  # lines and values that can be told apart; no page has as many
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*(\d{1,7}))\b;?")
_CITED_LAST = re.compile(CITATION.pattern + r"[ \t]*$")
_DEFINITION = re.compile(r"[ \t]*\[[^\]]*\]:")  # of the address that [words][name] lead to
_ATTRIBUTES = re.compile(r"[ \t]*\{.*\}[ \t]*")  # has to be the last thing that the parser sees of its paragraph
# What may stand before the words of a line: indentation, quotes, list marks, marks of a heading, the first line of a cell,
# marks of bold type and of code.
_BEFORE_WORDS = re.compile(r"\s*(?:(?:>|[-*+][ \t]|\d+[.)][ \t]|#{1,6}|\||[*`]+|_+(?![\w_]))\s*)*")
_NO_WORDS = re.compile(
    f"(?:(?![{chr(_VALUE)}-{chr(_VALUE + 0xFFFF)}])" + r"[\W_])*|[ \t]*(?:<|/{3,}|\{:|\[[^\]]*\]:|[*_`]+\{|`{3,}|~{3,}).*"
)
_CONTAINERS = frozenset({"div", "section", "nav", "figure", "aside", "header", "footer", "blockquote", "figcaption"})
_LISTS = frozenset({"ul", "ol", "dl"})
_NOT_OWN = _LISTS | _CONTAINERS | {"pre", "table"}  # what stands in a list item, and is not its words
_TABLE = frozenset({"table", "thead", "tbody", "tr"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True)
class Link:
    """A link or picture of a block: where it leads, as it is written, and the words or alternative text that stand for it."""

    line: int
    target: str
    words: str


@dataclass(frozen=True)
class Container:
    """A box that stands around blocks: its element with its classes, as `section.care.care-call`, and a number that tells two
    boxes of one kind apart."""

    name: str
    number: int

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes."""
        return tuple(self.name.split(".")[1:])


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, heading, cell, picture or comment as the reader of the page meets it.

    `text` holds its words without markup; numbers to call stay `{{ name }}`. `line` is the line in the file where it begins.
    """

    kind: Kind
    line: int
    text: str
    level: int = 0  # of a heading, 1 to 6
    id: str = ""  # of a heading that spells its id out
    within: tuple[Container, ...] = ()  # the boxes around it, the outermost first
    cites: tuple[tuple[int, str], ...] = ()  # (line, source id), in order
    links: tuple[Link, ...] = ()
    pictures: tuple[Link, ...] = ()
    table: tuple[int, int, int] | None = None  # of a cell: which table, row (0 is the head), column
    ordered: bool = False  # an item of a numbered list
    lines: tuple[tuple[int, int], ...] = field(default=(), compare=False)  # (offset in text, line) of each line's first word
    cited_at: tuple[int, ...] = field(default=(), compare=False)  # the offset in text at which each of `cites` stands

    def line_at(self, offset: int) -> int:
        """The line in the file of the character at `offset` of `text`."""
        at = bisect.bisect_right(self.lines, (offset, 1 << 30)) - 1
        return self.lines[at][1] if at >= 0 else self.line

    def is_in(self, *classes: str) -> bool:
        """Whether a box with one of these classes stands around it."""
        return any(name in container.classes for container in self.within for name in classes)


def read_markdown(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a page's Markdown (without front matter), in the order of the page; its first line is `first_line` of the
    file. Any text can be read: what is not understood comes out as words, with its marks."""
    return _read(text, first_line)


@functools.lru_cache(maxsize=4096)
def _read(text: str, first_line: int) -> tuple[Block, ...]:
    values: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if len(values) == _MOST:
            return match[0]
        values.append(match[0])
        return chr(_VALUE + len(values) - 1)

    text = _OWN.sub("", _LINE_END.sub("\n", text))
    lines = VARIABLE.sub(hide, text).split("\n")
    html = _without_own(parsed(_with_marks(lines)))
    return tuple(_Walk(values, lines, first_line).blocks(html))


def parsed(text: str) -> str:
    """What the parser makes of a text, each citation being one whether its source is known or not."""
    cited = dict.fromkeys(CITATION.findall(text))
    notes = "".join(f"\n\n[^{source}]: {source}" for source in cited)  # without a definition a citation is no citation
    try:
        html: str = _parser().reset().convert(text + notes)
    except BaseException:
        _parser.cache_clear()  # it was left in the middle of a text, and would read every later page wrongly
        raise
    return html


@functools.cache
def _parser() -> markdown.Markdown:
    # `toc` would give ids to headings that have none, and the reader has to know which ones the writer gave.
    chosen = [name for name in EXTENSIONS if name != "toc"]
    return markdown.Markdown(extensions=chosen, extension_configs=EXTENSIONS)


def _without_own(html: str) -> str:
    """The HTML without the characters of this module that a writer spelled as numbers: `&#xE001;`."""

    def keep(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        return "" if number <= 0x10FFFF and _OWN.match(chr(number)) else match[0]

    return _REFERENCE.sub(keep, html)


def _with_marks(lines: list[str]) -> str:
    """The text with a mark before the first word of every line that has words."""
    lines = [line.expandtabs(_parser().tab_length) for line in lines]  # as the parser does; a mark would move what follows
    marked = list(lines)
    fenced = {index for fence in fences(lines) if fence.end for index in range(fence.start, fence.end)}
    for number, line in enumerate(lines):
        if number < _MOST and _takes_mark(line, lines[number - 1] if number and number not in fenced else ""):
            at = _BEFORE_WORDS.match(line).end()  # type: ignore[union-attr]  # it matches the empty text too
            marked[number] = f"{line[:at]}{chr(_LINE + number)}{line[at:]}"
    return "\n".join(marked)


def _takes_mark(line: str, above: str) -> bool:
    """Whether a line has words, and a mark in front of them changes nothing: not where the parser looks at two lines as one."""
    if _NO_WORDS.fullmatch(line) or _ATTRIBUTES.fullmatch(above) or (above.strip(" ") and _ATTRIBUTES.fullmatch(line)):
        return False
    begins = line.lstrip()[:1]
    title = begins in ('"', "'", "(") and _DEFINITION.match(above)
    reference = begins == "[" and above.rstrip().endswith("]") and not _CITED_LAST.search(above)
    return not (title or reference)


@dataclass
class _Text:
    """The words of one block while they are collected from its elements."""

    parts: list[str] = field(default_factory=list)
    cites: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)


class _Walk:
    """Walks through the parser's HTML and turns it into blocks."""

    def __init__(self, values: list[str], lines: list[str], first_line: int) -> None:
        self.values, self.first_line = values, first_line
        self.last_line = first_line
        self.fences = fences(lines)
        # They need hold no mark, but they come out in the order in which they stand.
        self.comments = iter([first_line + index for index, line in outside_fences(lines) for _ in range(line.count("<!--"))])
        self.containers, self.tables = 0, 0

    def blocks(self, html: str) -> Iterator[Block]:
        """Every block of the document."""
        body = LexborHTMLParser(f"<body>{html}").body  # else a comment at the top stands outside of it
        if body is not None:
            yield from self._children(body, ())

    def _children(self, node: LexborNode, within: tuple[Container, ...], ordered: bool = False) -> Iterator[Block]:
        for child in node.iter(include_text=True):
            yield from self._child(child, within, ordered)

    def _child(self, child: LexborNode, within: tuple[Container, ...], ordered: bool = False) -> Iterator[Block]:
        tag = child.tag or ""
        classes = (child.attributes.get("class") or "").split() if child.is_element_node else []
        if child.is_comment_node:
            self.last_line = next(self.comments, self.last_line)
            yield Block("comment", self.last_line, _MARKS.sub("", child.comment_content or "").strip(), within=within)
        elif child.is_text_node:
            if (child.text_content or "").strip():
                yield self._block("html", child, within)
        elif "footnote" in classes:
            return  # the list that the definitions above make
        elif tag in _HEADINGS:
            yield self._block("heading", child, within, level=_HEADINGS[tag], id=child.attributes.get("id") or "")
        elif tag == "p":
            yield from self._paragraph(child, within)
        elif tag in _LISTS:
            yield from self._children(child, within, ordered=tag == "ol")
        elif tag == "li":
            yield from self._item(child, within, ordered)
        elif tag == "table":
            yield from self._table(child, within)
        elif tag == "pre":
            yield self._code(child, within)
        elif tag in _CONTAINERS:
            yield from self._children(child, (*within, self._container(".".join([tag, *classes]))))
        elif tag != "hr":
            yield self._block("html", child, within)

    def _container(self, name: str) -> Container:
        self.containers += 1
        return Container(name, self.containers)

    def _code(self, node: LexborNode, within: tuple[Container, ...]) -> Block:
        text = node.text()
        if marked := _MARKS.search(text):
            at = ord(marked[0]) - _LINE
            self.last_line = self.first_line + next(
                (fence.start for fence in self.fences if fence.start < at <= (fence.end or at)), at
            )
        return Block("code", self.last_line, self._with_values(_MARKS.sub("", text)), within=within, id=_language(node))

    def _paragraph(self, node: LexborNode, within: tuple[Container, ...], kind: Kind = "paragraph") -> Iterator[Block]:
        block = self._block(kind, node, within)
        if block.pictures and not block.text:
            block = Block("image", block.line, "", within=within, pictures=block.pictures, lines=block.lines)
        yield block

    def _item(self, node: LexborNode, within: tuple[Container, ...], ordered: bool) -> Iterator[Block]:
        """An item's own words, then the lists and paragraphs inside of it."""
        if any(child.tag == "p" for child in node.iter()):
            first: tuple[Kind] = ("item",)
            kinds = iter(first)
            for child in node.iter(include_text=True):
                if child.tag == "p":
                    yield self._block(next(kinds, "paragraph"), child, within, ordered=ordered)
                else:
                    yield from self._child(child, within)
            return
        yield self._block("item", node, within, ordered=ordered)
        for child in node.iter():
            if child.tag in _NOT_OWN:
                yield from self._child(child, within)

    def _table(self, node: LexborNode, within: tuple[Container, ...]) -> Iterator[Block]:
        number, self.tables = self.tables, self.tables + 1
        for row, line in enumerate(node.css("tr")):
            if marked := _MARKS.search(line.text()):  # only one cell of a row holds its mark
                self.last_line = self.first_line + ord(marked[0]) - _LINE
            for column, cell in enumerate(line.css("th, td")):
                yield self._block("cell", cell, within, table=(number, row, column))

    def _block(self, kind: Kind, node: LexborNode, within: tuple[Container, ...], **more: Any) -> Block:
        collected = _Text()
        self._collect(node, collected, top=True)
        text, lines, marks, cited_at = _without_marks(
            self._with_values(" ".join("".join(collected.parts).split())), self.first_line
        )
        line = lines[0][1] if lines else self.last_line
        self.last_line = max(self.last_line, lines[-1][1] if lines else line)
        cites = tuple(
            (lines[at][1] if at >= 0 else line, source) for at, source in zip(marks["cites"], collected.cites, strict=True)
        )
        links = self._links(collected.links, marks["links"], lines, line)
        pictures = self._links(collected.pictures, marks["pictures"], lines, line)
        own = Block(kind, line, text, within=within, cites=cites, links=links, pictures=pictures, **more)
        return replace(own, lines=lines, cited_at=cited_at)

    def _with_values(self, text: str) -> str:
        return _VALUES.sub(lambda match: self.values[ord(match[0]) - _VALUE], text)

    def _links(
        self, found: list[tuple[str, str]], at: list[int], lines: tuple[tuple[int, int], ...], line: int
    ) -> tuple[Link, ...]:
        return tuple(
            Link(
                lines[where][1] if where >= 0 else line, _MARKS.sub("", target).strip(), self._with_values(_MARKS.sub("", words))
            )
            for where, (target, words) in zip(at, found, strict=True)
        )

    def _collect(self, node: LexborNode, into: _Text, top: bool = False) -> None:
        """The words below one element. Citations, links and pictures leave a sign in the text that tells their line."""
        if node.is_text_node and top:
            into.parts.append(node.text_content or "")
            return
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if child.is_text_node:
                into.parts.append(child.text_content or "")
            elif tag == "sup" and (reference := child.css_first("a.footnote-ref")):
                into.cites.append((reference.attributes.get("href") or "").removeprefix("#fn:"))
                into.parts.append(_SIGNS["cites"])
            elif tag == "img":
                into.pictures.append((child.attributes.get("src") or "", child.attributes.get("alt") or ""))
                into.parts.append(_SIGNS["pictures"])
            elif tag == "br":
                into.parts.append(" ")
            elif child.is_element_node and not (top and tag in _NOT_OWN):
                if tag == "a":
                    into.links.append((child.attributes.get("href") or "", " ".join(child.text().split())))
                    into.parts.append(_SIGNS["links"])
                self._collect(child, into)


def _without_marks(text: str, first_line: int) -> tuple[str, tuple[tuple[int, int], ...], dict[str, list[int]], tuple[int, ...]]:
    """The words alone; where each line begins in them; for each sign the index of the line that it stands in; and the offset in
    the words at which each citation stands."""
    words: list[str] = []
    length = 0
    lines: list[tuple[int, int]] = []
    signs: dict[str, list[int]] = {name: [] for name in _SIGNS}
    cited_at: list[int] = []
    names = {sign: name for name, sign in _SIGNS.items()}
    for character in text:
        if _LINE <= ord(character) < _VALUE:
            lines.append((length, first_line + ord(character) - _LINE))
        elif character in names:
            signs[names[character]].append(len(lines) - 1)
            if names[character] == "cites":
                cited_at.append(length)
        elif character != " " or (words and words[-1] != " "):
            words.append(character)
            length += 1
    while words and words[-1] == " ":
        words.pop()
    return "".join(words), tuple(lines), signs, tuple(cited_at)


def _language(node: LexborNode) -> str:
    """What a fence says of itself: ```` ```icon-array ```` is `icon-array`."""
    code = node.css_first("code")
    classes = (code.attributes.get("class") or "").split() if code else []
    return next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
