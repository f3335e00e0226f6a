"""The scores that we give our own pages: complete, backed by the page, at their goals; and the floors that a machine can see."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from iontosite.check.finished import FinishedPages
from iontosite.check.quotes import check_quotes
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.pages import Page
from iontosite.content.rules.floors import check_floors
from iontosite.content.yardsticks import Yardsticks
from iontosite.faults import ContentError
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.stage.yardsticks import sheet_pages, yardsticks

SHEETS = "docs/en/yardsticks.yml"
MAIN_PAGES = (
    "what-it-is.md",
    "does-it-work.md",
    "is-it-safe-for-me.md",
    "side-effects.md",
    "your-visit.md",
    "after.md",
    "compare.md",
)


def sheets_of(content: Content) -> Yardsticks:
    """The English sheets."""
    found = content.edition("en").yardsticks
    assert found
    return found


def change(project: Path, path: str, old: str, new: str) -> None:
    """Put one mistake into a file of the tiny site; the text stands there once."""
    text = (project / path).read_text("utf-8")
    assert text.count(old) == 1, (path, old, text.count(old))
    (project / path).write_text(text.replace(old, new), "utf-8")


def test_the_instruments_are_whole(content: Content) -> None:
    """PEMAT-P 90 and 90, CDC Index 90, DISCERN 70 with no item under 4, JAMA 4 of 4, IPDAS 6, 6 and 18, each with all its items."""
    instruments = sheets_of(content).instruments
    goals = {i.id: [part.goal for part in i.parts] for i in instruments}
    assert goals == {"pemat": [90, 90], "clear-communication": [90], "discern": [70], "jama-benchmarks": [4], "ipdas": [6, 6, 18]}
    items = {i.id: len(i.items) for i in instruments}
    assert items == {"pemat": 24, "clear-communication": 20, "discern": 16, "jama-benchmarks": 4, "ipdas": 35}
    assert {i.id: i.no_item_under for i in instruments if i.no_item_under} == {"discern": 4}


def test_the_main_pages_are_scored(content: Content) -> None:
    """PEMAT-P and the CDC Index for each main page, DISCERN where treatments are weighed, IPDAS for the decision aid."""
    scored = {(instrument.id, sheet.page) for instrument, sheet in sheets_of(content).sheets()}
    assert {(i, page) for i in ("pemat", "clear-communication") for page in MAIN_PAGES} <= scored
    assert {("discern", "does-it-work.md"), ("discern", "compare.md"), ("ipdas", "compare.md")} <= scored


def test_what_a_reason_quotes_stands_on_the_page(content: Content, site: Path) -> None:
    """A page that was rewritten takes its scores with it."""
    assert [str(fault) for fault in check_quotes(content, FinishedPages(site))] == []


def test_the_totals_are_on_the_page_as_computed(content: Content, site: Path) -> None:
    """The published sheet shows each computed total, and nothing that says more than a self-score is."""
    article = LexborHTMLParser((site / "about/yardsticks/index.html").read_text("utf-8")).css_first("article")
    assert article
    for instrument, sheet in sheets_of(content).sheets():
        for total in instrument.totals(sheet):
            assert f"{total.points} of {total.possible} points" in article.text()
    missed = sheets_of(content).missed_goals()
    assert article.text().count("Goal not met") == len(missed) and "no one from outside has rated it" in article.text()


def test_totals_are_computed_from_single_scores(tiny: Path) -> None:
    """What does not apply counts neither way, and a percentage is cut."""
    instruments = sheets_of(load_content(tiny / "docs")).instruments
    totals = [(t.points, t.possible, t.value, t.met) for i in instruments for sheet in i.sheets for t in i.totals(sheet)]
    assert totals == [(1, 1, 100, True), (1, 2, 50, True), (4, 5, 4, True)]
    assert sheets_of(load_content(tiny / "docs")).missed_goals() == []


def test_a_sheet_on_which_nothing_applies_has_no_percentage(tiny: Path) -> None:
    """Nothing of nothing is no point, and no error."""
    change(tiny, SHEETS, 'words: "Are the words short?"}', 'words: "Are the words short?", may_not_apply: true}')
    change(tiny, SHEETS, 'words: {score: 1, why: "Short', 'words: {score: na, why: "Short')
    instrument, sheet = next(sheets_of(load_content(tiny / "docs")).sheets())
    (total,) = instrument.totals(sheet)
    assert (total.points, total.possible, total.value, total.met) == (0, 0, 0, False)


def test_a_handout_can_be_scored(tiny: Path, kept: Kept) -> None:
    """Its sheet leads to where the handout is offered; what it quotes has to stand on the paper."""
    change(tiny, SHEETS, "- page: after.md", "- page: handouts/visit.yml")
    build(Plan(tiny / "docs", tiny / "site", tiny / "build"), Console(file=io.StringIO(), width=200), kept)
    content = load_content(tiny / "docs")
    pages = dict(sheet_pages(content.edition("en")))
    assert "[After your visit](../../handouts/index.md#visit)" in pages["clinics/codes/plain.md"]
    assert "[After your visit](codes/plain.md#plain-handouts-visit)" in yardsticks(content.edition("en"))
    assert check_quotes(content, FinishedPages(tiny / "site")) == []
    change(tiny, SHEETS, "“Rinse the spot”", "“Do not rinse”")
    (fault,) = check_quotes(load_content(tiny / "docs"), FinishedPages(tiny / "site"))
    assert "Plain, handouts/visit.yml, words: “Do not rinse” does not stand there" in fault.message


MISSED = {
    "Plain, about.md: Clear 50, goal 51": ('name: "Clear", goal: 50', 'name: "Clear", goal: 51'),
    "Trust, site: Sources 3, goal 4": ("named: {score: 4,", "named: {score: 3,"),
    "Trust, site: Sources 4, goal 4": ("no_item_under: 3", "no_item_under: 5"),
}


@pytest.mark.parametrize("note", MISSED)
def test_a_missed_goal_is_a_note_and_no_fault(tiny: Path, note: str) -> None:
    """A total under its goal, or one item under the lowest that the instrument allows, stops nobody from publishing."""
    change(tiny, SHEETS, *MISSED[note])
    assert sheets_of(load_content(tiny / "docs")).missed_goals() == [note]


def test_the_build_says_which_goals_are_missed(tiny: Path, kept: Kept) -> None:
    """It publishes, and says so behind its table; the quotations of the sheets were looked up on the way."""
    change(tiny, SHEETS, "named: {score: 4,", "named: {score: 3,")
    said = io.StringIO()
    build(Plan(tiny / "docs", tiny / "site", tiny / "build"), Console(file=said, width=200), kept)
    assert "note: our own score misses its goal: Trust, site: Sources 3, goal 4" in said.getvalue()
    change(tiny, SHEETS, "“Nobody pays for it”", "“Nobody pays,\n        for it” but not “nothing can go wrong”")
    found = check_quotes(load_content(tiny / "docs"), FinishedPages(tiny / "site"))
    message = "Plain, about.md, words: “nothing can go wrong” does not stand there: score it anew"
    assert [str(fault) for fault in found] == [f"{SHEETS}:22: {message}"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('      words: {score: 1, why: "Short', '      wrods: {score: 1, why: "Short', 18, 'Plain, after.md: there is no item "wrods"; did you mean "words"\\?'),
        ('      words: {score: 1, why: "Short', '      wrods: {score: 1, why: "Short', 16, 'Plain, after.md: "words" is missing: score it'),
        ('words: {score: 1, why: "Short', 'words: {score: 7, why: "Short', 18, "Plain, after.md: words: 7 is outside of the scale, 0 to 1"),
        ('words: {score: 1, why: "Short', 'words: {score: yes, why: "Short', 18, "'yes' is no score|True is no score"),
        ('words: {score: 1, why: "Short', 'words: {score: na, why: "Short', 18, "always applies: give it a score"),
        ('words: {score: 1, why: "Short', 'words: {score: 0, why: "Short', 18, "is not at its best: say under `better` what would improve it"),
        ('"Short words, such as “Rinse the spot”."', '"Short."', 18, "why: has 6 characters, at least 10"),
        ("- page: after.md", "- page: afer.md", 16, 'scores "afer.md", which does not exist; did you mean "after.md"\\?'),
        ("- page: after.md", "- page: about.md", 20, "about.md stands twice: keep one sheet"),
        ("part: clear, words: \"Are", "part: cler, words: \"Are", 13, 'words: there is no part "cler"; did you mean "clear"\\?'),
        ("{id: sums, part", "{id: words, part", 14, 'the item "words" stands twice: keep one'),
        ("unit: points", "unit: stars", 31, "unit: .*'percent' or 'points'"),
    ],
)  # fmt: skip
def test_a_bad_sheet_is_refused(tiny: Path, old: str, new: str, line: int, says: str) -> None:
    """Each mistake in a sheet is a fault with its line."""
    change(tiny, SHEETS, old, new)
    with pytest.raises(ContentError) as caught:
        load_content(tiny / "docs")
    found = [fault for fault in caught.value.faults if re.search(says, fault.message)]
    assert [(fault.path, fault.line) for fault in found] == [(SHEETS, line)], caught.value


def test_a_language_needs_no_sheets(tiny: Path) -> None:
    """Nobody has to score pages before they are published."""
    (tiny / SHEETS).unlink()
    change(tiny, "docs/en/clinics/codes.md", "<!-- insert: yardsticks -->\n\n", "")
    content = load_content(tiny / "docs")
    assert content.edition("en").yardsticks is None and check_quotes(content, FinishedPages(tiny)) == []


PICTURE = '![A pad on an arm.](assets/figures/pad.svg){ width="100" height="50" }'
WEIGHED = "It may help a little,[^first-2001] and so may waiting. Side effects such as burns happen. We do not know more."
FLOORS = {
    "the heading \"Overview\" says nothing: write what the part tells": ("after.md", 13, "## Tonight {#tonight}", "## Overview {#tonight}"),
    "the heading \"More?\" says nothing": ("after.md", 13, "## Tonight {#tonight}", "## More? {#tonight}"),
    "does not end with what to do next: add a last part with {#what-to-do-next}": ("after.md", 8, "{#what-to-do-next}", "{#the-end}"),
    "no steps: write what to do next as a list": ("about.md", 16, "- Go [home](index.md).", "Go [home](index.md)."),
    "a picture without an alt text: say between [ and ] what it shows": ("after.md", 15, "![A pad on an arm.]", "![]"),
    "a picture without a caption: add /// caption below it": ("after.md", 15, "\n/// caption\nThe pad lies flat.\n///\n", "\nThe pad lies flat.\n"),
    "a table of 5 columns: 4 at most": ("after.md", 59, "| When | What to do |\n|---|---|\n", "| When | What to do | a | b | c |\n|---|---|---|---|---|\n"),
    "a column without a heading: name it": ("after.md", 59, "| When |", "| |"),
    "weighs a treatment and does not name what it may do for you: use words such as “may help”": ("conditions/elbow.md", 8, WEIGHED, "It does, and so may waiting. Burns. We do not know."),
    "weighs a treatment and does not name what harm it may do": ("conditions/elbow.md", 8, WEIGHED, "It may help, and so may waiting. We do not know."),
    "weighs a treatment and does not name what happens without it": ("conditions/elbow.md", 8, WEIGHED, "It may help. Burns. We do not know."),
    "weighs a treatment and does not name what is not known": ("conditions/elbow.md", 8, WEIGHED, "It may help, and so may waiting. Burns."),
}  # fmt: skip


@pytest.mark.parametrize("says", FLOORS)
def test_each_floor_catches_a_page_below_it(tiny: Path, says: str) -> None:
    """A page made to break one floor is reported under that floor's words, at its line, and under no other."""
    path, line, old, new = FLOORS[says]
    content = load_content(tiny / "docs")
    page = content.edition("en").by_path[path]
    assert page.body.count(old) == 1, path
    (fault,) = check_floors(replace(page, written=page.body.replace(old, new)), content.edition("en").strings.floors)
    assert (fault.path, fault.line) == (f"docs/en/{path}", line) and fault.message.startswith(says), fault


def test_a_page_without_parts_and_a_question(tiny: Path) -> None:
    """A page of no headings lacks its end; a question is an answer, and needs none."""
    edition = load_content(tiny / "docs").edition("en")

    def without_parts(page: Page) -> list[str]:
        body = page.body.partition("## ")[0]
        return [fault.message for fault in check_floors(replace(page, written=body), edition.strings.floors)]

    (said,) = without_parts(edition.by_path["about.md"])
    assert said.startswith("does not end with what to do next")
    assert without_parts(edition.by_path["questions/does-it-hurt.md"]) == []
