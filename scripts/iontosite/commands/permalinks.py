"""Enters new addresses of the built site into `docs/permalinks.yml`, the ledger that only grows (`make permalinks`).

Run it once a new page or heading is as it shall stay: from then on its address is promised, and a build without it fails.
"""
from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

import yaml

from iontosite.check.ledger import addresses_of, not_yet_promised
from iontosite.content.ledger import load_ledger
from iontosite.content.located import read_yaml
from iontosite.project import ROOT

HEAD = """\
# Every address that was ever published, with the day it was promised and its heading ids. This file only grows:
# `make permalinks` adds, nothing takes out. An address that moves gets a line in redirects.yml.
"""


def grow(site: Path, ledger_path: Path, today: str) -> list[str]:
    """Add what the site has and the ledger lacks; returns what was added. `today` is an ISO date."""
    ledger = load_ledger(read_yaml(ledger_path, "docs/permalinks.yml"))
    new = not_yet_promised(site, ledger)
    found = addresses_of(site)
    addresses = {address: {"since": p.since, "ids": list(p.ids)} for address, p in ledger.items()}
    for address in found:
        entry = addresses.setdefault(address, {"since": today, "ids": []})
        entry["ids"] += [name for name in found[address] if name not in entry["ids"]]
    text = yaml.safe_dump({"addresses": dict(sorted(addresses.items()))}, sort_keys=False, width=120, default_flow_style=None)
    ledger_path.write_text(HEAD + text, encoding="utf-8")
    return new


def main() -> int:
    """Print what was added; with --check, change nothing and exit 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site (default: site/)")
    parser.add_argument("--check", action="store_true", help="only say what is missing; exit 1 if anything is")
    arguments = parser.parse_args()
    ledger_path = ROOT / "docs" / "permalinks.yml"
    if arguments.check:
        new = not_yet_promised(arguments.site, load_ledger(read_yaml(ledger_path, "docs/permalinks.yml")))
        for address in new:
            print(f"docs/permalinks.yml: {address} is not promised yet: run `make permalinks`")
        return 1 if new else 0
    for address in grow(arguments.site, ledger_path, date.today().isoformat()):
        print(f"promised: {address}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
