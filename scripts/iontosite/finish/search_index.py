"""What the search page looks through: each page's title, headings, synonyms and the words of its text, each word once."""

from __future__ import annotations

import json
import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.content.model import Content
from iontosite.content.pages import Page

_WORD = re.compile(r"[^\W_][\w'’-]*")
_NOT_TEXT = ".sources, .review, .on-this-page, .crumbs, .to-top, .cites"
# Lists of everything match every word; the pages that they list answer better.
_LISTS = ("sources/", "clinics/permalinks/", "about/yardsticks/")


def write_search_index(content: Content, site: Path) -> None:
    """Write `search/index.js` for each language: a script and not JSON, so that it loads from a disk too."""
    for edition in content.editions:
        folder, strings = site / edition.language.path, edition.strings
        pages = [_entry(page, folder, set(strings.stop_words)) for page in edition.pages if page.url not in _LISTS]
        index = {"stopWords": strings.stop_words, "topicWords": strings.topic_words, "pages": pages}
        data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        target = folder / "search" / "index.js"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"self.searchIndex={data};\n", encoding="utf-8")


def _entry(page: Page, folder: Path, stop_words: set[str]) -> dict[str, str]:
    """What is searched of one page. Raises ValueError where its file has no article, so that no page is searched in vain."""
    article = LexborHTMLParser((folder / page.url / "index.html").read_text(encoding="utf-8")).css_first("article")
    if article is None:
        raise ValueError(f"{page.name}: the builder wrote no article")
    for node in article.css(_NOT_TEXT):
        node.decompose()
    words = {word.lower() for word in _WORD.findall(_text(article))} - stop_words
    return {
        "url": page.url,
        "title": page.front.title,
        "description": page.front.description,
        "aliases": " ; ".join(page.front.aliases),
        "headings": " ; ".join(_text(node) for node in article.css("h2, h3")),
        "words": " ".join(sorted(words)),
    }


def _text(node: LexborNode) -> str:
    """The words of an element, without the marks at which long ones may be parted."""
    return " ".join(node.text(separator=" ").replace("\u00ad", "").split())
