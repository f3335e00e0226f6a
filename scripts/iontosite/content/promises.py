"""Promised addresses that the content no longer makes, told before anything is built, at the line that is likely to be wrong.

The ledger only grows, so what stands in it has to be a page, a code, a heading, or a line of redirects.yml. What only the
finished tree knows (the pages of sources, files, what an insert makes) is held against the ledger there (`check/ledger.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markdown.extensions.toc import slugify, unique

from iontosite.content.model import Content, Edition
from iontosite.content.pages import WITHOUT_IDS, Page, page_url
from iontosite.faults import Fault, did_you_mean

# Below a language's address.
_COMPUTED = (
    *("sources/", "about/yardsticks/", "clinics/review/", "handouts/", "assets/", "search/", "connect/"),
    *("permalinks.json", "iontophoresis-offline.zip"),
)
# Inserts that have pages of their own below the one that they stand on.
_MAKE_PAGES = ("sources", "yardsticks", "review", "connect")
FRAME = frozenset({"sources", "about-this-page"})  # ids that the frame gives to pages
LEDGER, REDIRECTS, GLOSSARY = "permalinks.yml", "redirects.yml", "glossary.yml"


def promise_faults(content: Content, broken: frozenset[str]) -> list[Fault]:
    """Every promised address and id that nothing stands at, and every redirect that leads nowhere. `broken` names the files that
    could not be read: what they made is not missing."""
    if broken & {LEDGER, REDIRECTS}:
        return []
    holds = _Holds(content, broken)
    faults = [
        *_redirect_faults(content, holds),
        *_folder_faults(content, holds),
        *_address_faults(content, holds),
        *_id_faults(content, holds),
    ]
    return faults if GLOSSARY in broken else [*faults, *_word_faults(content, holds)]


@dataclass(frozen=True)
class _Holds:
    """What there is: addresses, and the ids of each page whose ids can be known from its file."""

    content: Content
    broken: frozenset[str]
    ids: dict[str, dict[str, int]] = field(default_factory=dict)  # address -> id -> line of its heading

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page that was read, by its address."""
        return {self.content.path_of(page): page for page in self.content.pages}

    @cached_property
    def unread(self) -> frozenset[str]:
        """Addresses of pages that are there and could not be read."""
        names = [name for name in self.broken if name.endswith(".md")]
        found = [(edition, name) for edition in self.content.editions for name in names if name.startswith(f"{edition.code}/")]
        return frozenset(edition.path_of(page_url(name.removeprefix(f"{edition.code}/"))) for edition, name in found)

    @cached_property
    def codes(self) -> frozenset[str] | None:
        """Addresses of codes, in every spelling; None where one is on no list, which is told elsewhere."""
        try:
            own = {edition.path_of(code.url) for edition in self.content.editions for code in edition.codes}
            return frozenset(own | set(self.content.code_spellings))
        except ValueError:
            return None

    def is_computed(self, address: str) -> bool:
        """Whether only the finished tree can tell."""
        above = self.pages.get(address.rstrip("/").rpartition("/")[0] + "/")
        if above and any(insert.name in _MAKE_PAGES for insert in above.inserts):
            return True
        below = [address.removeprefix(edition.path_of("")) for edition in self._editions_of(address)]
        if "/codes/" in address and (self.unread or self.codes is None):
            return True  # a page that was not read may hold the code
        return any(path.startswith(start) for path in below for start in _COMPUTED)

    def has(self, address: str) -> bool:
        """Whether something stands at an address, as far as the content tells."""
        return address in self.pages or address in self.unread or address in (self.codes or ()) or self.is_computed(address)

    def ids_of(self, address: str) -> dict[str, int] | None:
        """The ids of a page with the lines of their headings; None where its file does not tell them all."""
        page = self.pages.get(address)
        if page is None or any(insert.name and insert.name not in WITHOUT_IDS for insert in page.inserts):
            return None
        if address not in self.ids:
            self.ids[address] = heading_ids(page)
        return self.ids[address]

    def _editions_of(self, address: str) -> list[Edition]:
        return [edition for edition in self.content.editions if address.startswith(edition.path_of(""))]


def heading_ids(page: Page) -> dict[str, int]:
    """The ids of a page's headings, those that the builder makes among them, as its extension `toc` makes them."""
    found: dict[str, int] = {}
    used: set[str] = {heading.id for heading in page.headings if heading.id}
    for heading in page.headings:
        name = heading.id or unique(slugify(heading.text, "-"), used)
        found.setdefault(name, heading.line)
    return found


def _redirect_faults(content: Content, holds: _Holds) -> Iterator[Fault]:
    """Redirects to a page or a heading that there is not."""
    for index, redirect in enumerate(content.redirects):
        address, _, fragment = redirect.new.partition("#")
        if "*" in address:
            if not any(each.startswith(address.partition("*")[0]) for each in holds.pages):
                yield content.fault(REDIRECTS, ("redirects", index), f"leads to {redirect.new}, and there is no such folder")
            continue
        where = ("redirects", index)
        if not holds.has(address):
            near = did_you_mean(address, [*holds.pages, *(holds.codes or ())])
            yield content.fault(REDIRECTS, where, f"leads to {redirect.new}, and there is no page at {address}{near}")
            continue
        ids = holds.ids_of(address)
        if fragment and ids is not None and fragment not in ids and fragment not in FRAME:
            message = f"leads to {redirect.new}, and that page has no heading #{fragment}{did_you_mean(fragment, ids)}"
            yield content.fault(REDIRECTS, where, message)


def _folder_faults(content: Content, holds: _Holds) -> Iterator[Fault]:
    """Redirects for each page of a folder that there is not."""
    for index, redirect in enumerate(content.redirects):
        folder = redirect.old.partition("*")[0]
        if "*" in redirect.old and not any(each.startswith(folder) for each in [*holds.pages, *content.ledger]):
            yield content.fault(REDIRECTS, ("redirects", index), f"leads on from {redirect.old}, and there is no such folder")


def _never_promised(content: Content, holds: _Holds) -> dict[str, int]:
    """What redirects lead on from though nobody promised it, with the place in the file."""
    found = {}
    for index, redirect in enumerate(content.redirects):
        address, _, fragment = redirect.old.partition("#")
        promise = content.ledger.get(address)
        lost = (
            fragment and promise is None and address in holds.pages
        )  # then it is the ledger's line of the address that is wrong
        if "*" not in address and not lost and (promise is None or (fragment and fragment not in promise.ids)):
            found[redirect.old] = index
    return found


def _address_faults(content: Content, holds: _Holds) -> Iterator[Fault]:
    moved = {redirect.old for redirect in content.redirects}
    strays = _never_promised(content, holds)
    fresh = [address for address in holds.pages if address not in content.ledger]
    for address, promise in content.ledger.items():
        if address in moved or holds.has(address):
            continue
        message = f"{address} was promised on {promise.since}, and nothing stands there any more"
        if near := _near(address, strays):
            said = f"leads on from {near}, which nobody promised: {message}: did you mean {address}?"
            yield content.fault(REDIRECTS, ("redirects", strays[near]), said)
        else:
            hint = (
                did_you_mean(address, [*fresh, *(holds.codes or ())])
                or f': put it back, or add to docs/{REDIRECTS}: {{from: "{address}", to: "/…/", why: "…"}}'
            )
            yield content.fault(LEDGER, ("addresses", address), message + hint)


def _id_faults(content: Content, holds: _Holds) -> Iterator[Fault]:
    moved = {redirect.old for redirect in content.redirects}
    everywhere = [redirect.old for redirect in content.redirects if "*" in redirect.old]
    strays = _never_promised(content, holds)
    for address, promise in content.ledger.items():
        ids = holds.ids_of(address)
        for name in promise.ids:
            kept = f"{address}#{name}" in moved or _matches(address, name, everywhere)
            if ids is not None and name not in ids and name not in FRAME and not kept:
                yield _lost_id(content, holds, address, name, strays)


def _word_faults(content: Content, holds: _Holds) -> Iterator[Fault]:
    """Words of the list whose id is nearly one that was promised and is gone: the id is the word's address."""
    entries = {entry.id: index for index, entry in enumerate(content.glossary)}
    told: set[str] = set()
    for address, page in holds.pages.items():
        promise = content.ledger.get(address)
        if promise is None or not any(insert.name == "glossary" for insert in page.inserts):
            continue
        lost = [name for name in promise.ids if name not in entries and name not in FRAME and name not in heading_ids(page)]
        for name in entries.keys() - set(promise.ids) - told:
            if near := did_you_mean(name, lost):
                told.add(name)
                message = f'the id "{name}" is new, and one that {address} promises is gone: ids live for ever{near}'
                yield content.fault(GLOSSARY, ("entries", entries[name], "id"), message)


def _lost_id(content: Content, holds: _Holds, address: str, name: str, strays: dict[str, int]) -> Fault:
    """A promised id that its page lacks: at the redirect, the heading or the line of the ledger that comes nearest to it."""
    page, ids = holds.pages[address], holds.ids_of(address) or {}
    if near := _near(f"{address}#{name}", strays):
        message = f"leads on from {near}, which nobody promised: did you mean {address}#{name}?"
        return content.fault(REDIRECTS, ("redirects", strays[near]), message)
    promised = content.ledger[address].ids
    fresh = {each: line for each, line in ids.items() if each not in promised}
    twins = [other for other in content.pages if other.path == page.path and other.language != page.language]
    elsewhere = any(heading.id == name for twin in twins for heading in twin.headings)
    advice = f"write it again, or write into docs/{REDIRECTS} where it leads now"
    near = _near(name, fresh)
    if near and (elsewhere or not twins):
        message = f"the id “{near}” is new, and “{name}”, which docs/{LEDGER} promises for {address}, is gone: {advice}"
        return Fault(page.name, fresh[near], message)
    if elsewhere or not twins:
        message = f"the id “{name}”, which docs/{LEDGER} promises for {address}, is on no heading: {advice}"
        return Fault(page.name, _gap(page, name, twins), message)
    message = f"{address}#{name} was promised, and {page.name} has no such heading{did_you_mean(name, [*ids, *FRAME])}: {advice}"
    return content.fault(LEDGER, ("addresses", address, "ids", promised.index(name)), message)


def _gap(page: Page, name: str, twins: list[Page]) -> int:
    """The line of the heading that stands where another language has the one with this id; the first line if none does."""
    for twin in twins:
        at = next((at for at, heading in enumerate(twin.headings) if heading.id == name), None)
        if at is not None and at < len(page.headings) and len(page.headings) == len(twin.headings):
            return page.headings[at].line
    return page.first_line


def _near(word: str, known: Mapping[str, int]) -> str:
    return did_you_mean(word, known).removeprefix('; did you mean "').removesuffix('"?')


def _matches(address: str, name: str, everywhere: list[str]) -> bool:
    """Whether a redirect for each page of a folder keeps an id."""
    folder, _, page = address.rstrip("/").rpartition("/")
    return bool(page) and f"{folder}/*/#{name}" in everywhere
