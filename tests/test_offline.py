"""The copy for a disk: unpacked and opened from there, with no network, it does what the site does."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from selectolax.lexbor import LexborHTMLParser

from iontosite.content.model import Content
from iontosite.finish.offline import offline_copy, on_disk, write_offline_copy
from iontosite.stage.inserts import OFFLINE_FILE, OFFLINE_SIZE

TOP = "iontophoresis-offline"


@pytest.fixture(scope="module")
def disk(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real copy, unpacked into a folder whose name has a blank and an accent."""
    folder = tmp_path_factory.mktemp("disk") / "Clínica uno"
    with zipfile.ZipFile(site / OFFLINE_FILE) as archive:
        archive.extractall(folder)
    return folder / TOP


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a network, and what it asked of one."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def opened(context: BrowserContext, file: Path) -> tuple[Page, list[str]]:
    """A page of the disk, and all that goes wrong on it from now on: errors, warnings, files not found, other addresses."""
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    left = "net::ERR_ABORTED"  # a picture on its way when the reader went on to the next page
    page.on("requestfailed", lambda request: None if request.failure == left else said.append(f"failed {request.url}"))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else said.append(request.url))
    page.goto(file.as_uri(), wait_until="load")
    return page, said


ADDRESS = re.compile(r"(?!#|[a-z][a-z0-9+.-]*:)(?P<path>[^#?]*)(?:#(?P<id>.*))?")
HOLDERS = (
    ("a[href], link[href]:not([rel=canonical]):not([rel=alternate])", "href"),
    ("img[src], script[src]", "src"),
    ("form[action]", "action"),
)


def dead_ends(folder: Path) -> Iterator[str]:
    """Every address of every page of a folder that opens no file of it: a folder is none."""
    for path in sorted(folder.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        found = [node.attributes[name] or "" for holder, name in HOLDERS for node in tree.css(holder)]
        found += [node.attributes["content"].partition("url=")[2] for node in tree.css("meta[http-equiv=refresh]")]
        for address in dict.fromkeys(found):
            match = ADDRESS.fullmatch(address)
            if match and match["path"] and not (path.parent / match["path"]).is_file():
                yield f"{path.relative_to(folder)}: {address}"


def test_every_link_opens_a_file(disk: Path) -> None:
    """Of every page and every redirect, those that the text of scripts holds included."""
    assert list(dead_ends(disk)) == []
    assert '"before/index.html"' in (disk / "tell-us-first/index.html").read_text("utf-8").replace("../", "")


def test_a_dead_end_is_caught(disk: Path, tmp_path: Path) -> None:
    """The measure itself: the site as it is for a host shows folders."""
    (tmp_path / "after").mkdir()
    (tmp_path / "index.html").write_text('<a href="after/">x</a><form action="."></form><img src="gone.png">', "utf-8")
    (tmp_path / "after/index.html").write_text(
        '<meta http-equiv="refresh" content="0; url=/x/"><a href="../index.html#a">x</a>', "utf-8"
    )
    assert list(dead_ends(tmp_path)) == ["after/index.html: /x/", "index.html: after/", "index.html: gone.png", "index.html: ."]


@pytest.mark.parametrize(
    ("page", "base", "before", "after"),
    [
        ("index.html", "/", '<a href="after/">', '<a href="after/index.html">'),
        ("a/b/index.html", "/", '<a href="../..">', '<a href="../../index.html">'),
        ("a/index.html", "/", '<a href=".">', '<a href="./index.html">'),
        ("a/index.html", "/", '<a href="../c/#d">', '<a href="../c/index.html#d">'),
        ("a/index.html", "/", '<a href="#d"><a href="x.pdf"><a href="https://a.example/"><a href="tel:911">', None),
        ("a/b/index.html", "/sub/", '<a href="/sub/c/#d"><script src="/sub/static/m.js">', '<a href="../../c/index.html#d"><script src="../../static/m.js">'),
        ("a/index.html", "/sub/", '<meta content="0; url=/sub/">', '<meta content="0; url=../index.html">'),
        ("a/index.html", "/", '<script type="application/json">["../c/", "x/"]</script>', '<script type="application/json">["../c/index.html", "x/"]</script>'),
        ("a/index.html", "/", '<script type="application/ld+json">{"url": "https://a.example/c/"}</script>', None),
    ],
)  # fmt: skip
def test_an_address_holds_on_a_disk(page: str, base: str, before: str, after: str | None) -> None:
    """Folders get the name of their page, addresses from the top of the host a way of their own; the rest stays."""
    html = on_disk(f"<head></head><body>{before}</body>", page, base)
    assert html.startswith(f"<head></head><body>{after or before}<script src=")


def test_the_page_tells_size_and_day(site: Path, content: Content) -> None:
    """Those of the file, and the copy itself offers none; nothing is left of the mark."""
    html = (site / "clinics/host/index.html").read_text("utf-8")
    size = (site / OFFLINE_FILE).stat().st_size
    assert f"{size / 1e6:.1f} MB" in html and content.edition("en").strings.say_date(content.newest_check) in html
    assert f'href="../../{OFFLINE_FILE}"' in html and OFFLINE_SIZE not in html
    with zipfile.ZipFile(site / OFFLINE_FILE) as archive:
        page = archive.read(f"{TOP}/clinics/host/index.html").decode()
        assert "offline-zip" not in page and OFFLINE_FILE not in page


def test_a_preview_offers_no_copy(
    tmp_path: Path, tiny_content: Content, tiny_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would cost each save a second; its promised address holds, with nothing in it. A site without such a page has none."""
    write_offline_copy(tiny_content, tiny_site)
    assert not (tiny_site / OFFLINE_FILE).exists()
    page = tiny_content.pages[0]
    insert = type("Insert", (), {"name": "offline"})
    monkeypatch.setitem(page.__dict__, "inserts", (insert,))
    path = tiny_site / tiny_content.path_of(page).strip("/") / "index.html"
    offer = f'<p class="offline-zip"><a href="../../{OFFLINE_FILE}">{OFFLINE_SIZE} MB</a></p>'
    html = path.read_text("utf-8")
    path.write_text(html.replace("</main>", f"{offer}</main>"), "utf-8")
    write_offline_copy(tiny_content, tiny_site, wanted=False)
    assert path.read_text("utf-8") == html and zipfile.ZipFile(tiny_site / OFFLINE_FILE).namelist() == []
    path.write_text(html.replace("</main>", f"{offer}</main>"), "utf-8")
    write_offline_copy(tiny_content, tiny_site)
    assert zipfile.ZipFile(tiny_site / OFFLINE_FILE).namelist() and re.search(r"\d\.\d MB", path.read_text("utf-8"))


def test_the_same_site_gives_the_same_bytes(tiny_site: Path) -> None:
    """Names in order, and one day for all; no name twice on a disk that does not tell capitals from small letters."""
    first = offline_copy(tiny_site, "/", "2026-01-02")
    for path in tiny_site.rglob("*"):
        path.touch()
    assert offline_copy(tiny_site, "/", "2026-01-02") == first
    (tiny_site / OFFLINE_FILE).write_bytes(first)
    with zipfile.ZipFile(tiny_site / OFFLINE_FILE) as archive:
        names = [entry.filename for entry in archive.infolist()]
        assert names == sorted(names) and {entry.date_time for entry in archive.infolist()} == {(2026, 1, 2, 0, 0, 0)}
    folded = [name.lower() for name in names]
    assert len(set(folded)) == len(folded) and f"{TOP}/codes/icd10cm/m77.11/index.html" in names
    assert all(name.isascii() and not posixpath.basename(name).startswith((".", "_")) and len(name) < 120 for name in names)
    assert not {f"{TOP}/{name}" for name in ("404.html", "robots.txt", "sitemap.xml", OFFLINE_FILE)} & set(names)


def test_from_the_first_page_through_search_and_tools_to_a_handout(offline: BrowserContext, disk: Path) -> None:
    """Double-click `index.html`, then as a reader goes: menu, search, checks that go along, a maker, the other language."""
    page, said = opened(offline, disk / "index.html")
    page.locator(".menu summary").click()
    page.locator(".menu a", has_text="Side effects").click()
    page.wait_for_url("**/side-effects/index.html")
    page.locator("#find").fill("pacemaker")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search/index.html#q=pacemaker")
    page.locator("#find-results a").first.click()
    page.wait_for_url(re.compile(r"/(questions|is-it-safe-for-me)/.*index\.html$"))
    assert "pacemaker" in page.locator("article").inner_text()
    page.goto((disk / "tell-us-first/index.html").as_uri())
    page.locator(".checklist-tell input").first.check()
    page.locator(".take a").first.click()
    page.wait_for_url(re.compile(r"/index\.html$"))
    assert page.locator(".take:visible li").count() == 1
    page.goto((disk / "handouts/make/visit/index.html").as_uri())
    page.locator("#f-name").fill("Riverside")
    page.locator("#f-handout").select_option("skin-care")
    page.wait_for_url("**/make/skin-care/index.html")
    assert page.locator("#f-name").input_value() == "Riverside" and "Riverside" in page.locator(".maker-sheet").inner_text()
    assert page.evaluate("document.fonts.check('12px Handout') && [...document.fonts].some((face) => face.status === 'loaded')")
    page.locator(".bar a").first.click()
    page.wait_for_url("**/handouts/index.html")
    page.goto((disk / "index.html").as_uri())
    page.locator(".top__button[lang=es]").click()
    page.wait_for_url("**/es/index.html")
    page.locator("#find").fill("quemadura")
    page.locator("#find").press("Enter")
    page.locator("#find-results a").first.click()
    page.wait_for_url(re.compile(r"/es/.+/index\.html$"))
    assert said == []


@pytest.mark.parametrize("path", ["codes/icd10cm/m7711", "clinics/links", "compare", "before"])
def test_pages_with_scripts_are_quiet_on_a_disk(offline: BrowserContext, disk: Path, path: str) -> None:
    """A redirect, the clinics' kit with its pictures, the decision aid, the reminder: nothing is missed, nothing is asked."""
    page, said = opened(offline, disk / path / "index.html")
    if "codes" in path:
        page.wait_for_url("**/m77.11/index.html")
    page.wait_for_timeout(50)
    assert said == []
    assert page.evaluate("Promise.all([...document.images].map((image) => image.decode())).then(() => true)")


def test_what_a_disk_lacks_is_heard(offline: BrowserContext, disk: Path, tmp_path: Path) -> None:
    """The measure itself: a script that is not there, and a request to the network."""
    bad = tmp_path / "index.html"
    bad.write_text('<script src="gone.js"></script><img src="https://other.example/a.png">', "utf-8")
    _, said = opened(offline, bad)
    assert any("gone.js" in line for line in said) and any("other.example" in line for line in said)
