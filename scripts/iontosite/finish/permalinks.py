"""The ledger of promised addresses for programs: `/permalinks.json`, and the same below each language's address."""

from __future__ import annotations

import json
from pathlib import Path

from iontosite.content.model import Content


def write_permalinks(content: Content, site: Path) -> None:
    """Write every promised address with the day it was promised and the full address where it leads now."""
    base = content.site.site_url.rstrip("/")
    moved = dict(content.code_spellings) | {redirect.old: redirect.new for redirect in content.redirects}
    data = {
        address: {"since": promise.since, "now": base + moved.get(address, address), "ids": promise.ids}
        for address, promise in sorted(content.ledger.items())
    }
    text = json.dumps({"permalinks": data}, ensure_ascii=False, indent=1)
    for edition in content.editions:  # so that the page about it links to it by the same way in each of them
        (site / edition.language.path / "permalinks.json").write_text(text + "\n", encoding="utf-8")
