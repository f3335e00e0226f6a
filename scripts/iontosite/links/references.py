"""Every reference that a file makes: small readers for style sheets, srcset, meta refresh, JSON, sitemaps and SVG.

HTML pages, which hold most of these inside them, have a module of their own: `html_page`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from enum import Enum, auto
from typing import Any, NamedTuple
from xml.etree import ElementTree

import tinycss2  # type: ignore[import-untyped, unused-ignore]  # has none; tokens are Any


class Role(Enum):
    """What a reference is for; it decides which addresses are right."""

    LINK = auto()  # a reader follows it: a, area, form
    PERMALINK = auto()  # an `a` that shows its own full address, to be copied into a message
    LOAD = auto()  # the browser fetches it: images, scripts, style sheets, fonts, frames
    RELATED = auto()  # a link element that names a licence, an author or a next page; nothing is fetched
    REFRESH = auto()  # the browser goes there by itself
    CANONICAL = auto()
    HREFLANG = auto()
    SHARE_IMAGE = auto()  # what a message or a social site shows of a page
    SHARE_URL = auto()
    SITEMAP = auto()
    DATA = auto()  # an address inside JSON, read by programs


# Programs read these away from the page, so they need the full address of the own site.
NEED_FULL = {Role.CANONICAL, Role.HREFLANG, Role.SHARE_IMAGE, Role.SHARE_URL, Role.SITEMAP}

# Attributes whose value is CSS: style itself, and what SVG paints with.
STYLED = {
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker-start",
    "marker-mid",
    "marker-end",
}

# The keys of schema.org whose value is always an address, and JSON-LD's own name for a thing.
JSON_LD_ADDRESSES = {"@id", "url", "sameAs", "mainEntityOfPage", "contentUrl", "embedUrl", "thumbnailUrl", "downloadUrl", "item"}

_REFRESH = re.compile(r"\s*(?:\d[\d.]*|\.[\d.]*)(?:\s*[;,]\s*|\s+)(?P<url>url\s*=\s*)?(?P<address>.*)", re.IGNORECASE | re.DOTALL)


# A picture that stands inside a sheet, in quotes.
_DATA = re.compile(r"""url\(\s*(["'])(data:[^\\]*?)\1\s*\)""", re.IGNORECASE)

# One address of a srcset: what stands after whitespace and commas, up to the next whitespace.
_CANDIDATE = re.compile(r"[\s,]*(?P<address>[^\s,]\S*)")


class Reference(NamedTuple):
    """One address as it is written, where it is written (`a href`), and for hreflang the language it promises."""

    role: Role
    where: str
    address: str
    language: str = ""

    def __str__(self) -> str:
        return f'{self.where} "{self.address}"'


def style_references(css: str, where: str) -> Iterator[Reference]:
    """Every url() and @import of a style sheet, a style element or a style attribute."""
    # Most style attributes and sheets refer to nothing but data inside of them; reading tokens is the slow part of CSS.
    for match in _DATA.finditer(css):
        yield Reference(Role.LOAD, where, match[2])
    css = _DATA.sub("", css)
    lowered = css.lower()
    if "url(" in lowered or "@import" in lowered or "image-set(" in lowered:
        tokens: list[Any] = tinycss2.parse_component_value_list(css, skip_comments=True)
        for address in _style_addresses(tokens):
            yield Reference(Role.LOAD, where, address)


def _style_addresses(tokens: list[Any]) -> Iterator[str]:
    """The addresses among tokens and inside of their blocks and functions; https://www.w3.org/TR/css-values-4/#urls"""
    waiting = [(tokens, False)]
    while waiting:
        level, strings_too = waiting.pop()  # strings too: inside functions where a bare string is an address
        rule = ""
        for token in level:
            if token.type == "at-keyword":
                rule = token.lower_value
            elif token.type == "literal" and token.value == ";":
                rule = ""
            elif token.type == "url" and rule != "namespace":  # a namespace is a name, not an address
                yield token.value
            elif token.type == "string" and (strings_too or rule == "import"):
                yield token.value
                rule = ""  # what follows are the conditions of the import
            elif token.type == "function" and rule != "namespace":
                waiting.append((token.arguments, token.lower_name in ("url", "src", "image-set")))
            elif token.type == "{} block":
                waiting.append((token.content, False))
                rule = ""


def srcset_addresses(value: str) -> Iterator[str]:
    """The addresses of a srcset. Commas inside an address (`data:`) do not end it; whitespace does.

    https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
    """
    position = 0
    while match := _CANDIDATE.search(value, position):
        position = match.end()
        if not match["address"].endswith(","):
            comma = value.find(",", position)
            position = comma if comma >= 0 else len(value)
        yield match["address"].rstrip(",")


def refresh_address(content: str) -> str | None:
    """Where `<meta http-equiv="refresh">` leads; None if it only loads the page again, or does nothing.

    Browsers follow `0; url=../new/`, and also `0, url=…`, `0 url=…` and `0; ../new/`: the shared declarative refresh
    steps of https://html.spec.whatwg.org/multipage/semantics.html
    """
    match = _REFRESH.fullmatch(content)
    if not match or not (match["url"] or match["address"]):
        return None
    address = match["address"]
    return address[1:].partition(address[0])[0] if address[:1] in ("'", '"') else address.rstrip()


def json_references(text: str, where: str, relative: Collection[str] = ()) -> Iterator[Reference]:
    """Every full address that stands in JSON as a value of its own, and below the keys `relative` those without a host
    too; raises ValueError if it is no JSON."""
    for key, value in _strings(_read_json(text)):
        if value.startswith(("https://", "http://")) and not any(c.isspace() for c in value):
            yield Reference(Role.DATA, where, value)
        elif key in relative and ":" not in value:
            yield Reference(Role.DATA, f"{where} {key}", value)


def _read_json(text: str) -> object:
    """The value of a JSON text; raises ValueError if it is none, or one that no program reads."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("lists inside of lists, too deep to be read") from error


def _strings(value: object) -> Iterator[tuple[str, str]]:
    """Each string with the key that it stands under, through lists too, in the order of the text."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            waiting += reversed(value.items())
        elif isinstance(value, list):
            waiting += [(key, inner) for inner in reversed(value)]


def manifest_references(text: str) -> Iterator[Reference]:
    """The start page, pictures and shortcuts of a web manifest; raises ValueError if it is no JSON object."""
    manifest = _read_json(text)
    if not isinstance(manifest, dict):
        raise ValueError("a web manifest is one { … } object")
    for name in ("start_url", "scope"):
        if name in manifest:
            yield Reference(Role.LOAD, name, str(manifest[name]))
    shortcuts = _members(manifest, "shortcuts")
    for shortcut in shortcuts:
        yield Reference(Role.LOAD, "shortcuts url", str(shortcut.get("url", "")))
    for holder in (manifest, *shortcuts):
        for name in ("icons", "screenshots"):
            for picture in _members(holder, name):
                yield Reference(Role.LOAD, f"{name} src", str(picture.get("src", "")))


def _members(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in a list of a manifest; raises ValueError if they are none."""
    members = holder.get(name, [])
    if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
        raise ValueError(f'"{name}" is one [ … ] list of {{ … }} objects')
    return members


def sitemap_references(text: str) -> Iterator[Reference]:
    """Every loc of a sitemap or an index of sitemaps, and its hreflang links; raises ParseError if it is no XML."""
    for element in ElementTree.fromstring(text).iter():
        name = _local_name(element.tag)
        if name == "loc":
            yield Reference(Role.SITEMAP, "loc", (element.text or "").strip())
        elif name == "link" and "href" in element.attrib:
            yield Reference(Role.HREFLANG, "link href", element.attrib["href"], element.attrib.get("hreflang", ""))


def robots_references(text: str) -> Iterator[Reference]:
    """The sitemaps that robots.txt names."""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "sitemap":
            yield Reference(Role.SITEMAP, "Sitemap:", value.strip())


class Drawing(NamedTuple):
    """What an SVG file refers to, and the ids that others may refer to."""

    references: list[Reference]
    ids: list[str]


def read_drawing(text: str) -> Drawing:
    """Read an SVG file; raises ParseError if it is no XML."""
    references: list[Reference] = []
    ids: list[str] = []
    for element in ElementTree.fromstring(text).iter():
        tag = _local_name(element.tag)
        if tag == "style":
            references += style_references(element.text or "", "style")
        for name, value in element.attrib.items():
            if name == "id":
                ids.append(value)
            elif _local_name(name) == "href":
                references.append(Reference(Role.LINK if tag == "a" else Role.LOAD, f"{tag} href", value))
            elif name in STYLED:
                references += style_references(value, f"{tag} {name}")
    return Drawing(references, ids)


def _local_name(name: str) -> str:
    """`{namespace}loc` → `loc`."""
    return name.rpartition("}")[2]
