"""What a page types into a table though `docs/findings.yml` has it: a table sets studies and answers side by side, and what is
typed there drifts from the pages that take it from the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iontosite.content.markdown import Block
from iontosite.content.pages import Page
from iontosite.faults import Fault

_COUNTED = re.compile(r"(?<![\d,.])\d+ (?:out of|of|de(?: cada)?) \d+\b")  # "25 of 35", "25 de cada 35"


def check_by_hand(page: Page) -> list[Fault]:
    """A fault for each count that a page types into a table beside a citation, where a finding says who was counted, by whom and
    when; and for each word of certainty in a cell of its own, which follows from how the studies were made."""
    return [
        Fault(page.name, line, message)
        for block in page.own_blocks
        if block.kind == "cell"
        for line, message in [*_counts(block), *_certainty(page, block)]
    ]


def _counts(block: Block) -> Iterator[tuple[int, str]]:
    advice = "put the result into docs/findings.yml, and write {{ count:its-id }} in its place"
    for match in _COUNTED.finditer(block.text if block.cites else ""):
        yield block.line_at(match.start()), f'the table counts "{match[0]}" by hand: {advice}'


def _certainty(page: Page, block: Block) -> Iterator[tuple[int, str]]:
    words = page.findings.sure.get(page.language)
    said = block.text.strip().rstrip(".").casefold()
    if words and said in {word.casefold() for word in words.words.values()}:
        advice = "write {{ sure:its-id }} with the id of the claim in docs/findings.yml"
        yield block.line, f'the table says "{block.text.strip()}" by hand: {advice}'
