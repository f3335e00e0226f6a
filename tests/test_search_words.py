"""Which words the search takes for one, in every language of `docs/search.yml`: the rules are data, so words are their test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from iontosite.content.located import parse_yaml, read_yaml
from iontosite.content.search_words import load_search_words
from iontosite.faults import ContentError
from iontosite.project import DOCS, ROOT

WORDS: dict[str, dict[str, list[list[str]]]] = read_yaml(Path(__file__).parent / "fixtures" / "search_words.yml", "words").data
RULES = load_search_words(read_yaml(DOCS / "search.yml", "docs/search.yml"))
_STEMS = "([rules, texts]) => { const stem = finder.stemmer(rules); return texts.map((text) => finder.words(text).map(stem).join(' ')); }"


@pytest.fixture(scope="module")
def finder(browser: Browser) -> Any:
    """An empty page with the search alone: it needs nothing around it."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "docs" / "assets" / "find.js")
    yield page
    page.close()


def stems(page: Page, language: str, texts: list[str]) -> list[str]:
    """What is left of each text by the rules of a language; a language without rules keeps whole words."""
    rules = RULES[language].model_dump(include={"sounds", "whole", "rounds"}) if language in RULES else {}
    return page.evaluate(_STEMS, [rules, texts])


@pytest.mark.parametrize("language", WORDS)
def test_forms_of_one_word_are_one(finder: Page, language: str) -> None:
    """Plurals, genders, verbs for nouns; with accents or without."""
    split = {group[0]: left for group in WORDS[language]["alike"] if len(set(left := stems(finder, language, group))) > 1}
    assert split == {}


@pytest.mark.parametrize("language", WORDS)
def test_words_that_only_look_alike_stay_apart(finder: Page, language: str) -> None:
    """A rule that takes off too much would lead from "needle" to "need"."""
    mixed = [group for group in WORDS[language]["apart"] if len(set(stems(finder, language, group))) == 1]
    assert mixed == []


def test_without_rules_forms_stay_apart(finder: Page) -> None:
    """The test itself: it is the rules that bring words together, and accents go without any."""
    assert len(set(stems(finder, "xx", ["burn", "burns"]))) == 2
    assert len(set(stems(finder, "xx", ["bebé", "bebe", "Bebé"]))) == 1


def test_names_of_the_language_of_scripts_are_plain_words(finder: Page) -> None:
    """What everything in JavaScript has by itself is no rule of ours: whoever types "constructor" gets an answer, too."""
    assert stems(finder, "en", ["constructor", "toString", "__proto__"]) == ["constructor", "tostr", "proto"]


def test_letters_that_sound_alike_are_one_before_endings_go(finder: Page) -> None:
    """Longest first, each place once; endings are written as they are spelled, and come off what is heard."""
    rules = {"sounds": {"c": "k", "ch": "ch", "ce": "se", "h": ""}, "rounds": [{"least": 2, "endings": {"ces": "z"}}]}
    assert finder.evaluate(_STEMS, [rules, ["coche", "voses", "voces", "hecho"]]) == ["koche", "voz", "voz", "echo"]


def test_every_language_has_words_to_test() -> None:
    """A language in the rules without words here would be tested by nothing."""
    assert set(WORDS) == set(RULES)


@pytest.mark.parametrize(
    ("one", "other", "most", "far"),
    [
        ("burn", "burn", 2, 0),
        ("fasitis", "fasciitis", 2, 2),
        ("needel", "needle", 2, 1),
        ("tenis", "tennis", 1, 1),
        ("burn", "bursitis", 2, 3),
    ],
)
def test_letters_that_differ_are_counted(finder: Page, one: str, other: str, most: int, far: int) -> None:
    """Left out, added, changed, swapped: one each; what is further away than asked for is only too far."""
    assert finder.evaluate("([one, other, most]) => finder.distance(one, other, most)", [one, other, most]) == far


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("en:\n  same:\n    - [shot, Jab]\n", 3, '"Jab" matches nothing'),
        ("es:\n  whole:\n    pies: pie\n    niño: nin\n", 4, '"niño" matches nothing'),
        ('en:\n  rounds:\n    - least: 3\n      endings: {"-ing": ""}\n', 4, '"-ing" matches nothing'),
        ('es:\n  sounds: {ll: y, "ñ": n}\n', 2, '"ñ" matches nothing'),
        ("en:\n  rounds:\n    - least: -1\n      endings: {s: ''}\n", 3, "least"),
        ("en:\n  stop: [the]\n", 2, "is not a key that this file knows"),
    ],
)
def test_a_rule_that_could_match_nothing_is_a_fault(text: str, line: int, says: str) -> None:
    """What is typed is folded first, so a rule with a capital, an accent or a sign would be dead."""
    with pytest.raises(ContentError) as caught:
        load_search_words(parse_yaml(text, "docs/search.yml"))
    assert [(fault.line, says in fault.message) for fault in caught.value.faults] == [(line, True)]
