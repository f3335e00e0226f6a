"""One page becomes plain Markdown: figures drawn, numbers filled in, citations turned into footnotes, panel added."""
from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass

import yaml

from iontosite.paper import qr
from iontosite.content.library import VARIABLE, Library
from iontosite.content.pages import CITATION, INSERT, MAIN_MESSAGE, Heading, Page
from iontosite.content.room import is_long
from iontosite.content.site import Strings
from iontosite.stage import charts
from iontosite.stage.citations import definitions
from iontosite.templates import fill

_EMERGENCY = re.compile(
    r"^(/{3,}) html \| section\.care\.care-emergency[ \t]*\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE
)
_CARE = re.compile(r"^(/{3,} html \| section\.care\.(care-[a-z]+)[ \t]*\n\s*)(#{2,3} )", re.MULTILINE)


@dataclass(frozen=True)
class Composer:
    """What every page of one language needs while it is composed."""

    library: Library
    language: str
    base_url: str  # the full address of this language's home page, with a slash at the end
    inserts: dict[str, str]  # name -> generated Markdown

    @property
    def strings(self) -> Strings:
        return self.library.strings[self.language]

    def compose(self, page: Page) -> str:
        """The staged Markdown of one page."""
        body = INSERT.sub(lambda match: self.inserts[match[1]], self._with_figures(page))
        body = self._without_links_in_emergencies(body)
        body = self._with_hidden_care_words(self._with_variables(body))
        body = self._with_contents_list(body, page)
        if page.front.text_message:
            body += "\n" + self._text_message(page)
        cited = self._cited(page)
        return fill(
            "page.md.j2",
            meta=yaml.safe_dump(self._meta(page), allow_unicode=True, sort_keys=False, width=10_000),
            title=page.front.title,
            body=body,
            frame=self.strings.frame,
            footnotes=definitions(cited, self.library.sources, self.strings),
            panel=self._panel(page),
        )

    def _cited(self, page: Page) -> list[str]:
        cited = self.library.cited_by(page)
        if "glossary" in INSERT.findall(page.body):
            words = (entry.words.get(self.language) for entry in self.library.glossary)
            cited += [word.source for word in words if word and word.source and word.source not in cited]
        return cited

    def _with_figures(self, page: Page) -> str:
        body, at = [], 0
        for figure in self.library.figures[page.name]:
            body += [page.body[at : figure.start], charts.markdown(figure, page, self.strings)]
            at = figure.end
        return "".join([*body, page.body[at:]])

    def _with_variables(self, body: str) -> str:
        label = self.strings.frame["fill_in"]
        blank = f'<span class="fill-in"><span class="visually-hidden">({html.escape(label)})</span></span>'
        phone = html.escape(self.library.clinic.phone)
        numbers = {name: _to_dial(number) for name, number in self.library.site.numbers.items()}
        values = {**numbers, "fill_in": blank, "clinic_phone": phone or blank}
        return VARIABLE.sub(lambda match: values[match[1]], body)

    def _without_links_in_emergencies(self, body: str) -> str:
        """Citations out of the emergency card, to a line below it: nobody should follow a link in an emergency."""

        def move(match: re.Match[str]) -> str:
            cited = list(dict.fromkeys(CITATION.findall(match[2])))
            if not cited:
                return match[0]
            card = match[0].replace(match[2], CITATION.sub("", match[2]))
            marks = "".join(f"[^{source}]" for source in cited)
            return f"{card}\n\n{self.strings.care['sources']} {marks}\n{{: .care-sources }}\n"

        return _EMERGENCY.sub(move, body)

    def _with_hidden_care_words(self, body: str) -> str:
        """The level of a care card in words for those who do not see its border (NHS care cards do the same)."""
        care = self.strings.care

        def add(match: re.Match[str]) -> str:
            return f'{match[1]}{match[3]}<span class="visually-hidden">{care[match[2]]}</span>'

        return _CARE.sub(add, body)

    def _with_contents_list(self, body: str, page: Page) -> str:
        """A folded list of the page's headings below the main message, for phones; wide screens show it beside."""
        headings = [h for h in page.headings() if h.level == 2 and h.id]
        headings = sorted([*headings, *self._inserted_headings(page)], key=lambda heading: heading.line)
        if len(headings) < 4:
            return body
        shown = [Heading(h.line, h.level, self._with_variables(h.text), h.id) for h in headings]
        contents = fill("on-this-page.md.j2", label=self.strings.frame["on_this_page"], headings=shown)
        match = MAIN_MESSAGE.search(body)
        at = match.end() if match else 0
        return f"{body[:at]}\n{contents}\n{body[at:]}"

    def _inserted_headings(self, page: Page) -> list[Heading]:
        found = []
        for line, text in page.numbered_lines():
            if insert := INSERT.match(text):
                for match in re.finditer(r"^## (.+?) \{#([\w-]+)\}$", self.inserts[insert[1]], re.MULTILINE):
                    found.append(Heading(line, 2, match[1], match[2]))
        return found

    def _text_message(self, page: Page) -> str:
        return fill(
            "text-message.md.j2",
            frame=self.strings.frame,
            message=page.front.text_message,
            address=self.base_url + page.url,
            two=is_long(page, self.library),
        )

    def _panel(self, page: Page) -> str:
        strings = self.strings
        sign_offs = [
            strings.frame["reviewed_by"].format(name=s.name, role=s.role, date=strings.say_date(s.date))
            for s in self.library.sign_offs_of(page.language, page.url)
        ]
        return fill(
            "review-panel.md.j2",
            frame=strings.frame,
            checked=strings.say_date(page.front.evidence_checked),
            next_check=strings.say_date(page.front.next_check),
            sign_offs=sign_offs,
            about=posixpath.relpath("about.md", posixpath.dirname(page.path) or "."),
        )

    def _meta(self, page: Page) -> dict:
        """What the theme's templates read from a page."""
        meta: dict = {
            "title": page.front.title,
            "description": page.front.description,
            "evidence_checked": page.front.evidence_checked,
            "checked": self.strings.say_date(page.front.evidence_checked),
            "next_check": self.strings.say_date(page.front.next_check),
            "qr": f"assets/qr/{qr.file_name(page.url, 'svg')}",
        }
        if page.front.script:
            meta["scripts"] = [f"assets/{page.front.script}"]
        index = next((p for p in self.library.pages_in(page.language) if p.path == f"{page.section}/index.md"), None)
        if page.section and index and index is not page:
            meta["section"] = {"title": index.front.title, "url": index.url}
        twins = [p for p in self.library.pages if p.path == page.path]
        if len(twins) > 1:
            names = {language.code: language.name for language in self.library.site.languages}
            here = self.library.address(page.language, page.url)
            meta["alternates"] = [
                {
                    "lang": twin.language,
                    "name": names[twin.language],
                    "url": self.library.site.site_url.rstrip("/") + (there := self.library.address(twin.language, twin.url)),
                    "link": posixpath.relpath(there, here) + "/",
                }
                for twin in twins
            ]
        return meta


def _to_dial(number: str) -> str:
    """A number as a link that a phone can dial (RFC 3966) and that never breaks over two lines. Emergency numbers stay bare:
    they are dialled from memory, and nothing on an emergency card is a link."""
    digits = re.sub(r"\D", "", number)
    return number if len(digits) < 6 else f'<a class="tel" href="tel:+{digits}">{number}</a>'
