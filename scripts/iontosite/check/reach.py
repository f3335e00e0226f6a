"""How far every page is from home: three taps at most, on links of the text or of the list of all pages, which stands in the
menu and at the foot of every page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from iontosite.check.finished import FinishedPages
from iontosite.content.model import Content
from iontosite.faults import Fault

TAPS = 3
LINKS = "article a[href], .all-pages a[href]"


def check_reach(content: Content, pages: FinishedPages) -> list[Fault]:
    """A fault for each page that is farther away, or that the finished site lacks."""
    faults = []
    for edition in content.editions:
        wanted = {edition.path_of(page.url): page for page in edition.pages}
        reached = within_taps(pages, edition.path_of(""), TAPS, wanted)
        for address in wanted.keys() - reached:
            advice = "link to it from a page that is nearer, or enter it into a group of `nav:`"
            message = f"is more than {TAPS} taps away from the home page: {advice}"
            if pages.tree(address) is None:
                message = "is not in the finished site yet: run `make site`"
            faults.append(Fault(wanted[address].name, 1, message))
    return faults


def within_taps(pages: FinishedPages, start: str, taps: int, wanted: Iterable[str] = (), links: str = LINKS) -> set[str]:
    """The addresses that so many taps reach from the page `start`, or fewer where all that are `wanted` are reached before;
    `links` selects what can be tapped."""
    reached, edge, enough = {start}, {start}, set(wanted)
    for _ in range(taps):
        edge = {target for address in edge for target in _targets(pages, address, links)} - reached
        reached |= edge
        if enough and enough <= reached:
            break
    return reached


def _targets(pages: FinishedPages, address: str, links: str) -> set[str]:
    """The site's own pages that the links of one page lead to."""
    tree = pages.tree(address)
    written = {link.attributes["href"] or "" for link in tree.css(links)} if tree else set()
    inside = (link.partition("#")[0] for link in written if ":" not in link)
    return {posixpath.normpath(posixpath.join(address, link)).rstrip("/") + "/" for link in inside if link.endswith(("/", ".."))}
