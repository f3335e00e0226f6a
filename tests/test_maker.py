"""The handout maker in a browser: details stay here, print is the same sheet, and no script is needed to print."""
from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urlsplit

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page

PATH = "handouts/make/visit/"
DETAILS = {"name": "Riverside <img src=x onerror=alert(1)>", "department": "Hand clinic", "phone": "555-0100", "hours": "8 to 5"}


@pytest.fixture
def maker(browser: Browser, address: str) -> Page:
    """The maker, open and ready, with everything it asks for or says in anger noted on `page.notes`."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.notes = []
    page.on("request", lambda r: page.notes.append(r.url) if urlsplit(r.url).netloc not in (urlsplit(address).netloc, "") else None)
    page.on("console", lambda m: page.notes.append(m.text) if m.type == "error" else None)
    page.on("dialog", lambda d: (page.notes.append("a dialog opened"), d.dismiss()))
    page.goto(address + PATH)
    page.wait_for_selector("#maker:not([hidden])")
    yield page
    assert page.notes == []
    page.context.close()


def fill(page: Page) -> None:
    """Type the clinic's details."""
    for name, value in DETAILS.items():
        page.fill(f"[name={name}]", value)


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
    maker.wait_for_selector("#maker:not([hidden])")
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
    other.wait_for_selector("#maker:not([hidden])")
    assert other.locator("[data-clinic=phone]").text_content() == "555-0100"
    assert "large" in other.locator(".maker-sheet").get_attribute("class")
    other.close()


def test_another_handout_keeps_the_details(maker: Page) -> None:
    """Choosing another handout opens its page with the same details."""
    fill(maker)
    maker.select_option("[name=handout]", "skin-care")
    maker.wait_for_url("**/skin-care/**")
    maker.wait_for_selector("#maker:not([hidden])")
    assert maker.locator("[data-clinic=phone]").text_content() == "555-0100"


def test_a_logo_is_drawn_anew_in_the_browser(maker: Page, tmp_path: Path) -> None:
    """A picture file becomes a small PNG on the sheet; a file that is none is refused in words."""
    from PIL import Image

    Image.new("RGB", (1200, 300), "navy").save(tmp_path / "logo.jpg")
    maker.set_input_files("[name=logo]", tmp_path / "logo.jpg")
    maker.wait_for_selector("[data-clinic-logo]:not([hidden])")
    assert maker.locator("[data-clinic-logo]").get_attribute("src").startswith("data:image/png;base64,")
    (tmp_path / "bad.png").write_text("no picture")
    maker.set_input_files("[name=logo]", tmp_path / "bad.png")
    maker.wait_for_function("document.getElementById('maker-status').textContent.includes('not a picture')")


def sides(page: Page, paper: str) -> tuple[int, float, tuple[float, float], str]:
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
    count, smallest, (width, height), text = sides(maker, paper)
    assert count <= (2 if size == "standard" else 4)
    # The page number at the foot is set by the browser in 12 pt, in large print too.
    assert smallest >= 11.9
    assert (round(width), round(height)) == ((612, 792) if paper == "letter" else (595, 842))
    assert "555-0100" in text and "Forget" not in text


def test_without_scripts_it_prints_with_lines_to_write_on(browser: Browser, address: str) -> None:
    """The panel stays hidden, the sheet is whole, and the page says how to use it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    assert not page.locator("#maker").is_visible()
    assert page.locator("noscript").count() == 1
    count, _, _, text = sides(page, "letter")
    assert count <= 2 and "Phone:" in text
    context.close()


def test_the_policy_forbids_every_connection(maker: Page) -> None:
    """`connect-src 'none'` stands in the page, and a fetch fails."""
    policy = maker.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "connect-src 'none'" in policy and "unsafe-inline" not in policy
    assert maker.evaluate("fetch('/').then(() => 'sent', () => 'refused')") == "refused"
    maker.notes.clear()
