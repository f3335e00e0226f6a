"""A translation says what its original says, as far as a machine can see; each slip that it must catch has an example."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from iontosite.content.pages import Page, parse_page
from iontosite.content.rules.parity import Reader, page_faults, words_differences
from iontosite.content.rules.tongues import TONGUES
from iontosite.project import DOCS

DATA = yaml.safe_load((Path(__file__).parent / "fixtures/parity_faults.yml").read_text("utf-8"))
MONTHS = {code: yaml.safe_load((DOCS / code / "strings.yml").read_text("utf-8"))["months"] for code in ("en", "es")}
ENGLISH, SPANISH = (Reader(TONGUES[code], MONTHS[code]) for code in ("en", "es"))


def page_of(text: str, code: str) -> Page:
    """A page of one language."""
    return parse_page(text, code, "after.md", f"docs/{code}/after.md")


def told(text: str) -> list[str]:
    """What is said of a translation."""
    return [str(fault) for fault in page_faults(page_of(DATA["english"], "en"), page_of(text, "es"), ENGLISH, SPANISH)]


def test_what_says_the_same_has_no_fault() -> None:
    """The two pages that the slips are made in."""
    assert told(DATA["spanish"]) == []


@pytest.mark.parametrize("name", DATA["slips"])
def test_each_slip_is_told_with_path_and_line(name: str) -> None:
    """A slip is a fault on the translation, at a line of it, with what differs."""
    slip, text = DATA["slips"][name], DATA["spanish"]
    assert text.count(slip["find"]) == 1
    found = told(text.replace(slip["find"], slip["write"]))
    assert any(slip["says"] in fault for fault in found), found
    for fault in found:
        path, line, message = fault.split(":", 2)
        assert path == "docs/es/after.md" and 1 <= int(line) <= text.count("\n") and "differs from its original" in message


def test_a_slip_inside_a_part_is_told_at_its_line() -> None:
    """A number that is too much names the line where it stands."""
    text = DATA["spanish"].replace("La dosis fue de 1.5 mA", "La dosis fue de 15 mA")
    line = text[: text.index("15 mA")].count("\n") + 1
    assert [fault for fault in told(text) if fault.startswith(f"docs/es/after.md:{line}: ")]


def test_a_language_that_the_rules_do_not_know_is_held_to_its_form() -> None:
    """Numbers, links and cards are seen in any language; orders are not."""
    unknown = Reader(None, MONTHS["es"])
    original = page_of(DATA["english"], "en")
    lost = page_of(DATA["spanish"].replace("No se rasque.", "Rásquese."), "es")
    moved = page_of(DATA["spanish"].replace("1.5 mA", "15 mA"), "es")
    assert page_faults(original, lost, ENGLISH, unknown) == []
    assert len(page_faults(original, moved, ENGLISH, unknown)) == 1


WORDS = {
    "the emergency number": ("Call {{ emergency }} now.", "Llame al 112 ahora.", "the values: emergency missing"),
    "a lost no": ("Do not get it if you are pregnant.", "Recíbalo si está embarazada.", "it says 0 time(s) not"),
    "tell first turned never": ("**Diabetes.** It may raise your sugar.", "No lo reciba con diabetes.", "it says 1 time(s) not"),
    "a moved decimal": ("A fever of 101.3 degrees F.", "Fiebre de 1013 grados F.", "1013 too much; 101.3 missing"),
    "hours that became days": ("It stays red for 24 hours.", "Sigue roja por 24 días.", "24 counts day here and hour"),
    "a statement that lost its no": ("Your knee will not unlock.", "La rodilla se destraba.", "no word in it says no"),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_of_rules_are_held_against_each_other(name: str) -> None:
    """What rules, findings and messages say, one text against the other."""
    original, text, says = WORDS[name]
    assert any(says in difference for difference in words_differences(original, text, ENGLISH, SPANISH))


def test_words_that_say_the_same_differ_in_nothing() -> None:
    """A rule as it stands, in both."""
    original = "Do not make the child vomit. Give nothing to eat, unless they tell you to give honey (never under age 1)."
    text = "No haga vomitar al niño. No le dé nada de comer, a menos que le digan que le dé miel (nunca a un menor de 1 año)."
    assert list(words_differences(original, text, ENGLISH, SPANISH)) == []
