"""The link checker: follows everything that a browser, a search engine or a phone would follow in the finished tree.

Builders check the links of their Markdown; what templates, style sheets, data files and finishing add is seen only
here. It reads files and nothing else: no network, no configuration. Links to other sites are listed, and tried by
`make outside-links` on a day of its own.

How the parts share the work: `tree` knows the files, `html_page` and `references` know what files refer to, `follow`
knows where one reference leads, `agreement` knows what takes two pages to tell.
"""
from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree.ElementTree import ParseError

from iontosite.links.agreement import START, Ways, check_agreement, check_sitemap
from iontosite.links.follow import Follower
from iontosite.links.html_page import HtmlPage, read_page
from iontosite.links.report import KINDS, LinkFault, LinkReport
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
from iontosite.links.tree import Tree

__all__ = ["KINDS", "LinkFault", "LinkReport", "check_links"]

SITEMAP = "sitemap.xml"


def check_links(site: Path, site_url: str) -> LinkReport:
    """Check the finished tree in `site`, which will stand at `site_url`; the report holds every fault at once."""
    tree, own, report = Tree(site), OwnSite(site_url), LinkReport()
    pages = {file: read_page(file, tree.read(file)) for file in tree.ending(".html")}
    if START not in pages:
        report.add(START, "missing-target", f"there is no start page in {site}: build the site first")
    for file in tree.dangling:
        report.add(file, "missing-target", "is a link on the disk to a file that is gone: put the file there, or take it out")
    follower = Follower(tree, pages, own, report)
    ways = Ways()
    for page in pages.values():
        _check_page(page, report)
        _follow_all(page.file, page.references, follower, ways)
    for file in sorted(tree.files):
        _follow_all(file, _references_of(file, tree, report), follower, ways)
    _check_sitemaps(tree, follower, ways)
    check_agreement(pages, ways, own, report)
    report.tidy()
    return report


def _follow_all(file: str, references: Iterable[Reference], follower: Follower, ways: Ways) -> None:
    # A menu's stylesheet or icon may be named twice: the same reference is followed once.
    for reference in dict.fromkeys(references):
        target = follower.follow(file, reference)
        if target is not None:
            ways.add(file, reference, target)


def _check_page(page: HtmlPage, report: LinkReport) -> None:
    """What a page alone can tell: its ids, its data and its text."""
    for name, count in page.ids.items():
        if count > 1:
            advice = "links and labels reach only the first: rename the others"
            report.add(page.file, "duplicate-id", f'id "{name}" stands {count} times: {advice}', name)
    for where, name, element in page.id_references:
        if name not in page.ids:
            near = difflib.get_close_matches(name, page.ids, n=1)
            advice = f'did you mean "{near[0]}"?' if near else "correct it, or take the attribute out"
            report.add(page.file, "dangling-reference", f'{where} "{name}": no element has this id: {advice}', name)
        elif element and page.elements[name] != element:
            advice = f"is a <{page.elements[name]}>, and only a <{element}> works here: correct it"
            report.add(page.file, "dangling-reference", f'{where} "{name}": {advice}', name)
    if page.has_base:
        advice = "turns every #link of the page into a link to another one: take it out"
        report.add(page.file, "base-element", f"<base> {advice}")
    for error in page.bad_json:
        report.add(page.file, "invalid-json", f"JSON-LD cannot be read ({error}): correct it")
    for mark, around in page.leftovers:
        advice = "the builder did not understand it: correct the Markdown, or put the mark into code"
        report.add(page.file, "leftover-markdown", f'"{mark}" is left over in "{around}": {advice}', mark)
    for what, advice, written in page.blocked:
        report.add(page.file, "blocked-by-policy", f"{what}: the page's own policy blocks it: {advice}", written)
    if sum(reference.role is Role.CANONICAL for reference in page.references) > 1:
        report.add(page.file, "canonical-twice", "search engines then heed none: leave one link rel=canonical")


def _references_of(file: str, tree: Tree, report: LinkReport) -> Iterable[Reference]:
    """The references of a file that is no page; none if the file is of a kind that refers to nothing."""
    reader = _reader_of(file)
    if reader is None:
        return []
    try:
        return list(reader(tree.read(file)))
    except ValueError as error:  # JSON's own error is one
        report.add(file, "invalid-json", f"cannot be read ({error}): correct it")
    except ParseError as error:
        report.add(file, "invalid-xml", f"cannot be read ({error}): correct it")
    return []


def _reader_of(file: str) -> Callable[[str], Iterable[Reference]] | None:
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


def _check_sitemaps(tree: Tree, follower: Follower, ways: Ways) -> None:
    """Hold what the sitemaps list against the pages. Without any there is one fault, and not one a page."""
    if SITEMAP not in tree.files:
        follower.report.add(SITEMAP, "sitemap-missing", "search engines ask for it: write one with every page")
        return
    listed = [
        (source, target)
        for source, found in ways.of(Role.SITEMAP).items()
        if source.endswith(".xml")
        for _, target in found
    ]
    check_sitemap(follower.pages, listed, follower.own, follower.report)
