"""The link checker passes a clean site, and catches each kind of fault at the line where it stands, and no other.

`fixtures/links/clean` uses every construct as it should be. `faults.yml` holds a proof of each kind: how to change the clean
site, and what must be said. `variations.yml` holds single lines to try.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iontosite import __main__ as iontosite_main
from iontosite.commands import outside_links
from iontosite.faults import Fault
from iontosite.links import __main__ as links_main
from iontosite.links.alike import Alike
from iontosite.links.check import KINDS, LinkReport, check_links, read_site, told_base
from iontosite.links.html_page import read_page
from iontosite.links.places import Places
from iontosite.links.references import srcset_addresses

FIXTURES = Path(__file__).parent / "fixtures" / "links"
CLEAN = FIXTURES / "clean"
README = Path(__file__).parents[1] / "scripts" / "iontosite" / "links" / "README.md"
SITE_URL = "https://clinic.example/skin/"
PAGE = "visit/index.html"
FAULTS: dict[str, dict[str, Any]] = yaml.safe_load((FIXTURES / "faults.yml").read_text(encoding="utf-8"))
VARIATIONS: dict[str, dict[str, str]] = yaml.safe_load((FIXTURES / "variations.yml").read_text(encoding="utf-8"))


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A copy of the clean site, free to be broken."""
    return Path(shutil.copytree(CLEAN, tmp_path / "clean"))


def found(report: LinkReport) -> set[tuple[str, str]]:
    """Which kinds were reported, and where."""
    return {(fault.path, fault.kind) for fault in report.faults}


def write(site: Path, file: str, text: str) -> None:
    """Write one file of a site."""
    path = site / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def replace(site: Path, file: str, old: str, new: str) -> None:
    """Change one place in a file that must hold it."""
    text = (site / file).read_text(encoding="utf-8")
    assert old in text
    write(site, file, text.replace(old, new, 1))


def change(site: Path, proof: dict[str, Any]) -> dict[str, str]:
    """Change the clean site as a proof of faults.yml has it; returns what must be said: file → `line: words`."""
    assert set(proof) <= {"add", "replace", "write", "remove", "says"}
    for file in proof.get("remove", ()):
        (site / file).unlink()
    for file, changes in proof.get("replace", {}).items():
        for old, new in changes.items():
            replace(site, file, old, new)
    for file, text in proof.get("write", {}).items():
        assert not (site / file).exists()
        write(site, file, text)
    if "add" in proof:
        replace(site, PAGE, "</main>", proof["add"] + "\n</main>")
    return proof.get("says", {})


def entry(address: str) -> str:
    """One more entry of a sitemap, and its end."""
    return f"<url><loc>{address}</loc></url></urlset>"


class TestCleanSite:
    """A site without faults is passed, and its outside links are listed."""

    def test_no_false_alarm(self) -> None:
        assert check_links(CLEAN, SITE_URL).faults == []

    def test_outside_links_with_their_pages(self) -> None:
        assert check_links(CLEAN, SITE_URL).outside == {
            "http://www.w3.org/1999/xhtml": {"index.html"},
            "https://clinic.example/another-site/": {"index.html"},
            "https://other.example/": {"404.html"},
            "https://other.example/page#part": {"index.html"},
        }

    def test_site_url_may_lack_its_last_slash(self) -> None:
        assert check_links(CLEAN, SITE_URL.rstrip("/")).faults == []

    def test_at_another_address_every_full_address_is_wrong(self) -> None:
        kinds = {kind for _, kind in found(check_links(CLEAN, "https://moved.example/"))}
        assert {"not-own-address", "missing-target"} <= kinds

    @pytest.mark.parametrize("name", VARIATIONS["fine"])
    def test_fine_variation(self, clean: Path, name: str) -> None:
        replace(clean, PAGE, "</main>", VARIATIONS["fine"][name] + "\n</main>")
        assert check_links(clean, SITE_URL).faults == []


class TestFaults:
    """Every kind of fault is caught where it stands, alone."""

    def test_every_kind_has_its_proof(self) -> None:
        assert list(KINDS) == list(FAULTS)

    @pytest.mark.parametrize("kind", FAULTS)
    def test_fault(self, clean: Path, kind: str) -> None:
        says = change(clean, FAULTS[kind])
        faults = check_links(clean, SITE_URL).faults
        assert {(fault.path, fault.kind) for fault in faults} == {(file, kind) for file in says}
        for fault in faults:
            line, _, words = says[fault.path].partition(": ")
            assert str(fault).startswith(f"{fault.path}:{line}: {kind}: ")
            assert words in fault.message

    @pytest.mark.parametrize("stale", [{"replace": {PAGE: {"gone": "x"}}}, {"remove": ["gone"]}, {"ad": "x"}])
    def test_a_proof_that_changes_nothing_fails(self, clean: Path, stale: dict[str, Any]) -> None:
        with pytest.raises((AssertionError, FileNotFoundError)):
            change(clean, {**stale, "says": {}})

    @pytest.mark.parametrize(
        ("kind", "name"),
        [(kind, name) for kind, named in VARIATIONS.items() if kind != "fine" for name in named],
    )
    def test_variation(self, clean: Path, kind: str, name: str) -> None:
        replace(clean, PAGE, "</main>", VARIATIONS[kind][name] + "\n</main>")
        assert found(check_links(clean, SITE_URL)) == {(PAGE, kind)}

    def test_a_kind_without_proof_is_refused(self) -> None:
        with pytest.raises(ValueError, match="add it to KINDS"):
            LinkReport().add(PAGE, "strange", "")


class TestOtherFiles:
    """Files that are no pages are read too, and their faults stand at their own names."""

    @pytest.mark.parametrize(
        ("file", "old", "new", "kind"),
        [
            ("assets/site.css", "fonts/plain.woff2", "fonts/Plain.woff2", "letter-case"),
            ("assets/site.css", '"print.css"', '"zzz.css"', "missing-target"),
            ("assets/site.css", "../assets/photo.png", "../../photo.png", "outside-tree"),
            ("assets/site.css", "url('logo.svg')", "url(http://other.example/logo.svg)", "outside-load"),
            ("assets/site.css", "fonts/plain.woff2", "https://other.example/plain.woff2", "outside-load"),
            ("assets/logo.svg", "photo.png", "https://other.example/photo.png", "outside-load"),
            ("assets/logo.svg", "photo.png", "zzz.png", "missing-target"),
            ("assets/logo.svg", "url(#paint)", "url(#pain)", "missing-fragment"),
            ("assets/logo.svg", 'xlink:href="#drop"', 'xlink:href="#dorp"', "missing-fragment"),
            ("assets/site.webmanifest", '"start_url": "../', '"start_url": "/', "outside-base-path"),
            ("assets/site.webmanifest", "logo.svg", "../zzz.svg", "missing-target"),
            ("assets/site.webmanifest", "../visit/", "../visit", "missing-slash"),
            ("assets/site.webmanifest", '"Skin clinic",', '"Skin clinic"', "invalid-json"),
            ("assets/site.webmanifest", '[{"src": "photo.png"}],', '"photo.png",', "invalid-json"),
            ("permalinks.json", "skin/visit/", "skin/zzz/", "missing-target"),
            ("permalinks.json", "{", "[", "invalid-json"),
            ("robots.txt", "skin/sitemap.xml", "sitemap.xml", "not-own-address"),
            ("robots.txt", "https://clinic.example", "", "relative-address"),
            ("sitemap.xml", "</urlset>", entry(SITE_URL + "zzz/"), "missing-target"),
            ("sitemap.xml", "</urlset>", entry("https://other.example/"), "not-own-address"),
            ("sitemap.xml", 'href="https://clinic.example/skin/es/"', 'href="/skin/es/"', "relative-address"),
            ("sitemap.xml", 'hreflang="es"', 'hreflang="fr"', "hreflang-wrong-language"),
            (
                "sitemap.xml",
                "skin/visit/</loc>",
                "skin/visit/</loc></url><url><loc>https://clinic.example:443/skin/es/</loc>",
                "not-own-address",
            ),
            ("sitemap.xml", "</urlset>", entry(SITE_URL + "old/"), "sitemap-not-indexable"),
            ("old/index.html", "url=../visit/", "url=../zzz/", "missing-target"),
            ("old/index.html", "0; url=../visit/", "0; ../zzz/", "missing-target"),
            ("old/index.html", "0; url=../visit/", "0, url=../zzz/", "missing-target"),
            ("old/index.html", "0; url=../visit/", " 0.5 URL = '../zzz/'", "missing-target"),
            ("old/index.html", "#caf%C3%A9", "#tea", "missing-fragment"),
            ("old/index.html", 'skin/visit/">\n</head>', 'skin/">\n</head>', "canonical-mismatch"),
            ("404.html", "/skin/assets/site.css", "assets/site.css", "relative-on-404"),
            ("404.html", 'href="/skin/"', 'href="?x=1"', "relative-on-404"),
            ("404.html", 'href="/skin/"', 'href="/"', "outside-base-path"),
            ("404.html", 'href="/skin/"', 'href="https://clinic.example/skin/?x=1"', "own-full-address"),
            ("404.html", 'href="/skin/"', 'href="/skin/zzz/"', "missing-target"),
        ],
    )
    def test_fault_in(self, clean: Path, file: str, old: str, new: str, kind: str) -> None:
        replace(clean, file, old, new)
        assert found(check_links(clean, SITE_URL)) == {(file, kind)}

    def test_404_page_of_another_language(self, clean: Path) -> None:
        write(clean, "es/404.html", '<!doctype html><html lang="es"><title>No</title><a href="../">Inicio</a>')
        assert found(check_links(clean, SITE_URL)) == {("es/404.html", "relative-on-404")}

    def test_a_link_on_the_disk_to_nothing(self, clean: Path) -> None:
        (clean / "assets/gone.css").symlink_to(clean / "assets/nothing.css")
        (clean / "gone.html").symlink_to("nothing.html")
        expected = {("assets/gone.css", "missing-target"), ("gone.html", "missing-target")}
        assert found(check_links(clean, SITE_URL)) == expected

    @pytest.mark.parametrize("host", ["clinic.example:443", "me@clinic.example", "clinic.example.", "CLINIC.example"])
    def test_the_own_host_in_another_writing(self, clean: Path, host: str) -> None:
        replace(clean, PAGE, "</main>", f'<a href="https://{host}/skin/gone/">gone</a></main>')
        assert found(check_links(clean, SITE_URL)) == {(PAGE, "own-full-address"), (PAGE, "missing-target")}

    def test_a_redirect_on_the_way_is_a_way(self, clean: Path) -> None:
        replace(clean, "es/index.html", '<a href="visit/">', '<a href="../viejo/">')
        old = '<!doctype html><html lang="es"><title>x</title><meta http-equiv="refresh" content="0;url=../es/visit/">'
        write(clean, "viejo/index.html", old)
        assert check_links(clean, SITE_URL).faults == []

    def test_a_language_that_is_linked_from_another_one_only(self, clean: Path) -> None:
        replace(clean, "es/index.html", "</main>", '<a href="../fr/">Français</a></main>')
        write(clean, "fr/index.html", '<!doctype html><html lang="fr"><title>Bonjour</title><a href="../">English</a>')
        replace(clean, "sitemap.xml", "</urlset>", entry(SITE_URL + "fr/"))
        assert found(check_links(clean, SITE_URL)) == {("fr/index.html", "language-unlinked")}

    def test_a_page_that_leads_to_itself_is_a_loop(self, clean: Path) -> None:
        replace(clean, "old/index.html", "url=../visit/#caf%C3%A9", "url=./")
        assert ("old/index.html", "redirect-loop") in found(check_links(clean, SITE_URL))

    def test_an_empty_tree_is_not_passed(self, tmp_path: Path) -> None:
        assert ("index.html", "start-page-missing") in found(check_links(tmp_path, SITE_URL))

    def test_one_misspelt_link_is_one_fault(self, clean: Path) -> None:
        replace(clean, "es/index.html", '<a href="visit/">', '<a href="Visit/">')
        assert found(check_links(clean, SITE_URL)) == {("es/index.html", "letter-case")}

    def test_redirects_and_permalinks_are_no_ways_to_a_page(self, clean: Path) -> None:
        permalink = f'<a class="permalink" href="{SITE_URL}es/visit/">copy me</a>'
        replace(clean, "es/index.html", '<a href="visit/">Visita</a>', permalink)
        replace(clean, "old/index.html", '<a href="../visit/">', '<a href="../es/visit/">')
        assert found(check_links(clean, SITE_URL)) == {("es/visit/index.html", "orphan")}


class TestAdvice:
    """A fault says what is wrong and what to do; where something near exists, it is named."""

    @pytest.mark.parametrize(
        ("line", "advice"),
        [
            ('<a href="../vist/">x</a>', "did you mean /skin/visit/?"),
            ('<a href="../es/index.md">x</a>', "there is /skin/es/"),
            ('<a href="../ES/">x</a>', "write /skin/es/"),
            ('<a href="../es">x</a>', "end it with /, as in /skin/es/"),
            ('<a href="#cafè">x</a>', 'did you mean "#café"?'),
            ('<label for="caf">x</label>', 'did you mean "café"?'),
            ('<a href="/es/">x</a>', "write /skin/es/"),
            (f'<a href="{SITE_URL}es/#x">x</a>', 'write "../es/#x"'),
            ('<a href="tel:+1 555">x</a>', "tel:+1-555-010-0199"),
        ],
    )
    def test_names_the_nearest(self, clean: Path, line: str, advice: str) -> None:
        replace(clean, PAGE, "</main>", f"{line}\n</main>")
        assert any(advice in fault.message for fault in check_links(clean, SITE_URL).faults)


class TestSpeed:
    """The checker may run in every build."""

    PAGES = 200

    @pytest.fixture
    def large(self, tmp_path: Path) -> Path:
        """200 pages of about 20 KB, each with 60 links to others and to their parts."""
        words = "The current moves the medicine through the skin, slowly, and you may feel it tingle a little. " * 3
        for number in range(self.PAGES):
            links = "".join(
                f'<h2 id="part-{part}">Part {part}</h2>\n<p>{words}'
                f'<a href="../page-{(number + part) % self.PAGES}/#part-{part}">more</a></p>\n'
                for part in range(60)
            )
            page = f'<!doctype html><html lang="en"><title>{number}</title><body>{links}</body></html>'
            write(tmp_path, f"page-{number}/index.html", page)
        assert 15_000 < len(page) < 30_000
        write(tmp_path, "index.html", '<!doctype html><html lang="en"><title>0</title><a href="page-0/">go</a></html>')
        addresses = ["", *(f"page-{number}/" for number in range(self.PAGES))]
        entries = "".join(f"<url><loc>https://clinic.example/{address}</loc></url>" for address in addresses)
        write(tmp_path, "sitemap.xml", f"<urlset>{entries}</urlset>")
        return tmp_path

    def test_200_pages_in_less_than_a_second(self, large: Path) -> None:
        # The processor's time, because other tests run beside this one.
        start = time.process_time()
        report = check_links(large, "https://clinic.example/")
        assert time.process_time() - start < 1
        assert report.faults == []


class TestOutsideLinks:
    """`make outside-links --list` prints every outside address once, with its pages, and needs no network."""

    def run(self, *words: str) -> int:
        return iontosite_main.main(["outside-links", "--list", *words])

    def test_list(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("--list must not use the network")

        monkeypatch.setattr("urllib.request.urlopen", refuse)
        assert self.run("--site", str(CLEAN), "--site-url", SITE_URL) == 0
        printed = capsys.readouterr().out.splitlines()
        assert printed[printed.index("https://other.example/page") + 1] == "    index.html"
        assert printed[printed.index("https://other.example/") + 1] == "    404.html"

    def test_no_site(self, tmp_path: Path) -> None:
        assert self.run("--site", str(tmp_path / "none")) == 1


class TestTrying:
    """Without --list each address is asked for, and the dead ones are printed with what is wrong."""

    def test_dead_and_alive(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        def answer(request: urllib.request.Request, timeout: float) -> io.BytesIO:
            address = request.full_url
            if "page" in address:
                raise urllib.error.HTTPError(address, 404, "Not Found", Message(), None)
            if "w3.org" in address:
                raise urllib.error.HTTPError(address, 403, "Forbidden", Message(), None)
            if "clinic" in address:
                raise urllib.error.URLError("no such host")
            return io.BytesIO()

        monkeypatch.setattr("urllib.request.urlopen", answer)
        monkeypatch.setattr(outside_links, "PAUSE", 0)
        assert iontosite_main.main(["outside-links", "--site", str(CLEAN), "--site-url", SITE_URL]) == 1
        printed = capsys.readouterr().out
        assert "https://other.example/page  answers 404 Not Found\n    index.html" in printed
        assert "https://clinic.example/another-site/  does not answer: no such host" in printed
        assert "2 of 4 outside links are dead" in printed


class TestCommand:
    """Anybody can check any folder: `python -m iontosite links`, or `python -m iontosite.links`."""

    @pytest.fixture(params=["iontosite links", "iontosite.links"])
    def run(self, request: pytest.FixtureRequest) -> Callable[..., int]:
        """Either way to call it."""
        if request.param == "iontosite links":
            return lambda *words: iontosite_main.main(["links", *map(str, words)])
        return lambda *words: links_main.main([str(word) for word in words])

    def test_a_folder_without_faults(self, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
        assert run(CLEAN, "--base", SITE_URL, "--sitemap") == 0
        assert capsys.readouterr().out == f"0 fault(s) in 7 page(s), 4 outside address(es), as at {SITE_URL}\n"

    def test_faults_with_their_lines_and_counts(
        self, run: Callable[..., int], clean: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        change(clean, {"add": '<a href="../gone/">[x]</a> <a href="../es/gone/">:smile:</a> <a href="">x</a>'})
        assert run(clean, "--base", SITE_URL) == 1
        *faults, counts = capsys.readouterr().out.splitlines()
        assert [fault.partition(' "')[0] for fault in faults] == [
            f"{clean.as_posix()}/{PAGE}:15: {fault}"
            for fault in ("empty-link: a href", "missing-target: a href", "missing-target: a href")
        ]
        assert counts.startswith("3 fault(s) (missing-target 2, empty-link 1) in 7 page(s), ")

    def test_kinds_are_left_out(self, run: Callable[..., int], clean: Path) -> None:
        change(clean, {"add": '<a href="../gone/">x</a> <a href="">x</a>'})
        assert run(clean, "--ignore", "missing-target") == 1
        assert run(clean, "--ignore", "missing-target", "--ignore", "empty-link") == 0
        assert run(clean, "--allow-kinds", "missing-target", "--allow-kinds", "empty-link") == 0

    def test_outside_addresses(self, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
        assert run(CLEAN, "--outside") == 0
        printed = capsys.readouterr().out.splitlines()
        assert printed[printed.index("https://other.example/") + 1] == "    404.html"

    def test_a_sitemap_is_demanded_only_if_asked(self, run: Callable[..., int], clean: Path) -> None:
        change(clean, {**FAULTS["sitemap-missing"]})
        assert run(clean) == 0
        assert run(clean, "--sitemap") == 1

    def test_a_folder_that_says_nothing_of_itself(
        self, run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write(tmp_path, "index.html", '<title>x</title><a href="/b.htm">b</a>')
        write(tmp_path, "b.htm", '<title>x</title><a href="./">a</a>')
        assert run(tmp_path) == 0
        assert "in 2 page(s), 0 outside address(es), as at https://site.invalid/" in capsys.readouterr().out

    @pytest.mark.parametrize("words", [["none"], ["."], ["."], [".", "--ignore", "strange"], [".", "--base", "example"], []])
    def test_what_cannot_be_used(
        self, run: Callable[..., int], words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        try:
            assert run(*words) == 2
        except SystemExit as stop:  # from argparse
            assert stop.code == 2

    def test_a_file_that_may_not_be_read(
        self, run: Callable[..., int], clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def refuse(path: Path, **_: object) -> str:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "read_text", refuse)
        assert run(clean) == 2
        assert "404.html cannot be read (Permission denied)" in capsys.readouterr().out

    def test_a_file_name_that_is_no_text(
        self, run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write(tmp_path, "index.html", '<title>x</title><a href="caf">x</a>')
        (tmp_path / os.fsdecode(b"caf\xe9.html")).write_text('<a href="">x</a>', encoding="utf-8")
        assert run(tmp_path) == 1
        assert "/caf?.html:1: empty-link" in capsys.readouterr().out

    def test_the_kinds_can_be_shown(self, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            run("--kinds")
        assert stop.value.code == 0
        assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(KINDS)


class TestBase:
    """Where a site will stand is read from its canonical addresses, if nobody says it."""

    def told(self, site: Path, **canonical: str) -> str | None:
        """What pages with these canonical addresses tell."""
        for name, address in canonical.items():
            write(site, f"{name}.html".replace("_", "/"), f'<link rel="canonical" href="{address}">')
        return told_base(read_site(site))

    def test_clean_site(self) -> None:
        assert told_base(read_site(CLEAN)) == SITE_URL

    def test_none(self, tmp_path: Path) -> None:
        assert self.told(tmp_path, index="/", a="b.html") is None

    def test_most_pages_count(self, tmp_path: Path) -> None:
        # The first page leads on to its English one, and names that.
        pages = {"index": "https://x.example/en/", "a_index": "https://x.example/a/index.html", "b": "https://x.example/b.html"}
        assert self.told(tmp_path, **pages) == "https://x.example/"

    def test_another_address_tells_nothing(self, tmp_path: Path) -> None:
        assert self.told(tmp_path, a="https://x.example/other.html", ba="https://x.example/a.html") is None


class TestReadOnce:
    """Other checks of the finished tree take the parsed pages, and nothing is parsed twice."""

    def test_parsed_pages_are_handed_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        site = read_site(CLEAN, keep_parsed=True)
        parsed = site.pages[PAGE].parsed
        assert parsed is not None
        assert [node.id for node in parsed.css("h2[id]")] == ["café"]
        monkeypatch.setattr("iontosite.links.html_page.LexborHTMLParser", None)
        assert check_links(site, SITE_URL).faults == []

    def test_they_are_let_go_else(self) -> None:
        assert all(page.parsed is None for page in read_site(CLEAN).pages.values())


# Pieces of pages, from which strange ones are put together.
PIECES = (
    "<a <img <link <meta <base> <form <iframe <svg> <use <template> </template> <style> </style> <script </script> <!-- --> > "
    "\" ' = / # ? % \\ href= src= srcset= srcdoc= id= for= class= style= content= rel= type= http-equiv= hreflang= usemap= "
    '"a" "b" "" url( ) @import { } [ ] ]( [^ !!! {{ ** canonical alternate refresh 0;url= application/ld+json {"a":["b"]} '
    "Content-Security-Policy default-src 'none' http:// https://[ //x mailto: tel: javascript: data: &amp; &lt; ../ é"
)


class TestAnyText:
    """Whatever a folder holds, it is read without an exception."""

    words = st.sampled_from([*PIECES.split(" "), " ", "\n", "\0"])

    @given(st.one_of(st.text(), st.lists(words, max_size=40).map("".join), st.lists(words, max_size=40).map(" ".join)))
    def test_pages(self, text: str) -> None:
        page = read_page(PAGE, text)
        places = Places(text)
        for reference in page.references:
            assert 1 <= places.line(reference.address, reference.where) <= text.count("\n") + 1

    @given(
        text=st.lists(words, max_size=30).map("".join),
        name=st.sampled_from(["a.html", "a.css", "a.svg", "a.json", "b.webmanifest", "sitemap.xml", "robots.txt"]),
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
    def test_files(self, tmp_path: Path, text: str, name: str) -> None:
        shutil.rmtree(tmp_path, ignore_errors=True)
        write(tmp_path, "index.html", '<a href="a.html">a</a>')
        write(tmp_path, name, text)
        lines = text.count("\n") + 1
        assert all(fault.line in range(1, lines + 1) for fault in check_links(tmp_path, SITE_URL).faults if fault.path == name)

    @pytest.mark.parametrize(
        "nested",
        [
            "<template>" * 2000 + '<a href="gone/">x</a>',
            '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
            "<style>" + "{" * 5000 + "url(gone.png)</style>",
            "<style>" + "image-set(" * 5000 + "url(gone.png)</style>",
            "<p>" + "<b>" * 2000 + "](",
        ],
    )
    def test_deep_nesting(self, nested: str) -> None:
        page = read_page(PAGE, nested)
        assert page.references or page.bad_json or page.leftovers

    def test_frames_in_frames(self) -> None:
        text = "<a href='gone/'>x</a>"
        for _ in range(30):
            text = f'<iframe srcdoc="{escape(text)}"></iframe>'
        assert read_page(PAGE, text).references == []


class TestLines:
    """The line of a fault is that of the words in the finished file."""

    TEXT = """<title>../b/</title>
<!-- <a href="../b/"> -->
<p id="x">../b/</p> <script>"<a href='../b/'>"</script>
<a href="../a/../b/">1</a>
<img
  src='../b/'> <p id=x>
<a class="q" href="../b/">2</a> <a href>3</a>
<a href="?a=1&amp;b=2">4</a> <b title="a > b" for="k l">
<img srcset="s.png 1x, t.png 2x"> <p>one &lt; two"""

    @pytest.mark.parametrize(
        ("written", "where", "nth", "line"),
        [
            ("../b/", "a href", 1, 7),
            ("../b/", "img src", 1, 6),
            ("../b/", "area href", 1, 6),  # as no such element has it, the first attribute that does
            ("", "a href", 1, 7),
            ("x", "id", 1, 3),
            ("x", "id", 2, 6),
            ("?a=1&b=2", "a href", 1, 8),
            ("l", "b for", 1, 8),
            ("t.png", "img srcset", 1, 9),
            ("one < two", "", 1, 9),
            ("on", "", 1, 9),  # a part of a word
            ("zzz", "a href", 1, 1),
            ("", "", 1, 1),
        ],
    )
    def test_line(self, written: str, where: str, nth: int, line: int) -> None:
        assert Places(self.TEXT).line(written, where, nth) == line

    @pytest.mark.parametrize(
        ("file", "old", "new", "line"),
        [
            ("assets/site.css", "fonts/plain.woff2", "fonts/zzz.woff2", None),
            ("assets/site.webmanifest", '"Skin clinic",', '"Skin clinic"', None),
            ("sitemap.xml", "<loc>https://clinic.example/skin/es/<", "<loc>https://clinic.example/skin/zzz/<", 8),
            ("permalinks.json", "{", "[", 1),
        ],
    )
    def test_files_that_are_no_pages(self, clean: Path, file: str, old: str, new: str, line: int | None) -> None:
        replace(clean, file, old, new)
        text = (clean / file).read_text(encoding="utf-8")
        line = line or text.split(new)[0].count("\n") + 1 + file.endswith(".webmanifest")
        assert {fault.line for fault in check_links(clean, SITE_URL).faults if fault.path == file} == {line}

    def test_a_byte_order_mark_is_no_fault(self, clean: Path) -> None:
        for file in ("sitemap.xml", "permalinks.json", PAGE):
            (clean / file).write_bytes(b"\xef\xbb\xbf" + (clean / file).read_bytes())
        assert check_links(clean, SITE_URL).faults == []


class TestAlike:
    """What was probably meant is found without comparing it with everything."""

    def test_nearest(self) -> None:
        names = Alike(f"page-{number}/what-to-expect-{number}" for number in range(1000))
        assert names.nearest("page-7/waht-to-expect-7") == "page-7/what-to-expect-7"
        assert names.nearest("pgae-7/what-to-expect-7") == "page-7/what-to-expect-7"
        assert names.nearest("zzz") is None
        assert names.nearest("page-" * 1000) is None


def test_srcset() -> None:
    assert list(srcset_addresses(" ,a 1x,b, c 2x , data:x,y 3x,,d")) == ["a", "b", "c", "data:x,y", "d"]


def test_the_table_of_kinds_is_the_truth() -> None:
    rows = re.findall(r"^\| `([a-z][a-z0-9-]+)` \| (.+) \|$", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {kind: what.replace("`", "") for kind, what in rows} == KINDS


def test_a_report_without_files_puts_every_fault_at_line_1() -> None:
    report = LinkReport()
    report.add(PAGE, "missing-target", "x", "../gone/", "a href")
    assert report.faults == [Fault(PAGE, 1, "x", "missing-target", "../gone/")]
