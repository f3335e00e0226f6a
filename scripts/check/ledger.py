"""Holds the finished tree against the ledger of promised addresses: none may vanish without a redirect."""
from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from content.faults import Fault
from content.ledger import Promise
from content.located import Key, Located

LEDGER = "docs/permalinks.yml"


def addresses_of(site: Path) -> dict[str, list[str]]:
    """Every address of the finished tree, with the ids that people may link to. Redirects keep theirs; 404 has none."""
    found: dict[str, list[str]] = {}
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        address = "/" if folder == "." else f"/{folder}/"
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        # An anchor that redirects kept for a renamed heading is an empty span; the rest are headings and sections.
        nodes = tree.css("article h2[id], article h3[id], article h4[id], article section[id], article span[id]")
        found[address] = list(dict.fromkeys(node.attributes["id"] for node in nodes))
    return found


def check_ledger(site: Path, ledger: dict[str, Promise], where: Located | None = None) -> list[Fault]:
    """A fault for every promised address or id that the tree lacks, at its line in the file `where` the ledger was read."""
    found, faults = addresses_of(site), []

    def missing(address: str, key: Key, message: str) -> None:
        line = where.line(("addresses", address, *key)) if where else 1
        faults.append(Fault(where.path if where else LEDGER, line, message))

    for address, promise in ledger.items():
        if address not in found:
            advice = f'bring the page back, or add to docs/redirects.yml: {{from: "{address}", to: "/…/", why: "…"}}'
            missing(address, (), f"{address} was promised on {promise.since} and is gone: {advice}")
            continue
        for index, name in enumerate(promise.ids):
            if name not in found[address]:
                old = f"{address}#{name}"
                advice = f'bring the id back, or add to docs/redirects.yml: {{from: "{old}", to: "{address}#…", why: "…"}}'
                missing(address, ("ids", index), f"{old} was promised and is gone: {advice}")
    return faults


def not_yet_promised(site: Path, ledger: dict[str, Promise]) -> list[str]:
    """Addresses and ids of the tree that the ledger does not hold yet."""
    new = []
    for address, ids in addresses_of(site).items():
        if address not in ledger:
            new.append(address)
        else:
            new += [f"{address}#{name}" for name in ids if name not in ledger[address].ids]
    return new
