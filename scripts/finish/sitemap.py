"""The sitemap and robots.txt. A page's date is the day its evidence was checked, never the day of the build."""
from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from content.library import Library

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(library: Library, site: Path) -> None:
    """Write `sitemap.xml` with every page of every language, and `robots.txt` that names it."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.Element(f"{{{_NAMESPACE}}}urlset")
    paths = {language.code: language.path for language in library.site.languages}
    for page in library.pages:
        entry = ElementTree.SubElement(root, f"{{{_NAMESPACE}}}url")
        address = library.site.site_url + paths[page.language] + page.url
        ElementTree.SubElement(entry, f"{{{_NAMESPACE}}}loc").text = address
        ElementTree.SubElement(entry, f"{{{_NAMESPACE}}}lastmod").text = page.front.evidence_checked
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(site / "sitemap.xml", encoding="utf-8", xml_declaration=True)
    robots = f"User-agent: *\nAllow: /\nSitemap: {library.site.site_url}sitemap.xml\n"
    (site / "robots.txt").write_text(robots, encoding="utf-8")
