"""One finished HTML page, parsed once: its references, its ids and what it says about itself.

Addresses stay as they are written; whether they lead anywhere is the business of `follow`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.links.alike import Alike
from iontosite.links.leftovers import leftover_marks
from iontosite.links.nodes import nodes_of, tag_of
from iontosite.links.policy import Blocked, Policy
from iontosite.links.references import (
    JSON_LD_ADDRESSES,
    STYLED,
    Reference,
    Role,
    json_references,
    refresh_address,
    srcset_addresses,
    style_references,
)

# Attributes that hold one address, and the elements they count on (empty: on every element).
_ADDRESS: dict[str, tuple[str, ...]] = {
    "href": (),
    "xlink:href": (),
    "src": (),
    "poster": (),
    "action": (),
    "formaction": (),
    "background": (),
    "data": ("object",),
}
# Elements whose address takes the reader somewhere else, rather than bringing something into the page.
_LEADING = {"a", "area", "form", "button", "input"}
# Attributes that hold ids of the same page.
_ID_LISTS = {
    "for",
    "headers",
    "list",
    "form",
    "popovertarget",
    "commandfor",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-activedescendant",
    "aria-details",
    "aria-flowto",
    "aria-errormessage",
}
# Some of them work with one kind of element only.
_ID_OF = {"list": "datalist", "form": "form"}

_SHARED = {
    "og:url": Role.SHARE_URL,
    "og:image": Role.SHARE_IMAGE,
    "og:image:url": Role.SHARE_IMAGE,
    "og:image:secure_url": Role.SHARE_IMAGE,
    "og:video": Role.SHARE_IMAGE,
    "og:video:url": Role.SHARE_IMAGE,
    "og:video:secure_url": Role.SHARE_IMAGE,
    "og:audio": Role.SHARE_IMAGE,
    "og:audio:url": Role.SHARE_IMAGE,
    "og:audio:secure_url": Role.SHARE_IMAGE,
    "twitter:image": Role.SHARE_IMAGE,
    "twitter:image:src": Role.SHARE_IMAGE,
    "twitter:player": Role.SHARE_IMAGE,
    "msapplication-tileimage": Role.LOAD,
}
# These open a connection and name no file.
_CONNECTING = {"preconnect", "dns-prefetch"}
# These fetch their file; what other link elements name is not fetched.
_FETCHING = {
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "apple-touch-startup-image",
    "mask-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "prerender",
}
# Frames inside of frames inside of frames: nobody writes more, and a file made to be a nuisance has thousands.
_MOST_FRAMES = 20


class IdReference(NamedTuple):
    """An id that an attribute asks for, and the only element that may have it ("" if any may)."""

    where: str
    id: str
    element: str


@dataclass
class HtmlPage:
    """What a page refers to and what it says about itself."""

    file: str
    language: str = ""
    noindex: bool = False
    has_base: bool = False
    references: list[Reference] = field(default_factory=list)
    id_references: list[IdReference] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    elements: dict[str, str] = field(default_factory=dict)  # id → element
    names: set[str] = field(default_factory=set)  # `<a name>` and `<map name>`: old, and still followed
    json_blocks: int = 0  # how many JSON-LD scripts
    bad_json: list[tuple[str, int]] = field(default_factory=list)  # what is wrong, and with which of them, from 1
    blocked: list[Blocked] = field(default_factory=list)
    leftovers: list[tuple[str, str]] = field(default_factory=list)
    parsed: LexborHTMLParser | None = None  # for other checks, if it was to be kept

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What a #part of an address may name: every id, and the old names."""
        return frozenset(self.names.union(self.ids))

    @cached_property
    def alike_ids(self) -> Alike:
        """The ids, to find the one that was meant."""
        return Alike(self.ids)

    @cached_property
    def alike_anchors(self) -> Alike:
        """The same, to find the one that was meant."""
        return Alike(self.anchors)

    @property
    def is_404(self) -> bool:
        """Whether servers send this page in place of a missing one, at any depth."""
        return self.file.rpartition("/")[2] == "404.html"

    @cached_property
    def is_redirect(self) -> bool:
        """Whether the page only leads on to another one."""
        return any(reference.role is Role.REFRESH for reference in self.references)

    @property
    def is_indexable(self) -> bool:
        """Whether search engines, and so the sitemap, should know the page."""
        return not (self.noindex or self.is_404 or self.is_redirect)


def read_page(file: str, html: str, keep_parsed: bool = False) -> HtmlPage:
    """Read the text of one page, whatever it is: HTML has no errors, only rules for mending them.

    `file` is its path relative to the site. With `keep_parsed` the page keeps the parser, of about 25 times the size of the
    text, for those who look for something else in it.
    """
    parser = LexborHTMLParser(html)
    page = _read_parsed(file, html, parser)
    page.parsed = parser if keep_parsed else None
    return page


def _read_parsed(file: str, html: str, parser: LexborHTMLParser, policies: Iterable[Policy] = (), frames: int = 0) -> HtmlPage:
    """Read one page, which stands in so many `frames`; `policies` hold for it besides its own, as those of a page do for what
    it frames."""
    page = HtmlPage(file)
    policies = [*policies, *_policies_of(html, parser)]
    for node in nodes_of(parser):
        _read_element(node, page)
        _read_ids(node, page)
    for policy in policies:
        page.blocked += policy.blocked(html, parser)
    if "srcdoc" in html.lower() and frames < _MOST_FRAMES:
        for frame in parser.css("iframe[srcdoc]"):
            inside = frame.attributes["srcdoc"] or ""
            _read_framed(_read_parsed(file, inside, LexborHTMLParser(inside), policies, frames + 1), page)
    if "<template" in html.lower():
        # What stands in a template is copied into the page later: its references count, its ids are not there yet.
        for node in _template_elements(parser):
            _read_element(node, page)
    page.leftovers += leftover_marks(html, parser)
    return page


def _policies_of(html: str, parser: LexborHTMLParser) -> list[Policy]:
    """The policies that a page sets for itself, in their order."""
    if "content-security-policy" not in html.lower():
        return []
    metas = [meta.attributes for meta in parser.css("meta[http-equiv]")]
    return [
        Policy(attributes.get("content") or "")
        for attributes in metas
        if (attributes["http-equiv"] or "").strip().lower() == "content-security-policy"
    ]


def _read_framed(framed: HtmlPage, page: HtmlPage) -> None:
    """Take what the text of a frame refers to. Its addresses count from the page; its ids are its own."""
    followed = (Role.LINK, Role.PERMALINK, Role.LOAD)
    page.references += [r for r in framed.references if r.role in followed and not r.address.startswith("#")]
    page.blocked += framed.blocked
    page.leftovers += framed.leftovers


def _template_elements(parser: LexborHTMLParser) -> Iterator[LexborNode]:
    """Every element that stands in a template, or in a template in a template."""
    waiting = [parser.root] if parser.root is not None else []
    while waiting:
        for fragment in waiting.pop().template_fragments():
            yield from fragment.traverse(include_text=False)
            waiting.append(fragment)


def _read_element(node: LexborNode, page: HtmlPage) -> None:
    """Take the references of one element."""
    tag, attributes = tag_of(node), node.attributes
    reader = _READERS.get(tag)
    if reader:
        reader(node, page)
    if tag not in ("link", "meta", "base"):
        for name, value in attributes.items():
            page.references += _attribute_references(tag, name, value or "", attributes)


def _attribute_references(tag: str, name: str, value: str, attributes: dict[str, str | None]) -> Iterator[Reference]:
    """The references in one attribute of an ordinary element."""
    where = f"{tag} {name}"
    if name in _ADDRESS:
        if not _ADDRESS[name] or tag in _ADDRESS[name]:
            yield Reference(_role(tag, name, attributes), where, value)
    elif name in ("srcset", "imagesrcset"):
        for address in list(srcset_addresses(value)) or [""]:
            yield Reference(Role.LOAD, where, address)
    elif name == "usemap":
        yield Reference(Role.LOAD, where, value)
    elif name in STYLED:
        yield from style_references(value, where)


def _role(tag: str, name: str, attributes: dict[str, str | None]) -> Role:
    """What an address in an ordinary element is for."""
    if tag == "a" and "permalink" in (attributes.get("class") or "").split():
        return Role.PERMALINK
    # The src of an input is a picture; only its formaction leads away.
    return Role.LINK if tag in _LEADING and not (tag == "input" and name == "src") else Role.LOAD


def _read_ids(node: LexborNode, page: HtmlPage) -> None:
    """Take the ids that an element has and those that it asks for."""
    attributes = node.attributes
    if not attributes:
        return
    if own := attributes.get("id"):
        page.ids[own] += 1
        page.elements.setdefault(own, tag_of(node))
    if node.tag in ("a", "map") and (old := attributes.get("name")):
        page.names.add(old)
    for name in _ID_LISTS.intersection(attributes):
        for asked in (attributes[name] or "").split():
            page.id_references.append(IdReference(f"{node.tag} {name}", asked, _ID_OF.get(name, "")))


def _read_html(node: LexborNode, page: HtmlPage) -> None:
    """The language of the page."""
    page.language = (node.attributes.get("lang") or "").lower()


def _read_base(node: LexborNode, page: HtmlPage) -> None:
    """That there is a base element."""
    page.has_base = True


def _read_link(node: LexborNode, page: HtmlPage) -> None:
    """What a link element names; https://html.spec.whatwg.org/multipage/links.html#linkTypes"""
    attributes = node.attributes
    kinds = set((attributes.get("rel") or "").lower().split())
    address = attributes.get("href") or ""
    if kinds & _CONNECTING:
        return
    if "canonical" in kinds:
        page.references.append(Reference(Role.CANONICAL, "link canonical", address))
    elif "alternate" in kinds and "hreflang" in attributes:
        language = (attributes["hreflang"] or "").lower()
        page.references.append(Reference(Role.HREFLANG, f"link hreflang={language}", address, language))
    elif "href" in attributes or "imagesrcset" not in attributes:
        role = Role.LOAD if kinds & _FETCHING or not kinds else Role.RELATED
        page.references.append(Reference(role, f"link {' '.join(sorted(kinds))}".strip(), address))
    if "imagesrcset" in attributes:
        page.references += _attribute_references("link", "imagesrcset", attributes["imagesrcset"] or "", attributes)


def _read_meta(node: LexborNode, page: HtmlPage) -> None:
    """Where a meta element leads, what it shows in messages (https://ogp.me), and whether search engines may list the page."""
    attributes = node.attributes
    name = (attributes.get("property") or attributes.get("name") or "").lower()
    content = (attributes.get("content") or "").strip()
    if (attributes.get("http-equiv") or "").lower() == "refresh":
        address = refresh_address(content)
        if address is not None:
            page.references.append(Reference(Role.REFRESH, "meta refresh", address))
    elif name in _SHARED:
        page.references.append(Reference(_SHARED[name], f"meta {name}", content))
    elif name in ("robots", "googlebot"):
        page.noindex |= bool({"noindex", "none"} & {word.strip() for word in content.lower().split(",")})


def _read_style(node: LexborNode, page: HtmlPage) -> None:
    """What the style sheet inside a page loads."""
    page.references += style_references(node.text(), "style")


def _read_script(node: LexborNode, page: HtmlPage) -> None:
    """The addresses in structured data."""
    if (node.attributes.get("type") or "").strip().lower() == "application/ld+json":
        page.json_blocks += 1
        try:
            page.references += json_references(node.text(), "JSON-LD", JSON_LD_ADDRESSES)
        except ValueError as error:
            page.bad_json.append((str(error), page.json_blocks))


_READERS = {
    "html": _read_html,
    "base": _read_base,
    "link": _read_link,
    "meta": _read_meta,
    "style": _read_style,
    "script": _read_script,
}
