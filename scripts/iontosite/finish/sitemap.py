"""The sitemap and robots.txt. A page's date is the day its evidence was checked, never the day of the build."""
from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from iontosite.content.library import Library
from iontosite.stage.codes import all_codes

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(library: Library, site: Path) -> None:
    """Write `sitemap.xml` with every page of every language, and `robots.txt` that names it."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.Element(f"{{{_NAMESPACE}}}urlset")
    paths = {language.code: language.path for language in library.site.languages}
    entries = [(page.language, page.url, page.front.evidence_checked) for page in library.pages]
    for language in paths:
        for code in all_codes(library, language):
            entries.append((language, code.path.removesuffix(".md") + "/", code.page.front.evidence_checked))
    for language, url, checked in entries:
        entry = ElementTree.SubElement(root, f"{{{_NAMESPACE}}}url")
        ElementTree.SubElement(entry, f"{{{_NAMESPACE}}}loc").text = library.site.site_url + paths[language] + url
        ElementTree.SubElement(entry, f"{{{_NAMESPACE}}}lastmod").text = checked
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(site / "sitemap.xml", encoding="utf-8", xml_declaration=True)
    robots = f"User-agent: *\nAllow: /\nSitemap: {library.site.site_url}sitemap.xml\n"
    (site / "robots.txt").write_text(robots, encoding="utf-8")
