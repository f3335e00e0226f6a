"""The catalogue of all topics for programs: JSON, and an Atom feed for whoever has a reader of feeds (RFC 4287)."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from iontosite.content.catalogue import Catalogue, ListedCode, ListedPage, ListedSystem, ListedTopic
from iontosite.content.codes import SYSTEMS
from iontosite.content.model import Content
from iontosite.content.topics import CONNECT_PAGE, Topic, topics
from iontosite.stage.connect import ATOM_FILE, CONNECT, JSON_FILE, examples

ATOM = "http://www.w3.org/2005/Atom"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_catalogue(content: Content, site: Path) -> None:
    """Write both files, where the site has the page that they belong to."""
    if CONNECT_PAGE not in content.editions[0].by_path:
        return
    made = catalogue_of(content)
    (site / JSON_FILE).write_text(made.model_dump_json(indent=1) + "\n", encoding="utf-8")
    root = atom_of(made, content.site.site_url)
    ElementTree.register_namespace("", ATOM)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(site / ATOM_FILE, encoding="utf-8", xml_declaration=True)


def catalogue_of(content: Content) -> Catalogue:
    """The catalogue; raises pydantic.ValidationError where it does not hold together."""
    first, listed = content.editions[0], topics(content)
    return Catalogue(
        title=first.strings.site_name,
        described_at=content.base_url(first) + "clinics/codes/",
        updated=max(page.front.evidence_checked for topic in listed for _, page in topic.pages),
        license=LICENSE,
        reviewed_by_clinician=all(content.sign_offs_of(page) for topic in listed for _, page in topic.pages),
        systems=tuple(ListedSystem(name=e["name"], oid=e["oid"], example=e["request"]) for e in examples(content, first)),
        topics=tuple(_listed(topic, content) for topic in listed),
    )


def _listed(topic: Topic, content: Content) -> ListedTopic:
    codes = tuple(ListedCode(system=SYSTEMS[code.system].oid, code=code.code) for code in topic.codes)
    pages = tuple(
        ListedPage(
            language=edition.code,
            title=page.front.title,
            description=page.front.description,
            address=content.address_of(page),
            evidence_checked=page.front.evidence_checked,
            next_check=page.front.next_check,
        )
        for edition, page in topic.pages
    )
    return ListedTopic(codes=codes, pages=pages)


def atom_of(made: Catalogue, site_url: str) -> ElementTree.Element:
    """The catalogue as a feed: an entry for each page, with its codes as categories of the scheme `urn:oid:…` (RFC 3061)."""
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", site_url + ATOM_FILE)
    _add(feed, "title", made.title)
    _add(feed, "updated", _instant(made.updated))
    _add(feed, "link", rel="self", type="application/atom+xml", href=site_url + ATOM_FILE)
    _add(feed, "link", rel="alternate", type="text/html", href=site_url + CONNECT)
    _add(feed, "rights", made.license)
    _add(_add(feed, "author"), "name", made.title)
    for topic in made.topics:
        for page in topic.pages:
            feed.append(_entry(topic, page))
    return feed


def _entry(topic: ListedTopic, page: ListedPage) -> ElementTree.Element:
    entry = ElementTree.Element(f"{{{ATOM}}}entry", {_XML_LANG: page.language})
    _add(entry, "id", page.address)
    _add(entry, "title", page.title)
    _add(entry, "updated", _instant(page.evidence_checked))
    _add(entry, "summary", page.description)
    _add(entry, "link", rel="alternate", type="text/html", hreflang=page.language, href=page.address)
    for code in topic.codes:
        _add(entry, "category", scheme=f"urn:oid:{code.system}", term=code.code)
    return entry


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
    return child


def _instant(day: str) -> str:
    """A day as a date construct of Atom, which has a time (RFC 3339)."""
    return f"{day}T00:00:00Z"
