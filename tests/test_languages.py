"""A second language needs content, configuration and words, and not one line of code."""
from __future__ import annotations

import dataclasses
import io
import shutil
from pathlib import Path

import pytest
import yaml
from pypdfium2 import PdfDocument
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

import build as building
import stage.write
from iontosite.links.check import check_links
from iontosite.content.library import Library, load_library
from iontosite.content.reviews import SignOff
from iontosite.paper.handouts import PAPERS, SIZES, Sheet

ENTRY = '\n  - code: es\n    name: "Español"\n    path: "es/"\n    config: mkdocs.es.yml\n'


@pytest.fixture
def two_languages(project: Path) -> Path:
    """The project with its English pages under another code, too: a translation that nobody has translated yet."""
    docs = project / "docs"
    shutil.copytree(docs / "en", docs / "es")
    site = (docs / "site.yml").read_text("utf-8")
    assert "    config: mkdocs.yml\n" in site
    (docs / "site.yml").write_text(site.replace("    config: mkdocs.yml\n", "    config: mkdocs.yml" + ENTRY), "utf-8")
    (project / "mkdocs.es.yml").write_text((project / "mkdocs.yml").read_text("utf-8").replace("language: en", "language: es"), "utf-8")
    glossary = yaml.safe_load((docs / "glossary.yml").read_text("utf-8"))
    for entry in glossary["entries"]:
        entry["words"]["es"] = entry["words"]["en"]
    (docs / "glossary.yml").write_text(yaml.safe_dump(glossary, allow_unicode=True), "utf-8")
    return project


def blank_sheets(library: Library) -> list[Sheet]:
    """Every handout of every language as an empty sheet of paper: how they look is tested elsewhere, and takes long."""
    paper, pdf = PdfDocument.new(), io.BytesIO()
    paper.new_page(612, 792)
    paper.save(pdf)
    return [
        Sheet(f"{recipe}-{paper}-{size.name}.pdf", language, recipe, paper, size, "", pdf.getvalue(), size.points[0], 1, "")
        for language, recipes in library.recipes.items()
        for recipe in recipes
        for paper in PAPERS
        for size in SIZES
    ]


def test_a_second_language_builds_without_a_fault(two_languages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page has its twin, each names the other, the way over is a short link, and the link check finds nothing."""
    monkeypatch.setattr(building, "make_all", blank_sheets)
    monkeypatch.setattr(stage.write, "make_poster", lambda page, library, paper: b"%PDF-1.7")
    site = two_languages / "site"
    building.build(two_languages / "docs", site, two_languages / "build", Console(file=io.StringIO()))
    library = load_library(two_languages / "docs")
    assert check_links(site, library.site.site_url).faults == []
    assert len(library.pages_in("es")) == len(library.pages_in("en"))
    for address, other, way in (("after", "es", "../es/after/"), ("es/after", "en", "../../after/"), ("es", "en", "../"), (".", "es", "es/")):
        tree = LexborHTMLParser((site / address / "index.html").read_text("utf-8"))
        assert tree.css_first(f"header a[hreflang={other}]").attributes["href"] == way
        assert len(tree.css("link[hreflang]")) == 2


def test_each_language_keeps_its_own_sign_offs(library) -> None:
    """Who read the English page did not read its translation."""
    english = library.site.languages[0]
    spanish = english.model_copy(update={"code": "es", "path": "es/"})
    signed = [SignOff(page="/after/", name="A. Person", role="Physical therapist", date=date) for date in ("2027-01-01", "2026-12-01")]
    site = library.site.model_copy(update={"languages": [english, spanish]})
    both = dataclasses.replace(library, site=site, sign_offs=signed)
    assert [sign_off.date for sign_off in both.sign_offs_of("en", "after/")] == ["2026-12-01", "2027-01-01"]
    assert both.sign_offs_of("es", "after/") == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  home:", "  # home:", r'es/strings.yml:\d+: frame: "home" is missing'),
        ("  copy_failed:", "  copy_fialed:", r'es/strings.yml:\d+: clinics: nothing uses "copy_fialed".*did you mean "copy_failed"'),
        ("{points} point type.", "{puntos} point type.", r"es/strings.yml:\d+: maker: fits: must hold {points}"),
    ],
    ids=["a key that is missing", "a key that only one has", "a name in braces"],
)  # fmt: skip
def test_a_second_language_needs_the_words_of_the_first(two_languages: Path, old: str, new: str, says: str) -> None:
    """No page of a translation may lose a line because a word was forgotten."""
    path = two_languages / "docs" / "es" / "strings.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(building.ContentError, match=says):
        load_library(two_languages / "docs")
