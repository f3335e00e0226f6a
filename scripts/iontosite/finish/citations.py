"""Quiet citations: the marks of a paragraph, a list, a table or a box become one mark, and the list of sources a fold.

In Markdown every statement keeps its own mark, and the builder makes a footnote of each. Readers are stopped by a sign every few
words, so the finished page has one sign for all of them, at the end of the paragraph or below the list, table or box. Nobody
should meet a link in the middle of an emergency, or in the answer that a page begins with (NHS digital service manual, "Links").
Which words rest on which source is kept apart (`content/statements.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.content.model import Content
from iontosite.content.site import Strings
from iontosite.templates import fill

BOXES = frozenset({"main-message", "care", "do", "do-not"})  # none holds a mark: theirs stands below
LISTS = frozenset({"ul", "ol", "dl"})
_REFERENCE = "sup > a.footnote-ref"
Where = Literal["end", "list", "below"]


@dataclass
class Group:
    """What shares one mark: an element, where its mark goes, and the ids of the footnotes that it cites."""

    element: LexborNode
    where: Where
    cited: dict[str, None] = field(default_factory=dict)  # in order, each once


def quiet_citations(content: Content, site: Path) -> None:
    """Gather the marks of every page of `site`, and fold its sources."""
    for edition in content.editions:
        for page in edition.pages:
            path = site / edition.path_of(page.url).strip("/") / "index.html"
            html = path.read_text(encoding="utf-8")
            if "footnote-ref" in html:
                path.write_text(quiet(html, edition.strings, content.address_of(page)), encoding="utf-8")


def quiet(html: str, strings: Strings, address: str) -> str:
    """One page with its marks gathered and its sources folded, both numbered in the order in which readers meet the marks."""
    tree = LexborHTMLParser(html)
    article = tree.css_first("article")
    if article is None:
        return html
    groups = _groups(article)
    numbers = {name: number for number, name in enumerate(_in_order(groups), 1)}
    for group in groups:
        _mark(group, numbers, strings)
    _fold(article, list(numbers), strings, address)
    return tree.html or html


def place_of(mark: LexborNode) -> tuple[LexborNode, Where]:
    """The element that a mark speaks for, and where its mark belongs: the outermost box, table or list, else its paragraph. So
    no two of them hold parts of each other, and numbers stay in order."""
    element, node, paragraph = mark.parent, mark.parent, True
    where: Where = "end"
    while node is not None and node.tag not in ("article", "body"):
        classes = set((node.attributes.get("class") or "").split())
        if classes & BOXES or node.tag == "table":
            element, where, paragraph = node, "below", False
        elif node.tag in LISTS:
            element, where, paragraph = node, "list", False
        elif paragraph and node.tag in ("p", "figcaption", "dd", "div", "section"):
            element, paragraph = node, False
        node = node.parent
    if element is None:
        raise ValueError("a mark stands outside of every element")
    return element, where


def _groups(article: LexborNode) -> list[Group]:
    """Every group in the order of the page; the marks of the builder are taken out."""
    groups: dict[int, Group] = {}
    for reference in article.css(_REFERENCE):
        mark = reference.parent
        if mark is None:
            continue
        element, where = place_of(mark)
        group = groups.setdefault(element.mem_id, Group(element, where))
        group.cited[(reference.attributes.get("href") or "").removeprefix("#")] = None
        mark.decompose()
    return list(groups.values())


def _in_order(groups: Iterable[Group]) -> dict[str, None]:
    return dict.fromkeys(name for group in groups for name in group.cited)


def _mark(group: Group, numbers: Mapping[str, int], strings: Strings) -> None:
    """Write the mark of one group, its numbers in rising order."""
    marks = sorted((numbers[name], name) for name in group.cited)
    numerals = [str(number) for number, _ in marks]
    said = ""  # in words, where there is more than one
    if len(numerals) > 1:
        together = strings.frame["sources_last"].format(numbers=", ".join(numerals[:-1]), last=numerals[-1])
        said = strings.frame["sources_mark"].format(numbers=together)
    html = fill("cites.html.j2", marks=marks, said=said, where=group.where, frame=strings.frame).strip()
    mark = _element(html, ".cites")
    if group.where == "end":
        group.element.insert_child(" ")
        group.element.insert_child(mark)
    else:
        group.element.insert_after(mark)


def _fold(article: LexborNode, order: list[str], strings: Strings, address: str) -> None:
    """The builder's list of footnotes becomes a fold that opens without a script, by a link into it, and by a search in the page
    (HTML, 4.11.1 and 6.6: ancestor details revealing)."""
    heading, notes = article.css_first("h2#sources"), article.css_first(".footnote")
    if heading is None or notes is None:
        raise ValueError("the builder wrote no list of sources")
    for back in notes.css(".footnote-backref"):
        back.decompose()
    written = {note.attributes["id"]: note for note in notes.css("ol > li[id]")}
    _name_links(article, [written[name] for name in order], strings)
    entries = [(name, _words(written[name])) for name in order]
    del heading.attrs["id"]  # it moves into the fold: a link to it opens the list
    heading.insert_child(f" ({len(entries)})")
    html = fill("source-list.html.j2", heading=heading.html, entries=entries, frame=strings.frame, address=address)
    notes.replace_with(_element(html, ".sources"))
    heading.decompose()


def _name_links(article: LexborNode, notes: list[LexborNode], strings: Strings) -> None:
    """Each link of the list says by itself where it leads, for those who go from link to link (WCAG 2.4.9): the way to a record
    has the number of its source, and a title that another link of the page has, too, the name of who published it."""
    leads: dict[str, set[str]] = {}
    for link in article.css("a[href]"):
        leads.setdefault(link.text().strip().casefold(), set()).add(link.attributes["href"] or "")
    for number, note in enumerate(notes, 1):
        by = note.css_first(".by")
        for link in note.css(".in-full a[href]"):
            says = link.text().strip()
            if says == strings.frame["full_record"]:
                link.attrs["aria-label"] = f"{says}: {strings.frame['source_mark'].format(number=number)}"
            elif by is not None and len(leads[says.casefold()]) > 1:
                link.attrs["aria-label"] = f"{says}, {by.text().strip().rstrip('.')}"


def _words(note: LexborNode) -> str:
    """What a footnote says, without the paragraph around it."""
    paragraph = note.css_first("p")
    return ((paragraph or note).inner_html or "").strip().removesuffix("&nbsp;")  # it stood before the way back


def _element(html: str, selector: str) -> LexborNode:
    """The one element that a template wrote."""
    found = LexborHTMLParser(html).css_first(selector)
    if found is None:
        raise ValueError(f"the template wrote no {selector}")
    return found
