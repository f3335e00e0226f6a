"""What the link checker says: its kinds of fault, and the report of a whole tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from iontosite.faults import Fault
from iontosite.links.places import Places

# The former name, until check/site.py has the new one.

# Each kind with what it catches. README.md has the same table, and tests/fixtures/links/faults.yml a proof of each.
KINDS = {
    # Addresses that no browser can make sense of
    "empty-link": "an address that is empty: it leads back to the same page",
    "whitespace": "a space or a line break inside an address",
    "malformed-address": "an address that cannot be read: no host, a backslash, a lone %",
    "unknown-scheme": "a scheme that no browser knows, as in htps://",
    "malformed-mailto": "a mail address that no mail program takes",
    "malformed-tel": "a telephone number that no telephone dials",
    "javascript-link": "a link that works with scripts only",
    "data-link": "a link to data: text, which browsers refuse to open",
    "base-element": "a base element: it turns every #link into a link to another page",
    # Addresses that break when the site moves, or that somebody can read or change on the way
    "protocol-relative": "an address that begins with //, and leads nowhere from a disk",
    "insecure-link": "an http:// address, which can be read and changed on the way",
    "own-full-address": "the site's own full address in a link: it breaks on every copy of the site",
    "outside-base-path": "an address above the folder at which the site stands",
    "outside-tree": "../ once too often",
    "relative-on-404": "a relative address on the 404 page, which servers show at any depth",
    "relative-address": "an address without a host where programs need a full one: canonical, hreflang, og:image, sitemap",
    "not-own-address": "an address of another site where the site's own must stand",
    # What a reader does not see, because the browser must not bring it
    "outside-load": "a picture, script, style sheet or font from another site, which so learns who reads the page",
    "blocked-by-policy": "what the page's own Content-Security-Policy keeps the browser from doing",
    # Addresses with nothing behind them
    "start-page-missing": "no index.html at the top",
    "missing-target": "nothing behind an address, wherever it stands: links, srcset, CSS, SVG, JSON, meta, templates, XML",
    "missing-slash": "a folder without its last /: a detour, and a dead end on a disk",
    "letter-case": "capitals in place of small letters, which most servers tell apart",
    "other-extension": "the right name with a wrong ending, as index.md",
    "missing-fragment": "a #part that its page or drawing has not",
    "dangling-reference": "for, aria-* and the like that name an id which no element, or a wrong one, has",
    "duplicate-id": "one id on two elements: links reach only the first",
    # Pages that disagree with each other
    "canonical-mismatch": "a canonical address that is not the page's own, or not the one that a redirect leads to",
    "canonical-twice": "two canonical addresses: search engines then heed none",
    "og-url-mismatch": "a share address that is not the page's own",
    "hreflang-one-way": "a translation that does not name the page in return",
    "hreflang-without-self": "a page that names its translations but not itself",
    "hreflang-wrong-language": "a translation that is in another language than promised",
    "redirect-chain": "a redirect to a redirect",
    "redirect-loop": "redirects that lead round in a circle",
    "orphan": "a page that no way of links leads to from the start page",
    "language-unlinked": "a language that no page in the first language links to",
    "sitemap-missing": "no sitemap.xml, where one is asked for",
    "sitemap-page-missing": "a page that the sitemap does not list",
    "sitemap-not-indexable": "a redirect, a 404 page or a noindex page that the sitemap lists",
    # Files that cannot be read, and writing that was never turned into a page
    "invalid-json": "JSON, JSON-LD or a web manifest that cannot be read",
    "invalid-xml": "an SVG or a sitemap that cannot be read",
    "leftover-markdown": "Markdown or template marks that a reader sees: ](, [^1], !!!, ===, {{",
}


def _nothing(file: str) -> str:
    """For a report without files: every fault is at line 1."""
    return ""


@dataclass
class LinkReport:
    """Every fault of a finished tree, and every outside address with the pages that link to it.

    `read` gives the text of a file by its path in the site; it is asked only for files with faults, to find their lines.
    """

    read: Callable[[str], str] = _nothing
    faults: list[Fault] = field(default_factory=list)
    outside: dict[str, set[str]] = field(default_factory=dict)

    def add(self, file: str, kind: str, message: str, written: str = "", where: str = "", nth: int = 1, line: int = 0) -> None:
        """Note a fault of a file (path relative to the site) at its line.

        The line is found by the words as they are `written` and by `where` they stand (see Places.line), unless it is known.
        Raises ValueError for a kind that is not in KINDS, because it would have no proof.
        """
        if kind not in KINDS:
            raise ValueError(f"{kind} is not a kind of fault: add it to KINDS, with a proof in tests/fixtures/links/faults.yml")
        if not line:
            line = self._places(file).line(written, where, nth) if written or where else 1
        self.faults.append(Fault(file, line, message, kind, written))

    def add_outside(self, page: str, address: str) -> None:
        """Note that a page links to an outside address."""
        self.outside.setdefault(address, set()).add(page)

    def tidy(self) -> None:
        """Each fault once, by file and line; each outside address in its place in the alphabet."""
        self.faults = sorted(set(self.faults))
        self.outside = dict(sorted(self.outside.items()))

    @cached_property
    def _places(self) -> Callable[[str], Places]:
        # Faults come file by file, and a large tree in which each page has one must not stay in memory.
        return lru_cache(maxsize=8)(lambda file: Places(self.read(file)))
