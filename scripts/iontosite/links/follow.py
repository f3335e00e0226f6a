"""Follows one reference as a browser would, and says which file it leads to or what is wrong with it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from functools import cache, lru_cache
from urllib.parse import SplitResult, unquote, urlsplit
from xml.etree.ElementTree import ParseError

from iontosite.links.alike import Alike
from iontosite.links.contact import mailto_trouble, number_trouble
from iontosite.links.html_page import HtmlPage
from iontosite.links.own_site import OwnSite
from iontosite.links.references import NEED_FULL, Reference, Role, read_drawing
from iontosite.links.report import LinkReport
from iontosite.links.tree import Tree

_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Names that look like addresses: namespaces and vocabularies of the web consortium were given out as http.
_IDENTIFIER_HOSTS = {"www.w3.org", "w3.org"}
# An own full address is right where programs read it, or where people copy it.
_MAY_BE_FULL = NEED_FULL | {Role.DATA, Role.PERMALINK}


class Broken(Exception):
    """A reference that leads nowhere: the kind of fault, what is wrong and what to do, and the file that was meant."""

    def __init__(self, kind: str, advice: str, meant: str | None = None) -> None:
        super().__init__(advice)
        self.kind, self.meant = kind, meant


class Follower:
    """Follows the references of a tree; faults and outside addresses go into the report."""

    def __init__(self, tree: Tree, pages: dict[str, HtmlPage], own: OwnSite, report: LinkReport) -> None:
        self.tree, self.pages, self.own, self.report = tree, pages, own, report
        self._ids_of_drawing = cache(self._read_ids_of_drawing)
        self._alike = cache(self._find_alike)

    def follow(self, source: str, reference: Reference) -> str | None:
        """The file of the tree that a reference in `source` leads to, or was clearly meant to; None if it leads
        outside or nowhere."""
        try:
            return self._follow(source, reference)
        except Broken as broken:
            self.report.add(source, broken.kind, f"{reference}: {broken}", reference.address, reference.where)
            # So that a page with one misspelt link to it is not called an orphan too.
            return broken.meant if reference.role in (Role.LINK, Role.SITEMAP) else None

    def _follow(self, source: str, reference: Reference) -> str | None:
        """The same, but raises Broken."""
        address, role = reference.address, reference.role
        if not address.strip():
            raise Broken("empty-link", "leads back to the same page: give it an address, or take it out")
        if address.lstrip().lower().startswith("data:"):
            if role is Role.LINK:
                raise Broken("data-link", "browsers refuse to open it: make it a file, and link to that")
            return None
        parts = _split(address)
        if self._opens_elsewhere(address, parts.scheme):
            return None
        _check_spelling(address)
        if parts.scheme:
            path = self._path_of_full(source, reference, parts)
        elif role in NEED_FULL:
            raise Broken("relative-address", f"is read away from the page: write it in full, {self._example()}")
        else:
            path = self._path_of_relative(source, parts)
        if path is None:
            return None
        file = source if path == source else self._file(path)
        self._check_fragment(source, reference, file, parts.fragment)
        return file

    def _opens_elsewhere(self, address: str, scheme: str) -> bool:
        """Whether a mail program or the telephone opens the address; raises Broken where nothing can."""
        if scheme == "javascript":
            raise Broken("javascript-link", "works only with scripts, and not where a policy forbids them: use a button")
        if scheme == "mailto" and (trouble := mailto_trouble(address)):
            raise Broken("malformed-mailto", trouble)
        if scheme in ("tel", "sms") and (trouble := number_trouble(address)):
            raise Broken("malformed-tel", trouble)
        if scheme not in ("", "http", "https", "mailto", "tel", "sms", "about"):
            raise Broken("unknown-scheme", f'no browser knows "{scheme}:": correct it, or write ./ in front of a file')
        return scheme in ("mailto", "tel", "sms", "about")

    def _path_of_full(self, source: str, reference: Reference, parts: SplitResult) -> str | None:
        """The path inside the site that an http(s) address has; None if it is not the site's."""
        role, own = reference.role, self.own
        if not own.is_host_of(parts) or not own.is_below_base(parts.path or "/"):
            self._check_outside(source, reference, parts)
            return None
        if parts.scheme != own.scheme:
            raise Broken("insecure-link", f"the site is at {own.scheme}://: write that")
        if role in _MAY_BE_FULL and not own.is_written_well(parts):
            advice = f"write {own.scheme}://{own.host}{parts.path or '/'}"
            raise Broken("not-own-address", f"programs take it for the address of another page: {advice}")
        if role not in _MAY_BE_FULL:
            advice = f"names the site itself, and breaks on every copy of it: write {self._relative(source, parts)}"
            self.report.add(source, "own-full-address", f"{reference}: {advice}", reference.address, reference.where)
        return self._inside(parts.path or "/")

    def _check_outside(self, source: str, reference: Reference, parts: SplitResult) -> None:
        """Note an address of another site; raises Broken if it is no good one."""
        if reference.role is Role.DATA:
            return  # JSON names vocabularies and licences by addresses that nobody opens
        if reference.role in NEED_FULL:
            raise Broken("not-own-address", f"is not on this site: write {self._example()}")
        if not parts.hostname or "." not in parts.hostname:
            raise Broken("malformed-address", "has no host that others can reach: write https://host.org/…")
        self.report.add_outside(source, reference.address)
        if reference.role is Role.LOAD and not self.own.is_host_of(parts):
            advice = "the page tells another site who reads it, and breaks when that site does: bring the file into the site"
            raise Broken("outside-load", advice)
        if parts.scheme == "http" and parts.hostname not in _IDENTIFIER_HOSTS:
            raise Broken("insecure-link", "can be read and changed on the way: write https://, or link elsewhere")

    def _path_of_relative(self, source: str, parts: SplitResult) -> str:
        """The path inside the site that an address without a host has."""
        if parts.path.startswith("/"):
            if not self.own.is_below_base(parts.path):
                raise Broken("outside-base-path", f"the site stands below {self.own.base}: {self._advise_base(parts)}")
            return self._inside(parts.path)
        page = self.pages.get(source)
        if page and page.is_404 and (parts.path or parts.query):
            advice = "this page is shown at any depth, where a relative address leads elsewhere: write "
            raise Broken("relative-on-404", advice + self._root_relative(source, parts.path))
        if not parts.path:
            return source
        return _join(posixpath.dirname(source), unquote(parts.path))

    def _inside(self, path: str) -> str:
        """A path from the root of the host as a path inside the site."""
        if path + "/" == self.own.base:
            raise Broken("missing-slash", f"leads there by a detour: write {self.own.base}")
        return _join("", unquote(path.removeprefix(self.own.base)))

    def _file(self, path: str) -> str:
        """The file at a path inside the site; raises Broken, with the nearest one, if there is none."""
        file = self.tree.file_at(path)
        if file:
            return file
        near = self.tree.near(path)
        shown = self.own.path(near.file) if near else ""
        if near is None:
            raise Broken("missing-target", f"there is nothing at {self.own.base}{path}: correct it, or take it out")
        if near.kind == "missing-slash":
            raise Broken(near.kind, f"is a detour, and a dead end on a disk: end it with /, as in {shown}", near.file)
        if near.kind == "letter-case":
            raise Broken(near.kind, f"most servers tell capitals from small letters: write {shown}", near.file)
        if near.kind == "other-extension":
            raise Broken(near.kind, f"there is no such file, but there is {shown}: write that", near.file)
        raise Broken(near.kind, f"there is nothing at {self.own.base}{path}: did you mean {shown}?")

    def _check_fragment(self, source: str, reference: Reference, file: str, fragment: str) -> None:
        """Report a fragment that names no id of its file. JSON-LD uses fragments as names for things."""
        name = fragment.partition(":~:")[0]  # after this stands text to show, not an id
        if not name or name.lower() == "top" or reference.role is Role.DATA:
            return
        ids = self._ids(file, name)
        if ids is not None and name not in ids and unquote(name) not in ids:
            near = self._alike(file).nearest(unquote(name))
            advice = f'did you mean "#{near}"?' if near else "correct it, or give the place this id"
            advice = f'{self.own.path(file)} has no id "{unquote(name)}": {advice}'
            self.report.add(source, "missing-fragment", f"{reference}: {advice}", reference.address, reference.where)

    def _ids(self, file: str, name: str) -> Collection[str] | None:
        """The ids of a file; None where a fragment is no id, as in #page=2 of a PDF."""
        if file in self.pages:
            return self.pages[file].anchors
        return self._ids_of_drawing(file) if file.endswith(".svg") and not set(name) & set("=(") else None

    def _find_alike(self, file: str) -> Alike:
        """The ids of a page or a drawing, to find the one that was meant."""
        page = self.pages.get(file)
        return page.alike_anchors if page else Alike(self._ids_of_drawing(file) or ())

    def _read_ids_of_drawing(self, file: str) -> Collection[str] | None:
        """The ids of an SVG file; None if it cannot be read."""
        try:
            return frozenset(read_drawing(self.tree.read(file)).ids)
        except ParseError:
            return None  # reported once, where the file itself is read

    def _relative(self, source: str, parts: SplitResult) -> str:
        """The page-relative writing of an own full address, for advice; root-relative where pages move."""
        inside = (parts.path or "/").removeprefix(self.own.base)
        page = self.pages.get(source)
        tail = f"#{parts.fragment}" if parts.fragment else ""
        if page and page.is_404:
            return f'"{self.own.base}{inside}{tail}"'
        relative = posixpath.relpath("/" + inside, "/" + posixpath.dirname(source))
        return f'"{relative}{"/" if not inside or inside.endswith("/") else ""}{tail}"'

    def _root_relative(self, source: str, path: str) -> str:
        """A page-relative path as one from the root of the host, for advice."""
        return f'"{posixpath.normpath(posixpath.join(self.own.base, posixpath.dirname(source), path))}"'

    def _advise_base(self, parts: SplitResult) -> str:
        """What to write in place of a path above the site."""
        meant = self.tree.file_at(unquote(parts.path.lstrip("/")))
        return f"write {self.own.path(meant)}, or better a relative address" if meant else "write a relative address"

    def _example(self) -> str:
        """A full address of the site, for advice."""
        return f"like {self.own.full('index.html')}"


@lru_cache(4096)  # menus have the same addresses on every page
def _split(address: str) -> SplitResult:
    """The parts of an address; raises Broken if it has none."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # read late, and only then found to be none
        return parts
    except ValueError as error:
        raise Broken("malformed-address", f"cannot be read ({error}): correct it") from error


def _check_spelling(address: str) -> None:
    """Raise Broken for what browsers mend silently, each in its own way."""
    if address.split() != [address]:
        raise Broken("whitespace", "holds a space or a line break: take it out, or write %20")
    if address.startswith("//"):
        raise Broken("protocol-relative", "has no https: in front, and leads nowhere from a disk: write https://…")
    if "\\" in address:
        raise Broken("malformed-address", "holds a backslash: write / in its place")
    if _BAD_PERCENT.search(address):
        raise Broken("malformed-address", "holds a % without two hexadecimal digits: write %25 for the sign itself")


def _join(folder: str, path: str) -> str:
    """A relative path seen from a folder, as a path inside the site; raises Broken if it climbs out."""
    kept = [part for part in folder.split("/") if part]
    *folders, name = path.split("/")
    for part in [*folders, name if name in (".", "..") else "."]:
        if part == "..":
            if not kept:
                raise Broken("outside-tree", "climbs above the top of the site: take out one ../")
            kept.pop()
        elif part not in (".", ""):
            kept.append(part)
    return "".join(f"{part}/" for part in kept) + ("" if name in (".", "..") else name)
