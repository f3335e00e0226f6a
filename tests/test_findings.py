"""What studies found is told once: pictures, boxes and words of certainty come from it, by stated steps."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from editing import add, edit, faults_of, line_of
from iontosite.content.figures import BarChart, IconArray, figures_in
from iontosite.content.findings import KINDS, STARTS, STEPS, Doubt, certainty_of
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.pages import Page
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build

FINDINGS = "docs/findings.yml"
DATA = """
claims:
- id: red-skin-claim
  design: one-trial
  doubts: [small]
  sources: [first-2001]
  words:
    en: {because: "It is one small trial."}
findings:
- id: first-red
  source: first-2001
  who: "people with a sore elbow"
  measured: "red skin"
  judged_by: "the therapists"
  when: "right after the visit"
  chance: "not shown"
  left: "none"
  paid: "not shown"
  kind: people
  arms:
  - {counted: 20, result: 12, words: {en: {label: "with the pad"}}}
  - {counted: 20, result: 2, words: {en: {label: "without"}}}
  words:
    en: {title: "Who had red skin?", note: "40 people."}
- id: first-pain
  source: first-2001
  who: "people with a sore elbow"
  measured: "pain"
  judged_by: "the people themselves"
  when: "right after the visit"
  chance: "not shown"
  left: "none"
  paid: "not shown"
  kind: score
  of: 100
  arms:
  - {counted: 20, result: 23, words: {en: {label: "with the pad"}}}
  - {counted: 20, result: 14.5, words: {en: {label: "without"}}}
  words:
    en: {title: "How far did pain fall?", unit: "points"}
- id: first-blister
  source: first-2001
  who: "people with a sore elbow"
  measured: "a blister"
  judged_by: "the therapists"
  when: "the day after"
  chance: "not shown"
  left: "none"
  paid: "not shown"
  kind: people
  arms:
  - {counted: 20, result: 1, words: {en: {label: "with the pad"}}}
  - {counted: 20, result: 0, words: {en: {label: "without"}}}
  words:
    en: {title: "Who had a blister?", column: "Blister, the day after"}
"""
READ = " Skin was red in 12 and 2 of 20; pain fell by 23 and 14.5 of 100; a blister in 1 and 0."
TABLES = 'tables:\n  en: {group: "Group", cell: "{count} of {of}"}\n'


@pytest.fixture
def told(tiny: Path) -> Path:
    """The tiny site with a claim and two findings, and a page that takes them."""
    text = (tiny / FINDINGS).read_text("utf-8")
    data = DATA.lstrip().replace('note: "40 people."', 'note: "40 people.", column: "Red, right after"')
    (tiny / FINDINGS).write_text(text.replace("claims: []\nfindings: []\n", TABLES + data), "utf-8")
    edit(tiny / "docs/sources.yml", "Skin was red for 24 hours.", f"Skin was red for 24 hours.{READ}")
    includes = "<!-- how-sure: red-skin-claim -->\n\n<!-- picture: first-red -->\n\n<!-- picture: first-pain -->\n\nIn a word: {{ sure:red-skin-claim }}.\n"
    edit(tiny / "docs/en/conditions/elbow.md", "## What to do next", f"{includes}\n## What to do next")
    return tiny


class TestWord:
    """How sure we are is never typed in."""

    @given(st.sampled_from(list(STARTS)), st.lists(st.sampled_from(Doubt.__args__), unique=True))
    def test_each_doubt_takes_one_step_down(self, design: str, doubts: list[str]) -> None:
        """From where the design starts, one step for each kind of doubt; never below the last step; the order of doubts is nothing."""
        word = certainty_of(design, tuple(doubts))
        assert STEPS.index(word) == min(STARTS[design] + len({KINDS[doubt] for doubt in doubts}), 3)
        assert word == certainty_of(design, tuple(reversed(doubts)))

    def test_the_box_on_the_page_has_the_word_and_the_reason(self, told: Path, kept: Kept) -> None:
        """And changes with one doubt more, on every page that takes it."""
        edit(told / FINDINGS, "doubts: [small]", "doubts: [small, no-fake]")
        build(Plan(told / "docs", told / "site", told / "build"), Console(file=io.StringIO()), kept)
        article = LexborHTMLParser((told / "site/conditions/elbow/index.html").read_text("utf-8")).css_first("article")
        box = article.css_first(".certainty.certainty-very-low")
        assert box.text().strip().startswith("How sure are we? Very low. It is one small trial.") and box.css_first(".cites a")
        assert "In a word: Very low." in article.text()
        assert len(article.css(".chart svg")) == 4


class TestPicture:
    """A picture is drawn from the finding."""

    def test_counts_percentages_and_scores_have_their_own_scale(self, told: Path) -> None:
        findings = load_content(told / "docs").findings
        people, score = findings.chart("first-red", "en"), findings.chart("first-pain", "en")
        assert isinstance(people, IconArray) and (people.of, [g.count for g in people.groups]) == (20, [12, 2])
        assert isinstance(score, BarChart) and (score.max, [g.value for g in score.groups]) == (100, [23, 14.5])
        page = load_content(told / "docs").edition("en").by_path["conditions/elbow.md"]
        assert [figure.line for figure in page.figures] == [
            line_of(told / "docs/en/conditions/elbow.md", f"picture: {name}") for name in ("first-red", "first-pain")
        ]
        assert page.sources == ("first-2001",)


class TestTable:
    """Findings about the same groups stand side by side, benefit and harm out of one number."""

    INCLUDE = "<!-- numbers: first-red first-blister -->"

    def test_each_group_is_a_row_and_each_finding_a_column(self, told: Path) -> None:
        """With the source at each count."""
        findings = load_content(told / "docs").findings
        assert findings.table(["first-red", "first-blister"], "en").split("\n") == [
            "| Group | Red, right after | Blister, the day after |",
            "| --- | --- | --- |",
            "| with the pad | 12 of 20[^first-2001] | 1 of 20[^first-2001] |",
            "| without | 2 of 20[^first-2001] | 0 of 20[^first-2001] |",
        ]

    def test_each_count_is_held_against_the_record(self, told: Path) -> None:
        """As a number typed into a page would be; a table of the page's own stays apart from it."""
        edit(told / "docs/sources.yml", READ, "")
        add(told / "docs/en/after.md", f"\n{self.INCLUDE}\n")
        line = line_of(told / "docs/en/after.md", self.INCLUDE)
        found = faults_of(told)
        (fault, *others) = [fault for fault in found if " stands in no record cited here (first-2001)" in fault.message]
        assert fault.line == line and len(others) == 4 and sum(fault.path == "docs/en/after.md" for fault in found) == 5

    def test_each_number_of_a_finding_is_held_against_its_record(self, told: Path) -> None:
        """Results, how many were counted, and the end of a scale, each at its own line, whether a page shows them or not."""
        edit(told / FINDINGS, "result: 14.5,", "result: 41.5,")
        edit(told / FINDINGS, "  of: 100", "  of: 109")
        edit(told / FINDINGS, "counted: 20, result: 23", "counted: 21, result: 23")
        found = [(fault.line, fault.message.split(" stands")[0]) for fault in faults_of(told) if fault.path == FINDINGS]
        lines = [line_of(told / FINDINGS, words) for words in ("of: 109", "result: 23", "result: 41.5")]
        assert found == list(zip(lines, ('"first-pain": 109', '"first-pain": 21', '"first-pain": 41.5'), strict=True))

    @pytest.mark.parametrize(
        ("include", "old", "new", "says"),
        [
            (INCLUDE, "counted: 20, result: 1,", "counted: 18, result: 1,", "need groups of one size"),
            (
                INCLUDE,
                'result: 1, words: {en: {label: "with the pad"}}',
                'result: 1, words: {en: {label: "x"}}',
                "has other groups",
            ),
            (INCLUDE, 'column: "Blister, the day after"', 'note: ""', 'has no `column` in "en"'),
            (INCLUDE, "{count} of {of}", "{count}", "cell"),
            (INCLUDE, TABLES, "", 'no words in "en" under `tables`'),
            ("<!-- numbers: first-red first-pain -->", "", "", "is a score"),
            ("<!-- numbers: first-red first-blistr -->", "", "", 'there is no finding "first-blistr"'),
        ],
    )
    def test_what_cannot_be_compared_is_a_fault(self, told: Path, include: str, old: str, new: str, says: str) -> None:
        """Other groups, a score among counts, a column without a name, a finding that is not there."""
        add(told / "docs/en/after.md", f"\n{include}\n")
        if old:
            edit(told / FINDINGS, old, new)
        assert any(says in fault.message for fault in faults_of(told)), faults_of(told)

    def test_counts_out_of_another_number_are_a_fault(self, told: Path) -> None:
        """12 of 20 beside 5 of 100 would be read as the same."""
        add(told / "docs/en/after.md", f"\n{self.INCLUDE}\n")
        text = (told / FINDINGS).read_text("utf-8")
        before, blister = text.split("- id: first-blister")
        (told / FINDINGS).write_text(f"{before}- id: first-blister{blister.replace('kind: people', 'kind: percent')}", "utf-8")
        assert any("counts out of another number" in fault.message for fault in faults_of(told)), faults_of(told)


class TestNumber:
    """A number in a sentence or a table is the finding's own."""

    def test_counts_and_results_stand_in_the_text(self, told: Path) -> None:
        """In the words of the language; a finding of one group needs no number of it; what there is not stays as it was written."""
        findings = load_content(told / "docs").findings
        text = "{{ count:first-red 2 }}, {{result:first-pain 2}}, {{ count:first-red }}, {{ count:first-pain 1 }}"
        assert findings.with_words(text, "en") == "2 of 20, 14.5, {{ count:first-red }}, {{ count:first-pain 1 }}"
        alone = findings.finding("first-red")
        one = dataclasses.replace(findings, findings=(alone.model_copy(update={"arms": alone.arms[:1]}),))
        assert one.with_words("{{ count:first-red }}", "en") == "12 of 20"
        assert findings.with_words("{{ count:first-red 1 }}", "es") == "{{ count:first-red 1 }}"

    def test_the_record_is_held_against_them(self, told: Path) -> None:
        """A number from a finding is a number of the page: beside a citation of another source, it is told."""
        add(told / "docs/en/after.md", "\nIt was {{ count:first-red 1 }}.[^second-2002]\n")
        line = line_of(told / "docs/en/after.md", "It was")
        assert (line, "12 stands in no record cited here (second-2002)") in {
            (fault.line, fault.message.split(":")[0]) for fault in faults_of(told)
        }


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("- id: first-pain", "- id: first-red", '"first-red" stands twice'),
        ("  of: 100\n", "", "a score needs `of`"),
        ("counted: 20, result: 2,", "counted: 18, result: 2,", "need groups of one size"),
        ("counted: 20, result: 2,", "counted: null, result: 2,", "need "),
        ("doubts: [small]", "doubts: [tiny]", "doubts"),
        ("source: first-2001", "source: frst-2001", 'rests on "frst-2001"'),
        ("  chance: ", "  chanc: ", "chance: is missing"),
        ('very-low: "Very low"', 'very-lo: "Very low"', "words"),
        ('      small: "', '      smal: "', "doubts"),
        ("claims:\n", "claims:\n- {id: x, design: guess, sources: [first-2001], words: {}}\n", "design"),
    ],
)
def test_a_finding_that_does_not_fit_is_a_fault_with_its_line(told: Path, old: str, new: str, says: str) -> None:
    """Each field has to be there and to make sense."""
    edit(told / FINDINGS, old, new)
    assert any(fault.path == FINDINGS and fault.line > 1 and says in fault.message for fault in faults_of(told)), faults_of(told)


@pytest.mark.parametrize(
    ("include", "says"),
    [
        (
            "<!-- how-sure: red-skin-clam -->",
            'there is no claim "red-skin-clam" in docs/findings.yml; did you mean "red-skin-claim"',
        ),
        ("<!-- picture: first-rd -->", 'there is no finding "first-rd" in docs/findings.yml; did you mean "first-red"'),
        ("It is {{ sure:red-skin-clam }}.", 'there is no claim "red-skin-clam"'),
        ("It was {{ count:first-rd 1 }}.", 'there is no finding "first-rd" in docs/findings.yml; did you mean "first-red"'),
        ("It was {{ count:first-red }}.", '"first-red" has 2 groups: write which one, such as {{ count:first-red 1 }}'),
        ("It was {{ result:first-red 3 }}.", '"first-red" has no group 3: it has 2'),
        ("It was {{ result:first-red 0 }}.", '"first-red" has no group 0'),
        ("It was {{ count:first-pain 1 }}.", 'the finding "first-pain" is a score: write its number with "result"'),
        ("| Red | Who |\n|---|---|\n| skin | 12 of 20[^first-2001] |", 'the table counts "12 of 20" by hand'),
        ("| Red | How sure |\n|---|---|\n| skin | Very low |", 'the table says "Very low" by hand'),
    ],
)
def test_an_include_of_what_there_is_not_is_a_fault(told: Path, include: str, says: str) -> None:
    """With its line and the nearest name."""
    page = told / "docs/en/after.md"
    add(page, f"\n{include}\n")
    assert ("docs/en/after.md", line_of(page, include.splitlines()[-1])) in {
        (fault.path, fault.line) for fault in faults_of(told) if says in fault.message
    }


def test_a_language_without_words_is_told(told: Path) -> None:
    """A missing translation is no English text, and it says which of the two kinds of words is missing."""
    findings = load_content(told / "docs").findings
    whole = dataclasses.replace(findings, sure={**findings.sure, "es": findings.sure["en"]})
    for ask, says in (
        (lambda: findings.box("red-skin-claim", "es"), 'has no words in "es" under `sure`'),
        (lambda: whole.box("red-skin-claim", "es"), 'the claim "red-skin-claim" has no words in "es"'),
        (lambda: findings.chart("first-red", "es"), "has no words in 'es'"),
    ):
        with pytest.raises(ValueError, match=says):
            ask()
    assert findings.with_words("{{ sure:red-skin-claim }}", "es") == "{{ sure:red-skin-claim }}"


def test_every_claim_and_finding_of_the_real_content_is_used(content: object) -> None:
    """What no page takes is kept by nobody."""
    written = " ".join(page.written for page in content.pages)
    assert [
        claim.id for claim in content.findings.claims if f": {claim.id} " not in written and f"sure:{claim.id} " not in written
    ] == []
    shown = {name for called in re.findall(r"<!-- (?:picture|numbers): ([a-z0-9 -]+?) -->", written) for name in called.split()}
    shown |= set(re.findall(r"\{\{ (?:count|result):([\w-]+)", written))
    assert [finding.id for finding in content.findings.findings if finding.id not in shown] == []


def told_by_hand(page: Page) -> list[str]:
    """What a page says itself where findings.yml should: a box of certainty, or a picture of numbers, with its line."""
    boxes = [f"{page.name}:{block.line}: a box" for block in page.own_blocks if block.is_in("certainty")]
    return boxes + [f"{page.name}:{figure.line}: a picture" for figure in figures_in(page.own_blocks, page.name)]


def test_no_page_judges_or_draws_by_itself(content: Content, tiny_content: Content) -> None:
    """Every word of certainty and every picture comes from findings.yml, so two pages cannot differ; the tiny site has one of
    each by hand, and is told."""
    assert [told for page in content.edition("en").pages for told in told_by_hand(page)] == []
    by_hand = told_by_hand(tiny_content.edition("en").by_path["after.md"])
    assert {told.rpartition(": ")[2] for told in by_hand} == {"a box", "a picture"}
