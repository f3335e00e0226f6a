"""The build as a whole: a failure changes nothing, the same input gives the same bytes, a sub-path works."""
from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser
from pydantic import ValidationError
from rich.console import Console

from iontosite.pipeline import build
from iontosite.check.ledger import check_ledger, not_yet_promised
from iontosite.links.check import check_links
from iontosite.faults import ContentError
from iontosite.content.ledger import Promise, Redirect
from iontosite.content.library import load_library
from iontosite.finish.redirects import write_redirects
from iontosite.publish import MARK

ROOT = Path(__file__).resolve().parents[1]


def digest(site: Path) -> dict[str, str]:
    """Every file of a tree with the hash of its bytes."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(project: Path, *extra: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The build script as a person runs it, on a project of the test's own."""
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "--docs", str(project / "docs")]
    command += ["--output", str(project / "site"), "--work", str(project / "build"), *extra]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})


def test_a_failed_build_exits_1_and_leaves_the_last_good_site(project: Path) -> None:
    """The faults are listed with their lines, and the old site is byte for byte what it was."""
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site", encoding="utf-8")
    (project / "site" / MARK).write_text("{}", encoding="utf-8")
    with (project / "docs/en/after.md").open("a", encoding="utf-8") as file:
        file.write("\nText.[^nobody-1900] [Gone](gone.md)\n")
    done = run(project)
    assert done.returncode == 1
    assert "docs/en/after.md:" in done.stdout and "nobody-1900" in done.stdout and "gone.md" in done.stdout
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_broken_anchor_stops_the_build_too(project: Path) -> None:
    """What only the finished tree shows is a fault like any other."""
    with (project / "docs/en/after.md").open("a", encoding="utf-8") as file:
        file.write("\n[Nowhere](side-effects.md#no-such-heading)\n")
    done = run(project)
    assert done.returncode == 1 and "no-such-heading" in done.stdout
    assert not (project / "site").exists()


def test_help_is_good() -> None:
    """`--help` works without a build and names every option."""
    done = subprocess.run([sys.executable, str(ROOT / "scripts/build.py"), "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("--docs", "--output", "--site-url", "content"))


def test_the_same_input_gives_the_same_bytes_and_a_sub_path_works(site: Path, project: Path) -> None:
    """A second build is equal in every file; one for another address differs, and every link in it holds."""
    console = Console(file=io.StringIO())
    build(project / "docs", project / "again", project / "build", console)
    assert digest(project / "again") == digest(site)
    done = run(project, SITE_URL="https://clinic.example/patients/ionto/")
    assert done.returncode == 0, done.stdout
    assert check_links(project / "site", "https://clinic.example/patients/ionto/").faults == []
    assert "https://clinic.example/patients/ionto/after/" in (project / "site/after/index.html").read_text("utf-8")
    assert digest(project / "site") != digest(site)


def test_the_sitemap_has_true_dates(site: Path, library) -> None:
    """Each page once, dated by its evidence check, never by the build."""
    entries = {
        entry[0].text: entry[1].text for entry in ElementTree.parse(site / "sitemap.xml").getroot()
    }
    expected = {library.site.site_url + page.url: page.front.evidence_checked for page in library.pages if page.language == "en"}
    assert expected.items() <= entries.items()


def test_a_page_that_vanishes_fails_the_build_and_says_how_to_mend_it(project: Path) -> None:
    """The ledger keeps addresses: the message holds the very line to add."""
    ledger = project / "docs/permalinks.yml"
    ledger.write_text(ledger.read_text("utf-8").replace("addresses:\n", 'addresses:\n  /old-page/: {since: "2026-01-01", ids: []}\n', 1), "utf-8")
    done = run(project)
    assert done.returncode == 1 and "/old-page/ was promised on 2026-01-01 and is gone" in done.stdout
    redirect = '- {from: "/old-page/", to: "/after/", why: "merged"}'
    redirects = project / "docs/redirects.yml"
    redirects.write_text(redirects.read_text("utf-8").replace("redirects:\n", f"redirects:\n  {redirect}\n"), "utf-8")
    assert run(project).returncode == 0
    page = (project / "site/old-page/index.html").read_text("utf-8")
    assert 'http-equiv="refresh" content="0; url=../after/"' in page and 'href="../after/"' in page


def test_a_page_that_moved_takes_its_ids_along(project: Path, site: Path, browser: Browser) -> None:
    """A promised page with promised headings moves with one line; the old address with an #id opens the new page there."""
    ledger = {"/old-page/": Promise(since="2026-01-01", ids=["tonight"])}
    shutil.copytree(site, project / "site")
    moved = Redirect(**{"from": "/old-page/", "to": "/after/", "why": "renamed"})
    write_redirects(dataclasses.replace(load_library(project / "docs"), redirects=[moved]), project / "site")
    assert check_ledger(project / "site", ledger) == []
    assert check_links(project / "site", load_library(project / "docs").site.site_url).faults == []
    page = browser.new_page()
    page.goto((project / "site/old-page/index.html").as_uri() + "#tonight")
    page.wait_for_url("**/after/*#tonight")
    page.close()


@pytest.mark.parametrize("bad", ["/../escaped/", "/old", "//host/", "/.git/"])
def test_a_redirect_never_leaves_the_site(bad: str) -> None:
    """What is written stands below the site's own folder."""
    with pytest.raises(ValidationError):
        Redirect(**{"from": bad, "to": "/after/", "why": "a test"})
    assert Redirect(**{"from": "/codes/icd10cm/M77.11/", "to": "/after/#tonight", "why": "capitals and an id are fine"})


def test_a_heading_id_that_vanishes_fails_the_build(site: Path, project: Path, library) -> None:
    """Heading ids are part of addresses: a renamed one needs a redirect, and then the old one works."""
    ledger = {**library.ledger, "/after/": Promise(since="2026-01-01", ids=["an-old-id"])}
    assert any("/after/#an-old-id" in str(fault) for fault in check_ledger(site, ledger))
    redirect = '- {from: "/after/#an-old-id", to: "/after/#emergency", why: "renamed"}'
    redirects = project / "docs/redirects.yml"
    redirects.write_text(redirects.read_text("utf-8").replace("redirects:\n", f"redirects:\n  {redirect}\n"), "utf-8")
    assert run(project).returncode == 0
    assert check_ledger(project / "site", ledger) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("/after/", "/before/", "still stands"),
        ("/gone/", "/nowhere/", "no page at the new address"),
        ("/after/#x", "/before/#y", "same page"),
        ("/after/#x", "/after/#no-such", "no id"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_refused(project: Path, old: str, new: str, says: str) -> None:
    """A redirect is checked as it is written."""
    redirects = project / "docs/redirects.yml"
    line = f'redirects:\n  - {{from: "{old}", to: "{new}", why: "a test"}}\n'
    redirects.write_text(redirects.read_text("utf-8").replace("redirects:\n", line), "utf-8")
    with pytest.raises(ContentError, match=says):
        build(project / "docs", project / "site", project / "build", Console(file=io.StringIO()))


def test_every_address_is_promised(site: Path, library) -> None:
    """The ledger in the repository is up to date: `make permalinks` has been run."""
    assert not_yet_promised(site, library.ledger) == []


def test_nothing_unused_is_published(site: Path) -> None:
    """No theme scripts, source maps or search languages: visitors pay for every file that a page names."""
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert not [name for name in names if name.endswith(".map") or name.startswith("assets/javascripts")]
    theme = [path for path in site.glob("assets/stylesheets/*.css")]
    assert theme and sum(path.stat().st_size for path in theme) < 60_000
