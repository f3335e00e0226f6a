"""Staging: pictures are drawn from the page's own numbers, citations become footnotes, cards keep their rules."""
from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from iontosite.content.figures import figures_of
from iontosite.content.library import Library
from iontosite.content.pages import Page, parse_page
from iontosite.stage import charts
from iontosite.stage.compose import Composer

FRONT = '---\ntitle: "A page"\ndescription: "Only a page for a test of staging."\nevidence_checked: "2026-11-20"\nnext_check: "2027-11-20"\n---\n\n'


def page_of(body: str) -> Page:
    """A page of a test's own."""
    return parse_page(FRONT + body, "en", "extra.md", "docs/en/extra.md")


def staged(body: str, library: Library) -> str:
    """The staged Markdown of a page of a test's own."""
    page = page_of(body)
    library = dataclasses.replace(library, figures={**library.figures, page.name: figures_of(page)})
    inserts = {"glossary": "## A {#letter-a}\n", "sources": "", "questions": ""}
    return Composer(library, "en", "https://a.example/", inserts).compose(page)


@given(st.integers(2, 120).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_icon_array_shows_exactly_its_numbers(numbers: tuple[int, int]) -> None:
    """As many filled figures as the count, as many figures as the denominator, all inside of the drawing."""
    count, of = numbers
    drawing = charts.icon_array(count, of)
    assert drawing.count('class="on"') == count and drawing.count('class="off"') == of - count
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing).groups())
    spots = [(int(x), int(y)) for x, y in re.findall(r'<use href="#p" x="(\d+)" y="(\d+)"', drawing)]
    assert len(set(spots)) == of and all(x + 24 <= width and y + 30 <= height for x, y in spots)


@given(st.floats(0, 1000), st.floats(1, 1000))
def test_a_bar_is_as_long_as_its_share(value: float, full: float) -> None:
    """The bar's length is its value's share of the scale."""
    value = min(value, full)
    length = float(re.search(r'class="bar"[^>]*width="([\d.e-]+)"', charts.bar(value, full))[1])
    assert length == pytest.approx(600 * value / full, abs=0.06)


CHART = """
```icon-array
title: "Who did well?"
of: 30
groups:
  - {label: "with the drug", count: 12}
  - {label: "with fake treatment", count: 7}
sources: [nirschl-2003]
```
"""


def test_figure_alt_text_and_words_come_from_the_same_numbers(library) -> None:
    """Change one number in the page, and picture, alt text and caption change with it."""
    text = staged(CHART, library)
    assert "people-12-of-30.svg" in text and "12 of 30 figures are filled in." in text and "**12 out of 30** with the drug" in text
    changed = staged(CHART.replace("count: 12", "count: 13"), library)
    assert "people-13-of-30.svg" in changed and "**13 out of 30**" in changed and "12" not in changed.split("## Sources")[0].split("# A page")[1]


def test_only_cited_sources_become_footnotes_in_order(library) -> None:
    """The list below a page is the page's own, with kind, size and certainty."""
    text = staged("One.[^osborne-2006] Two.[^nirschl-2003]\n", library)
    assert re.findall(r"^\[\^([\w-]+)\]:", text, re.MULTILINE) == ["osborne-2006", "nirschl-2003"]
    assert "199 people" in text and "How sure: moderate" in text


def test_the_emergency_card_has_no_link(library) -> None:
    """Citations move below the card, with their sources kept."""
    card = "/// html | section.care.care-emergency\n## Call {{ emergency }} now if… {#emergency}\n\n- It is hard to breathe.[^nhs-anaphylaxis]\n///\n"
    text = staged(card, library)
    inside = text.split("care-emergency")[1].split("\n///")[0]
    assert "[^" not in inside and "[^nhs-anaphylaxis]" in text.split("care-emergency")[1].split("\n///")[1]
    assert "Call 911 now" in text and '<span class="visually-hidden">Emergency: </span>' in text


@pytest.mark.parametrize("name", ["like-charges", "pads-in-place", "visit-steps", "how-far"])
def test_drawings_hold_no_words_and_work_in_the_dark(name: str) -> None:
    """Words stand in the caption, where they can be read aloud and translated; the drawing keeps its own ground."""
    text = (Path(__file__).resolve().parents[1] / f"docs/assets/figures/{name}.svg").read_text("utf-8")
    assert "<text" not in text and "prefers-color-scheme:dark" in text and 'class="bg"' in text


def test_every_finished_page_has_its_panel_and_its_sources(site: Path, library) -> None:
    """Dates, clinical review, who pays, how to report a mistake; and numbered sources with a way back."""
    for page in library.pages_in("en"):
        tree = LexborHTMLParser((site / page.url / "index.html").read_text("utf-8"))
        panel = tree.css_first(".review").text()
        for words in ("Evidence last checked", "Next check", "No clinician has reviewed", "Who pays", "Found a mistake"):
            assert words in panel, (page.name, words)
        notes = tree.css(".footnote li")
        assert len(notes) == len(library.cited_by(page)) or page.path == "words.md"
        assert all(note.css_first(".footnote-backref") for note in notes)


def test_every_page_is_three_taps_from_home(site: Path, library) -> None:
    """Each page is reached from the home page by three taps on links of the text or of the list of all pages, which stands
    in the menu and at the foot of every page. The text alone reaches every answer (test_search.py)."""
    reached = within_three_taps(site, "article a[href], .all-pages a[href]")
    assert {page.url for page in library.pages_in("en")} <= reached


def within_three_taps(site: Path, links: str) -> set[str]:
    """The addresses that three taps reach from the home page; `links` selects what can be tapped."""
    reached, edge = {""}, {""}
    for _ in range(3):
        edge = {target for url in edge for target in targets(site, url, links)} - reached
        reached |= edge
    return reached


def targets(site: Path, url: str, links: str) -> set[str]:
    """The site's own pages that the links of one page lead to."""
    tree = LexborHTMLParser((site / url / "index.html").read_text("utf-8"))
    paths = (urlsplit(urljoin("/" + url, link.attributes["href"] or "")) for link in tree.css(links))
    return {path.path.lstrip("/") for path in paths if not path.netloc and path.scheme in ("", "https") and path.path.endswith("/")}


def test_a_page_that_nothing_leads_to_is_not_reached(site: Path) -> None:
    """The measure itself: with no link to tap, only the home page is reached."""
    assert within_three_taps(site, ".no-such-class a") == {""}
