"""What people run beside the build: each says what is wrong, and its exit code tells a machine the same."""
from __future__ import annotations

import dataclasses
import io
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
import yaml
from rich.console import Console

import build as building
import check_all
import permalinks
import publish as publishing
import review
import serve
from iontosite.faults import ContentError, Fault
from iontosite.content.library import load_library
from iontosite.content.room import PAGE_ROOM, READY_ROOM, ready_room, room_notes
from iontosite.finish.tables import label_tables
from iontosite.stage import templates
from iontosite.stage.compose import Composer


def run(main: Callable[[], int], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """A command with its arguments; returns its exit code."""
    monkeypatch.setattr(sys, "argv", ["command", *arguments])
    return main()


def edit(path: Path, old: str, new: str) -> None:
    """Change one place in a file that must hold it."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


class TestReview:
    """`make review`."""

    def test_exit_1_once_a_check_is_overdue(self, monkeypatch: pytest.MonkeyPatch, library) -> None:
        last = max(page.front.next_check for page in library.pages)
        assert run(review.main, monkeypatch, "--today", "2026-11-21") == 0
        assert run(review.main, monkeypatch, "--today", last.replace("20", "21", 1)) == 1

    def test_exit_1_on_a_fault(self, monkeypatch: pytest.MonkeyPatch, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        edit(project / "docs/en/after.md", "next_check:", "next_chek:")
        assert run(review.main, monkeypatch, "--docs", str(project / "docs")) == 1
        assert "docs/en/after.md:" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("signed", "today", "word"),
        [
            ("2026-12-01", "2026-12-02", "done"),
            ("2026-11-01", "2026-12-02", "due"),  # before the evidence was checked
            ("2026-12-01", "2028-01-01", "due"),  # the next check has passed since
            ("2028-01-01", "2028-01-02", "done"),
        ],
    )  # fmt: skip
    def test_a_clinical_review_grows_old(self, project: Path, signed: str, today: str, word: str) -> None:
        edit(project / "docs/reviews.yml", "sign_offs: []", f'sign_offs:\n  - {{page: /after/, name: "A. Person", role: "Nurse", date: "{signed}"}}')
        library = load_library(project / "docs")
        page = next(page for page in library.pages if page.path == "after.md")
        assert (page.front.evidence_checked, page.front.next_check) > ("2026-11-01", "2027")
        found = {standing.page: standing.review for standing in review.standings(library, review.date.fromisoformat(today))}
        assert found["docs/en/after.md"] == word and found["docs/en/index.md"] == "missing"


class TestCheck:
    """`make check`."""

    def test_exit_0_without_a_fault(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert run(check_all.main, monkeypatch, "--site", str(tmp_path / "none")) == 0

    @pytest.mark.parametrize(
        ("file", "old", "new", "says"),
        [
            ("docs/en/after.md", "## ", "It is painless.\n\n## ", "people feel tingling"),
            ("docs/en/after.md", "next_check:", "next_chek:", "next_chek"),
            ("docs/reading.yml", "\nnames:", "\nnmes:", "docs/reading.yml:.*nmes"),
            ("docs/reading.yml", "iontophoresis: 6", "iontophoresis: six", "docs/reading.yml:[0-9]+: syllables.iontophoresis"),
        ],
    )  # fmt: skip
    def test_exit_1_on_a_fault(self, monkeypatch: pytest.MonkeyPatch, project: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, says: str) -> None:
        edit(project / file, old, new)
        assert run(check_all.main, monkeypatch, "--docs", str(project / "docs"), "--site", str(project / "none")) == 1
        assert re.search(says, capsys.readouterr().out)

    def test_a_fault_in_line_100_says_100(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The terminal's own pictures for words between colons stay out of paths and lines."""
        building.print_faults(Console(), [Fault("docs/en/after.md", 100, "[x] is wrong")])
        assert "docs/en/after.md:100: [x] is wrong" in capsys.readouterr().out

    def test_exit_1_on_a_fault_in_the_finished_tree(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "index.html").write_text('<!doctype html><html lang="en"><body><a href="gone/">Gone</a></body></html>', "utf-8")
        assert run(check_all.main, monkeypatch, "--site", str(tmp_path)) == 1
        assert "missing-target" in capsys.readouterr().out


class TestPermalinks:
    """`make permalinks`."""

    LEDGER = 'addresses:\n  /: {since: "2026-01-01", ids: [old]}\n  /gone/: {since: "2026-01-01", ids: [kept]}\n'

    def test_the_ledger_only_grows(self, tmp_path: Path) -> None:
        """New addresses and ids come in with today's date; what stood there stays as it was, gone from the site or not."""
        ledger, site = tmp_path / "permalinks.yml", tmp_path / "site"
        ledger.write_text(self.LEDGER, "utf-8")
        (site / "new").mkdir(parents=True)
        (site / "index.html").write_text('<article><h2 id="fresh">Fresh</h2></article>', "utf-8")
        (site / "new" / "index.html").write_text('<article><h2 id="top">Top</h2></article>', "utf-8")
        assert permalinks.grow(site, ledger, "2026-05-05") == ["/#fresh", "/new/"]
        assert yaml.safe_load(ledger.read_text("utf-8"))["addresses"] == {
            "/": {"since": "2026-01-01", "ids": ["old", "fresh"]},
            "/gone/": {"since": "2026-01-01", "ids": ["kept"]},
            "/new/": {"since": "2026-05-05", "ids": ["top"]},
        }
        assert permalinks.grow(site, ledger, "2026-06-06") == []

    def test_check_exits_1_and_changes_nothing(self, monkeypatch: pytest.MonkeyPatch, project: Path, site: Path) -> None:
        ledger = project / "docs/permalinks.yml"
        monkeypatch.setattr(permalinks, "ROOT", project)
        assert run(permalinks.main, monkeypatch, "--check", "--site", str(site)) == 0
        edit(ledger, "  /after/:", "  /before-that/:")
        before = ledger.read_text("utf-8")
        assert run(permalinks.main, monkeypatch, "--check", "--site", str(site)) == 1
        assert ledger.read_text("utf-8") == before


class TestPublish:
    """The last step of a build."""

    @pytest.fixture
    def trees(self, tmp_path: Path) -> tuple[Path, Path]:
        """A new tree and the site that it shall replace."""
        for name in ("work/site", "site"):
            (tmp_path / name).mkdir(parents=True)
            (tmp_path / name / "index.html").write_text(name, "utf-8")
        return tmp_path / "work/site", tmp_path / "site"

    def test_the_new_site_stands_alone(self, trees: tuple[Path, Path]) -> None:
        finished, site = trees
        publishing.publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "work/site"
        assert sorted(path.name for path in site.parent.iterdir()) == ["site", "work"]

    def test_a_failure_puts_the_old_site_back(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        finished, site = trees
        rename = Path.rename

        def fails_at_the_end(path: Path, target: Path) -> Path:
            if path.name == ".site-new":
                raise OSError(5, "no more room")
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", fails_at_the_end)
        with pytest.raises(ContentError, match=r"site:1: the site cannot be put here \(no more room\).*--output"):
            publishing.publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "site"

    def test_what_no_build_made_is_never_replaced(self, trees: tuple[Path, Path]) -> None:
        _, site = trees
        docs, work = site.parent / "docs", site.parent / "work"
        docs.mkdir()
        with pytest.raises(ContentError, match="holds what no build of this site made"):
            publishing.refuse_to_replace(site, docs, work)
        (site / publishing.MARK).write_text("{}", "utf-8")
        publishing.refuse_to_replace(site, docs, work)
        publishing.refuse_to_replace(site.parent / "new", docs, work)
        for wrong in (docs, docs / "site", site.parent, work / "site"):
            with pytest.raises(ContentError, match="would replace the content, or the build's own work"):
                publishing.refuse_to_replace(wrong, docs, work)

    def test_another_disk_gets_a_copy(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        finished, site = trees
        rename = publishing.shutil.os.rename

        def one_disk_only(source: Path, target: Path) -> None:
            if "work" in str(source):
                raise OSError(18, "Invalid cross-device link")
            rename(source, target)

        monkeypatch.setattr("os.rename", one_disk_only)
        publishing.publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "work/site" and not finished.exists()


class TestServe:
    """`make serve` lives through what editors do."""

    def test_a_file_that_vanishes_is_passed_over(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(serve, "ROOT", project)
        monkeypatch.setattr(serve, "WATCHED", ("docs", "no-such-file.yml"))
        listed = Path.rglob
        monkeypatch.setattr(Path, "rglob", lambda path, pattern: [*listed(path, pattern), path / "after.md~"])
        assert project / "docs/en/after.md" in serve.snapshot()

    @pytest.mark.parametrize(
        ("error", "says"),
        [(jinja2.TemplateSyntaxError("unexpected end", 7, name="code.md.j2"), "code.md.j2:7: broken template"), (FileNotFoundError(2, "No such file", "docs/x~"), "docs/x~: No such file")],
    )  # fmt: skip
    def test_a_half_saved_file_is_told_and_survived(self, error: Exception, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        def fails(*_: object) -> None:
            raise error

        monkeypatch.setattr(building, "load_library", fails)
        said = io.StringIO()
        serve.rebuild(tmp_path / "site", Console(file=said))
        assert says in said.getvalue()

    def test_a_broken_template_is_a_fault_with_its_line(self, library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        folder = tmp_path / "staged"
        shutil.copytree(building.ROOT / "overrides" / "staged", folder)
        (folder / "page.md.j2").write_text("# {{ title }}\n\n{{ no_such_name }}\n", "utf-8")
        monkeypatch.setattr(templates, "FOLDER", folder)
        monkeypatch.setattr(templates, "_environment", templates._environment.__wrapped__)  # as it is without its memory
        inserts = dict.fromkeys(("glossary", "sources"), "")
        page = next(page for page in library.pages if page.path == "after.md")
        with pytest.raises(jinja2.TemplateError) as caught:
            Composer(library, "en", "https://a.example/", inserts).compose(page)
        assert "page.md.j2:3: broken template ('no_such_name' is undefined)" in str(building.template_fault(caught.value))


class TestRoom:
    """A long address of the site."""

    def test_the_ready_messages_leave_room(self, library) -> None:
        """Every clinic with an address of up to 60 characters can send them as one text message."""
        assert ready_room(library) >= READY_ROOM and room_notes(library) == []

    def test_an_address_of_60_characters_builds_and_says_what_is_long(self, project: Path) -> None:
        address = "https://" + "a" * 43 + ".example/"
        assert len(address) == 60
        edit(project / "docs/site.yml", "https://iontophoresis.example/", address)
        library = load_library(project / "docs")
        note = room_notes(library)[0]
        assert "site_url is 60 characters: the texts of" in note
        room = int(re.search(r"With (\d+) characters or fewer", note)[1])
        assert room >= PAGE_ROOM
        for length, notes in ((room, 0), (room + 1, 1)):
            site = library.site.model_copy(update={"site_url": "https://" + "a" * (length - 17) + ".example/"})
            assert len(site.site_url) == length and len(room_notes(dataclasses.replace(library, site=site))) == notes
        pages = {page.path: page for page in library.pages}
        composer = Composer(library, "en", address, {})
        assert library.strings["en"].frame["two_texts"] in composer.compose(pages["questions/child-chews-patch.md"])
        assert library.strings["en"].frame["two_texts"] not in composer.compose(pages["questions/does-it-hurt.md"])


def test_every_cell_of_a_table_gets_its_column_s_name(tmp_path: Path) -> None:
    """A phone stacks the cells of a row: each says what it is, and stays a cell for screen readers."""
    table = "<table><thead><tr><th>When</th><th>What <b>to do</b></th></tr></thead><tbody><tr><td>Now</td><td>Stop</td></tr></tbody></table>"
    page = tmp_path / "index.html"
    page.write_text(f'<html><body><article class="page">{table}</article></body></html>', "utf-8")
    label_tables(tmp_path)
    text = page.read_text("utf-8")
    for cell in ('<td role="cell" data-label="When">Now', '<td role="cell" data-label="What to do">Stop', '<th role="columnheader" scope="col">When', '<table role="table">', '<tr role="row">'):
        assert cell in text
