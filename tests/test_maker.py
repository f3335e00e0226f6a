"""The handout maker in a browser: details stay here, print is the same sheet, and no script is needed to print."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import io
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pdfplumber
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from iontosite.commands.serve import SiteHandler
from iontosite.content.clinic import Clinic
from iontosite.content.load import load_content
from iontosite.paper.maker import write_makers
from test_handouts import HANDOUTS, LONGEST

PATH = "handouts/make/visit/"
READY = "#maker:not([hidden])"
OTHER = {"name": "Hilltop Hands", "hours": "9 to 4"}  # another clinic's link, without a phone
# What a browser does that is told to store nothing for this site.
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""
DETAILS = {
    "name": "Riverside <img src=x onerror=alert(1)>",
    "department": "Hand clinic",
    "phone": "555-0100",
    "hours": "8 to 5",
    "address": "12 River <b>Street</b>",
}


@pytest.fixture
def maker(browser: Browser, address: str) -> Page:
    """The maker, open and ready, with everything it asks for or says in anger noted on `page.notes`."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.notes = []
    page.on(
        "request", lambda r: page.notes.append(r.url) if urlsplit(r.url).netloc not in (urlsplit(address).netloc, "") else None
    )
    page.on("console", lambda m: page.notes.append(m.text) if m.type == "error" else None)
    page.on("dialog", lambda d: (page.notes.append("a dialog opened"), d.dismiss()))
    page.goto(address + PATH)
    page.wait_for_selector(READY)
    yield page
    assert page.notes == []
    page.context.close()


def fill(page: Page, details: dict[str, str] = DETAILS) -> None:
    """Type a clinic's details."""
    for name, value in details.items():
        page.fill(f"[name={name}]", value)


def shown(page: Page) -> dict[str, str]:
    """The details on the sheet."""
    return {name: page.locator(f".maker-sheet [data-clinic={name}]").text_content() for name in DETAILS}


def add_logo(page: Page, folder: Path) -> None:
    """Choose a logo as wide and high as the sheet has room for."""
    Image.new("RGB", (900, 280), "navy").save(folder / "logo.jpg")
    page.set_input_files("[name=logo]", folder / "logo.jpg")
    page.wait_for_selector("[data-clinic-logo]:not([hidden])")


def status(page: Page) -> str:
    """What the maker says."""
    return page.text_content("#maker-status")


def test_what_is_typed_is_on_the_sheet_as_text(maker: Page) -> None:
    """Every field lands on the paper; markup in it stays harmless text."""
    fill(maker)
    for name, value in DETAILS.items():
        assert maker.locator(f".maker-sheet [data-clinic={name}]").first.text_content() == value


def test_nothing_is_kept_unless_asked_and_one_button_forgets(maker: Page) -> None:
    """Storage stays empty until the box is ticked, and is empty again after "Forget"."""
    fill(maker)
    assert maker.evaluate("localStorage.length") == 0
    maker.check("[name=remember]")
    assert maker.evaluate("localStorage.length") == 1
    maker.reload()
    maker.wait_for_selector(READY)
    assert maker.input_value("[name=phone]") == "555-0100"
    maker.click("#maker-forget")
    assert maker.evaluate("localStorage.length") == 0
    assert maker.input_value("[name=phone]") == "" and maker.locator("[data-clinic=phone]").text_content() == ""


def test_a_link_carries_the_details_after_the_hash(maker: Page, browser: Browser) -> None:
    """The address holds them after #, which no server sees, and another browser opens the same sheet."""
    fill(maker)
    maker.select_option("[name=size]", "large")
    maker.click("#maker-link")
    address = maker.url
    assert "?" not in address and "#" in address and "555-0100" in address
    other = browser.new_page()
    other.goto(address)
    other.wait_for_selector(READY)
    assert other.locator("[data-clinic=phone]").text_content() == "555-0100"
    assert "large" in other.locator(".maker-sheet").get_attribute("class")
    other.close()


def test_another_handout_keeps_details_and_logo_and_stores_nothing(maker: Page, tmp_path: Path) -> None:
    """Choosing another handout opens its page with the same details; what went along is gone from the browser's store."""
    fill(maker)
    add_logo(maker, tmp_path)
    maker.select_option("[name=handout]", "skin-care")
    maker.wait_for_url("**/skin-care/")
    maker.wait_for_selector(READY)
    assert shown(maker) == DETAILS
    assert maker.locator("[data-clinic-logo]:not([hidden])").get_attribute("src").startswith("data:image/png;base64,")
    assert maker.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not maker.is_checked("[name=remember]")


def test_a_link_is_one_clinic_s_and_stores_nothing(maker: Page, address: str) -> None:
    """Somebody's link shows that clinic's details whole, mixed with nothing, and leaves alone what was kept here."""
    fill(maker)
    maker.check("[name=remember]")
    kept = maker.evaluate("JSON.stringify(localStorage)")
    maker.goto("about:blank")
    maker.goto(f"{address}{PATH}#{urlencode(OTHER)}")
    maker.wait_for_selector(READY)
    assert shown(maker) == dict.fromkeys(DETAILS, "") | OTHER
    assert not maker.is_checked("[name=remember]")
    maker.select_option("[name=paper]", "a4")
    assert maker.evaluate("JSON.stringify(localStorage)") == kept
    maker.check("[name=remember]")
    assert "Hilltop" in maker.evaluate("JSON.stringify(localStorage)")


def test_what_was_forgotten_does_not_come_back(maker: Page, address: str) -> None:
    """After another handout and "Forget", the browser's Back button leads to no details."""
    maker.goto(address + "handouts/")
    maker.goto(address + PATH)
    maker.wait_for_selector(READY)
    fill(maker)
    maker.click("#maker-link")
    maker.select_option("[name=handout]", "skin-care")
    maker.wait_for_url("**/skin-care/")
    maker.wait_for_selector(READY)
    maker.click("#maker-forget")
    assert set(shown(maker).values()) == {""} and "gone from this page" in status(maker)
    maker.go_back()
    assert maker.url == address + "handouts/"


def test_without_storage_everything_else_works(browser: Browser, address: str, tmp_path: Path) -> None:
    """Where the browser stores nothing: details go along, the lost logo is spoken of, "Forget" forgets and says what is so."""
    page = browser.new_context().new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(NO_STORAGE)
    page.goto(address + PATH)
    page.wait_for_selector(READY)
    fill(page)
    page.click("[name=remember]")
    assert not page.is_checked("[name=remember]") and "does not let this page store" in status(page)
    add_logo(page, tmp_path)
    page.select_option("[name=handout]", "skin-care")
    page.wait_for_url("**/skin-care/**")
    page.wait_for_selector(READY)
    page.locator("[data-clinic-logo]").dispatch_event("load")  # a picture that comes late takes no message away
    assert shown(page) == DETAILS and "choose your logo again" in status(page)
    page.click("#maker-forget")
    assert set(shown(page).values()) == {""} and "#" not in page.url
    assert "gone from this page" in status(page) and "this browser keeps" not in status(page)
    assert errors == []
    page.context.close()


def test_the_status_is_written_only_when_it_says_something_new(maker: Page) -> None:
    """A screen reader speaks it each time that it is written, so typing does not write the same words again."""
    phone = maker.locator("[name=phone]")
    phone.press_sequentially("555-010")  # what the first letters change is new, and is said
    maker.evaluate("""() => {
        window.written = 0;
        new MutationObserver(found => { window.written += found.length; })
            .observe(document.getElementById("maker-status"), { childList: true, characterData: true, subtree: true });
    }""")
    before = status(maker)
    phone.press_sequentially("0")
    assert status(maker) == before and maker.evaluate("window.written") == 0
    maker.click("#maker-link")
    assert maker.evaluate("window.written") > 0


@pytest.fixture
def branded(project: Path, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """The maker of a build that holds a clinic's details, logo and colour."""
    clinic = Clinic(name="Riverside Therapy", phone="555-0100", hours="8 to 5", logo="clinic.png", colour="#5B1A70")
    content = dataclasses.replace(load_content(project / "docs"), clinic=clinic)
    Image.new("RGB", (90, 30), "navy").save(project / "docs/assets/clinic.png")
    site = tmp_path / "made"
    shutil.copytree(project / "docs/assets", site / "assets")
    write_makers(content, site)
    handler = functools.partial(SiteHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        page = browser.new_context().new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/{PATH}")
        page.wait_for_selector(READY)
        yield page
        page.context.close()
        server.shutdown()


def test_a_clinic_s_own_build_is_the_starting_point(branded: Page, tmp_path: Path) -> None:
    """Its details, logo and colour are there; another logo takes the place of its own; "Forget" leads back to them."""
    own = dict.fromkeys(DETAILS, "") | {"name": "Riverside Therapy", "phone": "555-0100", "hours": "8 to 5"}
    logo = branded.locator("[data-clinic-logo]")
    assert shown(branded) == own and logo.get_attribute("src").endswith("assets/clinic.png")
    assert branded.locator(".sheet-title").evaluate("e => getComputedStyle(e).color") == "rgb(91, 26, 112)"
    fill(branded)
    add_logo(branded, tmp_path)
    expect(logo).to_have_attribute("src", re.compile("^data:image/png"))
    branded.click("#maker-forget")
    assert shown(branded) == own and logo.get_attribute("src").endswith("assets/clinic.png") and logo.is_visible()
    branded.evaluate("address => { location.hash = address; }", urlencode(OTHER))
    expect(branded.locator("[data-clinic=name]")).to_have_text("Hilltop Hands")
    assert shown(branded)["phone"] == "" and not logo.is_visible()


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "Riverside Therapy", "phone": "1-900-555-0199", "hours": "8 to 5"},
        {"name": "Riverside Therapy"},
        {"name": "Riverside Therapy", "phone": "555-0100", "hours": "8 to 5", "department": "Call now"},
        {"phone": "1-900-555-0199"},
    ],
)
def test_a_link_never_borrows_the_clinic_s_look(branded: Page, sent: dict[str, str]) -> None:
    """Whoever writes a link with the clinic's own name and another phone gets no logo, and it is said where they came from; on
    the next handout's page too. "Forget" leads back to the clinic's own."""
    warning, logo = branded.locator("#maker-from-link"), branded.locator("[data-clinic-logo]")
    assert not warning.is_visible() and logo.is_visible()
    branded.evaluate("address => { location.hash = address; }", urlencode(sent))
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("came with a link")
    assert shown(branded) == dict.fromkeys(DETAILS, "") | sent and not logo.is_visible()
    branded.select_option("[name=handout]", "skin-care")
    branded.wait_for_url("**/skin-care/")
    branded.wait_for_selector(READY)
    expect(warning).to_be_visible()
    assert shown(branded)["name"] == sent.get("name", "") and not logo.is_visible()
    branded.click("#maker-forget")
    assert not warning.is_visible() and logo.is_visible()


def test_a_link_with_the_clinic_s_own_details_is_its_own(branded: Page) -> None:
    """Every field is the build's: its logo stands there, and nothing is said of a link."""
    own = {"name": "Riverside Therapy", "phone": " 555-0100", "hours": "8 to 5", "paper": "a4"}
    branded.evaluate("address => { location.hash = address; }", urlencode(own))
    expect(branded.locator("[name=paper]")).to_have_value("a4")
    assert branded.locator("[data-clinic-logo]").is_visible() and not branded.locator("#maker-from-link").is_visible()


@pytest.mark.parametrize(
    "stored", ['{"name": {"toString": 1}}', "[[]]", "null", '"x"', "{", '{"paper": 7, "logo": {}, "phone": []}']
)
def test_no_stored_value_stops_it(maker: Page, stored: str) -> None:
    """What another program, or an older page, left in the browser's store is passed over."""
    maker.evaluate("stored => localStorage.setItem('handout-maker', stored)", stored)
    maker.reload()
    maker.wait_for_selector(READY)
    assert set(shown(maker).values()) == {""} and not maker.locator("#maker-from-link").is_visible()


def test_a_logo_is_drawn_anew_in_the_browser(maker: Page, tmp_path: Path) -> None:
    """A picture file becomes a small PNG on the sheet; a file that is none is refused in words."""
    add_logo(maker, tmp_path)
    assert maker.locator("[data-clinic-logo]").get_attribute("src").startswith("data:image/png;base64,")
    (tmp_path / "bad.png").write_text("no picture")
    maker.set_input_files("[name=logo]", tmp_path / "bad.png")
    expect(maker.locator("#maker-status")).to_contain_text("not a picture")


def sides(page: Page) -> tuple[int, float, tuple[float, float], str]:
    """How the page prints: sides, the smallest type in points, the size of the paper, the text."""
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        chars = [char for sheet in document.pages for char in sheet.chars if char["text"].strip()]
        text = " ".join((sheet.extract_text() or "") for sheet in document.pages)
        first = document.pages[0]
        return len(document.pages), min(char["size"] for char in chars), (float(first.width), float(first.height)), text


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_print_is_the_paper_that_was_chosen(maker: Page, paper: str, size: str) -> None:
    """Right paper, at most 2 sides (large: 4), no type below the floor, nothing of the panel on it."""
    fill(maker)
    maker.select_option("[name=paper]", paper)
    maker.select_option("[name=size]", size)
    count, smallest, (width, height), text = sides(maker)
    assert count <= (2 if size == "standard" else 4)
    assert smallest >= (11.9 if size == "standard" else 15.9)
    assert text.count("Before, during and after your visit") > count and f"Page {count} of {count}" in text
    assert (round(width), round(height)) == ((612, 792) if paper == "letter" else (595, 842))
    assert "555-0100" in text and "Forget" not in text


def test_without_scripts_it_prints_with_lines_to_write_on(browser: Browser, address: str) -> None:
    """The panel stays hidden, the sheet is whole, and the page says how to use it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    assert not page.locator("#maker").is_visible()
    assert page.locator("noscript").count() == 1
    count, _, _, text = sides(page)
    assert count <= 2 and "Phone:" in text
    context.close()


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("handout", HANDOUTS)
def test_what_it_says_is_what_prints(
    browser: Browser, address: str, tmp_path: Path, handout: str, paper: str, size: str, filled: bool
) -> None:
    """The sides that the maker promises are enough, empty and with the longest details and a logo; it errs by one at most."""
    page = browser.new_context().new_page()
    page.goto(f"{address}handouts/make/{handout}/#{urlencode({'paper': paper, 'size': size})}")
    page.wait_for_selector(READY)
    if filled:
        fill(page, LONGEST)
        add_logo(page, tmp_path)
        expect(page.locator("[data-clinic-logo]")).to_have_js_property("complete", True)
        page.evaluate("new Promise(requestAnimationFrame)")
    promised = re.fullmatch(r"It fits on (\d) sides?, in [\d.]+ point type\.", status(page))
    assert promised, status(page)
    count, smallest, _, _ = sides(page)
    assert count <= int(promised[1]) <= min(count + 1, 2 if size == "standard" else 4)
    assert smallest >= (11.9 if size == "standard" else 15.9)
    page.context.close()


def test_too_much_for_the_paper_is_said_and_not_printed(maker: Page) -> None:
    """A sheet that needs a third side cannot be printed from here."""
    maker.evaluate("""() => {
        const more = document.querySelector(".maker-sheet .care-emergency");
        for (let i = 0; i < 5; i += 1) more.after(more.cloneNode(true));
    }""")
    maker.fill("[name=phone]", "555-0100")
    assert "Too long" in status(maker) and maker.is_disabled("#maker-print")


def test_the_limits_are_those_of_the_pdf(maker: Page) -> None:
    """Papers, margins and type sizes stand once, in the Python that makes the PDFs."""
    from iontosite.paper.handouts import SIZES, limits

    given = json.loads(maker.get_attribute("#maker", "data-limits"))
    assert given == json.loads(json.dumps(limits())) and set(given["sizes"]) == {size.name for size in SIZES}


def test_the_policy_forbids_every_connection(maker: Page) -> None:
    """`connect-src 'none'` stands in the page, and a fetch fails."""
    policy = maker.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "connect-src 'none'" in policy and "unsafe-inline" not in policy
    assert maker.evaluate("fetch('/').then(() => 'sent', () => 'refused')") == "refused"
    maker.notes.clear()
