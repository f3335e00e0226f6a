"""Which sign-offs lapsed, in words for who keeps the site: nobody should learn from a patient that a name is gone."""

from __future__ import annotations

from iontosite.content.model import Content

_WHY = {"words": "the words have changed since", "date": "its last day has passed"}


def lapsed(content: Content) -> list[str]:
    """Each sign-off that lapsed, with what to do: who, of what, and why. One that the same person gave anew is not told."""
    valid = {(each.sign_off.person, each.kind, each.name) for each in content.signed if not each.lapsed}
    return [
        f"{each.name}: the sign-off of {each.sign_off.name} ({each.sign_off.date}) lapsed, because {_WHY[each.lapsed]}: "
        f'no page shows it; once it was read again, `make sign OF="{each.name}"` prints what to enter'
        for each in content.signed
        if each.lapsed and (each.sign_off.person, each.kind, each.name) not in valid
    ]
