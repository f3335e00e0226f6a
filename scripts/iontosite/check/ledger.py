"""Holds the finished tree against the ledger of promised addresses: none may vanish without a redirect."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from iontosite.content.ledger import Promise
from iontosite.content.located import Key, Located
from iontosite.faults import Fault

LEDGER = "docs/permalinks.yml"
# What comes and goes with what it is made from: the PDF that only `make proof` prints, and how the sources of a sheet are parted.
_NOT_PROMISED = re.compile(r"/clinics/review/(?:review\.pdf|read-[^/]+/)")


def addresses_of(site: Path) -> dict[str, list[str]]:
    """Every address of the finished tree that people may keep: pages with the ids that they may link to, and the files of
    the site that a page's text links to (handouts, posters, QR codes), which have none. Redirects keep theirs; 404 has
    none."""
    found: dict[str, list[str]] = {}
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        address = "/" if folder == "." else f"/{folder}/"
        if _NOT_PROMISED.fullmatch(address):
            continue
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        found[address] = _ids(tree)
        for file in _linked_files(tree, address, site):
            if not _NOT_PROMISED.fullmatch(file):
                found.setdefault(file, [])
    return found


def _ids(tree: LexborHTMLParser) -> list[str]:
    # An anchor that redirects kept for a renamed heading is an empty span; the rest are headings and sections.
    nodes = tree.css("article h2[id], article h3[id], article h4[id], article section[id], article span[id]")
    return list(dict.fromkeys(node.attributes["id"] or "" for node in nodes))


def _linked_files(tree: LexborHTMLParser, address: str, site: Path) -> list[str]:
    links = (node.attributes["href"] or "" for node in tree.css("article a[href]"))
    paths = (posixpath.normpath(posixpath.join(address, link)) for link in links if ":" not in link and "#" not in link)
    return [path for path in paths if Path(path).suffix and (site / path.lstrip("/")).is_file()]


def check_ledger(site: Path, ledger: Mapping[str, Promise], where: Located | None = None) -> list[Fault]:
    """A fault for every promised address, file or id that the tree lacks, at its line in the file `where` the ledger was
    read. It asks the disk for each, because one that does not tell capitals from small letters keeps a single page for
    both."""
    faults = []

    def missing(address: str, key: Key, message: str) -> None:
        line = where.line(("addresses", address, *key)) if where else 1
        faults.append(Fault(where.path if where else LEDGER, line, message))

    for address, promise in ledger.items():
        path = _file_at(site, address)
        if not path.is_file():
            missing(address, (), f"{address} was promised on {promise.since} and is gone: {_advice(address)}")
        elif promise.ids:
            tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
            if tree.css_first("meta[http-equiv=refresh]"):
                continue  # the page moved: its old ids lead to the new page, whose own ids are promised there
            kept = _ids(tree)
            for index, name in enumerate(promise.ids):
                if name not in kept:
                    missing(address, ("ids", index), _lost_id(address, name))
    return faults


def _file_at(site: Path, address: str) -> Path:
    path = site / address.strip("/")
    return path / "index.html" if address.endswith("/") else path


def _advice(address: str) -> str:
    if address.endswith("/"):
        return f'bring the page back, or add to docs/redirects.yml: {{from: "{address}", to: "/…/", why: "…"}}'
    advice = "bring the file back, or add to docs/redirects.yml the file to give in its place"
    return f'{advice}: {{from: "{address}", to: "/…", why: "…"}}'


def _lost_id(address: str, name: str) -> str:
    old = f"{address}#{name}"
    advice = f'bring the id back, or add to docs/redirects.yml: {{from: "{old}", to: "{address}#…", why: "…"}}'
    return f"{old} was promised and is gone: {advice}"


def forgotten_promises(site: Path, ledger: Mapping[str, Promise]) -> list[Fault]:
    """A fault for every address and id that the last good site in this folder promised, and that the ledger does not hold any
    more: a line that was taken out of it would let an address die unseen."""
    try:
        last = json.loads((site / "permalinks.json").read_text(encoding="utf-8"))["permalinks"]
        promised = {str(address): (str(entry["since"]), [str(name) for name in entry["ids"]]) for address, entry in last.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []  # there is none yet, or it is not one of ours
    faults = []
    for address, (since, ids) in promised.items():
        kept = ledger.get(address)
        lost = [name for name in ids if kept is None or name not in kept.ids]
        if kept is None or lost:
            what = f"{address} of {since}" if kept is None else f"{address}#{lost[0]}"
            line = f'{address}: {{since: "{since}", ids: [{", ".join(ids)}]}}'
            advice = f"put back: {line} (or empty {site.name}/, if it was built from another version of docs/)"
            faults.append(Fault(LEDGER, 1, f"{what} was promised by the site that stands, and the ledger has lost it: {advice}"))
    return faults


def not_yet_promised(site: Path, ledger: Mapping[str, Promise]) -> list[str]:
    """Addresses, files and ids of the tree that the ledger does not hold yet."""
    new = []
    for address, ids in addresses_of(site).items():
        if address not in ledger:
            new.append(address)
        else:
            new += [f"{address}#{name}" for name in ids if name not in ledger[address].ids]
    return new
