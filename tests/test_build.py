"""The build as a whole: a failure changes nothing, the same input gives the same bytes, a sub-path works, addresses last."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import os
import re
import resource
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import jinja2
import pytest
from playwright.sync_api import Browser
from pydantic import ValidationError
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from conftest import give
from iontosite import templates
from iontosite.__main__ import main
from iontosite.alone import alone_in
from iontosite.check.ledger import check_ledger, forgotten_promises, not_yet_promised
from iontosite.content.ledger import Promise, Redirect, load_ledger
from iontosite.content.load import load_content
from iontosite.content.located import read_yaml
from iontosite.content.model import Content
from iontosite.faults import ContentError
from iontosite.finish.redirects import keep_sections, write_redirects
from iontosite.finish.tables import label_tables
from iontosite.kept import Kept
from iontosite.links.check import check_links
from iontosite.pipeline import Plan, build, template_fault
from iontosite.project import DOCS, OVERRIDES
from iontosite.publish import MARK

SLOWEST = 60  # seconds for all paper on two cores
Edit = Callable[[Path], None]


def digest(site: Path) -> dict[str, str]:
    """Every file of a tree with the hash of its bytes."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def edit(file: str, old: str, new: str) -> Edit:
    """Change one place in a file of a project, which must hold it."""

    def make(project: Path) -> None:
        text = (project / file).read_text("utf-8")
        assert old in text, (file, old)
        (project / file).write_text(text.replace(old, new, 1), "utf-8")

    return make


def run(project: Path, kept: Kept, *extra: str) -> int:
    """`make site` on a project of the test's own; its exit code."""
    places = ["--docs", project / "docs", "--output", project / "site", "--work", project / "build", "--kept", kept.folder]
    return main(["build", *map(str, places), *extra])


def quiet(project: Path, kept: Kept, site_url: str | None = None) -> None:
    """The build itself, for what it raises."""
    plan = Plan(project / "docs", project / "site", project / "build", site_url)
    build(plan, Console(file=io.StringIO()), kept)


class TestFailure:
    """A build that fails says everything, changes nothing, and does not keep anybody waiting."""

    def test_it_exits_1_and_leaves_the_last_good_site(self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
        """The faults are listed with their lines, and the old site is byte for byte what it was."""
        (tiny / "site").mkdir()
        (tiny / "site" / "index.html").write_text("the last good site", encoding="utf-8")
        (tiny / "site" / MARK).write_text("{}", encoding="utf-8")
        before = digest(tiny / "site")
        with (tiny / "docs/en/about.md").open("a", encoding="utf-8") as file:
            file.write("\nText.[^nobody-1900] [Gone](gone.md)\n")
        assert run(tiny, kept) == 1
        said = capsys.readouterr().out
        assert "docs/en/about.md:20: " in said and "nobody-1900" in said and "gone.md" in said
        assert "2 fault(s). The last good site was not touched." in said
        assert digest(tiny / "site") == before

    def test_a_broken_anchor_stops_it_too(self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
        """A link to a heading that is not there is a fault like any other."""
        with (tiny / "docs/en/about.md").open("a", encoding="utf-8") as file:
            file.write("\n[Nowhere](after.md#no-such-heading)\n")
        assert run(tiny, kept) == 1 and "no-such-heading" in capsys.readouterr().out
        assert not (tiny / "site").exists()

    def test_two_builds_in_one_folder_are_one_too_many(self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
        """The second one says who is at work, and changes nothing; in a folder of its own it may."""
        with alone_in(tiny / "build", "a build"):
            assert run(tiny, kept) == 1
            said = capsys.readouterr().out
            assert f"a build (process {os.getpid()}) works in this folder" in said and "--work" in said
        assert not (tiny / "site").exists()

    @pytest.mark.parametrize(
        ("error", "says"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), "the disk is full: make room"),
            (OSError(errno.EROFS, "Read-only file system", "/x/y"), "/x/y:1: Read-only file system: make it yours"),
            (PermissionError(errno.EACCES, "Permission denied", "/x/y"), "/x/y:1: Permission denied: make it yours"),
            (OSError(errno.EIO, "Input/output error", "/x/y"), "/x/y:1: Input/output error: look at this file"),
        ],
        ids=["full", "read only", "somebody else's", "broken"],
    )
    def test_what_the_disk_refuses_is_said(
        self,
        tiny: Path,
        kept: Kept,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        error: OSError,
        says: str,
    ) -> None:
        """In words, with the file and what to do."""

        def refuses(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("iontosite.pipeline.print_drafts", refuses)
        assert run(tiny, kept) == 1
        said = capsys.readouterr().out
        assert says in said and "Traceback" not in said and "The last good site was not touched." in said

    def test_a_work_folder_that_cannot_be_is_said(self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
        """A file stands where the folder should be."""
        (tiny / "build").write_text("x", "utf-8")
        assert run(tiny, kept) == 1
        assert re.search(r"build:1: (File exists|Not a directory): look at this file", capsys.readouterr().out)

    def test_what_the_builder_says_stops_it_too(self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
        """A page that the menu leaves out is found as the pages are rendered, after everything else was right."""
        edit("mkdocs.yml", "      - Words: words.md\n", "")(tiny)
        assert run(tiny, kept) == 1 and "mkdocs.yml:6: words.md is not in the menu" in capsys.readouterr().out
        assert not (tiny / "site").exists()

    @pytest.mark.parametrize(
        ("broken", "says"),
        [
            (
                edit("docs/en/after.md", "Red skin is normal.[^first-2001]", "Red skin is normal.[^nobody]"),
                r"docs/en/after\.md:10: .*nobody",
            ),
            (edit("docs/en/after.md", "```icon-array", "```icon-arrya"), r"docs/en/after\.md:50: .*did you mean"),
            (
                edit("docs/en/handouts/visit.yml", '"Rinse the spot"', '"Rinse the spt"'),
                r"docs/en/handouts/visit\.yml:7: .*did you mean",
            ),
            (edit("docs/en/handouts/visit.yml", "audience:", "audiense:"), r"docs/en/handouts/visit\.yml:\d: .*audiense"),
            (edit("docs/glossary.yml", "source: first-2001", "source: nobody"), r"docs/glossary\.yml:\d: .*nobody"),
            (edit("overrides/theme/main.html", "{% block", "{% blok"), r"overrides/theme/main\.html:\d+: broken template"),
        ],
        ids=["source", "figure", "recipe line", "recipe key", "glossary", "theme"],
    )
    def test_a_fault_is_told_before_anything_is_printed(self, tiny: Path, tmp_path: Path, broken: Edit, says: str) -> None:
        """Markdown, data, a recipe or a template: nobody waits for paper to hear of it."""
        own = Kept(tmp_path / "own-kept")
        broken(tiny)
        with pytest.raises(ContentError, match=says):
            quiet(tiny, own)
        assert own.made["pdf"] == 0 and not (tiny / "build/stage").exists()

    @pytest.mark.parametrize(
        ("folder", "name"),
        [("staged", "page.md.j2"), ("staged", "sources.md.j2"), ("print", "poster.html.j2"), ("print", "maker.html.j2")],
    )
    def test_a_broken_template_of_ours_too(
        self, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, name: str
    ) -> None:
        """Those for pages and those for paper are the project's own: they are read before anything is printed."""
        own, copy = Kept(tmp_path / "own-kept"), Path(shutil.copytree(OVERRIDES, tmp_path / "ours"))
        (copy / folder / name).write_text("fine\n{% if %}\n", "utf-8")
        monkeypatch.setattr(templates, "OVERRIDES", copy)
        monkeypatch.setattr(templates, "FOLDER", copy / "staged")
        templates._environment.cache_clear()
        try:
            with pytest.raises(ContentError, match=rf"{name}:2: broken template"):
                quiet(tiny, own)
        finally:
            templates._environment.cache_clear()
        assert own.made["pdf"] == 0

    def test_a_name_that_a_template_does_not_get_is_told_with_its_line(
        self, tiny: Path, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Only filling it in shows this; the fault still names template and line, and the site stays as it was."""
        copy = Path(shutil.copytree(templates.FOLDER, tmp_path / "staged"))
        (copy / "page.md.j2").write_text("# {{ title }}\n\n{{ no_such_name }}\n", "utf-8")
        monkeypatch.setattr(templates, "FOLDER", copy)
        templates._environment.cache_clear()
        try:
            with pytest.raises(ContentError, match=r'page\.md\.j2:3: broken template \(nothing gives it "no_such_name"\)'):
                quiet(tiny, kept)
        finally:
            templates._environment.cache_clear()
        assert not (tiny / "site").exists()

    def test_a_template_s_error_without_a_place_is_told_too(self) -> None:
        """One that was not raised from a template's own line."""
        assert str(template_fault(jinja2.TemplateError("no words"))).startswith("overrides:1: broken template (no words)")
        error = jinja2.TemplateSyntaxError("unexpected end", 7, name="code.md.j2")
        assert str(template_fault(error)).startswith("code.md.j2:7: broken template (unexpected end)")


class TestSameBytes:
    """What is published depends on the input alone."""

    def test_the_same_input_gives_the_same_bytes(self, site: Path, tmp_path: Path) -> None:
        """The real site again, with nothing kept: equal in every file, so what is kept is what would be printed. All paper
        takes under a minute of two cores: what counts is the time that the printers computed, not the clock on the wall."""
        before, own = computed(), Kept(tmp_path / "own-kept")
        build(Plan(DOCS, tmp_path / "again", tmp_path / "build"), Console(file=io.StringIO()), own)
        assert own.reused["pdf"] == 0 and own.made["pdf"] >= 28
        assert (computed() - before) / 2 < SLOWEST
        assert digest(tmp_path / "again") == digest(site)

    def test_a_second_build_uses_again_what_it_can(self, tiny: Path, tmp_path: Path, kept: Kept) -> None:
        """Nothing is printed, no staged file is written, no byte differs; and the table says so."""
        first, second = io.StringIO(), io.StringIO()
        plan = Plan(tiny / "docs", tiny / "site", tiny / "build")
        build(plan, Console(file=first, width=120), kept)
        bytes_before = digest(tiny / "site")
        kept.made, kept.reused = Counter(), Counter()
        build(plan, Console(file=second, width=120), kept)
        assert kept.made == Counter() and digest(tiny / "site") == bytes_before
        assert "8 PDFs used again, 0 printed" in second.getvalue() and "files as before, 0 new" in second.getvalue()
        assert "12 new address" not in second.getvalue() and "not promised yet: run `make permalinks`" in first.getvalue()

    def test_a_sub_path_works(self, tiny: Path, kept: Kept, built_tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Built for another address, every link holds there, and pages, sitemap and paper name it."""
        address = "https://clinic.example/patients/ionto/"
        assert run(tiny, kept, "--site-url", address) == 0, capsys.readouterr().out
        assert check_links(tiny / "site", address).faults == []
        for file in ("after/index.html", "sitemap.xml", "handouts/make/visit/index.html", "robots.txt", "permalinks.json"):
            text = (tiny / "site" / file).read_text("utf-8")
            assert address in text and "https://tiny.example" not in text, file
        other, here = digest(built_tiny / "site"), digest(tiny / "site")
        fingerprinted = re.compile(r"\.[0-9a-f]{10}(?=\.js$|\.css$)")
        assert {fingerprinted.sub("", name) for name in other} == {fingerprinted.sub("", name) for name in here}
        assert other["handouts/visit-a4-large.pdf"] != here["handouts/visit-a4-large.pdf"]


def computed() -> float:
    """Processor seconds of all processes that this one started and saw end."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class TestAddresses:
    """An address that was published works for ever, or says where it went."""

    def test_a_page_that_vanishes_fails_the_build_and_says_how_to_mend_it(
        self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The ledger keeps addresses: the message holds the very line to add, and with it the old address leads on."""
        edit("docs/permalinks.yml", "addresses:\n", 'addresses:\n  /old-page/: {since: "2026-01-01", ids: [x]}\n')(tiny)
        assert run(tiny, kept) == 1
        said = capsys.readouterr().out
        assert "docs/permalinks.yml:2: /old-page/ was promised on 2026-01-01, and nothing stands there any more" in said
        line = said.partition("docs/redirects.yml: ")[2].partition("}")[0] + "}"
        line = line.replace('"/…/"', '"/after/"').replace('"…"', '"merged"')
        edit("docs/redirects.yml", "redirects: []", f"redirects:\n  - {line}")(tiny)
        assert run(tiny, kept) == 0, capsys.readouterr().out
        page = (tiny / "site/old-page/index.html").read_text("utf-8")
        assert 'http-equiv="refresh" content="0; url=/after/"' in page and 'href="/after/"' in page
        assert '"now": "https://tiny.example/after/"' in (tiny / "site/permalinks.json").read_text("utf-8")

    def test_a_promise_that_left_the_ledger_fails_the_build(
        self, tiny: Path, kept: Kept, built_tiny: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The last good site still knows it: the message holds the very line to put back. A site that says nothing of the kind, or
        is not there, promised nothing."""
        shutil.copytree(built_tiny / "site", tiny / "site")
        edit("docs/permalinks.yml", "ids: [tonight]", "ids: []")(tiny)
        assert run(tiny, kept) == 1
        said = capsys.readouterr().out
        assert "/after/#tonight was promised by the site that stands, and the ledger has lost it" in said
        assert 'put back: /after/: {since: "' in said and "ids: [tonight]}" in said and "empty site/" in said
        ledger = dict(load_content(built_tiny / "docs").ledger)
        assert forgotten_promises(tiny / "site", ledger) == []
        del ledger["/after/"]
        (fault,) = forgotten_promises(tiny / "site", ledger)
        assert fault.message.startswith("/after/ of ")
        for text in ("{", "[]", '{"permalinks": {"/x/": 3}}', '{"permalinks": {"/x/": {"since": "a", "ids": 3}}}'):
            (tiny / "site/permalinks.json").write_text(text, "utf-8")
            assert forgotten_promises(tiny / "site", {}) == []

    def test_a_page_that_moved_takes_its_ids_along(self, tiny_site: Path, tiny_content: Content, browser: Browser) -> None:
        """A promised page with promised headings moves with one line; the old address with an #id opens the new page there."""
        ledger = {"/old-page/": Promise(since="2026-01-01", ids=["tonight"])}
        shutil.copy(DOCS / "assets/moved.js", tiny_site / "assets/moved.js")  # which a build gives another name afterwards
        write_redirects(moved(tiny_content, "/old-page/", "/after/"), tiny_site)
        assert check_ledger(tiny_site, ledger) == []
        assert check_links(tiny_site, tiny_content.site.site_url).faults == []
        page = browser.new_page()
        base = tiny_content.site.site_url
        give(page, tiny_site, base)
        page.goto(f"{base}old-page/#tonight")
        page.wait_for_url("**/after/#tonight")
        page.close()

    @pytest.mark.parametrize("bad", ["/../escaped/", "/old", "//host/", "/.git/", "old/", "/a b/"])
    def test_a_redirect_never_leaves_the_site(self, bad: str) -> None:
        """What is written stands below the site's own folder."""
        with pytest.raises(ValidationError):
            Redirect(**{"from": bad, "to": "/after/", "why": "a test"})
        assert Redirect(**{"from": "/codes/icd10cm/M77.11/", "to": "/after/#tonight", "why": "capitals and an id are fine"})

    def test_a_heading_id_that_vanishes_fails_the_build(self, tiny_site: Path, tiny_content: Content) -> None:
        """Heading ids are part of addresses: a renamed one needs a redirect, and then the old one works."""
        ledger = {"/after/": Promise(since="2026-01-01", ids=["tonight", "an-old-id"])}
        (fault,) = check_ledger(tiny_site, ledger)
        assert fault.message.startswith("/after/#an-old-id was promised and is gone") and "docs/redirects.yml" in fault.message
        write_redirects(moved(tiny_content, "/after/#an-old-id", "/after/#emergency"), tiny_site)
        assert check_ledger(tiny_site, ledger) == []
        text = (tiny_site / "after/index.html").read_text("utf-8")
        heading = LexborHTMLParser(text).css_first("#emergency")
        assert heading and (heading.html or "").partition(">")[2].startswith('<span id="an-old-id"></span>')

    def test_a_sheet_for_committees_keeps_the_ids_of_reworded_headings(self, tiny_site: Path, tiny_content: Content) -> None:
        """They lead to its list of statements without a line in `redirects.yml`; on another page of the pack they do not."""
        ids = ["statements", "old-words", "kept-words"]
        ledger = {f"/clinics/review/{name}/": Promise(since="2026-01-01", ids=ids) for name in ("page-after", "rules-1", "gone")}
        for name, top in (("page-after", "statements"), ("rules-1", "rules")):
            page = tiny_site / "clinics/review" / name / "index.html"
            page.parent.mkdir(parents=True)
            page.write_text(f'<article><h2 id="{top}">It</h2><h3 id="kept-words">Words</h3></article>', "utf-8")
        keep_sections(dataclasses.replace(tiny_content, ledger=ledger), tiny_site)
        lost = [fault.message.partition(" ")[0] for fault in check_ledger(tiny_site, ledger)]
        assert lost == [f"/clinics/review/{name}" for name in ("rules-1/#statements", "rules-1/#old-words", "gone/")]
        text = (tiny_site / "clinics/review/page-after/index.html").read_text("utf-8")
        assert '<h2 id="statements"><span id="old-words"></span>It</h2>' in text

    def test_a_fault_of_the_ledger_stands_at_its_line(self, tiny: Path, tiny_site: Path) -> None:
        """A promised heading that is gone is told where the promise was made."""
        edit("docs/permalinks.yml", "ids: [tonight]", "ids: [tonight, gone]")(tiny)
        located = read_yaml(tiny / "docs/permalinks.yml", "docs/permalinks.yml")
        (fault,) = check_ledger(tiny_site, load_ledger(located), located)
        assert (fault.path, fault.line) == ("docs/permalinks.yml", 3)

    def test_a_file_keeps_its_old_name(self, tiny_site: Path, tiny_content: Content) -> None:
        """A sheet that was renamed is found under both names, and the ledger is content."""
        ledger = {"/handouts/old.pdf": Promise(since="2026-01-01")}
        (fault,) = check_ledger(tiny_site, ledger)
        assert "/handouts/old.pdf was promised" in fault.message and "bring the file back" in fault.message
        write_redirects(moved(tiny_content, "/handouts/old.pdf", "/handouts/visit-a4-large.pdf"), tiny_site)
        assert check_ledger(tiny_site, ledger) == []
        assert (tiny_site / "handouts/old.pdf").read_bytes() == (tiny_site / "handouts/visit-a4-large.pdf").read_bytes()

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("/after/", "/about/", "a page still stands at the old address"),
            ("/gone/", "/nowhere/", "there is no page at /nowhere/"),
            ("/after/#x", "/about/#y", "that page has no heading #y"),
            ("/after/#x", "/after/", "same page"),
            ("/after/#x", "/after/#no-such", "that page has no heading #no-such"),
            ("/after/#tonight", "/after/#emergency", "the old id still stands on the page"),
            ("/gone/#x", "/gone/#y", "there is no page at /gone/"),
            ("/handouts/visit-a4-large.pdf", "/handouts/visit-a4-standard.pdf", "a file still stands at the old address"),
            ("/handouts/old.pdf", "/handouts/none.pdf", r"no \.pdf file at the new address"),
            ("/handouts/old.pdf", "/robots.txt", r"there is no page at /robots\.txt"),
        ],
    )
    def test_a_redirect_that_leads_nowhere_is_refused(self, tiny: Path, tiny_site: Path, old: str, new: str, says: str) -> None:
        """A redirect is checked as it is written, and the fault stands at its line."""
        edit("docs/redirects.yml", "redirects: []", f'redirects:\n  - {{from: "{old}", to: "{new}", why: "a test"}}')(tiny)
        with pytest.raises(ContentError, match=rf"docs/redirects\.yml:2: .*{says}"):
            write_redirects(load_content(tiny / "docs"), tiny_site)

    def test_every_redirect_that_leads_nowhere_is_told_at_once(
        self, tiny: Path, kept: Kept, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """And the build stops for them."""
        lines = "".join(f'\n  - {{from: "/gone-{n}/", to: "/nowhere/", why: "a test"}}' for n in (1, 2))
        edit("docs/redirects.yml", "redirects: []", f"redirects:{lines}")(tiny)
        assert run(tiny, kept) == 1
        said = capsys.readouterr().out
        assert all(f"docs/redirects.yml:{line}: leads to /nowhere/" in said for line in (2, 3))

    def test_every_address_is_promised(self, site: Path, content: Content) -> None:
        """The ledger in the repository is up to date: `make permalinks` has been run."""
        assert not_yet_promised(site, content.ledger) == []


def moved(content: Content, old: str, new: str) -> Content:
    """Content with one redirect."""
    return dataclasses.replace(content, redirects=(Redirect(**{"from": old, "to": new, "why": "renamed"}),))


class TestFinish:
    """What no builder does."""

    def test_the_sitemap_has_true_dates(self, built_tiny: Path, tiny_content: Content) -> None:
        """Each page and each code's page once, dated by its evidence check, never by the build."""
        entries = [(entry[0].text, entry[1].text) for entry in ElementTree.parse(built_tiny / "site/sitemap.xml").getroot()]
        expected = [("https://tiny.example/" + page.url, page.front.evidence_checked) for page in tiny_content.pages]
        expected += [("https://tiny.example/" + code.url, "2026-11-20") for code in tiny_content.edition("en").codes]
        expected += [(f"https://tiny.example/sources/{part}/", "2026-11-20") for part in ("an-az", "fa-fm")]
        expected += [(f"https://tiny.example/clinics/codes/{sheets}/", "2026-11-20") for sheets in ("plain", "trust")]
        assert sorted(entries) == sorted(expected) and len(entries) == 18
        assert "Sitemap: https://tiny.example/sitemap.xml" in (built_tiny / "site/robots.txt").read_text("utf-8")

    def test_codes_are_found_as_record_systems_write_them(self, built_tiny: Path) -> None:
        """In capitals, or without the dot: each leads to the page of the code."""
        site = built_tiny / "site"
        assert (site / "codes/icd10cm/m77.11/index.html").is_file()
        for spelling in ("M77.11", "M7711", "m7711"):
            assert "m77.11/" in (site / f"codes/icd10cm/{spelling}/index.html").read_text("utf-8"), spelling

    def test_nothing_unused_is_published(self, site: Path) -> None:
        """Nothing of the theme, neither sheet nor script, no source map, no search language: the site has its own frame."""
        names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
        theme = ("assets/javascripts", "assets/stylesheets", "assets/images")
        assert not [name for name in names if name.endswith(".map") or name.startswith(theme)]
        for name in ("index.html", "404.html", "after/index.html"):
            assert "md-" not in (site / name).read_text("utf-8"), name

    def test_every_cell_of_a_table_gets_its_column_s_name(self, tmp_path: Path) -> None:
        """A phone stacks the cells of a row: each says what it is, and stays a cell for screen readers."""
        table = "<table><thead><tr><th>When</th><th>What <b>to do</b></th></tr></thead><tbody><tr><td>Now</td><td>Stop</td></tr></tbody></table>"
        page = tmp_path / "index.html"
        page.write_text(f'<html><body><article class="page">{table}</article></body></html>', "utf-8")
        label_tables(tmp_path)
        text = page.read_text("utf-8")
        for cell in (
            '<td role="cell" data-label="When">Now',
            '<td role="cell" data-label="What to do">Stop',
            '<th role="columnheader" scope="col">When',
            '<table role="table">',
            '<tr role="row">',
        ):
            assert cell in text
