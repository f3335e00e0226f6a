"""The handouts: every rule of paper holds for each PDF, the text is the pages' own, and what does not fit fails."""
from __future__ import annotations

import io
import pickle
import re
import time
from pathlib import Path

import pytest
from filelock import FileLock
from rich.console import Console

from build import build
from content.faults import ContentError
from content.library import Library, load_library
from handouts.paper import PAPERS, SIZES, Sheet, make_all
from pdf_rules import check_pdf

HANDOUTS = ("visit", "tell-us-first", "skin-care", "patch-at-home", "choosing", "sweating", "staff-card")
SLOWEST = 60  # seconds for all of them on two cores


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


def test_there_is_nothing_but_what_was_promised(sheets: dict[str, Sheet]) -> None:
    """Seven handouts on two papers in two sizes."""
    assert sorted(sheets) == sorted(NAMES)


def test_a_rerun_gives_the_same_bytes_in_time(sheets: dict[str, Sheet], library: Library) -> None:
    """All of them again, byte for byte, in under a minute on two workers."""
    start = time.perf_counter()
    again = make_all(library, workers=2)
    assert time.perf_counter() - start < SLOWEST
    assert {sheet.name: sheet.pdf for sheet in again} == {name: sheet.pdf for name, sheet in sheets.items()}


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
        ("page: after.md", "page: aftr.md", "aftr.md"),
        ("heading: burn-first-aid", "heading: burn-first-ad", "burn-first-ad"),
        ("order:", "ordr:", "ordr"),
    ):
        assert old in original
        recipe.write_text(original.replace(old, new, 1), "utf-8")
        with pytest.raises(ContentError, match=says):
            make_all(load_library(project / "docs"))


def test_a_clinic_s_details_are_on_every_sheet_and_page(project: Path) -> None:
    """Name, phone, hours and colour from one file."""
    details = project / "docs/clinic.yml"
    text = details.read_text("utf-8")
    for key, value in (("name", "Riverside Therapy"), ("phone", "555-0100"), ("hours", "Monday to Friday"), ("colour", "#3b1d5e")):
        text = re.sub(rf'^{key}: ""', f'{key}: "{value}"', text, flags=re.MULTILINE)
    details.write_text(text, "utf-8")
    build(project / "docs", project / "site", project / "build", Console(file=io.StringIO()))
    pages = [path.read_text("utf-8") for path in (project / "site").glob("*/index.html")]
    assert pages and all("Riverside Therapy" in page or 'http-equiv="refresh"' in page for page in pages)
    keep_only(project, "visit")
    library = load_library(project / "docs")
    assert all("Riverside Therapy" in s.html and "555-0100" in s.html and "#3b1d5e" in s.html for s in make_all(library))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [("colour", "#ffcc00", "contrast"), ("colour", "blue", "must look like"), ("phone", "call us", "no phone number"), ("logo", "none.png", "put the file there")],
)  # fmt: skip
def test_a_bad_clinic_file_is_refused(project: Path, key: str, value: str, says: str) -> None:
    """A colour that cannot be read, a phone without digits, a logo that is not there."""
    details = project / "docs/clinic.yml"
    text = re.sub(rf'^{key}: ""', f'{key}: "{value}"', details.read_text("utf-8"), flags=re.MULTILINE)
    details.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=says):
        load_library(project / "docs")
