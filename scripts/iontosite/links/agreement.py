"""What pages have to agree on: their own addresses, languages, redirects, the sitemap, and who links to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from iontosite.links.html_page import HtmlPage
from iontosite.links.own_site import OwnSite
from iontosite.links.references import Reference, Role
from iontosite.links.report import LinkReport

# Where a reader begins.
START = "index.html"


@dataclass
class Ways:
    """Where the references of all pages lead, by role: file → what it refers to, with the file behind it."""

    by_role: dict[Role, dict[str, list[tuple[Reference, str]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def add(self, source: str, reference: Reference, target: str) -> None:
        """Note that a reference of `source` leads to the file `target`."""
        self.by_role[reference.role][source].append((reference, target))

    def of(self, role: Role) -> dict[str, list[tuple[Reference, str]]]:
        """All ways of one role by the file where they begin."""
        return self.by_role[role]


def check_agreement(pages: dict[str, HtmlPage], ways: Ways, own: OwnSite, report: LinkReport) -> None:
    """Check everything that takes two pages to tell; `ways` holds only references that lead somewhere."""
    redirects = {file: found[0][0] for file, found in ways.of(Role.REFRESH).items()}
    targets = {file: found[0][1] for file, found in ways.of(Role.REFRESH).items()}
    _check_own_addresses(pages, targets, ways, own, report)
    _check_languages(pages, ways, own, report)
    _check_redirects(redirects, targets, own, report)
    _check_orphans(pages, ways, own, report)


def _check_own_addresses(
    pages: dict[str, HtmlPage], redirects: dict[str, str], ways: Ways, own: OwnSite, report: LinkReport
) -> None:
    """canonical and og:url must name the page itself, or the page that a redirect leads to."""
    for role, kind in ((Role.CANONICAL, "canonical-mismatch"), (Role.SHARE_URL, "og-url-mismatch")):
        for file, found in ways.of(role).items():
            if pages[file].is_redirect and file not in redirects:
                continue  # where it should lead is not known, and reported
            right = own.full(redirects.get(file, file))
            for reference, _ in found:
                if reference.address != right:
                    advice = f"is not the address of this page: write {right}"
                    report.add(file, kind, f"{reference}: {advice}", reference.address, reference.where)


def _check_languages(pages: dict[str, HtmlPage], ways: Ways, own: OwnSite, report: LinkReport) -> None:
    """Pages that are each other's translations must name each other and themselves, in their true languages."""
    alternates = ways.of(Role.HREFLANG)
    targets = {file: {target for _, target in found} for file, found in alternates.items()}
    for file in alternates.keys() - pages.keys():  # sitemaps
        _check_promised_languages(file, alternates[file], pages, own, report)
    for file in alternates.keys() & pages.keys():
        _check_promised_languages(file, alternates[file], pages, own, report)
        if file not in targets[file]:
            advice = f"add hreflang={pages[file].language or '…'} with {own.full(file)}"
            report.add(
                file, "hreflang-without-self", f"names its translations but not itself: {advice}", *_first(alternates[file])
            )
        for reference, target in alternates[file]:
            if target != file and file not in targets.get(target, ()):
                advice = f"{own.path(target)} does not name this page in return: add it there"
                report.add(file, "hreflang-one-way", f"{reference}: {advice}", reference.address, reference.where)


def _first(alternates: list[tuple[Reference, str]]) -> tuple[str, str]:
    """How and where the first alternate is written: another one belongs beside it."""
    reference, _ = alternates[0]
    return reference.address, reference.where


def _check_promised_languages(
    file: str, alternates: list[tuple[Reference, str]], pages: dict[str, HtmlPage], own: OwnSite, report: LinkReport
) -> None:
    """What a page or a sitemap says about the language of another page must be true."""
    for reference, target in alternates:
        if target in pages and not _is_language(reference.language, pages[target].language):
            advice = f'{own.path(target)} is in "{pages[target].language}": correct one of them'
            report.add(file, "hreflang-wrong-language", f"{reference}: {advice}", reference.address, reference.where)


def _is_language(promised: str, found: str) -> bool:
    """Whether a page's language keeps what hreflang promises: `es` is kept by `es-US`; `x-default` promises nothing."""
    return promised == "x-default" or _main(promised) == _main(found)


def _main(language: str) -> str:
    """`es-US` → `es`."""
    return language.partition("-")[0]


def _check_redirects(redirects: dict[str, Reference], targets: dict[str, str], own: OwnSite, report: LinkReport) -> None:
    """A redirect must lead to a page in one step. `redirects` and `targets` are by file, and have the same files."""
    ends = _ends_of(targets)
    for file, (_, where, address, _) in redirects.items():
        if ends[file] is None:
            advice = "leads round in a circle and never to a page: lead it to one"
            report.add(file, "redirect-loop", advice, address, where)
        elif ends[file] != targets[file]:
            advice = f"leads to another redirect: lead it straight to {own.path(ends[file] or '')}"
            report.add(file, "redirect-chain", advice, address, where)


def _ends_of(targets: dict[str, str]) -> dict[str, str | None]:
    """The file that each redirect leads to in the end; None if it comes round in a circle. Each is walked once."""
    ends: dict[str, str | None] = {}
    for file in targets:
        steps: dict[str, None] = {}
        while file in targets and file not in ends and file not in steps:
            steps[file] = None
            file = targets[file]
        end = None if file in steps else ends.get(file, file)
        ends.update(dict.fromkeys(steps, end))
    return ends


def _check_orphans(pages: dict[str, HtmlPage], ways: Ways, own: OwnSite, report: LinkReport) -> None:
    """A reader who begins at the home page must be able to reach every indexable page by links. Pages that only link to
    each other, addresses to copy, and redirects that nobody links to are no ways. What is not indexable has another way:
    servers send the 404 page, old addresses lead to redirects, and the search page and the like are marked noindex."""
    if START not in pages:
        return
    reached = _reachable(START, ways)
    for home in _unlinked_languages(pages, reached, ways):
        advice = f"link to {own.path(home)} from every page in {_main(pages[START].language)}, or from the home page at least"
        report.add(home, "language-unlinked", f"no page in the first language links to those in {pages[home].language}: {advice}")
        reached |= _reachable(home, ways)
    for file, page in pages.items():
        if page.is_indexable and file not in reached:
            advice = "link to it, or mark it noindex if it is found in another way"
            report.add(file, "orphan", f"no way of links leads from the home page to {own.path(file)}: {advice}")


def _reachable(start: str, ways: Ways) -> set[str]:
    """The files that a reader reaches from one page, who clicks on links and is led on by redirects."""
    reached, waiting = {start}, [start]
    while waiting:
        source = waiting.pop()
        for role in (Role.LINK, Role.REFRESH):
            found = {target for _, target in ways.of(role).get(source, ())}
            waiting += found - reached
            reached |= found
    return reached


def _unlinked_languages(pages: dict[str, HtmlPage], reached: set[str], ways: Ways) -> list[str]:
    """The home pages of the languages that no reached page of the first language links to."""
    first = _main(pages[START].language)
    linked = {
        _main(pages[target].language)
        for source, found in ways.of(Role.LINK).items()
        if source in reached and source in pages and _main(pages[source].language) == first
        for _, target in found
        if target in pages
    }
    homes: dict[str, str] = {}
    for file in sorted((file for file, page in pages.items() if page.is_indexable), key=lambda file: (file.count("/"), file)):
        homes.setdefault(_main(pages[file].language), file)
    return [home for language, home in homes.items() if language not in linked | {first, ""}]


def check_sitemap(pages: dict[str, HtmlPage], listed: Iterable[tuple[str, str]], own: OwnSite, report: LinkReport) -> None:
    """The sitemaps must list every indexable page and nothing else. `listed` are pairs of sitemap and file."""
    found = set()
    for sitemap, file in listed:
        found.add(file)
        if file in pages and not pages[file].is_indexable:
            advice = "it is a redirect, a 404 page or marked noindex: take it out"
            report.add(sitemap, "sitemap-not-indexable", f"lists {own.full(file)}: {advice}", own.full(file), "loc")
    for file, page in pages.items():
        if page.is_indexable and file not in found:
            advice = f"add {own.full(file)}, or mark the page noindex"
            report.add(file, "sitemap-page-missing", f"sitemap.xml does not list the page: {advice}")
