"""A second language needs content, configuration and words, and not one line of code."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from pathlib import Path

import pytest
import yaml
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from editing import faults_of
from iontosite.commands.translated import enter
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.rules.translation import owed
from iontosite.content.source_notes import told
from iontosite.content.translated import is_translated_file
from iontosite.faults import ContentError
from iontosite.kept import Kept
from iontosite.links.check import check_links
from iontosite.pipeline import Plan, build
from iontosite.stage.citations import definition
from iontosite.stage.code_pages import code_page
from iontosite.stage.source_pages import record_pages
from signing import sign

# A toy: no page of it is translated, its words run from right to left, and the rules know nothing of it.
ENTRY = '  - code: ar\n    name: "العربية"\n    path: "ar/"\n    config: mkdocs.ar.yml\n'
SHARED = {"safety-rules.yml": ["rules"], "findings.yml": ["claims", "findings"], "glossary.yml": ["entries"]}


def change(path: Path, old: str, new: str) -> None:
    """Put other words into a file, in which the old ones stand once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), "utf-8")


def say_it_in_the_toy(docs: Path) -> None:
    """Give everything that languages share the toy's words beside the English ones, and enter what they were made from."""
    for name, lists in SHARED.items():
        data = yaml.safe_load((docs / name).read_text("utf-8"))
        for piece in [piece for key in lists for piece in data[key]]:
            for words in (piece["words"], *(arm["words"] for arm in piece.get("arms", []))):
                words["ar"] = words["en"]
        for key in {"sure", "tables"} & data.keys():
            data[key]["ar"] = data[key]["en"]
        (docs / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        enter(docs, f"docs/{name}")
    for path in sorted((docs / "ar").rglob("*.*")):
        inside = path.relative_to(docs / "ar").as_posix()
        if path.suffix == ".md" or is_translated_file(inside):
            enter(docs, f"docs/ar/{inside}")


@pytest.fixture
def two_languages(tiny: Path) -> Path:
    """The tiny site with its English pages under another code, too: a translation that nobody has translated yet."""
    docs = tiny / "docs"
    shutil.copytree(docs / "en", docs / "ar")
    change(docs / "site.yml", "    config: mkdocs.yml\n", "    config: mkdocs.yml\n" + ENTRY)
    shutil.copy(tiny / "mkdocs.yml", tiny / "mkdocs.ar.yml")
    change(tiny / "mkdocs.ar.yml", "language: en", "language: ar")
    say_it_in_the_toy(docs)
    return tiny


def test_a_second_language_builds_without_a_fault(two_languages: Path, kept: Kept) -> None:
    """Every page has its twin, each names the other, the way over is a short link, and the link check finds nothing."""
    site = two_languages / "site"
    build(Plan(two_languages / "docs", site, two_languages / "build"), Console(file=io.StringIO()), kept)
    content = load_content(two_languages / "docs")
    assert check_links(site, content.site.site_url).faults == []
    assert list(content.edition("ar").by_path) == list(content.edition("en").by_path)
    for address, other, way in (
        ("after", "ar", "../ar/after/"),
        ("ar/after", "en", "../../after/"),
        ("ar", "en", "../"),
        (".", "ar", "ar/"),
        ("sources/an-az", "ar", "../../ar/sources/an-az/"),
        ("ar/sources/an-az", "en", "../../../sources/an-az/"),
    ):
        tree = LexborHTMLParser((site / address / "index.html").read_text("utf-8"))
        link = tree.css_first(f"header a[hreflang={other}]")
        assert link and link.attributes["href"] == way
        assert len(tree.css("link[hreflang]")) == 2
    # Search, codes, makers and the page for unknown addresses have a way over, too; that one stands at any address.
    for file, other, way in (
        ("search/index.html", "ar", "../ar/search/"),
        ("ar/search/index.html", "en", "../../search/"),
        ("codes/icd10cm/m77.11/index.html", "ar", "../../../ar/codes/icd10cm/m77.11/"),
        ("handouts/make/visit/index.html", "ar", "../../../ar/handouts/make/visit/"),
        ("ar/handouts/make/visit/index.html", "en", "../../../../handouts/make/visit/"),
        ("404.html", "ar", "/ar/"),
        ("ar/404.html", "en", "/"),
    ):
        link = LexborHTMLParser((site / file).read_text("utf-8")).css_first(f"header a[hreflang={other}]")
        assert link and link.attributes["href"] == way, file


def test_each_language_keeps_its_own_sign_offs(two_languages: Path) -> None:
    """Who read the English page did not read its translation; who signed first stands first."""
    for page, day in (("/after/", "2027-01-01"), ("/after/", "2026-12-01"), ("/ar/after/", "2026-12-24")):
        sign(two_languages, {page: ""}, date=day)
    both = load_content(two_languages / "docs", today=dt.date(2027, 2, 1))

    def dates(code: str) -> list[str]:
        return [sign_off.date for sign_off in both.sign_offs_of(both.edition(code).by_path["after.md"])]

    assert dates("en") == ["2026-12-01", "2027-01-01"] and dates("ar") == ["2026-12-24"]


def test_addresses_of_both_languages(two_languages: Path) -> None:
    """The second one has its path in front of everything, codes too."""
    content = load_content(two_languages / "docs")
    toy = content.edition("ar")
    page = toy.by_path["after.md"]
    assert content.base_url(toy) == "https://tiny.example/ar/" and content.path_of(page) == "/ar/after/"
    assert content.address_of(page) == "https://tiny.example/ar/after/"
    assert content.code_spellings["/ar/codes/icd10cm/M77.11/"] == "/ar/codes/icd10cm/m77.11/"
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
    path = two_languages / "docs/ar/strings.yml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError, match=rf"(?m)^docs/ar/strings.yml:\d+: {says}") as caught:
        load_content(two_languages / "docs")
    assert {fault.path for fault in caught.value.faults} == {"docs/ar/strings.yml"}


def test_grade_and_wording_are_rules_of_each_language(two_languages: Path) -> None:
    """What is measured by a language's own formula is not held against another; what can be seen in any language is."""
    page = two_languages / "docs/ar/about.md"
    change(page, "Tell the one who runs the tests.", "Iontophoresis administration is painless.")
    load_content(two_languages / "docs")
    change(page, "Iontophoresis administration is painless.", "{{ emergncy }}")
    assert any("stands for nothing" in fault.message for fault in faults_of(two_languages))


def test_a_page_tells_what_it_was_made_from(two_languages: Path) -> None:
    """A translation without it, one of nothing, and an original that has it are told."""
    ours, theirs = (two_languages / f"docs/{code}/about.md" for code in ("en", "ar"))
    line = next(line for line in theirs.read_text("utf-8").splitlines() if line.startswith("made_from"))
    change(theirs, line + "\n", "")
    change(ours, "\n---\n", f"\n{line}\n---\n")
    (fault, other) = faults_of(two_languages)
    assert str(fault).startswith("docs/ar/about.md:1: does not tell what it was made from") and "make translated" in fault.message
    assert other.path == "docs/en/about.md" and "is no translation" in other.message
    change(ours, f"\n{line}\n---\n", "\n---\n")
    enter(two_languages / "docs", "docs/ar/about.md")
    load_content(two_languages / "docs")


def test_a_page_that_was_left_behind_says_so_and_stops_nothing(two_languages: Path, kept: Kept) -> None:
    """Its original says something else by now: readers are told above all else, with the way there, and `make review` lists it;
    once somebody has entered it again, nothing is said."""
    docs, site = two_languages / "docs", two_languages / "site"
    change(docs / "en/about.md", "Tell the one who runs the tests.", "Tell the one who runs the 3 tests.")
    plan = Plan(docs, site, two_languages / "build")
    build(plan, Console(file=io.StringIO()), kept)
    html = LexborHTMLParser((site / "ar/about/index.html").read_text("utf-8"))
    said = html.css_first("h1 + .moved-on a[hreflang=en]")
    assert said and said.attributes["href"] == "../../about/"
    assert "no person has checked it yet" in html.css_first(".review").text()
    assert "no person has checked" not in (site / "about/index.html").read_text("utf-8")
    assert [(each.name, each.why) for each in owed(load_content(docs))] == [("docs/ar/about.md", "docs/en/about.md moved on")]
    change(docs / "ar/about.md", "Tell the one who runs the tests.", "Tell the one who runs the 3 tests.")
    enter(docs, "docs/ar/about.md")
    assert owed(load_content(docs)) == []
    change(docs / "ar/about.md", "the 3 tests.", "the 4 tests.")
    assert any("the numbers: 4 too much; 3 missing" in fault.message for fault in faults_of(two_languages))


def test_spaces_and_line_ends_are_no_change(two_languages: Path) -> None:
    """A text that is only broken into other lines is the same text."""
    change(two_languages / "docs/en/about.md", "Tell the one who runs the tests.", "Tell the one\nwho runs the tests.")
    assert owed(load_content(two_languages / "docs")) == []


RULE_SLIPS = {
    "it moved on": ("en: {say: it is hard", "en: {say: it is very hard", 'first language says something else.*"?make translated FILE=docs/safety-rules.yml#breathing'),
    "it has no words": ("ar:", "fr:", '"breathing" in "ar": has no words'),
    "it lacks a form": ("sentence", "", '"breathing" in "ar": lacks `sentence`'),
}  # fmt: skip


@pytest.mark.parametrize("name", RULE_SLIPS)
def test_a_rule_that_is_not_said_as_it_is_said_now_stops_the_build(two_languages: Path, name: str) -> None:
    """A missing or changed translation of a rule is a fault, not a gap."""
    path = two_languages / "docs/safety-rules.yml"
    data = yaml.safe_load(path.read_text("utf-8"))
    words = next(rule for rule in data["rules"] if rule["id"] == "breathing")["words"]
    words["en"], words["ar"] = dict(words["en"]), dict(words["ar"])
    if name == "it moved on":
        words["en"]["say"] += " now"
    elif name == "it lacks a form":
        words["ar"].pop("sentence")
    else:
        words["fr"] = words.pop("ar")
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    assert any(re.search(RULE_SLIPS[name][2], str(fault)) for fault in faults_of(two_languages))
    if name == "it moved on":
        assert enter(two_languages / "docs", "docs/safety-rules.yml") == []  # nobody may wave it through with the rest
        enter(two_languages / "docs", "docs/safety-rules.yml#breathing")
        load_content(two_languages / "docs")


MEANINGS = """meanings:
  - begins: "97033"
    words: {en: "15 minutes of this treatment", ar: "XYZ 15"}
  - begins: "M77.1"
    words: {en: "tennis elbow", ar: "XYZ"}
"""
MEANING_SLIPS = {
    "it moved on": (
        "tennis elbow",
        "a sore elbow",
        5,
        r'"M77\.1" in "ar": the first language says something else by now .* `make translated FILE=docs/codes\.yml#M77\.1`',
    ),
    "it has no words": (', ar: "XYZ"', "", 5, '"M77.1" in "ar": has no words'),
    "another number": ("XYZ 15", "XYZ 51", 3, '"97033" in "ar" differs: the numbers: 51 too much; 15 missing'),
}


@pytest.mark.parametrize("name", MEANING_SLIPS)
def test_what_a_code_means_is_said_as_it_is_said_now(two_languages: Path, name: str) -> None:
    """Its page is made of that sentence alone and has no place to say that it was left behind, so the build stops, as at a rule.
    Nobody waves it through with the rest."""
    docs = two_languages / "docs"
    (docs / "codes.yml").write_text(MEANINGS, "utf-8")
    assert enter(docs, "docs/codes.yml") == ["ar: codes.yml#97033", "ar: codes.yml#M77.1"]
    assert owed(load_content(docs)) == []
    old, new, at, says = MEANING_SLIPS[name]
    change(docs / "codes.yml", old, new)
    (fault,) = faults_of(two_languages)
    assert fault.path == "docs/codes.yml" and fault.line == at and re.search(says, fault.message)
    if name == "it moved on":
        assert enter(docs, "docs/codes.yml") == []
        enter(docs, "docs/codes.yml#M77.1")
        load_content(docs)


def test_what_a_code_means_tells_what_it_was_made_from(two_languages: Path) -> None:
    """Words that nobody has held against the first language's stop the build, too."""
    (two_languages / "docs/codes.yml").write_text(MEANINGS, "utf-8")
    assert ["nothing tells what it was made from" in fault.message for fault in faults_of(two_languages)] == [True, True]


REFUSED = {
    "docs/ar/no-such.md": "is no file of a translation",
    "docs/en/about.md": "is no file of a translation",
    "docs/safety-rules.yml#breathng": 'nothing is called "breathng" there; did you mean "breathing"',
    "docs/ar/changes.yml": "is no",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_translation_is_not_entered(two_languages: Path, name: str) -> None:
    """A mistyped name is told, and nothing is written."""
    before = (two_languages / "docs/ar/made-from.yml").read_bytes()
    with pytest.raises(ContentError, match=re.escape(REFUSED[name])):
        enter(two_languages / "docs", name)
    assert (two_languages / "docs/ar/made-from.yml").read_bytes() == before


def test_a_name_that_nothing_has_is_told(two_languages: Path) -> None:
    """A rule that was taken out leaves a line behind."""
    path = two_languages / "docs/ar/made-from.yml"
    path.write_text(path.read_text("utf-8") + '  safety-rules.yml#gone: "000000000000"\n', "utf-8")
    (fault,) = faults_of(two_languages)
    assert 'nothing is called "safety-rules.yml#gone"' in fault.message


def test_a_page_that_stays_in_the_first_language_is_linked_as_such(two_languages: Path, kept: Kept) -> None:
    """The link leads to the page that there is, and says in which language it is (WCAG 2.2, 3.1.2)."""
    docs, site = two_languages / "docs", two_languages / "site"
    entry = "    config: mkdocs.ar.yml\n"
    change(docs / "site.yml", entry, entry + "    not_translated: [conditions/elbow.md]\n")
    assert any("is there: take it out of this list" in fault.message for fault in faults_of(two_languages))
    (docs / "ar/conditions/elbow.md").unlink()
    menu = two_languages / "mkdocs.ar.yml"
    menu.write_text("".join(line for line in menu.read_text("utf-8").splitlines(True) if "elbow.md" not in line), "utf-8")
    build(Plan(docs, site, two_languages / "build"), Console(file=io.StringIO()), kept)
    html = (site / "ar/conditions/index.html").read_text("utf-8")
    assert re.search(r'<a href="[./]*conditions/elbow/" hreflang="en">[^<]+</a> \(in English\)', html)


def test_the_real_site_has_its_first_language(content: Content) -> None:
    """English stands at the top of the site."""
    assert content.editions[0].code == "en" and content.editions[0].path_of("after/") == "/after/"


def test_our_notes_on_a_source_are_said_in_each_language(two_languages: Path) -> None:
    """A note that we put behind a name is said in the language of the page; the name itself stays as the source prints it."""
    docs = two_languages / "docs"
    change(docs / "sources.yml", 'authors: "An agency"', 'authors: "An agency (manufacturer)"')
    with (docs / "ar/strings.yml").open("a", encoding="utf-8") as file:
        file.write('source_notes:\n  "(manufacturer)": "(XYZ)"\n')
    content = load_content(docs)
    for code, said in (("en", "An agency (manufacturer)"), ("ar", "An agency (XYZ)")):
        edition = content.edition(code)
        assert said in definition(content.sources["second-2002"], edition.strings)
        assert any(said in text for _, text in record_pages(content, edition))


def test_what_stays_in_the_first_language_says_so(two_languages: Path) -> None:
    """What we read in a source, and the official wording of a code: marked for voices (WCAG 2.2, 3.1.2), and told in words."""
    content = load_content(two_languages / "docs")
    read, wording = content.sources["second-2002"].finding, "Lateral epicondylitis, right elbow"
    for code, marked in (("en", False), ("ar", True)):
        edition = content.edition(code)
        record = next(text for _, text in record_pages(content, edition) if read in text)
        elbow = code_page(next(each for each in edition.codes if each.code == "M77.11"), content, edition)
        for text, said in ((record, read), (elbow, wording)):
            assert (f'<span lang="en">{said}</span>' in text) == marked, (code, said)
        assert ("What we read there (in English): " in record) == marked


@pytest.mark.parametrize(
    ("note", "words", "message"),
    [
        ("An agency (manufacturer)", "{}", r'sources\.yml:\d+: docs/ar/strings\.yml has no words for "\(manufacturer\)"'),
        ("An agency (text on a copy)", '{"(copy)": "(X)"}', r'has no words for "\(text on a copy\)"'),
        ("Author not shown on the page read", "{}", r'has no words for "not shown"'),
        ("An agency", '{"(manufacturer)": "(X)"}', r'ar/strings\.yml:\d+: source_notes: no source says "\(manufacturer\)"'),
    ],
)
def test_a_note_without_words_and_words_without_a_note_are_told(two_languages: Path, note: str, words: str, message: str) -> None:
    """Both would stand there for ever: one in a language that the reader may not know, the other unused."""
    docs = two_languages / "docs"
    if note != "An agency":
        change(docs / "sources.yml", 'authors: "An agency"', f'authors: "{note}"')
    with (docs / "ar/strings.yml").open("a", encoding="utf-8") as file:
        file.write(f"source_notes: {words}\n")
    assert any(re.search(message, str(fault)) for fault in faults_of(two_languages))


def test_pages_that_were_read_alone_are_a_note_too(content: Content) -> None:
    """On the real site no title in Spanish says "page 8", and names are left alone."""
    notes = content.edition("es").strings.source_notes
    assert told(content.sources["chattanooga-ionto-manual"], notes).title == "Chattanooga Ionto user manual, página 8"
    assert told(content.sources["nirschl-2003"], notes) == content.sources["nirschl-2003"]
