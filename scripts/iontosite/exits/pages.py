"""What readers and other sites hold on to in built pages, and where two builds of the same pages differ in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST = 3  # differences that are shown of each kind on a page
_PLACES = {"a": "href", "area": "href", "form": "action", "img": "src", "link": "href", "script": "src", "source": "src"}


@dataclass(frozen=True)
class Seen:
    """One page: its title, its headings with level and id, every other id, its words in their order, what stands in for pictures
    and names controls, and where each of its links and files leads, seen from the top of the site."""

    title: tuple[str, ...]
    headings: tuple[str, ...]
    ids: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    links: tuple[str, ...]


def read_page(html: str, address: str) -> Seen:
    """A page's HTML as readers meet it; `address` is its own, from the top of the site."""
    tree = LexborHTMLParser(html)
    nodes = [node for node in tree.css("*") if node.tag]
    return Seen(
        title=tuple(node.text(strip=True) for node in tree.css("head > title")),
        headings=tuple(f"{node.tag} #{node.id or ''} {_words(node)}" for node in tree.css("h1, h2, h3, h4, h5, h6")),
        ids=tuple(str(node.id) for node in nodes if node.id),
        words=tuple(word for part in tree.css("body") for word in _words(part).split()),
        names=tuple(
            f"{name}: {node.attributes[name]}" for node in nodes for name in ("alt", "aria-label") if node.attributes.get(name)
        ),
        links=tuple(_led(str(node.attributes[_PLACES[node.tag or ""]]), address) for node in nodes if _leads(node)),
    )


def _words(node: LexborNode) -> str:
    """The words below an element, parted by single spaces however the template was indented, without those of scripts."""
    said = [each.text(deep=False) for each in node.traverse(include_text=True) if each.tag == "-text" and _is_read(each)]
    return " ".join(" ".join(said).split())


def _is_read(text: LexborNode) -> bool:
    return text.parent is not None and text.parent.tag not in ("script", "style", "template")


def _leads(node: LexborNode) -> bool:
    return node.attributes.get(_PLACES.get(node.tag or "", "")) is not None


def _led(link: str, address: str) -> str:
    """Where a link leads; another site's address, or a telephone's, as it stands."""
    return link if urlsplit(link).scheme else urljoin(f"/{address}", link)


def read_pages(folder: Path) -> dict[str, Seen]:
    """Every page below a folder by its address, `index.html` left off, as people write it."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix().removesuffix("index.html")
        found[address] = read_page(path.read_text(encoding="utf-8"), address)
    return found


def differences(before: dict[str, Seen], after: dict[str, Seen]) -> list[str]:
    """Each page that is lost or new, and what differs on each other one, as `/address/: what: how it was → how it is`."""
    told: list[str] = []
    for address in sorted(before.keys() | after.keys()):
        if address not in after:
            told.append(f"/{address}: the page is lost")
        elif address not in before:
            told.append(f"/{address}: a page that was not there")
        else:
            told += [f"/{address}: {line}" for line in _page_differences(before[address], after[address])]
    return told


def _page_differences(before: Seen, after: Seen) -> Iterator[str]:
    for field in fields(Seen):
        changes = list(_changes(getattr(before, field.name), getattr(after, field.name)))
        yield from (f"{field.name}: {change}" for change in changes[:MOST])
        if len(changes) > MOST:
            yield f"{field.name}: {len(changes) - MOST} more"


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    if before == after:
        return
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield f"“{' '.join(before[start:end])[:200]}” → “{' '.join(after[new_start:new_end])[:200]}”"
