"""Everything that is checked on the finished tree, in one call: what it passes is what visitors get."""
from __future__ import annotations

from pathlib import Path

from check.ledger import check_ledger, not_yet_promised
from check.links import check_links
from content.faults import ContentError, Fault
from content.library import Library


def check_site(library: Library, site: Path) -> list[str]:
    """Check the tree; raises ContentError with every fault. Returns notes that do not stop a build."""
    links = check_links(site, library.site.site_url)
    faults = [Fault(f"site/{fault.page}", 1, f"{fault.kind}: {fault.detail}") for fault in links.faults]
    faults += check_ledger(site, library.ledger, library.files.get("permalinks.yml"))
    if faults:
        raise ContentError(faults)
    new = not_yet_promised(site, library.ledger)
    return [f"{len(new)} new address(es) are not promised yet: run `make permalinks`"] if new else []
