"""The ledger of promised addresses for programs: `/permalinks.json`, and the same below each language's address."""
from __future__ import annotations

import json
from pathlib import Path

from iontosite.content.library import Library
from iontosite.stage.codes import code_spellings


def write_permalinks(library: Library, site: Path) -> None:
    """Write every promised address with the day it was promised and the full address where it leads now."""
    base = library.site.site_url.rstrip("/")
    moved = code_spellings(library) | {redirect.old: redirect.new for redirect in library.redirects}
    data = {
        address: {"since": promise.since, "now": base + moved.get(address, address), "ids": promise.ids}
        for address, promise in sorted(library.ledger.items())
    }
    text = json.dumps({"permalinks": data}, ensure_ascii=False, indent=1)
    for language in library.site.languages:  # so that the page about it links to it by the same way in each of them
        (site / language.path / "permalinks.json").write_text(text + "\n", encoding="utf-8")
