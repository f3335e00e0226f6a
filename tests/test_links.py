"""The link checker passes a clean site, and catches each kind of fault at the page where it stands, and no other.

`fixtures/links/clean` uses every construct as it should be. A folder of `fixtures/links/faults` is laid over a copy of
it: its name is the kind that must be reported, `expect.txt` names the files (visit/index.html if there is none), and
`remove.txt` the files to take out first. `variations.yml` holds single lines to try.
"""
from __future__ import annotations

import re
import shutil
import sys
import time
from pathlib import Path

import pytest
import yaml

import outside_links
from iontosite.links.check import KINDS, LinkFault, LinkReport, check_links
from iontosite.check.site import faults_for_writers

FIXTURES = Path(__file__).parent / "fixtures" / "links"
CLEAN, FAULTS = FIXTURES / "clean", FIXTURES / "faults"
SITE_URL = "https://clinic.example/skin/"
PAGE = "visit/index.html"
FOLDERS = sorted(folder.name for folder in FAULTS.iterdir())
VARIATIONS: dict[str, dict[str, str]] = yaml.safe_load((FIXTURES / "variations.yml").read_text(encoding="utf-8"))


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A copy of the clean site, free to be broken."""
    return Path(shutil.copytree(CLEAN, tmp_path / "clean"))


def found(report: LinkReport) -> set[tuple[str, str]]:
    """Which kinds were reported, and where."""
    return {(fault.page, fault.kind) for fault in report.faults}


def lines(path: Path, default: str = "") -> list[str]:
    """The lines of a small list beside a fault."""
    return (path.read_text(encoding="utf-8") if path.exists() else default).split()


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
        assert sorted(KINDS) == FOLDERS

    @pytest.mark.parametrize("kind", FOLDERS)
    def test_fault_folder(self, clean: Path, kind: str) -> None:
        notes = ("expect.txt", "remove.txt")
        for file in lines(FAULTS / kind / "remove.txt"):
            (clean / file).unlink()
        shutil.copytree(FAULTS / kind, clean, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*notes))
        expected = {(file, kind) for file in lines(FAULTS / kind / "expect.txt", PAGE)}
        assert found(check_links(clean, SITE_URL)) == expected

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
            ("sitemap.xml", "skin/visit/</loc>", "skin/visit/</loc></url><url><loc>https://clinic.example:443/skin/es/</loc>", "not-own-address"),
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
        assert ("index.html", "missing-target") in found(check_links(tmp_path, SITE_URL))

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
        assert any(advice in fault.detail for fault in check_links(clean, SITE_URL).faults)


class TestWriters:
    """A fault is told at the file that somebody wrote, where the words stand."""

    def at(self, library, *faults: LinkFault) -> list[tuple[str, int]]:
        return [(fault.path, fault.line) for fault in faults_for_writers(list(faults), library, library.root / "site")]

    def test_the_line_of_the_address(self, library) -> None:
        page = next(page for page in library.pages if "https://" in page.body)
        address = next(word for word in re.findall(r"https://[^\s)\"<>]+", page.body))
        line = (library.root / page.name).read_text("utf-8").split(address)[0].count("\n") + 1
        file = library.address(page.language, page.url).lstrip("/") + "index.html"
        assert self.at(library, LinkFault(file, "insecure-link", "x", address)) == [(page.name, line)]

    def test_the_first_line_if_the_words_come_from_elsewhere(self, library) -> None:
        faults = LinkFault("after/index.html", "orphan", "x"), LinkFault("after/index.html", "missing-target", "x", "../zzz/")
        assert self.at(library, *faults) == [("docs/en/after.md", 1)] * 2

    def test_a_page_that_nobody_wrote_keeps_its_name(self, library) -> None:
        faults = LinkFault("search/index.html", "empty-link", "x"), LinkFault("assets/site.css", "missing-target", "x", "a.png")
        assert self.at(library, *faults) == [("site/search/index.html", 1), ("site/assets/site.css", 1)]


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

    def test_list(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("--list must not use the network")

        monkeypatch.setattr("urllib.request.urlopen", refuse)
        monkeypatch.setattr(sys, "argv", ["outside_links.py", "--list", "--site", str(CLEAN), "--site-url", SITE_URL])
        assert outside_links.main() == 0
        printed = capsys.readouterr().out.splitlines()
        assert printed[printed.index("https://other.example/page") + 1] == "    index.html"
        assert printed[printed.index("https://other.example/") + 1] == "    404.html"

    def test_no_site(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(sys, "argv", ["outside_links.py", "--list", "--site", str(tmp_path / "none")])
        assert outside_links.main() == 1
