"""Draws statements with a source at random, for tracing by hand: does each say what its source's record says, and no more?

A statement is a sentence of a page that a citation stands behind: its own, or the next one in its paragraph, item or cell. Rules
and findings that pages include stand in data files of their own, and are left out. Same seed and same content, same sample.

Three samples were traced so far, the last with seed 20261122 (40 statements: 29 said what their records say, 7 were mended, and 4
were no statement, such as "Ask your plan first."). A new one needs a seed of its own.

Usage, from the project's root:

    PYTHONPATH=scripts .venv/bin/python tests/sample_statements.py                    # 40 statements
    PYTHONPATH=scripts .venv/bin/python tests/sample_statements.py --count 20 --seed 7
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from iontosite.content.load import load_content
from iontosite.content.markdown import CITATION, read_markdown
from iontosite.content.pages import Page
from iontosite.content.rules.reading import sentences
from iontosite.project import DOCS

# The reader of Markdown takes citations out of the words, so here each becomes a word that stays, before the end of its sentence.
_CITED = re.compile(rf"([.!?…][\"”’)*]*)?((?:{CITATION.pattern})+)")
_KEPT = re.compile(r"\s*⟦([^⟧]+)⟧")


@dataclass(frozen=True, order=True)
class Statement:
    """A sentence, where it stands, and the ids of the sources that stand behind it."""

    page: str
    line: int
    text: str
    sources: tuple[str, ...]


def statements(page: Page) -> Iterator[Statement]:
    """Every statement of a page, once for each paragraph, item or cell that it stands in."""
    for block in read_markdown(_CITED.sub(_kept, page.written), page.first_line):
        if block.kind in ("code", "comment"):
            continue
        behind: tuple[str, ...] = ()
        for sentence in reversed(sentences(block.text)):
            behind = tuple(_KEPT.findall(sentence)) or behind
            if behind:
                yield Statement(page.name, block.line, _KEPT.sub("", sentence), behind)


def _kept(match: re.Match[str]) -> str:
    return "".join(f" ⟦{source}⟧" for source in CITATION.findall(match[2])) + (match[1] or "")


def main() -> None:
    """Print a sample, each statement with the finding of every source behind it."""
    parser = argparse.ArgumentParser(description="Draw statements with a source at random, for tracing by hand.")
    parser.add_argument("--count", type=int, default=40, help="how many statements (default: 40)")
    parser.add_argument("--seed", type=int, default=20261121, help="a number that fixes the sample (default: 20261121)")
    parser.add_argument("--language", default="en", help="the edition to draw from (default: en)")
    asked = parser.parse_args()
    content = load_content(DOCS)
    every = sorted(statement for page in content.edition(asked.language).pages for statement in statements(page))
    drawn = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    print(f"{len(drawn)} of {len(every)} statements, seed {asked.seed}")
    for number, statement in enumerate(sorted(drawn), 1):
        print(f"\n{number}. {statement.page}:{statement.line}\n   {statement.text}")
        for source in statement.sources:
            print(
                textwrap.fill(
                    f"{source}: {content.sources[source].finding}", 110, initial_indent="   - ", subsequent_indent="     "
                )
            )


if __name__ == "__main__":
    main()
