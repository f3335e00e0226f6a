"""Tables that fit a phone: each cell gets the name of its column, so that the style sheet can stack a row's cells.

Stacking with CSS takes a table's meaning away from screen readers in some browsers; explicit roles keep it (WAI-ARIA 1.2).
"""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode


def label_tables(site: Path) -> None:
    """Label the cells of every table in every page's article."""
    for path in sorted(site.rglob("index.html")):
        text = path.read_text(encoding="utf-8")
        if "<table" in text:
            path.write_text(labelled(text), encoding="utf-8")


def labelled(html: str) -> str:
    """One page with the cells of its article's tables labelled."""
    tree = LexborHTMLParser(html)
    for table in tree.css("article.page table"):
        _label(table)
    return tree.html or ""


def _label(table: LexborNode) -> None:
    heads = table.css("thead th")
    table.attrs["role"] = "table"
    for group in table.css("thead, tbody"):
        group.attrs["role"] = "rowgroup"
    for row in table.css("tr"):
        row.attrs["role"] = "row"
    for head in heads:
        head.attrs["role"] = "columnheader"
        head.attrs["scope"] = "col"
    names = [" ".join(head.text().split()) for head in heads]
    for row in table.css("tbody tr"):
        for name, cell in zip(names, row.css("td"), strict=False):
            cell.attrs["role"] = "cell"
            cell.attrs["data-label"] = name
