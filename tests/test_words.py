"""The words of the frame: each that a template or a script uses is asked for, and each that is asked for is used."""

from __future__ import annotations

import re

from iontosite.content.proof_words import NEEDED as OF_PROOF
from iontosite.content.words import NEEDED
from iontosite.project import ROOT

FILES = sorted(
    path
    for folder, endings in (("scripts", ".py"), ("overrides", ".html .j2"), ("docs/assets", ".js"))
    for path in (ROOT / folder).rglob("*")
    if path.suffix in endings.split() and "vendor" not in path.parts and path.name not in ("words.py", "proof_words.py")
)
# Templates and scripts name a section's words by a name of their own; `words` is whichever they were given.
SECTION_OF = {
    "frame": ["frame"],
    "say": ["maker"],
    "care": ["care"],
    "tools": ["tools"],
    "words": ["handout", "tools", "maker", "clinics", "yardsticks", "figures", "translation", "connect"],
    "phrases": ["connect"],
    "translation": ["translation"],
    "told": ["proof"],  # the pack for committees, which has words of its own (docs/en/proof.yml)
}
_KEY = r"""(?:\.([a-z][a-z0-9_]*)\b(?!\()|\[["']([\w-]+)["']\])"""
_USE = re.compile(rf"\b(?:(?:strings|extra)\.(\w+)|({'|'.join(SECTION_OF)})){_KEY}")
_COPIED = "address address_condition email_html email_plain email_subject text_message"
# Chosen by what the content holds: the kind of a code or a file, a row of the picker, a paper, a size, a unit, a card.
CHOSEN_BY_CONTENT: dict[str, set[str]] = {
    "clinics": {
        *["icd10cm", "cpt", "address_condition", "email_plain", "email_html"],
        *(f"copy_{kind}" for kind in _COPIED.split()),
        *(f"code_means_{system}" for system in ("icd10cm", "cpt")),
        *(f"code_side_{side}" for side in ("right", "left", "both", "unsaid")),
        *(f"code_topic_{topic}" for topic in ("medicine", "water")),
        *(f"promised_{kind}" for kind in ("handouts", "posters", "qr", "spellings")),
    },
    "frame": {"foot_privacy", "foot_accessibility", "report_clinic", "report_maker"},  # where a page or an address is there
    "structured": set(NEEDED["structured"]),  # by the rules that stand on a page
    "tools": {f"take_{kind}" for kind in ("stop", "tell", "values", "ask")},  # what a page holds to take along
    "maker": {"letter", "a4", "standard", "large"},
    "yardsticks": {"total_percent", "total_points"},
    "care": {"care-call", "care-today", "care-emergency"},
    "certainty": set(NEEDED["certainty"]),
    "kinds": set(NEEDED["kinds"]),
    "kinds_short": set(NEEDED["kinds_short"]),
    # A level, the form of a statement, a column, a table, a group of rules, how a source was read, a file, a record.
    "proof": {
        *(key for key in OF_PROOF["words"] if re.match(r"(level|kind|column|sheet|group|unread_status)_", key)),
        *("csv", "xlsx", "pdf", "changes_heading", "searches_heading"),
    },
}
Uses = set[tuple[str, str]]
Known = dict[str, set[str]]


def uses(text: str) -> Uses:
    """Each (name of a section, key) that a file's text asks for."""
    found = {(section or name, key or quoted) for section, name, key, quoted in _USE.findall(text)}
    return {(name, key) for name, key in found if name in SECTION_OF or name in NEEDED}


def unknown(used: Uses, known: Known) -> list[str]:
    """What is used and stands in no section that the name can mean."""
    return sorted(f"{name}.{key}" for name, key in used if not any(key in known[s] for s in SECTION_OF.get(name, [name])))


def needless(used: Uses, known: Known) -> list[str]:
    """What stands in a section and is used under no name of it."""
    names = {section: {section, *(name for name, sections in SECTION_OF.items() if section in sections)} for section in known}
    return sorted(
        f"{section}.{key}"
        for section, keys in known.items()
        for key in keys - CHOSEN_BY_CONTENT.get(section, set())
        if not any((name, key) in used for name in names[section])
    )


def known_words() -> Known:
    """What is asked for."""
    return {**{section: set(keys) for section, keys in NEEDED.items()}, "proof": set(OF_PROOF["words"])}


def used_here() -> Uses:
    """What all templates and scripts of the project use."""
    used: Uses = set()
    for path in FILES:
        text = path.read_text("utf-8")
        # Python names words by keys in quotes; what stands behind a dot there are methods.
        used |= uses(re.sub(r"\b(words|care|frame|say|told)\.", "", text) if path.suffix == ".py" else text)
    return used


def test_each_word_that_is_used_is_asked_for() -> None:
    """A template that uses a word nobody asks for would print nothing in a language that lacks it."""
    assert unknown(used_here(), known_words()) == []


def test_each_word_that_is_asked_for_is_used() -> None:
    """A translator's time is not spent on words that nobody sees."""
    assert needless(used_here(), known_words()) == []


def test_what_the_content_chooses_is_asked_for() -> None:
    """The list of words that no template names holds none that is gone."""
    assert all(keys <= known_words()[section] for section, keys in CHOSEN_BY_CONTENT.items())


def test_a_word_that_is_mistyped_or_needless_is_found() -> None:
    """The measure itself: `frame.emergncy_line` in a template, and a key that nothing uses."""
    known, used = known_words(), used_here()
    wrong = uses("{{ frame.emergncy_line }}") | uses('strings.care["soruces"]')
    assert unknown(used | wrong, known) == ["care.soruces", "frame.emergncy_line"]
    assert needless(used, {**known, "frame": known["frame"] | {"bypass"}}) == ["frame.bypass"]
