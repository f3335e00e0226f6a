"""Citations of the finished pages: quiet, complete and in order, so that each statement still leads to what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from iontosite.check.finished import FinishedPages
from iontosite.content.model import Content
from iontosite.content.statements import cited_on
from iontosite.faults import Fault
from iontosite.finish.citations import BOXES, LISTS

LIST = ".sources > details > ol > li[id]"
MARK = ".cites a[href]"


def check_citations(content: Content, pages: FinishedPages) -> list[Fault]:
    """A fault for each way in which the marks and the list of a page differ from what its Markdown cites."""
    faults = []
    for edition in content.editions:
        for page in edition.pages:
            article = pages.article(edition.path_of(page.url))
            if article is not None:
                faults += [Fault(page.name, 1, problem) for problem in problems(article, cited_on(page, content))]
    return faults


def problems(article: LexborNode, cited: Iterable[str]) -> Iterator[str]:
    """What is wrong with the citations of one page, whose Markdown cites these sources."""
    listed = [node.attributes["id"] or "" for node in article.css(LIST)]
    wanted = [f"fn:{source}" for source in cited]
    yield from (f"cites {_source(name)}, which its list of sources lacks" for name in wanted if name not in listed)
    yield from (f"lists {_source(name)}, which nothing on it cites" for name in listed if name not in wanted)
    yield from _wrong_marks(article, listed)
    yield from _loud_marks(article)


def _wrong_marks(article: LexborNode, listed: list[str]) -> Iterator[str]:
    """Marks that lead to no entry or show another number than it has; entries without a mark; numbers out of order."""
    met: list[str] = []
    for mark in article.css(MARK):
        name = (mark.attributes["href"] or "").removeprefix("#")
        shown = "".join(character for character in mark.text() if character.isdigit())
        if name not in listed:
            yield f"a mark {shown} leads to {name}, which is no entry of its list of sources"
        elif shown != str(listed.index(name) + 1):
            yield f"a mark says {shown} and leads to source {listed.index(name) + 1}"
        if name in listed and name not in met:
            met.append(name)
    yield from (f"no mark leads to {_source(name)}, which it lists" for name in listed if name not in met)
    if met != [name for name in listed if name in met]:
        yield "its sources are not numbered in the order in which their marks stand"


def _loud_marks(article: LexborNode) -> Iterator[str]:
    """Marks where none may stand, and more than one where one is enough (`finish/citations.py` tells why)."""
    if article.css_first(".footnote-ref, .footnote"):
        yield "a footnote of the builder is left: its mark was not gathered"
    seen: set[int] = set()
    for mark in article.css(".cites"):
        around = list(_around(mark))
        classes = {name for node in around for name in (node.attributes.get("class") or "").split()}
        tags = {node.tag or "" for node in around}
        if found := classes & BOXES:
            yield f"a mark stands inside a box ({', '.join(sorted(found))}): it belongs below"
        if found := tags & (LISTS | {"table"}):
            yield f"a mark stands inside a list or table ({', '.join(sorted(found))}): it belongs below"
        if mark.parent is not None and mark.tag == "span":
            if mark.parent.mem_id in seen:
                yield "a paragraph has two marks: one is enough"
            seen.add(mark.parent.mem_id)
        if mark.tag == "p" and _next_element_is_mark(mark):
            yield "two marks stand below one list, table or box: one is enough"


def _next_element_is_mark(mark: LexborNode) -> bool:
    node = mark.next
    while node is not None and not node.is_element_node:
        node = node.next
    return node is not None and "cites" in (node.attributes.get("class") or "").split()


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, from the inside, up to the article."""
    parent = node.parent
    while parent is not None and parent.tag != "article":
        yield parent
        parent = parent.parent


def _source(name: str) -> str:
    return f'"{name.removeprefix("fn:")}"'
