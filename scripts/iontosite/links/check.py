"""The link checker: follows everything that a browser, a search engine or a phone would follow in the finished tree.

Builders check the links of their Markdown; what templates, style sheets, data files and finishing add is seen only
here. It reads files and nothing else: no network, no configuration. Links to other sites are listed, and not tried.

How the parts share the work: `tree` knows the files, `html_page` and `references` know what files refer to, `follow`
knows where one reference leads, `agreement` knows what takes two pages to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from iontosite.links.agreement import START, Ways, check_agreement, check_sitemap
from iontosite.links.follow import Follower
from iontosite.links.html_page import HtmlPage, read_page
from iontosite.links.own_site import OwnSite
from iontosite.links.references import (
    Reference,
    Role,
    json_references,
    manifest_references,
    read_drawing,
    robots_references,
    sitemap_references,
    style_references,
)
from iontosite.links.report import KINDS, LinkReport
from iontosite.links.tree import Tree

__all__ = ["KINDS", "LinkReport", "ReadSite", "check_links", "read_site", "told_base"]

SITEMAP = "sitemap.xml"


@dataclass(frozen=True)
class ReadSite:
    """A finished tree with its pages, by their path relative to it, each parsed once for all checks."""

    tree: Tree
    pages: dict[str, HtmlPage]


def read_site(site: Path, keep_parsed: bool = False) -> ReadSite:
    """Read every page below the folder `site`.

    With `keep_parsed` each page keeps its parser in `parsed`, so that other checks need not parse again: about half a
    megabyte for a page of 18 KB. Raises OSError for a file that may not be read.
    """
    tree = Tree(site)
    return ReadSite(tree, {file: read_page(file, tree.read(file), keep_parsed) for file in tree.ending(".html", ".htm")})


def told_base(site: ReadSite) -> str | None:
    """The address at which a site says that it stands: what most canonical addresses have in front of the page's own path;
    None if none says so."""
    told: Counter[str] = Counter()
    for file, page in site.pages.items():
        for reference in page.references:
            if reference.role is Role.CANONICAL and reference.address.startswith(("https://", "http://")):
                told.update(_base_before(reference.address, file))
    # Of two that are told as often, the first in the alphabet, so that the answer is always the same.
    return min(told, key=lambda base: (-told[base], base), default=None)


def _base_before(address: str, file: str) -> list[str]:
    """What stands in front of a page's path in its full address: one address, or none if it is another page's."""
    folder = file.removesuffix("index.html") if file.rpartition("/")[2] == "index.html" else file
    bases = (address.removesuffix(ending) for ending in (file, folder) if address.endswith(f"/{ending}"))
    return list(bases)[:1]


def check_links(site: Path | ReadSite, site_url: str, sitemap_needed: bool = True) -> LinkReport:
    """Check the finished tree in `site`, which will stand at `site_url`; the report holds every fault at once.

    A tree without a sitemap is a fault where it is needed; one that is there is always checked. Raises ValueError if
    `site_url` is no full address, OSError for a file that may not be read.
    """
    own = OwnSite(site_url)
    site = site if isinstance(site, ReadSite) else read_site(site)
    tree, pages = site.tree, site.pages
    report = LinkReport(tree.read)
    if START not in pages:
        report.add(START, "start-page-missing", "nothing stands at the site's own address: build the site, or write this page")
    for file in tree.dangling:
        report.add(file, "missing-target", "is a link on the disk to a file that is gone: put the file there, or take it out")
    follower = Follower(tree, pages, own, report)
    ways = Ways()
    for page in pages.values():
        _check_page(page, report)
        _follow_all(page.file, page.references, follower, ways)
    for file in sorted(tree.files):
        _follow_all(file, _references_of(file, tree, report), follower, ways)
    _check_sitemaps(tree, follower, ways, sitemap_needed)
    check_agreement(pages, ways, own, report)
    report.tidy()
    return report


def _follow_all(file: str, references: Iterable[Reference], follower: Follower, ways: Ways) -> None:
    """Follow every reference of a file, and note where those lead that lead somewhere."""
    # A menu's stylesheet or icon may be named twice: the same reference is followed once.
    for reference in dict.fromkeys(references):
        target = follower.follow(file, reference)
        if target is not None:
            ways.add(file, reference, target)


def _check_page(page: HtmlPage, report: LinkReport) -> None:
    """What a page alone can tell: its ids, its data and its text."""
    _check_ids(page, report)
    if page.has_base:
        advice = "turns every #link of the page into a link to another one: take it out"
        report.add(page.file, "base-element", f"<base> {advice}", "<base")
    for error, number in page.bad_json:
        advice = f"JSON-LD cannot be read ({error}): correct it"
        report.add(page.file, "invalid-json", advice, "application/ld+json", "script type", nth=number)
    for mark, around in page.leftovers:
        advice = "the builder did not understand it: correct the Markdown, or put the mark into code"
        report.add(page.file, "leftover-markdown", f'"{mark}" is left over in "{around}": {advice}', mark)
    for what, advice, written in page.blocked:
        report.add(page.file, "blocked-by-policy", f"{what}: the page's own policy blocks it: {advice}", written)
    canonical = [reference for reference in page.references if reference.role is Role.CANONICAL]
    if len(canonical) > 1:
        advice = "search engines then heed none: leave one link rel=canonical"
        report.add(page.file, "canonical-twice", advice, "canonical", "link rel", nth=2)


def _check_ids(page: HtmlPage, report: LinkReport) -> None:
    """Each id must stand once (https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute), and what asks for one must
    find it: WCAG 2.2, 1.3.1 and 4.1.2."""
    for name, count in page.ids.items():
        if count > 1:
            advice = "links and labels reach only the first: rename the others"
            report.add(page.file, "duplicate-id", f'id "{name}" stands {count} times: {advice}', name, "id", nth=2)
    for where, name, element in page.id_references:
        if name not in page.ids:
            near = page.alike_ids.nearest(name)
            advice = f'did you mean "{near}"?' if near else "correct it, or take the attribute out"
            report.add(page.file, "dangling-reference", f'{where} "{name}": no element has this id: {advice}', name, where)
        elif element and page.elements[name] != element:
            advice = f"is a <{page.elements[name]}>, and only a <{element}> works here: correct it"
            report.add(page.file, "dangling-reference", f'{where} "{name}": {advice}', name, where)


def _references_of(file: str, tree: Tree, report: LinkReport) -> Iterable[Reference]:
    """The references of a file that is no page; none if the file is of a kind that refers to nothing."""
    reader = _reader_of(file)
    if reader is None:
        return []
    try:
        return list(reader(tree.read(file)))
    except ValueError as error:  # JSON's own error is one, and knows its line
        report.add(file, "invalid-json", f"cannot be read ({error}): correct it", line=getattr(error, "lineno", 1))
    except ParseError as error:
        report.add(file, "invalid-xml", f"cannot be read ({error}): correct it", line=error.position[0])
    return []


def _reader_of(file: str) -> Callable[[str], Iterable[Reference]] | None:
    """What reads a file of this name; None if such files refer to nothing, or are pages."""
    name = file.rpartition("/")[2]
    if file == "robots.txt":
        return robots_references
    if name == "manifest.json" or name.endswith(".webmanifest"):
        return manifest_references
    if name.startswith("sitemap") and name.endswith(".xml"):
        return sitemap_references
    return _READERS.get(Path(name).suffix)


_READERS: dict[str, Callable[[str], Iterable[Reference]]] = {
    ".css": lambda text: style_references(text, "url"),
    ".json": lambda text: json_references(text, "JSON"),
    ".svg": lambda text: read_drawing(text).references,
}


def _check_sitemaps(tree: Tree, follower: Follower, ways: Ways, needed: bool) -> None:
    """Hold what the sitemaps list against the pages. Without any there is one fault if it is needed, and not one a page."""
    if SITEMAP not in tree.files:
        if needed:
            follower.report.add(SITEMAP, "sitemap-missing", "search engines ask for it: write one with every page")
        return
    listed = [
        (source, target) for source, found in ways.of(Role.SITEMAP).items() if source.endswith(".xml") for _, target in found
    ]
    check_sitemap(follower.pages, listed, follower.own, follower.report)
