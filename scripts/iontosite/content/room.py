"""Text messages and the length of the site's address: what writers have to fit, and what they need not care about.

A writer cannot know how long the address of each clinic that takes this site over is. So a writer's text is held against an
address of a fixed length, and only who chose a longer one hears of it.
"""
from __future__ import annotations

from typing import TYPE_CHECKING

from iontosite.faults import Fault, did_you_mean
from iontosite.content.located import Key
from iontosite.content.messages import GSM_7, LINK, MAX_TEXT, text_faults
from iontosite.content.pages import Page

if TYPE_CHECKING:
    from iontosite.content.library import Library

READY_ROOM = 60  # characters of an address that every ready message of clinics leaves room for
PAGE_ROOM = 30  # the same for the text of a page: with a longer address some become two text messages, and say so


def message_faults(library: Library) -> list[Fault]:
    """Texts that are no single text message, messages that lead to no page, and an address too long for the ready ones."""
    faults: list[Fault] = []
    for language in library.site.languages:
        file, kit = f"{language.code}/messages.yml", library.messages[language.code]
        pages = {page.path: page for page in library.pages_in(language.code)}
        for index, moment in enumerate(kit.moments if kit else []):
            if moment.page not in pages:
                message = f'{moment.id}: leads to "{moment.page}", which does not exist{did_you_mean(moment.page, pages)}'
                faults.append(library.fault(file, ("moments", index, "page"), message))
                continue
            text = moment.text.replace(LINK, _stand_in(READY_ROOM) + language.path + pages[moment.page].url)
            place: Key = ("moments", index, "text")
            faults += [library.fault(file, place, f"{moment.id}: the text {problem}") for problem in text_faults(text)]
        for page in (page for page in pages.values() if kit and page.is_problem):
            text = kit.condition_text.replace(LINK, _stand_in(READY_ROOM) + language.path + page.url)
            problems = [f"condition_text: with the address of {page.name} it {problem}" for problem in text_faults(text)]
            faults += [library.fault(file, ("condition_text",), problem) for problem in problems]
        for page in pages.values():
            if page.front.text_message:
                text = f"{page.front.text_message} {_stand_in(PAGE_ROOM)}{language.path}{page.url}"
                line = page.line_of("text_message")
                faults += [Fault(page.name, line, f"text_message: {problem}") for problem in text_faults(text)]
    return faults + _address_faults(library)


def _stand_in(length: int) -> str:
    """An address of so many characters."""
    return "https://" + "x" * (length - len("https:///")) + "/"


def _address_faults(library: Library) -> list[Fault]:
    """What is wrong with the site's address itself, told to the person who chose it."""
    address, faults = library.site.site_url, []
    where = "site_url (or SITE_URL, or --site-url)"
    if foreign := sorted(set(address) - GSM_7):
        message = f"{where} holds {' '.join(foreign)}, which cuts a text message to 70 characters: use an address without it"
        faults.append(library.fault("site.yml", ("site_url",), message))
    room = max(ready_room(library), READY_ROOM)
    if len(address) > room:
        message = (
            f"{where} is {len(address)} characters, and the ready text messages for clinics have room for {room}: take a shorter "
            "path, or a name of its own such as https://ionto.clinic.org/"
        )
        faults.append(library.fault("site.yml", ("site_url",), message))
    return faults


def ready_room(library: Library) -> int:
    """How many characters the site's address may have, so that each ready message of each language is one text message."""
    room = MAX_TEXT
    for language in library.site.languages:
        kit = library.messages[language.code]
        urls = {page.path: language.path + page.url for page in library.pages_in(language.code)}
        for moment in kit.moments if kit else []:
            room = min(room, MAX_TEXT - len(moment.text.replace(LINK, urls.get(moment.page, ""))))
        for page in (page for page in library.pages_in(language.code) if kit and page.is_problem):
            room = min(room, MAX_TEXT - len(kit.condition_text.replace(LINK, urls[page.path])))
    return room


def text_of(page: Page, library: Library) -> str:
    """A page's text message with its full address."""
    return f"{page.front.text_message} {library.site.site_url.rstrip('/')}{library.address(page.language, page.url)}"


def is_long(page: Page, library: Library) -> bool:
    """Whether a page's text message takes two, because the site's address is long."""
    return len(text_of(page, library)) > MAX_TEXT


def room_notes(library: Library) -> list[str]:
    """What whoever chose a long address should know; it stops no build."""
    long = [page for page in library.pages if page.front.text_message and is_long(page, library)]
    if not long:
        return []
    longest = max(len(text_of(page, library)) for page in long)
    fits = len(library.site.site_url) - (longest - MAX_TEXT)
    return [
        f"site_url is {len(library.site.site_url)} characters: the texts of {len(long)} page(s) take two text messages, "
        f"and the pages say so. With {fits} characters or fewer each would be one."
    ]
