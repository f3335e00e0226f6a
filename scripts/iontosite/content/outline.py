"""Where fences and boxes begin and end in the lines of a page: what staging rewrites, and what a slip leaves open.

A fence is ```` ```icon-array ```` to ```` ``` ````; a box is `/// html | div.do` to `///`. A box that stands in another one
has fewer slashes than that one, because a closing line ends the box with just as many (pymdown-extensions, Blocks).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*$")
_BRACKETS = re.compile(r"[\[\]()<>]")
_OPENING = {"]": "[", ")": "(", ">": "<"}
MOST_OPEN = 50
MOST_CITED = 200  # in one paragraph, list or table
_BOX = re.compile(r"(/{3,})[ \t]*(\S.*?)?[ \t]*$")


@dataclass(frozen=True)
class Fence:
    """A fenced block: the indices of its first and last line, and what its first line says of it. `end` is None where nothing
    closes it."""

    start: int
    end: int | None
    info: str
    mark: str


@dataclass(frozen=True)
class Box:
    """A box: the indices of its first and last line, the kind of block (`html`, `caption`) and its element with classes."""

    start: int
    end: int
    kind: str
    name: str

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of its element."""
        return tuple(self.name.split(".")[1:])


@dataclass(frozen=True)
class Slip:
    """A box that was not closed, or crosses another one: the index of the line to look at, and what to do."""

    line: int
    message: str


def fences(lines: Sequence[str]) -> list[Fence]:
    """Every fenced block, in order."""
    found: list[Fence] = []
    opened: tuple[int, str, str] | None = None
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if not match:
            continue
        if opened is None:
            opened = (index, match[1], match[2])
        elif match[1] == opened[1] and not match[2]:
            found.append(Fence(opened[0], index, opened[2], opened[1]))
            opened = None
    if opened:
        found.append(Fence(opened[0], None, opened[2], opened[1]))
    return found


def outside_fences(lines: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Each line that stands in no fence, with its index."""
    fenced: set[int] = set()
    for fence in fences(lines):
        fenced.update(range(fence.start, len(lines) if fence.end is None else fence.end + 1))
    return ((index, line) for index, line in enumerate(lines) if index not in fenced)


def boxes(lines: Sequence[str]) -> tuple[list[Box], list[Slip]]:
    """Every box that is closed, in the order of their first lines, and every slip."""
    found: list[Box] = []
    slips: list[Slip] = []
    stack: list[tuple[int, str, str]] = []  # line, slashes, what the line says
    for index, line in outside_fences(lines):
        match = _BOX.fullmatch(line)
        if not match:
            continue
        slashes, says = match[1], match[2]
        if says:
            if stack and len(slashes) >= len(stack[-1][1]):
                slips.append(_not_closed(stack.pop(), index))
            stack.append((index, slashes, says))
        elif not stack:
            slips.append(Slip(index, f"{slashes} closes a block that nothing opened: take it out, or open the block above"))
        elif any(slashes == opened[1] for opened in stack):
            while stack[-1][1] != slashes:
                slips.append(_not_closed(stack.pop(), index))
            start, _, opened_as = stack.pop()
            kind, _, name = opened_as.partition("|")
            found.append(Box(start, index, kind.strip(), name.strip()))
        else:
            start, opening, _ = stack[-1]
            slips.append(Slip(index, f"{slashes} does not close the block that {opening} opened: write as many / as there"))
    slips += [_not_closed(opened, None) for opened in stack]
    return sorted(found, key=lambda box: box.start), slips


def tangle(lines: Sequence[str]) -> int | None:
    """The index of the first line at which one paragraph holds more open brackets than anybody means. The parser looks for the
    other end of each to the end of the paragraph, which takes minutes where there are thousands."""
    opened: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if not line.strip():
            opened.clear()
        for bracket in _BRACKETS.findall(line):
            opening = _OPENING.get(bracket, bracket)
            opened[opening] = max(0, opened[opening] + (1 if opening == bracket else -1))
            if opened[opening] > MOST_OPEN:
                return index
    return None


def crowd(lines: Sequence[str]) -> int | None:
    """The index of the first line at which one paragraph holds more citations than anybody means: the parser takes minutes for
    thousands."""
    cited = 0
    for index, line in enumerate(lines):
        cited = cited + line.count("[^") if line.strip() else 0
        if cited > MOST_CITED:
            return index
    return None


def _not_closed(opened: tuple[int, str, str], before: int | None) -> Slip:
    start, slashes, says = opened
    if before is None:
        return Slip(start, f"{slashes} {says}: is never closed, and swallows the rest of the page: end it with {slashes}")
    advice = f"end it with {slashes} first; a block that stands inside another has fewer / than that one"
    return Slip(start, f"{slashes} {says}: is still open where another block begins or ends: {advice}")
