"""The sitemap and robots.txt. A page's date is the day its evidence was checked, never the day of the build."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from iontosite.content.model import Content
from iontosite.stage.source_pages import record_addresses
from iontosite.stage.yardsticks import sheet_addresses

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(content: Content, site: Path) -> None:
    """Write `sitemap.xml` with every page of every language, and `robots.txt` that names it."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.Element(f"{{{_NAMESPACE}}}urlset")
    for edition in content.editions:
        dated = [(page.url, page.front.evidence_checked) for page in edition.pages]
        dated += [(code.url, code.page.front.evidence_checked) for code in edition.codes]
        made = [*record_addresses(content, edition), *sheet_addresses(edition)]
        dated += [(path.removesuffix(".md") + "/", checked) for path, checked in made]
        for url, checked in dated:
            entry = ElementTree.SubElement(root, f"{{{_NAMESPACE}}}url")
            ElementTree.SubElement(entry, f"{{{_NAMESPACE}}}loc").text = content.base_url(edition) + url
            ElementTree.SubElement(entry, f"{{{_NAMESPACE}}}lastmod").text = checked
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(site / "sitemap.xml", encoding="utf-8", xml_declaration=True)
    robots = f"User-agent: *\nAllow: /\nSitemap: {content.site.site_url}sitemap.xml\n"
    (site / "robots.txt").write_text(robots, encoding="utf-8")
