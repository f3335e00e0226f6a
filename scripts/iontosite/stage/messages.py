"""The ready messages of the clinics' links page: written out for everybody, and the same as data for the picker."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from typing import Any

from iontosite.content.clinic import Clinic
from iontosite.content.messages import GSM_7, LINK, MAX_TEXT, MAX_WIDE, PART, WIDE_PART, Moment, most_of, parts_of, wide_letters
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.content.site import Strings
from iontosite.content.text_messages import text_of
from iontosite.templates import fill

_WORDS = "{text}"  # stands for the words that the clinic's name and phone are around
QUESTION_TEXTS_PAGE = "clinics/question-texts.md"  # where they are shown


def messages(content: Content, edition: Edition) -> str:
    """Every moment with its texts, every problem with its address, and the files of each."""
    strings, kit, base = edition.strings, edition.messages, content.base_url(edition)
    frame = _from_clinic(content.clinic, strings)
    moments = [_moment(moment, edition.by_path[moment.page], base, strings, frame) for moment in kit.moments]
    problems = [
        {
            **_place(page, base, strings),
            "text": kit.condition_text.replace(LINK, base + page.url),
            "label": page.front.place.name if page.front.place else page.front.title,
            "line": kit.condition_line.replace(LINK, base + page.url),
            "lineHtml": _paragraph(kit.condition_line, base + page.url),
        }
        for page in sorted((page for page in edition.pages if page.is_problem), key=_from_head_to_heel)
    ]
    words = strings.clinics
    alphabet = "".join(sorted(GSM_7))
    limits = {"alphabet": alphabet, "most": [MAX_TEXT, MAX_WIDE], "part": [PART, WIDE_PART]}
    data = {"moments": moments, "problems": problems, "words": words, "frame": frame, "limits": limits}
    # `<` is escaped so that no text can end the script element that carries the data (HTML 4.12.1.3).
    payload = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    says = {"text": kit.condition_text, "line": kit.condition_line}
    says = {name: text.replace(LINK, words["condition_address"]) for name, text in says.items()}
    questions = posixpath.basename(QUESTION_TEXTS_PAGE) if QUESTION_TEXTS_PAGE in edition.by_path else ""
    given = {"moments": moments, "problems": problems, "questions": questions}
    return fill("messages.md.j2", words=words, payload=payload, says=says, **given)


def question_texts(content: Content, edition: Edition) -> str:
    """The texts of the pages that answer one question each, in their groups and order. They have a page of their own: with them
    the page of ready messages would weigh more than a phone on a weak link gets in one response."""
    groups: list[tuple[str, list[dict[str, Any]]]] = [
        (
            label,
            [
                {
                    "title": page.front.title,
                    "link": posixpath.relpath(page.path, posixpath.dirname(QUESTION_TEXTS_PAGE)),
                    "text": text_of(page, content),
                    "takes": _takes(text_of(page, content), edition.strings.clinics),
                }
                for page in edition.questions_in(group)
                if page.front.text_message
            ],
        )
        for group, label in edition.strings.groups.items()
    ]
    return fill("question-texts.md.j2", groups=groups, words=edition.strings.clinics)


def _from_head_to_heel(page: Page) -> tuple[int, str]:
    """The order in which people look for a problem: by the place on the body; those without one by their address."""
    return (page.front.place.order if page.front.place else 100, page.path)


def _from_clinic(clinic: Clinic, strings: Strings) -> str:
    """What a text says around its words, `{text}`: the clinic's name before and its phone after them, where there are any."""
    named = strings.clinics["text_name"].replace("{name}", clinic.name) if clinic.name else _WORDS
    return strings.clinics["text_phone"].replace("{phone}", clinic.phone).replace(_WORDS, named) if clinic.phone else named


def _moment(moment: Moment, page: Page, base: str, strings: Strings, frame: str) -> dict[str, Any]:
    address = base + page.url
    says = [text.replace(LINK, address) for text in (moment.text, moment.short) if text]
    texts = [frame.replace(_WORDS, each) for each in says]
    text = next((each for each in texts if parts_of(each) == 1), texts[0])
    return {
        **_place(page, base, strings),
        "text": text,
        "count": _count(text, strings),
        "says": says,
        "id": moment.id,
        "label": moment.label,
        "subject": moment.subject,
        "email": [part.replace(LINK, address) for part in moment.email],
        "emailHtml": "".join(_paragraph(part, address) for part in moment.email),
    }


def _place(page: Page, base: str, strings: Strings) -> dict[str, str]:
    address = base + page.url
    return {"address": address, "files": page.stem, "qrAlt": strings.clinics["qr_alt"].format(address=address)}


def _count(text: str, strings: Strings) -> str:
    """How long a finished text is, and how many text messages that takes where it is more than one."""
    said = strings.clinics["characters"].format(count=len(text), most=most_of(text))
    return said if parts_of(text) == 1 else f"{said} {strings.clinics['text_parts'].format(parts=parts_of(text))}"


def _takes(text: str, words: Mapping[str, str]) -> str:
    """What is said of a text that takes more than one message, and why; empty where it takes one."""
    if parts_of(text) == 1:
        return ""
    letters = wide_letters(text)
    return words["more_texts"].format(parts=parts_of(text), letters=", ".join(letters)) if letters else words["two_texts"]


def _paragraph(text: str, address: str) -> str:
    return fill("email-paragraph.html.j2", parts=text.split(LINK), address=address).strip()
