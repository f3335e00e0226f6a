"""Printing and keeping: only what has changed is printed, what was damaged is made again, and nothing outlives Ctrl+C."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from conftest import copy_tiny
from iontosite.alone import alone_in
from iontosite.content.load import load_content
from iontosite.faults import ContentError, Fault
from iontosite.kept import Kept
from iontosite.paper import layout, printed_matter, printing
from iontosite.paper.engine import OfflineFetcher, _picture_type
from iontosite.paper.handouts import SIZES
from iontosite.paper.layout import TEMPLATES
from iontosite.paper.posters import SQUARES
from iontosite.paper.printed_matter import Drafts, draft_all, print_drafts
from iontosite.paper.printing import Job, Printed, print_all, print_job
from iontosite.project import ROOT

ENDS_WITHIN = 3.0  # seconds from Ctrl+C to the end
PROGRAM = ("printing.py", "engine.py", "wptags.py")


def change(path: Path, old: str, new: str) -> None:
    """Change one place in a file that must hold it."""
    text = path.read_text("utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def draft(project: Path, kept: Kept) -> Drafts:
    """Everything that a project prints."""
    return draft_all(load_content(project / "docs"), kept)


def jobs_of(project: Path, kept: Kept) -> list[Job]:
    """Every print job of a project."""
    drafts = draft(project, kept)
    return [draft.job for draft in drafts.handouts] + drafts.posters


@pytest.fixture
def own(tmp_path: Path) -> Kept:
    """Kept pieces of the test's own, none at first."""
    return Kept(tmp_path / "own-kept")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the jobs that are printed, by a printer that takes no time."""
    names: list[str] = []

    def quick(job: Job) -> Printed | Fault:
        names.append(job.name)
        return Printed(f"{job.name}: {job.variants[0][1]}".encode(), job.variants[0][0], 1)

    monkeypatch.setattr(printing, "print_job", quick)
    monkeypatch.setattr(printed_matter, "first_side", lambda pdf, kept: b"a picture")  # what is no PDF has no first side
    return names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The print folder and the program that prints, copied so that they can be changed."""
    copy = Path(shutil.copytree(TEMPLATES, tmp_path / "print"))
    for name in PROGRAM:
        shutil.copy(Path(printing.__file__).with_name(name), copy / name)
    monkeypatch.setattr(layout, "TEMPLATES", copy)
    monkeypatch.setattr(printing, "TEMPLATES", copy)
    monkeypatch.setattr(printing, "__file__", str(copy / "printing.py"))
    forget()
    yield copy
    forget()


def forget() -> None:
    """Forget what was read once from the print folder."""
    layout.environment.cache_clear()
    printing.program.cache_clear()


class TestKeeping:
    """What was printed once is printed again only when something that it is made from has changed."""

    def test_nothing_is_printed_twice(self, tiny: Path, own: Kept, printed: list[str]) -> None:
        """The second time every piece is the kept one, and says so."""
        said: list[str] = []
        jobs = jobs_of(tiny, own)
        first = print_all(jobs, own, workers=1)
        assert printed == [job.name for job in jobs] and own.made["pdf"] == len(jobs)
        assert print_all(jobs, own, workers=1, tell=said.append) == first
        assert len(printed) == len(jobs) and own.reused["pdf"] == len(jobs)
        assert said == [f"{job.name}: 1 side(s), as before" for job in jobs]

    def test_half_a_piece_does_not_fill_the_disk(self, own: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
        """What cannot be kept is given all the same, and nothing is left of it."""

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("os.replace", full)
        assert own.put(b"x", "pdf", "made from this") == b"x" and own.get("pdf", "made from this") is None
        assert [path for path in own.folder.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize(
        "damage",
        [lambda data: b"", lambda data: data[: len(data) // 2], lambda data: data[:-1] + b"?", lambda data: b"x" + data, None],
        ids=["empty", "half written", "last byte changed", "hash changed", "gone"],
    )
    def test_a_damaged_piece_is_printed_again(
        self, tiny: Path, own: Kept, printed: list[str], damage: Callable[[bytes], bytes] | None
    ) -> None:
        """A piece that does not hold its own hash is no piece; the others stay."""
        jobs = jobs_of(tiny, own)
        first = print_all(jobs, own, workers=1)
        piece = own._path("pdf", printing._made_from(jobs[0]))
        if damage:
            piece.write_bytes(damage(piece.read_bytes()))
        else:
            piece.unlink()
        printed.clear()
        assert print_all(jobs, own, workers=1) == first
        assert printed == [jobs[0].name]

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("docs/en/after.md", "Rinse the spot.", "Rinse the spot well."),
            ("docs/en/handouts/visit.yml", "For people", "For all people"),
            ("docs/en/handouts/visit.yml", "figure: pad.svg", "figure: pad2.svg"),
        ],
    )
    def test_a_changed_handout_is_printed_and_no_poster(
        self, tiny: Path, own: Kept, printed: list[str], file: str, old: str, new: str
    ) -> None:
        """Words of a page, words of a recipe, another drawing: the four sheets of the handout, and nothing else."""
        shutil.copy(tiny / "docs/assets/figures/pad.svg", tiny / "docs/assets/figures/pad2.svg")
        with (tiny / "docs/en/after.md").open("a", encoding="utf-8") as page:
            page.write('\n![A pad.](assets/figures/pad2.svg){ width="100" height="50" }\n\n/// caption\nA pad.\n///\n')
        print_all(jobs_of(tiny, own), own, workers=1)
        printed.clear()
        change(tiny / file, old, new)
        print_all(jobs_of(tiny, own), own, workers=1)
        assert sorted(printed) == sorted(f"en/visit-{paper}-{size.name}.pdf" for paper in ("letter", "a4") for size in SIZES)

    def test_a_changed_title_is_printed_on_its_poster_alone(self, tiny: Path, own: Kept, printed: list[str]) -> None:
        """Both papers of the poster of that page."""
        print_all(jobs_of(tiny, own), own, workers=1)
        printed.clear()
        change(tiny / "docs/en/conditions/elbow.md", "Elbow pain", "Sore elbow")
        print_all(jobs_of(tiny, own), own, workers=1)
        assert sorted(printed) == ["en/conditions-elbow-a4.pdf", "en/conditions-elbow-letter.pdf"]

    @pytest.mark.parametrize("name", ["handout.css", "page-a4.css", "fonts/NotoSans-400.ttf", *PROGRAM])
    def test_another_style_sheet_font_or_program_makes_other_pieces(self, folder: Path, tiny: Path, own: Kept, name: str) -> None:
        """One byte more in any file that prints, and no kept piece stands for it."""
        before = [printing._made_from(job) for job in jobs_of(tiny, own)]
        with (folder / name).open("ab") as file:
            file.write(b" ")
        forget()
        after = [printing._made_from(job) for job in jobs_of(tiny, own)]
        assert len(before) == len(after) and not set(before) & set(after)

    @pytest.mark.parametrize(
        ("name", "kind"), [("handout.html.j2", "visit"), ("handout-body.html.j2", "visit"), ("poster.html.j2", "elbow")]
    )
    def test_another_template_makes_other_pieces(self, folder: Path, tiny: Path, own: Kept, name: str, kind: str) -> None:
        """The sheets that are made from it, and only those."""
        before = {job.name: printing._made_from(job) for job in jobs_of(tiny, own)}
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("<!-- more -->")
        forget()
        after = {job.name: printing._made_from(job) for job in jobs_of(tiny, own)}
        changed = {job for job in before if before[job] != after[job]}
        assert changed and all((kind in job) or (kind == "elbow" and "visit" not in job) for job in changed)

    def test_another_version_of_a_library_makes_other_pieces(
        self, tiny: Path, own: Kept, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The renderer, and the text layout of the system."""
        job = jobs_of(tiny, own)[0]
        found = {printing._made_from(job)}
        for name, other in (("version", lambda _: "0.0"), ("_pango", lambda: "0.0"), ("_pango", lambda: "")):
            monkeypatch.setattr(printing, name, other)
            forget()
            found.add(printing._made_from(job))
        assert len(found) == 4

    def test_without_the_text_layout_library_its_version_is_empty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Looking for it is no reason to stop: the renderer itself says that it is missing."""
        assert printing._pango().count(".") == 2
        monkeypatch.setattr(printing.ctypes.util, "find_library", lambda _: None)
        assert printing._pango() == ""

    def test_another_drawing_under_the_same_name_makes_other_pieces(self, tiny: Path, own: Kept) -> None:
        """The bytes count, not the name."""
        before = [printing._made_from(job) for job in jobs_of(tiny, own)]
        change(tiny / "docs/assets/figures/pad.svg", 'width="100"', 'width="90"')
        after = [printing._made_from(job) for job in jobs_of(tiny, own)]
        assert [one == other for one, other in zip(before, after, strict=True)] == [False] * 4 + [True] * 4

    @pytest.mark.parametrize(
        "other",
        [
            {"name": "en/other.pdf"},
            {"variants": ((13.0, "<p>Words</p>"),)},
            {"variants": ((14.0, "<p>Other words</p>"),)},
            {"variants": ((14.0, "<p>Words</p>"), (13.0, "<p>Words</p>"))},
            {"sides": 4},
            {"qr_code": b"<svg/>"},
        ],
        ids=["name", "size", "words", "one more size", "sides", "QR code"],
    )
    def test_everything_in_a_job_counts(self, tmp_path: Path, other: dict[str, object]) -> None:
        """Another name, size, number of sides, QR code or word is another piece; where a fault would stand is not."""
        job = Job("en/x.pdf", ((14.0, "<p>Words</p>"),), 2, b"<svg></svg>", tmp_path, Fault("x.yml", 1, "x"))
        assert printing._made_from(replace(job, **other)) != printing._made_from(job)
        assert printing._made_from(replace(job, problem=Fault("x.yml", 2, "x"))) == printing._made_from(job)


class TestStale:
    """A preview shows a save at once, with the paper that was printed last."""

    def test_older_paper_is_taken_and_said(self, tiny: Path, own: Kept, printed: list[str]) -> None:
        """What changed comes as it was and is called stale; the same without permission is printed."""
        first = print_drafts(draft(tiny, own), own, workers=1)
        assert not first.is_stale
        printed.clear()
        change(tiny / "docs/en/after.md", "Rinse the spot.", "Rinse the spot well.")
        drafts = draft(tiny, own)
        shown = print_drafts(drafts, own, workers=1, may_be_stale=True)
        assert shown.is_stale and printed == []
        assert [sheet.pdf for sheet in shown.sheets] == [sheet.pdf for sheet in first.sheets]
        fresh = print_drafts(drafts, own, workers=1)
        assert not fresh.is_stale and len(printed) == 4
        assert all(b"well" in sheet.pdf for sheet in fresh.sheets) and not any(b"well" in sheet.pdf for sheet in shown.sheets)

    def test_what_was_never_printed_is_printed(self, tiny: Path, own: Kept, printed: list[str]) -> None:
        """There is no older paper to show: nobody gets a page without its sheet."""
        shown = print_drafts(draft(tiny, own), own, workers=1, may_be_stale=True)
        assert not shown.is_stale and len(printed) == 8

    def test_paper_of_another_project_is_not_taken(self, tiny: Path, own: Kept, printed: list[str], tmp_path: Path) -> None:
        """Two copies of the site that share kept pieces never show each other's words."""
        print_drafts(draft(tiny, own), own, workers=1)
        printed.clear()
        other = copy_tiny(tmp_path / "other")
        change(other / "docs/en/after.md", "Rinse the spot.", "Rinse the spot well.")
        assert not print_drafts(draft(other, own), own, workers=1, may_be_stale=True).is_stale
        assert len(printed) == 4

    def test_older_paper_of_a_size_that_is_gone(
        self, tiny: Path, own: Kept, printed: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Paper that was printed in a size which no draft has any more is printed, not taken."""
        from iontosite.paper import handouts

        print_drafts(draft(tiny, own), own, workers=1)
        printed.clear()
        monkeypatch.setattr(handouts, "SIZES", tuple(replace(size, points=size.points[1:]) for size in SIZES))
        shown = print_drafts(draft(tiny, own), own, workers=1, may_be_stale=True)
        assert len(printed) == 4 and not shown.is_stale


class TestPrinting:
    """The real renderer, on one sheet."""

    def test_the_largest_type_that_fits_is_taken(self, tiny: Path, own: Kept) -> None:
        """A short text gets the largest, a longer one a smaller; the sides are counted."""
        job = jobs_of(tiny, own)[0]
        done = print_job(job)
        assert isinstance(done, Printed) and done.variant == 14 and done.sides == len(pypdfium2.PdfDocument(done.pdf)) == 2
        page = '<!doctype html><html lang="en"><title>x</title><style>@page{{size:letter}}p{{height:{}mm}}</style><p>Words</p><p>Words</p>'
        job = replace(job, variants=((14.0, page.format(240)), (13.0, page.format(100))), sides=1)
        done = print_job(job)
        assert isinstance(done, Printed) and (done.variant, done.sides) == (13, 1)

    def test_text_that_does_not_fit_fails(self, tiny: Path, own: Kept) -> None:
        """More text than a sheet holds is a fault at its recipe that says how many sides it takes; no smaller type is tried."""
        recipe = tiny / "docs/en/handouts/visit.yml"
        parts = "".join(f'  - {{title: "More {n}", look: text, blank_rows: 9, only: standard}}\n' for n in range(30))
        recipe.write_text(recipe.read_text("utf-8") + parts, "utf-8")
        drafts = draft(tiny, own)
        two = Drafts([draft for draft in drafts.handouts if draft.size.name == "standard"][:1], drafts.posters[:1])
        with pytest.raises(
            ContentError,
            match=r"docs/en/handouts/visit\.yml:1: does not fit on 2 sides of letter at 12 pt: it makes \d+; take lines",
        ) as caught:
            print_drafts(two, own, workers=1)
        assert len(caught.value.faults) == 1
        assert own.made["pdf"] == 1  # what does fit is kept for the next time

    def test_a_poster_with_no_room_for_its_words_fails(self, tiny: Path, own: Kept) -> None:
        """The fault stands at the title of its page."""
        job = draft(tiny, own).posters[0]
        assert [square for square, _ in job.variants] == list(SQUARES)
        html = job.variants[-1][1].replace("</h1>", f"{' more words' * 300}</h1>", 1)
        assert html != job.variants[-1][1]
        fault = print_job(replace(job, variants=((65.0, html),)))
        assert (
            isinstance(fault, Fault)
            and (fault.path, fault.line) == ("docs/en/after.md", 2)
            and "shorten its title" in fault.message
        )

    @pytest.mark.parametrize(
        ("picture", "why"),
        [
            ("https://example.org/logo.png", "nothing is fetched from a network"),
            ("asset:none.png", "No such file"),
            ("asset:bad.xyz", "no picture that paper can show"),
            ("file:///no/such/file.png", ""),
        ],
    )
    def test_a_picture_that_cannot_be_had_fails_the_sheet(self, tiny: Path, own: Kept, picture: str, why: str) -> None:
        """From a network, not there, or no picture: no sheet is printed without it, and the fault names handout and picture."""
        job = jobs_of(tiny, own)[0]
        (tiny / "docs/assets/bad.xyz").write_bytes(b"x")
        html = job.variants[0][1].replace("<main>", f'<main><img src="{picture}" alt="A picture">')
        assert html != job.variants[0][1]
        fault = print_job(replace(job, variants=((14.0, html),)))
        assert isinstance(fault, Fault) and fault.path == "docs/en/handouts/visit.yml"
        assert job.name in fault.message and picture in fault.message and why in fault.message

    def test_only_pictures_are_given_as_pictures(self) -> None:
        """The ending says which kind it is."""
        assert _picture_type(Path("a.svg")) == "image/svg+xml"
        with pytest.raises(ValueError, match=r"notes\.txt is no picture"):
            _picture_type(Path("notes.txt"))

    def test_the_renderer_gets_files_of_the_project(self, tmp_path: Path) -> None:
        """The QR code, a drawing, a font by its path."""
        (tmp_path / "assets").mkdir()
        (tmp_path / "assets/a.svg").write_bytes(b"<svg/>")
        fetcher = OfflineFetcher(tmp_path, b"<svg>code</svg>")
        assert fetcher.fetch("file:///x/qr.svg").read() == b"<svg>code</svg>"
        assert fetcher.fetch("asset:a.svg").read() == b"<svg/>"
        assert fetcher.fetch((tmp_path / "assets/a.svg").as_uri()).read() == b"<svg/>"
        with pytest.raises(ValueError, match="nothing is fetched from a network"):
            fetcher.fetch("http://localhost/qr.png")


class TestCtrlC:
    """Somebody stops a build while it prints."""

    def test_a_build_that_is_stopped_leaves_nobody_behind(self, tiny: Path) -> None:
        """It ends within three seconds with 130, as shells say it; nobody tells where he was, and no process prints on. A build that
        was done before the signal came proves nothing, and is tried again."""
        for attempt in range(5):
            build, said, errors, seconds = self.stopped(tiny, f"site-{attempt}")
            if build.returncode != 0:
                break
        assert build.returncode == 130 and said.rstrip().endswith("Stopped.") and errors == ""
        assert seconds < ENDS_WITHIN and not printers(build.pid) and not (tiny / f"site-{attempt}").exists()

    @pytest.mark.parametrize(("number", "code", "last"), [(signal.SIGTERM, 143, "Ended."), (signal.SIGKILL, -9, "")])
    def test_a_build_that_is_ended_alone_leaves_nobody_behind(self, tiny: Path, number: int, code: int, last: str) -> None:
        """As a supervisor ends it, and as the system does for want of memory: the signal goes to the first process only, and no
        printer waits for it ever after. The next build finds no lock."""
        for attempt in range(5):
            build, said, errors, _ = self.stopped(tiny, f"site-{attempt}", lambda pid: os.kill(pid, number))
            if build.returncode != 0:
                break
        ends = time.monotonic() + 10
        while printers(build.pid) and time.monotonic() < ends:
            time.sleep(0.05)
        assert build.returncode == code and said.rstrip().endswith(last)
        assert number == signal.SIGKILL or errors == ""  # a child that was just starting tells that its parent is gone
        assert not printers(build.pid) and not (tiny / f"site-{attempt}").exists()
        with alone_in(tiny / f"work-site-{attempt}", "a build"):
            pass

    def stopped(
        self, tiny: Path, name: str, end: Callable[[int], None] = lambda pid: os.killpg(pid, signal.SIGINT)
    ) -> tuple[subprocess.Popen[str], str, str, float]:
        """A build that is stopped as soon as somebody prints, by Ctrl+C as a terminal sends it, to everybody: the process, what it said, and the seconds until it was gone."""
        command = [sys.executable, "-m", "iontosite", "build", "--docs", str(tiny / "docs"), "--output", str(tiny / name)]
        command += ["--work", str(tiny / f"work-{name}"), "--kept", str(tiny / f"kept-{name}")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
        build = subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            while not printers(build.pid):
                assert build.poll() is None, build.communicate()
                time.sleep(0.02)
            start = time.monotonic()
            end(build.pid)
            said, errors = build.communicate(timeout=60)
            return build, said, errors, time.monotonic() - start
        finally:
            if build.poll() is None:
                os.killpg(build.pid, signal.SIGKILL)

    def test_an_interrupt_in_our_own_process_ends_the_others(
        self, tiny: Path, own: Kept, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whatever stops the waiting: the printing processes are told to end."""
        ended: list[str] = []

        class Child:
            def terminate(self) -> None:
                ended.append("told")

        class Pool:
            def __init__(self, *_: object, **__: object) -> None: ...
            def __enter__(self) -> Pool:
                return self

            def __exit__(self, *_: object) -> None: ...
            def submit(self, *_: object) -> Pool:
                return self

            def result(self) -> Printed:
                raise KeyboardInterrupt

        monkeypatch.setattr(printing, "ProcessPoolExecutor", Pool)
        monkeypatch.setattr(printing.multiprocessing, "active_children", lambda: [Child(), Child()])
        with pytest.raises(KeyboardInterrupt):
            print_all(jobs_of(tiny, own), own)
        assert ended == ["told", "told"]
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    def test_nobody_is_left_half_started(self) -> None:
        """While children start, the signal waits, whichever thread of ours the system hands it to, and is heard at the end."""
        started, done = threading.Event(), threading.Event()
        listener = threading.Thread(target=lambda: (started.set(), done.wait(10)))  # as the one that draws the progress
        listener.start()
        started.wait(10)
        reached = []
        try:
            with pytest.raises(KeyboardInterrupt), printing._children_that_hear_no_interrupt():
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.05)
                reached.append("the end")
        finally:
            done.set()
            listener.join()
        assert reached == ["the end"]


def printers(group: int) -> list[int]:
    """The processes of a group that print, or wait to print."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(place.name)) == group and b"spawn_main" in (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:  # it has ended
            continue
    return found
