"""The pages of a finished tree as readers see them. What was parsed last is kept."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_PARSED = 200  # pages that are kept parsed: half a megabyte each, so that thousands of pages need no thousands of megabytes


class FinishedPages:
    """Reads pages of the tree `site` by their address from its top: `/after/`."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.tree = lru_cache(maxsize=MOST_PARSED)(self._tree)
        self.words = cache(self._words)

    def article(self, address: str) -> LexborNode | None:
        """The article of a page; None where there is no such page, or it has none."""
        tree = self.tree(address)
        return tree.css_first("article") if tree else None

    def _tree(self, address: str) -> LexborHTMLParser | None:
        path = self.site / address.strip("/") / "index.html"
        return LexborHTMLParser(path.read_text(encoding="utf-8")) if path.is_file() else None

    def _words(self, address: str) -> str:
        """Everything that a page's article says, pictures' words too, without the numbers of its sources."""
        path = self.site / address.strip("/") / "index.html"
        if not path.is_file():
            return ""
        article = LexborHTMLParser(path.read_text(encoding="utf-8")).css_first("article")
        if article is None:
            return ""
        for node in article.css(".cites, .fill-in, .visually-hidden"):
            node.decompose()
        alts = " ".join(image.attributes.get("alt") or "" for image in article.css("img"))
        return plain(f"{article.text(separator=' ')} {alts}")


def plain(text: str) -> str:
    """Letters and digits alone: quotation marks, line breaks and full stops differ between a page and a quotation of it."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
