"""What pages hold that is computed: the word list, the list of sources with the pages that cite each, the questions."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from iontosite.content.findings import KINDS, STARTS, STEPS
from iontosite.content.glossary import Word
from iontosite.content.model import Content, Edition
from iontosite.content.pages import INSERTS, FrontMatter, Page
from iontosite.content.searches import Search
from iontosite.paper.handouts import Sheet
from iontosite.paper.printed_matter import HANDOUTS, PrintedMatter
from iontosite.paper.side_by_side import POINTS
from iontosite.stage.connect import catalogue, connect
from iontosite.stage.messages import messages, question_texts
from iontosite.stage.report import ways_to_report
from iontosite.stage.source_pages import source_list
from iontosite.stage.yardsticks import yardsticks
from iontosite.templates import fill

OFFLINE_FILE = "iontophoresis-offline.zip"  # the site for a disk, which finish/offline.py packs
OFFLINE_SIZE = "{megabytes}"  # stands for its size until it is there
CHANGES_PAGE = "about/changes.md"  # where they are shown: links to the pages start there


def all_inserts(content: Content, printed: PrintedMatter, edition: Edition) -> Mapping[str, str]:
    """Every insert of one language by the name that a page calls it by: `<!-- insert: glossary -->`. The map of the body, which
    differs from page to page, is drawn while a page is composed."""
    made: dict[str, Callable[[], str]] = {
        "glossary": lambda: glossary(content, edition),
        "sources": lambda: source_list(content, edition),
        "questions": lambda: questions(edition),
        "codes": lambda: code_list(edition),
        "messages": lambda: messages(content, edition),
        "question-texts": lambda: question_texts(content, edition),
        "permalinks": lambda: permalinks(content, edition),
        "permalinks-file": lambda: fill("permalinks-file.md.j2", words=edition.strings.clinics),
        "offline": lambda: offline(content, edition),
        "handouts": lambda: handouts(content, printed, edition),
        "makers": lambda: makers(edition),
        "yardsticks": lambda: yardsticks(edition),
        "changes": lambda: changes(edition),
        "searches": lambda: searches(content, edition),
        "how-sure-rules": lambda: how_sure_rules(content, edition),
        "reminder": lambda: fill("reminder.md.j2", words=edition.strings.tools),
        "connect": lambda: connect(content, edition),
        "report": lambda: fill("report.md.j2", ways=ways_to_report(content), frame=edition.strings.frame),
        "catalogue": lambda: catalogue(content, edition),
    }
    wanted = {insert.name for page in edition.pages for insert in page.inserts if insert.name}
    return {name: made[name]() for name in INSERTS if name in wanted and name in made}


def _plain(text: str) -> str:
    """A sort key without accents and case."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()


def glossary(content: Content, edition: Edition) -> str:
    """The words of one language under their first letters, each with the address of its own section."""
    words: list[tuple[str, Word]] = [
        (entry.id, entry.words[edition.code]) for entry in content.glossary if edition.code in entry.words
    ]
    words.sort(key=lambda item: _plain(item[1].word))
    letters = [(k.upper(), list(group)) for k, group in groupby(words, key=lambda item: _plain(item[1].word)[0])]
    return fill("glossary.md.j2", letters=letters, frame=edition.strings.frame)


@dataclass(frozen=True)
class _Listed:
    front: FrontMatter
    link: str


def questions(edition: Edition) -> str:
    """The questions in their groups; a new question appears here because its file exists."""
    groups = []
    for group, label in edition.strings.groups.items():
        if pages := edition.questions_in(group):
            groups.append((label, group, [_Listed(p.front, p.path.removeprefix("questions/")) for p in pages]))
    return fill("questions.md.j2", groups=groups)


def code_list(edition: Edition) -> str:
    """Every code with the page that it leads to, one table for each system."""
    words = edition.strings.clinics
    systems = []
    for system, codes in groupby(edition.codes, key=lambda code: code.system):
        systems.append((system, words[system], list(codes)))
    return fill("codes.md.j2", systems=systems, words=words)


# Promised files, and other spellings of codes, are too many to list one by one: the page counts them, the data holds all.
_COUNTED = {
    "promised_handouts": re.compile(r"/handouts/[^/]+\.pdf$"),
    "promised_posters": re.compile(r"/assets/posters/[^/]+\.pdf$"),
    "promised_qr": re.compile(r"/assets/qr/[^/]+\.(svg|png)$"),
}


def permalinks(content: Content, edition: Edition) -> str:
    """The ledger for people: every promised address, since when, and where it leads now; of files, how many of each kind."""
    strings, words = edition.strings, edition.strings.clinics
    spellings = content.code_spellings
    moved = {redirect.old: redirect.new for redirect in content.redirects}
    titles = {edition.path_of(page.url): page.front.title for page in edition.pages}
    rows: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    for address, promise in content.ledger.items():
        kind = next((name for name, pattern in _COUNTED.items() if pattern.search(address)), None)
        if kind or address in spellings:
            counts[kind or "promised_spellings"] += 1
            continue
        since = words["since"].format(date=strings.say_date(promise.since))
        rows.append({"address": address, "title": titles.get(address, ""), "since": since, "moved": moved.get(address)})
    counted = [words[kind].format(count=counts[kind]) for kind in (*_COUNTED, "promised_spellings") if counts[kind]]
    return fill("permalinks.md.j2", rows=rows, counted=counted, words=words)


def offline(content: Content, edition: Edition) -> str:
    """The way to the copy for a disk, with the day of its words."""
    date = edition.strings.say_date(content.newest_check)
    said = edition.strings.clinics["offline_file"].format(megabytes=OFFLINE_SIZE, date=date)
    return fill("offline.md.j2", file=OFFLINE_FILE, said=said)


def handouts(content: Content, printed: PrintedMatter, edition: Edition) -> str:
    """Every handout: a picture, what it is for, all its versions with their size, those in two languages among them."""
    strings, words = edition.strings, edition.strings.maker
    names = {each.code: each.language.name for each in content.editions}
    first, here = content.editions[0].code, f"{edition.language.path}{HANDOUTS}"
    folders = {each.code: f"{each.language.path}{HANDOUTS}" for each in content.editions}
    shown = []
    for recipe_id, recipe in edition.recipes.items():
        versions = [_version(sheet, words) for sheet in printed.sheets_of(edition, recipe_id)]
        checked = words["checked"].format(date=strings.say_date(edition.by_path[recipe.page].front.evidence_checked))
        pairs = [
            {
                "file": posixpath.relpath(f"{folders[pair.language]}/{pair.name}", here),
                "label": words["side_by_side"].format(first=names[first], second=names[pair.language], paper=words[pair.paper]),
                "facts": _facts(words, pair.sides, POINTS, pair.pdf),
            }
            for pair in printed.pairs
            if pair.recipe_id == recipe_id and edition.code in (first, pair.language)
        ]
        shown.append({"id": recipe_id, "recipe": recipe, "versions": versions, "pairs": pairs, "checked": checked})
    return fill("handouts.md.j2", handouts=shown, words=words)


def _version(sheet: Sheet, words: dict[str, str]) -> dict[str, str]:
    return {
        "file": sheet.name,
        "label": words["version"].format(paper=words[sheet.paper], size=words[sheet.size.name].lower()),
        "facts": _facts(words, sheet.sides, sheet.points, sheet.pdf),
    }


def _facts(words: dict[str, str], sides: int, points: float, pdf: bytes) -> str:
    facts = words["facts_one"] if sides == 1 else words["facts"]
    return facts.format(sides=sides, points=f"{points:g}", kilobytes=round(len(pdf) / 1000))


def makers(edition: Edition) -> str:
    """The handouts that can be made with a clinic's name; their pages stand outside of the builder, so the links are HTML."""
    return fill("makers.md.j2", recipes=edition.recipes)


def changes(edition: Edition) -> str:
    """What changed in meaning, by day, the newest first."""
    here = posixpath.dirname(CHANGES_PAGE)
    days = []
    for day, group in groupby(edition.changes, key=lambda change: change.date):
        shown = [
            {
                "change": change,
                "pages": [(edition.by_path[path].front.title, posixpath.relpath(path, here)) for path in change.pages],
            }
            for change in group
        ]
        days.append((day, edition.strings.say_date(day), shown))
    return fill("changes.md.j2", days=days, frame=edition.strings.frame)


def how_sure_rules(content: Content, edition: Edition) -> str:
    """By which steps the word for how sure we are is found: the same for answers for and against the treatment."""
    sure = content.findings.sure[edition.code]
    starts = [(sure.designs[design], sure.words[STEPS[start]]) for design, start in STARTS.items()]
    kinds = [(said, [sure.doubts[doubt] for doubt in KINDS if KINDS[doubt] == kind]) for kind, said in sure.kinds.items()]
    return fill("how-sure-rules.md.j2", sure=sure, starts=starts, kinds=kinds)


SEARCHES_PAGE = "about/searches.md"  # where they are shown


def search_id(page: Page) -> str:
    """The id of the heading under which the searches for a page are shown."""
    return f"for-{page.stem}"


def searches(content: Content, edition: Edition) -> str:
    """What was searched for each page, when and where, and what came back."""
    here = posixpath.dirname(SEARCHES_PAGE)
    groups: dict[str, list[Search]] = {}
    for search in content.searches:
        if search.about in edition.by_path:
            groups.setdefault(search.about, []).append(search)
    shown = [
        {
            "id": search_id(edition.by_path[path]),
            "title": edition.by_path[path].front.title,
            "link": posixpath.relpath(path, here),
            "rows": [(edition.strings.say_date(search.date), search) for search in found],
        }
        for path, found in groups.items()
    ]
    return fill("searches.md.j2", groups=shown, frame=edition.strings.frame)
