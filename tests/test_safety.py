"""Safety rules are said once: pages include them, and no page tells one in words of its own."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from editing import add, edit, faults_of, line_of
from iontosite.content.load import load_content
from iontosite.content.pages import parse_page
from iontosite.content.rules.english import ENGLISH, TELLS
from iontosite.content.rules.safety_words import check_safety_words
from iontosite.content.rules.tongues import TONGUES
from iontosite.content.safety import FORMS, SafetyRules
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build

FRONT = '---\ntitle: "{title}"\ndescription: "Only a page for a test of the rules."\nevidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n{more}---\n\n'
RULES = "docs/safety-rules.yml"


def told(tiny: Path, body: str, title: str = "A page", more: str = "") -> list[str]:
    """What the check says of a page with this Markdown, with the rules of the tiny site."""
    safety = load_content(tiny / "docs").safety
    page = parse_page(FRONT.format(title=title, more=more) + body, "en", "extra.md", "docs/en/extra.md", safety)
    return [str(fault) for fault in check_safety_words(page, ENGLISH)]


class TestIncludes:
    """A page takes rules by level and tag, by id, to tick, in steps, and as a sentence."""

    def test_page_paper_and_site_say_the_rule_in_its_own_words(self, tiny: Path, kept: Kept) -> None:
        """One change in the data changes the page, the handout and the maker."""
        edit(tiny / RULES, "it stays red for more than 24 hours", "it stays red for more than 36 hours")
        edit(tiny / "docs/sources.yml", "24 hours", "24 to 36 hours")
        build(Plan(tiny / "docs", tiny / "site", tiny / "build"), Console(file=io.StringIO()), kept)
        for place in ("after", "handouts/make/visit"):
            text = LexborHTMLParser((tiny / "site" / place / "index.html").read_text("utf-8")).css_first("body").text()
            assert "36 hours" in text
        page = LexborHTMLParser((tiny / "site/after/index.html").read_text("utf-8"))
        card = page.css_first(".care-call")
        assert card.css_first("li").text().startswith("it stays red for more than 36 hours") and not card.css_first(".cites")
        assert page.css_first('.care-call + .cites a[href="#fn:first-2001"]')

    def test_every_form_reads_as_blocks(self, tiny: Path) -> None:
        """Lists, ticks and steps are items; a sentence stands in its paragraph; each brings its citation and its line."""
        body = (
            "<!-- safety: pacemaker -->\n\n<!-- safety-ticks: never -->\n\n<!-- safety-steps: first-aid burn -->\n\n"
            "Wait. {{ rule:burn-cool }} Then go.\n"
        )
        safety = load_content(tiny / "docs").safety
        page = parse_page(FRONT.format(title="A page", more="") + body, "en", "x.md", "docs/en/x.md", safety)
        assert [(b.kind, b.text, b.ordered) for b in page.blocks] == [
            ("item", "Do not have it with a pacemaker.", False),
            ("item", "I have a pacemaker.", False),
            ("item", "Cool it with water.", True),
            ("paragraph", "Wait. Cool a burn with water first. Then go.", False),
        ]
        assert [b.line for b in page.blocks] == [8, 10, 12, 14]
        assert all(b.cites == ((b.line, "second-2002"),) for b in page.blocks)
        assert page.rules == {"pacemaker", "burn-cool"}
        assert len(FORMS) == 3

    @pytest.mark.parametrize(
        ("include", "says"),
        [
            ("<!-- safety: pacemakr -->", r'there is no rule "pacemakr"; did you mean "pacemaker"'),
            ("<!-- safety: call-911 alergy -->", r'no rule has the tag "alergy"; did you mean "allergy"'),
            ("<!-- safety: call-911 implant -->", 'no rule of the level "call-911" has one of these tags: implant'),
            ("<!-- safety: normal -->", 'no rule of the level "normal"'),
            ("<!-- safety-ticks: breathing -->", 'the rule "breathing" has no `tick` in "en"'),
            ("{{ rule:pacemaker }}", 'the rule "pacemaker" has no `sentence` in "en"'),
            ("{{ rule:breathng }}", 'there is no rule "breathng"; did you mean "breathing"'),
            ("{{ rule:never }}", '"never" is a level, not a rule'),
        ],
    )
    def test_an_include_of_what_there_is_not_is_a_fault(self, tiny: Path, include: str, says: str) -> None:
        """With the line of the include and the nearest name, once."""
        page = tiny / "docs/en/after.md"
        add(page, f"\n{include}\n")
        found = faults_of(tiny)
        assert [(fault.path, fault.line) for fault in found] == [("docs/en/after.md", line_of(page, include))]
        assert says in found[0].message


class TestData:
    """The rules themselves."""

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("- id: breathing", "- id: red-skin", 'the rule "red-skin" stands twice'),
            ("level: call-911", "level: call-912", "level: Input should be"),
            ("sources: [second-2002]", "sources: [secnd-2002]", 'rests on "secnd-2002", which is no read source of sources.yml; did you mean "second-2002"'),
            ("sources: [second-2002]", "sources: []", "sources: "),
            ('decided: "The leaflet says so."', 'decided: ""', "decided: "),
            ("tags: [allergy]", "tags: []", "tags: "),
        ],
    )  # fmt: skip
    def test_a_rule_that_does_not_fit_is_a_fault_with_its_line(self, tiny: Path, old: str, new: str, says: str) -> None:
        edit(tiny / RULES, old, new)
        assert any(fault.path == RULES and fault.line > 1 and says in fault.message for fault in faults_of(tiny)), faults_of(tiny)

    def test_every_rule_of_the_real_content_is_used(self, content: object) -> None:
        """A rule that no page includes protects nobody."""
        used = {rule for page in content.pages for rule in page.rules}
        assert {rule.id for rule in content.safety.rules} - used == set()


OWN_WORDS = {
    "somebody to call {{ emergency }}": "Is it bad? Call {{ emergency }} now.",
    "somebody to go to an emergency room": "Then go to the emergency room.",
    "somebody to be seen today": "Get it checked today.",
    "who must not have the treatment": "Do not have it with a pacemaker.",
}
# More of what hands write, in each language: what the words of a rule are known by, and not just the sentence that comes first.
TOLD = {
    "en": {
        "somebody to call {{ emergency }}": ["Dial 9-1-1.", "Get an ambulance if you cannot breathe.", "Ring {{ emergency }}."],
        "somebody to go to an emergency room": [
            "Head to the emergency room.",
            "You need the emergency room for this burn.",
            "Have a deep burn looked at in the ER.",
            "Take your child to urgent care.",
        ],
        "somebody to be seen today": ["See a doctor within 24 hours.", "Get medical help now.", "Call your doctor right away."],
        "who must not have the treatment": [
            "People with a pacemaker should not have this treatment.",
            "If you have a pacemaker, do not use iontophoresis.",
            "Anyone who is pregnant must not get it.",
            "This treatment is not for people with epilepsy.",
            "No one with an implant may have it.",
            "A pacemaker rules it out.",
            "Skip this treatment if you are pregnant.",
        ],
    },
    "es": {
        "somebody to call {{ emergency }}": ["Llame al 9-1-1.", "Pida una ambulancia.", "Marque {{ emergency }}."],
        "somebody to go to an emergency room": ["Diríjase a urgencias.", "Necesita atención de urgencia."],
        "somebody to be seen today": ["Consulte a un médico en 24 horas.", "Pida que un médico lo vea hoy."],
        "who must not have the treatment": [
            "Las personas con marcapasos no deben recibir este tratamiento.",
            "Si tiene marcapasos, no reciba este tratamiento.",
            "Este tratamiento no es para personas con marcapasos.",
            "No puede recibirlo con un marcapasos.",
            "Nadie con un implante puede recibirlo.",
        ],
    },
}
TELLS_NOBODY = {
    "en": [
        "Lists of who should not get this treatment do not agree.",
        "Therapists may or may not use this for pain.",
        "Take it easy.",
    ],
    "es": [
        "Las listas de quién no debe recibir este tratamiento no coinciden.",
        "No use la mano si le duele.",
        "No pudo recibirlo.",
    ],
}


@pytest.mark.parametrize(
    ("language", "what", "text"),
    [(language, what, text) for language, kinds in TOLD.items() for what, texts in kinds.items() for text in texts],
)
def test_each_way_to_tell_a_rule_is_known(language: str, what: str, text: str) -> None:
    """Other verbs and other names of the same place, day or treatment."""
    tongue = TONGUES[language]
    assert [kind for kind, words in tongue.tells.items() if words.search(text)] == [what]


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in TELLS_NOBODY.items() for text in texts])
def test_what_tells_nobody_is_no_rule(language: str, text: str) -> None:
    """A sentence about lists of rules is none."""
    assert [kind for kind, words in TONGUES[language].tells.items() if words.search(text)] == []


@pytest.mark.parametrize("what", TELLS)
def test_a_rule_in_words_of_its_own_is_caught(tiny: Path, what: str) -> None:
    """Each kind of rule has a sentence that must be caught, at its line; in a link that leads to a rule it may stand."""
    assert (
        told(tiny, f"\nFine.\n\n{OWN_WORDS[what]}\n")[0].startswith("docs/en/extra.md:11: ")
        and what in told(tiny, OWN_WORDS[what])[0]
    )
    assert told(tiny, f"[{OWN_WORDS[what].rstrip('.')}](after.md#emergency)\n") == []


def test_a_title_tells_no_more_than_the_page(tiny: Path) -> None:
    """It may name what a rule of the page tells; without the rule, it is a rule of its own."""
    title, rule = "When to call 911", "<!-- safety: call-911 -->\n"
    (fault,) = told(tiny, "Text.\n", title)
    assert fault.startswith("docs/en/extra.md:2: ") and "no rule of the page does: include the rule on the page" in fault
    assert told(tiny, rule, title) == []
    assert told(tiny, rule, "Go to the emergency room") != []


def test_a_line_of_its_own_in_a_care_card_is_caught(tiny: Path) -> None:
    """Also where it uses none of the telling words; the heading of the card is free."""
    card = "/// html | section.care.care-emergency\n## Call {{{{ emergency }}}} now if… {{#e}}\n\n{}\n///\n"
    assert any("stands in a care card in words of its own" in line for line in told(tiny, card.format("- your lips swell")))
    assert told(tiny, card.format("<!-- safety: call-911 -->")) == []
    assert told(tiny, "{{ rule:breathing }}\n") == []


@pytest.mark.parametrize(
    ("title", "more", "body", "says"),
    [
        ("I got burned", "", "Text.", 'is about "burn": add harms: [burn]'),
        ("I got burned", "harms: [burn]\n", "Text.", "is about burn and lacks its safety rules: include burn-cool"),
        ("I got burned", "harms: [brn]\n", "Text.", 'there is no harm "brn"; did you mean "burn"'),
    ],
)
def test_a_page_about_a_harm_holds_its_rules(tiny: Path, title: str, more: str, body: str, says: str) -> None:
    """What the title speaks of, the front matter names, and the page tells what to do."""
    assert any(says in line for line in told(tiny, body, title, more))
    assert told(tiny, "<!-- safety-steps: first-aid burn -->\n", title, "harms: [burn]\n") == []
    assert told(tiny, "Text.", title, "harms: []\n") == []


def test_a_language_without_words_for_a_rule_is_told(tiny: Path) -> None:
    """A missing translation is a fault, never English in its place."""
    safety = load_content(tiny / "docs").safety
    with pytest.raises(ValueError, match='has no `say` in "fr"'):
        safety.markdown("safety", "breathing", "fr")
    assert safety.with_sentences("{{ rule:breathing }}", "fr") == "{{ rule:breathing }}"
    assert SafetyRules().with_sentences("{{ rule:breathing }}", "en") == "{{ rule:breathing }}"
