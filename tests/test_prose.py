"""The pages keep the language rules, and each rule catches text that breaks it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TINY
from iontosite.content.load import load_content
from iontosite.content.located import read_yaml
from iontosite.content.markdown import FILL_INS, read_markdown
from iontosite.content.pages import Page, parse_page
from iontosite.content.rules.english import ENGLISH, FORBIDDEN, grade, swap_names, syllables
from iontosite.content.rules.reading import Reading, measure, sentences, spoken
from iontosite.content.rules.wording import check_wording
from iontosite.content.vocabulary import Vocabulary, load_vocabulary
from iontosite.faults import ContentError
from iontosite.project import DOCS

VOCABULARY = load_vocabulary(read_yaml(DOCS / "reading.yml", "docs/reading.yml"))
MESSAGE = "/// html | div.main-message\n{}\n///\n"


def measured(text: str, first_line: int = 1) -> Reading:
    """What the measure says of some Markdown."""
    return measure(read_markdown(text, first_line), VOCABULARY, ENGLISH, first_line)


def page_of(path: str, body: str) -> Page:
    """A page of the tiny site with another body, which begins with line 8 or later."""
    front = (TINY / "docs/en" / path).read_text("utf-8").split("---\n", 2)[1]
    return parse_page(f"---\n{front}---\n{body}", "en", path, f"docs/en/{path}")


def told(page: Page) -> list[str]:
    """Every fault of a page's wording as `line: message`, the first line of its body being 1."""
    return [f"{fault.line - page.first_line + 1}: {fault.message}" for fault in check_wording(page, VOCABULARY, ENGLISH)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("iontophoresis", 6),
        ("dexamethasone", 5),
        ("pad", 1),
        ("tendons", 2),
        ("therapist's", 3),
        ("therapist’s", 3),
        ("20", 1),
        ("mA-min", 3),
        ("needle", 2),
        ("area", 3),
        ("blorfate", 2),
        ("blorftable", 3),
    ],
)
def test_syllables_of_our_words(word: str, count: int) -> None:
    """The dictionary and our own table agree with how the words are said; what neither knows is guessed from its vowels."""
    assert syllables(word, VOCABULARY) == count


def test_the_grade_is_the_published_formula() -> None:
    """One sentence of ten one-syllable words: 0.39 x 10 + 11.8 x 1 - 15.59 = 0.11; nothing at all has no grade."""
    assert grade(["The cat sat on the mat and had a nap."], VOCABULARY) == pytest.approx(0.11)
    assert grade([], VOCABULARY) == grade(["…"], VOCABULARY) == 0


def test_names_are_swapped_whole() -> None:
    """A name of two words counts as one short word, also in the plural; where there are no names, nothing is swapped."""
    assert swap_names("Ask physical therapists.", VOCABULARY) == "Ask paper."
    assert swap_names("Ask physical therapists.", Vocabulary({}, ())) == "Ask physical therapists."


def test_what_is_filled_in_is_read_as_it_is_said() -> None:
    """A line to write on is a pause, and a number to call one word."""
    assert spoken("Call {{ emergency }} or {{ clinic_phone }}.") == "Call 911 or …."
    assert all(spoken(f"{{{{ {name} }}}}") == "…" for name in FILL_INS)
    assert measured("{{ fill_in }}").faults == ()


BAD = {
    "reading grade": (1, "The administration of anti-inflammatory medication necessitates considerable deliberation regarding contraindications."),
    "sentence of 2[6-9] words": (3, "You go.\n\nYou " + "may go in and out " * 5 + "and so on."),
    "paragraph of 4 sentences": (3, "You go.\n\nGo. Sit. Look. Ask."),
    "raw reading grade": (1, "Iontophoresis is one choice. " + "Iontophoresis may help. " * 2),
    "[34] of [0-9]+ sentences are over 20 words": (1, "\n\n".join(["You may go in and out " * 4 + "now."] * 3 + ["You go now."] * 3)),
    "more than 200 words under one heading": (3, "Hi.\n\n## H {#h}\n\n" + "\n\n".join(["You can go home now and sit down. It is good."] * 20)),
}  # fmt: skip


@pytest.mark.parametrize("expected", BAD)
def test_each_limit_catches_bad_text(expected: str) -> None:
    """A text made to break one limit is reported under that limit's name, at its line."""
    line, text = BAD[expected]
    assert any(re.match(expected, message) and at == line + 40 for at, message in measured(text, 41).faults), measured(text, 41)


def test_short_fragments_do_not_flatter_the_grade() -> None:
    """Headings, cells and pictures of numbers are no prose: with and without them, a text has one grade."""
    prose = "The administration of medication necessitates deliberation."
    more = f"## A {{#a}}\n\n| a | b |\n|---|---|\n| c | d |\n\n{prose}\n\n```icon-array\nof: 10\n```"
    assert measured(prose).grade == measured(more).grade and measured(more).word_count == 6


WORDING = {
    "promises too much": "It is safe and effective.",
    "people feel tingling": "This treatment is painless.",
    "nothing here is proved": "It is clinically proven.",
    "cures nothing": "It cures pain.",
    "no trial showed that it dissolves": "It dissolves the calcium.",
    "there are side effects": "It has no side effects.",
    "no trial shows that": "It works as well as a shot.",
    "say it outright": "Please note the time.",
    "nothing is simple": "Simply press the button.",
}
BAD_PAGES = {
    **WORDING,
    "a range with a dash: write": "It takes 10–20 minutes.",
    '"3 – 4": a range': "It takes 3 – 4 weeks.",
    "an emergency number in the text: write {{ emergency }}": "Call 911 now.",
    "a heading without an id: write": "## A heading",
    "a first-level heading: the title is the only one": "# A first-level heading {#a}",
}


def test_every_forbidden_word_has_its_proof() -> None:
    """No word is forbidden without a text that shows it."""
    assert all(any(re.search(pattern, text, re.IGNORECASE) for text in WORDING.values()) for pattern in FORBIDDEN)
    assert len(WORDING) == len(FORBIDDEN)


@pytest.mark.parametrize("expected", BAD_PAGES)
def test_each_wording_rule_catches_bad_text(expected: str) -> None:
    """A line made to break one rule is reported with its reason and its line, also in the middle of a paragraph."""
    body = MESSAGE.format("Go home.")
    shift = "" if BAD_PAGES[expected].startswith("#") else "You may\ngo home.\n"
    line = 5 + shift.count("\n")
    (fault,) = told(page_of("about.md", f"{body}\n{shift}{BAD_PAGES[expected]}\n"))
    assert fault.startswith(f"{line}: ") and expected in fault


def test_a_wrong_claim_may_be_quoted() -> None:
    """Who corrects a claim has to say it, in quotation marks; “not a cure” is none."""
    body = MESSAGE.format("It is not a cure.") + "\nSome say that it is “painless” and “safe and effective”. That is wrong.\n"
    assert told(page_of("about.md", body)) == []


HIDDEN = {
    "the title": ('title: "About this site"', 'title: "Painless things"', 2),
    "the description": ('description: "Who made this site', 'description: "Simply who made this site', 3),
    "a picture's words": ("Tell the one who runs the tests.", "![A painless pad.](assets/figures/pad.svg)\n\n/// caption\nFlat.\n///", 14),
    "a figure's note": ("Tell the one who runs the tests.", '```icon-array\ntitle: "Who?"\nof: 10\ngroups: [{label: "with", count: 1}]\nsources: [first-2001]\nnote: "It is painless."\n```', 14),
}  # fmt: skip


@pytest.mark.parametrize("where", HIDDEN)
def test_words_outside_of_the_text_keep_the_rules(tiny: Path, where: str) -> None:
    """What stands in a list of pages, in a picture or for who cannot see it is held to the same."""
    old, new, line = HIDDEN[where]
    path = tiny / "docs/en/about.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_content(tiny / "docs")
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [("docs/en/about.md", line)], caught.value


BAD_MESSAGES = {
    "1: has no main message: start with": ("after.md", "Go home.\n"),
    "4: the main message must come first": ("after.md", "A line.\n\n" + MESSAGE.format("Go home.")),
    "2: the main message has 4 sentences, 3 at most": ("after.md", MESSAGE.format("Go. Sit.\n\nLook. Ask.")),
    "2: the main message has 5 sentences, 4 at most": ("questions/does-it-hurt.md", MESSAGE.format("Go. Sit.\n\nLook. Ask. Rest.")),
    "2: the answer has 48 words, 45 at most": ("questions/does-it-hurt.md", MESSAGE.format("You go in and out and in and so on there now.\n\n" * 3 + "You go in and out and in and so on now we.")),
}  # fmt: skip


@pytest.mark.parametrize("expected", BAD_MESSAGES)
def test_each_rule_of_the_main_message_catches_a_bad_one(expected: str) -> None:
    """It is there, it comes first, in few sentences; the answer to a question in few words."""
    found = told(page_of(*BAD_MESSAGES[expected]))
    assert any(fault.startswith(expected) for fault in found), found


@given(st.text(max_size=400))
def test_measuring_never_fails(text: str) -> None:
    """Any text can be measured, and its faults have lines of it."""
    reading = measured(text)
    assert reading.word_count >= 0 and all(line >= 1 for line, _ in reading.faults)


@given(
    st.lists(
        st.sampled_from(["You rest.", "Sit down!", "Is it red?", "See Dr. Who.", "It is “so.”", "The U.S. law."]),
        min_size=1,
        max_size=8,
    )
)
def test_sentences_are_counted_one_by_one(parts: list[str]) -> None:
    """As many sentences come out as were joined; a dot of a short form ends none."""
    assert len(sentences(" ".join(parts))) == len(parts)


def test_a_vocabulary_of_nothing_still_measures() -> None:
    """Unknown words are guessed, not dropped."""
    assert syllables("zzyzxian", Vocabulary({}, ())) >= 1
