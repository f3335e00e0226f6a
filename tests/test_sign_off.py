"""A name stands on a page as long as a person stands by just these words, and not a day longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from editing import edit
from iontosite.__main__ import main
from iontosite.content.dates import today
from iontosite.content.lapsed import lapsed
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.stage.compose import Composer
from signing import sign

AFTER, RULES = "docs/en/after.md", "docs/safety-rules.yml"
DAY = date(2026, 12, 3)


def content_on(project: Path, day: date = DAY) -> Content:
    """The content on one day."""
    return load_content(project / "docs", today=day)


def panel(project: Path, path: str = "after.md", day: date = DAY) -> str:
    """The words about a page, as they are staged below it."""
    content = content_on(project, day)
    edition = content.edition("en")
    staged = Composer(content, edition, dict.fromkeys(["questions"], "")).compose(edition.by_path[path])
    return " ".join(staged[staged.index("{#about-this-page}") :].split())


class TestAPage:
    """Who read a page."""

    def test_shows_who_signed_it(self, tiny: Path) -> None:
        """Name, role, register, the day, and until when it holds; without a sign-off it says that there is none."""
        none = "**No clinician has reviewed this yet**"
        assert none in panel(tiny)
        sign(tiny, {"/after/": ""})
        said = panel(tiny)
        assert none not in said and none in panel(tiny, "about.md")
        assert (
            "Checked by a clinician: A. Person, Nurse (A board), on December 1, 2026. This holds until December 1, 2027 ·" in said
        )

    @pytest.mark.parametrize(("day", "holds"), [(date(2027, 12, 1), True), (date(2027, 12, 2), False)])
    def test_its_last_day(self, tiny: Path, day: date, holds: bool) -> None:
        """It holds on that day, and from the next one on no name is shown."""
        sign(tiny, {"/after/": ""})
        assert ("A. Person" in panel(tiny, day=day)) == holds

    @pytest.mark.parametrize(
        ("file", "find", "write"),
        [
            (AFTER, "Call your clinic if it lasts", "See your clinic if it lasts"),
            (AFTER, 'title: "After your visit"', 'title: "After each visit"'),
            (AFTER, "What to do when you are home again", "What to do at home again"),
            (AFTER, "- Do not scratch.[^first-2001]", "- Do scratch.[^first-2001]"),
            (AFTER, "### Do\n", "### Do not\n"),
            (AFTER, "/// html | div.do\n", "/// html | div.do-not\n"),
            (AFTER, "A pad on an arm.", "A pad on a leg."),
            (AFTER, "count: 12", "count: 13"),
            (AFTER, "| Today | Rest", "| Tonight | Rest"),
            (RULES, "it stays red for more", "it is still red for more"),
            ("docs/site.yml", 'emergency: "911"', 'emergency: "112"'),
        ],
    )
    def test_a_changed_meaning_takes_the_name_away(self, tiny: Path, file: str, find: str, write: str) -> None:
        """Whatever readers meet on the page, and wherever its words come from."""
        sign(tiny, {"/after/": ""})
        assert "A. Person" in panel(tiny)
        edit(tiny / file, find, write)
        assert "A. Person" not in panel(tiny) and "**No clinician has reviewed this yet**" in panel(tiny)
        (told,) = lapsed(content_on(tiny))
        assert told.startswith("/after/: the sign-off of A. Person (2026-12-01) lapsed, because the words have changed since")

    @pytest.mark.parametrize(
        ("file", "find", "write"),
        [
            (AFTER, "Red skin is normal.", "Red  skin\nis normal."),
            (AFTER, "- Look at it again.", "-   Look at **it** again."),
            (AFTER, 'evidence_checked: "2026-11-20"', 'evidence_checked: "2026-11-21"'),
            (AFTER, "- Rinse the spot.[^first-2001]", "- Rinse the spot.[^second-2002]"),
            (RULES, 'decided: "The trial says so."', 'decided: "The trial says it twice."'),
            (RULES, "Do not have it with a pacemaker.", "Do not have it with any pacemaker."),  # a rule of other pages
            ("docs/en/about.md", "Nobody pays for it.", "No one pays for it."),
            ("docs/clinic.yml", 'phone: ""', 'phone: "555-0100"'),
        ],
    )
    def test_what_changes_no_meaning_leaves_it(self, tiny: Path, file: str, find: str, write: str) -> None:
        """Spaces, marks of type, dates, sources, other pages, and what a clinic fills in."""
        sign(tiny, {"/after/": ""})
        edit(tiny / file, find, write)
        assert "A. Person" in panel(tiny)

    def test_one_page_of_two_lapses_alone(self, tiny: Path) -> None:
        """Each page that was read has its own hash."""
        sign(tiny, {"/after/": "", "/about/": ""})
        edit(tiny / AFTER, "Call your clinic if it lasts", "See your clinic if it lasts")
        assert "A. Person" not in panel(tiny) and "A. Person" in panel(tiny, "about.md")

    def test_read_again_it_holds_again(self, tiny: Path) -> None:
        """A new entry of the same person; the old one is history, and not told."""
        sign(tiny, {"/after/": ""})
        edit(tiny / AFTER, "Call your clinic if it lasts", "See your clinic if it lasts")
        sign(tiny, {"/after/": ""}, date="2026-12-02")
        assert "on December 2, 2026" in panel(tiny) and lapsed(content_on(tiny)) == []

    def test_the_words_of_the_glossary_belong_to_the_page_that_shows_them(self, tiny: Path) -> None:
        """They stand in a file of their own."""
        sign(tiny, {"/words/": "", "/after/": ""})
        edit(tiny / "docs/glossary.yml", "meaning: ", "meaning: Now ")
        content = content_on(tiny)
        assert [(each.name, each.lapsed) for each in content.signed] == [("/words/", "words"), ("/after/", "")]


class TestRules:
    """Who read safety rules."""

    def test_a_page_shows_who_read_all_of_its_rules(self, tiny: Path) -> None:
        """One of two is not enough; and the page itself stays unread."""
        sign(tiny, rules={"red-skin": ""})
        assert "A. Person" not in panel(tiny)
        sign(tiny, rules={"red-skin": "", "breathing": ""}, date="2026-12-02")
        said = panel(tiny)
        assert "Safety rules on this page checked by a clinician: A. Person, Nurse (A board), on December 2, 2026." in said
        assert "**No clinician has reviewed this yet**" in said and "A. Person" not in panel(tiny, "about.md")

    @pytest.mark.parametrize(
        ("find", "write"),
        [('it is hard to breathe",', 'it is very hard to breathe",'), ("level: call-911", "level: emergency-room")],
    )
    def test_a_rule_that_moved_on_takes_the_name_away(self, tiny: Path, find: str, write: str) -> None:
        """Its words, and its level."""
        sign(tiny, rules={"red-skin": "", "breathing": ""})
        edit(tiny / AFTER, "<!-- safety: call-911 -->", "<!-- safety: breathing -->")
        assert "A. Person" in panel(tiny)
        edit(tiny / RULES, find, write)
        assert "A. Person" not in panel(tiny)
        (told,) = lapsed(content_on(tiny))
        assert told.startswith("breathing: the sign-off of A. Person") and 'make sign OF="breathing"' in told

    def test_words_in_another_language_were_not_read(self, tiny: Path) -> None:
        """The rule says something else in Spanish now: who signed the English words stands by those."""
        sign(tiny, rules={"red-skin": "", "breathing": ""})
        edit(tiny / RULES, "sigue roja más de 24 horas", "sigue roja más de 48 horas")
        assert "A. Person" in panel(tiny)


class TestTheCommand:
    """`make sign`."""

    def test_prints_what_can_be_entered(self, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The entry fits the file as it is, but for what only the person can give."""
        assert main(["sign", "--docs", str(tiny / "docs"), "/after/", "/", "call-911", "allergy"]) == 0
        said = capsys.readouterr().out
        (entry,) = yaml.safe_load(said)
        assert (entry["name"], entry["role"], entry["registration"]) == ("", "", "")
        assert list(entry["pages"]) == ["/", "/after/"] and list(entry["rules"]) == ["breathing"]
        for key, given in (("name", "A. Person"), ("role", "Nurse"), ("registration", "A board")):
            said = said.replace(f'{key}: ""', f'{key}: "{given}"')
        edit(tiny / "docs/reviews.yml", "sign_offs: []", f"sign_offs:\n{said}")
        content = load_content(tiny / "docs")
        assert [(each.name, each.lapsed) for each in content.signed] == [("/", ""), ("/after/", ""), ("breathing", "")]

    @pytest.mark.parametrize(
        ("asked", "says"),
        [
            (["/aftr/"], 'there is no page /aftr/; did you mean "/after/"?'),
            (["pacemakr"], 'there is no rule "pacemakr"; did you mean "pacemaker"?'),
            (["never", "knee"], 'no rule has the tag "knee"'),
            (["--language", "es", "pacemaker"], 'not every rule has words in "es"'),
        ],
    )
    def test_says_what_there_is_not(self, tiny: Path, asked: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A made-up page, an unknown rule, a language that a rule is not said in."""
        assert main(["sign", "--docs", str(tiny / "docs"), *asked]) == 1
        assert says in capsys.readouterr().out


def test_the_day_of_a_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that an older build can be repeated, with the names that it had."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert today() == date(2023, 11, 14)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert today() >= date(2024, 1, 1)
