"""A clinic's own copy: its details where readers look, its number to call, its colours, and without the pages that it leaves out."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError
from rich.console import Console

from iontosite.content.clinic import MIN_CONTRAST, Clinic, contrast
from iontosite.content.left_out import kept_menu, own_number_notes, rules_on, without_left_out, without_links
from iontosite.content.model import Content
from iontosite.content.statements import citing
from iontosite.faults import ContentError
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.project import DOCS

WANTED = (
    "/cost/",
    "/conditions/tennis-elbow/",
    "/other-uses/sweating/",
    "/clinics/teach-back/",
    "/questions/pacemaker/",
    "/clinics/host/",
)


def smaller(content: Content, *addresses: str) -> Content:
    """The content of a copy that leaves these pages out."""
    return without_left_out(replace(content, clinic=content.clinic.model_copy(update={"leave_out": addresses})))


# --- What is left out ---


def test_what_stands_on_a_page_goes_with_it(content: Content) -> None:
    """Pages of both languages, codes in every spelling, handouts and their files, changes, scores, promises, and what moved."""
    copy = smaller(content, *WANTED)
    assert smaller(content).pages == content.pages and not smaller(content).left_out
    for before, after in zip(content.editions, copy.editions, strict=True):
        gone = {page.url for page in before.pages} - {page.url for page in after.pages}
        assert gone <= {address.strip("/") + "/" for address in WANTED} and len(before.pages) - len(after.pages) == len(gone) >= 4
        assert not {code.code for code in after.codes} & {"M77.11", "L74.510"} and {code.code for code in after.codes} >= {
            "M72.2"
        }
        assert before.recipes.keys() - after.recipes.keys() == {"sweating", "staff-card"}
        assert "clinics/host.md" not in after.language.not_translated
    left = " ".join([*copy.ledger, *copy.code_spellings, *(each.old for each in copy.redirects)]).lower()
    for name in (
        "/cost/",
        "/tennis-elbow/",
        "m77.11/",
        "m7711/",
        "l74511/",
        "/sweating-letter",
        "/qr/cost.svg",
        "posters/conditions-tennis-elbow",
        "make/staff-card/",
        "review/page-cost/",
        "review/page-conditions-tennis-elbow/",
        "review/handout-sweating/",
    ):
        assert name not in left, name
    assert "/clinics/review/page-after/" in left and "/clinics/review/handout-visit/" in left and "/sources/na-nm/" in left
    assert "/conditions/jaw/" in left and "m72.2/" in left and "/handouts/visit-" in left and "/qr/conditions-jaw.svg" in left
    sheets = [sheet.page for each in copy.editions if each.yardsticks for _, sheet in each.yardsticks.sheets()]
    assert (
        not {"conditions/tennis-elbow.md", "questions/pacemaker.md", "other-uses/sweating.md"} & set(sheets)
        and "after.md" in sheets
    )
    assert not [search for search in copy.searches if search.about in copy.left_out] and copy.searches


def test_every_rule_for_everybody_is_still_told(content: Content) -> None:
    """However much is left out of what may be: no rule of help, and none of who must not have it, is lost."""
    every = [content.path_of(page) for page in content.editions[0].pages]
    with pytest.raises(ContentError) as told_of:
        smaller(content, *every)
    stays = {address for fault in told_of.value.faults for address in re.findall(r"(?<!\S)/\S*?(?=[ ,:])", fault.message)}
    may_go = [address for address in every if address not in stays]
    assert len(may_go) > 60
    copy = smaller(content, *may_go)
    for language, folder in (("en", "/sources/"), ("es", "/es/sources/")):
        cited = {f"source-{source}" for source in citing(copy.edition(language), copy)}
        lists = [name for name in content.ledger if name.startswith(folder) and name != folder]
        stay = {name for name in lists if cited & set(content.ledger[name].ids)}
        assert {name for name in copy.ledger if name in lists} == stay
        before, after = (sum(len(ledger[name].ids) for name in stay) for ledger in (content.ledger, copy.ledger))
        assert after < before  # records of what nobody cites any more
    levels = {"call-911", "emergency-room", "today", "first-aid", "never", "specialist", "tell-first", "stop"}
    for before, after in zip(content.editions, copy.editions, strict=True):
        told, still = ({rule for page in edition.pages for rule in rules_on(page, content)} for edition in (before, after))
        assert {rule for rule in told - still if content.safety.by_id[rule].level in levels} == set()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/after/", "/after/ keeps people safe, so it stays"),
        ("/questions/call-911/", "keeps people safe"),
        ("/", "other pages lead to / from everywhere"),
        ("/conditions/", "other pages lead to /conditions/ from everywhere"),
        ("/does-it-work/", "nobody decides without it"),
        ("/other-uses/numbing/", 'only /other-uses/numbing/ tells the safety rule "numbing-'),
        ("/conditions/jaw/", 'tells the safety rule "jaw-'),
        ("/cots/", 'there is no page /cots/; did you mean "/cost/"?'),
        ("cost", 'there is no page cost; did you mean "/cost/"?'),
        ("/es/cost/", "there is no page /es/cost/"),
    ],
)
def test_what_cannot_go_says_why(content: Content, address: str, says: str) -> None:
    """With its file, and all at once."""
    with pytest.raises(ContentError) as told:
        smaller(content, "/cost/", address, "/nowhere/at/all/")
    assert len(told.value.faults) == 2
    assert any(says in fault.message and fault.path == "docs/clinic.yml" for fault in told.value.faults), told.value.faults


def test_the_pages_that_the_file_names_can_go(content: Content) -> None:
    """Whoever fills it in starts with what stands there as an example."""
    example = re.search(r"by their addresses: \[(.+?)\]", (DOCS / "clinic.yml").read_text("utf-8"))
    assert example
    addresses = re.findall(r'"(.+?)"', example[1])
    assert len(addresses) == 2 and len(smaller(content, *addresses).pages) <= len(content.pages) - 4


def test_a_handout_that_stays_keeps_the_pages_that_it_takes_from(content: Content) -> None:
    """And a ready message the page where it leads."""
    first = content.editions[0]
    recipe = first.recipes["choosing"].model_copy(update={"page": "compare.md"})
    part = recipe.parts[0].model_copy(update={"page": "cost.md"})
    changed = replace(first, recipes={"choosing": recipe.model_copy(update={"parts": [part]})})
    with pytest.raises(ContentError, match='the handout "choosing" takes its words from /cost/'):
        smaller(replace(content, editions=(changed, *content.editions[1:])), "/cost/")
    moments = [first.messages.moments[0].model_copy(update={"page": "cost.md", "id": "bill"})]
    changed = replace(first, messages=first.messages.model_copy(update={"moments": moments}))
    with pytest.raises(ContentError, match='/cost/ is where the ready message "bill" leads'):
        smaller(replace(content, editions=(changed, *content.editions[1:])), "/cost/")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [the cost](../cost.md#price) or [jaw](jaw.md).", "See the cost or [jaw](jaw.md)."),
        ("- a\n- [Cost](../cost.md): what it is\n  and more\n- b", "- a\n- b"),
        ("- **[Cost](../cost.md)** says\n- b", "- b"),
        ("- [Cost](../cost.md) and [jaw](jaw.md)", "- Cost and [jaw](jaw.md)"),
        ("- Ask about [cost](../cost.md).", "- Ask about cost."),
        ("1. [Cost](../cost.md)\n2. b", "2. b"),
        ('- <svg><path d="x"/></svg>**[Cost](../cost.md)**', ""),
        ("| [Cost](../cost.md) | 1 |\n| [Jaw](jaw.md) | 2 |", "| [Jaw](jaw.md) | 2 |"),
        ("![cost](../cost.md) [x](https://a.example/cost.md)", None),
    ],
)  # fmt: skip
def test_a_link_to_what_is_left_out_goes(content: Content, before: str, after: str | None) -> None:
    """Its words stay in a sentence; an item or a row that only leads there goes whole, with all that stands in it."""
    page = content.editions[0].by_path["conditions/jaw.md"]
    assert without_links(before, page, frozenset({"cost.md"})) == (before if after is None else after)
    assert without_links(before, page, frozenset()) == before


def test_the_menu_goes_without_it(content: Content) -> None:
    """And without a group that nothing is left of."""
    menu = [{"Home": "index.md"}, {"More": [{"Cost": "cost.md"}, {"Words": "words.md"}]}, {"Money": [{"Cost": "cost.md"}]}]
    assert kept_menu(menu, frozenset({"cost.md"})) == [{"Home": "index.md"}, {"More": [{"Words": "words.md"}]}]


def test_a_copy_builds_whole(tiny: Path, kept: Kept) -> None:
    """Links, menu, search, codes, files and sitemap: nothing of the page is left, and the build's own checks are content."""
    details = 'name: "Riverside"\naddress: "12 River Street"\nemergency: "112"\nleave_out: ["/conditions/elbow/"]\ncolour_on_dark: "#8fd6cc"\n'
    (tiny / "docs/clinic.yml").write_text(details, "utf-8")
    said = io.StringIO()
    build(Plan(tiny / "docs", tiny / "site", tiny / "build"), Console(file=said, width=300), kept)
    site = tiny / "site"
    assert not list(site.rglob("*elbow*")) and not (site / "codes/icd10cm/m77.11").exists()
    for path in site.rglob("*.html"):
        assert 'elbow/"' not in path.read_text("utf-8"), path
    assert "elbow" not in (site / "sitemap.xml").read_text("utf-8")
    assert not [
        address for address in json.loads((site / "permalinks.json").read_text("utf-8"))["permalinks"] if "elbow" in address
    ]
    index = next(
        path.read_text("utf-8") for path in (site / "static").glob("search.*.js") if "searchIndex" in path.read_text("utf-8")
    )
    assert "conditions/elbow" not in index
    page = (site / "after/index.html").read_text("utf-8")
    assert page.count("12 River Street") == 2 and "112" in page and not re.search(r"\b911\b", page)
    assert "--link:#8fd6cc" in page.replace(" ", "")


# --- Details ---


def test_the_clinic_s_own_number_is_called(content: Content) -> None:
    """Pages, cards and paper take it from one place; where a page names the other in words of its own, that is told."""
    site = Clinic(emergency="112").applied_to(content.site)
    assert site.numbers == {**content.site.numbers, "emergency": "112"} and Clinic().applied_to(site) is site
    notes = own_number_notes(replace(content, site=site))
    assert any(note.startswith("docs/en/questions/call-911.md: its title") and "your number is 112" in note for note in notes)
    assert own_number_notes(content) == []


@pytest.mark.parametrize("number", ["call us", "1", "112; drop", "<b>112</b>"])
def test_a_number_that_nobody_can_call_is_refused(number: str) -> None:
    """It would stand on the red card."""
    with pytest.raises(ValidationError, match="is no number to call"):
        Clinic(emergency=number)


@pytest.mark.parametrize(
    ("field", "colour", "says"),
    [
        ("colour", "#0b4955", None),
        ("colour", "#4a6a75", "on white; text needs 7:1: take a darker one"),
        ("colour", "#595959", "on the grey of boxes; text needs 7:1: take a darker one"),
        ("colour_on_dark", "#8fd6cc", None),
        ("colour_on_dark", "#0b4955", "on a dark screen; text needs 7:1: take a lighter one"),
        ("colour_on_dark", "#9ba5a4", "on the grey of boxes"),
        ("colour_on_dark", "red", "must look like"),
    ],
)
def test_colours_are_held_to_their_contrast(field: str, colour: str, says: str | None) -> None:
    """On every ground that links stand on, by day and by night (WCAG 1.4.6)."""
    if says is None:
        assert getattr(Clinic(**{field: colour}), field) == colour
    else:
        with pytest.raises(ValidationError, match=says):
            Clinic(**{field: colour})


def test_contrast_is_that_of_wcag_and_the_grounds_are_those_of_the_sheet() -> None:
    """Black on white is 21 to 1; the style sheet's own colours for grounds are the ones that are held against."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21) == contrast("#ffffff", "#000000")
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01) and MIN_CONTRAST == 7
    css = (DOCS / "assets/site.css").read_text("utf-8")
    for line in ("--paper: #fff; --wash: #f1f5f3;", "--paper: #0e1716; --wash: #172321;"):
        assert line in css


def test_the_file_that_clinics_fill_in_names_every_detail() -> None:
    """With what it is for, and empty."""
    text = (DOCS / "clinic.yml").read_text("utf-8")
    assert set(Clinic.model_fields) <= set(re.findall(r"^(\w+):", text, re.MULTILINE))
