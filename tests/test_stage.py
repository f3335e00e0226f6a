"""Staging: pictures are drawn from the page's own numbers, cards keep their rules, panels their lines."""

from __future__ import annotations

import dataclasses
import gzip
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from iontosite.content.load import load_content
from iontosite.content.model import Content, Edition
from iontosite.content.pages import INSERTS, BodyPlace, Page, parse_page
from iontosite.content.statements import cited_on
from iontosite.finish.search_index import write_search_index
from iontosite.finish.tidy import tidy
from iontosite.kept import Kept
from iontosite.paper.printed_matter import PrintedMatter
from iontosite.project import DOCS
from iontosite.stage import charts
from iontosite.stage.body_map import body_map, place_picture, spots
from iontosite.stage.code_pages import code_page
from iontosite.stage.compose import Composer
from iontosite.stage.inserts import all_inserts
from iontosite.stage.staged_folder import StagedFolder
from iontosite.stage.write import stage

FRONT = """---
title: "A page"
description: "Only a page for a test of staging."
evidence_checked: "2026-11-20"
next_check: "2027-11-20"
---

"""


def page_of(body: str, path: str = "extra.md") -> Page:
    """A page of a test's own."""
    return parse_page(FRONT + body, "en", path, f"docs/en/{path}")


def staged(body: str, content: Content, inserts: dict[str, str] | None = None) -> str:
    """The staged Markdown of a page of a test's own."""
    return Composer(content, content.edition("en"), inserts or {}).compose(page_of(body))


def only(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element that a selector finds; there must be one."""
    found = tree.css_first(selector)
    assert found, selector
    return found


class TestCharts:
    """Pictures of numbers."""

    @given(st.integers(2, 120).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
    def test_an_icon_array_shows_exactly_its_numbers(self, numbers: tuple[int, int]) -> None:
        """As many filled figures as the count, as many figures as the denominator, all inside of the drawing."""
        count, of = numbers
        drawing = charts.icon_array(count, of, "p7-0")
        box = re.search(r'viewBox="0 0 (\d+) (\d+)"', drawing)
        assert box
        spots: dict[str, set[tuple[int, int]]] = {"on": set(), "off": set()}
        for kind, *strip in re.findall(r'url\(#p7-0(on|off)\)" x="(\d+)" y="(\d+)" width="(\d+)" height="30"', drawing):
            x, y, width = (int(number) for number in strip)
            assert width % 24 == 0 and x + width <= int(box[1]) and y + 30 <= int(box[2])
            spots[kind] |= {(y, at) for at in range(x, x + width, 24)}
        assert len(spots["on"]) == count and len(spots["off"]) == of - count
        assert not (spots["on"] and spots["off"]) or max(spots["on"]) < min(spots["off"])

    def test_a_hundred_people_stand_in_four_rows(self) -> None:
        """Rows of one length, under each other, are compared by eye; fewer people stand in rows as even as can be."""
        assert [charts.columns(of) for of in (100, 25, 28, 13, 1)] == [25, 25, 14, 13, 1]

    @given(st.floats(0, 1000), st.floats(1, 1000))
    def test_a_bar_is_as_long_as_its_share(self, value: float, full: float) -> None:
        """The bar's length is its value's share of the scale."""
        value = min(value, full)
        bar = re.search(r'class="on"[^>]*width="([\d.e-]+)"', charts.bar(value, full))
        assert bar and float(bar[1]) == pytest.approx(600 * value / full, abs=0.06)

    ICONS = """
```icon-array
title: "Who did well?"
of: 30
groups:
  - {label: "with the drug", count: 12}
  - {label: "with fake treatment", count: 7}
sources: [first-2001]
```
"""
    BARS = """
```bar-chart
title: "How sore was it?"
unit: "points"
max: 10
groups:
  - {label: "before", value: 6.5}
  - {label: "after", value: 4}
sources: [first-2001]
```
"""

    def test_an_icon_array_s_words_come_from_the_same_numbers(self, tiny_content: Content) -> None:
        """Change one number in the page, and picture, alt text and caption change with it."""
        text = staged(self.ICONS, tiny_content)
        assert (
            'aria-label="12 of 30 figures are filled in."' in text
            and '**<span class="number">12</span> out of 30** with the drug' in text
        )
        changed = staged(self.ICONS.replace("count: 12", "count: 13"), tiny_content)
        assert '**<span class="number">13</span> out of 30**' in changed
        assert "12 of" not in changed and ">12<" not in changed

    def test_a_bar_chart_s_words_come_from_the_same_numbers(self, tiny_content: Content) -> None:
        """The same of bars; whole numbers have no point."""
        text = staged(self.BARS, tiny_content)
        assert '**<span class="number">6.5</span> points**' in text and '**<span class="number">4</span> points**' in text
        assert 'width="390.0"' in text and 'width="240.0"' in text

    @pytest.mark.parametrize("drawing", sorted((DOCS / "assets/figures").glob("*.svg")), ids=lambda path: path.stem)
    def test_drawings_hold_no_words_and_work_in_the_dark(self, drawing: Path) -> None:
        """Words stand in the caption, where they can be read aloud and translated; in the dark the outlines turn light, or the
        drawing keeps its own ground. A phone gets it in at most 2,500 bytes."""
        text = drawing.read_text("utf-8")
        own_ground = 'class="bg"' in text
        assert "<text" not in text and "prefers-color-scheme:dark" in text and (own_ground or ".o{stroke:#eef4f2}" in text)
        assert own_ground or len(gzip.compress(text.encode(), mtime=0)) <= 2500


class TestCompose:
    """One page as plain Markdown."""

    def test_only_cited_sources_become_footnotes_in_order(self, tiny_content: Content) -> None:
        """The list below a page is the page's own, short: who, when, what, of which kind and how sure; the record is a link away."""
        text = staged("One.[^second-2002] Two.[^first-2001]\n", tiny_content)
        assert re.findall(r"^\[\^([\w-]+)\]:", text, re.MULTILINE) == ["second-2002", "first-2001"]
        assert (
            '<span class="by">An agency, 2002.</span> <span class="in-full">[A leaflet](https://example.org/second). Leaflet. How sure: official.'
            in text
        )
        assert "[Full record](sources/an-az.md#source-second-2002)" in text
        assert "[^second-2002]:" not in staged("One.[^first-2001]\n", tiny_content)

    def test_a_card_says_its_level_in_words(self, tiny_content: Content) -> None:
        """For those who do not see its border; its marks stay, for `finish` to gather."""
        card = "/// html | section.care.care-emergency\n## Call {{ emergency }} now if… {#emergency}\n\n- It is hard to breathe.[^first-2001]\n///\n"
        text = staged(card, tiny_content)
        assert "Call 911 now" in text and '<span class="visually-hidden">Emergency: </span>' in text
        assert "breathe.[^first-2001]" in text

    def test_a_card_without_a_heading_stays_as_it_is(self, tiny_content: Content) -> None:
        """There is nothing to mark; a heading below it is not the card's."""
        text = staged("/// html | section.care.care-call\n- Call.\n///\n\n## Later {#later}\n", tiny_content)
        assert "## Later {#later}" in text and "visually-hidden" not in text.split("# A page")[1].split("## Sources")[0]

    def test_numbers_to_call_can_be_dialled(self, tiny: Path) -> None:
        """All but the emergency number, which is dialled from memory; the clinic's own is shown as it was given."""
        body = "Call {{ emergency }}, {{ poison_help }} or {{ clinic_phone }}. {{ fill_in }}\n"
        text = staged(body, load_content(tiny / "docs"))
        assert 'Call 911, <a class="tel" href="tel:+18002221222">1-800-222-1222</a> or <span class="fill-in">' in text
        clinic = (tiny / "docs/clinic.yml").read_text("utf-8")
        (tiny / "docs/clinic.yml").write_text(clinic.replace('phone: ""', 'phone: "(555) 010-0100, extension 2"'), "utf-8")
        link = 'or <a class="tel" href="tel:5550100100">(555) 010-0100, extension 2</a>. <span'
        assert link in staged(body, load_content(tiny / "docs"))

    def test_a_long_page_lists_its_headings_below_the_main_message(self, tiny_content: Content) -> None:
        """From four on, those of an insert in their place; a shorter page is seen at a glance."""
        box = "/// html | div.main-message\nShort.\n///\n"
        parts = "\n## One {#one}\n\n<!-- insert: glossary -->\n\n## Two {#two}\n\n### Small {#small}\n"
        inserts = {"glossary": "## A {#letter-a}\n"}
        assert "on-this-page" not in staged(box + parts, tiny_content, inserts)
        text = staged(box + parts + "\n## Three {#three}\n", tiny_content, inserts)
        places = [text.index(f"#{name}") for name in ("one", "letter-a", "two", "three")]
        assert places == sorted(places) and text.index("Short.") < places[0] < text.index("## One")
        without = staged(parts + "\n## Three {#three}\n", tiny_content, inserts)
        assert without.index("# A page") < without.index("on-this-page") < without.index("## One")

    def test_a_page_knows_its_section_and_its_script(self, tiny_content: Content) -> None:
        """What the theme reads of it."""
        composer = Composer(tiny_content, tiny_content.edition("en"), {})
        meta = yaml.safe_load(composer.compose(page_of("Words.\n", "conditions/extra.md")).split("---")[1])
        assert (
            meta["section"] == {"title": "All problems", "url": "conditions/"}
            and "scripts" not in meta
            and "alternates" not in meta
        )
        page = page_of("Words.\n")
        page = dataclasses.replace(page, front=page.front.model_copy(update={"script": "maker.js"}))
        meta = yaml.safe_load(composer.compose(page).split("---")[1])
        assert meta["scripts"] == ["assets/maker.js"] and "section" not in meta and meta["qr"] == "assets/qr/extra.svg"
        assert "words" not in meta

    @pytest.mark.parametrize(
        ("body", "scripts"),
        [
            ("/// html | div.checklist.checklist-stop\n- I am ill.\n///\n", ["take.js"]),
            ("/// html | div.scale\n- I want this. 1 little · 2 a lot\n///\n", ["take.js"]),
            ("## What to ask {#what-to-ask}\n\n1. Why?\n2. Who?\n3. When?\n", ["take.js"]),
            ("## What to ask {#what-to-ask}\n\n1. Why?\n2. Who?\n", None),
            ("## Ask {#something-else}\n\n1. Why?\n", None),
            ("<!-- insert: reminder -->\n", ["reminder.js"]),
        ],
    )
    def test_what_a_page_holds_brings_its_script(self, tiny_content: Content, body: str, scripts: list[str] | None) -> None:
        """And the words that this script says, and no others: each page that holds them weighs more."""
        composer = Composer(tiny_content, tiny_content.edition("en"), {"reminder": ""})
        meta = yaml.safe_load(composer.compose(page_of(body)).split("---")[1])
        assert meta.get("later") == (scripts and [f"assets/{script}" for script in scripts]) and not meta.get("scripts")
        assert {name.partition("_")[0] for name in meta.get("words", {})} == (
            {"take", "pages"} if scripts == ["take.js"] else set()
        )

    @pytest.mark.parametrize(
        ("path", "names"),
        [("conditions/jaw.md", True), ("questions/pregnant.md", True), ("questions/index.md", False), ("before.md", False)],
    )
    def test_a_page_says_whether_its_address_may_name_a_problem(self, tiny_content: Content, path: str, names: bool) -> None:
        """Whoever sends it on is told."""
        meta = yaml.safe_load(
            Composer(tiny_content, tiny_content.edition("en"), {}).compose(page_of("Words.\n", path)).split("---")[1]
        )
        assert meta.get("names", False) == names

    def test_the_words_of_the_glossary_bring_their_sources(self, tiny_content: Content) -> None:
        """The page that shows them cites what they rest on."""
        text = staged("Words.\n\n<!-- insert: glossary -->\n", tiny_content, {"glossary": "A pad.[^first-2001]"})
        assert "[^first-2001]:" in text

    def test_a_code_s_page_gives_the_short_answer(self, tiny_content: Content) -> None:
        """Without the numbers of its sources; the way to them stands below it."""
        edition = tiny_content.edition("en")
        text = code_page(edition.codes[0], tiny_content, edition)
        assert "It may help a little, and so may waiting." in text and "[^" not in text

    def test_every_insert_is_made_where_a_page_asks_for_it(self, tiny_content: Content) -> None:
        """All that pages can ask for; and nothing is made that nobody shows."""
        edition = tiny_content.edition("en")
        body = "Words.\n\n" + "".join(f"<!-- insert: {name} -->\n\n" for name in INSERTS)
        asking = dataclasses.replace(edition, pages=(*edition.pages, page_of(body)))
        assert set(all_inserts(tiny_content, PrintedMatter([], {}), asking)) == set(INSERTS) - {"body-map", "review"}
        assert (
            set(all_inserts(tiny_content, PrintedMatter([], {}), dataclasses.replace(edition, pages=(page_of("Words.\n"),))))
            == set()
        )


class TestFolder:
    """What is staged is written only where it differs."""

    def test_a_second_staging_writes_what_has_changed(self, tiny: Path, kept: Kept) -> None:
        """Nothing at first; then the page that was saved; and what is gone goes."""
        nothing = PrintedMatter([], {})

        def again() -> tuple[int, int]:
            done = stage(load_content(tiny / "docs"), nothing, kept, tiny / "stage", tiny / "out")
            return len(done.names), done.changed

        (tiny / "docs/en/handouts/visit.yml").unlink()
        files, changed = again()
        assert files == changed and again() == (files, 0)
        page = tiny / "docs/en/about.md"
        page.write_text(page.read_text("utf-8").replace("Nobody pays", "Somebody pays"), "utf-8")
        assert again() == (files, 1) and "Somebody pays" in (tiny / "stage/en/about.md").read_text("utf-8")
        (tiny / "docs/assets/more").mkdir()
        (tiny / "docs/assets/more/x.js").write_text("x", "utf-8")
        (tiny / "docs/assets/more/.x.swp").write_text("x", "utf-8")
        assert again() == (files + 1, 1) and not (tiny / "stage/en/assets/more/.x.swp").exists()
        (tiny / "docs/assets/more/x.js").unlink()
        assert again() == (files, 1) and not (tiny / "stage/en/assets/more").exists()

    def test_a_link_to_a_folder_is_no_folder(self, tmp_path: Path) -> None:
        """What stands elsewhere is not emptied."""
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere/kept.txt").write_text("x", "utf-8")
        staged_folder = StagedFolder(tmp_path / "stage")
        staged_folder.write("a/b.txt", "b")
        (tmp_path / "stage/link").symlink_to(tmp_path / "elsewhere")
        (tmp_path / "stage/empty/inside").mkdir(parents=True)
        staged_folder.close()
        assert sorted(path.name for path in (tmp_path / "stage").rglob("*")) == ["a", "b.txt"]
        assert (tmp_path / "elsewhere/kept.txt").exists()


class TestFinished:
    """What builder and finish make of it."""

    def test_every_finished_page_has_its_panel_and_its_sources(self, site: Path, content: Content) -> None:
        """Dates, clinical review and who pays in one paragraph that is always seen; who wrote it and mistakes are a link away."""
        searched = {search.about for search in content.searches}
        for page in content.edition("en").pages:
            tree = LexborHTMLParser((site / page.url / "index.html").read_text("utf-8"))
            panel = only(tree, ".review")
            assert not tree.css("details .review") and len(panel.css("p")) == 1
            for words in (
                "Evidence checked",
                "Next check",
                "No clinician has reviewed this yet",
                "Who pays: nobody",
                "a mistake",
            ):
                assert words in panel.text(), (page.name, words)
            searches = [
                link.attributes["href"] for link in panel.css("a") if "about/searches/#for-" in (link.attributes["href"] or "")
            ]
            assert len(searches) == (page.path in searched and page.path != "about/searches.md"), page.name
            assert len(tree.css(".sources li")) == len(cited_on(page, content))
            assert all(entry.css_first('a[href*="sources/"][href*="/#source-"]') for entry in tree.css(".sources li"))
            assert not tree.css_first(".text-message")

    def test_a_page_without_an_article_is_never_searched_in_vain(self, tiny_site: Path, tiny_content: Content) -> None:
        """The builder's theme has lost it: nobody would find the page, and nobody would know."""
        page = tiny_site / "about/index.html"
        page.write_text(page.read_text("utf-8").replace("<article", "<div").replace("</article", "</div"), "utf-8")
        with pytest.raises(ValueError, match=r"docs/en/about\.md: the builder wrote no article"):
            write_search_index(tiny_content, tiny_site)

    def test_what_no_page_uses_goes(self, tmp_path: Path) -> None:
        """Of every language; what is not there is no fault."""
        for name in (
            "sitemap.xml",
            "assets/javascripts/a.js",
            "es/search/search_index.json",
            "assets/stylesheets/a.css",
            "assets/site.css",
        ):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("x", "utf-8")
        tidy(tmp_path, ["", "es/"])
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["site.css"]


class TestBodyMap:
    """Where it hurts: made from the front matter of the pages."""

    def placed(self, content: Content, *places: str) -> Edition:
        """The tiny edition with pages of these places, `order name x y` or `order name`."""
        pages = []
        for number, place in enumerate(places):
            order, name, *dot = place.split()
            page = page_of("Words.\n")
            x, y = (int(each) for each in dot) if dot else (None, None)
            front = page.front.model_copy(update={"place": BodyPlace(order=int(order), name=name, x=x, y=y)})
            pages.append(dataclasses.replace(page, path=f"conditions/p{number}.md", front=front))
        return dataclasses.replace(content.edition("en"), pages=tuple(pages))

    def test_problems_stand_from_head_to_heel_and_those_without_a_dot_last(self, tiny_content: Content) -> None:
        """A number for each dot, in the drawing and in the list; none for what has no one place."""
        edition = self.placed(tiny_content, "7 Heel 54 317", "1 Muscles", "2 Jaw 84 47")
        assert [(spot.place.name, spot.number) for spot in spots(edition)] == [("Jaw", 1), ("Heel", 2), ("Muscles", None)]
        text = body_map(edition, dataclasses.replace(page_of("Words.\n"), path="index.md"))
        assert '<circle cx="84" cy="47" r="12"/><text x="84" y="52">1</text>' in text and text.count("<circle") == 2
        assert '- [<span class="n">2</span>Heel](conditions/p0.md)' in text and "- [Muscles](conditions/p1.md)" in text

    def test_links_start_at_the_page_that_shows_the_map(self, tiny_content: Content) -> None:
        """The same map stands on the home page and in the folder of the problems."""
        edition = self.placed(tiny_content, "2 Jaw 84 47")
        here = body_map(edition, dataclasses.replace(page_of("Words.\n"), path="conditions/index.md"))
        assert "](p0.md)" in here and "index.md" not in here
        assert "](conditions/index.md)" in body_map(edition, dataclasses.replace(page_of("Words.\n"), path="index.md"))

    @given(st.integers(0, 150), st.integers(0, 330))
    def test_the_picture_of_a_place_holds_its_dot(self, x: int, y: int) -> None:
        """Whatever the place, its dot is inside the part that is shown, and the part inside the drawing."""
        page = page_of("Words.\n")
        front = page.front.model_copy(update={"place": BodyPlace(order=1, name="Spot", x=x, y=y)})
        found = re.search(r'viewBox="(\d+) (\d+) 96 96"', place_picture(dataclasses.replace(page, front=front)))
        assert found
        left, top = int(found[1]), int(found[2])
        assert left <= x <= left + 96 <= 150 + 96 and 0 <= left <= 54 and top <= y <= top + 96 and 0 <= top <= 234

    @pytest.mark.parametrize(
        "place", ["{order: 1, name: Jaw, x: 5}", "{order: 0, name: Jaw}", "{order: 1, name: Jaw, x: 5, y: 400}"]
    )
    def test_half_a_place_is_a_fault(self, place: str) -> None:
        """A dot needs both numbers, inside of the drawing; an order counts from 1."""
        with pytest.raises(ValidationError):
            BodyPlace.model_validate(yaml.safe_load(place))

    def test_every_problem_of_the_site_has_a_short_name(self, content: Content) -> None:
        """What clinics pick from stands from head to heel, by names that fit a list."""
        problems = [page for page in content.edition("en").pages if page.is_problem]
        assert [page.path for page in problems if not page.front.place] == []
        orders = [page.front.place.order for page in problems if page.front.place]
        assert len(set(orders)) == len(orders)
