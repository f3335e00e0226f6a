"""The handouts: every rule of paper holds for each PDF, the text is the pages' own, and what does not fit fails."""
from __future__ import annotations

import io
import pickle
import re
import resource
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import weasyprint
from filelock import FileLock
from PIL import Image
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser
from weasyprint.urls import FatalURLFetchingError

from iontosite.pipeline import build
from iontosite.faults import ContentError
from iontosite.content.library import Library, load_library
from iontosite.paper import paper as paper_stage
from iontosite.paper.handouts import PAPERS, SIZES, OfflineFetcher, Sheet, make_all
from iontosite.paper.poster import make_poster, pages_with_posters
from pdf_rules import MILLIMETRE, check_pdf

HANDOUTS = ("visit", "tell-us-first", "skin-care", "patch-at-home", "choosing", "sweating", "staff-card")
SLOWEST = 60  # seconds for all of them on two cores
# As long as docs/clinic.yml allows, with markup that must stay text.
LONGEST = {
    "name": "Riverside <i>Memorial</i> Hospital & Clinics, Outpatient Rehabilitation Building",
    "department": "Department of Physical Therapy, Sports Medicine and Hand Rehabilitation, floor 2",
    "phone": "(555) 555-0100 or 555-0101, extension 12",
    "hours": "Monday to Friday, 8 to 5; Saturday, 9 to 12; closed on Sundays and on holidays..",
}


@pytest.fixture(scope="session")
def sheets(library: Library, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Sheet]:
    """Every handout by its file name, made once for all workers of a test run."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    kept = shared / "sheets.pickle"
    with FileLock(str(shared / "sheets.lock")):
        if not kept.exists():
            kept.write_bytes(pickle.dumps({sheet.name: sheet for sheet in make_all(library)}))
    return pickle.loads(kept.read_bytes())


def keep_only(project: Path, *recipes: str) -> None:
    """Take the other handouts out of a copy of the project: what a test does not look at costs it no time."""
    for path in (project / "docs/en/handouts").glob("*.yml"):
        if path.stem not in recipes:
            path.unlink()


NAMES = [f"{handout}-{paper}-{size.name}.pdf" for handout in HANDOUTS for paper in PAPERS for size in SIZES]


@pytest.mark.parametrize("name", NAMES)
def test_a_handout_keeps_every_rule(sheets: dict[str, Sheet], name: str) -> None:
    """PDF/UA-1, structure, type, sides, margins, contrast, QR code, size, and the text of its source."""
    sheet = sheets[name]
    found = check_pdf(sheet.pdf, sheet.html, paper=sheet.paper, size=sheet.size.name, address=sheet.address)
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_no_side_is_wasted_and_no_address_breaks(sheets: dict[str, Sheet], name: str) -> None:
    """The first and the last side are filled by a third at least, and the address stands on one line: a hyphen at the end of
    a line could be part of it or not."""
    sheet = sheets[name]
    with pdfplumber.open(io.BytesIO(sheet.pdf)) as document:
        for page in (document.pages[0], document.pages[-1]):
            foot = page.height - sheet.size.foot * MILLIMETRE
            assert max(char["bottom"] for char in page.chars if char["bottom"] < foot) > page.height / 3
        lines = [line["text"] for page in document.pages for line in page.extract_text_lines()]
    assert any(sheet.address.removeprefix("https://") in line for line in lines)


def test_there_is_nothing_but_what_was_promised(sheets: dict[str, Sheet]) -> None:
    """Seven handouts on two papers in two sizes."""
    assert sorted(sheets) == sorted(NAMES)


def test_a_rerun_gives_the_same_bytes_in_time(sheets: dict[str, Sheet], library: Library) -> None:
    """All of them again, byte for byte, in under a minute on two workers.

    What counts is the time that the two workers computed, not the clock on the wall: on a machine with a core for each it is
    the same, and beside other tests it does not measure those."""
    before = computed()
    again = make_all(library, workers=2)
    assert (computed() - before) / 2 < SLOWEST
    assert {sheet.name: sheet.pdf for sheet in again} == {name: sheet.pdf for name, sheet in sheets.items()}


def computed() -> float:
    """Processor seconds of all processes that this one started and saw end."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_the_qr_code_leads_to_a_page_that_exists(sheets: dict[str, Sheet], library: Library) -> None:
    """The address on the paper is one of the site's own."""
    known = {library.site.site_url + page.url for page in library.pages}
    assert {sheet.address for sheet in sheets.values()} <= known


def test_a_changed_number_changes_page_and_paper(project: Path) -> None:
    """The sheet takes its words from the page: 24 hours there become 36 hours on both."""
    page = project / "docs/en/after.md"
    text = page.read_text("utf-8")
    assert "24 hours" in text
    page.write_text(text.replace("24 hours", "36 hours"), "utf-8")
    keep_only(project, "visit", "patch-at-home")
    made = " ".join(sheet.html for sheet in make_all(load_library(project / "docs")))
    assert "36 hours" in made and "24 hours" not in made


def test_a_line_that_left_its_page_is_a_fault(project: Path) -> None:
    """A warning cannot drop off the paper in silence because a page was rewritten."""
    keep_only(project, "visit")
    recipe = project / "docs/en/handouts/visit.yml"
    text = recipe.read_text("utf-8")
    recipe.write_text(re.sub(r'lines: \["', 'lines: ["No page says this", "', text, count=1), "utf-8")
    with pytest.raises(ContentError, match="No page says this"):
        make_all(load_library(project / "docs"))


def test_text_that_does_not_fit_fails(project: Path) -> None:
    """More text than a sheet holds is a fault that says so; the type is not made smaller."""
    keep_only(project, "visit")
    recipe = project / "docs/en/handouts/visit.yml"
    parts = "".join(f'  - {{title: "More {n}", page: does-it-work.md, heading: by-problem, look: table}}\n' for n in range(6))
    recipe.write_text(recipe.read_text("utf-8") + parts, "utf-8")
    with pytest.raises(ContentError, match="does not fit on 2 sides"):
        make_all(load_library(project / "docs"))


def test_a_recipe_s_mistakes_are_named(project: Path) -> None:
    """A page, a heading or a key that does not exist: file and nearest name."""
    keep_only(project, "visit")
    recipe = project / "docs/en/handouts/visit.yml"
    original = recipe.read_text("utf-8")
    for old, new, says in (
        ("page: after.md", "page: aftr.md", 'aftr.md.*did you mean "after.md"'),
        ("heading: burn-first-aid", "heading: burn-first-ad", 'burn-first-ad.*did you mean "burn-first-aid"'),
        ("order:", "ordr:", "ordr"),
        ("Call {{ emergency }}", "Call {{ emergncy }}", 'emergncy.*did you mean "emergency"'),
        ('look: do, page: before.md, heading: on-the-day, lines: ["Call your', 'look: do, lines: ["Call your', "need a page to take from"),
        ("look: stop, page: your-visit.md", "look: table, page: your-visit.md", "holds no table"),
        ('page: your-visit.md, heading: when-to-say-stop, lines: ["Pain', 'look: table, page: does-it-work.md, heading: by-problem, lines: ["Pain', 'no row .* starts with "Pain'),
        ("look: do, page: after.md, heading: tonight, lines:", 'look: do, page: after.md, heading: tonight, figure: "none.svg", lines:', "does not show none.svg"),
        ("page: after.md, heading: tonight, lines: [", "page: index.md, lines: [", "the main message of docs/en/index.md"),
        ('lines: ["Rinse the spot"', 'lines: ["Rinse the spt"', 'starts with "Rinse the spt"; did you mean "Rinse the spo"'),
    ):
        changed = original.replace(old, new, 1)
        if "look: table, page: does" in new:
            changed = changed.replace("look: stop, look", "look", 1)
        assert changed != original, old
        recipe.write_text(changed, "utf-8")
        differing = [n for n, (a, b) in enumerate(zip(original.splitlines(), changed.splitlines(), strict=True), 1) if a != b]
        with pytest.raises(ContentError, match=says) as caught:
            make_all(load_library(project / "docs"))
        assert ("docs/en/handouts/visit.yml", differing[0]) in {(fault.path, fault.line) for fault in caught.value.faults}


def test_a_heading_is_taken_by_its_whole_name(project: Path) -> None:
    """`tonight` is not `tonight-and-later`, though one starts like the other."""
    keep_only(project, "visit")
    page = project / "docs/en/after.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("{#tonight}", "{#tonight-and-later}\n\nNothing here.\n\n## Tonight, again {#tonight}"), "utf-8")
    assert "Rinse the spot" in make_all(load_library(project / "docs"))[0].html


def test_a_page_without_a_main_message_is_named(project: Path) -> None:
    """A part without a heading takes the main message: where there is none, the fault says so."""
    keep_only(project, "visit")
    recipe = project / "docs/en/handouts/visit.yml"
    recipe.write_text(recipe.read_text("utf-8") + '  - {title: "More", look: text, page: sources.md}\n', "utf-8")
    page = project / "docs/en/sources.md"
    page.write_text(page.read_text("utf-8").replace("div.main-message", "div.message"), "utf-8")
    with pytest.raises(ContentError, match=r"main message of docs/en/sources\.md, which has none"):
        make_all(load_library(project / "docs"))


@pytest.mark.parametrize("picture", ["https://example.org/logo.png", "asset:none.png", "asset:bad.xyz"])
def test_a_picture_that_cannot_be_had_fails_the_sheet(project: Path, picture: str) -> None:
    """From a network, or not there: the renderer stops, and the fault names the handout."""
    keep_only(project, "visit")
    html = f'<img src="{picture}" alt="A picture">'
    with pytest.raises(FatalURLFetchingError):
        weasyprint.HTML(string=html, url_fetcher=OfflineFetcher(project / "docs", b"")).render()
    job = paper_stage._jobs(load_library(project / "docs"))[0]
    fault = paper_stage._make(replace(job, pages={14: job.pages[14].replace("<main>", f"<main>{html}")}))
    assert fault.path == "docs/en/handouts/visit.yml" and picture in fault.message


def brand(project: Path, **details: str) -> None:
    """Put details into a project's clinic.yml."""
    path = project / "docs/clinic.yml"
    text = path.read_text("utf-8")
    for key, value in details.items():
        text, found = re.subn(rf'^{key}: ""', lambda _, k=key, v=value: f"{k}: '{v}'", text, flags=re.MULTILINE)
        assert found == 1
    path.write_text(text, "utf-8")


@pytest.fixture
def branded(project: Path) -> Path:
    """A project with the longest details that are allowed, and a logo as wide and high as a sheet has room for."""
    Image.new("RGB", (900, 280), "navy").save(project / "docs/assets/our-logo.png")
    brand(project, **LONGEST, logo="our-logo.png", colour="#5B1A70")
    page = project / "docs/en/cost.md"
    text = re.sub('^description: .*$', "description: 'What it costs, and what a \"code\" on <your> bill means.'", page.read_text("utf-8"), flags=re.MULTILINE)
    page.write_text(text, "utf-8")
    return project


def test_a_clinic_s_longest_details_are_on_every_sheet_and_page(branded: Path) -> None:
    """One build with the longest details: everything fits, they are on every page and sheet as text, and so is the colour."""
    assert {key: len(value) for key, value in LONGEST.items()} == {"name": 80, "department": 80, "phone": 40, "hours": 80}
    build(branded / "docs", branded / "site", branded / "build", Console(file=io.StringIO()))
    assert sorted(path.name for path in (branded / "site/handouts").glob("*.pdf")) == sorted(NAMES)
    for path in (branded / "site").glob("*/index.html"):
        html = path.read_text("utf-8")
        if 'http-equiv="refresh"' in html:
            continue
        page = LexborHTMLParser(html)
        for place in [page.css_first(".foot__clinic"), *page.css(".print-only")]:
            assert place.css_first("strong").text() == LONGEST["name"] and place.css_first("img[src*='our-logo']")
            assert all(value in place.text() for value in LONGEST.values())
    cost = LexborHTMLParser((branded / "site/cost/index.html").read_text("utf-8"))
    for name in ('meta[name="description"]', 'meta[property="og:description"]'):
        assert cost.css_first(name).attributes["content"] == 'What it costs, and what a "code" on <your> bill means.'
    assert re.search(r"prefers-color-scheme: light\) \{ :root \{ --accent: #5b1a70", (branded / "site/assets/site.css").read_text("utf-8"))
    assert "--brand: #5b1a70" in (branded / "site/handouts/make/visit/page.css").read_text("utf-8")


def test_a_clinic_s_sheet_keeps_every_rule(branded: Path) -> None:
    """With the longest details, a logo and a colour the most used handout and the posters are as good as without."""
    keep_only(branded, "visit")
    library = load_library(branded / "docs")
    for sheet in make_all(library):
        assert "#5b1a70" in sheet.html
        assert check_pdf(sheet.pdf, sheet.html, paper=sheet.paper, size=sheet.size.name, address=sheet.address) == []
    for paper in PAPERS:
        longest = max(pages_with_posters(library, "en"), key=lambda page: len(page.front.title + page.url))
        assert len(pypdfium2.PdfDocument(make_poster(longest, library, paper))) == 1


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3">{}</svg>'
BAD_LOGOS = {
    "none.png": (None, "put the file there"),
    "../clinic.yml": (None, "is not the name of a picture"),
    "/etc/hostname": (None, "is not the name of a picture"),
    "notes.txt": ("text", "is not the name of a picture"),
    "text.png": ("text", "cannot be read as PNG"),
    "text.svg": ("text", "is not SVG"),
    "page.svg": ("<html/>", "first element must be svg"),
    "script.svg": (SVG.format("<script>alert(1)</script>"), "holds a script element"),
    "click.svg": (SVG.format('<path onclick="alert(1)"/>'), r"holds a script \(onclick\)"),
    "outside.svg": (SVG.format('<image href="https://example.org/x.png"/>'), "points to https://example.org/x.png"),
    "entity.svg": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "defines entities"),
}


@pytest.mark.parametrize("name", BAD_LOGOS)
def test_a_bad_logo_is_refused(project: Path, name: str) -> None:
    """Only a picture that can be read and does nothing, from the project's own folder; the fault names the line."""
    data, says = BAD_LOGOS[name]
    if data:
        (project / "docs/assets" / name).write_text(data, "utf-8")
    brand(project, logo=name)
    with pytest.raises(ContentError, match=rf"docs/clinic\.yml:8: logo: .*{says}"):
        load_library(project / "docs")


def test_a_link_out_of_the_folder_is_no_logo(project: Path) -> None:
    """A name that looks right but leads elsewhere."""
    Image.new("RGB", (9, 3)).save(project / "elsewhere.png")
    (project / "docs/assets/logo.png").symlink_to(project / "elsewhere.png")
    brand(project, logo="logo.png")
    with pytest.raises(ContentError, match="is a link to a file elsewhere"):
        load_library(project / "docs")


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.webp", "logos/logo.svg"])
def test_a_good_logo_is_taken(project: Path, name: str) -> None:
    """Every kind of picture that the file's comment names, in a folder of its own too."""
    path = project / "docs/assets" / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".svg":
        path.write_text(SVG.format('<path d="M0 0h9v3z"/>'), "utf-8")
    else:
        Image.new("RGB", (9, 3)).save(path)
    brand(project, logo=name)
    assert load_library(project / "docs").clinic.logo == name


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [("colour", "#ffcc00", "contrast"), ("colour", "blue", "must look like"), ("phone", "call us", "no phone number"), ("name", "W" * 81, "at most 80")],
)  # fmt: skip
def test_a_bad_clinic_file_is_refused(project: Path, key: str, value: str, says: str) -> None:
    """A colour that cannot be read, a phone without digits, a name that no sheet has room for."""
    brand(project, **{key: value})
    with pytest.raises(ContentError, match=says):
        load_library(project / "docs")


def test_the_handouts_page_says_when_each_was_checked(site: Path) -> None:
    """Versions, sizes and dates; and the list of what is on the page keeps the page's order."""
    page = LexborHTMLParser((site / "handouts/index.html").read_text("utf-8"))
    text = page.css_first("article").text()
    assert len(re.findall(r"Evidence checked \w+ \d+, 20\d\d\.", text)) == len(HANDOUTS)
    listed = [link.attributes["href"].lstrip("#") for link in page.css(".on-this-page a")]
    assert listed == [heading.attributes["id"] for heading in page.css("article h2[id]") if heading.attributes["id"] in listed]
    assert set(HANDOUTS) <= set(listed)
