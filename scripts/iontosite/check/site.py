"""Everything that is checked on the finished tree, in one call: what it passes is what visitors get."""
from __future__ import annotations

from pathlib import Path

from iontosite.check.ledger import check_ledger, not_yet_promised
from iontosite.links.report import LinkFault
from iontosite.links.check import check_links
from iontosite.faults import ContentError, Fault, shown
from iontosite.content.library import Library
from iontosite.content.pages import Page


def check_site(library: Library, site: Path) -> list[str]:
    """Check the tree; raises ContentError with every fault. Returns notes that do not stop a build."""
    links = check_links(site, library.site.site_url)
    faults = faults_for_writers(links.faults, library, site)
    faults += check_ledger(site, library.ledger, library.files.get("permalinks.yml"))
    if faults:
        raise ContentError(faults)
    new = not_yet_promised(site, library.ledger)
    return [f"{len(new)} new address(es) are not promised yet: run `make permalinks`"] if new else []


def faults_for_writers(found: list[LinkFault], library: Library, site: Path) -> list[Fault]:
    """The faults at the Markdown that each page comes from, at the line where the words stand; what no writer wrote keeps
    its file in the finished tree."""
    pages = {library.address(page.language, page.url).lstrip("/") + "index.html": page for page in library.pages}
    faults = []
    for fault in found:
        page = pages.get(fault.page)
        where = page.name if page else shown((site / fault.page).resolve(), library.root)
        line = _line_of(fault.written, page) if page else 1
        faults.append(Fault(where, line, f"{fault.kind}: {fault.detail}"))
    return faults


def _line_of(written: str, page: Page) -> int:
    """The first line of a page's body that holds the words; 1 if none does, as where a template or an insert wrote them."""
    lines = enumerate(page.body.splitlines(), page.first_line)
    return next((number for number, line in lines if written and written in line), 1)
