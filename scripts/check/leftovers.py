"""Markdown that reached the reader: marks that mean something to a builder and nothing in a finished page."""
from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

MARKS = {
    "](": "a link or an image",
    "][": "a link by reference, or a citation",
    "[^": "a footnote",
    "!!!": "a note box",
    "===": "a tab",
    "--8<--": "an included file",
    "///": "a block",
    "{{": "a template's value",
    "}}": "a template's value",
    "{#": "a heading's id, or a template's comment",
    "<!-- insert": "an insert",
}

# Where such marks are meant to be seen, or are another language.
_NOT_TEXT = {"code", "pre", "script", "style", "kbd", "samp", "textarea"}
# Attributes that are read out or shown.
_SPOKEN = ("alt", "title", "aria-label", "aria-description", "placeholder")


def leftover_marks(html: str, parser: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Each mark that is left in visible text, in a comment, or in an attribute that people are told, with the words
    around it."""
    # Walking every text is slow, and pages without any of the marks are the rule. "<" is written &lt; in text.
    readable = html.replace("&lt;", "<")
    if not any(mark in readable for mark in MARKS):
        return
    for node in parser.root.traverse(include_text=True):
        for text in _texts(node):
            for mark in MARKS:
                if mark in text and not _stands_in_code(node):
                    yield mark, _around(text, mark)


def _texts(node: LexborNode) -> Iterator[str]:
    if node.is_text_node:
        yield node.text_content or ""
    elif node.is_comment_node:
        # Only an insert is written as a comment; what else stands in comments is nobody's text.
        comment = f"<!-- {(node.comment_content or '').strip()} -->"
        if comment.startswith("<!-- insert"):
            yield comment
    elif node.is_element_node:
        attributes = node.attributes
        yield from (attributes[name] for name in _SPOKEN if attributes.get(name))
        if node.tag == "meta" and "description" in (attributes.get("name") or attributes.get("property") or ""):
            yield attributes.get("content") or ""


def _stands_in_code(node: LexborNode) -> bool:
    while node is not None:
        if node.tag in _NOT_TEXT:
            return True
        node = node.parent
    return False


def _around(text: str, mark: str) -> str:
    """The mark with about 20 characters on both sides, on one line."""
    start = text.index(mark)
    return " ".join(text[max(0, start - 20) : start + len(mark) + 20].split())
