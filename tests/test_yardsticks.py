"""The scores that we give our own pages: complete, backed by the page, at their goals; and the floors that a machine can see."""
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from iontosite.content.rules.floors import check_floors
from iontosite.faults import ContentError
from iontosite.content.library import Library, load_library

SHEETS = "docs/en/yardsticks.yml"
MAIN_PAGES = ("what-it-is.md", "does-it-work.md", "is-it-safe-for-me.md", "side-effects.md", "your-visit.md", "after.md", "compare.md")
QUOTE = re.compile(r"“([^”]+)”")


def test_every_goal_is_met(library: Library) -> None:
    """PEMAT-P 90 and 90, CDC Index 90, DISCERN 70 with no item under 4, JAMA 4 of 4, IPDAS 6 and 6; totals are computed."""
    assert library.yardsticks["en"].missed_goals() == []
    goals = {i.id: [part.goal for part in i.parts] for i in library.yardsticks["en"].instruments}
    assert goals == {"pemat": [90, 90], "clear-communication": [90], "discern": [70], "jama-benchmarks": [4], "ipdas": [6, 6]}
    items = {i.id: len(i.items) for i in library.yardsticks["en"].instruments}
    assert items == {"pemat": 24, "clear-communication": 20, "discern": 16, "jama-benchmarks": 4, "ipdas": 12}


def test_the_main_pages_are_scored(library: Library) -> None:
    """PEMAT-P and the CDC Index for each main page, DISCERN where treatments are weighed, IPDAS for the decision aid."""
    scored = {(instrument.id, sheet.page) for instrument, sheet in library.yardsticks["en"].sheets()}
    assert {(i, page) for i in ("pemat", "clear-communication") for page in MAIN_PAGES} <= scored
    assert {("discern", "does-it-work.md"), ("discern", "compare.md"), ("ipdas", "compare.md")} <= scored


def unsupported(library: Library, site: Path) -> list[str]:
    """Quotations in the reasons that do not stand on the page that they speak of."""
    lost = []
    for instrument, sheet in library.yardsticks["en"].sheets():
        if sheet.page == "site":
            continue
        url = next(page.url for page in library.pages if page.path == sheet.page)
        article = LexborHTMLParser((site / url / "index.html").read_text("utf-8")).css_first("article")
        for node in article.css(".footnote-ref"):
            node.decompose()
        text = plain(article.text(separator=" ") + " " + " ".join(image.attributes.get("alt") or "" for image in article.css("img")))
        for item, score in sheet.scores.items():
            lost += [f"{instrument.id}, {sheet.page}, {item}: “{quote}”" for quote in QUOTE.findall(score.why) if plain(quote) not in text]
    return lost


def plain(text: str) -> str:
    """Letters and digits alone: quotation marks, line breaks and full stops differ between a page and a quotation of it."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def test_what_a_reason_quotes_stands_on_the_page(library: Library, site: Path) -> None:
    """A page that was rewritten takes its scores with it."""
    assert unsupported(library, site) == []


def test_a_made_up_quotation_is_found(project: Path, site: Path) -> None:
    """The check above sees a quotation that no page holds."""
    change(project, "“It has risks too”", "“Nothing can go wrong”")
    assert any("Nothing can go wrong" in line for line in unsupported(load_library(project / "docs"), site))


def change(project: Path, old: str, new: str) -> None:
    """Put one mistake into the copy of the sheets."""
    path = project / SHEETS
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("          purpose: {score: 1,", "          purpse: {score: 1,", r'there is no item "purpse"; did you mean "purpose"\?'),
        ("          purpose: {score: 1,", "          purpse: {score: 1,", r'"purpose" is missing: score it'),
        ("          purpose: {score: 1,", "          purpose: {score: 7,", "7 is outside of the scale, 0 to 1"),
        ("          purpose: {score: 1,", "          purpose: {score: yes,", "is no score"),
        ("          purpose: {score: 1,", "          purpose: {score: na,", "always applies"),
        ("          no-sums: {score: 1,", "          no-sums: {score: 0,", "is not at its best: say under `better`"),
        ("      - page: does-it-work.md", "      - page: does-it-wrok.md", 'scores "does-it-wrok.md", which does not exist; did you mean "does-it-work.md"'),
        ("      - page: compare.md", "      - page: does-it-work.md", "stands twice"),
        ("part: understandable", "part: understandble", r'there is no part "understandble"; did you mean "understandable"'),
        ("{id: purpose,", "{id: no-sums,", 'the item "no-sums" stands twice: keep one'),
    ],
)  # fmt: skip
def test_a_bad_sheet_is_refused(project: Path, old: str, new: str, says: str) -> None:
    """Each mistake in a sheet is a fault with its line."""
    change(project, old, new)
    with pytest.raises(ContentError) as caught:
        load_library(project / "docs")
    assert any(fault.path == SHEETS and fault.line > 1 and re.search(says, fault.message) for fault in caught.value.faults)


def test_a_missed_goal_is_reported(project: Path) -> None:
    """One item under the lowest that DISCERN allows is a missed goal, whatever the total."""
    change(project, 'risks: {score: 5, why: "Red skin', 'risks: {score: 3, better: "Say more.", why: "Red skin')
    assert any("DISCERN, does-it-work.md" in line for line in load_library(project / "docs").yardsticks["en"].missed_goals())


def test_the_totals_are_on_the_page_as_computed(library: Library, site: Path) -> None:
    """The published sheet shows each computed total, and nothing that says more than a self-score is."""
    text = LexborHTMLParser((site / "about/yardsticks/index.html").read_text("utf-8")).css_first("article").text()
    for instrument, sheet in library.yardsticks["en"].sheets():
        for total in instrument.totals(sheet):
            assert f"{total.points} of {total.possible} points" in text
    assert "Goal not met" not in text and "no one from outside has rated it" in text


def test_every_page_stands_on_the_floors(library: Library) -> None:
    """Headings that inform, steps at the end, captions, narrow tables, and both sides where a treatment is weighed."""
    assert [str(fault) for fault in check_floors(library)] == []


FLOORS = {
    "says nothing": ("docs/en/after.md", "## What is normal {#what-is-normal}", "## Overview {#what-is-normal}"),
    "does not end with what to do next": ("docs/en/after.md", "{#what-to-do-next}", "{#the-end}"),
    "no steps": ("docs/en/conditions/index.md", r"(?s)\{#what-to-do-next\}.*", "{#what-to-do-next}\n\nGo home."),
    "without an alt text": ("docs/en/your-visit.md", r"!\[An arm[^\]]*\]", "![]"),
    "without a caption": ("docs/en/your-visit.md", "/// caption\n", "/// html | div.other\n"),
    "a table of 5 columns": ("docs/en/does-it-work.md", r"\| Problem \| Short answer \|(.*)\n\|---\|", r"| Problem | Part | More | Short answer |\1\n|---|---|---|"),
    "a column without a heading": ("docs/en/does-it-work.md", r"\| Problem \|", "| |"),
    "does not name what harm it may do": ("docs/en/conditions/jaw.md", "(?i)burns?|side effects|side-effects", "marks"),
    "does not name what happens without it": ("docs/en/conditions/jaw.md", "(?i)do nothing|waiting|on its own|with time|no treatment", "later"),
}  # fmt: skip


@pytest.mark.parametrize("says", FLOORS)
def test_each_floor_catches_a_page_below_it(project: Path, says: str) -> None:
    """A page made to break one floor is reported under that floor's words."""
    path, old, new = FLOORS[says]
    library = load_library(project / "docs")
    page = next(page for page in library.pages if page.name == path)
    body = re.sub(old, new, page.body)
    assert body != page.body
    library.pages[library.pages.index(page)] = replace(page, body=body)
    assert any(says in fault.message and fault.path == path for fault in check_floors(library))
