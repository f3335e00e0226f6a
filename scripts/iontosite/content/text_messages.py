"""Text messages and the length of the site's address: what writers have to fit, and what they need not care about.

A writer cannot know how long the address of each clinic that takes this site over is. So a writer's text is held against an
address of a fixed length, and only who chose a longer one hears of it.
"""

from __future__ import annotations

from iontosite.content.messages import GSM_7, LINK, MAX_TEXT, parts_of, text_faults, wide_letters
from iontosite.content.model import Content, Edition
from iontosite.content.pages import Page
from iontosite.faults import Fault, did_you_mean

READY_ROOM = 60  # characters of an address that every ready message of clinics leaves room for
PAGE_ROOM = 30  # the same for the text of a page: with a longer address some become two text messages, and say so


def message_faults(content: Content, broken: frozenset[str] = frozenset()) -> list[Fault]:
    """Texts that are no single text message, messages that lead to no page, and an address too long for the ready ones.
    `broken` names the files that could not be read."""
    faults: list[Fault] = []
    for edition in content.editions:
        if f"{edition.code}/messages.yml" not in broken:
            faults += _ready_faults(content, edition, broken)
        for page in edition.pages:
            if page.front.text_message:
                text = f"{page.front.text_message} {_stand_in(PAGE_ROOM)}{edition.language.path}{page.url}"
                line, wide = page.line_of("text_message"), edition is not content.editions[0]
                faults += [Fault(page.name, line, f"text_message: {problem}") for problem in text_faults(text, wide)]
    return faults + _address_faults(content)


def _ready_faults(content: Content, edition: Edition, broken: frozenset[str]) -> list[Fault]:
    """The same of one language's ready messages for clinics."""
    faults: list[Fault] = []
    file, start = f"{edition.code}/messages.yml", _stand_in(READY_ROOM) + edition.language.path
    for index, moment in enumerate(edition.messages.moments):
        page = edition.by_path.get(moment.page)
        if page:
            for name, words in (("text", moment.text), ("short", moment.short or LINK)):
                problems = text_faults(words.replace(LINK, start + page.url))
                faults += [
                    content.fault(file, ("moments", index, name), f"{moment.id}: the {name} {problem}") for problem in problems
                ]
        elif f"{edition.code}/{moment.page}" not in broken:
            hint = did_you_mean(moment.page, edition.by_path)
            message = f'{moment.id}: leads to "{moment.page}", which does not exist{hint}'
            faults.append(content.fault(file, ("moments", index, "page"), message))
    for page in (page for page in edition.pages if page.is_problem):
        text = edition.messages.condition_text.replace(LINK, start + page.url)
        problems = [f"condition_text: with the address of {page.name} it {problem}" for problem in text_faults(text)]
        faults += [content.fault(file, ("condition_text",), problem) for problem in problems]
    return faults


def _stand_in(length: int) -> str:
    """An address of so many characters."""
    return "https://" + "x" * (length - len("https:///")) + "/"


def _address_faults(content: Content) -> list[Fault]:
    """What is wrong with the site's address itself, told to the person who chose it."""
    address, faults = content.site.site_url, []
    where = "site_url (or SITE_URL, or --site-url)"
    if foreign := sorted(set(address) - GSM_7):
        message = f"{where} holds {' '.join(foreign)}, which cuts a text message to 70 characters: use an address without it"
        faults.append(content.fault("site.yml", ("site_url",), message))
    room = max(ready_room(content), READY_ROOM)
    if len(address) > room:
        message = (
            f"{where} is {len(address)} characters, and the ready text messages for clinics have room for {room}: take a shorter "
            "path, or a name of its own such as https://ionto.clinic.org/"
        )
        faults.append(content.fault("site.yml", ("site_url",), message))
    return faults


def ready_room(content: Content) -> int:
    """How many characters the site's address may have, so that each ready message of each language is one text message."""
    room = MAX_TEXT
    for edition in content.editions:
        urls = {page.path: edition.language.path + page.url for page in edition.pages}
        for moment in edition.messages.moments:
            room = min(room, MAX_TEXT - len(moment.text.replace(LINK, urls.get(moment.page, ""))))
        for page in (page for page in edition.pages if page.is_problem):
            room = min(room, MAX_TEXT - len(edition.messages.condition_text.replace(LINK, urls[page.path])))
    return room


def text_of(page: Page, content: Content) -> str:
    """A page's text message with its full address."""
    return f"{page.front.text_message} {content.address_of(page)}"


def is_long(page: Page, content: Content) -> bool:
    """Whether a page's text message takes two or more: the site's address is long, or it has letters that take room."""
    return parts_of(text_of(page, content)) > 1


def room_notes(content: Content) -> list[str]:
    """What whoever chose a long address should know; it stops no build."""
    said = [page for page in content.pages if page.front.text_message and not wide_letters(page.front.text_message)]
    long = [page for page in said if is_long(page, content)]
    if not long:
        return []
    longest = max(len(text_of(page, content)) for page in long)
    fits = len(content.site.site_url) - (longest - MAX_TEXT)
    return [
        f"site_url is {len(content.site.site_url)} characters: the texts of {len(long)} page(s) take two text messages, "
        f"and their page for clinics says so. With {fits} characters or fewer each would be one."
    ]
