"""Holds the finished catalogue against the finished pages: every address in it is one of the site's, and nothing that Atom needs
is missing (RFC 4287, sections 4.1.1 and 4.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from pydantic import ValidationError

from iontosite.content.catalogue import Catalogue
from iontosite.faults import Fault

JSON_FILE, ATOM_FILE = "connect/topics.json", "connect/topics.atom"
_ATOM = "{http://www.w3.org/2005/Atom}"
_NEEDED = ("id", "title", "updated")
# RFC 3339, with capital T and Z as Atom asks for (3.3).
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def check_catalogue(site: Path, site_url: str) -> list[Fault]:
    """A fault for each thing that is wrong with the two files; none where the site has no catalogue."""
    if not (site / JSON_FILE).exists():
        return []
    faults = [Fault(JSON_FILE, 1, problem) for problem in json_problems((site / JSON_FILE).read_text("utf-8"), site, site_url)]
    return faults + [Fault(ATOM_FILE, 1, problem) for problem in atom_problems((site / ATOM_FILE).read_bytes(), site, site_url)]


def json_problems(text: str, site: Path, site_url: str) -> Iterator[str]:
    """What is wrong with the JSON: its shape, or an address that is no page of the tree `site`."""
    try:
        catalogue = Catalogue.model_validate_json(text)
    except ValidationError as error:
        for each in error.errors():
            where = ".".join(str(part) for part in each["loc"]) or "the whole"
            yield f"{where}: {each['msg'].removeprefix('Value error, ')}"
        return
    addresses = [page.address for topic in catalogue.topics for page in topic.pages]
    requests = [system.example.partition("?")[0] for system in catalogue.systems]
    for address in [catalogue.described_at, *requests, *addresses]:
        yield from _strange(address, site, site_url)


def atom_problems(data: bytes, site: Path, site_url: str) -> Iterator[str]:
    """What is wrong with the feed: what Atom asks for, or an address that is no page of the tree `site`."""
    try:
        feed = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        yield f"is no XML ({error})"
        return
    if feed.tag != f"{_ATOM}feed":
        yield "its first element is not atom:feed"
        return
    yield from _missing(feed, "the feed")
    if feed.find(f"{_ATOM}author/{_ATOM}name") is None:
        yield "the feed: has no author with a name, and its entries have none of their own"
    if not feed.findall(f"{_ATOM}link[@rel='self']"):
        yield "the feed: has no link to itself"
    seen: set[str] = set()
    for entry in feed.findall(f"{_ATOM}entry"):
        name = entry.findtext(f"{_ATOM}id") or "an entry"
        yield from _missing(entry, name)
        if name in seen:
            yield f"{name}: two entries have this id"
        seen.add(name)
        links = [link.get("href", "") for link in entry.findall(f"{_ATOM}link[@rel='alternate']")]
        if len(links) != 1:
            yield f"{name}: needs just one link to its page, and has {len(links)}"
        for link in links:
            yield from _strange(link, site, site_url)
        if not all(re.fullmatch(r"urn:oid:[\d.]+", each.get("scheme", "")) and each.get("term") for each in _codes(entry)):
            yield f"{name}: a code lacks its system (urn:oid:…), or itself"
        if not _codes(entry):
            yield f"{name}: has no code"


def _codes(entry: ElementTree.Element) -> list[ElementTree.Element]:
    return entry.findall(f"{_ATOM}category")


def _missing(element: ElementTree.Element, name: str) -> Iterator[str]:
    """What each feed and entry needs just once, and with something in it."""
    for needed in _NEEDED:
        found = element.findall(f"{_ATOM}{needed}")
        if len(found) != 1 or not (found[0].text or "").strip():
            yield f"{name}: needs just one {needed}"
    when = element.findtext(f"{_ATOM}updated") or ""
    if when and not _INSTANT.fullmatch(when):
        yield f'{name}: updated is "{when}", which is no date and time (RFC 3339)'


def _strange(address: str, site: Path, site_url: str) -> Iterator[str]:
    """The one thing said of an address that is none of the site's."""
    path = address.removeprefix(site_url)
    if path == address or not (site / path / "index.html").is_file():
        yield f"{address}: is no page of this site"
