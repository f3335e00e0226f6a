"""What the link checker says: its kinds of fault, one fault, and the report of a whole tree."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# Each kind has a folder of its own name in tests/fixtures/links/faults that proves that it is caught.
KINDS = (
    # Addresses that no browser can make sense of
    "empty-link",
    "whitespace",
    "malformed-address",
    "unknown-scheme",
    "malformed-mailto",
    "malformed-tel",
    "javascript-link",
    "data-link",
    "base-element",
    # Addresses that break when the site moves, or that somebody can read or change on the way
    "protocol-relative",
    "insecure-link",
    "own-full-address",
    "outside-base-path",
    "outside-tree",
    "relative-on-404",
    "relative-address",
    "not-own-address",
    # What a reader does not see, because the browser must not bring it
    "outside-load",
    "blocked-by-policy",
    # Addresses with nothing behind them
    "missing-target",
    "missing-slash",
    "letter-case",
    "other-extension",
    "missing-fragment",
    "dangling-reference",
    "duplicate-id",
    # Pages that disagree with each other
    "canonical-mismatch",
    "canonical-twice",
    "og-url-mismatch",
    "hreflang-one-way",
    "hreflang-without-self",
    "hreflang-wrong-language",
    "redirect-chain",
    "redirect-loop",
    "orphan",
    "language-unlinked",
    "sitemap-missing",
    "sitemap-page-missing",
    "sitemap-not-indexable",
    # Files that cannot be read, and writing that was never turned into a page
    "invalid-json",
    "invalid-xml",
    "leftover-markdown",
)


class LinkFault(NamedTuple):
    """One fault: the file where it stands (relative to the site), its kind, what is wrong and what to do, and, where it is
    known, the words that a writer can search for: the address, id or mark as it is written."""

    page: str
    kind: str
    detail: str
    written: str = ""


@dataclass
class LinkReport:
    """Every fault of a finished tree, and every outside address with the pages that link to it."""

    faults: list[LinkFault] = field(default_factory=list)
    outside: dict[str, set[str]] = field(default_factory=dict)

    def add(self, page: str, kind: str, detail: str, written: str = "") -> None:
        """Note a fault. A kind that is not in KINDS would have no proof, so it is refused."""
        if kind not in KINDS:
            raise ValueError(f"{kind} is not a kind of fault: add it to KINDS, with a fault folder for its test")
        self.faults.append(LinkFault(page, kind, detail, written))

    def add_outside(self, page: str, address: str) -> None:
        """Note that a page links to an outside address."""
        self.outside.setdefault(address, set()).add(page)

    def tidy(self) -> None:
        """Each fault once, by page; each outside address in its place in the alphabet."""
        self.faults = sorted(set(self.faults))
        self.outside = dict(sorted(self.outside.items()))
