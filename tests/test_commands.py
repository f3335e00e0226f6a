"""What people run beside the build: each says what is wrong, and its exit code tells a machine the same."""

from __future__ import annotations

import argparse
import dataclasses
import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import yaml
from rich.console import Console

from iontosite import __main__ as command_line
from iontosite import publish as publishing
from iontosite.__main__ import COMMANDS, main, parser_of
from iontosite.commands import check, handouts, review
from iontosite.commands.permalinks import grow
from iontosite.content.load import load_content
from iontosite.content.model import Content
from iontosite.content.text_messages import PAGE_ROOM, READY_ROOM, ready_room, room_notes
from iontosite.faults import ContentError, Fault, print_faults, shown
from iontosite.project import ROOT
from iontosite.publish import MARK, publish, put_back, refuse_to_replace
from iontosite.stage.messages import question_texts
from signing import sign


def edit(path: Path, old: str, new: str) -> None:
    """Change one place in a file that must hold it."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


class TestCommandLine:
    """One program with a command for each thing that people do."""

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_good_help(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """`--help` says what the command does, how it is called and each option, and changes nothing."""
        with pytest.raises(SystemExit) as stopped:
            main([name, "--help"])
        said = capsys.readouterr().out
        assert stopped.value.code == 0 and f"usage: python -m iontosite {name}" in said
        for action in parser_of(name)._actions:
            assert all(option in said for option in action.option_strings)

    def test_every_command_is_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Each module of `commands` is in the list, and the list is what `--help` shows."""
        modules = {path.stem.replace("_", "-") for path in (ROOT / "scripts/iontosite/commands").glob("[a-z]*.py")}
        assert modules <= set(COMMANDS)
        with pytest.raises(SystemExit):
            main(["--help"])
        said = capsys.readouterr().out
        assert all(re.search(rf"^  {name} +{re.escape(what)}$", said, re.MULTILINE) for name, what in COMMANDS.items())

    @pytest.mark.parametrize("words", [[], ["bild"], ["build", "--no-such-option"], ["review", "--today", "soon"]])
    def test_what_no_command_understands_ends_with_2(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """And with a line that says what is understood."""
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2 and "usage: " in capsys.readouterr().err

    def test_it_runs_as_a_module(self, tmp_path: Path) -> None:
        """As `make` calls it: the exit code is the command's own."""
        command = [sys.executable, "-m", "iontosite", "permalinks", "--check", "--docs", str(tmp_path), "--site", str(tmp_path)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert done.returncode == 1 and "permalinks.yml" in done.stdout and done.stderr == ""

    def test_ctrl_c_ends_with_130(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """As shells say it, and without a traceback."""

        def stops(arguments: argparse.Namespace, console: Console) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(review, "run", stops)
        assert main(["review"]) == 130 and capsys.readouterr().out == "Stopped.\n"

    def test_an_end_that_is_asked_for_is_143(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """As shells say it, without a traceback, and what waits for the end of the command hears of it."""
        heard: list[str] = []

        def ends(arguments: argparse.Namespace, console: Console) -> int:
            try:
                os.kill(os.getpid(), signal.SIGTERM)
                return 0
            finally:
                heard.append("the end")

        before = signal.getsignal(signal.SIGTERM)
        monkeypatch.setattr(review, "run", ends)
        assert main(["review"]) == 143 and capsys.readouterr().out == "Ended.\n" and heard == ["the end"]
        assert signal.getsignal(signal.SIGTERM) == before

    def test_what_nobody_foresaw_is_one_line(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The last net: where the program was, what to do, and its whole story in a file; where no file can be, without it."""

        def breaks(arguments: argparse.Namespace, console: Console) -> int:
            return date.fromisoformat("soon").day

        monkeypatch.setattr(review, "run", breaks)
        for work in (tmp_path / "build", tmp_path / "file/build"):
            (tmp_path / "file").write_text("x", "utf-8")
            monkeypatch.setattr(command_line, "WORK", work)
            assert main(["review"]) == 1
            told = capsys.readouterr()
            assert re.match(
                r"scripts/iontosite/__main__\.py:\d+: the program did not foresee this.*ValueError: Invalid isoformat", told.out
            )
            assert "take back what you changed last" in told.out and "Traceback" not in told.out + told.err
            assert ("build/what-went-wrong.txt" in told.out) == (work.parent == tmp_path)
        assert "Traceback" in (tmp_path / "build/what-went-wrong.txt").read_text("utf-8")

    def test_faults_of_any_command_are_told(self, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With their lines, and exit code 1."""
        edit(tiny / "docs/en/after.md", "next_check:", "next_chek:")
        assert main(["review", "--docs", str(tiny / "docs")]) == 1
        said = capsys.readouterr().out
        assert "docs/en/after.md:" in said and "fault(s). Nothing was changed." in said

    def test_a_fault_in_line_100_says_100(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The terminal's own pictures for words between colons stay out of paths and lines."""
        print_faults(Console(), [Fault("docs/en/after.md", 100, "[x] is wrong")], "")
        assert capsys.readouterr().out == "docs/en/after.md:100: [x] is wrong\n1 fault(s).\n"

    def test_a_path_is_shown_as_its_writer_knows_it(self, tmp_path: Path) -> None:
        """From the top of the project; whole where it lies elsewhere."""
        assert shown(tmp_path / "docs/a.md", tmp_path) == "docs/a.md" and shown(Path("/x/a.md"), tmp_path) == "/x/a.md"

    def test_faults_are_told_once_and_in_order(self) -> None:
        """By file and line, whoever found them first."""
        one, two, three = Fault("a.md", 2, "x"), Fault("a.md", 10, "x", "kind"), Fault("b.md", 1, "x")
        assert str(ContentError([three, two, one, two])) == "a.md:2: x\na.md:10: kind: x\nb.md:1: x"


class TestBuild:
    """`make site`; what it builds is the matter of test_build.py."""

    def test_the_address_of_the_shell_is_built_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """SITE_URL says where, unless the option does; so do the checks."""
        monkeypatch.setenv("SITE_URL", "https://clinic.example/")
        for name in ("build", "check"):
            assert parser_of(name).parse_args([]).site_url == "https://clinic.example/"
            assert parser_of(name).parse_args(["--site-url", "https://other.example/"]).site_url == "https://other.example/"


class TestHandouts:
    """`make handouts`."""

    def test_every_sheet_is_written(
        self, tiny: Path, kept_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each in its language's folder, and each is told as it is done; posters are left to the build."""
        monkeypatch.setattr(handouts, "KEPT", kept_folder)
        assert main(["handouts", "--docs", str(tiny / "docs"), "--output", str(tiny / "sheets")]) == 0
        written = sorted((tiny / "sheets").rglob("*.pdf"))
        assert [path.relative_to(tiny / "sheets").as_posix() for path in written] == [
            f"en/visit-{paper}-{size}.pdf" for paper in ("a4", "letter") for size in ("large", "standard")
        ]
        assert all(len(pypdfium2.PdfDocument(path.read_bytes())) for path in written)
        said = capsys.readouterr().out
        assert "en/visit-letter-standard.pdf: 2 side(s)" in said and re.search(r"4 handouts in \d+\.\d s: ", said)

    def test_exit_1_on_a_line_that_is_gone(
        self, tiny: Path, kept_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Nothing is written then."""
        monkeypatch.setattr(handouts, "KEPT", kept_folder)
        edit(tiny / "docs/en/after.md", "Rinse the spot", "Wash the spot")
        assert main(["handouts", "--docs", str(tiny / "docs"), "--output", str(tiny / "sheets")]) == 1
        assert "docs/en/handouts/visit.yml:7: " in capsys.readouterr().out and not (tiny / "sheets").exists()


class TestReview:
    """`make review`."""

    def test_exit_1_once_a_check_is_overdue(self, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A page is listed as due soon for two months before its day, as overdue from the day after."""
        for today, code, word in (
            ("2026-11-21", 0, "2027-11-20"),
            ("2027-09-20", 0, "2027-11-20"),
            ("2027-09-21", 0, "due soon"),
            ("2027-11-20", 0, "due soon"),
            ("2027-11-21", 1, "OVERDUE"),
        ):
            assert main(["review", "--docs", str(tiny / "docs"), "--today", today]) == code
            said = capsys.readouterr().out
            assert word in said and ("due soon" in said) == (word == "due soon") and ("OVERDUE" in said) == (word == "OVERDUE"), (
                today
            )
            assert f"{12 if code else 0} overdue; clinical review: 12 of 12 missing, 0 lapsed" in said

    def test_the_most_urgent_page_comes_first(self, tiny: Path) -> None:
        """Overdue ones before the others, then by date and name; a page with nothing to do is not in the table."""
        edit(tiny / "docs/en/words.md", '"2027-11-20"', '"2026-12-01"')
        edit(tiny / "docs/en/sources.md", '"2027-11-20"', '"2026-12-20"')
        found = review.standings(load_content(tiny / "docs"), date(2026, 12, 10))
        assert [(each.page, each.overdue, each.due_soon) for each in found[:3]] == [
            ("docs/en/words.md", True, False),
            ("docs/en/sources.md", False, True),
            ("docs/en/about.md", False, False),
        ]

    def test_a_page_in_order_is_left_out(self, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Checked, signed and not due: the table is for what has to be done."""
        sign(tiny, {"/after/": ""}, date="2026-12-01", until="2027-06-01")
        assert main(["review", "--docs", str(tiny / "docs"), "--today", "2026-12-02"]) == 0
        said = capsys.readouterr().out
        assert "docs/en/after.md" not in said and "docs/en/index.md" in said and "11 of 12 missing, 0 lapsed" in said

    def test_a_sign_off_that_lapsed_is_told_with_its_reason(self, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Whose it was, of what, why, and what to do."""
        sign(tiny, {"/after/": ""}, date="2026-12-01", until="2027-06-01")
        edit(tiny / "docs/en/after.md", "Call your clinic if it lasts", "See your clinic if it lasts")
        sign(tiny, {"/": ""}, date="2026-12-01", until="2027-01-01")
        assert main(["review", "--docs", str(tiny / "docs"), "--today", "2027-01-02"]) == 0
        said = capsys.readouterr().out
        assert "10 of 12 missing, 2 lapsed" in said and "safety rules: 0 of 4 signed off" in said
        for what, why in (("/after/", "the words have changed since"), ("/", "its last day has passed")):
            assert f"sign-off: {what}: the sign-off of A. Person (2026-12-01) lapsed, because {why}" in said
        assert 'make sign OF="/after/"' in said


class TestCheck:
    """`make check`."""

    @pytest.fixture(autouse=True)
    def own_kept(self, kept_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is written into the project's own folder."""
        monkeypatch.setattr(check, "KEPT", kept_folder)

    def test_exit_0_without_a_fault(self, built_tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With a site, or without one, which it says."""
        docs = str(built_tiny / "docs")
        assert main(["check", "--docs", docs, "--site", str(tmp_path / "none")]) == 0
        said = capsys.readouterr().out
        assert "note: there is no site yet" in said and "0 fault(s)." in said
        assert main(["check", "--docs", docs, "--site", str(built_tiny / "site")]) == 0
        said = capsys.readouterr().out
        assert "new address(es) are not promised yet" in said and "0 fault(s)." in said

    def test_exit_0_for_the_address_that_it_was_built_for(self, built_tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """And 1 for another one: pages name their own address."""
        words = ["check", "--docs", str(built_tiny / "docs"), "--site", str(built_tiny / "site")]
        assert main([*words, "--site-url", "https://tiny.example/"]) == 0
        assert main([*words, "--site-url", "https://clinic.example/"]) == 1
        capsys.readouterr()

    @pytest.mark.parametrize(
        ("file", "old", "new", "says"),
        [
            ("docs/en/after.md", "## Tonight", "It is painless.\n\n## Tonight", r"docs/en/after\.md:\d+: "),
            ("docs/en/after.md", "next_check:", "next_chek:", "next_chek"),
            (
                "docs/en/handouts/visit.yml",
                '"Rinse the spot"',
                '"Rinse the sopt"',
                r"docs/en/handouts/visit\.yml:7: .*did you mean",
            ),
            ("docs/reading.yml", "\nnames:", "\nnmes:", "docs/reading.yml:.*nmes"),
            ("docs/reading.yml", "iontophoresis: 6", "iontophoresis: six", "docs/reading.yml:[0-9]+: syllables.iontophoresis"),
        ],
    )
    def test_exit_1_on_a_fault(
        self, tiny: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, says: str
    ) -> None:
        """In words, in a page's head, in a recipe, in the data that the rules read."""
        edit(tiny / file, old, new)
        assert main(["check", "--docs", str(tiny / "docs"), "--site", str(tiny / "none")]) == 1
        said = capsys.readouterr().out
        assert re.search(says, said) and re.search(r"^[1-9]\d* fault\(s\)\.$", said, re.MULTILINE)

    def test_exit_1_on_a_fault_in_the_finished_tree(
        self, built_tiny: Path, tiny_site: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What only a browser would see."""
        edit(tiny_site / "about/index.html", "Tests made this site.", 'Tests made <a href="gone/">this site</a>.')
        assert main(["check", "--docs", str(built_tiny / "docs"), "--site", str(tiny_site)]) == 1
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
        (site / "new" / "index.html").write_text('<article><h2 id="top">Top</h2><a href="a.pdf">A</a></article>', "utf-8")
        (site / "new" / "a.pdf").write_bytes(b"")
        assert grow(site, ledger, "2026-05-05") == ["/#fresh", "/new/", "/new/a.pdf"]
        text = ledger.read_text("utf-8")
        assert text.startswith("# Every address that was ever published")
        assert yaml.safe_load(text)["addresses"] == {
            "/": {"since": "2026-01-01", "ids": ["old", "fresh"]},
            "/gone/": {"since": "2026-01-01", "ids": ["kept"]},
            "/new/": {"since": "2026-05-05", "ids": ["top"]},
            "/new/a.pdf": {"since": "2026-05-05", "ids": []},
        }
        assert grow(site, ledger, "2026-06-06") == []

    def test_check_exits_1_and_changes_nothing(self, tiny: Path, tiny_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Without `--check` it adds them, says so, and then there is nothing left to say."""
        words = ["permalinks", "--docs", str(tiny / "docs"), "--site", str(tiny_site)]
        before = (tiny / "docs/permalinks.yml").read_bytes()
        assert main([*words, "--check"]) == 1
        assert "/words/ is not promised yet: run `make permalinks`" in capsys.readouterr().out
        assert (tiny / "docs/permalinks.yml").read_bytes() == before
        assert main(words) == 0 and "promised: /words/" in capsys.readouterr().out
        assert main([*words, "--check"]) == 0 and capsys.readouterr().out == ""
        assert {"/words/", "/after/", "/codes/icd10cm/m77.11/"} <= load_content(tiny / "docs").ledger.keys()


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
        """Nothing of the old one is left, and nothing beside it."""
        finished, site = trees
        publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "work/site"
        assert sorted(path.name for path in site.parent.iterdir()) == ["site", "work"]

    def test_a_failure_puts_the_old_site_back(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        """The last step fails: readers see the last good site."""
        finished, site = trees
        rename = Path.rename

        def fails_at_the_end(path: Path, target: Path) -> Path:
            if path.name == ".site-new":
                raise OSError(5, "no more room")
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", fails_at_the_end)
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)  # as on a system that cannot
        with pytest.raises(ContentError, match=r"site:1: the site cannot be put here \(no more room\).*--output"):
            publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "site"
        assert sorted(path.name for path in site.parent.iterdir()) == ["site", "work"]

    def test_without_an_exchange_two_renames_do(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        """The new site stands there, and nothing beside it."""
        finished, site = trees
        monkeypatch.setattr(publishing, "_exchange", lambda *_: False)
        publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "work/site"
        assert sorted(path.name for path in site.parent.iterdir()) == ["site", "work"]

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders by this call")
    def test_the_site_is_never_away(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        """Old and new change places in one step: nothing is renamed away first, where a kill would leave no site."""
        finished, site = trees
        monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("the site was away for a moment"))
        publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "work/site"

    def test_a_site_that_a_kill_took_away_comes_back(self, trees: tuple[Path, Path]) -> None:
        """Killed between two renames: the next build puts the last good site back before anything else."""
        _, site = trees
        site.rename(site.with_name(".site-old"))
        put_back(site)
        assert (site / "index.html").read_text("utf-8") == "site"
        put_back(site)
        put_back(site.parent / "nowhere" / "site")
        assert sorted(path.name for path in site.parent.iterdir()) == ["site", "work"]

    def test_a_web_server_may_read_it(self, trees: tuple[Path, Path]) -> None:
        """Made by somebody whose umask keeps everything to himself; what runs keeps its right to run."""
        finished, site = trees
        (finished / "sub").mkdir(mode=0o700)
        (finished / "sub/a.html").write_text("a", "utf-8")
        (finished / "sub/a.html").chmod(0o600)
        finished.chmod(0o700)
        publish(finished, site)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [site, *site.rglob("*")]}
        assert modes == {"site": 0o755, "sub": 0o755, "a.html": 0o644, "index.html": modes["index.html"] | 0o644}

    def test_half_a_site_does_not_fill_the_disk(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        """The disk is full in the middle: what was brought goes, the old site stays, and it is said what to do."""
        finished, site = trees

        def full(source: Path, target: Path) -> None:
            shutil.copytree(source, target)
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("shutil.move", full)
        with pytest.raises(ContentError, match=r"No space left on device.*make room on the disk"):
            publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "site" and not (site.parent / ".site-new").exists()

    def test_what_no_build_made_is_never_replaced(self, trees: tuple[Path, Path]) -> None:
        """A folder with other things in it, the content, or the build's own work."""
        _, site = trees
        docs, work = site.parent / "docs", site.parent / "work"
        docs.mkdir()
        with pytest.raises(ContentError, match="holds what no build of this site made"):
            refuse_to_replace(site, docs, work)
        (site / MARK).write_text("{}", "utf-8")
        refuse_to_replace(site, docs, work)
        refuse_to_replace(site.parent / "new", docs, work)
        for wrong in (docs, docs / "site", site.parent, work / "site"):
            with pytest.raises(ContentError, match="would replace the content, or the build's own work"):
                refuse_to_replace(wrong, docs, work)

    def test_another_disk_gets_a_copy(self, trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        """The work folder may lie elsewhere."""
        finished, site = trees
        rename = os.rename

        def one_disk_only(source: Path, target: Path) -> None:
            if "work" in str(source):
                raise OSError(18, "Invalid cross-device link")
            rename(source, target)

        monkeypatch.setattr("os.rename", one_disk_only)
        publish(finished, site)
        assert (site / "index.html").read_text("utf-8") == "work/site" and not finished.exists()


class TestRoom:
    """A long address of the site."""

    def test_the_ready_messages_leave_room(self, content: Content) -> None:
        """Every clinic with an address of up to 60 characters can send them as one text message."""
        assert ready_room(content) >= READY_ROOM and room_notes(content) == []

    def test_an_address_of_60_characters_builds_and_says_what_is_long(self, tiny: Path) -> None:
        """It is no fault; a note says which length would do, and the pages say what takes two messages."""
        edit(
            tiny / "docs/en/questions/does-it-hurt.md",
            "It tingles. Say stop if it burns. More:",
            "It tingles. Say stop if it burns." + " Say so." * 8,
        )
        address = "https://" + "a" * 43 + ".example/"
        assert len(address) == 60
        content = load_content(tiny / "docs", address)
        (note,) = room_notes(content)
        assert "site_url is 60 characters: the texts of 1 page(s)" in note
        found = re.search(r"With (\d+) characters or fewer", note)
        assert found and int(found[1]) >= PAGE_ROOM
        for length, notes in ((int(found[1]), 0), (int(found[1]) + 1, 1)):
            site = content.site.model_copy(update={"site_url": "https://" + "a" * (length - 17) + ".example/"})
            assert len(site.site_url) == length and len(room_notes(dataclasses.replace(content, site=site))) == notes
        edition = content.edition("en")
        assert edition.strings.clinics["two_texts"] in question_texts(content, edition)
        short = load_content(tiny / "docs")
        assert edition.strings.clinics["two_texts"] not in question_texts(short, short.edition("en"))
