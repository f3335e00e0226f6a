"""What a page's own Content-Security-Policy keeps the browser from doing: a reader sees a hole, and only the console says
why. Read from `<meta http-equiv>`, as https://www.w3.org/TR/CSP3/ has it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.links.nodes import nodes_of, tag_of

# What an element brings into a page, by the directive that has to allow it.
_DIRECTIVES = {
    "img": "img-src",
    "image": "img-src",
    "input": "img-src",
    "picture": "img-src",
    "script": "script-src",
    "iframe": "frame-src",
    "frame": "frame-src",
    "video": "media-src",
    "audio": "media-src",
    "track": "media-src",
    "object": "object-src",
    "embed": "object-src",
    "form": "form-action",
}
_OF_LINK = {"stylesheet": "style-src", "icon": "img-src", "apple-touch-icon": "img-src", "manifest": "manifest-src"}
# The attribute that names the file, where it is not src.
_ADDRESS = {"object": "data", "form": "action", "link": "href", "image": "href"}
# Where to look when a directive is not given, before default-src. The last two stand on their own.
_NEXT = {"frame-src": "child-src"}
_ALONE = {"form-action", "base-uri"}
# A script of one of these types runs; any other type makes it a block of data.
_RUNNING = ("", "module", "importmap", "speculationrules")

# The only elements that bring something in; on the others an inline style or handler is rare enough to ask for first.
_BRINGING = ", ".join([*_DIRECTIVES, "source", "style", "link[rel]"])
_INLINE = re.compile(r"\s(?:style|on\w+)\s*=", re.IGNORECASE)


class Blocked(NamedTuple):
    """Something that the policy stops: what it is, what to do about it, and the words to search for."""

    what: str
    advice: str
    written: str


class Policy:
    """A policy as it is written: directives, each with what it allows."""

    def __init__(self, text: str) -> None:
        self.directives: dict[str, list[str]] = {}
        for part in text.split(";"):
            name, *allowed = part.split() or [""]
            self.directives.setdefault(name.lower(), allowed)  # of two directives of one name, the first counts

    def blocked(self, html: str, parser: LexborHTMLParser) -> Iterator[Blocked]:
        """What the policy stops of a page: inline scripts and styles, and files of a kind or place not allowed."""
        for node in parser.css(_BRINGING):
            yield from self._blocked_files(node)
        if _INLINE.search(html):
            for node in nodes_of(parser):
                yield from self._blocked_attributes(node)

    def _blocked_files(self, node: LexborNode) -> Iterator[Blocked]:
        """The text or the files that an element brings in and the policy stops."""
        tag, attributes = tag_of(node), node.attributes
        if tag == "script" and "src" not in attributes and _runs(attributes.get("type")):
            advice = "put it into a file of its own"
            yield from self._inline("script-src", "<script> with text inside", advice, "<script", node.text(strip=False))
        if tag == "style":
            yield from self._inline("style-src", "<style>", "put it into a style sheet", "<style", node.text(strip=False))
        for directive, name, address in _loads(tag, node):
            if not self._allows_place(directive, address):
                advice = f"take it out, or let the policy allow it in {directive}"
                yield Blocked(f'{tag} {name} "{address[:60]}"', advice, address)

    def _blocked_attributes(self, node: LexborNode) -> Iterator[Blocked]:
        """The inline styles and handlers of an element that the policy stops."""
        for name, value in node.attributes.items():
            what, written = f'{node.tag} {name}="{value}"', f"{name}="
            if name == "style":
                yield from self._inline("style-src", what, "use a class, with its style in a style sheet", written)
            elif name.startswith("on"):
                yield from self._inline("script-src", what, "listen from a script in a file", written)

    def _inline(self, directive: str, what: str, advice: str, written: str, text: str | None = None) -> Iterator[Blocked]:
        """The one thing said of something inline, unless the policy allows it: by a word, by a nonce, or by the hash of its text.
        An attribute has no text here: its hash is taken on trust."""
        allowed = self._allowed(directive)
        if allowed is None or any(word == "'unsafe-inline'" or word.startswith("'nonce-") for word in allowed):
            return
        hashes = [word.strip("'") for word in allowed if word.startswith("'sha")]
        if not hashes:
            yield Blocked(what, advice, written)
        elif text is not None and not any(_is_hash_of(text, each) for each in hashes):
            yield Blocked(f"{what}: none of the hashes is that of its text", "work the hash out again", written)

    def _allowed(self, directive: str) -> list[str] | None:
        """What a directive allows; None if the policy leaves it free."""
        names = [directive] if directive in _ALONE else [directive, _NEXT.get(directive, ""), "default-src"]
        return next((self.directives[name] for name in names if name in self.directives), None)

    def _allows_place(self, directive: str, address: str) -> bool:
        """Whether files may come from there: the site itself, or `data:`. Other hosts are another fault already."""
        allowed = self._allowed(directive)
        scheme = address.partition(":")[0].strip().lower()
        if allowed is None or scheme in ("http", "https", "about", "javascript") or address.startswith("//"):
            return True
        return f"{scheme}:" in allowed if scheme in ("data", "blob") else any(word != "'none'" for word in allowed)


def _is_hash_of(text: str, named: str) -> bool:
    """Whether a policy's `sha256-…` is the hash of a text."""
    algorithm, _, digest = named.partition("-")
    made = hashlib.new(algorithm, text.encode()).digest() if algorithm in ("sha256", "sha384", "sha512") else b""
    return base64.b64encode(made).decode() == digest


def _runs(kind: str | None) -> bool:
    """Whether a script of this type runs, or is data."""
    kind = (kind or "").strip().lower()
    return kind in _RUNNING or kind.endswith(("javascript", "ecmascript"))


def _loads(tag: str, node: LexborNode) -> Iterator[tuple[str, str, str]]:
    """The directive, the attribute and the address of what an element brings in."""
    attributes = node.attributes
    if tag == "link":
        kinds = (attributes.get("rel") or "").lower().split()
        directive = next((_OF_LINK[kind] for kind in kinds if kind in _OF_LINK), None)
    elif tag == "source":
        directive = _DIRECTIVES.get(tag_of(node.parent)) if node.parent else None
    else:
        directive = _DIRECTIVES.get(tag)
    name = _ADDRESS.get(tag, "src")
    if directive and (address := attributes.get(name)):
        yield directive, name, address
    if poster := attributes.get("poster"):
        yield "img-src", "poster", poster
