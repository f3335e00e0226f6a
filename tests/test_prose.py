"""The pages keep the language rules, and each rule catches text that breaks it."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iontosite.content.rules.wording import check_page, check_prose
from iontosite.content.rules.reading import Vocabulary, blocks_of, grade, load_vocabulary, measure, sentences, swap_names, syllables
from iontosite.content.library import load_library
from iontosite.content.pages import parse_page

ROOT = Path(__file__).resolve().parents[1]
VOCABULARY = load_vocabulary(ROOT / "docs" / "reading.yml")


def test_every_page_keeps_the_rules(library) -> None:
    """Grade, sentences, paragraphs, sections, wording and shape, on every English page."""
    assert [str(fault) for fault in check_prose(library, VOCABULARY)] == []


@pytest.mark.parametrize(
    ("word", "count"),
    [("iontophoresis", 6), ("dexamethasone", 5), ("pad", 1), ("tendons", 2), ("therapist's", 3), ("20", 1), ("mA-min", 3), ("needle", 2), ("area", 3)],
)  # fmt: skip
def test_syllables_of_our_words(word: str, count: int) -> None:
    """The dictionary and our own table agree with how the words are said."""
    assert syllables(word, VOCABULARY) == count


def test_the_grade_is_the_published_formula() -> None:
    """One sentence of ten one-syllable words: 0.39 x 10 + 11.8 x 1 - 15.59 = 0.11."""
    assert grade(["The cat sat on the mat and had a nap."], VOCABULARY) == pytest.approx(0.11)


def test_names_are_swapped_whole() -> None:
    """A name of two words counts as one short word, also in the plural."""
    assert swap_names("Ask physical therapists.", VOCABULARY) == "Ask paper."


BAD = {
    "reading grade": "The administration of anti-inflammatory medication necessitates considerable deliberation regarding contraindications.",
    "sentence of 2[6-9] words": "You " + "may go in and out " * 5 + "and so on.",
    "paragraph of 4 sentences": "Go. Sit. Look. Ask.",
    "raw reading grade": "Iontophoresis is one choice. " + "Iontophoresis may help. " * 2,
    "[34] of [0-9]+ sentences are over 20 words": "\n\n".join(["You may go in and out " * 4 + "now."] * 3 + ["You go now."] * 3),
    "more than 200 words under one heading": "## H {#h}\n\n" + "\n\n".join(["You can go home now and sit down. It is good."] * 20),
}


@pytest.mark.parametrize("expected", BAD)
def test_each_limit_catches_bad_text(expected: str) -> None:
    """A text made to break one limit is reported under that limit's name."""
    assert any(re.search(expected, message) for _, message in measure(BAD[expected], VOCABULARY).faults)


BAD_PAGES = {
    "people feel tingling": "This treatment is painless.",
    "a range with a dash": "It takes 10–20 minutes.",
    "write {{ emergency }}": "Call 911 now.",
    "without an id": "## A heading\n\nText.",
    "use ##": "# A first-level heading",
    "promises too much": "It is safe and effective.",
    "reads? aloud|range": "It takes 3 – 4 weeks.",
    "cures nothing": "It cures pain.",
    "no trial showed that it dissolves": "It dissolves the calcium.",
    "there are side effects": "It has no side effects.",
    "no trial shows that": "It works as well as a shot.",
    "say it outright": "Please note the time.",
    "nothing is simple": "Simply press the button.",
}


@pytest.mark.parametrize("expected", BAD_PAGES)
def test_each_wording_rule_catches_bad_text(project: Path, expected: str) -> None:
    """A line made to break one rule is reported with its reason."""
    with (project / "docs/en/after.md").open("a", encoding="utf-8") as file:
        file.write("\n" + BAD_PAGES[expected] + "\n")
    faults = check_prose(load_library(project / "docs"), VOCABULARY)
    assert any(re.search(expected, fault.message) and fault.path == "docs/en/after.md" for fault in faults)


def test_a_page_without_its_main_message_is_caught(project: Path) -> None:
    """The answer must stand on the first screen."""
    page = project / "docs/en/after.md"
    page.write_text(page.read_text(encoding="utf-8").replace("div.main-message", "div.other"), encoding="utf-8")
    faults = check_prose(load_library(project / "docs"), VOCABULARY)
    assert any("no main message" in fault.message for fault in faults)


MESSAGE = "/// html | div.main-message\n{}\n///\n"
BAD_MESSAGES = {
    "must come first": ("after.md", "A line.\n\n" + MESSAGE.format("Go home.")),
    r"has 4 sentences, 3 at most": ("after.md", MESSAGE.format("Go. Sit. Look. Ask.")),
    r"has 5 sentences, 4 at most": ("questions/does-it-hurt.md", MESSAGE.format("Go. Sit. Look. Ask. Rest.")),
    r"answer has 55 words, 45 at most": ("questions/does-it-hurt.md", MESSAGE.format("You go in and out and in and so on there. " * 5)),
}


@pytest.mark.parametrize("expected", BAD_MESSAGES)
def test_each_rule_of_the_main_message_catches_a_bad_one(project: Path, expected: str) -> None:
    """It comes first, in few sentences; the answer to a question in few words."""
    path, body = BAD_MESSAGES[expected]
    page = project / "docs" / "en" / path
    front = page.read_text("utf-8").split("---\n", 2)[1]
    found = check_page(parse_page(f"---\n{front}---\n\n{body}", "en", path, f"docs/en/{path}"), VOCABULARY)
    assert any(re.search(expected, fault.message) for fault in found), found


@given(st.text(max_size=400))
def test_measuring_never_fails(text: str) -> None:
    """Any text can be measured, and what is measured is never negative in length."""
    reading = measure(text, VOCABULARY)
    assert reading.word_count >= 0
    assert all(block.text for block in blocks_of(text))


@given(st.lists(st.sampled_from(["You rest.", "Sit down!", "Is it red?"]), min_size=1, max_size=8))
def test_sentences_are_counted_one_by_one(parts: list[str]) -> None:
    """As many sentences come out as were joined."""
    assert sentences(" ".join(parts)) == parts


def test_a_vocabulary_of_nothing_still_measures() -> None:
    """Unknown words are guessed, not dropped."""
    assert syllables("zzyzxian", Vocabulary({}, ())) >= 1
