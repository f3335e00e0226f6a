"""A clinic's own copy without the pages that the clinic does not need (`leave_out` of `docs/clinic.yml`).

What stands on such a page goes whole: its code pages, the handouts that are about it, its files, its promises. What keeps people
safe, and what other pages cannot do without, stays: `leave_out` then says which page it is, and why.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from iontosite.content.ledger import Promise
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.recipes import Recipe
from iontosite.content.reviews import SignOff
from iontosite.content.safety import include_of
from iontosite.content.statements import citing
from iontosite.content.yardsticks import Yardsticks
from iontosite.faults import ContentError, did_you_mean

# Whoever opens one of these may be in danger, or about to start.
_SAFETY = frozenset(
    {
        *("is-it-safe-for-me.md", "tell-us-first.md", "side-effects.md", "before.md", "your-visit.md", "after.md"),
        *("is-this-normal.md", "medicines.md", "questions/burn.md", "questions/call-911.md", "questions/infection.md"),
    }
)
# Rules of these levels are about what their page is about, and go along with it. All others are told to everybody.
_OWN = frozenset({"normal", "call-clinic", "do", "do-not"})
_FAIR = frozenset({"does-it-work.md"})  # a site that tells of a treatment tells how well it works
# Every page, or a whole part of the site, leads there; the index pages of folders as well.
_FRAME = frozenset({"index.md", "what-it-is.md", "words.md", "sources.md", "about.md", "handouts/make.md"})
_RECORDS = "sources/"
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+\.md)(?:#[\w-]+)?\)")
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]|\d+\.)\s+(?:<svg.*?</svg>)?\**(?=\[)")


def without_left_out(content: Content) -> Content:
    """The content without the pages that `docs/clinic.yml` leaves out; raises ContentError with each that cannot go, and why."""
    wanted = content.clinic.leave_out
    if not wanted:
        return content
    first = content.editions[0]
    paths = {first.path_of(page.url): page.path for page in first.pages}
    faults = []
    for index, address in enumerate(wanted):
        path = paths.get(address)
        if path is None:
            why: str | None = f"there is no page {address}{did_you_mean(address, paths) or ': write its address, such as /cost/'}"
        else:
            why = _why_not(path, frozenset(paths[each] for each in wanted if each in paths), content)
        if why:
            faults.append(content.fault("clinic.yml", ("leave_out", index), f"leave_out: {why}"))
    if faults:
        raise ContentError(faults)
    left_out = frozenset(paths[address] for address in wanted)
    editions = tuple(_edition(each, left_out) for each in content.editions)
    pages = {content.path_of(page) for page in content.pages if page.path in left_out}
    redirects = tuple(each for each in content.redirects if not {_page(each.old), _page(each.new)} & pages)
    smaller = replace(content, left_out=left_out, editions=editions, redirects=redirects)
    gone = _addresses(content) - _addresses(smaller)
    return replace(
        smaller,
        sign_offs=tuple(each for each in (_without(each, gone) for each in content.sign_offs) if each.pages or each.rules),
        searches=tuple(each for each in content.searches if each.about not in left_out),
        ledger=_ledger(smaller, gone),
    )


def _without(sign_off: SignOff, gone: AbstractSet[str]) -> SignOff:
    """A sign-off of what is still there."""
    return sign_off.model_copy(update={"pages": {page: read for page, read in sign_off.pages.items() if page not in gone}})


def _why_not(path: str, left_out: frozenset[str], content: Content) -> str | None:
    """Why a page cannot be left out; None where it can."""
    first = content.editions[0]
    page = first.by_path[path]
    address = first.path_of(page.url)
    if path in _SAFETY:
        return f"{address} keeps people safe, so it stays: take it out of this list"
    if path in _FAIR:
        return f"{address} tells how well the treatment works, and nobody decides without it: take it out of this list"
    if path in _FRAME or page.is_index:
        return f"other pages lead to {address} from everywhere, so it stays: take it out of this list"
    for moment in first.messages.moments:
        if moment.page == path:
            return f'{address} is where the ready message "{moment.id}" leads: take it out of this list, or change the message'
    for name, recipe in first.recipes.items():
        if recipe.page not in left_out and path in _takes_from(recipe):
            return (
                f'the handout "{name}" takes its words from {address}: take it out of this list, or the page of the handout, too'
            )
    told = {rule for other in first.pages if other.path not in left_out for rule in rules_on(other, content)}
    here = [rule for rule in rules_on(page, content) if content.safety.by_id[rule].level not in _OWN]
    alone = [rule for rule in here if rule not in told]
    if alone:
        return f'only {address} tells the safety rule "{alone[0]}", so it stays: take it out of this list'
    return None


def rules_on(page: Page, content: Content) -> list[str]:
    """The ids of the safety rules that a page tells."""
    found = [rule for line in page.lines for rule in content.safety.sentences_in(line)]
    for insert in page.inserts:
        if included := include_of(insert.text):
            found += [rule.id for rule in content.safety.select(included[1])]
    return list(dict.fromkeys(found))


def _takes_from(recipe: Recipe) -> set[str]:
    return {recipe.page, *(part.page for part in recipe.parts if part.page)}


def _edition(edition: Edition, left_out: frozenset[str]) -> Edition:
    changes = (each.model_copy(update={"pages": _kept(each.pages, left_out)}) for each in edition.changes)
    recipes = {name: recipe for name, recipe in edition.recipes.items() if recipe.page not in left_out}
    return replace(
        edition,
        language=edition.language.model_copy(update={"not_translated": _kept(edition.language.not_translated, left_out)}),
        pages=tuple(page for page in edition.pages if page.path not in left_out),
        recipes=recipes,
        changes=tuple(each for each in changes if each.pages),
        yardsticks=_yardsticks(
            edition.yardsticks, {*left_out, *(f"handouts/{name}.yml" for name in edition.recipes.keys() - recipes)}
        ),
    )


def _kept(paths: tuple[str, ...], left_out: frozenset[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if path not in left_out)


def _yardsticks(yardsticks: Yardsticks | None, left_out: set[str]) -> Yardsticks | None:
    """Our scores of what is left."""
    if yardsticks is None:
        return None
    kept = [
        each.model_copy(update={"sheets": [sheet for sheet in each.sheets if sheet.page not in left_out]})
        for each in yardsticks.instruments
    ]
    return replace(yardsticks, instruments=[each for each in kept if each.sheets])


def _page(address: str) -> str:
    return address.partition("#")[0]


def _addresses(content: Content) -> set[str]:
    """Pages, codes in all their spellings, and what moved."""
    found = {redirect.old for redirect in content.redirects}
    for edition in content.editions:
        found |= {edition.path_of(page.url) for page in edition.pages}
        found |= {edition.path_of(code.url) for code in edition.codes}
        found |= {edition.path_of(f"handouts/make/{name}/") for name in edition.recipes}
        if edition.yardsticks:
            found |= {edition.path_of(f"about/yardsticks/{each.id}/") for each in edition.yardsticks.instruments}
    return found | set(content.code_spellings)


def _ledger(content: Content, gone: set[str]) -> Mapping[str, Promise]:
    """The promises that hold on a site without those addresses: what a page computes from others may be gone with them."""
    stems = {page.stem for edition in content.editions for page in edition.pages}
    pages = {content.path_of(page): page for page in content.pages}
    recorded = {
        edition.path_of(f"{_RECORDS}#source-{source}") for edition in content.editions for source in citing(edition, content)
    }
    kept: dict[str, Promise] = {}
    for address, promise in content.ledger.items():
        if address in gone or _is_lost_file(address, stems, content) or _is_lost_sheet(address, stems, content):
            continue
        if (records := _records(address, promise)) and not records & recorded:
            continue
        page = pages.get(address)
        if page is None or any(insert.name for insert in page.inserts):
            own = {heading.id for heading in page.headings} if page else set()
            promise = promise.model_copy(update={"ids": tuple(name for name in promise.ids if name in own)})
        kept[address] = promise
    return kept


def _is_lost_file(address: str, stems: set[str], content: Content) -> bool:
    """Whether a promised file was made for a page or a handout that is gone."""
    folder, name = posixpath.split(address)
    stem = name.rpartition(".")[0]
    if folder.endswith("/assets/qr"):
        return stem not in stems
    if folder.endswith("/assets/posters"):
        return stem.rpartition("-")[0] not in stems
    if folder.endswith("/handouts") and name.endswith(".pdf"):
        return not any(stem.startswith(f"{recipe}-") for edition in content.editions for recipe in edition.recipes)
    return False


def _is_lost_sheet(address: str, stems: set[str], content: Content) -> bool:
    """Whether a promised page of the pack for committees (`proof/pack.py`) is about a page or a handout that is gone."""
    folder, name = posixpath.split(address.rstrip("/"))
    if not folder.endswith("/clinics/review"):
        return False
    kind, _, about = name.partition("-")
    recipes = {recipe for edition in content.editions for recipe in edition.recipes}
    return (kind == "page" and about not in stems) or (kind == "handout" and about not in recipes)


def _records(address: str, promise: Promise) -> set[str]:
    """The promised records of sources on a page of nothing but such, each below the list of all of them; none for another page.
    A page that cites a source no more takes its record along."""
    folder, name = posixpath.split(address.rstrip("/"))
    own = {each for each in promise.ids if each.startswith("source-")}
    return {f"{folder}/#{each}" for each in own} if name and f"{folder}/".endswith(f"/{_RECORDS}") else set()


def without_links(body: str, page: Page, left_out: frozenset[str]) -> str:
    """The Markdown of a page without links to what is left out: a list item or a row that begins with such a link, and leads
    nowhere else, goes; elsewhere the words stay."""
    if not left_out:
        return body
    here = posixpath.dirname(page.path)

    def leads_out(match: re.Match[str]) -> bool:
        return posixpath.normpath(posixpath.join(here, match["target"])) in left_out

    def only_leads_out(text: str) -> bool:
        links = list(_LINK.finditer(text))
        return bool(links) and all(map(leads_out, links))

    lines: list[str] = []
    indent: int | None = None  # of the item that goes, with all that stands in it
    for line in body.split("\n"):
        if indent is not None and line.strip() and len(line) - len(line.lstrip()) > indent:
            continue
        indent = None
        if (item := _ITEM.match(line)) and only_leads_out(line):
            indent = len(item["indent"])
        elif not (line.startswith("| [") and only_leads_out(line)):
            lines.append(_LINK.sub(lambda match: match["words"] if leads_out(match) else match[0], line))
    return "\n".join(lines)


def kept_menu(menu: list[dict[str, object]], left_out: frozenset[str]) -> list[dict[str, object]]:
    """The builder's `nav` without what is left out, and without groups that nothing is left of."""
    return [dict(entry) for entry in _menu(menu, left_out)]


def _menu(menu: object, left_out: frozenset[str]) -> Iterator[dict[str, object]]:
    for entry in menu if isinstance(menu, list) else []:
        for title, goal in entry.items():
            if isinstance(goal, list):
                if group := list(_menu(goal, left_out)):
                    yield {title: group}
            elif goal not in left_out:
                yield {title: goal}


def own_number_notes(content: Content) -> list[str]:
    """Pages of a copy with another number for emergencies that name the first one in words of their own: those cannot follow."""
    located = content.files.get("site.yml")
    number = located.data["numbers"].get("emergency", "") if located else ""
    if not number or number == content.site.numbers.get("emergency"):
        return []
    named = re.compile(rf"(?<![\w-]){re.escape(number)}(?![\w-])")
    own = content.site.numbers["emergency"]
    return [
        f"{page.name}: its title, its text message or its links say {number}, and your number is {own}: change it there"
        for page in content.pages
        if any(named.search(text) for text in _own_words(page))
    ]


def _own_words(page: Page) -> Iterator[str]:
    yield page.front.title
    yield page.front.text_message or ""
    yield from (match["words"] for line in page.lines for match in _LINK.finditer(line))
