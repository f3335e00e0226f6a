"""The same page in the other languages: for the switch in the bar, and for search engines (hreflang)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import urlsplit

from iontosite.content.model import Content, Edition


def alternates(content: Content, here: Edition, urls: Mapping[str, str]) -> list[dict[str, str]]:
    """Each language that has a page, this one too, with the way to it; nothing where only one has it. `urls` holds the page's
    address in each of them, below the language's own."""
    others = [edition for edition in content.editions if edition.code in urls]
    if len(others) < 2:
        return []
    start = here.path_of(urls[here.code])
    return [
        {
            "lang": edition.code,
            "name": edition.language.name,
            "offer": edition.strings.translation["offer"],
            "url": content.base_url(edition) + urls[edition.code],
            "link": posixpath.relpath(edition.path_of(urls[edition.code]), start) + "/",
        }
        for edition in others
    ]


def homes(content: Content) -> list[dict[str, str]]:
    """The home page of each language by its path on the host: the page for unknown addresses stands at any of them."""
    top = urlsplit(content.site.site_url).path.rstrip("/")
    found = alternates(content, content.editions[0], {edition.code: "" for edition in content.editions})
    return [{**each, "link": top + content.edition(each["lang"]).path_of("")} for each in found]
