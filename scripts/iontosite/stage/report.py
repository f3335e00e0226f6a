"""How a reader can tell of a mistake without an account, and the small pages that every page leads to."""

from __future__ import annotations

from iontosite.content.clinic import to_dial
from iontosite.content.model import Content, Edition

LONGEST_CONTACT = 30  # characters that stand beside the words before them, in two lines, at 360 px
_SMALL_PAGES = {"about/privacy.md": "foot_privacy", "about/accessibility.md": "foot_accessibility"}


def ways_to_report(content: Content) -> list[dict[str, str]]:
    """The clinic's own phone and the address of those who keep the site, where they are filled in: of each its kind, its link and
    what is shown."""
    ways = []
    if phone := content.clinic.phone:
        ways.append({"kind": "report_clinic", "href": f"tel:{to_dial(phone)}", "says": phone})
    if contact := content.site.contact:
        href = contact if contact.startswith("https://") else f"mailto:{contact}"
        ways.append({"kind": "report_maker", "href": href, "says": contact.removeprefix("https://")})
    return ways


def small_pages(edition: Edition) -> list[dict[str, str]]:
    """The pages about privacy and accessibility, in a language that has them."""
    return [
        {"url": edition.by_path[path].url, "says": edition.strings.frame[words]}
        for path, words in _SMALL_PAGES.items()
        if path in edition.by_path
    ]


def contact_notes(content: Content) -> list[str]:
    """What whoever keeps the site should know while nobody can write to them; it stops no build."""
    if contact := content.site.contact:
        if len(contact.removeprefix("https://")) <= LONGEST_CONTACT:
            return []
        more = "on a phone it takes a line more at the foot of every page"
        return [f"`contact` in docs/site.yml has more than {LONGEST_CONTACT} characters: {more}"]
    return [
        "nobody who finds a mistake can write to you: fill in `contact` in docs/site.yml, an email address or a form's (https://…)"
    ]
