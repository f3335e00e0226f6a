"""One page becomes plain Markdown: figures drawn, numbers filled in, citations turned into footnotes, panel added.

The lines to rewrite are found by the reader of Markdown and the outline; what they say is left as it is.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from iontosite.content.alternates import alternates
from iontosite.content.clinic import to_dial
from iontosite.content.left_out import without_links
from iontosite.content.markdown import VARIABLE
from iontosite.content.model import Content, Edition
from iontosite.content.outline import Box, boxes, fences
from iontosite.content.pages import Page
from iontosite.content.statements import cited_on
from iontosite.stage import charts, structured_data
from iontosite.stage.body_map import body_map, place_picture
from iontosite.stage.citations import definitions
from iontosite.stage.inserts import SEARCHES_PAGE, search_id
from iontosite.stage.report import ways_to_report
from iontosite.stage.source_pages import SOURCES_PAGE, record_path
from iontosite.templates import fill

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # many times as fast, where PyYAML was built with libyaml
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+\.md(?:#[\w-]+)?)\)")
_DOOR = re.compile(r"- \*\*\[[^\]]*\]\((?P<page>[^)#]+)\.md[)#]")
# What only some pages show has a script of its own, and needs the words of strings.yml that begin like this.
_WORDS_OF = {"checklist.js": "ticked_", "scale.js": "scale_", "take.js": "take_"}
_ASKED = {"what-to-ask", "questions-to-ask", "questions-to-take"}  # headings of the lists of questions to take along
_WORTH_IT = 3  # questions; fewer are remembered, and the page need not carry the tool
_TAKEN = {"checklist", "scale"}  # boxes whose answers can be taken along
CONTENTS_FROM = 4  # second-level headings; a shorter page, an answer and the home page are seen at a glance


@dataclass(frozen=True)
class Composer:
    """What every page of one language needs while it is composed."""

    content: Content
    edition: Edition
    inserts: Mapping[str, str]  # name -> generated Markdown
    pictures: Mapping[str, str] = field(default_factory=dict)  # of doors: name of the page -> its small SVG

    def compose(self, page: Page) -> str:
        """The staged Markdown of one page."""
        strings = self.edition.strings
        body = without_links(self._with_variables("\n".join(self._lines(page))), page, self.content.left_out)
        body = self._with_links_to_the_first(page, body)
        return fill(
            "page.md.j2",
            meta=yaml.dump(self._meta(page), Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000),
            title=self._parted(page.front.title),
            body=body,
            frame=strings.frame,
            footnotes=self._definitions(page),
            panel=self._panel(page),
            newer=self._newer(page),
        )

    def _newer(self, page: Page) -> str:
        """What a translation says whose original moved on, with the way to it; empty where it did not."""
        original = self.content.moved_on(page)
        if original is None:
            return ""
        first, words = self.content.editions[0].code, self.edition.strings.translation
        return fill("moved-on.html.j2", words=words, link=self._way_to(page, original), language=first)

    def _way_to(self, page: Page, other: Page) -> str:
        """The link from a page to one of another language: the builder makes each language alone, and knows no other."""
        return posixpath.relpath(self.content.path_of(other), self.content.path_of(page)) + "/"

    def _with_links_to_the_first(self, page: Page, body: str) -> str:
        """The same text with each link to a page that this language does not have as one that says so (WCAG 2.2, 3.1.2)."""
        first = self.content.editions[0]

        def lead(match: re.Match[str]) -> str:
            file, _, fragment = match["target"].partition("#")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), file))
            if path not in self.edition.language.not_translated or path in self.edition.by_path:
                return match[0]
            link = self._way_to(page, first.by_path[path]) + (f"#{fragment}" if fragment else "")
            said = self.edition.strings.translation["in_first"]
            return f'<a href="{link}" hreflang="{first.code}">{match["words"]}</a> {said}'

        return _LINK.sub(lead, body) if self.edition.language.not_translated else body

    def _parted(self, title: str) -> str:
        """A title whose longest word may be parted where a dictionary parts it: in large type it fits no phone whole."""
        name = self.edition.strings.frame["short_name"]
        return title.replace(name.replace("\u00ad", ""), name)

    def _lines(self, page: Page) -> list[str]:
        """The page's lines with everything that is computed in its place."""
        lines: list[str] = list(page.lines)
        drawn = {figure.line - page.first_line: figure for figure in page.figures}
        for fence in fences(page.lines):
            if fence.end is not None and fence.start in drawn:
                lines[fence.start] = charts.markdown(drawn[fence.start], self.edition.strings)
                for index in range(fence.start + 1, fence.end + 1):
                    lines[index] = ""
        for insert in page.inserts:
            if (at := insert.line - page.first_line) in drawn:
                lines[at] = charts.markdown(drawn[at], self.edition.strings)
        for insert in page.inserts:
            if insert.includes and insert.line - page.first_line not in drawn:
                lines[insert.line - page.first_line] = page.included(insert.text)
            elif insert.name:
                lines[insert.line - page.first_line] = self._insert(insert.name, page)
        contents = self._contents_list(page)
        for box in boxes(page.lines)[0]:
            if "care" in box.classes:
                self._mark_care_card(box, page, lines)
                lines[box.end] = f"{self._call_button(box.classes[1])}\n{lines[box.end]}"
            if "doors" in box.classes:
                self._draw_doors(box, page, lines)
            if "main-message" in box.classes:
                lines[box.start] += f"\n{place_picture(page)}\n"
                lines[box.end] += f"\n\n{contents}\n"
        if not page.main_message:
            lines.insert(0, contents)
        return lines

    def _with_variables(self, body: str) -> str:
        label = self.edition.strings.frame["fill_in"]
        blank = f'<span class="fill-in"><span class="visually-hidden">({html.escape(label)})</span></span>'
        phone = _in_text(self.content.clinic.phone)
        numbers = {name: _in_text(number) for name, number in self.content.site.numbers.items()}
        values = {**numbers, "fill_in": blank, "clinic_phone": phone or blank}
        return VARIABLE.sub(lambda match: values[match[1]], body)

    def _mark_care_card(self, box: Box, page: Page, lines: list[str]) -> None:
        """The level of a care card in words for those who do not see its border (NHS care cards do the same)."""
        first, last = box.start + page.first_line, box.end + page.first_line
        heading = next((heading for heading in page.headings if first < heading.line < last), None)
        if heading:
            at, word = heading.line - page.first_line, self.edition.strings.care[box.classes[1]]
            lines[at] = re.sub(r"^(#+[ \t]+)", rf'\1<span class="visually-hidden">{word}</span>', lines[at])

    def _call_button(self, level: str) -> str:
        """The way to call at the end of a care card: whoever needs it should not have to type a number. The clinic's own phone
        stands where the clinic gave one."""
        number = {"care-emergency": self.content.site.numbers.get("emergency", ""), "care-call": self.content.clinic.phone}.get(
            level
        )
        if not number:
            return ""
        says = self.edition.strings.care["call_number"].format(number=number)
        return f'\n<p><a class="call" href="tel:{to_dial(number)}">{html.escape(says)}</a></p>\n'

    def _draw_doors(self, box: Box, page: Page, lines: list[str]) -> None:
        """A small picture before each door of the home page that has one, by the name of the page that the door leads to. The
        whole is named by its heading, so that it is told from the menu among the landmarks."""
        first, last = box.start + page.first_line, box.end + page.first_line
        if heading := next((heading for heading in page.headings if heading.id and first < heading.line < last), None):
            lines[box.start] = f"{lines[box.start].rstrip()}[aria-labelledby={heading.id}]"
        for index in range(box.start, box.end):
            if door := _DOOR.match(lines[index]):
                picture = self.pictures.get(posixpath.basename(door["page"]), "")
                lines[index] = f"- {picture}{lines[index][2:]}"

    def _insert(self, name: str, page: Page) -> str:
        """What a page asks for by name; the map of the body has links of its own on each page."""
        return body_map(self.edition, page) if name == "body-map" else self.inserts[name]

    def _contents_list(self, page: Page) -> str:
        """A folded list of the page's headings below the main message, for phones; wide screens show it beside."""
        headings = [block for block in page.headings if block.level == 2 and block.id]
        inserted = [(insert.line, self.inserts[insert.name]) for insert in page.inserts if insert.name in self.inserts]
        placed = [(heading.line, (heading.text, heading.id)) for heading in headings]
        placed += [(line, heading) for line, text in inserted for heading in _second_level(text)]
        if len(placed) < CONTENTS_FROM or page.is_question or not page.url:
            return ""
        shown = [heading for _, heading in sorted(placed, key=lambda each: each[0])]
        return fill("on-this-page.md.j2", label=self.edition.strings.frame["on_this_page"], headings=shown)

    def _definitions(self, page: Page) -> str:
        """The footnotes of what a page cites, each with the way to its full record where this language shows them."""
        has_records = SOURCES_PAGE in self.edition.by_path
        here = posixpath.dirname(page.path) or "."
        cited = [self.content.sources[source] for source in cited_on(page, self.content)]
        ways = [posixpath.relpath(record_path(source), here) if has_records else "" for source in cited]
        return definitions(zip(cited, ways, strict=True), self.edition.strings)

    def _way(self, page: Page, goal: str) -> str:
        """The way from a page to the page `goal`, empty where this language has none."""
        here = posixpath.dirname(page.path) or "."
        return posixpath.relpath(goal, here) if goal in self.edition.by_path else ""

    def _panel(self, page: Page) -> str:
        strings = self.edition.strings
        return fill(
            "review-panel.md.j2",
            frame=strings.frame,
            checked=strings.say_date(page.front.evidence_checked),
            next_check=strings.say_date(page.front.next_check),
            sign_offs=[strings.say_reviewed(each) for each in self.content.sign_offs_of(page)],
            rule_sign_offs=[strings.say_reviewed(each) for each in self.content.rule_sign_offs_of(page)],
            about=self._way(page, "about.md"),
            reported=bool(ways_to_report(self.content)),
            searches=self._searches(page),
            translation=strings.translation if self.content.original_of(page) else None,
        )

    def _words(self, page: Page, scripts: list[str]) -> dict[str, Any]:
        """The words that a page's scripts say, and no others: every page that holds them weighs more."""
        starts = tuple(start for script, start in _WORDS_OF.items() if script in scripts)
        found: dict[str, Any] = {name: said for name, said in self.edition.strings.tools.items() if name.startswith(starts)}
        if "take.js" in scripts:
            top = [each for each in self.edition.pages if not each.section and each.path != page.path and _is_to_fill_in(each)]
            found["pages"] = [[each.front.title, self._address(each, page)] for each in top]
        return found

    def _address(self, goal: Page, page: Page) -> str:
        """The address of a page as seen from another one."""
        return posixpath.relpath(self.edition.path_of(goal.url), self.edition.path_of(page.url)) + "/"

    def _searches(self, page: Page) -> str:
        """The way to what was looked for and not found on a page's topic; empty where no search is told."""
        way = self._way(page, SEARCHES_PAGE) if any(search.about == page.path for search in self.content.searches) else ""
        return f"{way}#{search_id(page)}" if way else ""

    def _meta(self, page: Page) -> dict[str, Any]:
        """What the theme's templates read from a page."""
        strings = self.edition.strings
        meta: dict[str, Any] = {
            "title": page.front.title,
            "description": page.front.description,
            "evidence_checked": page.front.evidence_checked,
            "checked": strings.say_date(page.front.evidence_checked),
            "next_check": strings.say_date(page.front.next_check),
            "due": page.front.next_check,
            "qr": f"assets/qr/{page.stem}.svg",
            "structured": structured_data.script(structured_data.of_page(page, self.content, self.edition)),
        }
        if scripts := _scripts(page):
            now = [script for script in scripts if script == page.front.script]
            meta["scripts"] = [f"assets/{script}" for script in now]
            meta["later"] = [f"assets/{script}" for script in scripts if script not in now]
        if words := self._words(page, scripts):
            meta["words"] = words
        if page.may_name_a_problem:
            meta["names"] = True
        index = self.edition.by_path.get(f"{page.section}/index.md")
        if page.section and index and index is not page:
            meta["section"] = {"title": index.front.title, "url": index.url}
        urls = {each.code: each.by_path[page.path].url for each in self.content.editions if page.path in each.by_path}
        if twins := alternates(self.content, self.edition, urls):
            meta["alternates"] = twins
        return meta


def _scripts(page: Page) -> list[str]:
    """The scripts that add to a page: the one it names, and those of what it holds."""
    scripts = [page.front.script] if page.front.script else []
    scripts += ["take.js"] if _can_be_taken(page) else []
    return scripts + (["reminder.js"] if any(insert.name == "reminder" for insert in page.inserts) else [])


def _can_be_taken(page: Page) -> bool:
    """Whether a page holds something to check, choose or ask that a reader may take to the visit."""
    asked = [len(page.part(heading.id) or ()) for heading in page.headings if heading.id in _ASKED]
    return _is_to_fill_in(page) or any(count >= _WORTH_IT for count in asked)


def _is_to_fill_in(page: Page) -> bool:
    """Whether a page is one of those that people fill in for a visit."""
    has_box = any(_TAKEN & set(box.classes) for box in boxes(page.lines)[0])
    return has_box or any(heading.id == "questions-to-ask" for heading in page.headings)


def _second_level(generated: str) -> list[tuple[str, str]]:
    """Words and id of each second-level heading of Markdown that our own templates wrote, and always in one way."""
    return re.findall(r"^## (.+?) \{#([\w-]+)\}$", generated, re.MULTILINE)


def _in_text(number: str) -> str:
    """A number in running text as a link that never breaks over two lines. Emergency numbers stay bare: they are dialled from
    memory, and the emergency card has a button of its own."""
    dialled = to_dial(number)
    shown = html.escape(number)
    return shown if len(dialled) < 6 else f'<a class="tel" href="tel:{dialled}">{shown}</a>'
