"""Finds the line of a finished file where something is written.

The parser that reads the pages keeps no lines, and only files with faults need them: those are searched once more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

# A comment, or a tag up to its end. What is never closed goes on to the end of the file, as in the HTML standard; so each
# character is looked at once. https://html.spec.whatwg.org/multipage/parsing.html#tokenization
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(?P<tag>[a-z][^\s/>]*) (?P<rest>(?: [^"'>]++ | "[^"]*(?:"|\Z) | '[^']*(?:'|\Z) )*+) (?:>|\Z)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'>/=]+) (?: \s*=\s* (?: "(?P<double>[^"]*) | '(?P<single>[^']*) | (?P<bare>[^\s"'>]+) ) )?""", re.VERBOSE
)
# In these, tags are text.
_RAW = ("script", "style", "textarea", "title")
# What may stand around a word for it to be whole: quotation marks, brackets, commas, the = of an attribute, whitespace.
_EDGES = frozenset("\"'(),<>=;| \t\n")


class _Written(NamedTuple):
    """One value of an attribute, and where its tag and itself begin (in characters from the start of the file)."""

    tag: str
    attribute: str
    start: int
    offset: int


class Places:
    """The text of one file, in which lines are found."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._values: dict[str, list[_Written]] = defaultdict(list)
        for written, value in _attributes(text):
            self._values[value].append(written)

    def line(self, written: str, where: str = "", nth: int = 1) -> int:
        """The line, from 1, of the nth place where `written` stands; 1 if it stands nowhere.

        `where` says what to prefer: `a href` that attribute of that element, `id` that attribute of any, `link canonical` an
        element that has this word too. After attributes come the words as they are, whole before parts of longer ones.
        """
        tag, _, detail = where.partition(" ") if " " in where else ("", "", where)
        values = self._values.get(written, [])
        exact = [value for value in values if value.attribute == detail and tag in ("", value.tag)]
        of_element = [value for value in values if value.tag == tag]
        described = {value.start for value in self._values.get(detail.rpartition("=")[2], ())}
        alike = [value for value in of_element if value.start in described]
        for found in (exact, alike, of_element, values if written else []):
            if len(found) >= nth:
                return self._line_at(found[nth - 1].offset)
        offset = self._find(written) if written else -1
        return self._line_at(offset) if offset >= 0 else 1

    def _line_at(self, offset: int) -> int:
        return bisect_left(self._ends, offset) + 1

    def _find(self, written: str) -> int:
        """Where the words stand in the text, as they are or escaped as HTML and XML have it; -1 if nowhere."""
        spellings = dict.fromkeys((written, escape(written, quote=False), escape(written)))
        whole = (_find_whole(self._text, spelling) for spelling in spellings)
        parts = (self._text.find(spelling) for spelling in spellings)
        return next((offset for found in (whole, parts) for offset in found if offset >= 0), -1)


def _find_whole(text: str, word: str) -> int:
    """Where a word first stands that is not part of a longer one; -1 if nowhere."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if (start == 0 or text[start - 1] in _EDGES) and (end == len(text) or text[end] in _EDGES):
            return start
        start = text.find(word, end)
    return -1


def _attributes(text: str) -> Iterator[tuple[_Written, str]]:
    """Every attribute with its value, and again with each word of it, because many values are lists."""
    position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        tag = (match["tag"] or "").lower()
        for attribute in _ATTRIBUTE.finditer(text, *match.span("rest")) if tag else ():
            group = attribute.lastgroup or "name"
            value = unescape(attribute[group]) if group != "name" else ""
            written = _Written(tag, attribute["name"].lower(), match.start(), attribute.start())
            yield written, value
            if value != value.strip() or " " in value or "\n" in value:
                yield from ((written, word.rstrip(",")) for word in value.split())
        if tag in _RAW:
            end = re.compile(f"</{tag}", re.IGNORECASE).search(text, position)
            position = end.end() if end else len(text)
