"""The pack for committees holds every statement with what it rests on, says it alike in every form, and comes out the same twice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from conftest import copy_tiny
from editing import add, edit, faults_of
from iontosite.check.ledger import addresses_of
from iontosite.content.load import load_content
from iontosite.content.markdown import read_markdown
from iontosite.content.model import Content
from iontosite.content.rules.tongues import refused_words
from iontosite.content.statements import all_statements, statements_of
from iontosite.kept import Kept
from iontosite.pipeline import Plan, build
from iontosite.project import DOCS
from iontosite.proof.document import proof_job, proof_pdf
from iontosite.proof.files import review_files
from iontosite.proof.pack import Pack, pack_of
from iontosite.proof.spreadsheet import csv_bytes, guarded, xlsx_bytes
from iontosite.proof.tables import Table, all_tables
from iontosite.stage.proof_pages import proof_pages
from pdf_rules import RULES, Handout
from signing import sign

FIXTURES = Path(__file__).parent / "fixtures" / "proof"
WORDS = "docs/en/proof.yml"
SHEET = "site/clinics/review/page-after/index.html"
CLAIM = """claims:
- id: pad
  design: one-trial
  doubts: [small, disagree]
  sources: [first-2001]
  words:
    en: {because: "The trial is small."}
"""


def with_pack(folder: Path) -> Path:
    """Give a copy of the tiny site the words of the pack, and the page that lists it."""
    shutil.copy(DOCS / "en" / "proof.yml", folder / WORDS)
    shutil.copy(FIXTURES / "review.md", folder / "docs/en/clinics/review.md")
    edit(folder / "docs/en/index.md", "- [Codes](clinics/codes.md)", "- [Codes](clinics/codes.md)\n- [Review](clinics/review.md)")
    edit(folder / "docs/findings.yml", "claims: []\n", CLAIM)
    edit(
        folder / "docs/en/after.md",
        "/// html | div.certainty.certainty-low\nHow sure are we? Not very.[^first-2001]\n///",
        "<!-- how-sure: pad -->",
    )
    return folder


def made(project: Path, kept: Kept, proof: bool = False) -> Path:
    """The project, built."""
    plan = Plan(project / "docs", project / "site", project / "build", proof=proof)
    build(plan, Console(file=io.StringIO()), kept)
    return project


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The tiny site with a pack, free to be broken."""
    return with_pack(copy_tiny(tmp_path))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, kept_folder: Path) -> Path:
    """The tiny site with a pack, built, with its PDF."""
    return made(with_pack(copy_tiny(tmp_path_factory.mktemp("packed"))), Kept(kept_folder), proof=True)


def pack_in(project: Path, day: date | None = None) -> Pack:
    """The pack of a project's first language."""
    content = load_content(project / "docs", today=day)
    return pack_of(content, content.editions[0])


def words_of(html: str, selector: str = "article") -> str:
    """The words of a part of a page, with one space between them."""
    node = LexborHTMLParser(html).css_first(selector)
    assert node, selector
    return " ".join(node.text(separator=" ").split())


def read(path: Path) -> str:
    return path.read_text("utf-8")


class TestEveryStatement:
    """Nothing that a page says is left out of its sheet."""

    def test_of_the_real_site_in_every_language(self, content: Content) -> None:
        """Each statement stands on the sheet of its page, and each page that says anything has one."""
        for edition in content.editions:
            pack = pack_of(content, edition)
            on_sheets = [statement for sheet in pack.sheets if sheet.page for statement in sheet.statements]
            assert on_sheets == [each for each in all_statements(content) if each.language == edition.code]
            assert {sheet.path for sheet in pack.sheets} >= {f"handouts/{name}.yml" for name in edition.recipes}

    def test_no_word_of_a_page_is_lost(self, content: Content) -> None:
        """Each sentence of a page stands on its sheet: with its sources, or among those that name none."""
        letters = re.compile(r"\W+")
        for sheet in (sheet for sheet in pack_of(content, content.editions[0]).sheets if sheet.page):
            held = {letters.sub("", content.filled_in(each.text)) for each in sheet.statements}
            held |= {letters.sub("", each.text) for each in sheet.uncited}
            whole = "".join(held)
            for block in sheet.page.blocks if sheet.page else ():
                is_head = block.table and block.table[1] == 0
                if block.kind in ("paragraph", "item", "cell") and not is_head:
                    for sentence in re.split(r"(?<=[.!?])[\"”’)]*\s+", content.filled_in(block.text)):
                        assert letters.sub("", sentence) in whole, (sheet.path, sentence)

    def test_each_source_of_a_statement_is_told_on_its_sheet(self, content: Content) -> None:
        """What was read, where, of what kind, of how many, and how sure it makes us."""
        for sheet in pack_of(content, content.editions[0]).sheets:
            named = {source for statement in sheet.statements for source in statement.sources}
            assert named == {source.id for source in sheet.sources}
            assert all(source.finding and source.read_at for source in sheet.sources)

    def test_a_statement_that_drops_out_is_caught(self, packed: Path) -> None:
        """The known-bad example: a sheet that lacks one is no longer what the page says."""
        pack = pack_in(packed)
        page = pack.edition.by_path["after.md"]
        sheet = next(each for each in pack.sheets if each.path == "after.md")
        assert sheet.statements == statements_of(page, pack.content) != sheet.statements[1:]

    def test_what_stands_behind_the_last_mark_names_no_source(self, packed: Path) -> None:
        """A paragraph whose first sentence is cited, and whose second one is not."""
        add_line = "Rest.[^first-2001] Then look again.\n\n## What to do next"
        edit(packed / "docs/en/after.md", "## What to do next", add_line)
        sheet = next(each for each in pack_in(packed).sheets if each.path == "after.md")
        assert "Rest." in [each.text for each in sheet.statements] and "Then look again." in [each.text for each in sheet.uncited]

    def test_a_handout_has_the_sources_of_its_lines(self, packed: Path) -> None:
        """A line that its page cites, a row of a table, and a line that names no source."""
        sheet = next(each for each in pack_in(packed).sheets if each.path == "handouts/visit.yml")
        said = {each.text: each.sources for each in sheet.statements}
        assert said["Rinse the spot."] == ("first-2001",) and said["it is hard to breathe"] == ("second-2002",)
        assert said["Today | Rest"] == ("first-2001",)
        assert any(each.text.startswith("Look at it again") for each in sheet.uncited)


class TestPages:
    """The pack as web pages."""

    def test_a_sheet_tells_a_statement_with_its_sources(self, built: Path) -> None:
        """The words, each source with its kind, its size and how sure it makes us; the answer with its doubts; the decision."""
        said = words_of(read(built / SHEET))
        assert "Red skin is normal. → First 2001 ( Trial, 40 people, moderate )" in said.replace("(Trial", "( Trial").replace(
            "moderate)", "moderate )"
        )
        assert "The trial is small. It starts at: One fair trial (moderate)." in said
        assert "What takes it down: Fewer than 100 people were counted" in said and "The studies do not agree" in said
        assert "it stays red for more than 24 hours How it was decided: The trial says so." in said
        sources = words_of(read(built / "site/clinics/review/read-page-after/index.html"))
        assert "What we read: Skin was red for 24 hours. Where we read it: https://example.org/first" in sources

    def test_every_page_of_the_pack_is_reached_from_its_list(self, built: Path) -> None:
        """And no menu, no sitemap and no search leads there."""
        folder = built / "site/clinics/review"
        listing = LexborHTMLParser(read(folder / "index.html"))
        linked = {(link.attributes["href"] or "").strip("/") for link in listing.css("article a")}
        pages = {path.parent.name for path in folder.glob("*/index.html")}
        assert pages - linked == {name for name in pages if name.startswith("read-")}
        assert {name for name in linked if name.endswith((".csv", ".xlsx", ".pdf"))} == {
            "statements-en.csv",
            "review.xlsx",
            "review.pdf",
        }
        indexes = [text for path in (built / "site/static").glob("search.*.js") if "searchIndex" in (text := read(path))[:40]]
        assert indexes and not any("clinics/review/" in text for text in indexes)
        assert "clinics/review/page-after" not in read(built / "site/sitemap.xml")
        home = LexborHTMLParser(read(built / "site/index.html"))
        assert not [link for link in home.css("header a, .all-pages a") if "review" in (link.attributes["href"] or "")]
        assert 'name="robots" content="noindex"' in read(built / SHEET) and "canonical" not in read(built / SHEET)

    def test_no_sign_of_a_sentence_becomes_markup(self, packed: Path, kept: Kept) -> None:
        """What was read in a source may hold anything."""
        edit(packed / "docs/sources.yml", '"Skin was red for 24 hours."', '"Skin *was* <b>red</b> & [sore for 24 hours."')
        folder = made(packed, kept) / "site/clinics/review"
        assert "Skin *was* <b>red</b> & [sore for 24 hours." in words_of(read(folder / "read-page-after/index.html"))

    def test_sources_that_come_and_go_are_not_promised(self, built: Path) -> None:
        """Nor is the PDF, which not every build prints; the sheets and the spreadsheets are."""
        found = [address for address in addresses_of(built / "site") if address.startswith("/clinics/review/")]
        assert "/clinics/review/page-after/" in found and "/clinics/review/review.xlsx" in found
        assert not [address for address in found if "/read-" in address or address.endswith(".pdf")]

    def test_a_long_list_of_sources_is_parted(self, packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each link leads to the page that holds its source."""
        monkeypatch.setattr("iontosite.stage.proof_pages.MOST_SOURCES", 1)
        pages = dict(proof_pages(pack_in(packed)))
        first, second = (pages[f"clinics/review/read-{part}page-after.md"] for part in ("", "2-"))
        assert 'id="read-first-2001"' in first and 'id="read-second-2002"' in second
        sheet = pages["clinics/review/page-after.md"]
        assert 'href="../read-page-after/#read-first-2001"' in sheet
        assert 'href="../read-2-page-after/#read-second-2002"' in sheet

    def test_a_signed_page_is_told_on_its_sheet(self, packed: Path) -> None:
        """And the sheet has the line to enter; a lapsed sign-off shows no name."""
        sign(packed, {"/after/": ""})

        def sheet(day: date) -> str:
            return dict(proof_pages(pack_in(packed, day)))["clinics/review/page-after.md"]

        held, over = sheet(date(2026, 12, 2)), sheet(date(2027, 12, 2))
        assert "Signed off by: A. Person, Nurse (A board)" in held and "No clinician" not in held
        assert "A. Person" not in over and "No clinician has signed it off. A sign-off lapsed." in over
        content = load_content(packed / "docs", today=date(2026, 12, 2))
        assert content.meaning_of(content.edition("en").by_path["after.md"]) in held

    def test_what_nobody_knows(self, packed: Path) -> None:
        """The sentence with its page, once however many pages say it; a very short one with what stands around it."""
        for page in ("after", "about"):
            edit(
                packed / f"docs/en/{page}.md",
                "## What to do next",
                "Some ask why. Nobody knows for sure why it stings.\n\n## What to do next",
            )
        edit(packed / "docs/en/words.md", "## What to do next", "How deep? Nobody knows.\n\n## What to do next")
        found = {each.text: [page.path for page in each.pages] for each in pack_in(packed).unknown}
        assert found == {
            "Nobody knows for sure why it stings.": ["about.md", "after.md"],
            "How deep? Nobody knows.": ["words.md"],
            "We do not know more.": ["conditions/elbow.md", "conditions/index.md"],
        }

    def test_what_is_not_claimed(self, packed: Path) -> None:
        """What is left out, words that no page may use, and sources that nobody read."""
        add(
            packed / "docs/sources.yml",
            '- {id: third-2003, authors: "Third A", year: 2003, title: "A summary", container: "A Journal", type: rct, url: "https://example.org/third", finding: "Said in short.", certainty: low, status: summary-only}\n',
        )
        said = dict(proof_pages(pack_in(packed)))["clinics/review/not-claimed.md"]
        assert "Third 2003: A summary (only a summary was read)" in said and "clinically proven: nothing here is proved" in said
        assert "How often this treatment burns people." in said
        assert refused_words("xx") == []

    def test_a_word_that_is_missing_is_told(self, packed: Path) -> None:
        """The known-bad example of the pack's own words: mistyped, and without its name in braces."""
        edit(packed / WORDS, "  pack:", "  pakc:")
        edit(packed / WORDS, '  sheet_title: "What stands behind: {title}"', '  sheet_title: "What stands behind"')
        said = [str(fault) for fault in faults_of(packed)]
        assert any('words: "pack" is missing: add it; did you mean "pakc"?' in each for each in said)
        assert any("words: sheet_title: must hold {title}" in each for each in said)

    def test_a_language_without_its_words_has_no_pack(self, packed: Path, kept: Kept) -> None:
        """The page alone does not make one."""
        (packed / WORDS).unlink()
        edit(packed / "docs/en/clinics/review.md", "<!-- insert: review -->", "")
        assert [path.name for path in (made(packed, kept) / "site/clinics/review").iterdir()] == ["index.html"]


class TestSpreadsheet:
    """The pack as CSV and XLSX."""

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "  =1", "＝1"])
    def test_no_cell_is_a_formula(self, cell: str) -> None:
        """What begins like one begins with an apostrophe; in CSV that is the only way to say so."""
        assert guarded(cell) == f"'{cell}"
        (row,) = list(csv.reader(io.StringIO(csv_bytes(Table("T", ("A",), ((cell,),))).decode("utf-8-sig"), newline="")))[1:]
        assert row == [f"'{cell}"]

    @pytest.mark.parametrize("cell", ["Red skin: 24 of 28 = most", "a-b", "1", "", None, 40, "“=” is no sum"])
    def test_any_other_cell_is_left_as_it_is(self, cell: str | int | None) -> None:
        """Numbers stay numbers, and a sign further on does nothing."""
        assert guarded(cell) == cell

    def test_the_csv_file_is_one(self) -> None:
        """Commas, quotation marks and line ends in quotes, CRLF at each end, and a mark that says it is UTF-8 (RFC 4180, 2)."""
        data = csv_bytes(Table("T", ("A", "B"), (("a, b", 'say "no"'), ("line\nend", "ñ"), (None, 3))))
        assert data == '\ufeffA,B\r\n"a, b","say ""no"""\r\n"line\nend",ñ\r\n,3\r\n'.encode()

    def test_it_holds_each_statement_with_each_source(self, packed: Path, kept: Kept) -> None:
        """One row a statement and source, with what was read there; and one row for a line that names none."""
        content = load_content(packed / "docs")
        data = review_files(content, content.editions[0], kept)["statements-en.csv"].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(data, newline="")))
        pack = pack_in(packed)
        wanted = sorted(
            (sheet.address, content.filled_in(each.text), source)
            for sheet in pack.sheets
            for each in sheet.statements
            for source in each.sources
        )
        assert sorted((row["Page"], row["Statement"], row["Source ID"]) for row in rows if row["Source ID"]) == wanted
        lines = sum(len(sheet.uncited) for sheet in pack.sheets)
        assert lines and sum(not row["Source ID"] for row in rows) == lines
        row = next(row for row in rows if row["Statement"] == "Red skin is normal.")
        assert (row["Kind of source"], row["People"], row["How sure"], row["What we read there"], row["Where we read it"]) == (
            "Trial with two or more groups, chosen by chance", "40", "Moderate", "Skin was red for 24 hours.", "https://example.org/first",
        )  # fmt: skip
        assert (row["File"], row["Line"]) == ("docs/en/after.md", "10")

    def test_the_workbook_holds_all_tables_and_no_formula(self, packed: Path) -> None:
        """Each table on a sheet of its own; texts are texts."""
        content = load_content(packed / "docs")
        tables = all_tables(content, content.editions[0])
        with zipfile.ZipFile(
            io.BytesIO(xlsx_bytes([*tables, Table("Bad", ("A",), (("=1+1",),))], "A title", "An author", "2026-11-20"))
        ) as book:
            names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
            sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            texts = [
                node.text for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter() if node.tag.endswith("}t")
            ]
        assert names == [*(table.name for table in tables), "Bad"] and len(names) == 11
        assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        assert "=1+1" in texts and "The trial says so." in texts

    def test_the_same_words_give_the_same_bytes(self, packed: Path) -> None:
        """No clock and no file's date is in it."""
        content = load_content(packed / "docs")
        tables = all_tables(content, content.editions[0])
        first = xlsx_bytes(tables, "A title", "An author", "2026-11-20")
        assert first == xlsx_bytes(tables, "A title", "An author", "2026-11-20")
        assert first != xlsx_bytes(tables, "A title", "An author", "2026-11-21")
        with zipfile.ZipFile(io.BytesIO(first)) as book:
            assert {entry.date_time[0] for entry in book.infolist()} == {1980}

    def test_it_is_kept_by_what_it_says(self, packed: Path, tmp_path: Path) -> None:
        """Made once; made anew when a word of it changes."""
        kept = Kept(tmp_path / "own-kept")
        for _ in range(2):
            content = load_content(packed / "docs")
            review_files(content, content.editions[0], kept)
        assert (kept.made["xlsx"], kept.reused["xlsx"]) == (1, 1)
        edit(packed / "docs/safety-rules.yml", 'decided: "The trial says so."', 'decided: "The trial says it."')
        content = load_content(packed / "docs")
        review_files(content, content.editions[0], kept)
        assert kept.made["xlsx"] == 2

    @pytest.mark.parametrize(
        ("table", "says"),
        [
            (Table("N" * 32, ("A",), ()), "has a name of more than 31 characters"),
            (Table("N", ("A",), (("x" * 32_768,),)), "a cell of 32768 characters is more than a spreadsheet holds"),
        ],
    )
    def test_nothing_is_cut_off_without_a_word(self, table: Table, says: str) -> None:
        """The known-bad examples: a name and a cell that no spreadsheet takes."""
        with pytest.raises(ValueError, match=says):
            xlsx_bytes([table], "A title", "An author", "2026-11-20")


class TestPaper:
    """The pack as a PDF."""

    # What only a handout has: a code, two sides, and the address at its foot.
    OTHER = frozenset({"sides", "qr", "file_size"})

    def test_it_keeps_the_rules_of_paper(self, packed: Path, kept: Kept) -> None:
        """Tagged, titled, in its language, with bookmarks, its words all there, in 12 point type that can be read."""
        content = load_content(packed / "docs")
        job = proof_job(content, content.editions[0])
        printed = proof_pdf(content, content.editions[0], kept)
        sheet = Handout(printed.pdf, job.variants[0][1], "letter", "standard", "")
        with sheet.file:
            assert [f"{name}: {found}" for name, rule in RULES.items() if name not in self.OTHER for found in rule(sheet)] == []
        assert proof_pdf(content, content.editions[0], kept).pdf == printed.pdf

    def test_only_a_build_that_is_asked_prints_it(self, built: Path, packed: Path, kept: Kept) -> None:
        """The list says which."""
        asked, other = built / "site/clinics/review", made(packed, kept) / "site/clinics/review"
        with pikepdf.Pdf.open(asked / "review.pdf") as pdf:
            sides = len(pdf.pages)
        assert f"All of it on paper, PDF ({sides} pages" in words_of(read(asked / "index.html"))
        assert not (other / "review.pdf").exists() and "make proof" in words_of(read(other / "index.html"))

    def test_the_same_words_are_printed_once(self, packed: Path, tmp_path: Path) -> None:
        """Kept like every other PDF."""
        kept, content = Kept(tmp_path / "own-kept"), load_content(packed / "docs")
        for _ in range(2):
            proof_pdf(content, content.editions[0], kept)
        assert (kept.made["pdf"], kept.reused["pdf"]) == (1, 1)


def test_rules_are_told_without_marks_of_type(content: Content) -> None:
    """Rules are written in Markdown; a table and a list show words."""
    rows = next(table for table in all_tables(content, content.editions[0]) if table.columns[1] == "Level").rows
    assert len(rows) == len(content.safety.rules) and not [row for row in rows if "**" in str(row[2])]
    assert any("**" in rule.words["en"].say for rule in content.safety.rules)
    assert read_markdown("**a** b")[0].text == "a b"
