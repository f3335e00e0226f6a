"""What changed in meaning is told to readers, and `make diff` tells the maker what readers will see."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rich.console import Console

from editing import edit, faults_of
from iontosite.commands import diff
from iontosite.content.load import load_content
from iontosite.stage.inserts import changes, searches

CHANGES = """changes:
- date: "2026-11-21"
  pages: [after.md]
  change: "Call after 36 hours, not 24."
  why: "A newer record says so."
- date: "2026-11-20"
  pages: [after.md, conditions/elbow.md]
  change: "Water first, then where to go."
  why: "It helps more."
"""


@pytest.fixture
def changed(tiny: Path) -> Path:
    """The tiny site with two changes."""
    (tiny / "docs/en/changes.yml").write_text(CHANGES, "utf-8")
    return tiny


class TestChanges:
    """`docs/en/changes.yml`."""

    def test_the_newest_stands_first_with_links_and_reasons(self, changed: Path) -> None:
        """Each day has an address of its own."""
        text = changes(load_content(changed / "docs").edition("en"))
        assert text.index("## November 21, 2026 {#on-2026-11-21}") < text.index("{#on-2026-11-20}")
        assert "- [After your visit](../after.md): Call after 36 hours, not 24. Why: A newer record says so." in text

    @pytest.mark.parametrize(
        ("old", "new", "line", "says"),
        [
            ('date: "2026-11-20"', 'date: "2026-11-22"', 6, "stands below 2026-11-21: put the newest first"),
            (
                "conditions/elbow.md",
                "conditions/elbw.md",
                7,
                'there is no page "conditions/elbw.md"; did you mean "conditions/elbow.md"',
            ),
            ('why: "It helps more."', 'wy: "It helps more."', 9, "wy: is not a key"),
        ],
    )
    def test_a_slip_is_told_at_its_line(self, changed: Path, old: str, new: str, line: int, says: str) -> None:
        """Order, pages and keys."""
        edit(changed / "docs/en/changes.yml", old, new)
        assert [fault.line for fault in faults_of(changed) if says in fault.message] == [line]


class TestSearches:
    """`docs/searches.yml`."""

    SEARCHES = 'searches:\n- about: conditions/elbow.md\n  date: "2026-11-21"\n  where: "stored pages"\n  query: "elbow current trial"\n  found: "nothing new"\n'

    def test_each_search_is_shown_with_its_day(self, tiny: Path) -> None:
        """So that "we found none" can be checked."""
        (tiny / "docs/searches.yml").write_text(self.SEARCHES, "utf-8")
        content = load_content(tiny / "docs")
        text = searches(content, content.editions[0])
        assert "## Elbow pain {#for-conditions-elbow}" in text
        assert "- November 21, 2026, stored pages: “elbow current trial”. nothing new" in text

    def test_a_search_for_no_page_is_told(self, tiny: Path) -> None:
        (tiny / "docs/searches.yml").write_text(self.SEARCHES.replace("elbow.md", "elbw.md"), "utf-8")
        assert [(fault.path, fault.line) for fault in faults_of(tiny)] == [("docs/searches.yml", 2)]


class TestDiff:
    """`make diff`."""

    @pytest.fixture
    def sites(self, site: Path, tmp_path: Path) -> tuple[Path, Path]:
        """A part of the real site twice: what was, and what is."""
        for name in ("before", "after"):
            for part in ("after/index.html", "handouts/visit-letter-standard.pdf"):
                (tmp_path / name / part).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(site / part, tmp_path / name / part)
            (tmp_path / name / "static").mkdir()
            (tmp_path / name / f"static/print.{name}.css").write_text(name, "utf-8")
        return tmp_path / "before", tmp_path / "after"

    def test_nothing_is_said_of_what_no_reader_sees(self, sites: tuple[Path, Path]) -> None:
        """Another style sheet, another script, another comment."""
        edit(sites[1] / "after/index.html", "</body>", "<!-- note --><script>1</script></body>")
        assert list(diff.differences(*sites)) == []

    def test_changed_words_files_and_paper_are_shown(self, sites: tuple[Path, Path], site: Path) -> None:
        """A line that came and one that went, with the page's address; a file that came; other words on a sheet."""
        page = sites[1] / "after/index.html"
        title = diff.page_lines(page)[0]
        edit(page, f"<title>{title.replace('&', '&amp;')}</title>", "<title>Another title</title>")
        shutil.copy(site / "handouts/skin-care-letter-standard.pdf", sites[1] / "handouts/visit-letter-standard.pdf")
        (sites[1] / "new.html").write_text("<p>New</p>", "utf-8")
        told = list(diff.differences(*sites))
        assert told[0] == "+ /new.html" and f"-{title}" in told and "+Another title" in told
        assert told.index("/after/") < told.index("/handouts/visit-letter-standard.pdf")
        assert len([line for line in told[told.index("/handouts/visit-letter-standard.pdf") :] if line.startswith("+")]) > 5

    def test_pictures_say_their_words_and_inline_words_stay_in_their_line(self, tmp_path: Path) -> None:
        """A line of a page is what a reader sees as one."""
        page = tmp_path / "index.html"
        page.write_text(
            '<title>T</title><ul><li>One <b>bold</b> <a href="x">word</a><img alt="a pad"></li></ul><footer>F</footer>', "utf-8"
        )
        assert diff.page_lines(page) == ["T", "One bold word", "[a pad]"]

    def test_a_revision_that_git_does_not_know_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With exit code 1, and without a traceback."""
        import argparse

        assert diff.run(argparse.Namespace(against="no-such-revision"), Console()) == 1
        assert "no-such-revision" in capsys.readouterr().out
