"""What the parts of the content have to agree on: citations and sources, links and pages, questions and their index."""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from iontosite.content.addresses import link_trouble
from iontosite.content.changes import change_faults
from iontosite.content.code_meanings import FILE as MEANINGS
from iontosite.content.code_meanings import meaning_faults
from iontosite.content.codes import System, code_trouble
from iontosite.content.days import day_faults
from iontosite.content.findings import asked_for
from iontosite.content.located import Key, Located, strings_in
from iontosite.content.markdown import FILL_INS, VARIABLE, Link, read_markdown
from iontosite.content.marks import mark_faults
from iontosite.content.model import Content, Edition
from iontosite.content.pages import INSERTS, WITHOUT_IDS, Page
from iontosite.content.promises import FRAME, heading_ids, promise_faults
from iontosite.content.recipes import Recipe
from iontosite.content.remembered import Remembered
from iontosite.content.safety import include_of
from iontosite.content.searches import search_faults
from iontosite.content.shown import picture_faults
from iontosite.content.source_notes import note_faults
from iontosite.content.syntax import inline_slips, syntax_faults
from iontosite.content.text_messages import message_faults
from iontosite.faults import Fault, did_you_mean

INCLUDED = frozenset({"safety-rules.yml", "findings.yml"})  # files whose words stand on pages
# What the build writes by itself, by the start of its address below that of a language.
_BUILT = {
    "search/": "the page that searches",
    "404/": "the page for addresses that do not exist",
    "assets/": "the files that pages load",
    "codes/": "the pages of the codes",
    "handouts/make/": "the handout maker",
}
_OWN = "handouts/make/"  # the page that leads to each maker is written by hand
EMERGENCY = "emergency"  # the number that the frame of every page shows
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")


def cross_faults(content: Content, broken: frozenset[str] = frozenset(), remembered: Remembered | None = None) -> list[Fault]:
    """Every disagreement. `broken` names the files (by their path from docs/) that could not be read: nothing is held against
    what would have stood in them. `remembered` holds what was found in earlier readings."""
    faults: list[Fault] = []
    remembered = remembered or Remembered()
    for page in content.pages:
        faults += remembered.faults(f"syntax without {sorted(broken)}", [page], partial(syntax_faults, page))
        faults += mark_faults(page)
        faults += _insert_faults(page, broken)
    if "sources.yml" not in broken:  # else every citation would be a fault of its own, and hide the one that matters
        faults += _citation_faults(content, whole=not any(name.endswith(".md") or name in INCLUDED for name in broken))
    for edition in content.editions:
        faults += _title_faults(edition.pages)
        faults += _link_faults(edition, content.docs, content.site.site_url)
        faults += _code_faults(edition)
        faults += _index_faults(edition)
        faults += _address_faults(edition, content)
        if f"{edition.code}/strings.yml" not in broken:
            faults += _group_faults(edition)
        unread = [name.removeprefix(f"{edition.code}/") for name in broken if name.startswith(f"{edition.code}/")]
        for recipe in edition.recipes.values():
            faults += _recipe_faults(recipe, edition, unread, bool(broken & INCLUDED))
        if edition.yardsticks:
            handouts = [f"handouts/{name}.yml" for name in edition.recipes]
            faults += edition.yardsticks.page_faults([*edition.by_path, *handouts, *unread])
        if edition.changes:
            located = content.files[f"{edition.code}/changes.yml"]
            faults += change_faults(edition.changes, located, [*edition.by_path, *unread], list(edition.by_path))
    faults += message_faults(content, broken)
    faults += note_faults(content, broken)
    if content.searches and not any(name.endswith(".md") for name in broken):
        faults += search_faults(content.searches, content.files["searches.yml"], content.editions[0].by_path)
    faults += _meaning_faults(content, broken)
    if not any(name.endswith(".md") or name in INCLUDED for name in broken):  # what they sign off may stand there
        faults += _sign_off_faults(content)
    faults += _year_faults(content)
    faults += day_faults(content)
    if not broken:
        faults += picture_faults(content)
    faults += _setting_faults(content)
    for located in [*(page.front_lines for page in content.pages), *content.files.values()]:
        faults += quote_faults(located)
    faults += promise_faults(content, broken)
    if "safety-rules.yml" not in broken and not any(name.endswith(".md") for name in broken):
        faults += _tag_faults(content)
    if "findings.yml" not in broken:
        faults += _unshown_faults(content)
    faults += _variable_faults(content, broken)
    faults += _word_faults(content)
    return faults


def _word_faults(content: Content) -> list[Fault]:
    """Marks that are left in the words of rules, claims, findings and the glossary, which pages take over as Markdown: told in
    the file that holds them, and not on each page that shows them."""
    faults: list[Fault] = []
    for name in (*sorted(INCLUDED), "glossary.yml"):
        located = content.files.get(name)
        for key, text in strings_in(located.data) if located else ():
            # What is clean before it is read as Markdown is clean after it, and reading takes a while.
            if located and "words" in key and key[-1] not in ("source", "tick") and any(inline_slips(text)):
                said = [slip for block in read_markdown(text) for _, slip in inline_slips(block.text)]
                faults += [Fault(located.path, located.line(key), slip) for slip in said[:1]]
    return faults


def _citation_faults(content: Content, whole: bool) -> list[Fault]:
    """Unknown sources, sources that nobody read, and sources that no page cites: the last only where all pages were read."""
    faults: list[Fault] = []
    cited: set[str] = set()
    for page in content.pages:
        for line, source in page.citations:
            cited.add(source)
            if source not in content.sources:
                hint = did_you_mean(source, content.sources)
                faults.append(Fault(page.name, line, f'cites "{source}", which is not in sources.yml{hint}'))
            elif (status := content.sources[source].status) != "read":
                faults.append(Fault(page.name, line, f'cites "{source}", which is "{status}": only a read source may be cited'))
    for index, entry in enumerate(content.glossary):
        for language, word in entry.words.items():
            cited.add(word.source or "")
            if word.source and word.source not in content.sources:
                message = f'names "{word.source}", which is not in sources.yml{did_you_mean(word.source, content.sources)}'
                faults.append(content.fault("glossary.yml", ("entries", index, "words", language, "source"), message))
    for file, key, source in _resting(content):
        cited.add(source)
        known = content.sources.get(source)
        if known is None or known.status != "read":
            near = did_you_mean(source, content.sources) if known is None else ""
            message = f'rests on "{source}", which is no read source of sources.yml{near}'
            faults.append(content.fault(file, key, message))
    for index, source_id in enumerate(content.sources):
        if whole and content.sources[source_id].status == "read" and source_id not in cited:
            message = f'"{source_id}" is cited by no page: cite it or take it out'
            faults.append(content.fault("sources.yml", ("sources", index), message))
    return faults


def _resting(content: Content) -> Iterator[tuple[str, Key, str]]:
    """Each source that a rule, a claim, a finding or a code's meaning rests on, with the file and the place in it."""
    for index, rule in enumerate(content.safety.rules):
        yield from (("safety-rules.yml", ("rules", index, "sources", at), source) for at, source in enumerate(rule.sources))
    for index, claim in enumerate(content.findings.claims):
        yield from (("findings.yml", ("claims", index, "sources", at), source) for at, source in enumerate(claim.sources))
    for index, finding in enumerate(content.findings.findings):
        yield "findings.yml", ("findings", index, "source"), finding.source
        yield from (("findings.yml", ("findings", index, "also", at), source) for at, source in enumerate(finding.also))
    for index, meaning in enumerate(content.meanings):
        yield from ((MEANINGS, ("meanings", index, "sources", at), source) for at, source in enumerate(meaning.sources))


def _title_faults(pages: Iterable[Page]) -> list[Fault]:
    """Two pages of one language with one title: nobody could tell them apart in a list or a tab."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for page in pages:
        first = seen.setdefault(page.front.title.casefold(), page.name)
        if first != page.name:
            message = f'has the same title as {first} ("{page.front.title}"): change one'
            faults.append(Fault(page.name, page.line_of("title"), message))
    return faults


def _group_faults(edition: Edition) -> list[Fault]:
    """Questions in a group that the index does not have would be listed nowhere; on another page `group` does nothing."""
    faults, groups = [], edition.strings.groups
    for page in edition.pages:
        group = page.front.group
        if page.is_question and group not in groups:
            near = did_you_mean(group or "", groups) or f": write one of {', '.join(groups)}"
            what = f'the index has no group "{group}"' if group else "is missing"
            faults.append(Fault(page.name, page.line_of("group"), f"group: {what}{near}"))
        elif group and not page.is_question:
            message = "group: only a page under questions/ stands in the index of questions: take it out, or move the page there"
            faults.append(Fault(page.name, page.line_of("group"), message))
    return faults


def _code_faults(edition: Edition) -> list[Fault]:
    """Codes that are on no list, and diagnosis codes that two pages claim: their address can lead to one only. A procedure
    code says nothing about the problem, so many pages may name it."""
    faults: list[Fault] = []
    claimed: dict[str, str] = {}
    systems: tuple[System, ...] = ("icd10cm", "cpt")
    for page in edition.pages:
        for system in systems:
            for index, code in enumerate(getattr(page.front.codes, system)):
                where = f"codes.{system}.{index}"
                if trouble := code_trouble(system, code):
                    faults.append(Fault(page.name, page.line_of("codes", system, index), f"{where}: {trouble}"))
                elif system == "icd10cm" and claimed.setdefault(code, page.name) != page.name:
                    message = f'{where}: "{code}" leads to {claimed[code]} already: take it out of one of the two'
                    faults.append(Fault(page.name, page.line_of("codes", system, index), message))
    return faults


def _meaning_faults(content: Content, broken: frozenset[str]) -> list[Fault]:
    """Codes that mean nothing to a patient. Where a page could not be read, or a code is on no list, that is told first."""
    if MEANINGS in broken or any(name.endswith(".md") for name in broken) or any(map(_code_faults, content.editions)):
        return []
    first = content.editions[0]
    return meaning_faults(content.meanings, content.files.get(MEANINGS), first.code, first.codes)


def _index_faults(edition: Edition) -> list[Fault]:
    """A page that the first page of its folder does not link to is found by nobody who looks there."""
    faults: list[Fault] = []
    for index in (page for page in edition.pages if page.is_index and page.section):
        if any(insert.name == index.section for insert in index.inserts):
            continue  # computed from the folder itself
        listed = {_target(index, link)[0] for link in index.links}
        missing = [page for page in edition.pages if page.section == index.section and page.path not in {*listed, index.path}]
        for page in missing:
            message = f"{index.name} does not link to it, so few will find it: add a link there"
            faults.append(Fault(page.name, 1, message))
    return faults


def _target(page: Page, link: Link) -> tuple[str, str]:
    """The file that a link of a page names, from the language's folder, and the id behind the #."""
    file, _, fragment = link.target.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), file)) if file else page.path, fragment


def _link_faults(edition: Edition, docs: Path, site_url: str) -> list[Fault]:
    """Links and pictures that lead to no file, and links to a heading that its page does not have. A page with inserts has
    more ids than its file holds; links to those are checked on the finished tree."""
    faults: list[Fault] = []
    folder = docs / edition.code
    # What is on the disk: a page with a fault of its own is no missing page.
    known = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md") if not path.name.startswith(".")}
    assets = _asset_paths(docs)
    for page in edition.pages:
        script = page.front.script
        if script and (f"assets/{script}" not in assets or not script.endswith(".js")):
            near = did_you_mean(f"assets/{script}", [asset for asset in assets if asset.endswith(".js")])
            faults.append(Fault(page.name, page.line_of("script"), f"script: there is no docs/assets/{script}{near}"))
        for block in page.blocks:
            for link in (*block.links, *block.pictures):
                if link.target.startswith(site_url):
                    advice = "other copies of the site do not have it: name the .md file"
                    faults.append(Fault(page.name, link.line, f'"{link.target}" is an address of this site, and {advice}'))
                elif message := _link_trouble(page, link, edition, known, assets, link in block.pictures):
                    faults.append(Fault(page.name, link.line, message))
    return faults


def _link_trouble(page: Page, link: Link, edition: Edition, known: set[str], assets: list[str], shown: bool) -> str | None:
    """What is wrong with one link, or one picture that is `shown`; None if nothing is."""
    if not link.words:
        return (
            "a picture without alt text: say what it shows" if shown else f'a link without words to "{link.target}": write them'
        )
    if not link.target or link.target.endswith("#"):
        return f'the link "{link.words}" leads nowhere: write the file, or the file and the id, that it leads to'
    if _SCHEME.match(link.target) or link.target.startswith("//"):
        advice = "put the file into docs/assets/figures/"
        return f"a picture from another place ({link.target[:60]}): {advice}" if shown else link_trouble(link.target)
    path, fragment = _target(page, link)
    target = link.target.partition("#")[0]
    if path.startswith("assets/"):
        if not shown:
            return f'links to the file "{target}": a picture is shown with ! in front, and a link leads to a page'
        return None if path in assets else f'shows "{target}", but there is no docs/{path}{did_you_mean(path, assets)}'
    if target and not target.endswith(".md"):
        return f'links to "{target}": name the .md file instead'
    if path in edition.language.not_translated:
        return None
    if path not in known:
        return f'links to "{target}", which does not exist{did_you_mean(path, known)}'
    if fragment.startswith("#"):
        return f'links to "{link.target}": one # is enough'
    goal = edition.by_path.get(path)
    if not fragment or goal is None or any(insert.name and insert.name not in WITHOUT_IDS for insert in goal.inserts):
        return None
    ids = [*heading_ids(goal), *FRAME]
    return (
        None if fragment in ids else f'links to "{link.target}", but {goal.name} has no such heading{did_you_mean(fragment, ids)}'
    )


def _asset_paths(docs: Path) -> list[str]:
    """Every file under docs/assets/ by its path from docs/."""
    assets = sorted(path for path in (docs / "assets").rglob("*") if path.is_file())
    return [os.path.relpath(path, docs).replace(os.sep, "/") for path in assets]


def _insert_faults(page: Page, broken: frozenset[str]) -> list[Fault]:
    """`<!-- insert: name -->` that nothing is computed for; any other comment would go out with the page's source."""
    faults = []
    for insert in page.inserts:
        if insert.includes and INCLUDED & broken:
            continue  # nobody knows what would stand there
        if insert.includes:
            try:
                page.included(insert.text)
            except ValueError as error:
                faults.append(Fault(page.name, insert.line, f"includes what there is not: {error}"))
        elif "insert" in insert.text.casefold() and insert.name not in INSERTS:
            name = insert.name or insert.text
            hint = did_you_mean(name, INSERTS) or f": write one of {', '.join(INSERTS)}, on a line of its own"
            faults.append(Fault(page.name, insert.line, f'inserts "{name}", which nothing is computed for{hint}'))
        elif not insert.name:
            advice = "readers can see it in the page's source: take it out, or write it into the commit's message"
            faults.append(Fault(page.name, insert.line, f'a comment ("{insert.text[:40]}"): {advice}'))
    return faults


def _variable_faults(content: Content, broken: frozenset[str]) -> list[Fault]:
    """`{{ name }}` that stands for nothing, on a page, in its figures or in data that pages show."""
    known = frozenset({*content.site.numbers, *FILL_INS})
    faults = [fault for page in content.pages for fault in page_variable_faults(page, known, bool(INCLUDED & broken))]
    return faults + [fault for located in content.files.values() for fault in file_variable_faults(located, known)]


def page_variable_faults(page: Page, known: frozenset[str], unread: bool) -> list[Fault]:
    """The same of one page; `unread` tells that nobody knows which rules and findings there are."""
    faults: list[Fault] = []
    for number, line in enumerate(page.lines, page.first_line):
        faults += _unknown_values(line, page.name, number, known)
    for number, line in enumerate([] if unread else page.written.split("\n"), page.first_line):
        unknown = [*page.safety.unknown_sentences(line, page.language), *page.findings.unknown_words(line, page.language)]
        faults += [Fault(page.name, number, f"includes what there is not: {problem}") for problem in unknown]
    return faults


def file_variable_faults(located: Located, known: frozenset[str]) -> list[Fault]:
    """The same of one data file."""
    texts = strings_in(located.data)
    return [fault for key, text in texts for fault in _unknown_values(text, located.path, located.line(key), known)]


def _unknown_values(text: str, path: str, line: int, known: frozenset[str]) -> list[Fault]:
    return [
        Fault(path, line, f'has "{match[0]}", which stands for nothing{did_you_mean(match[1], sorted(known))}')
        for match in VARIABLE.finditer(text)
        if match[1] not in known
    ]


def _year_faults(content: Content) -> list[Fault]:
    """Sources that are younger than the last look at the evidence: nobody can have read them then."""
    last = max((page.front.evidence_checked for page in content.pages), default="")[:4]
    return [
        content.fault(
            "sources.yml",
            ("sources", index, "year"),
            f"year: {source.year} is after the last look at the evidence ({last}): correct it, or evidence_checked of its pages",
        )
        for index, source in enumerate(content.sources.values())
        if last and source.year and source.year > int(last)
    ]


def _address_faults(edition: Edition, content: Content) -> list[Fault]:
    """Pages whose address is that of another page (`after.md`, `after/index.md`), or one that the build itself writes."""
    faults: list[Fault] = []
    others = {each.language.path for each in content.editions if each.language.path} if not edition.language.path else set()
    taken: dict[str, str] = dict.fromkeys(others, "the pages of a language")
    for page in edition.pages:
        own = next((what for start, what in _BUILT.items() if page.url.startswith(start) and page.url != _OWN), None)
        first = own or taken.setdefault(page.url, page.name)
        if first != page.name:
            message = f"its address /{edition.language.path}{page.url} is that of {first}: give it another name"
            faults.append(Fault(page.name, 1, message))
    return faults


def _sign_off_faults(content: Content) -> list[Fault]:
    """Sign-offs of pages and rules that do not exist: they would be shown nowhere, and nobody would know; and days to come, on
    which nobody can have read anything yet."""
    pages, languages = [content.path_of(page) for page in content.pages], [edition.code for edition in content.editions]
    faults = []
    for index, sign_off in enumerate(content.sign_offs):
        told: list[tuple[tuple[str, ...], str]] = []
        for address in sign_off.pages:
            if address not in pages:
                told.append((("pages", address), f'signs off "{address}", which does not exist{did_you_mean(address, pages)}'))
        language = sign_off.language or languages[0]
        if language not in languages:
            told.append((("language",), f'the site has no language "{language}"{did_you_mean(language, languages)}'))
        for rule_id in sign_off.rules:
            rule = content.safety.by_id.get(rule_id)
            if rule is None:
                near = did_you_mean(rule_id, content.safety.by_id)
                told.append((("rules", rule_id), f'signs off the rule "{rule_id}", which does not exist{near}'))
            elif language in languages and language not in rule.words:
                told.append((("rules", rule_id), f'the rule "{rule_id}" has no words in "{language}" to sign off'))
        if sign_off.date > content.today.isoformat():
            message = f"{sign_off.date} is still to come: write the day on which the person signed"
            told.append((("date",), message))
        faults += [content.fault("reviews.yml", ("sign_offs", index, *key), message) for key, message in told]
    return faults


def _setting_faults(content: Content) -> list[Fault]:
    """Settings of languages that there are not, and numbers to call that nothing calls: what should call them lacks them."""
    faults = []
    for index, language in enumerate(content.site.languages):
        if not (content.root / language.config).is_file():
            near = did_you_mean(language.config, [path.name for path in content.root.glob("mkdocs*.yml")])
            message = f'there is no file "{language.config}" at the top of the project{near}'
            faults.append(content.fault("site.yml", ("languages", index, "config"), message))
    texts = [text for located in content.files.values() for _, text in strings_in(located.data)]
    called = {match[1] for text in [*(page.body for page in content.pages), *texts] for match in VARIABLE.finditer(text)}
    for name in content.site.numbers:
        near = did_you_mean(name, sorted(called - {*content.site.numbers, *FILL_INS}))
        if name not in called and near:  # one that no page calls yet is none
            message = f"no page has {{{{ {name} }}}}: correct its name, or take the number out{near}"
            faults.append(content.fault("site.yml", ("numbers", name), message))
    if EMERGENCY not in content.site.numbers:
        near = did_you_mean(EMERGENCY, content.site.numbers)
        faults.append(content.fault("site.yml", ("numbers",), f'has no number "{EMERGENCY}", which every page shows{near}'))
    return faults


def _recipe_faults(recipe: Recipe, edition: Edition, unread: list[str], no_includes: bool) -> list[Fault]:
    """Pages and headings that a handout takes from and that there are not. `unread` are the paths of files that could not be
    read, and `no_includes` tells that the same is true of what pages include."""
    faults = []
    if recipe.page not in edition.by_path and recipe.page not in unread:
        message = f'leads to "{recipe.page}", which does not exist{did_you_mean(recipe.page, edition.by_path)}'
        faults.append(recipe.place.fault(message, "page"))
    for part in recipe.parts:
        page = edition.by_path.get(part.page or "")
        if part.page and page is None and part.page not in unread:
            message = f'takes from "{part.page}", which does not exist{did_you_mean(part.page, edition.by_path)}'
            faults.append(part.place.fault(message, "page"))
        ids = [heading.id for heading in page.headings if heading.id] if page else []
        if page and part.heading and part.heading not in ids and not no_includes:
            message = f'{page.name} has no heading "{part.heading}"{did_you_mean(part.heading, ids)}'
            faults.append(part.place.fault(message, "heading"))
    return faults


def _tag_faults(content: Content) -> list[Fault]:
    """Tags of rules that nothing asks for: a mistyped one takes its rule from every page that asks for the right one."""
    asked = {
        word for page in content.pages for insert in page.inserts if (form := include_of(insert.text)) for word in form[1].split()
    }
    count = Counter(tag for rule in content.safety.rules for tag in rule.tags)
    faults = []
    for index, rule in enumerate(content.safety.rules):
        for at, tag in enumerate(rule.tags):
            if tag in asked or tag in content.safety.harms or count[tag] > 1 or tag in rule.id:
                continue
            # A tag of a single rule may say what it is about; one that is nearly another one is a slip.
            if near := did_you_mean(tag, sorted(set(count) - {tag})):
                message = f'"{rule.id}": no page asks for the tag "{tag}", and no other rule has it{near}'
                faults.append(content.fault("safety-rules.yml", ("rules", index, "tags", at), message))
    return faults


def quote_faults(located: Located) -> list[Fault]:
    """Texts with a quotation mark that has no other half: the mark of YAML itself, where one of the two was lost."""
    return [
        Fault(located.path, located.line(key), f'{".".join(map(str, key))}: a " without its other half: write both, or “ ”')
        for key, text in strings_in(located.data)
        if text.count('"') % 2
    ]


def _unshown_faults(content: Content) -> list[Fault]:
    """Claims and findings that no page shows, though one asks for nearly this id: it is likelier to be wrong than the page."""
    asked = {name for page in content.pages for name in asked_for(page.written)}
    unknown = sorted(asked - {*content.findings.claim_by_id, *content.findings.finding_by_id})
    faults = []
    for kind, ids in (("claims", content.findings.claim_by_id), ("findings", content.findings.finding_by_id)):
        for index, name in enumerate(ids):
            if name not in asked and (near := did_you_mean(name, unknown)):
                message = f'"{name}": no page shows it, and one asks for another id{near}'
                faults.append(content.fault("findings.yml", (kind, index, "id"), message))
    return faults
