"""How far every page is from home: three taps at most, on links of the text or of the list of all pages, which stands in the
menu and at the foot of every page."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from iontosite.check.finished import FinishedPages
from iontosite.content.model import Content
from iontosite.faults import Fault

TAPS = 3
LINKS = "article a[href], .all-pages a[href]"


def check_reach(content: Content, pages: FinishedPages) -> list[Fault]:
    """A fault for each page that is farther away."""
    faults = []
    for edition in content.editions:
        reached = within_taps(pages, edition.path_of(""), TAPS)
        for page in edition.pages:
            if edition.path_of(page.url) not in reached:
                message = f"is more than {TAPS} taps away from the home page: link to it from a page that is nearer"
                faults.append(Fault(page.name, 1, message))
    return faults


def within_taps(pages: FinishedPages, start: str, taps: int, links: str = LINKS) -> set[str]:
    """The addresses that so many taps reach from the page `start`; `links` selects what can be tapped."""
    reached, edge = {start}, {start}
    for _ in range(taps):
        edge = {target for address in edge for target in _targets(pages, address, links)} - reached
        reached |= edge
    return reached


def _targets(pages: FinishedPages, address: str, links: str) -> set[str]:
    """The site's own pages that the links of one page lead to."""
    tree = pages.tree(address)
    found = (urlsplit(urljoin(address, link.attributes["href"] or "")) for link in (tree.css(links) if tree else ()))
    return {place.path for place in found if not place.netloc and not place.scheme and place.path.endswith("/")}
