"""A mistake can be told of without an account, privacy and accessibility stand a press away, and what they say is true."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from editing import add, edit, faults_of
from iontosite.content.clinic import Clinic
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.kept import Kept
from iontosite.paper.handouts import draft_handouts
from iontosite.pipeline import Plan, build
from iontosite.stage.report import contact_notes, ways_to_report
from iontosite.templates import fill

ADDRESS = "mistakes@clinic.example"


def with_contact(content: Content, contact: str, phone: str = "") -> Content:
    """The same content with an address to write to, and a clinic's phone."""
    site = content.site.model_copy(update={"contact": contact})
    return dataclasses.replace(content, site=site, clinic=Clinic(name="A clinic", phone=phone))


@pytest.mark.parametrize("good", ["", ADDRESS, "a.b+c@d-e.example", "https://clinic.example/report?from=site"])
def test_an_address_that_works_passes(tiny: Path, good: str) -> None:
    """None, an email address, or a form."""
    add(tiny / "docs/site.yml", f'\ncontact: "{good}"\n')
    assert load_content(tiny / "docs").site.contact == good


@pytest.mark.parametrize(
    "bad",
    ["ask the desk", "mailto:a@b.example", "a@b", "http://clinic.example/", "a@b.example?subject=x", "<script>@b.example", "javascript:x", "a b@c.example"],
)  # fmt: skip
def test_an_address_that_reaches_nobody_is_told(tiny: Path, bad: str) -> None:
    """With its line."""
    add(tiny / "docs/site.yml", f"\ncontact: '{bad}'\n")
    (fault,) = faults_of(tiny)
    assert fault.path == "docs/site.yml" and "is no way to reach you" in fault.message
    assert fault.line == (tiny / "docs/site.yml").read_text("utf-8").count("\n")


def test_each_way_leads_to_its_own_program(tiny_content: Content) -> None:
    """A phone that dials, a letter that is addressed, a form that opens; none is made up."""
    assert ways_to_report(with_contact(tiny_content, "")) == []
    ways = ways_to_report(with_contact(tiny_content, ADDRESS, "(555) 010-0199"))
    assert [way["href"] for way in ways] == ["tel:5550100199", f"mailto:{ADDRESS}"]
    (form,) = ways_to_report(with_contact(tiny_content, "https://clinic.example/report"))
    assert (form["href"], form["says"]) == ("https://clinic.example/report", "clinic.example/report")


def test_what_a_page_shows_of_them(tiny_content: Content) -> None:
    """A list of the ways, or the word that there is none yet."""
    frame = tiny_content.edition("en").strings.frame
    shown = fill("report.md.j2", ways=ways_to_report(with_contact(tiny_content, ADDRESS, "555-0100")), frame=frame)
    assert shown.count("- ") == 2 and f"mailto:{ADDRESS}" in shown and frame["report_none"] not in shown
    assert fill("report.md.j2", ways=[], frame=frame).strip() == frame["report_none"]


def test_the_build_says_so_while_nobody_can_write(tiny: Path, kept: Kept) -> None:
    """And is silent once somebody can; the address then stands at the foot of each page, and on its paper."""
    said = {}
    for contact in ("", ADDRESS):
        console = Console(file=io.StringIO(), width=200)
        if contact:
            add(tiny / "docs/site.yml", f'\ncontact: "{contact}"\n')
        build(Plan(tiny / "docs", tiny / "site", tiny / "build"), console, kept)
        said[contact] = "fill in `contact` in docs/site.yml" in console.file.getvalue()
        for path in ("index.html", "after/index.html", "404.html"):
            page = LexborHTMLParser((tiny / "site" / path).read_text("utf-8"))
            assert bool(page.css(f".foot a[href='mailto:{ADDRESS}']")) == bool(contact), path
            if path != "404.html":
                assert (ADDRESS in page.css_first(".print-only").text()) == bool(contact), path
    assert said == {"": True, ADDRESS: False}


def test_the_real_site_says_so_too(content: Content) -> None:
    """As long as docs/site.yml names nobody."""
    assert bool(contact_notes(content)) == (not content.site.contact)


@pytest.mark.parametrize(("contact", "notes"), [("report@iontophoresis.example", 0), ("mistakes-on-any-page@clinic.example", 1)])
def test_an_address_that_takes_a_line_more_is_told(tiny_content: Content, contact: str, notes: int) -> None:
    """The foot of a page stays a quarter of a short page."""
    assert len(contact_notes(with_contact(tiny_content, contact))) == notes


def test_a_handout_has_the_address_wherever_there_is_room(tiny: Path, kept: Kept) -> None:
    """In each size of type; and last, for a sheet that is full, without it. Without an address there is nothing to leave out."""
    plain = draft_handouts(load_content(tiny / "docs"), kept)
    add(tiny / "docs/site.yml", f'\ncontact: "{ADDRESS}"\n')
    full = draft_handouts(load_content(tiny / "docs"), kept)
    assert plain and len(plain) == len(full)
    for before, draft in zip(plain, full, strict=True):
        *shown, (points, bare) = draft.job.variants
        assert all(ADDRESS in html for _, html in shown) and ADDRESS not in bare
        assert round(points, 1) == before.job.variants[-1][0] and bare == before.job.variants[-1][1]


def test_the_small_pages_are_a_press_away(site: Path, content: Content) -> None:
    """At the foot of every page, in its own language."""
    for edition in content.editions:
        for page in edition.pages:
            folder = site / edition.language.path / page.url
            links = LexborHTMLParser((folder / "index.html").read_text("utf-8")).css(".foot a")
            goals = {(folder / (link.attributes["href"] or "")).resolve() for link in links}
            for path in ("about/privacy", "about/accessibility"):
                assert (site / edition.language.path / path).resolve() in goals, page.name


def test_privacy_takes_four_sentences(content: Content) -> None:
    """What holds is short; tests/test_browser.py holds each page to it: no cookie, nothing stored, nobody else asked."""
    for edition in content.editions:
        page = edition.by_path["about/privacy.md"]
        said = [*page.main_message, *(page.part("others") or ())]
        assert sum(len(re.findall(r"[.!?](?:\s|$)", block.text)) for block in said) == 4, page.name


def test_a_form_s_address_is_no_markup(tiny: Path) -> None:
    """A quotation mark in it would end the link."""
    edit(tiny / "docs/site.yml", "languages:", "contact: 'https://clinic.example/\"><img>'\nlanguages:")
    assert any("is no way to reach you" in fault.message for fault in faults_of(tiny))
