"""Markdown that reached the reader: marks that mean something to a builder and nothing in a finished page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.links.nodes import nodes_of

# Nobody writes these in a sentence.
MARKS = {
    "](": "a link or an image",
    "][": "a link by reference, or a citation",
    "[^": "a footnote",
    "===": "a tab",
    "--8<--": "an included file",
    "///": "a block",
    "{{": "a template's value",
    "}}": "a template's value",
    "{%": "a template's command",
    "%}": "a template's command",
    "{#": "a heading's id, or a template's comment",
    "{:": "a class or an id",
    "**": "bold words",
    "~~": "words struck out",
    "```": "code, or a chart",
    "<!-- insert": "an insert",
}
# These mean something only where a block of text begins: "Stop!!!" and "No. ## 3" are sentences.
_STARTS = ("!!!", "???", "##")
_START = re.compile(r"(?:!!!\+?|\?\?\?\+?|#{2,6})(?=[ \t]+\S)")
# In the HTML itself: after a tag, a line break or a quotation mark. Rarely met, so that few pages are walked.
_START_IN_HTML = re.compile(r"[>\n\"']\s*(?:!!!|\?\?\?|##)")

# Fences that are drawn as a chart; one that is shown as code was not.
_CHARTS = ("icon-array", "bar-chart")

# Where such marks are meant to be seen, or are another language.
_NOT_TEXT = {"code", "pre", "script", "style", "kbd", "samp", "textarea"}
# Attributes that are read out or shown.
_SPOKEN = ("alt", "title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "label", "data-label")
# What a meta element tells people: its description, its titles, the words for its picture.
_TOLD = ("description", "title", "image:alt", "site_name", "application-name")


def leftover_marks(html: str, parser: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Each mark that is left in visible text, in a comment, or in an attribute that people are told, with the words
    around it."""
    for chart in _CHARTS:
        if f"language-{chart}" in html and parser.css_first(f"code.language-{chart}, .language-{chart} code"):
            yield f"```{chart}", f"```{chart}"
    # Walking every text is slow, and pages without any of the marks are the rule. "<" is written &lt; in text.
    readable = html.replace("&lt;", "<")
    begins = any(start in html for start in _STARTS) and _START_IN_HTML.search(html)
    if not begins and not any(mark in readable for mark in MARKS):
        return
    for node in nodes_of(parser, texts=True):
        for text in _texts(node):
            found = [mark for mark in MARKS if mark in text]
            if (start := _START.match(text.lstrip())) and _begins_block(node):
                found.append(start[0])
            if found and not _stands_in_code(node):
                for mark in found:
                    yield mark, _around(text, mark)


def _begins_block(node: LexborNode) -> bool:
    """Whether nothing is said in front of a text in the same element. Attributes are texts of their own."""
    before = node.prev if node.is_text_node else None
    return before is None or before.tag == "br" or (before.is_text_node and (before.text_content or "").endswith("\n"))


def _texts(node: LexborNode) -> Iterator[str]:
    """What people read or are told of a node itself, without what stands inside of it."""
    if node.is_text_node:
        yield node.text_content or ""
    elif node.is_comment_node:
        # Only an insert is written as a comment; what else stands in comments is nobody's text.
        comment = f"<!-- {(node.comment_content or '').strip()} -->"
        if comment.startswith("<!-- insert"):
            yield comment
    elif node.is_element_node:
        attributes = node.attributes
        yield from (words for name in _SPOKEN if (words := attributes.get(name)))
        if node.tag == "meta" and (attributes.get("name") or attributes.get("property") or "").lower().endswith(_TOLD):
            yield attributes.get("content") or ""


def _stands_in_code(node: LexborNode) -> bool:
    """Whether a node is, or is inside of, an element in which marks are meant to be seen."""
    around: LexborNode | None = node
    while around is not None:
        if around.tag in _NOT_TEXT:
            return True
        around = around.parent
    return False


def _around(text: str, mark: str) -> str:
    """The mark with about 20 characters on both sides, on one line."""
    start = text.index(mark)
    return " ".join(text[max(0, start - 20) : start + len(mark) + 20].split())
