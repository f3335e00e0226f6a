"""What WeasyPrint 70.0 leaves out of a tagged PDF: header scope, list numbering, figure boxes in PDF units, an ID tree,
and that running heads and feet, and a table's head on its second side, are not part of the text.

PDF/UA-1 asks for them (ISO 14289-1, 7.2, 7.5, 7.6 and 7.8). This touches a private function, so the version is pinned,
and the tests hold the result against the source.
"""

from __future__ import annotations

from collections.abc import Iterator

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

if weasyprint.__version__ != "70.0":  # pragma: no cover - a pin that is broken on purpose must be seen at once
    raise ImportError("wptags.py is written for WeasyPrint 70.0: check it against this version, then change this line")

_NUMBERING = {"decimal": "Decimal", "disc": "Disc", "circle": "Circle", "square": "Square", "none": "None"}
_POINTS = 0.75  # PDF points in a CSS pixel
_build_box_tree = tags._build_box_tree


def _with_attributes(box, parent, pdf, *rest) -> Iterator[pydyf.Dictionary]:
    inner = getattr(box, "_box", box)
    element = inner.element
    if isinstance(inner, boxes.MarginBox):
        _leave_out(inner, *rest)
        return
    if inner.element_tag == "thead" and _is_repeated(inner, pdf):
        _leave_out(inner, *rest)
        return
    for node in _build_box_tree(box, parent, pdf, *rest):
        if element is not None and inner.element_tag not in ("html", "body"):
            role = node["S"]
            if "lang" in element.attrib and role != "/Span":
                node["Lang"] = pydyf.String(element.attrib["lang"])
            if role == "/TH":
                node["A"]["Scope"] = "/Row" if element.attrib.get("scope") == "row" else "/Column"
            if role == "/L" and inner.element_tag in ("ul", "ol"):
                otherwise = "Decimal" if inner.element_tag == "ol" else "Disc"
                style = _NUMBERING.get(str(inner.style["list_style_type"]), otherwise)
                node["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{style}"})
        yield node


tags._build_box_tree = _with_attributes


class _FirstHeader(dict):
    """Stands for a header cell that is printed again: whatever id it is given becomes that of the first one."""

    def __init__(self, first: pydyf.Dictionary):
        super().__init__()
        self._first = first

    def __setitem__(self, key: str, value: pydyf.String) -> None:
        value.string = self._first[key].string


def _is_repeated(head, pdf) -> bool:
    """Whether a table's head was met on an earlier page; then its cells lead to the headers there."""
    heads = pdf.__dict__.setdefault("table_heads", {})
    first = heads.setdefault(head.element, head)
    if first is head:
        return False
    for row, first_row in zip(head.children, first.children, strict=True):
        for cell, first_cell in zip(row.children, first_row.children, strict=True):
            cell.mark = _FirstHeader(first_cell.mark)
    return True


def _leave_out(left_out, page_number, nums, annotations, page_tags) -> None:
    """Keep a running head or foot, or a repeated one of a table, out of the structure tree, and note which marked content
    it is."""
    left_out.left_out = []
    for box in left_out.descendants():
        if box in page_tags:
            mcid = page_tags.pop(box)["mcid"]
            nums[mcid] = "null"  # the parent tree counts on
            left_out.left_out.append(mcid)


def _mark_artifacts(page, stream) -> None:
    """Mark a page's running heads and feet as what they are: Pagination artifacts (ISO 32000-1, table 330)."""
    kinds: dict[int, str] = {}
    for box in (*page._page_box.children, *page._page_box.descendants()):
        if hasattr(box, "left_out"):
            kind = "Footer" if getattr(box, "at_keyword", "@top").startswith("@bottom") else "Header"
            kinds |= dict.fromkeys(box.left_out, kind)
    for at, item in enumerate(stream.stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in kinds:
            stream.stream[at - 1] = "/Artifact"
            stream.stream[at] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{kinds[item['MCID']]}"})


def finish_tags(document, pdf) -> None:
    """WeasyPrint's `finisher`: figure boxes in PDF units, running feet as artifacts, the tree of table-header ids."""
    by_reference = {item.reference: item for item in pdf.objects if item.number is not None}
    for reference, page in zip(pdf.page_references, document.pages, strict=True):
        _mark_artifacts(page, by_reference[by_reference[reference]["Contents"]])
    pages = dict(zip(pdf.page_references, document.pages, strict=True))
    headers, root = [], None
    for item in pdf.objects:
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("Type") == "/StructTreeRoot":
            root = item
        if item.get("S") == "/Figure" and "A" in item:
            height = pages[item["Pg"]].height
            left, top, right, bottom = item["A"]["BBox"]
            box = (left, height - bottom, right, height - top)
            item["A"]["BBox"] = pydyf.Array([round(side * _POINTS, 2) for side in box])
        if item.get("S") == "/TH" and "ID" in item:
            headers.append((item["ID"].string, item))
    if root is not None and headers:
        names = pydyf.Array()
        for name, item in sorted(headers, key=lambda pair: pair[0]):
            names.append(pydyf.String(name))
            names.append(item.reference)
        root["IDTree"] = pydyf.Dictionary({"Names": names})
