"""Everything that is checked on the finished tree, in one call: what it passes is what visitors get."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from iontosite.check.catalogue import check_catalogue
from iontosite.check.citations import check_citations
from iontosite.check.finished import FinishedPages
from iontosite.check.ledger import check_ledger, not_yet_promised
from iontosite.check.paper import check_paper
from iontosite.check.quotes import check_quotes
from iontosite.check.reach import check_reach
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.faults import ContentError, Fault, shown
from iontosite.links.check import check_links


def check_site(content: Content, site: Path) -> list[str]:
    """Check the tree; raises ContentError with every fault. Returns notes that do not stop a build."""
    pages = FinishedPages(site)
    faults = faults_for_writers(check_links(site, content.site.site_url).faults, content, site)
    faults += check_ledger(site, content.ledger, content.files.get("permalinks.yml"))
    faults += check_catalogue(site, content.site.site_url)
    faults += check_citations(content, pages)
    faults += check_paper(content, pages)
    faults += check_quotes(content, pages)
    faults += check_reach(content, pages)
    if faults:
        raise ContentError(faults)
    new = not_yet_promised(site, content.ledger)
    return [f"{len(new)} new address(es) are not promised yet: run `make permalinks`"] if new else []


def faults_for_writers(found: list[Fault], content: Content, site: Path) -> list[Fault]:
    """The faults at the Markdown that each page comes from, at the line where the words stand; what no writer wrote keeps
    its file in the finished tree."""
    written = {
        f"{edition.path_of(page.url)}index.html".lstrip("/"): (page, edition)
        for edition in content.editions
        for page in edition.pages
    }
    faults = []
    for fault in found:
        if fault.path in written:
            page, edition = written[fault.path]
            faults.append(replace(fault, path=page.name, line=_line_in(page, edition, fault.written)))
        else:
            faults.append(replace(fault, path=shown((site / fault.path).resolve(), content.root)))
    return faults


def _line_in(page: Page, edition: Edition, words: str) -> int:
    """The line of the page's file that the words of a fault come from: a link that leads to the same address, or the first
    line that holds them; 1 if none does, as where a template or an insert wrote them."""
    goal = urljoin(edition.path_of(page.url), words)
    for link in page.links:
        if words and (link.target == words or _address(link.target, page, edition) == goal):
            return link.line
    lines = enumerate(page.lines, page.first_line)
    return next((number for number, line in lines if words and words in line), 1)


def _address(target: str, page: Page, edition: Edition) -> str:
    """Where the builder leads a link of a page: `jaw.md#x` on `conditions/index.md` to `/conditions/jaw/#x`."""
    file, fragment = urldefrag(target)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), file)) if file else page.path
    known = edition.by_path.get(path)
    return edition.path_of(known.url if known else path) + (f"#{fragment}" if fragment else "")
