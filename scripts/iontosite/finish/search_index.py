"""What the search page looks through: what each page is called, its headings, and which pages have which word.

The words stand once, with the pages that have them beside, and not page by page: that is smaller, and a browser has fewer
words to take the endings off before the first answer (docs/assets/find.js).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.search_words import SearchWords

_WORD = re.compile(r"[^\W_][\w-]*")
_NOT_TEXT = ".sources, .review, .on-this-page, .crumbs, .to-top, .cites"
# Lists of everything match every word; the pages that they list answer better. They are found by what they are called.
_LISTS = frozenset({"sources/", "connect/", "clinics/permalinks/", "about/yardsticks/"})
# For clinics, and for those who speak for others: behind the pages for patients, where both have what was typed.
_FOR_OTHERS = ("clinics/", "questions/for-interpreters/", "questions/front-desk-and-pharmacy/")
_NOT_SEARCHED = frozenset({"clinics/review/"})  # for committees, who are sent there: it holds a word of every page
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def write_search_index(content: Content, site: Path) -> None:
    """Write `search/index.js` for each language: a script and not JSON, so that it loads from a disk too. Raises ValueError
    where a page's file has no article, so that no page is searched in vain."""
    for edition in content.editions:
        words = content.search_words.get(edition.code, SearchWords())
        data = json.dumps(_index(edition, words, site / edition.language.path), ensure_ascii=False, separators=(",", ":"))
        target = site / edition.language.path / "search" / "index.js"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"self.searchIndex={data};\n", encoding="utf-8")


def _index(edition: Edition, words: SearchWords, folder: Path) -> dict[str, Any]:
    """Everything that the search of one language needs."""
    strings, entries = edition.strings, []
    where: dict[str, list[int]] = defaultdict(list)
    empty = {_folded(word) for word in strings.stop_words}
    for number, page in enumerate(page for page in edition.pages if page.url not in _NOT_SEARCHED):
        article = _article(page, folder)
        entries.append(_entry(page, article))
        if page.url not in _LISTS:
            for word in _words(article) - empty:
                where[word].append(number)
    spelled = sorted(where)
    return {
        "language": {
            "stop": strings.stop_words,
            "topic": strings.topic_words,
            "stems": words.model_dump(include={"sounds", "whole", "rounds"}),
            "asking": words.asking,
            "same": words.same,
        },
        "pages": entries,
        "words": " ".join(spelled),
        "where": " ".join(_steps(where[word]) for word in spelled),
    }


def _article(page: Page, folder: Path) -> LexborNode:
    """The text of a page, without what stands on every page."""
    article = LexborHTMLParser((folder / page.url / "index.html").read_text(encoding="utf-8")).css_first("article")
    if article is None:
        raise ValueError(f"{page.name}: the builder wrote no article")
    for node in article.css(_NOT_TEXT):
        node.decompose()
    return article


def _entry(page: Page, article: LexborNode) -> dict[str, Any]:
    """What is shown of one page, and what it is called."""
    return {
        "url": page.url,
        "title": page.front.title,
        "description": page.front.description,
        "aliases": list(page.front.aliases),
        "headings": [] if page.url in _LISTS else [_text(node) for node in article.css("h2, h3")],
        "staff": page.url.startswith(_FOR_OTHERS),
    }


def _words(article: LexborNode) -> set[str]:
    """Each word of a page once; a word with a hyphen whole and in its parts ("x-ray": xray, x, ray)."""
    found: set[str] = set()
    for word in _WORD.findall(_folded(_text(article))):
        found |= {word.replace("-", ""), *filter(None, word.split("-"))}
    return found


def _folded(text: str) -> str:
    """A text in small letters without accents and apostrophes, as `fold` in docs/assets/find.js: what is typed without them is
    held against these words, and endings are taken off both alike."""
    parted = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in parted if sign not in "'’" and not "\u0300" <= sign <= "\u036f")


def _steps(pages: list[int]) -> str:
    """The numbers of pages, each as its distance from the one before, in base 36: small, and alike."""
    return ",".join(_base36(number - before) for before, number in zip([0, *pages], pages, strict=False))


def _base36(number: int) -> str:
    digits = ""
    while number >= len(_DIGITS):
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return _DIGITS[number] + digits


def _text(node: LexborNode) -> str:
    """The words of an element, without the marks at which long ones may be parted."""
    return " ".join(node.text(separator=" ").replace("\u00ad", "").split())
