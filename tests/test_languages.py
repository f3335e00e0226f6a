"""A second language needs content, configuration and words, and not one line of code."""

from __future__ import annotations

import dataclasses
import io
import shutil
from pathlib import Path

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.reviews import SignOff
from iontosite.faults import ContentError
from iontosite.kept import Kept
from iontosite.links.check import check_links
from iontosite.pipeline import Plan, build

ENTRY = '  - code: es\n    name: "Español"\n    path: "es/"\n    config: mkdocs.es.yml\n'


def change(path: Path, old: str, new: str) -> None:
    """Put other words into a file, in which the old ones stand once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def two_languages(tiny: Path) -> Path:
    """The tiny site with its English pages under another code, too: a translation that nobody has translated yet."""
    docs = tiny / "docs"
    shutil.copytree(docs / "en", docs / "es")
    change(docs / "site.yml", "    config: mkdocs.yml\n", "    config: mkdocs.yml\n" + ENTRY)
    shutil.copy(tiny / "mkdocs.yml", tiny / "mkdocs.es.yml")
    change(tiny / "mkdocs.es.yml", "language: en", "language: es")
    line = '    en: {word: "pad", meaning: "What lies on the skin.", say: "pad", source: first-2001}\n'
    change(docs / "glossary.yml", line, line + line.replace("en:", "es:"))
    return tiny


def test_a_second_language_builds_without_a_fault(two_languages: Path, kept: Kept) -> None:
    """Every page has its twin, each names the other, the way over is a short link, and the link check finds nothing."""
    site = two_languages / "site"
    build(Plan(two_languages / "docs", site, two_languages / "build"), Console(file=io.StringIO()), kept)
    content = load_content(two_languages / "docs")
    assert check_links(site, content.site.site_url).faults == []
    assert list(content.edition("es").by_path) == list(content.edition("en").by_path)
    for address, other, way in (
        ("after", "es", "../es/after/"),
        ("es/after", "en", "../../after/"),
        ("es", "en", "../"),
        (".", "es", "es/"),
    ):
        tree = LexborHTMLParser((site / address / "index.html").read_text("utf-8"))
        link = tree.css_first(f"header a[hreflang={other}]")
        assert link and link.attributes["href"] == way
        assert len(tree.css("link[hreflang]")) == 2


def test_each_language_keeps_its_own_sign_offs(two_languages: Path) -> None:
    """Who read the English page did not read its translation; who signed first stands first."""
    content = load_content(two_languages / "docs")
    signed = [
        SignOff(page="/after/", name="A. Person", role="Physical therapist", date=date) for date in ("2027-01-01", "2026-12-01")
    ]
    signed.append(SignOff(page="/es/after/", name="B. Person", role="Nurse", date="2026-12-24"))
    both = dataclasses.replace(content, sign_offs=tuple(signed))

    def dates(code: str) -> list[str]:
        return [sign_off.date for sign_off in both.sign_offs_of(both.edition(code).by_path["after.md"])]

    assert dates("en") == ["2026-12-01", "2027-01-01"] and dates("es") == ["2026-12-24"]


def test_addresses_of_both_languages(two_languages: Path) -> None:
    """The second one has its path in front of everything, codes too."""
    content = load_content(two_languages / "docs")
    spanish = content.edition("es")
    page = spanish.by_path["after.md"]
    assert content.base_url(spanish) == "https://tiny.example/es/" and content.path_of(page) == "/es/after/"
    assert content.address_of(page) == "https://tiny.example/es/after/"
    assert content.code_spellings["/es/codes/icd10cm/M77.11/"] == "/es/codes/icd10cm/m77.11/"
    assert content.code_spellings["/codes/icd10cm/m7711/"] == "/codes/icd10cm/m77.11/"


FAULTS = {
    "a key that is missing": ("  home:", "  # home:", r'frame: "home" is missing: add it$'),
    "a key that only one has": (
        "  copy_failed:",
        "  copy_fialed:",
        r'clinics: nothing uses "copy_fialed".*did you mean "copy_failed"',
    ),
    "a name in braces": ("{points} point type.", "{puntos} point type.", r"maker: fits: must hold {points}"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_second_language_needs_the_words_of_the_first(two_languages: Path, name: str) -> None:
    """No page of a translation may lose a line because a word was forgotten."""
    old, new, says = FAULTS[name]
    path = two_languages / "docs/es/strings.yml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError, match=rf"(?m)^docs/es/strings.yml:\d+: {says}") as caught:
        load_content(two_languages / "docs")
    assert {fault.path for fault in caught.value.faults} == {"docs/es/strings.yml"}


def test_grade_and_wording_are_rules_of_english(two_languages: Path) -> None:
    """What is measured with English formulas is not held against another language; what can be seen in any language is."""
    page = two_languages / "docs/es/about.md"
    change(page, "Tell the one who runs the tests.", "Iontophoresis administration is painless. {{ emergncy }}")
    with pytest.raises(ContentError) as caught:
        load_content(two_languages / "docs")
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [("docs/es/about.md", 14)]


def test_the_real_site_has_its_first_language(content: Content) -> None:
    """English stands at the top of the site."""
    assert content.editions[0].code == "en" and content.editions[0].path_of("after/") == "/after/"
