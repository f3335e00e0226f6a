"""What is checked on the finished tree: each check catches what it is there for, and says it where a writer can mend it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from iontosite.check import site as check_site_module
from iontosite.check.finished import FinishedPages, plain
from iontosite.check.paper import check_paper
from iontosite.check.quotes import check_quotes
from iontosite.check.reach import TAPS, check_reach, within_taps
from iontosite.check.site import check_site, faults_for_writers
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.faults import ContentError, Fault
from iontosite.project import DOCS


def change(path: Path, old: str, new: str, count: int = 1) -> None:
    """Change places in a file, which must hold what is to go."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, count), "utf-8")


class TestPaper:
    """A line on paper stands on its page, as readers see it."""

    def test_the_tiny_site_says_what_it_prints(self, tiny_site: Path, tiny_content: Content) -> None:
        """Nothing is hidden as long as nobody hides it."""
        assert check_paper(tiny_content, FinishedPages(tiny_site)) == []

    @pytest.mark.parametrize(
        ("pattern", "line", "words"),
        [
            (r"<li>Rinse the spot.*?</li>", 7, "Rinse the spot."),  # a template that drops a line
            (r"(<li>Rinse the spot.*?</li>)", 7, "Rinse the spot."),  # a comment around it
            (r"<section[^>]*care-emergency.*?</section>", 9, "it is hard to breathe"),
            (r"Rest", 10, "Rest"),  # a cell of a table
            (r"When</th>", 10, "When"),  # its head
            (r"(?<=Look at it again\. My) next", 7, "Look at it again. My next visit:"),
        ],
        ids=["dropped line", "comment", "dropped card", "cell", "head of a table", "one word"],
    )
    def test_a_line_that_the_page_hides_is_a_fault(
        self, tiny_site: Path, tiny_content: Content, pattern: str, line: int, words: str
    ) -> None:
        """The paper would say more than the page: the fault stands at the part of the recipe that takes the line."""
        page = tiny_site / "after/index.html"
        put = r"<!-- \1 -->" if pattern.startswith("(<") else ""
        text, found = re.subn(pattern, put, page.read_text("utf-8"), flags=re.DOTALL)
        assert found
        page.write_text(text, "utf-8")
        faults = check_paper(tiny_content, FinishedPages(tiny_site))
        assert ("docs/en/handouts/visit.yml", line) in {(fault.path, fault.line) for fault in faults}
        assert any(
            f"prints “{words}" in fault.message and "docs/en/after.md does not show" in fault.message for fault in faults
        ), faults

    def test_the_numbers_of_a_scale_stand_there_too(self, tiny: Path, tiny_site: Path) -> None:
        """A line with numbers to circle is held with its words and its numbers."""
        change(
            tiny / "docs/en/after.md",
            "- Rinse the spot.[^first-2001]",
            "- How red is it? 1 little · 2 some · 3 a lot\n- Rinse the spot.[^first-2001]",
        )
        change(tiny / "docs/en/handouts/visit.yml", 'lines: ["Rinse the spot"', 'lines: ["How red is it?", "Rinse the spot"')
        said = [fault.message for fault in check_paper(load_content(tiny / "docs"), FinishedPages(tiny_site))]
        assert [message.split("”")[0] for message in said] == [
            "prints “How red is it?",
            "prints “1 little",
            "prints “2 some",
            "prints “3 a lot",
        ]

    def test_a_page_that_is_gone_says_nothing(self, tiny_site: Path, tiny_content: Content) -> None:
        """Every line is missed then, and none breaks the check."""
        shutil.rmtree(tiny_site / "after")
        assert len(check_paper(tiny_content, FinishedPages(tiny_site))) >= 6


class TestQuotes:
    """The reasons of our own scores quote pages. They stand on the real pages, so the real content is what is checked."""

    @pytest.fixture
    def quoted(self, content: Content, tmp_path: Path) -> tuple[Content, Path, str]:
        """A tree in which every scored page says all that is quoted of it, and one of the quotations."""
        yardsticks = content.edition("en").yardsticks
        assert yardsticks
        quotes: dict[str, list[str]] = {}
        for _, sheet in yardsticks.sheets():
            if sheet.page in content.edition("en").by_path:
                url = content.edition("en").by_path[sheet.page].url
                quotes.setdefault(url, []).extend(
                    quote for score in sheet.scores.values() for quote in re.findall("“([^”]+)”", score.why)
                )
        for url, said in quotes.items():
            (tmp_path / url).mkdir(parents=True, exist_ok=True)
            (tmp_path / url / "index.html").write_text(f"<article>{'. '.join(said)}</article>", "utf-8")
        url, said = next((url, said) for url, said in quotes.items() if said)
        return content, tmp_path / url / "index.html", said[0]

    def test_a_page_that_no_longer_says_it_is_a_fault(self, quoted: tuple[Content, Path, str], tmp_path: Path) -> None:
        """The fault stands at the score, names the page and the words, and says what to do."""
        content, page, quote = quoted
        assert check_quotes(content, FinishedPages(tmp_path)) == []
        page.write_text(page.read_text("utf-8").replace(quote, "Something else"), "utf-8")
        faults = check_quotes(content, FinishedPages(tmp_path))
        assert faults and all(f"“{quote}” does not stand there: score it anew" in fault.message for fault in faults)
        written = (DOCS / "en/yardsticks.yml").read_text("utf-8").splitlines()
        assert all(fault.path == "docs/en/yardsticks.yml" and fault.line > 1 for fault in faults)
        assert all("why:" in "".join(written[fault.line - 1 : fault.line + 6]) for fault in faults)

    def test_a_site_without_scores_has_no_fault(self, tiny_site: Path, tiny_content: Content) -> None:
        """A language may have none."""
        assert check_quotes(tiny_content, FinishedPages(tiny_site)) == []


class TestReach:
    """Every page is three taps from home."""

    def test_a_page_that_nothing_leads_to_is_a_fault(self, tiny_site: Path, tiny_content: Content) -> None:
        """Neither a text nor the list of all pages: the fault names the page's own file."""
        assert check_reach(tiny_content, FinishedPages(tiny_site)) == []
        for page in tiny_site.rglob("index.html"):
            page.write_text(re.sub(r'href="[^"]*elbow/[^"]*"', 'href="#"', page.read_text("utf-8")), "utf-8")
        (fault,) = check_reach(tiny_content, FinishedPages(tiny_site))
        assert (fault.path, fault.line) == ("docs/en/conditions/elbow.md", 1) and f"more than {TAPS} taps" in fault.message

    def test_a_page_that_is_not_built_yet_is_told_as_such(self, tiny_site: Path, tiny_content: Content) -> None:
        """`make check` beside an older site must not send anybody looking for links."""
        (tiny_site / "conditions/elbow/index.html").unlink()
        for page in tiny_site.rglob("index.html"):
            page.write_text(re.sub(r'href="[^"]*elbow/[^"]*"', 'href="#"', page.read_text("utf-8")), "utf-8")
        (fault,) = check_reach(tiny_content, FinishedPages(tiny_site))
        assert fault.path == "docs/en/conditions/elbow.md" and "run `make site`" in fault.message

    def test_taps_are_counted(self, tmp_path: Path) -> None:
        """A chain of pages: so many taps reach so many of them; links out of the site or to files are none."""
        chain = ["", "one/", "two/", "three/", "four/"]
        for url, following in zip(chain, [*chain[1:], ""], strict=True):
            (tmp_path / url).mkdir(exist_ok=True)
            links = f'<a href="/{following}">on</a><a href="https://a.example/x/">out</a><a href="mailto:a@b/">post</a><a href="x.pdf">file</a><a href>empty</a>'
            (tmp_path / url / "index.html").write_text(f"<article>{links}</article><a href='/four/'>elsewhere</a>", "utf-8")
        pages = FinishedPages(tmp_path)
        for taps in range(5):
            assert within_taps(pages, "/", taps) == {f"/{url}" for url in chain[: taps + 1]}
        assert within_taps(pages, "/", 3, links=".no-such-class a") == {"/"}
        assert within_taps(pages, "/gone/", 3) == {"/gone/"}


class TestFinished:
    """The words of a page as its readers have them."""

    @pytest.mark.parametrize(
        ("html", "words"),
        [
            ("<article>Two <b>words</b>.</article>", "two words"),
            ('<article>Red <span class="cites"><a href="#fn:a">Source 1</a></span> skin</article>', "red skin"),
            ('<article>Call <span class="fill-in">………</span> now</article>', "call now"),
            ('<article><span class="visually-hidden">Emergency:</span> call</article>', "call"),
            (
                '<article>Here <img src="a.svg" alt="A pad on an arm."><img src="b.svg" alt><img src="c.svg"></article>',
                "here a pad on an arm",
            ),
            ("<article>It’s “10–20” min.\n\n Café</article>", "it s 10 20 min café"),
            ("<article>Shown <!-- not this --></article>", "shown"),
            ("<p>No article</p>", ""),
            (None, ""),
        ],
    )
    def test_what_a_page_says(self, tmp_path: Path, html: str | None, words: str) -> None:
        """Letters and digits, pictures' words too; what is hidden, to fill in, or the number of a source is left out."""
        if html:
            (tmp_path / "x").mkdir()
            (tmp_path / "x/index.html").write_text(html, "utf-8")
        assert FinishedPages(tmp_path).words("/x/") == words

    def test_a_page_is_read_once_and_stays_whole(self, tiny_site: Path) -> None:
        """What `words` takes out of its own copy still stands in the page that others look at."""
        pages = FinishedPages(tiny_site)
        article = pages.article("/after/")
        assert article and pages.words("/after/") and article.css_first(".cites")
        assert pages.tree("/after/") is pages.tree("/after/")
        assert pages.article("/gone/") is None and pages.tree("/gone/") is None

    def test_plain_keeps_every_alphabet(self) -> None:
        """Other languages have other letters."""
        assert plain("  ¿Qué? – Ђубре_٣ ") == "qué ђубре ٣"


class TestForWriters:
    """What a check finds in a finished file is told at the line that somebody wrote."""

    @pytest.mark.parametrize(
        ("found", "path", "line"),
        [
            (
                Fault("questions/does-it-hurt/index.html", 80, "x", "missing-fragment", "../../after/#tonight"),
                "docs/en/questions/does-it-hurt.md",
                "- [After your visit](../after.md#tonight)",
            ),
            (
                Fault("conditions/elbow/index.html", 80, "x", "missing-target", "../../"),
                "docs/en/conditions/elbow.md",
                "- Go [home](../index.md).",
            ),
            (
                Fault("after/index.html", 80, "x", "duplicate-id", "{#call}"),
                "docs/en/after.md",
                "## Call your clinic if… {#call}",
            ),
            (Fault("index.html", 80, "x", "missing-target", "after/"), "docs/en/index.md", "- [After your visit](after.md)"),
            (Fault("after/index.html", 80, "x", "duplicate-id", "no such words"), "docs/en/after.md", "---"),
            (Fault("after/index.html", 80, "x", "blocked-by-policy", ""), "docs/en/after.md", "---"),
        ],
    )
    def test_a_page_s_fault_stands_in_its_markdown(
        self, built_tiny: Path, tiny_content: Content, found: Fault, path: str, line: str
    ) -> None:
        """A link by where it leads, other words by where they stand, and the file alone for what a template wrote."""
        (told,) = faults_for_writers([found], tiny_content, built_tiny / "site")
        written = (built_tiny / path).read_text("utf-8").splitlines()
        assert (told.path, written[told.line - 1], told.message, told.kind) == (path, line, "x", found.kind)

    def test_what_no_writer_wrote_keeps_its_place(self, tiny_site: Path, tiny_content: Content) -> None:
        """A style sheet, or a page that the build made."""
        (told,) = faults_for_writers([Fault("assets/site.css", 7, "x", "missing-target", "a.png")], tiny_content, tiny_site)
        assert told.path.endswith("built/assets/site.css")

    def test_a_link_in_the_finished_tree_that_leads_nowhere(self, tiny_site: Path, tiny_content: Content) -> None:
        """From the tree to the line of the Markdown, through all checks at once."""
        for page in tiny_site.rglob("index.html"):
            page.write_text(re.sub(r'id="(tonight|seen)"', 'id="renamed"', page.read_text("utf-8")), "utf-8")
        with pytest.raises(ContentError) as caught:
            check_site(tiny_content, tiny_site)
        found = {(fault.path, fault.line) for fault in caught.value.faults}
        assert ("docs/en/questions/does-it-hurt.md", 17) in found  # its link to #tonight
        assert ("docs/permalinks.yml", 3) in found  # which was promised


class TestAll:
    """All checks in one call."""

    def test_every_check_is_asked(self, tiny_site: Path, tiny_content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
        """One fault for each of them, all told at once."""
        link = Fault("after/index.html", 1, "a link is dead", "missing-target")
        monkeypatch.setattr(check_site_module, "check_links", lambda *_: SimpleNamespace(faults=[link]))
        monkeypatch.setattr(
            check_site_module, "check_quotes", lambda *_: [Fault("docs/en/yardsticks.yml", 1, "does not stand there")]
        )
        change(tiny_site / "after/index.html", "hard to breathe", "easy to breathe", 9)
        change(tiny_site / "after/index.html", 'id="tonight"', 'id="later"')
        for page in tiny_site.rglob("index.html"):
            page.write_text(page.read_text("utf-8").replace("elbow/", "elbow.html"), "utf-8")
        with pytest.raises(ContentError) as caught:
            check_site(tiny_content, tiny_site)
        said = str(caught.value)
        for words in ("a link is dead", "was promised", "does not show", "does not stand there", "taps away"):
            assert words in said, words

    def test_addresses_that_nobody_promised_are_a_note(self, tiny_site: Path, tiny_content: Content) -> None:
        """They stop no build."""
        (note,) = check_site(tiny_content, tiny_site)
        assert re.fullmatch(r"\d+ new address\(es\) are not promised yet: run `make permalinks`", note)
