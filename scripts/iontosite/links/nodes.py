"""What selectolax gives of a parsed page, without its "or nothing": a page always has a root, and an element a name."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode


def nodes_of(parser: LexborHTMLParser, texts: bool = False) -> Iterator[LexborNode]:
    """Every element of a parsed page in document order, with `texts` the texts and comments too."""
    if parser.root is not None:
        yield from parser.root.traverse(include_text=texts)


def tag_of(node: LexborNode) -> str:
    """The name of an element in small letters, as the HTML standard has it; "" for what has none."""
    return node.tag or ""
