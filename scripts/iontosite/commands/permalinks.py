"""Enter new addresses of the built site into docs/permalinks.yml, the ledger that only grows.

Run it once a new page or heading is as it shall stay: from then on its address is promised, and a build without it fails.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

import yaml
from rich.console import Console

from iontosite.check.ledger import addresses_of, not_yet_promised
from iontosite.content.ledger import load_ledger
from iontosite.content.located import read_yaml
from iontosite.faults import say
from iontosite.project import DOCS, SITE

HEAD = """\
# Every address that was ever published, with the day it was promised and its heading ids. This file only grows:
# `make permalinks` adds, nothing takes out. An address that moves gets a line in redirects.yml.
"""
LEDGER = "permalinks.yml"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--docs", type=Path, default=DOCS, help="the content (default: docs/)")
    parser.add_argument("--site", type=Path, default=SITE, help="the built site (default: site/)")
    parser.add_argument("--check", action="store_true", help="only say what is missing; exit 1 if anything is")


def grow(site: Path, ledger_path: Path, today: str) -> list[str]:
    """Add what the site has and the ledger lacks; returns what was added. `today` is an ISO date."""
    ledger = load_ledger(read_yaml(ledger_path, f"docs/{LEDGER}"))
    new = not_yet_promised(site, ledger)
    found = addresses_of(site)
    addresses = {address: {"since": p.since, "ids": list(p.ids)} for address, p in ledger.items()}
    for address, ids in found.items():
        known = ledger[address].ids if address in ledger else []
        since = ledger[address].since if address in ledger else today
        addresses[address] = {"since": since, "ids": [*known, *(name for name in ids if name not in known)]}
    text = yaml.safe_dump({"addresses": dict(sorted(addresses.items()))}, sort_keys=False, width=120, default_flow_style=None)
    ledger_path.write_text(HEAD + text, encoding="utf-8")
    return new


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Say what was added; with --check, change nothing and return 1 when something is missing."""
    ledger_path = arguments.docs / LEDGER
    if arguments.check:
        new = not_yet_promised(arguments.site, load_ledger(read_yaml(ledger_path, f"docs/{LEDGER}")))
        for address in new:
            say(console, f"docs/{LEDGER}: {address} is not promised yet: run `make permalinks`")
        return 1 if new else 0
    for address in grow(arguments.site, ledger_path, date.today().isoformat()):
        say(console, f"promised: {address}")
    return 0
