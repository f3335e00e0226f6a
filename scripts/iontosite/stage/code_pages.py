"""Small pages for record systems: a code in the address leads to the page about that problem."""

from __future__ import annotations

import posixpath

from iontosite.content.alternates import alternates
from iontosite.content.code_meanings import meaning_of, side_of
from iontosite.content.codes import Code
from iontosite.content.markdown import CITATION
from iontosite.content.model import Content, Edition
from iontosite.content.outline import boxes
from iontosite.content.pages import Page, file_stem
from iontosite.content.statements import citing
from iontosite.stage import structured_data
from iontosite.stage.source_pages import SOURCES_PAGE, record_path
from iontosite.templates import fill


def code_page(code: Code, content: Content, edition: Edition) -> str:
    """The staged Markdown of one code's page: which topic it is, the short answer, and the way on."""
    strings, words, front = edition.strings, edition.strings.clinics, code.page.front
    checked = strings.say_date(front.evidence_checked)
    urls = {each.code: code.url for each in content.editions if any(other.url == code.url for other in each.codes)}
    return fill(
        "code.md.j2",
        alternates=alternates(content, edition, urls),
        code=code,
        original=content.first_language(edition),
        structured=structured_data.script(structured_data.of_code(code, content, edition)),
        words=words,
        means=_means(code, content, edition),
        records=_records(code, content, edition),
        topic=words[f"code_topic_{front.codes.topic}"],
        answer=content.filled_in(_answer(code.page)),
        evidence=words["code_evidence"].format(date=checked),
        reviewed=content.signed_off(code.page) or words["code_not_reviewed"],
        checked=checked,
        next_check=strings.say_date(front.next_check),
        qr=f"{file_stem(code.url)}.svg",
    )


def _means(code: Code, content: Content, edition: Edition) -> str:
    """What a code means for the patient, in one sentence; empty where nothing says so."""
    words, meaning = edition.strings.clinics, meaning_of(code.code, content.meanings)
    if meaning is None:
        return ""
    side = side_of(code.wording)
    said = meaning.words[edition.code] + (words[f"code_side_{side}"] if side else "")
    return words[f"code_means_{code.system}"].format(code=code.code, meaning=said)


def _records(code: Code, content: Content, edition: Edition) -> list[tuple[str, str]]:
    """Name and way of each source that a code's meaning rests on, where this language shows its record."""
    meaning = meaning_of(code.code, content.meanings)
    if meaning is None or not meaning.sources or SOURCES_PAGE not in edition.by_path:
        return []
    shown, here = citing(edition, content), posixpath.dirname(code.path)
    sources = [content.sources[source] for source in meaning.sources if source in shown]
    return [(source.first_author[0], f"{posixpath.relpath(record_path(source), here)}#record-{source.id}") for source in sources]


def _answer(page: Page) -> str:
    """The Markdown of a page's main message, without citations: the way to the sources stands below it."""
    box = next((box for box in boxes(page.lines)[0] if "main-message" in box.classes), None)
    return CITATION.sub("", "\n".join(page.lines[box.start + 1 : box.end])).strip() if box else ""
