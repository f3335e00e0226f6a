"""The handouts: every rule of paper holds for each PDF, the text is the pages' own, and what does not fit fails."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import page as page_validation
import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser, LexborNode

from editing import add
from iontosite.content.clinic import load_clinic
from iontosite.content.load import load_content
from iontosite.content.located import read_yaml
from iontosite.content.model import Content
from iontosite.content.sources import Source
from iontosite.faults import ContentError
from iontosite.kept import Kept
from iontosite.paper.excerpt import Line, take, take_caption
from iontosite.paper.handouts import PAPERS, SIZES, Draft, Sheet, draft_handouts
from iontosite.paper.layout import css_string, lines_of, short_source
from iontosite.paper.picture import WIDTH, first_side
from iontosite.paper.printed_matter import Drafts, draft_all, print_drafts
from iontosite.paper.printing import Job
from iontosite.paper.side_by_side import SIDES, PairSheet, draft_pairs
from iontosite.pipeline import Plan, build
from iontosite.project import DOCS
from iontosite.stage.compose import Composer
from pdf_rules import MILLIMETRE, check_pdf
from signing import sign

HANDOUTS = ("visit", "tell-us-first", "skin-care", "patch-at-home", "choosing", "sweating", "staff-card")
# As long as docs/clinic.yml allows, with markup that must stay text.
LONGEST = {
    "name": 'Riverside "Olde" Memorial Hospital & Clinics, Outpatient Rehabilitation Building',
    "department": "Department of Physical Therapy, Sports Medicine and Hand Rehabilitation, floor 2",
    "phone": "(555) 555-0100 or 555-0101, extension 12",
    "hours": "Monday to Friday, 8 to 5; Saturday, 9 to 12; closed on Sundays and on holidays..",
    "address": "Riverside Medical Building, Entrance C, Floor 2, 12345 Northwest Riverside Boulevard, Springfield, Illinois 62704-1234..",
}
LANGUAGES = ("en", "es")
NAMES = [
    f"{language}/{handout}-{paper}-{size.name}.pdf"
    for language in LANGUAGES
    for handout in HANDOUTS
    for paper in PAPERS
    for size in SIZES
]
RECIPE = "docs/en/handouts/visit.yml"
RULES = "docs/safety-rules.yml"


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    """Change places in a file that must hold what is to go."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, count), "utf-8")


def drafts_of(project: Path, kept: Kept) -> list[Draft]:
    """Every handout of a project, before it is printed."""
    return draft_handouts(load_content(project / "docs"), kept)


def brand(project: Path, **details: str) -> None:
    """Put details into a project's clinic.yml."""
    for key, value in details.items():
        edit(project / "docs/clinic.yml", f'{key}: ""', f"{key}: '{value}'")


def smallest(drafts: Drafts) -> Drafts:
    """The same in the smallest type alone: what fits in a larger one fits in that too, and no search for the largest is needed."""

    def last(job: Job) -> Job:
        return dataclasses.replace(job, variants=job.variants[-1:], likely=0)

    return Drafts(
        [dataclasses.replace(each, job=last(each.job)) for each in drafts.handouts],
        [last(job) for job in drafts.posters],
        [dataclasses.replace(each, job=last(each.job)) for each in drafts.pairs],
    )


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3">{}</svg>'
BAD_LOGOS = {
    "none.png": (None, "put the file there"),
    "../clinic.yml": (None, "is not the name of a picture"),
    "/etc/hostname": (None, "is not the name of a picture"),
    "notes.txt": ("text", "is not the name of a picture"),
    "text.png": ("text", "cannot be read as PNG"),
    "text.svg": ("text", "is not SVG"),
    "page.svg": ("<html/>", "first element must be svg"),
    "script.svg": (SVG.format("<script>alert(1)</script>"), "holds the element script"),
    "click.svg": (SVG.format('<path onclick="alert(1)"/>'), "holds onclick="),
    "outside.svg": (SVG.format('<image href="https://example.org/x.png"/>'), "holds the element image"),
    "entity.svg": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "defines entities"),
}


@pytest.fixture(scope="session")
def sheets(content: Content, site: Path, kept_folder: Path) -> dict[str, Sheet]:
    """Every handout by its language and file name; the build of the site has printed them."""
    kept = Kept(kept_folder)
    return {f"{sheet.language}/{sheet.name}": sheet for sheet in print_drafts(draft_all(content, kept), kept).sheets}


class TestRealSheets:
    """The handouts as they are published."""

    @pytest.mark.parametrize("name", NAMES)
    def test_a_handout_keeps_every_rule(self, sheets: dict[str, Sheet], name: str) -> None:
        """PDF/UA-1, structure, type, sides, margins, contrast, QR code, size, and the text of its source. The first and the
        last side are filled by a third at least, and the address stands on one line: a hyphen at the end of a line could be
        part of it or not."""
        sheet = sheets[name]
        assert check_pdf(sheet.pdf, sheet.html, paper=sheet.paper, size=sheet.size.name, address=sheet.address) == []
        with pdfplumber.open(io.BytesIO(sheet.pdf)) as document:
            for page in (document.pages[0], document.pages[-1]):
                foot = page.height - sheet.size.foot * MILLIMETRE
                assert max(char["bottom"] for char in page.chars if char["bottom"] < foot) > page.height / 3
            lines = [line["text"] for page in document.pages for line in page.extract_text_lines()]
        assert any(sheet.address.removeprefix("https://") in line for line in lines)

    def test_there_is_nothing_but_what_was_promised(self, sheets: dict[str, Sheet], site: Path) -> None:
        """Seven handouts in each language on two papers in two sizes, and the site holds the very same files."""
        assert sorted(sheets) == sorted(NAMES)
        folders = {"en": site / "handouts", "es": site / "es/handouts"}
        assert {
            f"{language}/{path.name}": path.read_bytes()
            for language in LANGUAGES
            for path in folders[language].glob("*.pdf")
            if "-en-es-" not in path.name
        } == {name: sheet.pdf for name, sheet in sheets.items()}

    def test_the_qr_code_leads_to_a_page_that_exists(self, sheets: dict[str, Sheet], content: Content) -> None:
        """The address on the paper is one of the site's own."""
        assert {sheet.address for sheet in sheets.values()} <= {content.address_of(page) for page in content.pages}

    def test_the_handouts_page_says_when_each_was_checked(self, site: Path) -> None:
        """Versions, sizes and dates; and the list of what is on the page keeps the page's order."""
        page = LexborHTMLParser((site / "handouts/index.html").read_text("utf-8"))
        article = page.css_first("article")
        assert article
        assert len(re.findall(r"Evidence checked \w+ \d+, 20\d\d\.", article.text())) == len(HANDOUTS)
        listed = [(link.attributes["href"] or "").lstrip("#") for link in page.css(".on-this-page a")]
        assert listed == [
            heading.attributes["id"] for heading in page.css("article h2[id]") if heading.attributes["id"] in listed
        ]
        assert set(HANDOUTS) <= set(listed)

    @pytest.mark.slow
    def test_a_clinic_s_longest_details_fit_on_every_sheet(self, content: Content, tmp_path: Path, kept: Kept) -> None:
        """With every detail as long as allowed, a colour, and a logo as wide and high as a sheet has room for: all handouts and
        posters still fit, and the most used sheet keeps every rule."""
        assert {key: len(value) for key, value in LONGEST.items()} == {
            "name": 80,
            "department": 80,
            "phone": 40,
            "hours": 80,
            "address": 120,
        }
        shutil.copytree(DOCS / "assets/figures", tmp_path / "assets/figures")
        Image.new("RGB", (900, 280), "navy").save(tmp_path / "assets/our-logo.png")
        (tmp_path / "clinic.yml").write_text(
            "".join(f"{key}: '{value}'\n" for key, value in {**LONGEST, "logo": "our-logo.png", "colour": "#5B1A70"}.items()),
            "utf-8",
        )
        clinic = load_clinic(read_yaml(tmp_path / "clinic.yml", "docs/clinic.yml"), tmp_path)
        branded = dataclasses.replace(content, clinic=clinic, docs=tmp_path)
        printed = print_drafts(smallest(draft_all(branded, kept)), kept)
        assert sorted(f"{sheet.language}/{sheet.name}" for sheet in printed.sheets) == sorted(NAMES)
        assert all("#5b1a70" in sheet.html for sheet in printed.sheets)
        posters = [pdf for name, pdf in printed.files["en"].items() if "/posters/" in name]
        assert posters and all(len(pypdfium2.PdfDocument(pdf)) == 1 for pdf in posters)
        for sheet in printed.sheets:
            if sheet.recipe_id == "visit":
                assert check_pdf(sheet.pdf, sheet.html, paper=sheet.paper, size=sheet.size.name, address=sheet.address) == []


class TestTheSheetIsThePage:
    """A sheet takes its words from pages, and nothing is lost on the way."""

    def test_a_changed_number_changes_page_and_paper(self, tiny: Path, kept: Kept) -> None:
        """24 hours on the page become 36 hours on both."""
        for file in ("docs/en/after.md", "docs/safety-rules.yml", "docs/sources.yml"):
            edit(tiny / file, "24 hours", "36 hours", -1)
        content = load_content(tiny / "docs")
        made = " ".join(html for draft in draft_handouts(content, kept) for _, html in draft.job.variants)
        assert "36 hours" in made and "24 hours" not in made
        edition = content.edition("en")
        page = Composer(content, edition, {}).compose(edition.by_path["after.md"])
        assert "36 hours" in page and "24 hours" not in page

    @pytest.mark.parametrize("words", ["Rinse the spot", "it stays red for more", "it is hard to breathe", "Today"])
    def test_a_line_that_left_its_page_is_on_no_paper(self, tiny: Path, kept: Kept, words: str) -> None:
        """A line that the recipe names is a fault; one that came with its part leaves the paper together with the page."""
        held = next(file for file in ("docs/en/after.md", "docs/safety-rules.yml") if words in (tiny / file).read_text("utf-8"))
        edit(tiny / held, words, "Other words")
        if words in (tiny / RECIPE).read_text("utf-8"):
            with pytest.raises(ContentError, match=words):
                drafts_of(tiny, kept)
        else:
            assert all(
                "Other words" in html and words not in html for draft in drafts_of(tiny, kept) for _, html in draft.job.variants
            )

    @pytest.mark.parametrize(
        ("old", "new", "says", "line"),
        [
            ("page: after.md\norder", "page: aftr.md\norder", 'aftr.md.*did you mean "after.md"', 4),
            ("look: do, page: after.md", "look: do, page: aftr.md", 'takes from "aftr.md".*did you mean "after.md"', 7),
            ("heading: tonight", "heading: tonihgt", 'no heading "tonihgt"; did you mean "tonight"', 7),
            ("heading: tonight", "heading: zzz", 'no heading "zzz"$', 7),
            ("order:", "ordr:", "ordr", 5),
            ("Call {{ emergency }}", "Call {{ emergncy }}", 'emergncy.*did you mean "emergency"', 9),
            ("look: do, page: after.md, heading: tonight, lines", "look: do, lines", "need a page to take from", 7),
            ("look: care-call, page: after.md, heading: call", "look: table, page: after.md, heading: call", "holds no table", 8),
            ("look: care-call, page: after.md, heading: call", "look: table, page: after.md", "a table needs", 8),
            ("look: care-call, page: after.md, heading: call", "look: care-call", "holds nothing", 8),
            ('lines: ["Today"]', 'lines: ["Pain"]', 'no row .* starts with "Pain"', 10),
            ("figure: pad.svg", "figure: none.svg", "does not show none.svg with a caption", 11),
            (
                'heading: tonight, lines: ["Rinse',
                'lines: ["Rinse',
                "no line of the main message of docs/en/after.md starts with",
                7,
            ),
            ('"Rinse the spot"', '"Rinse the spt"', 'starts with "Rinse the spt"; did you mean "Rinse the spo"', 7),
        ],
    )
    def test_a_recipe_s_mistakes_are_named(self, tiny: Path, kept: Kept, old: str, new: str, says: str, line: int) -> None:
        """A page, a heading, a line or a key that does not exist: file, line and nearest name."""
        edit(tiny / RECIPE, old, new)
        with pytest.raises(ContentError) as caught:
            drafts_of(tiny, kept)
        told = [fault for fault in caught.value.faults if (fault.path, fault.line) == (RECIPE, line)]
        assert any(re.search(says, fault.message) for fault in told), str(caught.value)

    def test_every_mistake_is_named_at_once(self, tiny: Path, kept: Kept) -> None:
        """Two parts of one recipe, and another recipe."""
        edit(tiny / RECIPE, '"Rinse the spot"', '"Rinse the spt"')
        edit(tiny / RECIPE, "figure: pad.svg", "figure: none.svg")
        other = (tiny / RECIPE).read_text("utf-8").replace("order: 1", "order: 2")
        (tiny / "docs/en/handouts/other.yml").write_text(other, "utf-8")
        with pytest.raises(ContentError) as caught:
            drafts_of(tiny, kept)
        assert [(fault.path.rpartition("/")[2], fault.line) for fault in caught.value.faults] == [
            ("other.yml", 7),
            ("other.yml", 11),
            ("visit.yml", 7),
            ("visit.yml", 11),
        ]

    def test_a_heading_is_taken_by_its_whole_name(self, tiny: Path, kept: Kept) -> None:
        """`tonight` is not `tonight-and-later`, though one starts like the other."""
        edit(tiny / "docs/en/after.md", "{#tonight}", "{#tonight-and-later}\n\nNothing here.\n\n## Tonight, again {#tonight}")
        assert "Rinse the spot" in drafts_of(tiny, kept)[0].job.variants[0][1]

    def test_a_part_without_a_heading_takes_the_main_message(self, tiny: Path, kept: Kept) -> None:
        """Where there is none, the fault says so."""
        with (tiny / RECIPE).open("a", encoding="utf-8") as recipe:
            recipe.write('  - {title: "More", look: text, page: about.md}\n')
        assert all("Tests made this site." in draft.job.variants[0][1] for draft in drafts_of(tiny, kept))
        content = load_content(tiny / "docs")
        about = content.edition("en").by_path["about.md"]
        about.__dict__["main_message"] = ()  # as of a page that the rules do not ask for one
        with pytest.raises(ContentError, match=r"visit\.yml:12: takes the main message of docs/en/about\.md, which has none"):
            draft_handouts(content, kept)

    def test_what_only_one_size_has_room_for(self, tiny: Path, kept: Kept) -> None:
        """A part for the standard sheet alone is not on the large one."""
        with (tiny / RECIPE).open("a", encoding="utf-8") as recipe:
            recipe.write('  - {title: "Only here", look: text, blank_rows: 2, only: standard}\n')
        found = {draft.size.name: "Only here" in draft.job.variants[0][1] for draft in drafts_of(tiny, kept)}
        assert found == {"standard": True, "large": False}

    def test_a_long_box_may_go_on_over_the_page(self, tiny: Path, kept: Kept) -> None:
        """Seven lines may, six stay together; signs of danger always do."""
        for count, long in ((4, False), (5, True)):
            items = "".join(f"- More {n}.\n" for n in range(count))
            page = (tiny / "docs/en/after.md").read_text("utf-8")
            edit(tiny / "docs/en/after.md", "- Rinse the spot.", f"{items}- Rinse the spot.")
            rule = (tiny / RULES).read_text("utf-8").split("- id: breathing")[1].split("- id:")[0]
            more = "".join(f"- id: breathing-{n}{rule}" for n in range(2 * count))
            edit(tiny / RULES, "- id: breathing\n", f"{more}- id: breathing\n")
            recipe, rules = (tiny / RECIPE).read_text("utf-8"), (tiny / RULES).read_text("utf-8")
            edit(
                tiny / RECIPE,
                'page: after.md, heading: tonight, lines: ["Rinse the spot", "Look at it again"]',
                "page: after.md, heading: do",
            )
            edit(tiny / "docs/en/after.md", "### Do\n", "### Do {#do}\n")
            html = drafts_of(tiny, kept)[0].job.variants[0][1]
            classes = re.findall(r'class="(box [^"]*)"', html)
            assert ("box do long" in classes) == long and "box care-emergency" in classes
            (tiny / RECIPE).write_text(recipe, "utf-8")
            (tiny / RULES).write_text(rules, "utf-8")
            (tiny / "docs/en/after.md").write_text(page, "utf-8")

    def test_who_signed_a_page_is_on_its_sheet(self, tiny: Path, kept: Kept) -> None:
        """The last one; and without anybody the sheet says that, too."""
        nobody = load_content(tiny / "docs").edition("en").strings.handout["not_reviewed"]
        assert nobody in drafts_of(tiny, kept)[0].job.variants[0][1]
        for name, day in (("B. Later", "2026-12-02"), ("A. First", "2026-12-01")):
            sign(tiny, {"/after/": ""}, name=name, date=day)
        content = load_content(tiny / "docs", today=date(2026, 12, 3))
        html = draft_handouts(content, kept)[0].job.variants[0][1]
        assert "B. Later" in html and "A. First" not in html and nobody not in html

    def test_a_sheet_is_signed_when_each_of_its_pages_is(self, tiny: Path, kept: Kept) -> None:
        """It takes words from a page that nobody signed, or somebody else: then nobody has read the whole sheet. Of two days it
        gives the older one, and the first end."""
        part = '  - {title: "Who", look: text, page: about.md, heading: report-a-mistake}\n'
        add(tiny / RECIPE, part)
        sign(tiny, {"/after/": ""}, date="2026-12-02", until="2027-02-01")

        def foot() -> str:
            return draft_handouts(load_content(tiny / "docs", today=date(2026, 12, 3)), kept)[0].job.variants[0][1]

        assert "A. Person" not in foot()
        sign(tiny, {"/about/": ""}, name="B. Other", date="2026-12-01")
        assert "A. Person" not in foot() and "B. Other" not in foot()
        sign(tiny, {"/about/": ""}, date="2026-12-01", until="2027-03-01")
        assert "A. Person, Nurse (A board), on December 1, 2026. This holds until February 1, 2027." in foot()


class TestWords:
    """How a line of a page becomes a line of paper."""

    def lines(self, project: Path, text: str) -> list[Line]:
        """The lines that the part `tonight` of the recipe takes from a page with other text there."""
        edit(project / "docs/en/after.md", "- Rinse the spot.[^first-2001]", text)
        edit(project / RECIPE, ', lines: ["Rinse the spot", "Look at it again"]', "")
        content = load_content(project / "docs")
        edition = content.edition("en")
        return take(edition.recipes["visit"].parts[0], content, edition)

    def test_a_scale_to_circle(self, tiny: Path) -> None:
        """The question, and the numbers with what each means; years and weeks in the question are no such numbers."""
        line = self.lines(tiny, "- Red in 1 week? Ask soon. 1 not at all · 2 some · 3 a lot")[0]
        assert line == Line("Red in 1 week? Ask soon.", (), False, ("1 not at all", "2 some", "3 a lot"))

    def test_a_line_to_write_on(self, tiny: Path) -> None:
        """At the end of a sentence a whole line, within it dots."""
        first, second = self.lines(tiny, "- My name: {{ fill_in }}\n- I have {{ fill_in }} pads")[:2]
        assert (first.text, first.blank) == ("My name:", True) and (second.text, second.blank) == ("I have …………………… pads", False)

    def test_numbers_to_call(self, tiny: Path) -> None:
        """The site's own, and the clinic's where it is known."""
        brand(tiny, phone="(555) 555-0100")
        texts = [line.text for line in self.lines(tiny, "- Numbers: {{ emergency }}, {{ poison_help }} or {{ clinic_phone }}.")]
        assert texts[0] == "Numbers: 911, 1-800-222-1222 or (555) 555-0100."

    def test_a_caption_stays_with_its_figure(self, tiny: Path) -> None:
        """It is no line; a numbered one keeps its numbers."""
        edit(tiny / "docs/en/after.md", "The pad lies flat.\n", "1. The pad.\n2. The arm.\n")
        assert not [line for line in self.lines(tiny, "- More.") if "pad" in line.text]
        page = load_content(tiny / "docs").edition("en").by_path["after.md"]
        assert take_caption(page, "pad.svg") == ("A pad on an arm.", "1. The pad. 2. The arm.")
        assert take_caption(page, "none.svg") is None

    def test_every_line_of_a_recipe_is_listed(self, tiny_content: Content) -> None:
        """What has to stand on the pages: lines, and the cells of tables with their head."""
        edition = tiny_content.edition("en")
        listed = [text for _, text in lines_of(edition.recipes["visit"], tiny_content, edition)]
        assert {
            "Rinse the spot.",
            "Look at it again. My next visit:",
            "it is hard to breathe",
            "When",
            "What to do",
            "Today",
            "Rest",
        } <= set(listed)
        assert "Later" not in listed

    def test_a_source_in_few_words(self, tiny_content: Content) -> None:
        """First author and year, or the organisation alone."""
        source = tiny_content.sources["first-2001"]
        assert short_source(source) == "First A 2001"
        undated: Source = source.model_copy(update={"authors": "An agency (part of another)", "year": None})
        assert short_source(undated) == "An agency"

    def test_text_cannot_leave_a_string_of_css(self) -> None:
        """A clinic's name is text, whatever it holds."""
        assert css_string('a"b\\c</style>\n') == '"a\\22 b\\5c c\\3c /style>\\a "'

    def test_the_picture_of_a_sheet(self, built_tiny: Path, tmp_path: Path) -> None:
        """As wide as the page shows it, in few shades, and made once."""
        kept = Kept(tmp_path)
        pdf = (built_tiny / "site/handouts/visit-letter-standard.pdf").read_bytes()
        picture = first_side(pdf, kept)
        with Image.open(io.BytesIO(picture)) as image:
            assert image.format == "PNG" and image.width == WIDTH and len(image.getcolors() or ()) <= 16
        assert first_side(pdf, kept) == picture and kept.made["picture"] == kept.reused["picture"] == 1


class TestClinic:
    """A clinic's own details on this copy of the site."""

    def test_the_longest_details_are_on_every_page_and_sheet(self, tiny: Path, kept: Kept) -> None:
        """As text, with the logo, whatever they hold; the colour is in the style sheets, and what a page says of itself stays
        text, too."""
        Image.new("RGB", (900, 280), "navy").save(tiny / "docs/assets/our-logo.png")
        brand(tiny, **LONGEST, logo="our-logo.png", colour="#5B1A70")
        edit(
            tiny / "docs/en/about.md",
            '"Who made this site, who pays for it, and how to report a mistake."',
            "'What it costs, and what a \"code\" on your & our bill means.'",
        )
        build(Plan(tiny / "docs", tiny / "site", tiny / "build"), Console(file=io.StringIO()), kept)
        pages = [path for path in (tiny / "site").glob("*/index.html") if 'http-equiv="refresh"' not in path.read_text("utf-8")]
        assert len(pages) >= 7
        for path in pages:
            page = LexborHTMLParser(path.read_text("utf-8"))
            for place in [only(page, ".foot__clinic"), *page.css(".print-only")]:
                assert only(place, "strong").text() == LONGEST["name"] and place.css_first("img[src*='our-logo']")
                assert all(value in place.text() for value in LONGEST.values())
        about = LexborHTMLParser((tiny / "site/about/index.html").read_text("utf-8"))
        for name in ('meta[name="description"]', 'meta[property="og:description"]'):
            assert only(about, name).attributes["content"] == 'What it costs, and what a "code" on your & our bill means.'
        inside = only(LexborHTMLParser((tiny / "site/index.html").read_text("utf-8")), "style").text()
        assert re.search(r"prefers-color-scheme: light\)\s*\{\s*:root\s*\{--brand:\s*#5b1a70", inside)
        assert any("--brand: #5b1a70" in sheet.read_text("utf-8") for sheet in (tiny / "site").rglob("page.*.css"))
        maker = LexborHTMLParser((tiny / "site/handouts/make/visit/index.html").read_text("utf-8"))
        assert maker.css_first("img[src$='assets/our-logo.png']") and LONGEST["name"] in only(maker, "body").text()

    @pytest.mark.parametrize("name", BAD_LOGOS)
    def test_a_bad_logo_is_refused(self, tiny: Path, name: str) -> None:
        """Only a picture that can be read and does nothing, from the project's own folder; the fault names the line."""
        data, says = BAD_LOGOS[name]
        if data:
            (tiny / "docs/assets" / name).write_text(data, "utf-8")
        brand(tiny, logo=name)
        with pytest.raises(ContentError, match=rf"docs/clinic\.yml:5: logo: .*{says}"):
            load_content(tiny / "docs")

    def test_a_link_out_of_the_folder_is_no_logo(self, tiny: Path) -> None:
        """A name that looks right but leads elsewhere."""
        Image.new("RGB", (9, 3)).save(tiny / "elsewhere.png")
        (tiny / "docs/assets/logo.png").symlink_to(tiny / "elsewhere.png")
        brand(tiny, logo="logo.png")
        with pytest.raises(ContentError, match="is a link to a file elsewhere"):
            load_content(tiny / "docs")

    @pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.webp", "logos/logo.svg"])
    def test_a_good_logo_is_taken(self, tiny: Path, kept: Kept, name: str) -> None:
        """Every kind of picture that the file's comment names, in a folder of its own too; sheets show it."""
        path = tiny / "docs/assets" / name
        path.parent.mkdir(exist_ok=True)
        if path.suffix == ".svg":
            path.write_text(SVG.format('<path d="M0 0h9v3z"/>'), "utf-8")
        else:
            Image.new("RGB", (90, 30)).save(path)
        brand(tiny, logo=name)
        assert load_content(tiny / "docs").clinic.logo == name
        assert all(f'src="asset:{name}"' in draft.job.variants[0][1] for draft in drafts_of(tiny, kept))

    @pytest.mark.parametrize(
        ("key", "value", "says"),
        [("colour", "#ffcc00", "contrast"), ("colour", "blue", "must look like"), ("phone", "call us", "no phone number"), ("name", "W" * 81, "at most 80")],
    )  # fmt: skip
    def test_a_bad_clinic_file_is_refused(self, tiny: Path, key: str, value: str, says: str) -> None:
        """A colour that cannot be read, a phone without digits, a name that no sheet has room for."""
        brand(tiny, **{key: value})
        with pytest.raises(ContentError, match=says):
            load_content(tiny / "docs")


def only(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element that a selector finds; there must be one."""
    found = tree.css_first(selector)
    assert found, selector
    return found


class TestSideBySide:
    """Sheets in two languages: part beside part, so that staff know what they give."""

    @pytest.fixture
    def pairs(self, content: Content, kept: Kept) -> dict[str, PairSheet]:
        """Every real sheet in two languages, by name."""
        return {pair.name: pair for pair in print_drafts(Drafts([], [], draft_pairs(content, kept)), kept).pairs}

    def test_each_says_what_both_sheets_say(self, pairs: dict[str, PairSheet], content: Content) -> None:
        """Every line of both recipes, the first language first; at least 12 pt, tagged, and each language marked as its own."""
        papers = ("letter", "a4")
        assert sorted(pairs) == sorted(f"{name}-en-es-{paper}.pdf" for name in ("visit", "skin-care") for paper in papers)
        for pair in pairs.values():
            with pdfplumber.open(io.BytesIO(pair.pdf)) as pdf:
                said = "".join("".join(page.extract_text_simple().split()) for page in pdf.pages)
                assert min(round(char["size"], 1) for page in pdf.pages for char in page.chars) >= 12
                assert all(page.width > page.height for page in pdf.pages) and len(pdf.pages) == pair.sides <= SIDES
            letters = Counter(said)
            for edition in content.editions:
                recipe = edition.recipes[pair.recipe_id]
                wanted = "".join("".join(text.split()) for _, text in lines_of(recipe, content, edition))
                assert not Counter(wanted) - letters, (pair.name, edition.code)
            assert page_validation.validate_pdf_bytes(pair.pdf, profile="ua1").is_compliant
            html = LexborHTMLParser(pair.html)
            columns = [[side.attributes["lang"] for side in row.css("[lang]")] for row in html.css(".pair")]
            assert columns == [["en", "es"]] * len(columns) and len(columns) == len(recipe.parts) + 2

    def test_both_handouts_pages_lead_there(self, site: Path, pairs: dict[str, PairSheet]) -> None:
        """From the English page and from the Spanish one, to a file that is there."""
        for folder, way in (("handouts", "../es/handouts/"), ("es/handouts", "")):
            page = (site / folder / "index.html").read_text("utf-8")
            assert all(f'href="{way}{name}"' in page and (site / folder / f"{way}{name}").is_file() for name in pairs)

    def test_a_part_without_its_other_half_is_a_fault(self, content: Content, kept: Kept) -> None:
        """One beside one: a translation that lost a part is told in its recipe."""
        first, other = content.editions
        recipe = other.recipes["visit"]
        less = recipe.model_copy(update={"parts": recipe.parts[:-1]})
        less._place = recipe.place
        editions = (first, dataclasses.replace(other, recipes={**other.recipes, "visit": less}))
        with pytest.raises(ContentError, match=r"docs/es/handouts/visit\.yml:\d+: has \d+ parts, and the first language has \d+"):
            draft_pairs(dataclasses.replace(content, editions=editions), kept)
