"""What the search page looks through: each page's title, headings, synonyms and the words of its text, each word once."""
from __future__ import annotations

import json
import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.content.library import Library

_WORD = re.compile(r"[^\W_][\w'’-]*")
_NOT_TEXT = ".footnote, .review, .on-this-page, .crumbs, .to-top, .footnote-ref, .text-message"
# Lists of everything match every word; the pages that they list answer better.
_LISTS = ("sources/", "clinics/permalinks/", "about/yardsticks/")


def write_search_index(library: Library, site: Path) -> None:
    """Write `search/index.js` for each language: a script and not JSON, so that it loads from a disk too."""
    for language in library.site.languages:
        folder = site / language.path
        strings = library.strings[language.code]
        pages = [
            _entry(page.url, page.front.title, page.front.description, page.front.aliases, folder, set(strings.stop_words))
            for page in library.pages_in(language.code)
            if page.url not in _LISTS
        ]
        index = {"stopWords": strings.stop_words, "topicWords": strings.topic_words, "pages": pages}
        data = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        target = folder / "search" / "index.js"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"self.searchIndex={data};\n", encoding="utf-8")


def _entry(url: str, title: str, description: str, aliases: list[str], folder: Path, stop_words: set[str]) -> dict:
    tree = LexborHTMLParser((folder / url / "index.html").read_text(encoding="utf-8"))
    article = tree.css_first("article")
    for node in article.css(_NOT_TEXT):
        node.decompose()
    headings = [_text(node) for node in article.css("h2, h3")]
    words = sorted({word.lower() for word in _WORD.findall(_text(article))} - stop_words)
    return {
        "url": url,
        "title": title,
        "description": description,
        "aliases": " ; ".join(aliases),
        "headings": " ; ".join(headings),
        "words": " ".join(words),
    }


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
